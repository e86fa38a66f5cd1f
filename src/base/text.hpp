// Text as people write it: UTF-8 checks, folding for comparison, sorting for readers, encodings.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace austral {

std::string_view trim(std::string_view text);  ///< without XML/Unicode white space at both ends
std::string collapse_spaces(std::string_view text);  ///< each run of white space one space, trimmed

/// For comparing and finding: NFKC, case-folded, Latin/Greek/Cyrillic diacritics and Arabic marks
/// dropped, white space collapsed. "Coopération  Sul-Sul" and "cooperation sul-sul" are equal after
/// it. A letter of its own stays one: Turkish dotless i, Danish o with stroke, Arabic teh marbuta.
std::string fold(std::string_view text);

bool is_valid_utf8(std::string_view bytes);
/// Replaces what is not UTF-8 with U+FFFD; `replaced` counts the places.
std::string make_valid_utf8(std::string_view bytes, std::size_t* replaced = nullptr);

/// Cuts to at most `max_bytes` without splitting a character, adding an ellipsis where something
/// was cut.
std::string shorten(std::string_view text, std::size_t max_bytes);

/// Sorts for people of a language (ICU collation), stable. Language is BCP 47 (`fr`, `zh`).
void sort_for_people(std::vector<std::string>& texts, const std::string& language);
/// A key that sorts bytewise as people of that language expect.
std::string sort_key(std::string_view text, const std::string& language);

/// Columns that text takes in a terminal: two for a wide (CJK) character, none for a combining
/// mark.
std::size_t display_width(std::string_view text);

std::string escape_html(std::string_view text);     ///< & < > " '
std::string percent_encode(std::string_view text);  ///< RFC 3986 unreserved characters kept
std::string percent_decode(std::string_view text);  ///< `%41` -> A; broken escapes stay as they are

inline bool is_digit(char c) { return c >= '0' && c <= '9'; }  ///< 0-9 alone

/// The pieces between separators; one empty piece for an empty text.
std::vector<std::string_view> split(std::string_view text, char separator);
std::string to_hex(std::string_view bytes);
/// A whole number in groups of three for readers of a language, always with the digits 0-9:
/// 1234567 -> `1,234,567` (en); fr has a narrow no-break space between the groups.
std::string group_digits(std::int64_t number, const std::string& language);

}  // namespace austral
