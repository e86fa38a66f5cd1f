// The part of a statement that chooses initiatives by their facets.
#pragma once

#include <string_view>
#include <vector>

#include "registry/initiative_store.hpp"
#include "registry/statement.hpp"

namespace austral::registry {

/// Adds ` AND KEY IN (...)` for filters: several of one dimension widen, several dimensions narrow.
/// Computed dimensions choose at least what they mean: a grouping stands for every country that
/// was ever a member, whatever the year. Nothing for no filters.
void add_scope(Statement& statement, std::string_view key, const std::vector<Filter>& filters);

}  // namespace austral::registry
