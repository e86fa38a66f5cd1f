// The schemas' simple types by their names in our table and in words for people.
#pragma once

#include <string_view>

#include "standards/iati/xsd.hpp"

namespace austral::validation {

using iati::is_lexical;
using iati::Lexical;

/// The type of a name in data/rules/iati_shape.tsv. Throws: Error::invalid for an unknown one.
Lexical parse_lexical(std::string_view name);

/// What the type asks for, in words: "a date".
std::string_view name_of(Lexical type);
/// How to write it: "year-month-day, such as 2024-03-31".
std::string_view how_to_write(Lexical type);

}  // namespace austral::validation
