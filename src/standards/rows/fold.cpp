// Folds rows into extras and back.
#include "standards/rows/fold.hpp"

#include <algorithm>
#include <charconv>
#include <functional>

#include "base/text.hpp"

namespace austral::rows {
namespace {

constexpr std::string_view count_name = "rows";
constexpr std::string_view row_word = "row ";

std::string_view value_of_other(const Line& line, std::string_view name) {
  for (const auto& [other, value] : line.others)
    if (other == name) return value;
  return {};
}

/// `2/SalaryCost` behind `row ` -> 1 and the name; nothing for another path.
std::optional<std::size_t> take_row(std::string_view& path) {
  if (!path.starts_with(row_word)) return std::nullopt;
  const auto slash = path.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  std::size_t number = 0;
  const char* const end = path.data() + slash;
  if (std::from_chars(path.data() + row_word.size(), end, number).ptr != end || number == 0)
    return std::nullopt;
  path.remove_prefix(slash + 1);
  return number - 1;
}

}  // namespace

bool Fold::agrees(std::size_t column) const {
  return std::all_of(lines_.begin(), lines_.end(), [&](const Line& line) {
    return line.values[column] == lines_.front().values[column];
  });
}

void Fold::keep(std::vector<registry::Extra>& extras, std::string_view name, bool whole,
                const std::function<std::string_view(const Line&)>& value) const {
  if (whole) {
    const auto text = value(lines_.front());
    if (!text.empty()) extras.push_back({prefix_ + std::string(name), std::string(text)});
    return;
  }
  for (std::size_t i = 0; i < lines_.size(); ++i)
    if (const auto text = value(lines_[i]); !text.empty())
      extras.push_back(
          {prefix_ + std::string(row_word) + std::to_string(i + 1) + "/" + std::string(name),
           std::string(text)});
}

std::vector<registry::Extra> Fold::extras() const {
  std::vector<registry::Extra> extras;
  if (lines_.size() > 1)
    extras.push_back({prefix_ + std::string(count_name), std::to_string(lines_.size())});
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const Home home = columns_.all()[i].home;
    const bool whole = agrees(i);
    if (home == Home::key || home == Home::amount) continue;
    if (whole && home != Home::extra && home != Home::label) continue;
    keep(extras, columns_.name(i), whole,
         [i](const Line& line) -> std::string_view { return line.values[i]; });
  }
  std::vector<std::string_view> names;
  for (const auto& line : lines_)
    for (const auto& [name, value] : line.others)
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  for (const auto name : names) {
    const auto value = [name](const Line& line) { return value_of_other(line, name); };
    const bool whole = std::all_of(lines_.begin(), lines_.end(), [&](const Line& line) {
      return value(line) == value(lines_.front());
    });
    keep(extras, "other/" + std::string(name), whole, value);
  }
  return extras;
}

Unfold::Unfold(const registry::Record& record, const Columns& columns, std::string_view standard)
    : columns_(columns) {
  const std::string prefix = std::string(standard) + "/";
  for (const auto& extra : record.extras) {
    std::string_view path = extra.path;
    if (!path.starts_with(prefix)) continue;
    path.remove_prefix(prefix.size());
    if (path == count_name) {
      std::from_chars(extra.value.data(), extra.value.data() + extra.value.size(), rows_);
      continue;
    }
    const auto row = take_row(path);
    Kept* kept = nullptr;
    if (path.starts_with("other/")) {
      path.remove_prefix(6);
      const auto same = std::find_if(others_.begin(), others_.end(),
                                     [&](const auto& other) { return other.first == path; });
      kept = same == others_.end() ? &others_.emplace_back(path, Kept{}).second : &same->second;
    } else if (const auto column = columns.find(path); column != Columns::none) {
      kept = &kept_[column];
    } else {
      continue;
    }
    if (row)
      kept->by_row[*row] = extra.value;
    else
      kept->of_all = extra.value;
  }
  constexpr std::size_t most_rows = 1'000'000;
  rows_ = std::clamp<std::size_t>(rows_, 1, most_rows);
}

std::optional<std::string_view> Unfold::find(std::size_t row, std::size_t column) const {
  const auto kept = kept_.find(column);
  if (kept == kept_.end()) return std::nullopt;
  if (kept->second.by_row.empty()) return kept->second.of_all;
  const auto own = kept->second.by_row.find(row);
  return own == kept->second.by_row.end() ? std::string_view() : own->second;
}

std::vector<std::pair<std::string, std::string>> Unfold::others(std::size_t row) const {
  std::vector<std::pair<std::string, std::string>> all;
  for (const auto& [name, kept] : others_) {
    const auto own = kept.by_row.find(row);
    if (own != kept.by_row.end())
      all.emplace_back(name, own->second);
    else if (kept.of_all)
      all.emplace_back(name, *kept.of_all);
  }
  return all;
}

}  // namespace austral::rows
