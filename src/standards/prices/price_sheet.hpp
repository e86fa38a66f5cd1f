// Price lists that offices keep as sheets: our own columns, the layout of the UN's operational
// rates of exchange, and tables of currency, period and rate.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "measurement/price.hpp"
#include "standards/sheet/workbook.hpp"

namespace austral::prices {

struct PriceSheetOptions {
  std::string set;     ///< the name under which the prices are kept
  std::string source;  ///< of all prices whose row names none
  sheet::WorkbookOptions workbook;
};

/// What was read from one file.
struct PriceSheet {
  std::vector<measurement::Price> prices;
  Findings findings;  ///< their `place` is a cell: `Sheet1!B7`
  std::uint64_t rows = 0, left_out = 0;
  bool damaged = false;  ///< some of the file could not be read
};

/// Reads every visible sheet that has prices. A row that cannot be understood wholly is left out
/// and is a finding of severity error.
/// Throws: Error::not_found; Error::invalid for a file without prices, or without any source.
PriceSheet read_price_sheet(const std::string& path, const PriceSheetOptions& options);

}  // namespace austral::prices
