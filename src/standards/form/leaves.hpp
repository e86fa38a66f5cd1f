// A record as its single values by path (`contributions[0].date`), and a record from them.
#pragma once

#include <compare>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "registry/record.hpp"

namespace austral::form {

/// One value: a text, or (`literal`) JSON that is none: `true`, `{}` for an element without values.
struct Leaf {
  std::string text;
  bool literal = false;
  auto operator<=>(const Leaf&) const = default;
};

/// By path. Numbers in brackets are only names of elements: gaps between them close when a record
/// is built, in their order.
using Leaves = std::map<std::string, Leaf>;

/// A contribution's details are one text (`contributions[0].details`: `life=8; age=3`), but for the
/// commonest, which have leaves of their own (`contributions[0].grade`).
Leaves to_leaves(const registry::Record& record);
/// Throws: Error::invalid naming a member whose value does not fit.
registry::Record to_record(const Leaves& leaves);
/// Whether a record has such a member and can hold the value.
bool fits_record(const std::string& path, const Leaf& leaf);

/// The numbers of a list's elements, ascending, each once: 0, 1 for `base[0].a`, `base[1].b`.
std::vector<std::size_t> elements_of(const Leaves& leaves, std::string_view base);
/// All that stands below `prefix` (`contributions[0]`), by the rest of the path.
Leaves below(const Leaves& leaves, const std::string& prefix);
std::string element_path(std::string_view base, std::size_t number);  ///< `base[3]`

}  // namespace austral::form
