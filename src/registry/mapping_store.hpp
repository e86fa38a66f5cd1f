// The mappings of sheets that a register remembers: versions are added, never changed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "store/database.hpp"

namespace austral::registry {

/// One version of a mapping. `text` is its YAML, `digest` names what it means.
struct KeptMapping {
  std::int64_t key = 0;
  std::string name;
  std::int64_t version = 0;
  std::string digest;
  std::string text;
  std::string who;
  std::int64_t at = 0;  ///< Units: milliseconds since 1970
};

/// Adds a version unless the newest of that name has this digest; returns the newest version.
std::int64_t keep_mapping(store::Database& database, const std::string& who, std::string_view name,
                          std::string_view digest, std::string_view text);
/// The newest of each name, by name.
std::vector<KeptMapping> list_mappings(store::Database& database);
/// Every version of every mapping, by name, newest first.
std::vector<KeptMapping> list_mapping_versions(store::Database& database);

}  // namespace austral::registry
