// Adds the rows of the report `flows` up.
#include "web/pages/flow_sums.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "base/error.hpp"

namespace austral::web {
namespace {

using Amount = std::optional<Decimal>;  // nothing published is not the same as nothing given

void add_cell(Amount& sum, const Cell& cell) {
  const auto* amount = std::get_if<Decimal>(&cell);
  if (!amount) return;
  const auto added = add(sum.value_or(Decimal{0, 2}), *amount);
  if (!added) throw Error(Kind::invalid, "these amounts are too great to be added up");
  sum = *added;
}

Cell amount_cell(const Amount& amount) { return amount ? Cell(*amount) : Cell(std::monostate{}); }

std::size_t flow_column(const Table& flows, std::string_view name) {
  for (std::size_t i = 0; i < flows.columns.size(); ++i)
    if (flows.columns[i].name == name) return i;
  throw Error(Kind::invalid, "the flows have no column '" + std::string(name) + "'");
}

/// Years in order; what has none comes last.
std::int64_t year_of(const Cell& cell) {
  const auto* year = std::get_if<std::int64_t>(&cell);
  return year ? *year : std::numeric_limits<std::int64_t>::max();
}

Cell year_cell(std::int64_t year) {
  return year == std::numeric_limits<std::int64_t>::max() ? Cell(std::monostate{}) : Cell(year);
}

Table start_sums(const Table& flows, std::string name, const Language& language) {
  Table table;
  const std::string key = "flows." + name + ".";
  table.name = std::move(name);
  table.title = language.t(key + "title");
  table.definition = language.t(key + "definition");
  table.source = flows.source;
  table.revision = flows.revision;
  return table;
}

/// The partners with the most disbursed among the cells of a column.
std::set<std::string> find_greatest(const Table& flows, std::string_view column, std::size_t most) {
  const auto name = flow_column(flows, column), money = flow_column(flows, "disbursed_usd");
  std::map<std::string, Amount> sums;
  for (const auto& row : flows.rows) add_cell(sums[std::get<std::string>(row[name])], row[money]);
  std::vector<std::pair<Decimal, std::string>> order;
  for (const auto& [partner, sum] : sums) order.emplace_back(sum.value_or(Decimal{}), partner);
  std::stable_sort(order.begin(), order.end(),
                   [](const auto& left, const auto& right) { return right.first < left.first; });
  if (most > 0 && order.size() > most) order.resize(most);
  std::set<std::string> greatest;
  for (const auto& [sum, partner] : order) greatest.insert(partner);
  return greatest;
}

}  // namespace

Table sum_flows_by_year(const Table& flows, const Language& language) {
  Table table = start_sums(flows, "by_year", language);
  const auto year = flow_column(flows, "year");
  const auto first = flow_column(flows, "budgeted_usd");
  std::map<std::int64_t, std::array<Amount, 3>> sums;
  for (const auto& row : flows.rows)
    for (std::size_t i = 0; i < 3; ++i) add_cell(sums[year_of(row[year])][i], row[first + i]);
  table.columns = {flows.columns[year], flows.columns[first], flows.columns[first + 1],
                   flows.columns[first + 2]};
  for (const auto& [one, amounts] : sums)
    table.rows.push_back({year_cell(one), amount_cell(amounts[0]), amount_cell(amounts[1]),
                          amount_cell(amounts[2])});
  table.total_rows = table.rows.size();
  return table;
}

Table sum_flows_by_pair(const Table& flows, std::size_t most, const Language& language) {
  Table table = start_sums(flows, "by_pair", language);
  const auto provider = flow_column(flows, "provider_name");
  const auto recipient = flow_column(flows, "recipient_name");
  const auto first = flow_column(flows, "budgeted_usd");
  const auto providers = find_greatest(flows, "provider_name", most);
  const auto recipients = find_greatest(flows, "recipient_name", most);
  const auto others = language.t("chart.word.others");
  const auto named = [&](const Cell& cell, const std::set<std::string>& greatest) {
    const auto& name = std::get<std::string>(cell);
    return greatest.contains(name) ? name : others;
  };
  std::map<std::pair<std::string, std::string>, std::array<Amount, 3>> sums;
  for (const auto& row : flows.rows) {
    auto& amounts = sums[{named(row[provider], providers), named(row[recipient], recipients)}];
    for (std::size_t i = 0; i < 3; ++i) add_cell(amounts[i], row[first + i]);
  }
  table.columns = {flows.columns[provider], flows.columns[recipient], flows.columns[first + 2],
                   flows.columns[first + 1], flows.columns[first]};
  for (const auto& [pair, amounts] : sums)
    table.rows.push_back({pair.first, pair.second, amount_cell(amounts[2]), amount_cell(amounts[1]),
                          amount_cell(amounts[0])});
  table.total_rows = table.rows.size();
  return table;
}

}  // namespace austral::web
