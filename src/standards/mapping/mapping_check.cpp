// Faults of mappings, told with their remedies; and the nearest word to a mistyped one.
#include "standards/mapping/mapping_check.hpp"

#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "standards/mapping/fields.hpp"
#include "standards/mapping/read_value.hpp"

namespace austral::mapping {
namespace {

std::string list_words(const std::vector<std::string>& words) {
  std::string list;
  for (const auto& word : words) list += (list.empty() ? "" : ", ") + word;
  return list;
}

/// Edits between two texts, at most `most + 1`. Bytes serve: only nearness matters.
std::size_t edits_between(std::string_view left, std::string_view right, std::size_t most) {
  if (left.size() > right.size() + most || right.size() > left.size() + most) return most + 1;
  std::vector<std::size_t> row(right.size() + 1);
  for (std::size_t j = 0; j < row.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= left.size(); ++i) {
    std::size_t corner = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= right.size(); ++j) {
      const std::size_t changed = corner + (left[i - 1] == right[j - 1] ? 0 : 1);
      corner = row[j];
      row[j] = std::min({changed, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row.back();
}

bool is_known_part(std::string_view part) {
  return (part.starts_with("before ") || part.starts_with("after ")) &&
         part.size() > part.find(' ') + 1;
}

bool has_year_mark(const FieldRule& rule) {
  return std::any_of(rule.columns.begin(), rule.columns.end(), [](const std::string& column) {
    return column.find(year_mark) != std::string::npos;
  });
}

/// What a constant, or the meaning of a cell's words, cannot be read as.
void check_meaning(const Field& field, const FieldRule& rule, const std::string& meaning,
                   std::vector<std::string>& faults) {
  if (meaning.empty()) return;
  ReadProblem problem;
  const ReadHints hints{&field, rule.form, {}};
  if (!read_cell(hints, sheet::CellKind::words, meaning, {}, problem))
    faults.push_back("'" + meaning + "' cannot stand for " + rule.field + ": expected is " +
                     problem.expected + (problem.remedy.empty() ? "" : "; " + problem.remedy));
}

bool has_field(const Mapping& mapping, std::size_t table, std::string_view field,
               std::size_t item) {
  bool found = false;
  for_each_rule(mapping, table, [&](const FieldRule& rule) {
    found = found || (rule.field == field && rule.item == item);
  });
  return found;
}

void check_table(const Mapping& mapping, std::size_t table, std::vector<std::string>& faults) {
  const std::string of = mapping.tables.size() > 1 ? " of table " + std::to_string(table + 1) : "";
  bool any_column = false;
  for_each_rule(mapping, table, [&](const FieldRule& rule) {
    any_column = any_column || !rule.columns.empty();
    if (rule.field == "amount" && !has_field(mapping, table, "kind", rule.item)) {
      const std::string name = rule.item > 1 ? "kind " + std::to_string(rule.item) : "kind";
      faults.push_back("nothing says what the amount" + of + " is: add `" + name +
                       ": {value: commitment}`, or disbursement, pledge, budget");
    }
  });
  if (!any_column)
    faults.push_back("no field" + of + " comes from a column: add one, such as `title: Name`");
  if (!has_field(mapping, table, "publisher", 1))
    faults.push_back(
        "nothing says who reports: add `publisher: {value: BR-GOV-ABC}` with the "
        "reference of your organization");
}

}  // namespace

std::string nearest_word(std::string_view word, const std::vector<std::string>& words) {
  const std::string wanted = fold(word);
  std::string best;
  std::size_t fewest = std::max<std::size_t>(2, wanted.size() / 3) + 1;
  for (const auto& one : words) {
    const std::string folded = fold(one);
    const auto edits = edits_between(wanted, folded, fewest);
    const bool holds = wanted.size() > 3 && folded.find(wanted) != std::string::npos;
    const auto weight = holds ? std::min<std::size_t>(edits, 1) : edits;
    if (weight >= fewest) continue;
    fewest = weight;
    best = one;
  }
  return best;
}

std::vector<std::string> form_words(const FieldRule& rule) {
  const Field* field = find_field(rule.field);
  switch (field->reads) {
    case Reads::date: return {"dmy", "mdy"};
    case Reads::amount: {
      std::vector<std::string> words = {"comma", "point"};
      for (const auto& [word, zeros] : amount_sizes) words.emplace_back(word);
      return words;
    }
    case Reads::word: return {"hash"};
    case Reads::share: return {"fraction", "comma", "point"};
    default: return {};
  }
}

std::vector<std::string> check_rule(const FieldRule& rule) {
  std::vector<std::string> faults;
  const Field& field = *find_field(rule.field);
  const bool any_column = std::any_of(rule.columns.begin(), rule.columns.end(),
                                      [](const std::string& column) { return !column.empty(); });
  if (!any_column && rule.value.empty())
    faults.push_back("'" + rule.field + "' names neither a column nor a `value:`");
  if (!rule.part.empty() && !is_known_part(rule.part))
    faults.push_back("'" + rule.part +
                     "' is no part of a value: write `before ,` or `after ,` with the separator");
  if (!rule.lang.empty() && field.reads != Reads::text)
    faults.push_back("'" + rule.field + "' is no text, so it has no language");
  if (field.group == Group::record && rule.item > 1)
    faults.push_back("'" + rule.field + "' is not numbered: each initiative has it once");
  if (has_year_mark(rule) && rule.field != "amount")
    faults.push_back("{year} in a column's name is for `amount` alone");
  if (rule.once && rule.field != "amount") faults.push_back("`once` is for `amount` alone");
  const auto known = form_words(rule);
  for (const auto word : split(rule.form, ' '))
    if (!word.empty() && std::find(known.begin(), known.end(), word) == known.end())
      faults.push_back("'" + std::string(word) + "' is no form of '" + rule.field + "'" +
                       (known.empty() ? ": it has none" : "; there are " + list_words(known)));
  check_meaning(field, rule, rule.value, faults);
  for (const auto& [words, meaning] : rule.values) check_meaning(field, rule, meaning, faults);
  return faults;
}

std::vector<std::string> check_whole(const Mapping& mapping) {
  std::vector<std::string> faults;
  const bool good_name = !mapping.name.empty() && mapping.name.size() <= 64 &&
                         std::all_of(mapping.name.begin(), mapping.name.end(), [](char c) {
                           return is_digit(c) || c == '-' || (c >= 'a' && c <= 'z');
                         });
  if (!good_name)
    faults.push_back(
        "a mapping needs a name of small letters, digits and hyphens: "
        "`mapping: brazil-2005-2011`");
  for (std::size_t table = 0; table < mapping.tables.size(); ++table)
    check_table(mapping, table, faults);
  std::sort(faults.begin(), faults.end());
  faults.erase(std::unique(faults.begin(), faults.end()), faults.end());
  return faults;
}

std::vector<std::string> check_mapping(const Mapping& mapping) {
  std::vector<std::string> faults;
  const auto check = [&](const FieldRule& rule) {
    if (!find_field(rule.field)) {
      const std::string near = nearest_word(rule.field, field_names());
      faults.push_back("'" + rule.field + "' is no field" +
                       (near.empty() ? "" : "; do you mean '" + near + "'?"));
      return;
    }
    for (auto& fault : check_rule(rule)) faults.push_back(std::move(fault));
  };
  for (const auto& rule : mapping.fields) check(rule);
  for (const auto& table : mapping.tables)
    for (const auto& rule : table.fields) check(rule);
  if (mapping.tables.empty()) faults.push_back("a mapping has at least one table");
  if (faults.empty()) faults = check_whole(mapping);
  return faults;
}

}  // namespace austral::mapping
