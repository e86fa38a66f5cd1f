// Text without a language: bytes, characters, white space, escapes.
#include "base/text.hpp"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <array>
#include <cstdint>
#include <cstring>

namespace austral {
namespace {

constexpr UChar32 byte_order_mark = 0xFEFF;
constexpr std::string_view replacement = "\xEF\xBF\xBD";
constexpr std::string_view ellipsis = "\xE2\x80\xA6";

bool is_space(UChar32 c) {
  if (c < 0x80) return c == ' ' || (c >= 9 && c <= 13);
  return u_isUWhiteSpace(c) || c == byte_order_mark;
}

// Reads the character at `at` and moves behind it; negative for what is not UTF-8.
UChar32 next_character(std::string_view text, std::int32_t& at) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  UChar32 c;
  U8_NEXT(bytes, at, std::int32_t(text.size()), c);
  return c;
}

UChar32 previous_character(std::string_view text, std::int32_t& at) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  UChar32 c;
  U8_PREV(bytes, 0, at, c);
  return c;
}

bool belongs_to_previous(UChar32 c) {
  constexpr UChar32 zero_width_joiner = 0x200D;
  return c == zero_width_joiner || (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0;
}

// The length of the longest beginning of `bytes` that is ASCII, in steps of eight bytes.
std::size_t ascii_run(const char* bytes, std::size_t size) {
  std::size_t at = 0;
  for (std::uint64_t word; at + 8 <= size; at += 8) {
    std::memcpy(&word, bytes + at, 8);
    if (word & 0x8080808080808080u) break;
  }
  return at;
}

// The first place at or after `at` that is not UTF-8, or the end.
std::size_t find_damage(std::string_view bytes, std::size_t at) {
  const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  while (at < bytes.size()) {
    if (data[at] < 0x80) {
      at += ascii_run(bytes.data() + at, bytes.size() - at);
      while (at < bytes.size() && data[at] < 0x80) ++at;
      continue;
    }
    const std::size_t before = at;
    UChar32 c;
    U8_NEXT(data, at, bytes.size(), c);
    if (c < 0) return before;
  }
  return bytes.size();
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool is_unreserved(unsigned char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

}  // namespace

std::string_view trim(std::string_view text) {
  const auto plain = [](char c) { return c > ' ' && c < 0x7F; };
  while (!text.empty() && !plain(text.front())) {
    std::int32_t at = 0;
    if (!is_space(next_character(text.substr(0, 4), at))) break;
    text.remove_prefix(std::size_t(at));
  }
  while (!text.empty() && !plain(text.back())) {
    const std::string_view tail = text.size() > 4 ? text.substr(text.size() - 4) : text;
    std::int32_t at = std::int32_t(tail.size());
    if (!is_space(previous_character(tail, at))) break;
    text.remove_suffix(tail.size() - std::size_t(at));
  }
  return text;
}

std::string collapse_spaces(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool pending = false;
  for (std::size_t i = 0; i < text.size();) {
    std::int32_t length = 0;
    if (text[i] > ' ' && text[i] < 0x7f) {  // most text by far
      if (pending) out += ' ';
      pending = false;
      out += text[i++];
      continue;
    }
    if (is_space(next_character(text.substr(i, 4), length))) {
      pending = !out.empty();
    } else {
      if (pending) out += ' ';
      pending = false;
      out.append(text, i, std::size_t(length));
    }
    i += std::size_t(length);
  }
  return out;
}

bool is_valid_utf8(std::string_view bytes) { return find_damage(bytes, 0) == bytes.size(); }

std::string make_valid_utf8(std::string_view bytes, std::size_t* replaced) {
  const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  std::string out;
  out.reserve(bytes.size());
  std::size_t places = 0;
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t damage = find_damage(bytes, at);
    out.append(bytes, at, damage - at);
    at = damage;
    if (at == bytes.size()) break;
    UChar32 c;
    U8_NEXT(data, at, bytes.size(), c);  // passes the longest beginning of a character
    out += replacement;
    ++places;
  }
  if (replaced) *replaced = places;
  return out;
}

std::string shorten(std::string_view text, std::size_t max_bytes) {
  if (text.size() <= max_bytes) return std::string(text);
  const std::string_view mark = max_bytes >= ellipsis.size() ? ellipsis : std::string_view();
  const std::size_t room = max_bytes - mark.size();
  std::size_t cut = 0;
  for (std::size_t i = 0; i <= room;) {
    std::int32_t length = 0;
    if (!belongs_to_previous(next_character(text.substr(i, 4), length))) cut = i;
    i += std::size_t(length);
  }
  std::string out(trim(text.substr(0, cut)));
  out += mark;
  return out;
}

std::string escape_html(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 16);
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string percent_encode(std::string_view text) {
  const char* const digits = "0123456789ABCDEF";
  std::string out;
  out.reserve(text.size());
  for (const char byte : text) {
    const auto c = static_cast<unsigned char>(byte);
    if (is_unreserved(c)) {
      out += byte;
    } else {
      out += '%';
      out += digits[c >> 4];
      out += digits[c & 15];
    }
  }
  return out;
}

std::string percent_decode(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool complete = text[i] == '%' && i + 2 < text.size();
    const int high = complete ? hex_value(text[i + 1]) : -1;
    const int low = complete ? hex_value(text[i + 2]) : -1;
    if (high < 0 || low < 0) {
      out += text[i];
    } else {
      out += char(high * 16 + low);
      i += 2;
    }
  }
  return out;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  std::size_t start = 0;
  for (std::size_t at; (at = text.find(separator, start)) != text.npos; start = at + 1)
    parts.push_back(text.substr(start, at - start));
  parts.push_back(text.substr(start));
  return parts;
}

std::string to_hex(std::string_view bytes) {
  const char* const digits = "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const char byte : bytes) {
    out += digits[static_cast<unsigned char>(byte) >> 4];
    out += digits[static_cast<unsigned char>(byte) & 15];
  }
  return out;
}

}  // namespace austral
