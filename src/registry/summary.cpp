// Makes and picks from the register's sums.
#include "registry/summary.hpp"

#include "base/error.hpp"

namespace austral::registry {
namespace {

/// Whether a flow is among those asked for.
bool fits(const Flow& flow, const ContributionQuestion& question) {
  return (!question.provider || flow.provider == *question.provider) &&
         (!question.recipient || flow.recipient == *question.recipient) &&
         (!question.year || flow.year.value_or(0) == *question.year) &&
         (!question.framework || flow.framework == *question.framework);
}

}  // namespace

Summary summarize(store::Database& database) {
  return {measure_register(database), sum_flows(database, {})};
}

bool can_pick(const ContributionQuestion& question) {
  return question.kinds.empty() && !question.initiative && question.counted_only;
}

std::vector<Flow> pick_flows(const Summary& summary, const ContributionQuestion& question) {
  AUSTRAL_ASSERT(can_pick(question));
  std::vector<Flow> flows;
  for (const auto& flow : summary.flows)
    if (fits(flow, question)) flows.push_back(flow);
  return flows;
}

}  // namespace austral::registry
