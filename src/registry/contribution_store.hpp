// Contributions as kept: listed one by one, and summed by provider, recipient, year and framework.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
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

/// A group of counted contributions and their sum.
struct Flow {
  std::string provider, recipient;
  std::optional<int> year;
  Framework framework = Framework::other;
  std::int64_t initiatives = 0, contributions = 0;
  /// Nothing where no such contribution has a dollar amount.
  std::optional<std::int64_t> budgeted_cents, committed_cents;
  std::optional<std::int64_t> disbursed_cents;  ///< disbursements and expenditure
  std::int64_t disbursements = 0;               ///< the contributions behind disbursed_cents
  std::int64_t unpriced = 0;  ///< contributions without a dollar amount: not in the sums
};
/// Budgets, commitments, disbursements and expenditure: what flows count when no kinds are asked
/// for.
const std::vector<ContributionKind>& flow_kinds();
/// Sums by provider, recipient, year and framework. Shape: one Flow a combination that occurs.
std::vector<Flow> sum_flows(store::Database& database, const ContributionQuestion& question);

}  // namespace austral::registry
