// Finds the header row of a price list among its first rows.
#include "standards/prices/price_columns.hpp"

#include <unordered_map>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/tsv.hpp"
#include "standards/rows/line.hpp"

namespace austral::prices {
namespace {

constexpr int most_rows_above = 40;  // titles and notes over the header

PriceLayout read_header(const sheet::SheetRow& row) {
  PriceLayout layout;
  layout.header_row = row.number;
  for (const auto& cell : row.cells) {
    const auto column = find_price_column(cell.text);
    if (column && !layout.place(*column))
      layout.places[std::size_t(*column)] = cell.column;
    else if (!trim(cell.text).empty())
      layout.unused.emplace_back(cell.column, cell.text);
  }
  return layout;
}

/// Whether these columns can tell prices: a value with a day, or with the name of its series.
bool is_header(const PriceLayout& layout) {
  const auto has = [&](PriceColumn column) { return layout.place(column).has_value(); };
  const bool dated =
      has(PriceColumn::from) || has(PriceColumn::effective) || has(PriceColumn::period);
  return has(PriceColumn::value) && (dated || has(PriceColumn::series));
}

bool has_currency(const PriceLayout& layout) {
  return layout.place(PriceColumn::currency) || layout.place(PriceColumn::currency_code);
}

}  // namespace

std::optional<PriceColumn> find_price_column(std::string_view header) {
  static const auto places = [] {
    std::unordered_map<std::string, PriceColumn> found;
    const TsvTable table = read_embedded_table("data/prices/columns.tsv");
    const auto name = table.column("name"), also = table.column("also");
    AUSTRAL_ASSERT(table.size() == price_columns_count);
    for (std::size_t n = 0; n < table.size(); ++n) {
      found.emplace(rows::match_key(table.row(n)[name]), PriceColumn(n));
      for (const auto other : split(table.row(n)[also], '|'))
        found.emplace(rows::match_key(other), PriceColumn(n));
    }
    return found;
  }();
  const auto found = places.find(rows::match_key(header));
  return found == places.end() ? std::nullopt : std::optional(found->second);
}

const measurement::PriceSeries* find_series_named(std::string_view words) {
  const auto key = rows::match_key(words);
  for (const auto& series : measurement::price_series())
    if (rows::match_key(series.name) == key) return &series;
  return nullptr;
}

std::string PriceLayout::cell(PriceColumn column, std::uint64_t row) const {
  if (const auto at = place(column)) return sheet::name_cell(name, *at, row);
  return (name.empty() ? "row " : name + ", row ") + std::to_string(row);
}

std::optional<PriceLayout> find_price_layout(sheet::Workbook& workbook, std::size_t sheet) {
  const auto reader = workbook.open(sheet);
  std::optional<PriceLayout> layout;
  sheet::SheetRow row;
  for (int above = 0; !layout && above < most_rows_above && reader->next(row); ++above)
    if (auto header = read_header(row); is_header(header)) layout = std::move(header);
  if (!layout) return std::nullopt;
  layout->sheet = sheet;
  layout->name = workbook.sheets()[sheet].name;
  layout->series = find_series_named(layout->name);
  const bool by_series = layout->series || layout->place(PriceColumn::series);
  layout->rates = !by_series && has_currency(*layout);
  if (!by_series && !layout->rates) return std::nullopt;
  while (reader->next(row))
    for (std::size_t column = 0; column < price_columns_count; ++column)
      if (const auto at = layout->places[column])
        if (const auto* cell = row.find(*at)) layout->shapes[column].add(*cell);
  return layout;
}

}  // namespace austral::prices
