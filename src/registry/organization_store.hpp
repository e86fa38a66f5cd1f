// Organizations met in records: who they are, named by the best source, and what they take part in.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "registry/initiative.hpp"
#include "store/database.hpp"

namespace austral::registry {

/// Collects organizations' names during an import and writes each once for its best source.
class OrganizationNames {
 public:
  void add(store::Database& database, const std::vector<OrganizationName>& organizations);
  void flush(store::Database& database);

 private:
  std::unordered_map<std::string, int> known_;  ///< id -> best source written so far
  std::unordered_map<std::string, OrganizationName> queue_;
};

struct OrganizationLine {
  std::string id, name, type, country;
  std::int64_t initiatives = 0;
  bool publishes = false;
};

std::optional<OrganizationLine> find_organization(store::Database& database, std::string_view id);
/// Names of several at once; an id without a row keeps its id as name.
std::unordered_map<std::string, std::string> name_organizations(
    store::Database& database, const std::vector<std::string>& ids);
/// The countries of those that say which is theirs.
std::unordered_map<std::string, std::string> find_organization_countries(
    store::Database& database, const std::vector<std::string>& ids);
struct OrganizationPage {
  std::int64_t total = 0;
  std::vector<OrganizationLine> lines;
};
/// By words of the name or reference, country and type; those with most initiatives first. limit 0:
/// all.
OrganizationPage list_organizations(store::Database& database, std::string_view words,
                                    std::string_view country, std::int64_t offset,
                                    std::int64_t limit);
/// Keys of the organization files (kind `organisation`) that an organization published.
std::vector<std::int64_t> find_organization_records(store::Database& database, std::string_view id);

}  // namespace austral::registry
