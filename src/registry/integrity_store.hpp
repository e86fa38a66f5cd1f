// Whether the register holds together: the journal's chain, every version's digest, references
// between rows, and derived parts against the records they are made from.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "store/database.hpp"

namespace austral::registry {

/// One check that was made and what it found; no damage means that it holds.
struct IntegrityResult {
  std::string name;                  ///< `journal`, `rows`, `versions`, `initiatives`, `links`
  std::int64_t examined = 0;         ///< entries, rows, versions ... looked at
  std::vector<std::string> damage;   ///< each names the place; at most a hundred are kept
  std::vector<std::string> remarks;  ///< true, but no damage: "links follow revision 12 of 15"
};

/// Makes all checks. `on_progress` is told the name of each check as it begins.
std::vector<IntegrityResult> check_integrity(
    store::Database& database, const std::function<void(const std::string&)>& on_progress);

}  // namespace austral::registry
