// Makes the tables of groupings, members and neighbours.
#include "review/grouping_profiles.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/text.hpp"
#include "codes/grouping.hpp"
#include "review/profile_parts.hpp"
#include "review/reports.hpp"

namespace austral::review {
namespace {

/// What somebody gives and gets: the four figures that lists of countries and groupings show.
struct TwoSides {
  CubeSums gives, gets;
};

std::vector<ColumnShape> with_two_sides(std::vector<ColumnShape> columns) {
  columns.insert(columns.end(), {{"provides", ColumnKind::number},
                                 {"given_usd", ColumnKind::money, "USD"},
                                 {"receives", ColumnKind::number},
                                 {"received_usd", ColumnKind::money, "USD"}});
  return columns;
}

void add_two_sides(std::vector<Cell>& row, const TwoSides& sums) {
  row.insert(row.end(), {sums.gives.initiatives, usd_or_unknown(sums.gives.disbursed_cents),
                         sums.gets.initiatives, usd_or_unknown(sums.gets.disbursed_cents)});
}

std::map<std::string, TwoSides> sum_two_sides(CubeCounts& cube, const std::string& by_provider,
                                              const std::string& by_recipient,
                                              const std::vector<registry::Filter>& given = {},
                                              const std::vector<registry::Filter>& got = {}) {
  std::map<std::string, TwoSides> all;
  for (const auto& row : sum_by(cube, by_provider, given)) all[row.values[0]].gives = row.sums;
  for (const auto& row : sum_by(cube, by_recipient, got)) all[row.values[0]].gets = row.sums;
  return all;
}

std::string kind_words(std::string_view kind, const Language& words) {
  const std::string key = "grouping." + std::string(kind);
  return words.has(key) ? words.t(key) : std::string(kind);
}

/// `1967–`, `…–2008`; empty where neither end is known.
std::string write_span(const codes::Membership& span) {
  if (!span.from && !span.to) return {};
  return (span.from ? std::to_string(span.from) : "…") + "–" +
         (span.to ? std::to_string(span.to) : "");
}

void add_span(std::string& years, const codes::Membership& span) {
  const auto text = write_span(span);
  if (!text.empty()) years += (years.empty() ? "" : ", ") + text;
}

std::int64_t count_members_today(std::string_view grouping) {
  std::set<std::string_view> today;
  for (const auto& span : codes::members_of(grouping))
    if (span.to == 0) today.insert(span.country);
  return std::int64_t(today.size());
}

/// Kinds in whose groupings an officer looks for countries like his own.
bool is_near(std::string_view kind) {
  return kind == "income" || kind == "economic-community" || kind == "un-regional-commission";
}

/// A name short enough to stand in a row of several: communities are known by their letters.
std::string short_name(Names& names, const std::string& code) {
  const auto* grouping = codes::find_grouping(code);
  if (grouping && grouping->kind == "income") {
    const auto label = names.grouping(code);
    return label.substr(0, label.find(" ("));
  }
  std::string letters = code;
  for (auto& letter : letters)
    if (letter >= 'a' && letter <= 'z') letter = char(letter - 'a' + 'A');
  return letters;
}

std::set<std::string> near_groupings(const std::string& country) {
  std::set<std::string> codes;
  for (const auto& span : codes::memberships_of(country)) {
    const auto* grouping = codes::find_grouping(span.grouping);
    if (span.to == 0 && grouping && is_near(grouping->kind)) codes.emplace(span.grouping);
  }
  return codes;
}

}  // namespace

Table make_groupings(CubeCounts& cube, Names& names) {
  const auto& words = get_language(names.language());
  Table table = begin_profile_table(cube, words, "groupings", "groupings", "",
                                    with_two_sides({{"grouping", ColumnKind::code},
                                                    {"name", ColumnKind::text},
                                                    {"grouping_kind", ColumnKind::text},
                                                    {"members", ColumnKind::number}}));
  table.columns[1].title = words.t("column.profile.grouping.name");
  std::vector<std::string_view> kinds;
  for (const auto& grouping : codes::all_groupings())
    if (std::find(kinds.begin(), kinds.end(), grouping.kind) == kinds.end())
      kinds.push_back(grouping.kind);
  for (const auto kind : kinds) {
    auto sums =
        sum_two_sides(cube, "provider." + std::string(kind), "recipient." + std::string(kind));
    for (const auto& grouping : codes::all_groupings()) {
      if (grouping.kind != kind) continue;
      const std::string code(grouping.code);
      std::vector<Cell> row = {code, names.grouping(code), kind_words(kind, words),
                               count_members_today(code)};
      add_two_sides(row, sums[code]);
      table.rows.push_back(std::move(row));
      table.links.push_back("/groupings/" + percent_encode(code));
    }
  }
  table.total_rows = table.rows.size();
  return table;
}

Table make_members(CubeCounts& cube, Names& names, const std::string& grouping) {
  const auto& words = get_language(names.language());
  Table table = begin_profile_table(cube, words, "members", "members", names.grouping(grouping),
                                    with_two_sides({{"country", ColumnKind::code},
                                                    {"name", ColumnKind::text},
                                                    {"years", ColumnKind::text}}));
  table.columns[1].title = words.t("column.profile.country.name");
  std::map<std::string, std::string> spans;
  for (const auto& span : codes::members_of(grouping))
    add_span(spans[std::string(span.country)], span);
  const Side gives{"provider", "provider_in", grouping},
      gets{"recipient", "recipient_in", grouping};
  auto sums = sum_two_sides(cube, "provider", "recipient", {gives.filter_of()}, {gets.filter_of()});
  for (const auto& [country, years] : spans) {
    std::vector<Cell> row = {country, names.country(country), years};
    add_two_sides(row, sums[country]);
    table.rows.push_back(std::move(row));
    table.links.push_back(partner_path(country));
  }
  table.total_rows = table.rows.size();
  return table;
}

Table make_exchange(CubeCounts& cube, Names& names, const std::string& grouping) {
  const auto& words = get_language(names.language());
  Table table = begin_profile_table(cube, words, "exchange", "exchange", names.grouping(grouping),
                                    {{"exchange", ColumnKind::text},
                                     {"initiatives", ColumnKind::number},
                                     {"committed_usd", ColumnKind::money, "USD"},
                                     {"disbursed_usd", ColumnKind::money, "USD"}});
  const Side gives{"provider", "provider_in", grouping},
      gets{"recipient", "recipient_in", grouping};
  CubeQuestion both;
  both.filters = {gives.filter_of(), gets.filter_of()};
  const auto among = cube.group(both).total;
  const auto less = [](const std::optional<std::int64_t>& all,
                       const std::optional<std::int64_t>& part) {
    return all ? std::optional(*all - part.value_or(0)) : std::nullopt;
  };
  const auto add = [&](const char* name, const CubeSums& sums, std::string link) {
    table.rows.push_back({words.t(std::string("profile.exchange.") + name), sums.initiatives,
                          usd_or_unknown(sums.committed_cents),
                          usd_or_unknown(sums.disbursed_cents)});
    table.links.push_back(sums.initiatives ? std::move(link) : "");
  };
  add("among", among, gives.path({{"recipient_in", grouping}}));
  for (const auto& [name, side] : {std::pair{"outward", gives}, std::pair{"inward", gets}}) {
    auto sums = sum_side(cube, side);
    sums.initiatives -= among.initiatives;
    sums.committed_cents = less(sums.committed_cents, among.committed_cents);
    sums.disbursed_cents = less(sums.disbursed_cents, among.disbursed_cents);
    add(name, sums, "");
  }
  table.total_rows = table.rows.size();
  return table;
}

Table make_memberships(CubeCounts& cube, Names& names, const std::string& country) {
  const auto& words = get_language(names.language());
  Table table =
      begin_profile_table(cube, words, "memberships", "memberships", names.country(country),
                          {{"grouping", ColumnKind::code},
                           {"name", ColumnKind::text},
                           {"grouping_kind", ColumnKind::text},
                           {"years", ColumnKind::text}});
  table.columns[1].title = words.t("column.profile.grouping.name");
  table.source = words.t("source.codes");
  struct Line {
    std::string code, years;
    bool today = false;
  };
  std::vector<Line> lines;
  for (const auto& span : codes::memberships_of(country)) {
    auto line = std::find_if(lines.begin(), lines.end(),
                             [&](const Line& one) { return one.code == span.grouping; });
    if (line == lines.end()) line = lines.insert(line, {std::string(span.grouping), "", false});
    add_span(line->years, span);
    line->today = line->today || span.to == 0;
  }
  std::stable_sort(lines.begin(), lines.end(),
                   [](const Line& a, const Line& b) { return a.today > b.today; });
  for (const auto& line : lines) {
    const auto* grouping = codes::find_grouping(line.code);
    if (!grouping) continue;
    table.rows.push_back(
        {line.code, names.grouping(line.code), kind_words(grouping->kind, words), line.years});
    table.links.push_back("/groupings/" + percent_encode(line.code));
  }
  table.total_rows = table.rows.size();
  return table;
}

Table make_neighbours(CubeCounts& cube, Names& names, const std::string& country) {
  const auto& words = get_language(names.language());
  Table table = begin_profile_table(cube, words, "neighbours", "neighbours", names.country(country),
                                    with_two_sides({{"country", ColumnKind::code},
                                                    {"name", ColumnKind::text},
                                                    {"shared", ColumnKind::text}}));
  table.columns[1].title = words.t("column.profile.country.name");
  const auto own = near_groupings(country);
  std::map<std::string, std::vector<std::string>> shared;
  for (const auto& grouping : own)
    for (const auto& span : codes::members_of(grouping))
      if (span.to == 0 && span.country != country)
        shared[std::string(span.country)].push_back(short_name(names, grouping));
  auto sums = sum_two_sides(cube, "provider", "recipient");
  std::vector<std::pair<std::string, std::vector<std::string>>> nearest;
  for (auto& [code, labels] : shared) {
    const auto& both = sums[code];
    if (both.gives.initiatives + both.gets.initiatives > 0)
      nearest.emplace_back(code, std::move(labels));
  }
  std::stable_sort(nearest.begin(), nearest.end(), [&](const auto& a, const auto& b) {
    if (a.second.size() != b.second.size()) return a.second.size() > b.second.size();
    const auto &left = sums[a.first], &right = sums[b.first];
    return left.gives.initiatives + left.gets.initiatives >
           right.gives.initiatives + right.gets.initiatives;
  });
  const auto add = [&](const std::string& code, const std::string& labels, std::string link) {
    std::vector<Cell> row = {code, names.country(code), labels};
    add_two_sides(row, sums[code]);
    table.rows.push_back(std::move(row));
    table.links.push_back(std::move(link));
  };
  if (!nearest.empty()) add(country, words.t("profile.neighbours.itself"), "");
  for (const auto& [code, labels] : nearest) {
    std::string all;
    for (const auto& label : labels) all += (all.empty() ? "" : ", ") + label;
    add(code, all, "/compare?a=" + country + "&b=" + code);
  }
  table.total_rows = table.rows.size();
  return table;
}

}  // namespace austral::review
