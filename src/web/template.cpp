// Fills mustache templates with views; partials and words are put in when one is first asked for.
#include "web/template.hpp"

#include <kainjow/mustache.hpp>
#include <mutex>

#include "base/embedded.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "web/page.hpp"

namespace austral::web {
namespace {

namespace mustache = kainjow::mustache;

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

mustache::data to_data(const boost::json::value& value) {
  switch (value.kind()) {
    case boost::json::kind::object: {
      if (value.get_object().empty()) return false;
      mustache::data object{mustache::data::type::object};
      for (const auto& [key, item] : value.get_object()) {
        // set() copies all that is below; what is moved in afterwards is not copied.
        const std::string name(key);
        object.set(name, false);
        const_cast<mustache::data&>(*object.get(name)) = to_data(item);
      }
      return object;
    }
    case boost::json::kind::array: {
      mustache::data list{mustache::data::type::list};
      auto& items = const_cast<mustache::list&>(list.list_value());  // push_back() copies too
      items.reserve(value.get_array().size());
      for (const auto& item : value.get_array()) items.push_back(to_data(item));
      return list;
    }
    case boost::json::kind::string:
      // Mustache takes an empty text for present; here it is absent, as pages expect.
      if (value.get_string().empty()) return false;
      return std::string(value.get_string());
    case boost::json::kind::bool_: return value.get_bool();
    case boost::json::kind::null: return false;
    default: return std::string(boost::json::serialize(value));
  }
}

using Compiled = std::shared_ptr<mustache::mustache>;

Compiled get_compiled(std::string_view name, const Language& language) {
  static std::mutex mutex;
  static std::map<std::pair<std::string, std::string>, Compiled> compiled;
  const std::lock_guard lock(mutex);
  auto& kept = compiled[{std::string(name), language.code()}];
  if (!kept) {
    auto fresh = std::make_shared<mustache::mustache>(expand(name, language, 0));
    if (!fresh->is_valid())
      throw Error(Kind::invalid, "template '" + std::string(name) + "': " + fresh->error_message());
    fresh->set_custom_escape([](const std::string& text) { return escape_html(text); });
    kept = std::move(fresh);
  }
  return kept;
}

}  // namespace

std::string expand_template(std::string_view name, std::string_view language_code) {
  return expand(name, get_language(language_code), 0);
}

std::string render(std::string_view template_name, const View& view, const Language& language) {
  // Rendering reads the compiled template and writes only for lambdas, which views cannot hold:
  // one compiled template serves all threads.
  const auto compiled = get_compiled(template_name, language);
  std::string out;
  compiled->render(to_data(view), [&out](const std::string& part) { out += part; });
  return out;
}

}  // namespace austral::web
