// Prices as tables for commands, pages and files.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/table.hpp"
#include "measurement/price_store.hpp"

namespace austral::measurement {

/// Which prices; empty members do not restrict.
struct PriceQuestion {
  std::string series, key;
  std::string country;      ///< alpha-2; prices without a country hold for it too
  std::optional<int> year;  ///< that hold on some day of it
  std::string set;
};

/// Throws: Error::not_found for an unknown series, naming those there are.
Table list_prices(const PriceList& prices, const PriceQuestion& question,
                  const std::string& language);
Table list_sets(const std::vector<PriceSet>& sets, const std::string& language);
Table list_price_findings(const Findings& findings, const std::string& language);
/// The columns that an import reads, with one row a series and what each is.
Table make_price_template(const std::string& language);

}  // namespace austral::measurement
