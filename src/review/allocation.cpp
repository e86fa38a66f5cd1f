// The allocation report: what was planned, committed and spent by provider, year and sector, in
// dollars of each year and of one year.
#include <map>
#include <set>
#include <tuple>

#include "codes/code_list.hpp"
#include "codes/deflator.hpp"
#include "review/breakdown.hpp"
#include "review/names.hpp"
#include "review/report_rows.hpp"

namespace austral::review {
namespace {

using Cents = std::optional<std::int64_t>;

Cell dollars_of(const Cents& cents) { return cents ? Cell(to_usd(*cents)) : Cell(); }

/// The latest year whose prices were observed, not projected.
int newest_price_year() {
  int newest = codes::price_years().front().year;
  for (const auto& one : codes::price_years())
    if (!one.projected) newest = one.year;
  return newest;
}

std::vector<Column> allocation_columns(const Language& words, int price_year) {
  auto columns = make_columns(words, "allocation",
                              {{"provider", ColumnKind::code},
                               {"provider_name", ColumnKind::text},
                               {"year", ColumnKind::year},
                               {"sector", ColumnKind::code},
                               {"sector_name", ColumnKind::text},
                               {"planned_usd", ColumnKind::money, "USD"},
                               {"committed_usd", ColumnKind::money, "USD"},
                               {"spent_usd", ColumnKind::money, "USD"},
                               {"planned_constant_usd", ColumnKind::money, "USD"},
                               {"committed_constant_usd", ColumnKind::money, "USD"},
                               {"spent_constant_usd", ColumnKind::money, "USD"},
                               {"unpriced", ColumnKind::number}});
  for (auto& column : columns)
    if (column.name.ends_with("_constant_usd")) column.unit = "USD " + std::to_string(price_year);
  return columns;
}

}  // namespace

Table make_allocation(store::Database& database, const ReportQuestion& question) {
  const auto& words = get_language(question.language);
  CubeQuestion asked;
  asked.by = {"provider", "year", "sector"};
  asked.filters = list_filters(question);
  asked.perspective = question.perspective.value_or(Perspective::reconciled);
  const auto cube = find_cube(database, question, asked.filters, asked.perspective);
  const auto current = cube->group(asked);
  asked.price_year = question.price_year.value_or(newest_price_year());
  const auto constant = cube->group(asked);
  using Key = std::tuple<std::string, std::string, std::string>;
  const auto key_of = [](const CubeRow& row) {
    return Key{row.values[0], row.values[1], row.values[2]};
  };
  std::map<Key, const CubeSums*> deflated;
  for (const auto& row : constant.rows) deflated[key_of(row)] = &row.sums;

  Table table;
  table.columns = allocation_columns(words, *asked.price_year);
  Names names(database, question.language);
  std::set<std::string> codes;
  for (const auto& row : current.rows) codes.insert(row.values[0]);
  names.expect({codes.begin(), codes.end()});
  for (const auto& row : current.rows) {
    const auto& sums = row.sums;
    if (sums.contributions == 0) continue;  // initiatives without money have no allocation
    const auto other = deflated.find(key_of(row));
    const CubeSums none;
    const auto& fixed = other == deflated.end() ? none : *other->second;
    table.rows.push_back(
        {row.values[0], dimension_value("provider", row.values[0], names),
         row.values[1].empty() ? Cell() : Cell(std::int64_t(std::stoi(row.values[1]))),
         row.values[2], dimension_value("sector", row.values[2], names),
         dollars_of(sums.budgeted_cents), dollars_of(sums.committed_cents),
         dollars_of(sums.disbursed_cents), dollars_of(fixed.budgeted_cents),
         dollars_of(fixed.committed_cents), dollars_of(fixed.disbursed_cents), sums.unpriced});
  }
  table.notes.push_back(words.t("breakdown.prices", {{"year", std::to_string(*asked.price_year)}}));
  cut_page(table, question);
  return table;
}

}  // namespace austral::review
