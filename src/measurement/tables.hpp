// Answers as tables: the official one, its rows with their formulas, what is left out and why, what
// prices are missing, the spread, the bridge, the mirror.
#pragma once

#include <optional>
#include <string>

#include "base/table.hpp"
#include "measurement/bridge.hpp"
#include "measurement/measure.hpp"
#include "store/database.hpp"

namespace austral::measurement {

/// One page of a long table. Units: rows; limit 0: all.
struct PageOf {
  std::size_t offset = 0, limit = 0;
};

/// Items, groups and totals with amounts and quantities. Shape: one row a group, item, total, and
/// value of a detail; counted ones by unit.
Table measure_table(const Answer& answer, const std::string& language);

/// The rows behind an item, a group or a total (empty: all that are valued or counted), each with
/// its formula in figures and where these come from.
Table rows_table(const Answer& answer, store::Database& database, const std::string& code,
                 const PageOf& page, const std::string& language);

/// Why contributions are not in the sums: one row a reason, or one a contribution of that reason
/// (`told_by_another`, or the code of an exclusion).
Table left_out_table(const Answer& answer, const std::string& language);
Table left_out_rows_table(const Answer& answer, store::Database& database,
                          const std::string& reason, const PageOf& page,
                          const std::string& language);

/// The prices that are missing.
Table needs_table(const Answer& answer, const std::string& language);

/// Every item, group and total under each method: smallest, largest, spread.
Table spread_table(const Answer& answer, const std::string& language);

/// The steps from one answer to another; they add up to the cent.
Table bridge_table(const Bridge& bridge, const Answer& left, const Answer& right,
                   const std::string& language);
/// The contributions with a difference.
Table bridge_rows_table(const Bridge& bridge, const Answer& left, const Answer& right,
                        store::Database& database, const PageOf& page, const std::string& language);

/// Providers' and recipients' figures side by side.
Table mirror_table(const std::vector<MirrorRow>& rows, const Methodology& methodology,
                   const Facts& facts, const std::string& language);

/// What a country reports: one row a contribution and item, with amounts in the currency they came
/// in, rates, methods and quantities. Its columns keep their English names in every language.
/// Source: fields of the country template (standard's own form unconfirmed: draft).
Table country_sheet_table(const Answer& answer, store::Database& database,
                          const std::string& language);

/// The methodologies there are.
Table methodologies_table(const std::vector<Methodology>& all, const std::string& language);
/// One methodology: its groups, items, totals with their rules in words, methods and sources.
Table methodology_table(const Methodology& methodology, const std::string& language);

/// What two methodologies say differently.
Table compared_methodologies_table(const Methodology& left, const Methodology& right,
                                   const std::string& language);

/// A reason in the reader's language, an exclusion's own words among them.
std::string reason_words(const Answer& answer, LeftOut why, std::uint16_t rule,
                         const std::string& language);

}  // namespace austral::measurement
