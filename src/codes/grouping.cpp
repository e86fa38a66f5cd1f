// Memberships from our table, answered by year.
#include "codes/grouping.hpp"

#include <unordered_map>

#include "base/tsv.hpp"

namespace austral::codes {
namespace {

int read_year(std::string_view text) {
  int year = 0;
  for (const char digit : text)
    if (digit >= '0' && digit <= '9') year = year * 10 + (digit - '0');
  return year;
}

std::string name_pair(std::string_view grouping, std::string_view alpha2) {
  return std::string(grouping) + '\t' + std::string(alpha2);
}

const std::vector<Membership>& all_memberships() {
  static const auto all = [] {
    std::vector<Membership> spans;
    const TsvTable table = read_embedded_table("data/codes/memberships.tsv");
    const auto grouping = table.column("grouping"), country = table.column("country");
    const auto from = table.column("from"), to = table.column("to");
    for (const auto row : table.rows())
      spans.push_back({row[grouping], row[country], read_year(row[from]), read_year(row[to])});
    return spans;
  }();
  return all;
}

}  // namespace

const std::vector<Grouping>& all_groupings() {
  static const auto all = [] {
    std::vector<Grouping> groupings;
    const TsvTable table = read_embedded_table("data/codes/groupings.tsv");
    const auto code = table.column("code"), kind = table.column("kind"),
               label = table.column("label");
    for (const auto row : table.rows()) {
      Grouping grouping{row[code], row[kind], row[label], {{"en", row[label]}}};
      for (std::size_t i = 0; i < table.columns().size(); ++i)
        if (const auto name = table.columns()[i]; name.starts_with("label_") && !row[i].empty())
          grouping.labels.emplace_back(name.substr(6), row[i]);
      groupings.push_back(std::move(grouping));
    }
    return groupings;
  }();
  return all;
}

const Grouping* find_grouping(std::string_view code) {
  for (const auto& grouping : all_groupings())
    if (grouping.code == code) return &grouping;
  return nullptr;
}

std::string_view grouping_label(std::string_view code, std::string_view language) {
  const auto* grouping = find_grouping(code);
  if (!grouping) return code;
  for (const auto& [lang, label] : grouping->labels)
    if (lang == language) return label;
  return grouping->label;
}

bool is_member(std::string_view grouping, std::string_view alpha2, int year) {
  static const auto spans = [] {
    std::unordered_multimap<std::string, std::pair<int, int>> all;
    for (const auto& span : all_memberships())
      all.emplace(name_pair(span.grouping, span.country), std::pair{span.from, span.to});
    return all;
  }();
  const auto [first, last] = spans.equal_range(name_pair(grouping, alpha2));
  for (auto it = first; it != last; ++it) {
    const auto [from, to] = it->second;
    if (year == 0 ? to == 0 : (from == 0 || from <= year) && (to == 0 || year <= to)) return true;
  }
  return false;
}

std::vector<Membership> memberships_of(std::string_view alpha2) {
  std::vector<Membership> found;
  for (const auto& span : all_memberships())
    if (span.country == alpha2) found.push_back(span);
  return found;
}

std::vector<Membership> members_of(std::string_view grouping) {
  std::vector<Membership> found;
  for (const auto& span : all_memberships())
    if (span.grouping == grouping) found.push_back(span);
  return found;
}

}  // namespace austral::codes
