// An initiative's facets in one text, kept in its own row beside the rows that are searched.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "registry/initiative.hpp"

namespace austral::registry {

/// Shape: a facet `DIMENSION,BYTES,SHARE:VALUE`, one behind another; BYTES is the value's length,
/// and `,SHARE` is left out for the whole.
std::string to_text(const std::vector<Facet>& facets);

/// Walks over what to_text() wrote without copying it: for those who read millions.
class FacetReader {
 public:
  explicit FacetReader(std::string_view text) : text_(text) {}
  /// Steps to the next facet; false behind the last. Throws: Error::invalid for a damaged text.
  bool next();
  Dimension dimension = Dimension::none;
  std::string_view value;  ///< lives as long as the text
  std::int64_t share = 0;

 private:
  std::string_view text_;
};

/// Reads what to_text() wrote. Throws: Error::invalid for anything else.
std::vector<Facet> read_facets(std::string_view text);

/// A number that differs when a row of facets differs; the sum over rows is the same in any order.
std::uint64_t fingerprint(int dimension, std::string_view value, std::int64_t share);

}  // namespace austral::registry
