// A mustache template, read once and filled straight from views, without copies of them.
#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace austral::web {

/// Values (`{{name}}` escaped, `{{{name}}}` as it stands, `{{.}}`), sections (`{{#name}}`) and
/// inverted ones (`{{^name}}`). False, null, empty texts, empty lists and empty objects are absent.
/// A line on which a section's tag stands alone leaves no line. Many threads at once.
class Mustache {
 public:
  /// Throws: Error::invalid naming the tag that is not closed or not opened.
  explicit Mustache(std::string_view source);

  /// Appends to `out`. What `view` does not name is looked for in `outer`, if there is one.
  void fill(const boost::json::object& view, const boost::json::object* outer,
            std::string& out) const;

 private:
  enum class Tag : std::uint8_t { text, value, raw, section, inverted };
  struct Part {
    Tag kind;
    std::string text;     ///< as it stands, or a name
    std::size_t end = 0;  ///< of a section: behind its last part
  };
  class Filling;

  void add_text(std::string_view text);

  std::vector<Part> parts_;
};

}  // namespace austral::web
