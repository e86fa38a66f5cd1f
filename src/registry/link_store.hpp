// Draws the links between records after an import and re-assembles the initiatives they change.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "store/database.hpp"

namespace austral::registry {

/// What drawing the links changed.
struct LinkCounts {
  std::int64_t links = 0;        ///< all that stand now
  std::int64_t joined = 0;       ///< initiatives of more than one record
  std::int64_t not_counted = 0;  ///< records whose amounts another record counts
  std::int64_t assembled = 0;    ///< initiatives assembled anew
};

/// Brings links, initiatives and what counts up to the journal's newest revision, in one write.
/// The answer depends on the records alone, not on the order in which they came.
LinkCounts draw_links(store::Database& database);

/// Where links, initiatives and what counts are not those that the records in force lead to. Only
/// when the links are current. Writes nothing.
std::vector<std::string> find_link_damage(store::Database& database);

/// Whether links follow the journal's newest revision and this program's code lists, prices and
/// rules.
bool links_are_current(store::Database& database);

}  // namespace austral::registry
