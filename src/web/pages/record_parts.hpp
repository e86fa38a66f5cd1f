// What one source says of an initiative, as groups of facts for its page.
#pragma once

#include "registry/initiative_store.hpp"
#include "web/pages/parts.hpp"

namespace austral::web {

/// Adds the groups of one record: its standing, texts, participants, places, results, documents,
/// findings.
void add_record_groups(boost::json::array& groups, store::Database& database,
                       const registry::MemberRecord& one, const Language& language);

}  // namespace austral::web
