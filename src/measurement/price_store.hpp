// Prices that an institution has imported, as the register keeps them.
#pragma once

#include <string>
#include <vector>

#include "measurement/price.hpp"
#include "store/database.hpp"

namespace austral::measurement {

/// Replaces the set of that name by these prices, in one write with its entry of the journal.
/// Returns whether anything changed.
bool save_prices(store::Database& database, const std::string& set,
                 const std::vector<Price>& prices, const std::string& who);
/// The shipped prices and all imported sets, sorted.
PriceList read_prices(store::Database& database);

}  // namespace austral::measurement
