// Counts and sums in a table of all possible groups.
#include <algorithm>

#include "review/cube_quick_money.hpp"

namespace austral::review {

bool is_quick(const Plan& plan) {
  constexpr std::uint64_t most_keys = std::uint64_t(1) << 19;
  return plan.members.empty() && !plan.provider_in && !plan.recipient_in &&
         (plan.sectors.empty() || plan.goals.empty()) && plan.keys <= most_keys &&
         std::find(plan.several.begin(), plan.several.end(), 1) == plan.several.end();
}

void scan_quickly(const Plan& plan, std::size_t from, std::size_t to, QuickTable& table) {
  if (from == to) return;
  count_quickly(plan, from, to, table);
  if (!sum_bundles(plan, from, to, table)) sum_contributions(plan, from, to, table);
}

}  // namespace austral::review
