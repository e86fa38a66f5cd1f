// Reads the ruleset's tables, and the identifiers that some of its cases ask for.
#include <algorithm>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

#include "base/error.hpp"
#include "base/tsv.hpp"
#include "standards/validation/rules.hpp"

namespace austral::validation {
namespace {

using Words = std::unordered_set<std::string_view>;

/// One column of a table.
Words read_words(const char* table_path, const char* column) {
  Words words;
  const TsvTable table = read_embedded_table(table_path);
  const auto at = table.column(column);
  for (const auto row : table.rows()) words.insert(row[at]);
  return words;
}

const Words& publishers() {
  static const Words words = read_words("data/rules/iati_publishers.tsv", "identifier");
  return words;
}

struct Sentences {
  std::string_view message, remedy;
};

const std::unordered_map<std::string_view, Sentences>& sentences() {
  static const auto all = [] {
    std::unordered_map<std::string_view, Sentences> map;
    const TsvTable table = read_embedded_table("data/rules/iati_messages.tsv");
    const auto id = table.column("id"), message = table.column("message"),
               remedy = table.column("remedy");
    for (const auto row : table.rows()) map[row[id]] = {row[message], row[remedy]};
    return map;
  }();
  return all;
}

}  // namespace

std::vector<RuleCase> read_rule_cases(std::string_view version) {
  std::vector<RuleCase> cases;
  const TsvTable table = read_embedded_table("data/rules/iati_rules.tsv");
  const auto at = [&](const char* name) { return table.column(name); };
  for (const auto row : table.rows()) {
    if (version.empty() || row[at("versions")].find(version) == std::string_view::npos) continue;
    RuleCase one;
    one.id = row[at("id")];
    one.weight = row[at("weight")] == "error" ? Weight::error : Weight::warning;
    one.category = row[at("category")];
    one.context = row[at("context")];
    one.foreach = row[at("foreach")];
    one.kind = row[at("kind")];
    one.condition = row[at("condition")];
    one.except = row[at("except")];
    one.paths = row[at("paths")];
    one.parts = {std::string(row[at("first")]), std::string(row[at("second")]),
                 std::string(row[at("third")])};
    const auto said = sentences().find(row[at("id")]);
    if (said == sentences().end())
      throw Error(Kind::invalid, "data/rules/iati_messages.tsv says nothing for rule " + one.id);
    one.message = said->second.message;
    one.remedy = said->second.remedy;
    cases.push_back(std::move(one));
  }
  // Cases of the same elements are judged together.
  std::stable_sort(cases.begin(), cases.end(), [](const RuleCase& a, const RuleCase& b) {
    return std::tie(a.context, a.foreach) < std::tie(b.context, b.foreach);
  });
  return cases;
}

bool is_publisher(std::string_view identifier) { return publishers().contains(identifier); }

bool begins_with_publisher(std::string_view identifier) {
  for (auto at = identifier.find('-'); at != identifier.npos; at = identifier.find('-', at + 1))
    if (is_publisher(identifier.substr(0, at))) return true;
  return false;
}

bool is_identifier_prefix(std::string_view prefix) {
  static const Words prefixes = read_words("data/codes/id_prefixes.tsv", "prefix");
  return prefixes.contains(prefix);
}

}  // namespace austral::validation
