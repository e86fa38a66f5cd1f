// Dated prices of currencies in US dollars, monthly where published, else annual; and minor units.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/decimal.hpp"

namespace austral::codes {

/// The price of a US dollar. Units: units of `currency` for 1 USD, average of `period`.
struct ExchangeRate {
  Decimal units_per_usd;
  std::string_view period;  ///< `2015-03` or `2015`; empty for USD itself
};

/// The rate whose month holds the day, else the one whose year does; nothing when neither is
/// published. USD has the rate 1 always. Never a neighbouring period, never another currency's.
std::optional<ExchangeRate> find_rate(std::string_view currency, Date day);

/// The average rate of a calendar year, for amounts that are sums of the year.
std::optional<ExchangeRate> find_annual_rate(std::string_view currency, int year);

/// An amount in US cents, half-even, once; nothing when 64 bits cannot hold it.
std::optional<std::int64_t> to_usd_cents(const Decimal& amount, const ExchangeRate& rate);

/// Digits behind the point of a currency (JPY 0, USD 2, KWD 3); 2 for codes that no list knows.
int minor_units(std::string_view currency);
bool is_currency(std::string_view code);

/// A currency's code: the years in which it was in use, where they are known, both inclusive, and
/// what came after it. The views live as long as the program.
struct Currency {
  std::string_view code;
  std::optional<int> first_year, last_year;
  std::string_view successor;       ///< empty: none
  std::optional<Decimal> factor{};  ///< Units: units of this code for one of the successor
};
const std::vector<Currency>& all_currencies();  ///< by code
const Currency* find_currency(std::string_view code);

}  // namespace austral::codes
