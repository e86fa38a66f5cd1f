// Contributions as kept: listed one by one, and their dollars added up.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/initiative.hpp"
#include "store/database.hpp"

namespace austral::registry {

/// One part of one contribution as kept.
struct ContributionLine {
  std::int64_t initiative = 0, record = 0;
  std::string identifier, title;
  ContributionPart part;
  bool counted = true;
};

/// The columns of `contribution c` that make a ContributionPart, and the part in a row that has
/// them from column `first` on.
inline constexpr std::string_view part_columns =
    "c.n, c.part, c.kind, c.counted, c.day, c.year, c.provider, c.recipient, c.unit, c.amount, "
    "c.scale, c.usd_cents, c.sides, c.sectors, c.goals, c.modality, c.flow_type, c.finance_type, "
    "c.collaboration, c.details, c.superseded, c.whole";
ContributionPart read_part(const store::Row& row, int first);

/// What to list contributions by; empty members do not restrict.
struct ContributionQuestion {
  std::optional<std::string> provider, recipient;
  std::optional<int> year;  ///< 0: without a year
  std::optional<Framework> framework;
  std::vector<ContributionKind> kinds;
  std::optional<std::int64_t> initiative;
  bool counted_only = true;
  std::int64_t offset = 0;
  std::int64_t limit = 0;  ///< 0: all
};
/// Ordered by day, newest first. `total` counts all that fit, whatever the limit.
std::vector<ContributionLine> list_contributions(store::Database& database,
                                                 const ContributionQuestion& question,
                                                 std::int64_t* total = nullptr);

/// The dollars of all contributions that fit. Units: US cents.
std::int64_t sum_cents(store::Database& database, const ContributionQuestion& question);

/// Budgets, commitments, disbursements and expenditure: what flows count when no kinds are asked
/// for.
const std::vector<ContributionKind>& flow_kinds();

}  // namespace austral::registry
