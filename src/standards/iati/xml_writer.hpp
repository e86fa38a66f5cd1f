// Writes elements one after the other, indented for people, with what XML cannot hold kept out.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace austral::iati {

/// Appends XML to a text. Names are literals of ours and are not checked.
class XmlWriter {
 public:
  /// `depth` is that of the elements around what will be written.
  explicit XmlWriter(std::string& out, std::size_t depth = 0) : out_(out), depth_(depth) {}

  /// An element that ends with its scope.
  class Element {
   public:
    Element(XmlWriter& xml, std::string_view name) : xml_(xml) { xml_.open(name); }
    ~Element() { xml_.close(); }
    Element(const Element&) = delete;
    Element& operator=(const Element&) = delete;

   private:
    XmlWriter& xml_;
  };
  [[nodiscard]] Element element(std::string_view name) { return Element(*this, name); }

  void open(std::string_view name);
  /// Only between open() and what the element holds.
  void attribute(std::string_view name, std::string_view value);
  void text(std::string_view value);
  void close();

  /// How many characters XML has no way to hold; each became U+FFFD.
  std::size_t replaced() const { return replaced_; }

 private:
  void escape(std::string_view value, bool in_attribute);
  void end_tag_head();

  std::string& out_;
  std::size_t depth_;
  std::size_t replaced_ = 0;
  std::vector<std::string> open_;
  bool in_head_ = false;   // the start tag is not closed yet
  bool has_text_ = false;  // the end tag then follows on the same line
};

/// The length of the UTF-8 character at the beginning of `text` if XML 1.0 can hold it, else 0; a
/// byte that begins no character counts as one that it cannot hold.
/// Source: XML 1.0, production 2 (Char); RFC 3629 section 4.
std::size_t xml_character(std::string_view text);

}  // namespace austral::iati
