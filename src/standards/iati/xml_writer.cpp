// Escaping, indenting and closing of elements.
#include "standards/iati/xml_writer.hpp"

namespace austral::iati {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";  // U+FFFD

bool continues(std::string_view text, std::size_t count) {
  if (text.size() <= count) return false;
  for (std::size_t i = 1; i <= count; ++i)
    if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) return false;
  return true;
}

/// How far the text goes without anything that needs care. Most texts go to their end.
std::size_t plain_length(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const auto c = static_cast<unsigned char>(text[at]);
    if (c < 0x20 || c >= 0x80 || c == '&' || c == '<' || c == '>' || c == '"') break;
    ++at;
  }
  return at;
}

/// The reference that a sign needs, or nothing. Line ends in attributes and carriage returns
/// anywhere would come back as something else.
std::string_view reference_of(char c, bool in_attribute) {
  switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return in_attribute ? "&quot;" : "";
    case '\r': return "&#13;";
    case '\n': return in_attribute ? "&#10;" : "";
    case '\t': return in_attribute ? "&#9;" : "";
    default: return "";
  }
}

}  // namespace

std::size_t xml_character(std::string_view text) {
  const auto first = static_cast<unsigned char>(text.front());
  if (first < 0x80) return first >= 0x20 || first == '\t' || first == '\n' || first == '\r';
  const auto second = text.size() > 1 ? static_cast<unsigned char>(text[1]) : 0;
  if (first >= 0xC2 && first <= 0xDF) return continues(text, 1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    if (!continues(text, 2) || (first == 0xE0 && second < 0xA0)) return 0;
    if (first == 0xED && second > 0x9F) return 0;  // a half of a pair of UTF-16
    const bool no_character = first == 0xEF && second == 0xBF && (text[2] & 0x3E) == 0x3E;
    return no_character ? 0 : 3;  // U+FFFE, U+FFFF
  }
  if (first >= 0xF0 && first <= 0xF4) {
    if (!continues(text, 3) || (first == 0xF0 && second < 0x90)) return 0;
    return first == 0xF4 && second > 0x8F ? 0 : 4;
  }
  return 0;
}

void XmlWriter::escape(std::string_view value, bool in_attribute) {
  while (!value.empty()) {
    const std::size_t plain = plain_length(value);
    out_.append(value.substr(0, plain));
    value.remove_prefix(plain);
    if (value.empty()) return;
    if (const auto reference = reference_of(value.front(), in_attribute); !reference.empty()) {
      out_ += reference;
      value.remove_prefix(1);
    } else if (const std::size_t length = xml_character(value); length > 0) {
      out_.append(value.substr(0, length));
      value.remove_prefix(length);
    } else {
      out_ += replacement;
      ++replaced_;
      value.remove_prefix(1);
    }
  }
}

void XmlWriter::end_tag_head() {
  if (in_head_) out_ += '>';
  in_head_ = false;
}

void XmlWriter::open(std::string_view name) {
  end_tag_head();
  if (!out_.empty()) out_ += '\n';
  out_.append(2 * (depth_ + open_.size()), ' ');
  out_ += '<';
  out_ += name;
  open_.emplace_back(name);
  in_head_ = true;
  has_text_ = false;
}

void XmlWriter::attribute(std::string_view name, std::string_view value) {
  out_ += ' ';
  out_ += name;
  out_ += "=\"";
  escape(value, true);
  out_ += '"';
}

void XmlWriter::text(std::string_view value) {
  if (value.empty()) return;
  end_tag_head();
  escape(value, false);
  has_text_ = true;
}

void XmlWriter::close() {
  if (in_head_) {
    out_ += "/>";
  } else {
    if (!has_text_) {
      out_ += '\n';
      out_.append(2 * (depth_ + open_.size() - 1), ' ');
    }
    out_ += "</";
    out_ += open_.back();
    out_ += '>';
  }
  open_.pop_back();
  in_head_ = has_text_ = false;
}

}  // namespace austral::iati
