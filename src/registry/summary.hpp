// The register in sums: read once a revision by whoever answers many readers, picked from after.
#pragma once

#include <vector>

#include "registry/contribution_store.hpp"
#include "registry/import_store.hpp"
#include "store/database.hpp"

namespace austral::registry {

/// What the whole register adds up to.
struct Summary {
  RegisterSize size;
  std::vector<Flow> flows;  ///< of all counted contributions of flow_kinds()
};

/// Reads every contribution: seconds for hundreds of thousands of initiatives.
Summary summarize(store::Database& database);

/// Whether flows that answer the question can be picked from a summary.
bool can_pick(const ContributionQuestion& question);

/// The flows that sum_flows() gives for a question that can_pick(), in the same order.
std::vector<Flow> pick_flows(const Summary& summary, const ContributionQuestion& question);

}  // namespace austral::registry
