// Which parts of which records count: in the reconciled totals, and where only one side is asked.
#pragma once

#include <vector>

#include "registry/initiative.hpp"

namespace austral::registry {

/// Decides which parts of members that are not counted as a whole are counted all the same.
void count_parts(std::vector<MemberParts>& parts, const std::vector<Member>& members);

/// Decides which parts count on the provider's side and which on the recipient's. A record stands
/// on a side when its publisher is at home there. Inside a side, counted members tell first; of the
/// others, those that a counted one on this side finances tell nothing, and the rest only kinds and
/// years that nobody before them on this side has told.
void count_sides(std::vector<MemberParts>& parts, const std::vector<Member>& members,
                 const Roles& roles);

}  // namespace austral::registry
