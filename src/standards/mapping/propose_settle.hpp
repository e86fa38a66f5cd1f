// What a whole table tells that no column tells alone: units of money, years, identifiers, cells
// that repeat the one above, sheets of one kind.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "standards/mapping/find_header.hpp"
#include "standards/mapping/propose.hpp"
#include "standards/mapping/rows.hpp"

namespace austral::mapping {

/// The first rows of a table, under their headers.
struct LookedAt {
  std::vector<Header> headers;
  std::vector<std::vector<std::string>> rows;  ///< folded texts, shortened; empty: no cell
  std::vector<std::string> above;              ///< texts above the headers
  std::vector<std::string> merged;             ///< headers of columns with cells merged downwards
  std::size_t sections = 0;                    ///< rows with one cell that data follows
};

/// Columns of money that differ in a year alone are one field, a contribution a year.
void join_years(Proposal& proposal);
/// In a sheet without money a year is when the initiative began; `2018-2020` is start and end.
void settle_times(Proposal& proposal);
/// Sizes and currencies that headings name: `Presupuesto (miles de USD)`.
void settle_money(Proposal& proposal, const LookedAt& table);
/// A column that only counts the rows is no identifier; without one, columns together are.
void settle_identifier(Proposal& proposal, const LookedAt& table, const std::string& publisher);
/// Columns whose empty cells repeat the one above.
void settle_fill(Proposal& proposal, const LookedAt& table);
/// Further sheets with the same headers: a sheet a year.
void settle_sheets(Proposal& proposal, sheet::Workbook& workbook, const FoundHeader& head);

}  // namespace austral::mapping
