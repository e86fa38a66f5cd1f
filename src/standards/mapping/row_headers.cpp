// Headers and what is asked of them: names, years in them, tests of the cells below.
#include <algorithm>
#include <unordered_map>

#include "base/text.hpp"
#include "standards/mapping/rows.hpp"

namespace austral::mapping {

const std::string& fold_header(std::string_view header) {
  // Headers repeat in every row; texts of data cells that are only met once must not fill memory.
  thread_local std::unordered_map<std::string, std::string> folded;
  if (folded.size() > 20000) folded.clear();
  const auto found = folded.find(std::string(header));
  if (found != folded.end()) return found->second;
  return folded.emplace(header, fold(header)).first->second;
}

std::optional<int> match_year(std::string_view pattern, std::string_view header) {
  const auto at = pattern.find(year_mark);
  if (at == std::string_view::npos) return std::nullopt;
  const std::string folded = fold(header);
  const std::string before = fold(pattern.substr(0, at));
  const std::string after = fold(pattern.substr(at + year_mark.size()));
  if (!folded.starts_with(before) || !folded.ends_with(after)) return std::nullopt;
  if (folded.size() < before.size() + after.size()) return std::nullopt;
  auto middle = trim(
      std::string_view(folded).substr(before.size(), folded.size() - before.size() - after.size()));
  if (middle.ends_with(".0")) middle.remove_suffix(2);  // a number's cell
  if (middle.size() != 4 || !std::all_of(middle.begin(), middle.end(), is_digit))
    return std::nullopt;
  const int year = std::stoi(std::string(middle));
  if (year < 1900 || year > 2100) return std::nullopt;
  return year;
}

const RowCell* DataRow::find(std::string_view header) const {
  const std::string& wanted = fold_header(header);
  for (const auto& cell : cells)
    if (fold_header(cell.header) == wanted) return &cell;
  return nullptr;
}

bool holds(const Condition& condition, const DataRow& row) {
  const RowCell* cell = row.find(condition.column);
  const bool filled = cell && !trim(cell->text).empty();
  if (condition.test == Test::empty) return !filled;
  if (condition.test == Test::filled) return filled;
  const std::string text = filled ? fold(cell->text) : std::string();
  const bool any =
      std::any_of(condition.words.begin(), condition.words.end(), [&](const std::string& words) {
        const std::string& wanted = fold_header(words);
        if (condition.test == Test::starts) return text.starts_with(wanted);
        if (condition.test == Test::contains) return text.find(wanted) != std::string::npos;
        return text == wanted;
      });
  return condition.test == Test::is_not ? !any : any;
}

std::vector<Header> name_headers(const std::vector<sheet::SheetRow>& rows) {
  std::map<std::size_t, std::string> names;
  std::size_t last = 0;
  for (const auto& row : rows)
    if (!row.cells.empty()) last = std::max(last, row.cells.back().column);
  for (std::size_t r = 0; r < rows.size(); ++r) {
    std::string above;
    for (std::size_t column = 0; column <= last; ++column) {
      const auto* cell = rows[r].find(column);
      std::string text =
          cell && !trim(cell->text).empty() ? collapse_spaces(cell->text) : std::string();
      // A merged header stands in its first cell alone; the last row of headers has none.
      if (text.empty() && r + 1 < rows.size()) text = above;
      if (text.empty()) continue;
      above = text;
      auto& name = names[column];
      name += (name.empty() ? "" : " ") + text;
    }
  }
  std::vector<Header> headers;
  std::map<std::string, int> met;
  for (auto& [column, name] : names) {
    const int n = ++met[fold_header(name)];
    headers.push_back({column, n > 1 ? name + " (" + std::to_string(n) + ")" : name});
  }
  return headers;
}

}  // namespace austral::mapping
