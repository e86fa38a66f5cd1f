// Templates are filled as a mustache library of others fills them, but for white space about tags.
#include "web/mustache.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <kainjow/mustache.hpp>

#include "base/error.hpp"
#include "base/text.hpp"
#include "support/postgres.hpp"

namespace austral::web {
namespace {

namespace json = boost::json;
namespace other = kainjow::mustache;

other::data to_data(const json::value& value) {
  switch (value.kind()) {
    case json::kind::object: {
      if (value.get_object().empty()) return false;
      other::data object{other::data::type::object};
      for (const auto& [key, item] : value.get_object())
        object.set(std::string(key), to_data(item));
      return object;
    }
    case json::kind::array: {
      other::data list{other::data::type::list};
      for (const auto& item : value.get_array()) list.push_back(to_data(item));
      return list;
    }
    case json::kind::string:
      if (value.get_string().empty()) return false;
      return std::string(value.get_string());
    case json::kind::bool_: return value.get_bool();
    case json::kind::null: return false;
    default: return json::serialize(value);
  }
}

std::string fill(std::string_view source, const json::object& view,
                 const json::object* outer = nullptr) {
  std::string out;
  Mustache(source).fill(view, outer, out);
  return out;
}

std::string without_space(std::string text) {
  std::erase_if(text, [](char c) { return c == ' ' || c == '\n'; });
  return text;
}

const char* pick(std::initializer_list<const char*> all) {
  return *(all.begin() + *rc::gen::inRange<std::size_t>(0, all.size()));
}

json::value random_value(int depth) {
  const auto kind = *rc::gen::inRange(0, depth > 3 ? 6 : 9);
  if (kind < 3) return pick({"", "x", "<a href=\"&\">'", "two words", "نص", "{{a}}"});
  if (kind == 3) return bool(*rc::gen::inRange(0, 2));
  if (kind == 4) return nullptr;
  if (kind == 5) return *rc::gen::inRange<std::int64_t>(0, 3);
  if (kind == 6) {
    json::array list;
    for (int n = *rc::gen::inRange(0, 4); n > 0; --n) list.push_back(random_value(depth + 1));
    return list;
  }
  json::object object;
  for (int n = *rc::gen::inRange(0, 4); n > 0; --n)
    object[pick({"a", "b", "c", "d"})] = random_value(depth + 1);
  return object;
}

/// `.` is the item of a section, and stands straight in one only.
std::string random_template(int depth, bool inside = false) {
  std::string text;
  for (int n = *rc::gen::inRange(0, 6); n > 0; --n) {
    const std::string name = inside ? pick({"a", "b", "c", "d", "."}) : pick({"a", "b", "c", "d"});
    const std::string line = pick({"", "\n", "  \n", " "});
    switch (*rc::gen::inRange(0, depth > 3 ? 4 : 7)) {
      case 0: text += pick({"text", "<p>", "\n", " \n\n", "} { "}); break;
      case 1: text += "{{" + name + "}}" + line; break;
      case 2: text += "{{{" + name + "}}}" + line; break;
      case 3: text += line; break;
      case 4:
        text +=
            "{{^" + name + "}}" + line + random_template(depth + 1) + "{{/" + name + "}}" + line;
        break;
      default:
        text += "{{#" + name + "}}" + line + random_template(depth + 1, true) + "{{/" + name +
                "}}" + line;
    }
  }
  return text;
}

TEST(MustacheTemplates, are_filled_as_others_fill_them) {
  EXPECT_TRUE(rc::check("equal but for white space", [] {
    const auto source = random_template(0);
    json::object view;
    for (const char* name : {"a", "b", "c"}) view[name] = random_value(0);
    other::mustache slow(source);
    RC_ASSERT(slow.is_valid());
    slow.set_custom_escape([](const std::string& text) { return escape_html(text); });
    RC_LOG() << source << json::serialize(view);
    RC_ASSERT(without_space(fill(source, view)) == without_space(slow.render(to_data(view))));
  }));
}

TEST(MustacheTemplates, leave_no_line_where_a_section_stands_alone) {
  EXPECT_EQ(fill("<ul>\n  {{#a}}\n<li>{{.}}</li>\n{{/a}}\n</ul>", {{"a", {"1", "2"}}}),
            "<ul>\n<li>1</li>\n<li>2</li>\n</ul>");
  EXPECT_EQ(fill("<ul>\n{{#a}}\nno\n{{/a}}\n</ul>", {}), "<ul>\n</ul>");
}

TEST(MustacheTemplates, look_in_the_outer_view_last) {
  const json::object outer = {{"a", "outer"}, {"b", "outer"}};
  EXPECT_EQ(fill("{{a}} {{b}} {{c}}", {{"a", "own"}}, &outer), "own outer ");
  EXPECT_EQ(fill("{{b}}", {{"b", ""}}, &outer), "");
}

TEST(MustacheTemplates, say_which_tag_is_wrong) {
  for (const auto* wrong : {"{{#a}}", "{{/a}}", "{{#a}}{{/b}}", "{{#a}}{{#b}}{{/a}}{{/b}}", "{{a"})
    EXPECT_EQ(testing::error_of([&] { Mustache{wrong}; }).kind(), Kind::invalid) << wrong;
}

}  // namespace
}  // namespace austral::web
