// The simple types, character by character.
#include "standards/iati/xsd.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <utility>

#include "standards/iati/address.hpp"

namespace austral::iati {
namespace {

constexpr std::size_t most_digits = 24;  // libxml2 reads no more of a number

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_figure(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

std::string_view stripped(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

/// Takes text apart from its front.
struct Cursor {
  std::string_view text;

  bool take(char c) {
    if (text.empty() || text.front() != c) return false;
    text.remove_prefix(1);
    return true;
  }
  /// Exactly two figures; -1 without them.
  int two() {
    if (text.size() < 2 || !is_figure(text[0]) || !is_figure(text[1])) return -1;
    const int value = (text[0] - '0') * 10 + (text[1] - '0');
    text.remove_prefix(2);
    return value;
  }
};

bool is_leap(std::uint64_t year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

/// `-?YYYY-MM-DD`: four figures or more, no leading zero beyond four, no year 0.
bool take_day(Cursor& cursor) {
  cursor.take('-');
  std::uint64_t year = 0;
  std::size_t figures = 0;
  while (figures < cursor.text.size() && is_figure(cursor.text[figures])) {
    if (figures >= 18) return false;
    year = year * 10 + std::uint64_t(cursor.text[figures++] - '0');
  }
  if (figures < 4 || (figures > 4 && cursor.text[0] == '0') || year == 0) return false;
  cursor.text.remove_prefix(figures);
  if (!cursor.take('-')) return false;
  const int month = cursor.two();
  if (month < 1 || month > 12 || !cursor.take('-')) return false;
  const int day = cursor.two();
  static constexpr std::array<int, 13> days = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return day >= 1 && day <= days[std::size_t(month)] + (month == 2 && is_leap(year) ? 1 : 0);
}

/// `hh:mm:ss(.s+)?`; 24:00:00 is the day's end.
bool take_time(Cursor& cursor) {
  const int hour = cursor.two();
  if (hour < 0 || hour > 24 || !cursor.take(':')) return false;
  const int minute = cursor.two();
  if (minute < 0 || minute > 59 || !cursor.take(':')) return false;
  const int whole = cursor.two();
  if (whole < 0) return false;
  double seconds = whole, unit = 1;  // rounded as libxml2 rounds: 59.9999999999999999 is 60
  if (cursor.take('.')) {
    if (cursor.text.empty() || !is_figure(cursor.text.front())) return false;
    while (!cursor.text.empty() && is_figure(cursor.text.front())) {
      unit /= 10;
      seconds += (cursor.text.front() - '0') * unit;
      cursor.text.remove_prefix(1);
    }
  }
  return seconds < 60 && (hour < 24 || (minute == 0 && seconds == 0));
}

/// Nothing, `Z` or `+hh:mm` up to fourteen hours.
bool take_zone(Cursor& cursor) {
  if (cursor.text.empty() || cursor.take('Z')) return true;
  if (!cursor.take('+') && !cursor.take('-')) return false;
  const int hour = cursor.two();
  if (hour < 0 || hour > 23 || !cursor.take(':')) return false;
  const int minute = cursor.two();
  return minute >= 0 && minute <= 59 && hour * 60 + minute <= 14 * 60;
}

bool is_date(std::string_view text, bool with_time) {
  Cursor cursor{text};
  if (!take_day(cursor)) return false;
  if (with_time && (!cursor.take('T') || !take_time(cursor))) return false;
  return take_zone(cursor) && cursor.text.empty();
}

/// A sign, figures and, for a decimal, a point among them.
bool is_decimal(std::string_view text) {
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
  if (text.empty() || text == ".") return false;
  std::size_t digits = 0;
  bool point = false;
  for (const char c : text) {
    if (c == '.' && !point) {
      point = true;
    } else if (!is_figure(c)) {
      return false;
    } else if (c != '0' || digits > 0 || point) {
      ++digits;
    }
  }
  return digits <= most_digits;
}

/// The figures of a whole number without leading zeros; false when it is none.
bool take_integer(std::string_view text, bool& negative, std::string_view& figures) {
  negative = !text.empty() && text.front() == '-';
  if (negative || (!text.empty() && text.front() == '+')) text.remove_prefix(1);
  if (text.empty()) return false;
  while (text.size() > 1 && text.front() == '0') text.remove_prefix(1);
  for (const char c : text)
    if (!is_figure(c)) return false;
  figures = text;
  return figures.size() <= most_digits;
}

bool is_whole(Lexical type, std::string_view text) {
  bool negative = false;
  std::string_view figures;
  if (!take_integer(text, negative, figures)) return false;
  const bool zero = figures == "0";
  if (type == Lexical::positive_integer) return !negative && !zero;
  if (type == Lexical::non_negative_integer) return !negative || zero;
  if (type == Lexical::integer || figures.size() < 10) return true;
  return figures.size() == 10 && figures <= (negative ? "2147483648" : "2147483647");
}

/// Words of up to eight letters (behind the first one also figures) with `-` between them.
bool is_language(std::string_view text) {
  std::size_t length = 0;
  bool first = true;
  for (const char c : text) {
    if (c == '-') {
      if (length == 0) return false;
      length = 0;
      first = false;
    } else if (!(is_letter(c) || (!first && is_figure(c))) || ++length > 8) {
      return false;
    }
  }
  return length > 0;
}

bool is_name_token(std::string_view text) {
  for (const char c : text)
    if (!is_letter(c) && !is_figure(c) && c != '.' && c != '-' && c != '_' && c != ':' &&
        static_cast<unsigned char>(c) < 0x80)
      return false;
  return !text.empty();
}

/// What stands for itself in every part of an address; a colon and an at-sign do so only in some.
std::string escaped(std::string_view text, std::string_view signs) {
  constexpr std::string_view hex = "0123456789ABCDEF";
  std::string out;
  bool fragment = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    bool fits = is_letter(c) || is_figure(c) || signs.find(c) != std::string_view::npos;
    const auto is_hex = [](char h) {
      return is_figure(h) || (h >= 'a' && h <= 'f') || (h >= 'A' && h <= 'F');
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

}  // namespace

bool is_lexical(Lexical type, std::string_view text) {
  if (type == Lexical::string) return true;
  if (type == Lexical::language_or_empty && text.empty()) return true;
  if (type == Lexical::date || type == Lexical::date_time)
    return is_date(text, type == Lexical::date_time);
  if (type != Lexical::int32) text = stripped(text);
  switch (type) {
    case Lexical::any_uri: return is_address(text);
    case Lexical::boolean: return text == "1" || text == "0" || text == "true" || text == "false";
    case Lexical::date: return is_date(text, false);
    case Lexical::date_time: return is_date(text, true);
    case Lexical::decimal: return is_decimal(text);
    case Lexical::name_token: return is_name_token(text);
    case Lexical::language: return is_language(text);
    case Lexical::language_or_empty: return is_language(text);
    default: return is_whole(type, text);
  }
}

std::string to_uri(std::string_view text) {
  std::string out = escaped(text, "-._~/?!$&'()*+,;=:@");
  return is_address(out) ? out : escaped(text, "-._~/?!$&'()*+,;=");
}

}  // namespace austral::iati
