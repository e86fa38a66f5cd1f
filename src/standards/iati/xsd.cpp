// The simple types, character by character.
#include "standards/iati/xsd.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <utility>

#include "base/date.hpp"
#include "base/text.hpp"

namespace austral::iati {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool take_digits(std::string_view& text, std::size_t least, std::size_t most) {
  std::size_t count = 0;
  while (count < text.size() && is_digit(text[count])) ++count;
  if (count < least || count > most) return false;
  text.remove_prefix(count);
  return true;
}

bool take(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

int number_at(std::string_view text, std::size_t at) {
  return (text[at] - '0') * 10 + (text[at + 1] - '0');
}

/// Nothing, `Z`, or `+hh:mm` up to fourteen hours.
bool is_zone(std::string_view text) {
  if (text.empty() || text == "Z") return true;
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return false;
  for (const std::size_t i : {1, 2, 4, 5})
    if (!is_digit(text[i])) return false;
  const int hours = number_at(text, 1), minutes = number_at(text, 4);
  return (hours < 14 && minutes < 60) || (hours == 14 && minutes == 0);
}

}  // namespace

bool is_boolean(std::string_view text) {
  return text == "1" || text == "0" || text == "true" || text == "false";
}

bool is_decimal(std::string_view text) {
  if (!take(text, '-')) take(text, '+');
  const std::size_t most = text.size();
  const bool whole = take_digits(text, 1, most);
  if (!take(text, '.')) return whole && text.empty();
  return take_digits(text, whole ? 0 : 1, most) && text.empty();
}

bool is_int(std::string_view text) {
  if (!text.empty() && text.front() == '+') text.remove_prefix(1);
  std::int32_t value = 0;
  const auto end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, value);
  return read.ec == std::errc() && read.ptr == end;
}

bool is_positive_integer(std::string_view text) {
  take(text, '+');
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit) &&
         text.find_first_not_of('0') != std::string_view::npos;
}

bool is_date_time(std::string_view text) {
  if (text.size() < 19 || text[4] != '-' || text[10] != 'T' || !parse_date(text.substr(0, 10)))
    return false;
  for (const std::size_t i : {11, 12, 14, 15, 17, 18})
    if (!is_digit(text[i])) return false;
  if (text[13] != ':' || text[16] != ':') return false;
  const int hours = number_at(text, 11), minutes = number_at(text, 14),
            seconds = number_at(text, 17);
  if (hours > 23 || minutes > 59 || seconds > 59) return false;
  text.remove_prefix(19);
  if (take(text, '.') && !take_digits(text, 1, text.size())) return false;
  return is_zone(text);
}

bool is_language(std::string_view text) {
  bool first = true;
  while (!text.empty()) {
    std::size_t length = 0;
    while (length < text.size() && (is_letter(text[length]) || (!first && is_digit(text[length]))))
      ++length;
    if (length < 1 || length > 8) return false;
    text.remove_prefix(length);
    if (text.empty()) return true;
    if (!take(text, '-')) return false;
    first = false;
  }
  return false;
}

std::string to_uri(std::string_view text) {
  constexpr std::string_view hex = "0123456789ABCDEF";
  constexpr std::string_view allowed = "-._~:/?#@!$&'()*+,;=%";
  std::string out;
  bool fragment = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    bool fits = is_letter(c) || is_digit(c) || allowed.find(c) != std::string_view::npos;
    const auto is_hex = [](char h) {
      return is_digit(h) || (h >= 'a' && h <= 'f') || (h >= 'A' && h <= 'F');
    };
    if (c == '%') fits = i + 2 < text.size() && is_hex(text[i + 1]) && is_hex(text[i + 2]);
    if (c == '#') fits = !std::exchange(fragment, true);  // an address has one fragment
    if (fits) {
      out += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out += {'%', hex[byte >> 4], hex[byte & 15]};
    }
  }
  return out;
}

}  // namespace austral::iati
