// One row of a price list as a price, or why it is none.
#pragma once

#include <optional>
#include <string>

#include "measurement/price.hpp"
#include "standards/prices/price_columns.hpp"
#include "standards/sheet/cell_findings.hpp"

namespace austral::prices {

/// A price with its row.
struct ReadPrice {
  measurement::Price price;
  std::uint64_t row = 0;
  bool until_next = false;  ///< holds from an effective date until a newer one is published
};

/// A price; or a row that is meant for people (a note, a row of the template that nobody filled);
/// or neither, when the row cannot be understood wholly and `findings` has an error that says why.
struct RowReading {
  std::optional<ReadPrice> price;
  bool note = false;
};

/// `set`: the name of the set. `source`: of rows that name none.
RowReading read_price_row(const PriceLayout& layout, const sheet::SheetRow& row,
                          const std::string& set, const std::string& source,
                          sheet::CellFindings& findings);

}  // namespace austral::prices
