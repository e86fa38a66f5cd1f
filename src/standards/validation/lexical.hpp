// Whether a text is a date, a number, an address ... as the IATI schemas ask for it.
#pragma once

#include <string_view>

namespace austral::validation {

/// The simple types that the IATI schemas of all versions use.
enum class Lexical {
  string,
  any_uri,
  boolean,
  date,
  date_time,
  decimal,
  integer,
  int32,
  positive_integer,
  non_negative_integer,
  name_token,
  language,
  language_or_empty,
};

/// The type of a name in data/rules/iati_shape.tsv. Throws: Error::invalid for an unknown one.
Lexical parse_lexical(std::string_view name);

/// Whether `text` is written as its type asks.
/// Source: XML Schema 1.0 part 2, as libxml2 (and so the official validator) reads it: at most 24
/// digits in a number, an address that RFC 3986 can take apart, no white space around a date, a
/// date-time or an `int` (around others it does not count).
bool is_lexical(Lexical type, std::string_view text);

/// What the type asks for, in words: "a date".
std::string_view name_of(Lexical type);
/// How to write it: "year-month-day, such as 2024-03-31".
std::string_view how_to_write(Lexical type);

}  // namespace austral::validation
