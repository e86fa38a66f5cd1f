// What a rule takes from a row: columns found, joined, split, cut and paired with their meaning.
#include <algorithm>

#include "base/digest.hpp"
#include "base/text.hpp"
#include "standards/mapping/apply.hpp"
#include "standards/mapping/fields.hpp"
#include "standards/mapping/names.hpp"

namespace austral::mapping {
namespace {

Taken take_cell(const RowCell& cell) {
  Taken taken;
  taken.text = std::string(trim(cell.text));
  taken.kind = cell.kind;
  taken.date = cell.date;
  taken.cell = &cell;
  return taken;
}

std::vector<Taken> take_years(std::string_view pattern, const DataRow& row) {
  std::vector<Taken> all;
  for (const auto& cell : row.cells)
    if (const auto year = match_year(pattern, cell.header)) {
      all.push_back(take_cell(cell));
      all.back().year = *year;
    }
  return all;
}

std::vector<Taken> take_joined(const FieldRule& rule, const DataRow& row) {
  Taken joined;
  for (const auto& column : rule.columns) {
    const auto* cell = row.find(column);
    if (!cell || trim(cell->text).empty()) continue;
    if (!joined.cell)
      joined = take_cell(*cell);
    else
      joined.text += rule.join + std::string(trim(cell->text));
  }
  if (!joined.cell) return {};
  joined.kind = sheet::CellKind::words;
  return {joined};
}

std::vector<Taken> take_columns(const FieldRule& rule, const DataRow& row) {
  if (!rule.join.empty()) return take_joined(rule, row);
  for (const auto& column : rule.columns) {
    if (column.find(year_mark) != std::string::npos) {
      if (auto years = take_years(column, row); !years.empty()) return years;
    } else if (const auto* cell = row.find(column); cell && !trim(cell->text).empty()) {
      return {take_cell(*cell)};
    }
  }
  return {};
}

/// `places`: a separator may give way to a word before the last of several.
std::vector<Taken> split_values(std::vector<Taken> values, const std::string& separator,
                                bool places) {
  const std::string by = separator == "line" ? "\n" : separator;
  std::vector<Taken> pieces;
  for (const auto& value : values) {
    std::string_view rest = value.text;
    for (bool more = true; more;) {
      const auto at = rest.find(by);
      more = at != std::string_view::npos;
      const std::string text(trim(rest.substr(0, at)));
      const auto parts = places ? part_places(text) : std::vector<std::string>{text};
      for (const auto& part : parts) {
        Taken piece = value;
        piece.text = part;
        const bool only = pieces.empty() && !more && parts.size() == 1;
        piece.kind = only ? value.kind : sheet::CellKind::words;
        pieces.push_back(std::move(piece));
      }
      if (more) rest.remove_prefix(at + by.size());
    }
  }
  return pieces;
}

void cut_part(std::string& text, std::string_view part) {
  const bool before = part.starts_with("before ");
  const auto mark = part.substr(part.find(' ') + 1);
  const auto at = text.rfind(mark);
  if (at == std::string::npos) {
    if (!before) text.clear();
    return;
  }
  text = std::string(trim(before ? std::string_view(text).substr(0, at)
                                 : std::string_view(text).substr(at + mark.size())));
}

/// Pairs a cell's words with what they mean; `*` stands for all others. Whether there is a pair.
bool find_meaning(Taken& taken, const FieldRule& rule) {
  const std::string folded = fold(trim(taken.text));
  const std::pair<std::string, std::string>* other = nullptr;
  for (const auto& pair : rule.values) {
    if (pair.first == "*") other = &pair;
    if (fold_header(pair.first) != folded) continue;
    taken.text = pair.second;
    taken.kind = sheet::CellKind::words;
    return true;
  }
  if (!other || taken.text.empty()) return false;
  taken.text = other->second;
  taken.kind = sheet::CellKind::words;
  return true;
}

std::string short_hash(std::string_view text) {
  return to_string(austral::digest_of(fold(text))).substr(0, 12);
}

}  // namespace

std::vector<Taken> take_values(const FieldRule& rule, const DataRow& row) {
  if (rule.when && !holds(*rule.when, row)) return {};
  auto values = take_columns(rule, row);
  const auto reads = find_field(rule.field)->reads;
  const bool places = (reads == Reads::place || reads == Reads::country) && rule.values.empty();
  if (!rule.split.empty()) values = split_values(std::move(values), rule.split, places);
  const bool hashed = rule.form == "hash";
  for (auto& taken : values) {
    if (!rule.part.empty()) cut_part(taken.text, rule.part);
    // What a mapping says itself is meant: NA is Namibia where it is paired with NA.
    const bool meant = !rule.values.empty() && find_meaning(taken, rule);
    if (!meant && means_nothing(taken.text)) taken.text.clear();
    if (!taken.text.empty() && hashed) taken.text = short_hash(taken.text);
    if (!taken.text.empty()) taken.text.insert(0, rule.prefix);
  }
  const bool any = std::any_of(values.begin(), values.end(),
                               [](const Taken& taken) { return !taken.text.empty(); });
  if (!any && !rule.value.empty()) {
    // A cell that a table of values turned to nothing stays nothing.
    if (!values.empty() && !rule.values.empty()) return {};
    Taken constant;
    constant.text = rule.prefix + rule.value;
    return {constant};
  }
  return any ? values : std::vector<Taken>{};
}

std::string identifier_of(const Mapping& mapping, const DataRow& row) {
  std::string identifier;
  for_each_rule(mapping, row.table, [&](const FieldRule& rule) {
    if (rule.field != "identifier" || !identifier.empty()) return;
    const auto taken = take_values(rule, row);
    if (!taken.empty()) identifier = collapse_spaces(taken.front().text);
  });
  return identifier;
}

}  // namespace austral::mapping
