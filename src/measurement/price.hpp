// Dated, sourced prices: salaries, daily rates, purchasing power parities, factors, unit prices of
// goods, exchange rates of an institution's own.
#pragma once

#include <boost/describe.hpp>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/decimal.hpp"
#include "base/finding.hpp"

namespace austral::measurement {

/// One value with the days on which it holds. `series` says what it is a price of (price_series()),
/// `key` which one (a grade, a good, a level of education), `country` where (alpha-2).
struct Price {
  std::string series, key, country;
  Date from{}, to{};  ///< both inclusive; without an end: Date::max()
  Decimal value;
  std::string unit;      ///< what the value is for one of: `month`, `day`, `TNE`; a ratio: empty
  std::string currency;  ///< ISO 4217 of money; empty for ratios and counts
  std::string source;    ///< document, edition, page
  std::string set;       ///< who brought it: `austral` for what is shipped, else the file's name
};

/// What a series of prices is: its name, what it measures, whether a key and a country are needed.
struct PriceSeries {
  std::string_view name;  ///< its words: `price.NAME.title`, `.what`
  bool money = false;     ///< has a currency
  bool by_key = false, by_country = false;
};
/// salary, months_paid, employer_charge, working_days, working_hours, daily_rate,
/// replacement_wage, institutional_factor, unit_price, public_spending, enrolment, stipend, ppp,
/// exchange_rate (units of the country's or key's currency for one US dollar, by its own table).
const std::vector<PriceSeries>& price_series();
const PriceSeries* find_price_series(std::string_view name);

/// What is looked for and was not found, so that its list can be asked of a statistician.
struct PriceNeed {
  std::string series, key, country;
  int year = 0;
  auto operator<=>(const PriceNeed&) const = default;
};

/// All prices of an answer. The newest `from` on or before the day wins, if its `to` has not
/// passed; of equal ones that of an imported set goes before the shipped. Never a neighbouring
/// year's, never another currency's.
class PriceList {
 public:
  void add(Price price);
  void sort();  ///< after the last add, before the first find
  /// Nothing where none holds on that day. A price without a country (key) holds for every country
  /// (key) that has none of its own.
  const Price* find(std::string_view series, std::string_view key, std::string_view country,
                    Date day) const;
  const std::vector<Price>& all() const { return prices_; }
  /// A digest over all prices in their order: two lists with the same digest give the same answers.
  std::string digest() const;

 private:
  std::vector<Price> prices_;
};

/// What is shipped in data/prices (purchasing power parities; the rates of codes/ are not listed).
const PriceList& shipped_prices();

/// What is weak in a list: overlapping spans of one set, jumps of more than a hundred times,
/// ratios that look like per cent, unknown currencies and countries.
Findings check_prices(const PriceList& prices);

}  // namespace austral::measurement
