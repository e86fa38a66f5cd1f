// Exchange rates from our tables of dated prices.
#include "codes/exchange_rate.hpp"

#include <unordered_map>

#include "base/tsv.hpp"

namespace austral::codes {
namespace {

/// Rates by "CUR2015" and "CUR2015-03".
using Rates = std::unordered_map<std::string, ExchangeRate>;

void read_rates(Rates& rates, const char* path) {
  const TsvTable table = read_embedded_table(path);
  const auto currency = table.column("currency"), period = table.column("period");
  const auto price = table.column("units_per_usd");
  for (const auto row : table.rows()) {
    const auto units = parse_decimal(row[price]);
    AUSTRAL_ASSERT(units && units->mantissa > 0);
    rates.emplace(std::string(row[currency]) + std::string(row[period]),
                  ExchangeRate{*units, row[period]});
  }
}

const Rates& rates() {
  static const Rates all = [] {
    Rates table;
    read_rates(table, "data/prices/exchange_rates_monthly.tsv");
    read_rates(table, "data/prices/exchange_rates_annual.tsv");
    return table;
  }();
  return all;
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

}  // namespace

std::optional<ExchangeRate> find_rate(std::string_view currency, Date day) {
  if (currency == "USD") return ExchangeRate{{1, 0}, {}};
  std::string name(currency);
  name += to_string(day).substr(0, 7);
  auto rate = rates().find(name);
  if (rate == rates().end()) {
    name.resize(currency.size() + 4);
    rate = rates().find(name);
  }
  if (rate == rates().end()) return std::nullopt;
  return rate->second;
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

bool is_currency(std::string_view code) { return units_by_currency().contains(code); }

}  // namespace austral::codes
