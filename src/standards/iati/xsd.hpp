// Whether a text is one of the schema's simple types, so that what is written stays valid.
#pragma once

#include <string>
#include <string_view>

namespace austral::iati {

/// Source: XML Schema 1.1 part 2 (xsd:boolean, decimal, int, positiveInteger, dateTime, language).
bool is_boolean(std::string_view text);
bool is_decimal(std::string_view text);
bool is_int(std::string_view text);
bool is_positive_integer(std::string_view text);
bool is_date_time(std::string_view text);
bool is_language(std::string_view text);

/// The address with every character that RFC 3986 has no place for written as %XX.
std::string to_uri(std::string_view text);

}  // namespace austral::iati
