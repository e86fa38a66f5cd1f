// SQL that streams the register in its own order.
#include "registry/fact_store.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "base/error.hpp"
#include "registry/scope_store.hpp"

namespace austral::registry {
namespace {

using store::Row;

constexpr std::size_t keys_at_once = 500;

/// `WHERE` for a scope and a span of keys.
void add_span_of_keys(Statement& statement, std::string_view key, const std::vector<Filter>& scope,
                      const KeySpan& span) {
  statement.text(" WHERE 1 = 1");
  if (span.first) statement.text(" AND ").text(key).text(" >= ").value(*span.first);
  if (span.last) statement.text(" AND ").text(key).text(" <= ").value(*span.last);
  add_scope(statement, key, scope);
}

}  // namespace

void read_initiative_facts(store::Database& database, const std::vector<Filter>& scope,
                           const std::function<bool(const InitiativeFact&)>& on_fact,
                           const KeySpan& span) {
  Statement statement;
  statement.text(
      "SELECT i.key, i.records, i.start_date, i.end_date, i.updated, i.year, i.facets, "
      "i.budgeted_cents, i.committed_cents, i.disbursed_cents FROM initiative i");
  add_span_of_keys(statement, "i.key", scope, span);
  statement.text(" ORDER BY i.key");
  InitiativeFact fact;
  database.read(statement.sql(), statement.values(), [&](const Row& row) {
    fact.key = row.integer(0);
    fact.records = row.integer(1);
    fact.start_date = row.text(2);
    fact.end_date = row.text(3);
    fact.updated = row.text(4);
    fact.year = row.is_null(5) ? std::nullopt : std::optional<int>(int(row.integer(5)));
    fact.facets = row.text(6);
    fact.budgeted_cents = row.integer(7);
    fact.committed_cents = row.integer(8);
    fact.disbursed_cents = row.integer(9);
    return on_fact(fact);
  });
}

void read_contribution_facts(store::Database& database, const std::vector<Filter>& scope,
                             const std::function<bool(const ContributionFact&)>& on_fact,
                             const KeySpan& span) {
  Statement statement;
  statement.text(
      "SELECT c.initiative, c.kind, c.counted, c.sides, c.year, c.provider, c.recipient, "
      "c.usd_cents, c.sectors, c.goals, c.modality, c.flow_type FROM contribution c");
  add_span_of_keys(statement, "c.initiative", scope, span);
  statement.text(" ORDER BY c.initiative, c.record, c.n, c.part");
  ContributionFact fact;
  database.read(statement.sql(), statement.values(), [&](const Row& row) {
    fact.initiative = row.integer(0);
    fact.kind = ContributionKind(row.integer(1));
    fact.counted = row.integer(2) != 0;
    const auto sides = row.integer(3);
    fact.by_provider = (sides & provider_side) != 0;
    fact.by_recipient = (sides & recipient_side) != 0;
    fact.year = row.is_null(4) ? std::nullopt : std::optional<int>(int(row.integer(4)));
    fact.provider = row.text(5);
    fact.recipient = row.text(6);
    fact.usd_cents = row.is_null(7) ? std::nullopt : std::optional<std::int64_t>(row.integer(7));
    fact.sectors = row.text(8);
    fact.goals = row.text(9);
    fact.modality = row.text(10);
    fact.flow_type = row.text(11);
    return on_fact(fact);
  });
}

std::vector<KeySpan> split_keys(store::Database& database, std::size_t spans) {
  AUSTRAL_ASSERT(spans > 0);
  std::vector<std::int64_t> keys;
  // Without an order, SQLite reads the narrow index instead of the wide rows.
  database.read("SELECT key FROM initiative", {}, [&](const Row& row) {
    keys.push_back(row.integer(0));
    return true;
  });
  std::sort(keys.begin(), keys.end());
  spans = std::clamp<std::size_t>(keys.size(), 1, spans);
  std::vector<KeySpan> all(1);
  for (std::size_t i = 1; i < spans; ++i) {
    const auto first = keys[keys.size() * i / spans];
    all.back().last = first - 1;
    all.push_back({first, std::nullopt});
  }
  return all;
}

std::vector<std::int64_t> list_keys_by(store::Database& database, std::string_view column) {
  static constexpr std::array<std::string_view, 3> known = {"title", "identifier", "publisher"};
  if (std::find(known.begin(), known.end(), column) == known.end())
    throw Error(Kind::invalid,
                "initiatives are not kept in the order of '" + std::string(column) + "'");
  const std::string name(column);
  std::vector<std::int64_t> keys;
  database.read("SELECT key FROM initiative ORDER BY CASE WHEN " + name +
                    " = '' THEN 1 ELSE 0 END, " + name + ", key",
                {}, [&](const Row& row) {
                  keys.push_back(row.integer(0));
                  return true;
                });
  return keys;
}

std::vector<InitiativeLine> list_lines(store::Database& database,
                                       const std::vector<std::int64_t>& keys) {
  std::unordered_map<std::int64_t, InitiativeLine> found;
  found.reserve(keys.size());
  for (std::size_t from = 0; from < keys.size(); from += keys_at_once) {
    const auto to = std::min(keys.size(), from + keys_at_once);
    for (auto& line : read_lines(database, {keys.data() + from, to - from}))
      found.emplace(line.key, std::move(line));
  }
  std::vector<InitiativeLine> lines;
  lines.reserve(found.size());
  for (const auto key : keys)
    if (const auto line = found.find(key); line != found.end()) lines.push_back(line->second);
  return lines;
}

}  // namespace austral::registry
