// Contributions priced in dollars and split over recipients, so that parts add up exactly in both
// units.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "registry/record.hpp"
#include "registry/roles.hpp"

namespace austral::registry {

/// Several partners share and nobody published how; shown as such.
inline constexpr const char* several_partners = "*";

/// Bits of ContributionPart::sides.
inline constexpr int provider_side = 1, recipient_side = 2;

/// One recipient's part of one contribution.
struct ContributionPart {
  std::int64_t n = 0;       ///< the contribution's place in its record, from 0
  std::int64_t part = 0;    ///< from 0
  bool superseded = false;  ///< an original budget that a revised one of the same period replaces
  bool counted = true;      ///< enters totals: neither superseded nor told by another record
  ContributionKind kind = ContributionKind::none;
  std::string day;  ///< ISO date, or empty
  std::optional<int> year;
  std::string provider;     ///< alpha-2, organization id, `*` for several, or empty when not known
  std::string recipient;    ///< alpha-2, `region:VOCABULARY:CODE`, or empty when not stated
  std::string unit;         ///< ISO 4217 code, code of a unit (codes/unit.hpp), as said, or empty
  std::int64_t amount = 0;  ///< Units: 10^-scale of `unit`
  int scale = 0;
  std::optional<std::int64_t>
      usd_cents;  ///< nothing when no rate is published for that month or year
  int sides = 0;  ///< counted where only that side's records are asked: provider_side | ...
  /// Its own coding where amounts of its initiative are split otherwise, else empty (coding.hpp).
  std::string sectors, goals;
  std::string modality;  ///< aid types, its own or its record's, with `;` between several
  std::string flow_type;
  std::string finance_type;   ///< its own or its record's
  std::string collaboration;  ///< its record's
  std::string details;        ///< write_details() of RecordDetails::of (detail.hpp)
  /// The undivided amount where the contribution was split, in the same scale; else nothing.
  std::optional<std::int64_t> whole;
};

/// Money that leaves a provider: counted as given. Incoming kinds tell the same money from the
/// other side.
bool is_outgoing(ContributionKind kind);

/// Shape: the parts of all contributions in their order; the parts of one add up to its amount, and
/// their cents to its cents. Quantities that are no money are split to a millionth of their unit.
/// Shares come from the contribution's own places, else from the
/// record's; published percentages are the weights, and where none are published the parts are
/// equal (a finding says so).
std::vector<ContributionPart> split_contributions(const Record& record, const Roles& roles,
                                                  Findings& findings);

}  // namespace austral::registry
