// Whether a text is a date, a number, an address ... as the IATI schemas ask for it.
#pragma once

#include <string>
#include <string_view>

namespace austral::iati {

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

/// Whether `text` is written as its type asks; what is written and what is judged ask the same.
/// Source: XML Schema 1.0 part 2, as libxml2 (and so the official validator) reads it: at most 24
/// digits in a number, an address that RFC 3986 can take apart, no white space around a date, a
/// date-time or an `int` (around others it does not count).
bool is_lexical(Lexical type, std::string_view text);

/// The address with every character that RFC 3986 has no place for written as %XX; it is then
/// Lexical::any_uri.
std::string to_uri(std::string_view text);

}  // namespace austral::iati
