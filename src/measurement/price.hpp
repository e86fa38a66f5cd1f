// Dated, sourced prices: salaries, daily rates, purchasing power parities, factors, unit prices of
// goods, exchange rates of an institution's own.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/date.hpp"
#include "base/decimal.hpp"
#include "base/finding.hpp"

namespace austral::measurement {

/// The end of a price that holds until another begins: 9999-12-31.
inline constexpr Date no_end{2932896};

/// One value with the days on which it holds. `series` says what it is a price of (price_series()),
/// `key` which one (a grade, a good, a level of education), `country` where (alpha-2).
struct Price {
  std::string series, key, country;
  Date from{}, to = no_end;  ///< both inclusive
  Decimal value;
  std::string unit;      ///< what the value is for one of: `month`, `day`, `TNE`; a ratio: empty
  std::string currency;  ///< ISO 4217 of money, parities and rates; empty for ratios and counts
  std::string source;    ///< document, edition, page
  std::string set;       ///< who brought it: `austral` for what is shipped, else the file's name

  bool operator==(const Price&) const = default;
};

/// What a series of prices is: its name, what it measures, what its prices must state.
struct PriceSeries {
  std::string_view name;  ///< its words: `price.NAME.title`, `.what`
  std::string_view unit;  ///< what every price of it is for one of; empty: each price says it
  bool money = false;     ///< has a currency
  bool ratio = false;     ///< a share of one, such as 0.28
  bool by_key = false, by_country = false;  ///< means nothing without
};
/// salary, months_paid, employer_charge, working_days, working_hours, daily_rate,
/// replacement_wage, institutional_factor, unit_price, public_spending, enrolment, stipend, ppp
/// (units of the currency for one international dollar), exchange_rate (units of the currency that
/// its key names for one US dollar).
const std::vector<PriceSeries>& price_series();
const PriceSeries* find_price_series(std::string_view name);

/// What is looked for and was not found, so that its list can be asked of a statistician.
struct PriceNeed {
  std::string series, key, country;
  int year = 0;
  auto operator<=>(const PriceNeed&) const = default;
};

/// All prices of an answer. Of those that hold on the day the one with the newest `from` wins; of
/// equal ones that of an imported set goes before the shipped. Never a neighbouring year's.
class PriceList {
 public:
  void add(Price price);
  void sort();  ///< after the last add, before the first find
  /// Nothing where none holds on that day. A price without a key or a country holds for all that
  /// have none of their own on that day; one of the key goes before one of the country. Keys are
  /// compared without regard to case. `currency`, where given, is the only one that will do: a
  /// parity of one code is none of the code before or after it.
  const Price* find(std::string_view series, std::string_view key, std::string_view country,
                    Date day, std::string_view currency = {}) const;
  const std::vector<Price>& all() const { return prices_; }
  /// A digest over all prices in their order: two lists with the same digest give the same answers.
  std::string digest() const;

 private:
  struct Span {
    std::uint32_t first = 0, last = 0;
  };
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };
  const Price* find_in(const std::string& name, Date day, std::string_view currency) const;

  std::vector<Price> prices_;
  /// By series, country and folded key: their places in prices_.
  std::unordered_map<std::string, Span, Hash, std::equal_to<>> spans_;
  /// The latest `to` of a price and of those before it in its span.
  std::vector<Date> latest_;
};

/// What is shipped in data/prices (purchasing power parities; the rates of codes/ are not listed).
const PriceList& shipped_prices();
/// The name of the shipped set.
inline constexpr std::string_view shipped_set = "austral";

/// What is weak in a list: overlapping spans of one set, jumps of more than a hundred times,
/// ratios that look like per cent, unknown currencies and countries, rates that are nowhere near
/// the published one of their code.
Findings check_prices(const PriceList& prices);

/// The same for one price by itself. An `error` means that it cannot be used.
Findings check_price(const Price& price);

/// A price in words: `salary, grade 3, BR, from 2024-01-01 (pay-2024)`.
std::string name_price(const Price& price);

}  // namespace austral::measurement
