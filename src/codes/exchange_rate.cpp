// Exchange rates from our tables of dated prices.
#include "codes/exchange_rate.hpp"

#include <algorithm>
#include <unordered_map>
#include <vector>

#include "base/tsv.hpp"

namespace austral::codes {
namespace {

/// A currency and a period (`2015` or `2015-03`) as one number to search by; 0 for what is no
/// currency's code.
std::uint64_t name_of(std::string_view currency, std::string_view period) {
  if (currency.size() != 3) return 0;
  std::uint64_t name = 0;
  for (const char c : currency) name = name << 8 | static_cast<unsigned char>(c);
  std::uint64_t digits = 0;
  for (const char c : period)
    if (c != '-') digits = digits * 10 + std::uint64_t(c - '0');
  return name << 32 | digits;
}

/// A row of a table of prices; its number is read when it is asked for, which few of them are.
struct Price {
  std::uint64_t name = 0;
  std::string_view period, units_per_usd;
};

std::vector<Price> read_prices(const char* path) {
  const TsvTable table = read_embedded_table(path);
  const auto currency = table.column("currency"), period = table.column("period");
  const auto price = table.column("units_per_usd");
  std::vector<Price> prices;
  prices.reserve(table.size());
  for (const auto row : table.rows())
    prices.push_back({name_of(row[currency], row[period]), row[period], row[price]});
  if (!std::ranges::is_sorted(prices, {}, &Price::name))
    std::ranges::sort(prices, {}, &Price::name);
  return prices;
}

std::optional<ExchangeRate> find_price(const std::vector<Price>& prices, std::uint64_t name) {
  const auto found = std::ranges::lower_bound(prices, name, {}, &Price::name);
  if (found == prices.end() || found->name != name) return std::nullopt;
  const auto units = parse_decimal(found->units_per_usd);
  AUSTRAL_ASSERT(units && units->mantissa > 0);
  return ExchangeRate{*units, found->period};
}

const std::unordered_map<std::string_view, int>& units_by_currency() {
  static const auto all = [] {
    std::unordered_map<std::string_view, int> units;
    const TsvTable table = read_embedded_table("data/codes/currencies.tsv");
    const auto code = table.column("code"), minor = table.column("minor_units");
    for (const auto row : table.rows())
      units[row[code]] = row[minor].empty() ? 2 : row[minor][0] - '0';
    return units;
  }();
  return all;
}

const std::vector<Price>& annual_prices() {
  static const auto annual = read_prices("data/prices/exchange_rates_annual.tsv");
  return annual;
}

}  // namespace

std::optional<ExchangeRate> find_rate(std::string_view currency, Date day) {
  if (currency == "USD") return ExchangeRate{{1, 0}, {}};
  static const auto monthly = read_prices("data/prices/exchange_rates_monthly.tsv");
  const auto text = to_string(day);
  const std::string_view month(text.data(), 7), year(text.data(), 4);
  if (auto rate = find_price(monthly, name_of(currency, month))) return rate;
  return find_price(annual_prices(), name_of(currency, year));
}

std::optional<ExchangeRate> find_annual_rate(std::string_view currency, int year) {
  if (currency == "USD") return ExchangeRate{{1, 0}, {}};
  return find_price(annual_prices(), name_of(currency, std::to_string(year)));
}

std::optional<std::int64_t> to_usd_cents(const Decimal& amount, const ExchangeRate& rate) {
  const auto usd = divide(amount, rate.units_per_usd, 2);
  if (!usd) return std::nullopt;
  return usd->mantissa;
}

int minor_units(std::string_view currency) {
  const auto found = units_by_currency().find(currency);
  return found == units_by_currency().end() ? 2 : found->second;
}

const std::vector<Currency>& all_currencies() {
  static const auto all = [] {
    std::vector<Currency> currencies;
    const TsvTable table = read_embedded_table("data/codes/currencies.tsv");
    const auto code = table.column("code"), from = table.column("from"), to = table.column("to"),
               successor = table.column("successor"), factor = table.column("successor_factor");
    const auto year = [](std::string_view text) {
      return text.empty() ? std::nullopt : std::optional<int>(std::stoi(std::string(text)));
    };
    for (const auto row : table.rows())
      currencies.push_back(
          {row[code], year(row[from]), year(row[to]), row[successor], parse_decimal(row[factor])});
    std::ranges::sort(currencies, {}, &Currency::code);
    return currencies;
  }();
  return all;
}

const Currency* find_currency(std::string_view code) {
  const auto& all = all_currencies();
  const auto found = std::ranges::lower_bound(all, code, {}, &Currency::code);
  return found == all.end() || found->code != code ? nullptr : &*found;
}

bool is_currency(std::string_view code) { return units_by_currency().contains(code); }

}  // namespace austral::codes
