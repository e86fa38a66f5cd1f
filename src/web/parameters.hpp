// What may stand behind the question mark: THE TABLE of query parameters, and refusing the rest.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "web/http.hpp"

namespace austral::web {

/// What a value has to look like. An empty value always fits: forms send their empty fields.
enum class ParameterType {
  words,   ///< any words; whether such a code exists is the page's question
  number,  ///< a whole number between `least` and `most`
  choice,  ///< one of `allowed`
  list,    ///< names (a-z, 0-9, `_`, `.`) separated by commas
  order,   ///< a column's name, `-` before it for the greatest first
  tag      ///< a language as BCP 47 writes it
};

/// One query parameter. What it means stands in the catalogue under `api.param.NAME`.
struct Parameter {
  std::string name;
  ParameterType type = ParameterType::words;
  std::string_view example;       ///< a value that works
  std::string_view allowed = {};  ///< of a choice, separated by spaces
  std::int64_t least = 0, most = 0;
  bool repeatable = false;  ///< may be there several times on this route: several values widen
  bool needed = false;      ///< the route's files refuse without it; its page asks for it
};

/// THE TABLE: a name means the same wherever it stands.
const std::vector<Parameter>& all_parameters();

/// The parameters that words of a route name, separated by spaces: a name, `name*` where it is
/// repeatable, `name!` where it is needed, or one of the sets `@filters`, `@search`, `@order`,
/// `@pages`, `@choice`, `@figure`. Names that THE TABLE lacks are texts. `lang` is always there.
std::vector<Parameter> read_parameters(std::string_view words);

/// Refuses what a request's query has beyond `known`, and values of another type. Marks that other
/// sites put behind links (`utm_source`, `fbclid`) are passed over.
/// Throws: Error::invalid with place, value and remedy.
void check_parameters(const std::vector<Parameter>& known, const Fields& query);

/// The known name that differs least from `given`; empty when none is near.
std::string nearest_name(std::string_view given, const std::vector<std::string>& known);

}  // namespace austral::web
