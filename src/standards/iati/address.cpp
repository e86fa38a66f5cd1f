// Takes an address apart after RFC 3986: scheme, authority, path, query, fragment.
#include "standards/iati/address.hpp"

#include <cstdint>
#include <limits>

namespace austral::iati {
namespace {

bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_numeral(char c) { return c >= '0' && c <= '9'; }
bool is_hexadecimal(char c) {
  return is_numeral(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
bool is_one_of(char c, std::string_view set) { return set.find(c) != std::string_view::npos; }

/// What XML Schema lets stand though an address would have to escape it.
bool is_forgiven(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte <= 32 || byte >= 127 || is_one_of(c, "<>\"{}|\\^`");
}

bool is_plain(char c) {
  return is_alpha(c) || is_numeral(c) || is_one_of(c, "-._~!$&'()*+,;=") || is_forgiven(c);
}

/// Passes over characters of a part: plain ones, escapes and those of `more`.
void pass(std::string_view& text, std::string_view more) {
  while (!text.empty()) {
    const char c = text.front();
    if (c == '%') {
      if (text.size() < 3 || !is_hexadecimal(text[1]) || !is_hexadecimal(text[2])) return;
      text.remove_prefix(3);
    } else if (is_plain(c) || is_one_of(c, more)) {
      text.remove_prefix(1);
    } else {
      return;
    }
  }
}

bool pass_port(std::string_view& text) {
  if (text.empty() || !is_numeral(text.front())) return false;
  std::uint64_t port = 0;
  while (!text.empty() && is_numeral(text.front())) {
    port = port * 10 + std::uint64_t(text.front() - '0');
    if (port > std::uint64_t(std::numeric_limits<std::int32_t>::max())) return false;
    text.remove_prefix(1);
  }
  return true;
}

bool pass_authority(std::string_view& text) {
  std::string_view user = text;
  pass(user, ":");
  if (!user.empty() && user.front() == '@') text = user.substr(1);
  if (!text.empty() && text.front() == '[') {
    const auto close = text.find(']');
    if (close == std::string_view::npos) return false;
    text.remove_prefix(close + 1);
  } else {
    pass(text, "");
  }
  if (text.empty() || text.front() != ':') return true;
  text.remove_prefix(1);
  return pass_port(text);
}

/// Path, query and fragment up to the end; `first_without_colon` for an address without a scheme.
bool pass_rest(std::string_view text, bool first_without_colon) {
  if (text.substr(0, 2) == "//") {
    text.remove_prefix(2);
    if (!pass_authority(text)) return false;
    if (!text.empty() && !is_one_of(text.front(), "/?#")) return false;
  } else if (first_without_colon) {
    pass(text, "@");
    if (!text.empty() && text.front() == ':') return false;
  }
  pass(text, ":@/");
  if (!text.empty() && text.front() == '?') {
    text.remove_prefix(1);
    pass(text, ":@/?");
  }
  if (!text.empty() && text.front() == '#') {
    text.remove_prefix(1);
    pass(text, ":@/?[]");
  }
  return text.empty();
}

}  // namespace

bool is_address(std::string_view text) {
  if (!text.empty() && is_alpha(text.front())) {
    std::size_t end = 1;
    while (end < text.size() &&
           (is_alpha(text[end]) || is_numeral(text[end]) || is_one_of(text[end], "+-.")))
      ++end;
    if (end < text.size() && text[end] == ':' && pass_rest(text.substr(end + 1), false))
      return true;
  }
  return pass_rest(text, true);
}

}  // namespace austral::iati
