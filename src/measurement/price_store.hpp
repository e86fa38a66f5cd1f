// Prices that an institution has imported, as the register keeps them: sets with versions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "measurement/price.hpp"
#include "store/database.hpp"

namespace austral::measurement {

/// What a set's new version changed. A price with the same series, key, country, first day and
/// currency is the same price; with another value, end, unit or source it is changed.
struct PriceChanges {
  std::int64_t added = 0, changed = 0, removed = 0, same = 0;
  std::int64_t version = 0;  ///< the newest of the set
  bool any() const { return added + changed + removed > 0; }
};

/// Replaces the set of that name by these prices, in one write with its entry of the journal; what
/// is in `prices` twice is kept once. An empty list takes the set out of use.
/// Throws: Error::invalid for the name of the shipped set or an empty one.
PriceChanges save_prices(store::Database& database, const std::string& set,
                         const std::vector<Price>& prices, const std::string& who);

/// An imported set as it stands.
struct PriceSet {
  std::string name;
  std::int64_t version = 0, prices = 0;
  std::string digest;  ///< of its prices
  std::string who;
  std::int64_t at = 0;  ///< Units: milliseconds since 1970
};
std::vector<PriceSet> list_price_sets(store::Database& database);  ///< by name

/// The shipped prices and all imported sets, sorted.
PriceList read_prices(store::Database& database);
/// One set as it stood in a version; the newest where none is said.
/// Throws: Error::not_found.
PriceList read_price_set(store::Database& database, std::string_view name,
                         std::optional<std::int64_t> version = std::nullopt);

/// Sets whose rows are not what was imported: each with what is wrong.
std::vector<std::string> find_price_damage(store::Database& database);

}  // namespace austral::measurement
