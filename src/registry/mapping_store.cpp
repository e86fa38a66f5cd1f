// SQL of remembered mappings.
#include "registry/mapping_store.hpp"

#include "base/date.hpp"
#include "base/json.hpp"
#include "base/key.hpp"
#include "store/journal.hpp"

namespace austral::registry {
namespace {

/// A mapping as the journal keeps it.
struct MappingEntry {
  std::string name, digest, text;
  std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(MappingEntry, (), (name, digest, text, version))

}  // namespace

std::int64_t keep_mapping(store::Database& database, const std::string& who, std::string_view name,
                          std::string_view digest, std::string_view text) {
  store::Write write(database);
  store::Journal journal(database, who);
  MappingEntry newest;
  database.read(
      "SELECT version, digest, text FROM mapping WHERE name = $1 ORDER BY version DESC LIMIT 1",
      {name}, [&](const store::Row& row) {
        newest = {std::string(name), std::string(row.text(1)), std::string(row.text(2)),
                  row.integer(0)};
        return false;
      });
  if (newest.version > 0 && newest.digest == digest) return newest.version;
  const MappingEntry entry{std::string(name), std::string(digest), std::string(text),
                           newest.version + 1};
  const std::int64_t key = make_key();
  database.run(
      "INSERT INTO mapping (key, name, version, digest, text, who, at) VALUES ($1, $2, $3, $4, $5, "
      "$6, $7)",
      {key, name, entry.version, digest, text, std::string_view(who), now_milliseconds()});
  journal.add({"mapping", key, "add", newest.version > 0 ? to_json(newest) : std::string(),
               to_json(entry)});
  journal.flush();
  write.commit();
  return entry.version;
}

std::vector<KeptMapping> list_mapping_versions(store::Database& database) {
  std::vector<KeptMapping> all;
  database.read(
      "SELECT key, name, version, digest, text, who, at FROM mapping ORDER BY name, version DESC",
      {}, [&](const store::Row& row) {
        all.push_back({row.integer(0), std::string(row.text(1)), row.integer(2),
                       std::string(row.text(3)), std::string(row.text(4)), std::string(row.text(5)),
                       row.integer(6)});
        return true;
      });
  return all;
}

std::vector<KeptMapping> list_mappings(store::Database& database) {
  std::vector<KeptMapping> newest;
  for (auto& one : list_mapping_versions(database))
    if (newest.empty() || newest.back().name != one.name) newest.push_back(std::move(one));
  return newest;
}

}  // namespace austral::registry
