// Fills mustache templates with views; partials and words are put in when one is first asked for.
#include "web/template.hpp"

#include <map>
#include <mutex>

#include "base/embedded.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "web/mustache.hpp"
#include "web/page.hpp"

namespace austral::web {
namespace {

constexpr int deepest_partial = 8;

/// A text of the catalogue as template text: escaped, and no brace of it begins a tag.
std::string to_template_text(const std::string& words) {
  std::string out;
  for (const char c : escape_html(words)) {
    if (c == '{')
      out += "&#123;";
    else if (c == '}')
      out += "&#125;";
    else
      out += c;
  }
  return out;
}

std::string expand(std::string_view name, const Language& language, int depth) {
  if (depth > deepest_partial)
    throw Error(Kind::invalid, "template '" + std::string(name) + "' contains itself");
  const auto source = get_embedded_file("pages/templates/" + std::string(name) + ".html");
  std::string out;
  std::size_t from = 0;
  while (true) {
    const auto begin = source.find("{{", from);
    const auto end = begin == std::string_view::npos ? begin : source.find("}}", begin);
    if (end == std::string_view::npos) break;
    out += source.substr(from, begin - from);
    const auto tag = source.substr(begin + 2, end - begin - 2);
    if (tag.starts_with("t:")) {
      out += to_template_text(language.t(trim(tag.substr(2))));
    } else if (tag.starts_with(">")) {
      out += expand(trim(tag.substr(1)), language, depth + 1);
    } else if (!tag.starts_with("!")) {
      out += source.substr(begin, end + 2 - begin);
    }
    from = end + 2;
  }
  out += source.substr(from);
  return out;
}

using Compiled = std::shared_ptr<const Mustache>;

Compiled get_compiled(std::string_view name, const Language& language) {
  static std::mutex mutex;
  static std::map<std::string, Compiled> compiled;
  const auto key = std::string(name) + ' ' + language.code();
  const std::lock_guard lock(mutex);
  if (const auto kept = compiled.find(key); kept != compiled.end()) return kept->second;
  try {
    auto fresh = std::make_shared<const Mustache>(expand(name, language, 0));
    return compiled.emplace(key, std::move(fresh)).first->second;
  } catch (const Error& error) {
    throw Error(error.kind(), "template '" + std::string(name) + "': " + error.what());
  }
}

}  // namespace

std::string expand_template(std::string_view name, std::string_view language_code) {
  return expand(name, get_language(language_code), 0);
}

std::string render(std::string_view template_name, const View& view, const Language& language,
                   const View* outer) {
  const auto compiled = get_compiled(template_name, language);
  std::string out;
  out.reserve(std::size_t(16) << 10);
  compiled->fill(view, outer, out);
  return out;
}

}  // namespace austral::web
