// Reads from the register what initiatives are found by, and what tells whether that changed.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

#include "store/database.hpp"

namespace austral::search {

/// A record as a source of words; `content` as unpack_content() reads it.
struct RecordSource {
  std::int64_t bytes = 0;
  std::string content;
};

/// An initiative as the register keeps it: its facets (read_facets()) and its records.
struct InitiativeSource {
  std::int64_t key = 0;
  std::uint64_t state = 0;  ///< another number when anything it is found by changed
  std::string facets;
  std::vector<RecordSource> records;
};

/// Where a register stands; equal for two readings only when all initiatives are equal.
struct RegisterState {
  std::string identity;  ///< of the register itself, for as long as it lives
  std::string state;     ///< revision, drawing of links, code lists
  std::int64_t revision = 0;
};
RegisterState read_register_state(store::Database& database);

/// The state of every initiative, by key.
using States = std::unordered_map<std::int64_t, std::uint64_t>;
States read_states(store::Database& database);

/// Hands over all initiatives, or those of `keys` (ascending), by key.
void read_sources(store::Database& database, const std::vector<std::int64_t>* keys,
                  const States& states, const std::function<void(InitiativeSource&&)>& on_source);

}  // namespace austral::search
