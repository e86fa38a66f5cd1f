// The rows of each report: what reports.cpp lists.
#pragma once

#include <string_view>
#include <vector>

#include "review/reports.hpp"

namespace austral::review {

Table make_flows(store::Database& database, const ReportQuestion& question);
Table make_countries(store::Database& database, const ReportQuestion& question);
Table make_publishers(store::Database& database, const ReportQuestion& question);
Table make_contributions(store::Database& database, const ReportQuestion& question);

/// The kinds behind a measure (`disbursed` is disbursements and expenditure) or one kind by its name.
/// Throws: Error::invalid naming them.
std::vector<registry::ContributionKind> kinds_named(std::string_view name);

/// US cents as a Decimal of dollars.
inline Decimal to_usd(std::int64_t cents) { return {cents, 2}; }

}  // namespace austral::review
