// Records that did not come as rows of a standard, as its rows: amounts summed by what tells a row,
// and what the standard has no place for.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.hpp"
#include "registry/record.hpp"

namespace austral::rows {

/// What a standard has room for.
struct ForeignRules {
  std::string_view name;   ///< of the format, before its rules: `tossd`
  std::string_view title;  ///< in messages: `TOSSD`
  int power = 3;           ///< 3: amounts in thousands; 6: in millions
  std::string_view modality_list, instrument_list;
  std::vector<std::string_view> modality_schemes;  ///< in the order in which they are asked
  bool repayments = false, national = false, salaries = false, flows = false;
  std::string_view kinds;     ///< the amounts that it has, in words
  std::string_view provider;  ///< the column without which a row cannot be read again
  std::string_view missing;   ///< what it asks for beside and no record tells; empty: nothing
};

/// One row: of one provider, year, recipient, purpose, modality, instrument, flow and currency.
struct ForeignRow {
  std::string provider, year, recipient, purpose, sector, modality, instrument, flow_type, currency;
  /// Disbursements with expenditure, commitments, repayments. Units: ForeignRules::power.
  std::map<registry::ContributionKind, Decimal> dollars, national;
  Decimal salaries;  ///< of the disbursements, in dollars
};

/// Rows in a fixed order. What the standard has no place for is said in `findings`, and no code is
/// told that the record does not have.
std::vector<ForeignRow> fold_contributions(const registry::Record& record,
                                           const ForeignRules& rules, Findings& findings);

/// What stands in every row of a record, whatever the standard.
struct ForeignTexts {
  std::string title, description, link, goals, source, agency, channel, channel_name, others;
};
ForeignTexts tell_foreign(const registry::Record& record, const std::string& language);

}  // namespace austral::rows
