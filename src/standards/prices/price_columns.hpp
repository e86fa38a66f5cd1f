// Where a price list has what: its header row, its columns, and how they write numbers and days.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "measurement/price.hpp"
#include "standards/sheet/values.hpp"
#include "standards/sheet/workbook.hpp"

namespace austral::prices {

/// The columns of data/prices/columns.tsv, in its order.
enum class PriceColumn : std::uint8_t {
  series,
  key,
  country,
  from,
  to,
  value,
  unit,
  currency,
  currency_code,
  source,
  effective,
  period,
  frequency
};
inline constexpr std::size_t price_columns_count = 13;

/// The column that a header means; nothing for one that price lists do not have.
std::optional<PriceColumn> find_price_column(std::string_view header);

/// A sheet of prices.
struct PriceLayout {
  std::size_t sheet = 0;
  std::string name;  ///< of the sheet
  std::uint64_t header_row = 0;
  std::array<std::optional<std::size_t>, price_columns_count> places;
  std::vector<std::pair<std::size_t, std::string>> unused;  ///< columns with other headers
  const measurement::PriceSeries* series = nullptr;  ///< of all rows, where the sheet says it
  bool rates = false;  ///< a table of exchange rates with columns of its own
  std::array<sheet::ColumnShape, price_columns_count> shapes;

  std::optional<std::size_t> place(PriceColumn column) const { return places[std::size_t(column)]; }
  const sheet::ColumnShape& shape(PriceColumn column) const { return shapes[std::size_t(column)]; }
  /// The cell of a row in words: `Sheet1!B7`; `row 7` where the sheet has no such column.
  std::string cell(PriceColumn column, std::uint64_t row) const;
};

/// The layout of a sheet; nothing where it has no prices. Reads the whole sheet for its habits.
std::optional<PriceLayout> find_price_layout(sheet::Workbook& workbook, std::size_t sheet);

/// A series by its name, however it is spelled (`Daily rate`); nullptr when there is none.
const measurement::PriceSeries* find_series_named(std::string_view words);

}  // namespace austral::prices
