// SQL of imported prices.
#include "measurement/price_store.hpp"

#include <algorithm>
#include <boost/describe.hpp>
#include <map>
#include <tuple>

#include "base/error.hpp"
#include "base/json.hpp"
#include "base/key.hpp"
#include "store/journal.hpp"

namespace austral::measurement {
namespace {

/// A version of a set as the journal keeps it.
struct PriceEntry {
  std::string name, digest;
  std::int64_t version = 0, prices = 0, added = 0, changed = 0, removed = 0;
};
BOOST_DESCRIBE_STRUCT(PriceEntry, (), (name, digest, version, prices, added, changed, removed))

/// What tells one price of a set from another.
auto name_of_price(const Price& price) {
  return std::tie(price.series, price.key, price.country, price.from, price.currency);
}

auto content_of_price(const Price& price) {
  return std::tuple(std::string_view(price.series), std::string_view(price.key),
                    std::string_view(price.country), price.from, std::string_view(price.currency),
                    price.to, to_string(normalise(price.value)), std::string_view(price.unit),
                    std::string_view(price.source));
}

struct KeptPrice {
  std::int64_t key = 0;
  Price price;
};

constexpr std::string_view select_prices =
    "SELECT p.key, p.series, p.price_key, p.country, p.from_day, p.to_day, p.value, p.unit, "
    "p.currency, p.source, s.name FROM price p JOIN price_set s ON s.key = p.price_set ";

KeptPrice to_price(const store::Row& row) {
  const auto text = [&](int column) { return std::string(row.text(column)); };
  const auto value = parse_decimal(row.text(6));
  if (!value)
    throw Error(Kind::invalid, "the register's price of " + text(1) + " in the set " + text(10) +
                                   " is no number: '" + text(6) + "'");
  return {row.integer(0),
          {text(1), text(2), text(3), Date{std::int32_t(row.integer(4))},
           Date{std::int32_t(row.integer(5))}, *value, text(7), text(8), text(9), text(10)}};
}

std::vector<KeptPrice> read_kept(store::Database& database, std::string_view where,
                                 const std::vector<store::Value>& values) {
  std::vector<KeptPrice> kept;
  database.read(std::string(select_prices) + std::string(where), values,
                [&](const store::Row& row) {
                  kept.push_back(to_price(row));
                  return true;
                });
  return kept;
}

std::optional<std::pair<std::int64_t, PriceSet>> find_set(store::Database& database,
                                                          std::string_view name) {
  std::optional<std::pair<std::int64_t, PriceSet>> found;
  database.read("SELECT key, name, version, prices, digest, who, at FROM price_set WHERE name = $1",
                {name}, [&](const store::Row& row) {
                  found.emplace(row.integer(0), PriceSet{std::string(row.text(1)), row.integer(2),
                                                         row.integer(3), std::string(row.text(4)),
                                                         std::string(row.text(5)), row.integer(6)});
                  return false;
                });
  return found;
}

std::string digest_of_set(const std::vector<Price>& prices) {
  PriceList list;
  for (const auto& price : prices) list.add(price);
  list.sort();
  return list.digest();
}

/// The prices of a set in one order, each once, under the set's name.
std::vector<Price> put_in_order(const std::string& set, std::vector<Price> prices) {
  for (auto& price : prices) price.set = set;
  std::ranges::sort(prices, {}, content_of_price);
  const auto twice = std::ranges::unique(prices, {}, content_of_price);
  prices.erase(twice.begin(), twice.end());
  return prices;
}

void insert_prices(store::Database& database, std::int64_t set, std::int64_t version,
                   const std::vector<const Price*>& prices) {
  std::vector<std::string> values;
  values.reserve(prices.size());
  std::vector<store::Value> cells;
  cells.reserve(prices.size() * 12);
  for (const auto* price : prices) {
    values.push_back(to_string(price->value));
    cells.insert(cells.end(), {make_key(), set, version, std::string_view(price->series),
                               std::string_view(price->key), std::string_view(price->country),
                               std::int64_t(price->from.days), std::int64_t(price->to.days),
                               std::string_view(values.back()), std::string_view(price->unit),
                               std::string_view(price->currency), std::string_view(price->source)});
  }
  database.append("price",
                  {"key", "price_set", "first_version", "series", "price_key", "country",
                   "from_day", "to_day", "value", "unit", "currency", "source"},
                  cells);
}

/// What differs between two versions of a set.
struct Difference {
  std::vector<const Price*> fresh;     ///< rows to insert
  std::vector<std::int64_t> outdated;  ///< keys of rows to close
  PriceChanges changes;
};

Difference compare(const std::vector<KeptPrice>& before, const std::vector<Price>& after) {
  std::map<decltype(content_of_price(after.front())), std::int64_t> kept;
  for (const auto& one : before) kept.emplace(content_of_price(one.price), one.key);
  Difference difference;
  std::map<decltype(name_of_price(after.front())), std::int64_t> by_name;
  for (const auto& price : after) {
    const auto found = kept.find(content_of_price(price));
    if (found != kept.end()) {
      kept.erase(found);
      ++difference.changes.same;
      continue;
    }
    difference.fresh.push_back(&price);
    ++by_name[name_of_price(price)];
  }
  for (const auto& one : before) {
    const auto found = kept.find(content_of_price(one.price));
    if (found == kept.end() || found->second != one.key) continue;
    difference.outdated.push_back(one.key);
    const auto name = by_name.find(name_of_price(one.price));
    if (name != by_name.end() && name->second > 0) {
      --name->second;
      ++difference.changes.changed;
    } else {
      ++difference.changes.removed;
    }
  }
  difference.changes.added = std::int64_t(difference.fresh.size()) - difference.changes.changed;
  return difference;
}

void check_name(const std::string& set) {
  if (set.empty()) throw Error(Kind::invalid, "a set of prices needs a name: --set pay-2024");
  if (set == shipped_set)
    throw Error(Kind::invalid, "'" + set + "' is the set that is shipped; choose another name");
}

}  // namespace

PriceChanges save_prices(store::Database& database, const std::string& set,
                         const std::vector<Price>& prices, const std::string& who) {
  check_name(set);
  const auto ordered = put_in_order(set, prices);
  store::Write write(database);
  store::Journal journal(database, who);
  const auto known = find_set(database, set);
  if (!known && ordered.empty()) return {};
  const std::int64_t key = known ? known->first : make_key();
  const std::int64_t version = known ? known->second.version : 0;
  const auto before =
      read_kept(database, "WHERE p.price_set = $1 AND p.last_version IS NULL", {key});
  auto difference = compare(before, ordered);
  difference.changes.version = version;
  if (known && !difference.changes.any()) return difference.changes;
  ++difference.changes.version;
  const auto& changes = difference.changes;
  const PriceEntry entry{
      set,           digest_of_set(ordered), changes.version, std::int64_t(ordered.size()),
      changes.added, changes.changed,        changes.removed};
  if (known)
    database.run(
        "UPDATE price_set SET version = $1, prices = $2, digest = $3, who = $4, at = $5 "
        "WHERE key = $6",
        {entry.version, entry.prices, std::string_view(entry.digest), std::string_view(who),
         now_milliseconds(), key});
  else
    database.run(
        "INSERT INTO price_set (key, name, version, prices, digest, who, at) VALUES ($1, $2, $3, "
        "$4, $5, $6, $7)",
        {key, std::string_view(set), entry.version, entry.prices, std::string_view(entry.digest),
         std::string_view(who), now_milliseconds()});
  for (const auto outdated : difference.outdated)
    database.run("UPDATE price SET last_version = $1 WHERE key = $2", {version, outdated});
  insert_prices(database, key, entry.version, difference.fresh);
  std::string old;
  if (known)
    old = to_json(PriceEntry{set, known->second.digest, version, known->second.prices, 0, 0, 0});
  journal.add({"prices", key, known ? "change" : "add", old, to_json(entry)});
  journal.flush();
  write.commit();
  return difference.changes;
}

std::vector<PriceSet> list_price_sets(store::Database& database) {
  std::vector<PriceSet> sets;
  database.read(
      "SELECT name, version, prices, digest, who, at FROM price_set ORDER BY name", {},
      [&](const store::Row& row) {
        sets.push_back({std::string(row.text(0)), row.integer(1), row.integer(2),
                        std::string(row.text(3)), std::string(row.text(4)), row.integer(5)});
        return true;
      });
  return sets;
}

PriceList read_prices(store::Database& database) {
  PriceList list;
  for (const auto& price : shipped_prices().all()) list.add(price);
  for (auto& one : read_kept(database, "WHERE p.last_version IS NULL", {}))
    list.add(std::move(one.price));
  list.sort();
  return list;
}

PriceList read_price_set(store::Database& database, std::string_view name,
                         std::optional<std::int64_t> version) {
  if (name == shipped_set) return shipped_prices();
  const auto known = find_set(database, name);
  if (!known)
    throw Error(Kind::not_found, "there is no set of prices '" + std::string(name) +
                                     "'; `austral prices sets` lists those there are");
  const std::int64_t wanted = version.value_or(known->second.version);
  if (wanted < 1 || wanted > known->second.version)
    throw Error(Kind::not_found, "the set '" + std::string(name) + "' has the versions 1 to " +
                                     std::to_string(known->second.version));
  PriceList list;
  for (auto& one : read_kept(database,
                             "WHERE p.price_set = $1 AND p.first_version <= $2 AND "
                             "(p.last_version IS NULL OR p.last_version >= $2)",
                             {known->first, wanted}))
    list.add(std::move(one.price));
  list.sort();
  return list;
}

std::vector<std::string> find_price_damage(store::Database& database) {
  std::map<std::int64_t, std::string> told;  // by set: what the journal says last
  store::follow_journal(database, 0, [&](const store::JournalEntry& entry) {
    if (entry.change.kind == "prices") told[entry.change.object] = entry.change.after;
    return true;
  });
  std::vector<std::string> damage;
  for (const auto& set : list_price_sets(database)) {
    const auto list = read_price_set(database, set.name);
    if (std::int64_t(list.all().size()) != set.prices || list.digest() != set.digest)
      damage.push_back("the prices of the set " + set.name + " are not those that were imported");
    const auto known = find_set(database, set.name);
    const auto entry = told.find(known->first);
    if (entry == told.end() || entry->second.find(set.digest) == std::string::npos)
      damage.push_back("the journal tells of another content of the set " + set.name);
  }
  return damage;
}

}  // namespace austral::measurement
