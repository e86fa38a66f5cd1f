// Methodologies as tables: the list, and one with its rules in words.
#include <algorithm>

#include "measurement/table_parts.hpp"
#include "measurement/tables.hpp"

namespace austral::measurement {
namespace {

std::string condition_words(const Condition& when) {
  std::string words;
  const auto add = [&](const std::string& more) { words += (words.empty() ? "" : "; ") + more; };
  for (const auto& [field, values] : when.any) add(field + " = " + joined_values(values));
  for (const auto& [field, values] : when.none) add(field + " not " + joined_values(values));
  for (const auto& [field, span] : when.spans) {
    if (span.at_least) add(field + " >= " + to_string(*span.at_least));
    if (span.below) add(field + " < " + to_string(*span.below));
  }
  return words;
}

}  // namespace

std::string joined_values(const std::vector<std::string>& values) {
  std::string words;
  for (const auto& value : values) words += (words.empty() ? "" : " | ") + value;
  return words;
}

std::string rules_in_words(const std::vector<Condition>& any) {
  std::string words;
  for (const auto& when : any) words += (words.empty() ? "" : " OR ") + condition_words(when);
  return words;
}

std::string item_rule_in_words(const Item& item) {
  auto words = rules_in_words(item.when);
  if (item.otherwise) words += (words.empty() ? "" : "; ") + std::string("otherwise");
  return words;
}

Table methodologies_table(const std::vector<Methodology>& all, const std::string& language) {
  const auto& words = get_language(language);
  Table table;
  table.name = "methodologies";
  table.title = words.t("measure.methodologies.title");
  table.definition = words.t("measure.methodologies.definition");
  table.source = words.t("measure.methodologies.source");
  table.columns = name_columns(words,
                               {{"name", ColumnKind::code},
                                {"title", ColumnKind::text},
                                {"version", ColumnKind::code},
                                {"status", ColumnKind::text},
                                {"currency", ColumnKind::code},
                                {"items", ColumnKind::number},
                                {"source", ColumnKind::text},
                                {"hash", ColumnKind::code}},
                               "");
  for (const auto& one : all)
    table.rows.push_back({one.name, std::string(pick(one.title, language)), one.version,
                          words.t(std::string("measure.status.") + one.status), one.currency,
                          std::int64_t(one.items.size()), one.source, one.digest.substr(0, 16)});
  table.total_rows = table.rows.size();
  return table;
}

Table methodology_table(const Methodology& methodology, const std::string& language) {
  const auto& words = get_language(language);
  Table table;
  table.name = "methodology";
  table.title = std::string(pick(methodology.title, language));
  table.definition = std::string(pick(methodology.about, language));
  if (table.definition.empty()) table.definition = words.t("measure.methodology.definition");
  table.source = methodology.source;
  table.columns = name_columns(words,
                               {{"group", ColumnKind::code},
                                {"code", ColumnKind::code},
                                {"item", ColumnKind::text},
                                {"rule", ColumnKind::text},
                                {"methods", ColumnKind::text},
                                {"unit", ColumnKind::text},
                                {"status", ColumnKind::text},
                                {"source", ColumnKind::text}},
                               methodology.currency);
  for (const auto& item : methodology.items) {
    std::vector<std::string> methods;
    for (const auto method : item.methods) methods.push_back(methodology.methods[method].id);
    table.rows.push_back({methodology.groups[item.group].code, item.code,
                          std::string(pick(item.title, language)), item_rule_in_words(item),
                          joined_values(methods), item.unit,
                          item.status.empty() ? methodology.status : item.status,
                          item.source.empty() ? item.note : item.source});
  }
  table.notes.push_back(
      words.t("measure.note.methodology",
              {{"name", methodology.name},
               {"version", methodology.version},
               {"status", words.t(std::string("measure.status.") + methodology.status)},
               {"hash", methodology.digest.substr(0, 16)}}));
  table.total_rows = table.rows.size();
  return table;
}

}  // namespace austral::measurement
