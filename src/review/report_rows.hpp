// The rows of each report: what reports.cpp lists.
#pragma once

#include <string_view>
#include <vector>

#include "base/catalogue.hpp"
#include "review/reports.hpp"

namespace austral::review {

Table make_flows(store::Database& database, const ReportQuestion& question);
Table make_countries(store::Database& database, const ReportQuestion& question);
Table make_publishers(store::Database& database, const ReportQuestion& question);
Table make_contributions(store::Database& database, const ReportQuestion& question);
/// Planned (budgets), committed and spent money by provider, year and sector; amounts of several
/// sectors are split, so that the parts add up. Constant prices are those of `price_year`, else of
/// the latest year that was observed.
Table make_allocation(store::Database& database, const ReportQuestion& question);

/// A column without its words: these are `column.TABLE.NAME`, `.what` and `.unit` in the catalogue.
struct ColumnShape {
  std::string_view name;
  ColumnKind kind = ColumnKind::text;
  std::string_view unit = "";
};
std::vector<Column> make_columns(const Language& words, const std::string& table,
                                 const std::vector<ColumnShape>& shapes);
/// Gives a table its title, definition and source in the reader's language, by its name.
void name_table(Table& table, const Language& words);

/// Keeps one page of the rows and says how many there are.
void cut_page(Table& table, const ReportQuestion& question);

/// The kinds behind a measure (`disbursed` is disbursements and expenditure) or one kind by its
/// name. Throws: Error::invalid naming them.
std::vector<registry::ContributionKind> kinds_named(std::string_view name);

/// US cents as a Decimal of dollars.
inline Decimal to_usd(std::int64_t cents) { return {cents, 2}; }

}  // namespace austral::review
