// Reads the sheets of a workbook that have prices, and puts what they say in order.
#include "standards/prices/price_sheet.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "base/error.hpp"
#include "base/text.hpp"
#include "standards/prices/price_row.hpp"

namespace austral::prices {
namespace {

using measurement::Price;

struct PriceReading {
  PriceSheet out;
  sheet::CellFindings findings;
  bool any_source = false;
  Date newest_effective{};
  std::vector<std::size_t> until_next;  ///< places in out.prices
  struct Told {
    std::size_t place = 0;
    std::string cell;
  };
  /// What each price was first told as.
  std::map<std::tuple<std::string, std::string, std::string, std::int32_t, std::string>, Told> told;
};

Date end_of_month(Date day) {
  const int year = year_of(day), month = month_of(day);
  const auto next = month == 12 ? make_date(year + 1, 1, 1) : make_date(year, month + 1, 1);
  return Date{next->days - 1};
}

/// Whether two rates differ only in how they were computed: countries of one currency have the same
/// rate but for the digits that binary fractions leave behind.
bool is_same_rate(const Decimal& left, const Decimal& right) {
  const auto ratio = divide(left, right, 6);
  return ratio && *ratio == Decimal{1, 0};
}

/// Keeps a price unless it was told before; another value for the same is an error.
void keep_price(PriceReading& reading, const PriceLayout& layout, ReadPrice read) {
  auto& price = read.price;
  const std::string cell = layout.cell(PriceColumn::value, read.row);
  const auto [before, fresh] = reading.told.try_emplace(
      std::tuple(price.series, fold(price.key), price.country, price.from.days, price.currency),
      PriceReading::Told{reading.out.prices.size(), cell});
  if (!fresh) {
    const auto& first = reading.out.prices[before->second.place];
    const bool same =
        layout.rates ? is_same_rate(first.value, price.value) : first.value == price.value;
    if (same && first.to == price.to) {
      if (!layout.rates)
        reading.findings.add(Severity::remark, "price.twice", cell,
                             "the same price stands in the list before; it is kept once");
      return;
    }
    ++reading.out.left_out;
    reading.findings.add(Severity::error, "price.contradiction", cell,
                         to_string(price.value) + " for what is " + to_string(first.value) +
                             " in " + before->second.cell +
                             "; the first was kept: take out the one that is wrong");
    return;
  }
  if (read.until_next) {
    reading.until_next.push_back(reading.out.prices.size());
    reading.newest_effective = std::max(reading.newest_effective, price.from);
  }
  reading.out.prices.push_back(std::move(price));
}

void add_habits(PriceReading& reading, const PriceLayout& layout) {
  for (const auto column : {PriceColumn::value, PriceColumn::from, PriceColumn::to,
                            PriceColumn::effective, PriceColumn::period})
    if (layout.place(column))
      for (const auto& finding :
           layout.shape(column).findings(layout.cell(column, layout.header_row)))
        reading.findings.add(finding);
  for (const auto& [place, header] : layout.unused)
    reading.findings.add(Severity::remark, "price.column.unused",
                         sheet::name_cell(layout.name, place, layout.header_row),
                         "the column '" + shorten(header, 60) +
                             "' is none of a price list's and "
                             "was not read");
}

void read_rows_of(PriceReading& reading, sheet::Workbook& workbook, const PriceLayout& layout,
                  const PriceSheetOptions& options) {
  add_habits(reading, layout);
  const auto reader = workbook.open(layout.sheet);
  sheet::SheetRow row;
  while (reader->next(row)) {
    if (row.number <= layout.header_row) continue;
    if (const auto place = layout.place(PriceColumn::source))
      if (const auto* cell = row.find(*place); cell && !trim(cell->text).empty())
        reading.any_source = true;
    auto read = read_price_row(layout, row, options.set, options.source, reading.findings);
    if (read.note) continue;
    ++reading.out.rows;
    if (read.price)
      keep_price(reading, layout, std::move(*read.price));
    else
      ++reading.out.left_out;
  }
  for (const auto& finding : reader->findings()) reading.findings.add(finding);
  reading.out.damaged = reading.out.damaged || reader->damaged();
}

/// A rate holds until the next of its currency, and the last table until its month ends: a rate of
/// two years ago is no rate of today.
/// Source: UN Treasury, operational rates of exchange: the newest effective date supersedes.
void end_rates(PriceReading& reading) {
  auto& prices = reading.out.prices;
  std::ranges::sort(reading.until_next, [&](std::size_t left, std::size_t right) {
    return std::tie(prices[left].key, prices[left].from) <
           std::tie(prices[right].key, prices[right].from);
  });
  const Date end = end_of_month(reading.newest_effective);
  for (std::size_t n = 0; n < reading.until_next.size(); ++n) {
    auto& price = prices[reading.until_next[n]];
    if (price.to != measurement::no_end) continue;
    const auto* next =
        n + 1 < reading.until_next.size() ? &prices[reading.until_next[n + 1]] : nullptr;
    price.to = next && next->key == price.key ? Date{next->from.days - 1} : end;
  }
}

}  // namespace

PriceSheet read_price_sheet(const std::string& path, const PriceSheetOptions& options) {
  const auto workbook = sheet::open_workbook(path, options.workbook);
  PriceReading reading;
  bool any_layout = false;
  for (std::size_t n = 0; n < workbook->sheets().size(); ++n) {
    if (workbook->sheets()[n].hidden) continue;
    const auto layout = find_price_layout(*workbook, n);
    any_layout = any_layout || layout;
    if (layout)
      read_rows_of(reading, *workbook, *layout, options);
    else
      reading.findings.add(Severity::remark, "price.sheet.unused", workbook->sheets()[n].name,
                           "no row of the sheet has the headers of a price list; it was not read");
  }
  for (const auto& finding : workbook->findings()) reading.findings.add(finding);
  if (!any_layout)
    throw Error(Kind::invalid,
                path +
                    " is no price list: no row has a header 'value' (or 'rate') with 'series' "
                    "and 'from', or with 'currency' and 'effective date' or 'period'; "
                    "`austral prices template` shows the columns");
  if (options.source.empty() && !reading.any_source)
    throw Error(Kind::invalid, path +
                                   " does not say where its prices come from; add a column "
                                   "'source', or say --source \"document, edition, page\"");
  end_rates(reading);
  reading.out.findings = reading.findings.list();
  return std::move(reading.out);
}

}  // namespace austral::prices
