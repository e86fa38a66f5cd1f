// The rules' path language finds what pugixml's XPath finds, on random documents.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <pugixml.hpp>
#include <set>

#include "base/error.hpp"
#include "base/text.hpp"
#include "standards/validation/paths.hpp"
#include "standards/validation/rules.hpp"
#include "standards/validation/tree.hpp"

namespace austral::validation {
namespace {

/// Every path and every condition that some case of the ruleset has.
struct Written {
  std::set<std::string> paths, conditions;
};

Written read_written() {
  Written all;
  for (const auto& one : read_rule_cases("2.03")) {
    for (const auto* list : {&one.paths, &one.foreach})
      for (const auto path : split(*list, '|'))
        if (!trim(path).empty()) all.paths.emplace(trim(path));
    const bool dates = one.kind.find("date") != std::string::npos || one.kind == "time_limit";
    for (const auto& part : one.parts)
      if ((dates || one.kind == "one_or_all") && !part.empty() && part != "NOW" && part != "lang" &&
          part != "currency")
        all.paths.insert(part);
    if (!one.condition.empty()) all.conditions.insert(one.condition);
    if (one.kind == "if_then") all.conditions.insert({one.parts[0], one.parts[1]});
  }
  return all;
}

const Written& written() {
  static const Written all = read_written();
  return all;
}

/// Which names stand under which in the paths, so that random documents have what is looked for.
std::map<std::string, std::set<std::string>> read_names() {
  std::map<std::string, std::set<std::string>> below;
  const auto add = [&](const std::string& text) {
    std::string name, parent;
    int depth = 0;
    for (const char c : text + " ") {
      depth += c == '[' ? 1 : c == ']' ? -1 : 0;
      const bool word = (c >= 'a' && c <= 'z') || c == '-' || c == ':';
      if (depth == 0 && (word || (c == '@' && name.empty()))) {
        name += c;
      } else if (c == '/' && depth == 0) {
        if (!name.empty()) below[parent].insert(name);
        parent = name.empty() ? parent : name;
        name.clear();
      } else if (depth == 0 && c != ']' && c != '[') {
        if (!name.empty() && name[0] != '@') below[parent].insert(name);
        name.clear();
        parent.clear();
      }
    }
  };
  for (const auto& path : written().paths) add(path);
  for (const auto& condition : written().conditions) add(condition);
  return below;
}

const std::vector<std::string> attributes = {"vocabulary", "percentage", "type",  "ref",
                                             "iso-date",   "measure",    "value", "xml:lang"};
const std::vector<std::string> values = {"", "1", "2", "99", "100", "B1", " 1 ", "33.3", "x"};

std::string random_element(const std::string& name, int depth) {
  static const auto names = read_names();
  std::string text = "<" + name;
  for (const auto& attribute : attributes)
    if (*rc::gen::inRange(0, 3) == 0)
      text += " " + attribute + "=\"" + *rc::gen::elementOf(values) + "\"";
  text += ">";
  auto found = names.find(name);
  if (found == names.end()) found = names.find("");
  const std::vector<std::string> below(found->second.begin(), found->second.end());
  const int count = depth < 3 ? *rc::gen::inRange(0, depth == 0 ? 8 : 4) : 0;
  for (int i = 0; i < count; ++i) {
    const std::string child = *rc::gen::elementOf(below);
    if (child[0] != '@') text += random_element(child, depth + 1);
  }
  if (count == 0 && *rc::gen::inRange(0, 2)) text += *rc::gen::elementOf(values);
  return text + "</" + name + ">";
}

std::string with_value(std::string text, const std::string& value) {
  for (std::size_t at; (at = text.find("$1")) != text.npos;) text.replace(at, 2, value);
  return text;
}

std::vector<std::string> select_ours(const std::string& path, Node node, const std::string& value) {
  Items items;
  Children children;
  children.read(node);
  Path(path).select({node, value, &children}, items);
  std::vector<std::string> texts;
  std::string scratch;
  for (const auto& item : items) texts.emplace_back(text_of(item, scratch));
  return texts;
}

std::vector<std::string> select_theirs(const std::string& path, pugi::xml_node node,
                                       const std::string& value) {
  auto found = node.select_nodes(with_value(path, value).c_str());
  found.sort();
  std::vector<std::string> texts;
  for (const auto& one : found)
    texts.push_back(one.attribute() ? one.attribute().value()
                                    : pugi::xpath_query("string(.)").evaluate_string(one));
  return texts;
}

RC_GTEST_PROP(ValidationPaths, LeadWhereXPathLeads, ()) {
  const auto text = random_element("iati-activity", 0);
  const auto value = *rc::gen::elementOf(values);
  pugi::xml_document document;
  RC_ASSERT(document.load_string(text.c_str(), pugi::parse_default | pugi::parse_ws_pcdata_single));
  Tree tree;
  RC_ASSERT(tree.parse(text));
  const auto ours = tree.document_element();
  const auto theirs = document.document_element();
  for (const auto& path : written().paths)
    RC_ASSERT(select_ours(path, ours, value) == select_theirs(path, theirs, value));
  Children children;
  children.read(ours);
  for (const auto& condition : written().conditions)
    RC_ASSERT(Condition(condition).holds({ours, value, &children}) ==
              pugi::xpath_query(with_value(condition, value).c_str()).evaluate_boolean(theirs));
}

TEST(ValidationPaths, NumbersAreXPaths) {
  EXPECT_EQ(read_number(" -1.50 "), -1.5);
  EXPECT_EQ(read_number(".5"), .5);
  EXPECT_EQ(read_number("5."), 5);
  for (const char* none : {"", "1e2", "+1", "1 2", "--1", ".", "-", "1.2.3", "x"})
    EXPECT_NE(read_number(none), read_number(none)) << none;
}

TEST(ValidationPaths, WhatTheLanguageLacksIsRefused) {
  for (const char* wrong : {"", "a/", "a[", "a]", "a[@b='1]", "@a[1]", "a b", "/a", "a|", "1"})
    EXPECT_THROW(Path{wrong}, Error) << wrong;
  for (const char* wrong : {"", "a =", "count(a", "not a b", "a + + b", "(a"})
    EXPECT_THROW(Condition{wrong}, Error) << wrong;
}

}  // namespace
}  // namespace austral::validation
