// Writing JSON strings: whole runs that need no escape are copied at once.
#include "base/json.hpp"

#include <array>

namespace austral {
namespace {

constexpr auto needs_escape = [] {
  std::array<bool, 256> needs{};
  for (int i = 0; i < 0x20; ++i) needs[std::size_t(i)] = true;
  needs['"'] = needs['\\'] = true;
  return needs;
}();

void append_escape(std::string& out, unsigned char c) {
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\b':
      out += "\\b";
      return;
    case '\f':
      out += "\\f";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
  }
  const char* const digits = "0123456789abcdef";
  const char escape[] = {'\\', 'u', '0', '0', digits[c >> 4], digits[c & 15]};
  out.append(escape, sizeof escape);
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  std::size_t start = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (!needs_escape[c]) continue;
    out.append(text, start, i - start);
    append_escape(out, c);
    start = i + 1;
  }
  out.append(text, start);
  out += '"';
}

}  // namespace austral
