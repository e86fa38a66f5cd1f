// Understands who is to be compared, and puts their figures side by side.
#include "review/comparison.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/text.hpp"
#include "codes/country.hpp"
#include "codes/grouping.hpp"
#include "registry/organization_store.hpp"
#include "review/profile_parts.hpp"
#include "review/reports.hpp"

namespace austral::review {
namespace {

/// The sums of one row for both.
struct PairSums {
  CubeSums a, b;
};

std::map<std::string, PairSums> sum_pair(CubeCounts& cube, const Pair& pair, std::string_view role,
                                         std::string_view by) {
  std::map<std::string, PairSums> all;
  for (const auto& row : sum_by(cube, by, {pair.a.side(role).filter_of()}))
    all[row.values[0]].a = row.sums;
  for (const auto& row : sum_by(cube, by, {pair.b.side(role).filter_of()}))
    all[row.values[0]].b = row.sums;
  return all;
}

/// Columns of the second half carry the names of those who are compared.
void name_pair_columns(Table& table, Names& names, const Pair& pair) {
  const auto a = name_subject(pair.a, names), b = name_subject(pair.b, names);
  for (auto& column : table.columns)
    if (column.name.starts_with("a_") || column.name.starts_with("b_"))
      column.title = (column.name.front() == 'a' ? a : b) + ": " + column.title;
}

Table begin_pair_table(CubeCounts& cube, Names& names, const Pair& pair, std::string name,
                       const std::string& key, const std::vector<ColumnShape>& columns) {
  const auto& words = get_language(names.language());
  Table table = begin_profile_table(cube, words, std::move(name), key, "", columns);
  const Arguments both = {{"a", name_subject(pair.a, names)}, {"b", name_subject(pair.b, names)}};
  table.title = words.t(std::string("profile.") + key + ".title", both);
  if (words.has("profile." + key + ".definition"))
    table.definition = words.t(std::string("profile.") + key + ".definition", both);
  name_pair_columns(table, names, pair);
  return table;
}

/// Every initiative in which a subject stands, whatever its role.
Selection select_all_sides(CubeCounts& cube, const Subject& subject) {
  Selection all(cube.size());
  for (const auto& side : subject.sides()) {
    const auto one = cube.select({side.filter_of()});
    for (std::size_t i = 0; i < all.words().size(); ++i) all.words()[i] |= one.words()[i];
  }
  return all;
}

}  // namespace

std::vector<Subject> find_subjects(store::Database& database, std::string_view typed,
                                   std::size_t limit) {
  std::vector<Subject> found;
  typed = trim(typed);
  if (typed.empty()) return found;
  const auto add = [&](Subject::Kind kind, std::string_view code) {
    const auto same = [&](const Subject& one) { return one.kind == kind && one.code == code; };
    if (found.size() < limit && std::find_if(found.begin(), found.end(), same) == found.end())
      found.push_back({kind, std::string(code)});
  };
  const auto folded = fold(typed);
  // An organization's own reference is never meant for something else, however short.
  if (typed.size() > 2 && registry::find_organization(database, typed))
    add(Subject::Kind::organization, typed);
  if (const auto* country = codes::find_country_named(typed))
    add(Subject::Kind::country, country->alpha2);
  for (const auto& grouping : codes::all_groupings()) {
    bool meant = fold(grouping.code) == folded;
    for (const auto& [language, label] : grouping.labels) meant = meant || fold(label) == folded;
    if (meant) add(Subject::Kind::grouping, grouping.code);
  }
  if (!found.empty()) return found;
  if (typed.size() > 3)
    for (const auto& grouping : codes::all_groupings())
      if (fold(grouping.label).find(folded) != std::string::npos)
        add(Subject::Kind::grouping, grouping.code);
  // Organizations whose whole name was typed go before those that hold the words.
  const auto page = registry::list_organizations(database, typed, "", 0, std::int64_t(limit));
  for (const auto& line : page.lines)
    if (fold(line.name) == folded) add(Subject::Kind::organization, line.id);
  for (const auto& line : page.lines) add(Subject::Kind::organization, line.id);
  return found;
}

Table compare_overview(CubeCounts& cube, Names& names, const Pair& pair) {
  const auto& words = get_language(names.language());
  Table table = begin_pair_table(cube, names, pair, "overview", "compare.overview",
                                 {{"role", ColumnKind::text},
                                  {"measure", ColumnKind::text},
                                  {"a", ColumnKind::money},
                                  {"b", ColumnKind::money}});
  table.columns[2].title = name_subject(pair.a, names);
  table.columns[3].title = name_subject(pair.b, names);
  for (const auto& side : pair.a.roles()) {
    const auto a = sum_side(cube, side), b = sum_side(cube, pair.b.side(side.role));
    if (a.initiatives + b.initiatives == 0) continue;
    const auto add = [&](const char* measure, Cell left, Cell right) {
      table.rows.push_back({words.t(std::string("profile.role.") + side.role),
                            words.t(std::string("profile.compare.measure.") + measure),
                            std::move(left), std::move(right)});
    };
    add("initiatives", a.initiatives, b.initiatives);
    if (a.committed_cents || b.committed_cents)
      add("committed", usd_or_unknown(a.committed_cents), usd_or_unknown(b.committed_cents));
    if (a.disbursed_cents || b.disbursed_cents)
      add("disbursed", usd_or_unknown(a.disbursed_cents), usd_or_unknown(b.disbursed_cents));
  }
  table.total_rows = table.rows.size();
  return table;
}

Table compare_breakdown(CubeCounts& cube, Names& names, const Pair& pair, std::string_view role,
                        std::string_view by) {
  const auto& words = get_language(names.language());
  const std::string dimension(by), name = std::string(role) + "_" + dimension + "s";
  std::vector<ColumnShape> columns = {{by, by == "year" ? ColumnKind::year : ColumnKind::code}};
  if (by != "year") columns.push_back({"name", ColumnKind::text});
  columns.insert(columns.end(), {{"a_initiatives", ColumnKind::number},
                                 {"b_initiatives", ColumnKind::number},
                                 {"a_disbursed_usd", ColumnKind::money, "USD"},
                                 {"b_disbursed_usd", ColumnKind::money, "USD"}});
  Table table = begin_pair_table(cube, names, pair, name,
                                 "compare." + std::string(role) + "." + dimension, columns);
  if (by != "year")
    table.columns[1].title = words.t(std::string("column.profile.") + dimension + ".name");
  const auto sums = sum_pair(cube, pair, role, by);
  std::vector<std::pair<std::string, PairSums>> rows(sums.begin(), sums.end());
  if (by == "year")
    std::reverse(rows.begin(), rows.end());
  else
    std::stable_sort(rows.begin(), rows.end(), [](const auto& left, const auto& right) {
      return left.second.a.initiatives + left.second.b.initiatives >
             right.second.a.initiatives + right.second.b.initiatives;
    });
  std::vector<std::string> codes;
  for (const auto& [value, both] : rows) codes.push_back(value);
  if (by == "provider" || by == "recipient") names.expect(codes);
  for (const auto& [value, both] : rows) {
    std::vector<Cell> row;
    if (by == "year")
      row = {value.empty() ? Cell(words.t("partner.not_stated"))
                           : Cell(std::int64_t(std::stoll(value)))};
    else
      row = {value, name_value(names, by, value)};
    row.insert(row.end(),
               {both.a.initiatives, both.b.initiatives, usd_or_unknown(both.a.disbursed_cents),
                usd_or_unknown(both.b.disbursed_cents)});
    table.rows.push_back(std::move(row));
    table.links.push_back(by == "provider" || by == "recipient" ? partner_path(value) : "");
  }
  table.total_rows = table.rows.size();
  return table;
}

Table compare_partners(CubeCounts& cube, Names& names, const Pair& pair) {
  const auto& words = get_language(names.language());
  Table table = begin_pair_table(cube, names, pair, "shared_partners", "compare.partners",
                                 {{"partner", ColumnKind::code},
                                  {"name", ColumnKind::text},
                                  {"role", ColumnKind::text},
                                  {"a_initiatives", ColumnKind::number},
                                  {"b_initiatives", ColumnKind::number}});
  table.columns[1].title = words.t("column.profile.partner.name");
  struct Line {
    std::string role, value;
    PairSums sums;
  };
  std::vector<Line> lines;
  const bool organizations = pair.a.kind == Subject::Kind::organization;
  for (const auto& [role, by] :
       {std::pair<std::string, std::string>{"provider", "recipient"}, {"recipient", "provider"}})
    for (const auto& [value, sums] :
         sum_pair(cube, pair, organizations ? "organization" : role, by))
      if (!value.empty() && value != registry::several_partners && sums.a.initiatives > 0 &&
          sums.b.initiatives > 0)
        lines.push_back({by, value, sums});
  std::stable_sort(lines.begin(), lines.end(), [](const Line& left, const Line& right) {
    return std::min(left.sums.a.initiatives, left.sums.b.initiatives) >
           std::min(right.sums.a.initiatives, right.sums.b.initiatives);
  });
  std::vector<std::string> codes;
  for (const auto& line : lines) codes.push_back(line.value);
  names.expect(codes);
  for (const auto& line : lines) {
    table.rows.push_back({line.value, names.partner(line.value),
                          words.t(std::string("profile.compare.partner.") + line.role),
                          line.sums.a.initiatives, line.sums.b.initiatives});
    table.links.push_back(partner_path(line.value));
  }
  table.total_rows = table.rows.size();
  return table;
}

Table compare_initiatives(store::Database& database, CubeCounts& cube, Names& names,
                          const Pair& pair, std::size_t limit) {
  Table table = begin_pair_table(
      cube, names, pair, "shared_initiatives", "compare.initiatives",
      {{"identifier", ColumnKind::code}, {"title", ColumnKind::text}, {"start", ColumnKind::date}});
  auto both = select_all_sides(cube, pair.a);
  both &= select_all_sides(cube, pair.b);
  for (const auto key : cube.list(both, "start", true, 0, limit))
    if (const auto line = registry::find_initiative(database, key)) {
      table.rows.push_back({line->identifier, line->title, line->start_date.substr(0, 10)});
      table.links.push_back(initiative_path(line->identifier));
    }
  table.total_rows = both.count();
  return table;
}

}  // namespace austral::review
