// SQL of what the index is made from.
#include "search/source_store.hpp"

#include <cstring>

#include "base/digest.hpp"
#include "store/journal.hpp"
#include "store/schema.hpp"

namespace austral::search {
namespace {

using store::Row;

std::uint64_t mix(std::uint64_t number) {  // the finalizer of splitmix64
  number += 0x9E3779B97F4A7C15u;
  number = (number ^ (number >> 30)) * 0xBF58476D1CE4E5B9u;
  number = (number ^ (number >> 27)) * 0x94D049BB133111EBu;
  return number ^ (number >> 31);
}

std::uint64_t number_of(std::string_view text) {
  const Digest digest = digest_of(text);
  std::uint64_t number;
  std::memcpy(&number, digest.bytes.data(), sizeof number);
  return number;
}

constexpr std::string_view source_sql =
    "SELECT i.key, i.facets, v.source_bytes, v.content FROM record r "
    "JOIN initiative i ON i.key = r.initiative "
    "JOIN record_version v ON v.record = r.key AND v.version = r.version "
    "WHERE r.kind = 'activity' AND ";

/// Gathers the rows of each initiative, which stand one behind another.
class Gathering {
 public:
  Gathering(const States& states, const std::function<void(InitiativeSource&&)>& on_source)
      : states_(states), on_source_(on_source) {}
  bool take(const Row& row) {
    if (row.integer(0) != source_.key) {
      flush();
      source_.key = row.integer(0);
      const auto state = states_.find(source_.key);
      source_.state = state == states_.end() ? 0 : state->second;
      source_.facets = row.text(1);
    }
    source_.records.push_back({row.integer(2), std::string(row.bytes(3))});
    return true;
  }
  void flush() {
    if (source_.key != 0) on_source_(std::move(source_));
    source_ = {};
  }

 private:
  const States& states_;
  const std::function<void(InitiativeSource&&)>& on_source_;
  InitiativeSource source_;
};

}  // namespace

RegisterState read_register_state(store::Database& database) {
  RegisterState state;
  state.revision = store::revision_of(database);
  state.identity = store::find_info(database, "created").value_or("");
  store::follow_journal(database, 0, [&](const store::JournalEntry& entry) {
    state.identity += " " + to_string(entry.digest);
    return false;
  });
  state.state = std::to_string(state.revision);
  for (const char* name : {"links.revision", "codes", "schema"})
    state.state += ";" + store::find_info(database, name).value_or("");
  return state;
}

States read_states(store::Database& database) {
  States states;
  database.read("SELECT key, facets, records FROM initiative", {}, [&](const Row& row) {
    states[row.integer(0)] = mix(number_of(row.text(1)) + std::uint64_t(row.integer(2)));
    return true;
  });
  database.read("SELECT initiative, key, version FROM record WHERE kind = 'activity'", {},
                [&](const Row& row) {
                  const auto found = states.find(row.integer(0));
                  if (found != states.end())
                    found->second +=
                        mix(mix(std::uint64_t(row.integer(1))) + std::uint64_t(row.integer(2)));
                  return true;
                });
  return states;
}

void read_sources(store::Database& database, const std::vector<std::int64_t>* keys,
                  const States& states, const std::function<void(InitiativeSource&&)>& on_source) {
  Gathering gathering(states, on_source);
  const auto take = [&](const Row& row) { return gathering.take(row); };
  const std::string sql(source_sql);
  if (!keys) {
    database.read(sql + "1 = 1 ORDER BY r.initiative, r.key", {}, take);
  } else {
    for (const auto key : *keys)
      database.read(sql + "r.initiative = $1 ORDER BY r.key", {key}, take);
  }
  gathering.flush();
}

}  // namespace austral::search
