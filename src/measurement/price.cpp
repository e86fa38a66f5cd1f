// Lookup of dated prices: an index by what is asked, a binary search by day.
#include "measurement/price.hpp"

#include <algorithm>
#include <tuple>

#include "base/digest.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "base/tsv.hpp"

namespace austral::measurement {
namespace {

/// Appends a key as it is compared. Most keys are plain ASCII, for which folding is far too much.
void append_folded(std::string& text, std::string_view key) {
  const auto before = text.size();
  bool space = false;
  for (const char c : key) {
    if (static_cast<unsigned char>(c) >= 0x80) {
      text.resize(before);
      text += fold(key);
      return;
    }
    if (c == ' ' || (c >= '\t' && c <= '\r')) {
      space = text.size() > before;
      continue;
    }
    if (space) text += ' ';
    space = false;
    text += c >= 'A' && c <= 'Z' ? char(c + 32) : c;
  }
}

void name_span(std::string& name, std::string_view series, std::string_view key,
               std::string_view country) {
  name.assign(series);
  name += '\t';
  name += country;
  name += '\t';
  append_folded(name, key);
}

/// Prices of one span by their first day, a shipped one before imported ones; the rest only so that
/// the order is always the same.
auto order_of(const Price& price) {
  return std::tuple<std::int32_t, bool, std::string_view, std::int32_t, std::string_view, Decimal,
                    std::string_view, std::string_view, std::string_view>(
      price.from.days, price.set != shipped_set, price.set, price.to.days, price.currency,
      price.value, price.unit, price.source, price.key);
}

PriceList read_shipped() {
  constexpr std::string_view source =
      "World Bank, International Comparison Program: PPP conversion factor, GDP (PA.NUS.PPP)";
  PriceList prices;
  const TsvTable table = read_embedded_table("data/prices/ppp.tsv");
  const auto country = table.column("country"), currency = table.column("currency");
  const auto first = currency + 1;
  for (const auto row : table.rows())
    for (auto column = first; column < table.columns().size(); ++column) {
      if (row[column].empty()) continue;
      const int year = std::stoi(std::string(table.columns()[column]));
      const auto value = parse_decimal(row[column]);
      AUSTRAL_ASSERT(value);
      prices.add({"ppp", "", std::string(row[country]), *make_date(year, 1, 1),
                  *make_date(year, 12, 31), *value, "", std::string(row[currency]),
                  std::string(source), std::string(shipped_set)});
    }
  prices.sort();
  return prices;
}

}  // namespace

const std::vector<PriceSeries>& price_series() {
  // name, unit, money, ratio, by key, by country
  static const std::vector<PriceSeries> all = {
      {"salary", "month", true, false, false, true},
      {"months_paid", "year", false, false, false, false},
      {"employer_charge", "", false, true, false, false},
      {"working_days", "year", false, false, false, false},
      {"working_hours", "year", false, false, false, false},
      {"daily_rate", "day", true, false, false, false},
      {"replacement_wage", "month", true, false, false, true},
      {"institutional_factor", "", false, true, false, false},
      {"unit_price", "", true, false, true, false},
      {"public_spending", "year", true, false, true, true},
      {"enrolment", "year", false, false, true, true},
      {"stipend", "month", true, false, false, false},
      {"ppp", "", true, false, false, true},
      {"exchange_rate", "", true, false, true, false},
  };
  return all;
}

const PriceSeries* find_price_series(std::string_view name) {
  const auto& all = price_series();
  const auto found = std::ranges::find(all, name, &PriceSeries::name);
  return found == all.end() ? nullptr : &*found;
}

void PriceList::add(Price price) { prices_.push_back(std::move(price)); }

void PriceList::sort() {
  std::vector<std::pair<std::string, std::uint32_t>> places(prices_.size());
  for (std::uint32_t n = 0; n < places.size(); ++n) {
    name_span(places[n].first, prices_[n].series, prices_[n].key, prices_[n].country);
    places[n].second = n;
  }
  std::ranges::sort(places, [&](const auto& left, const auto& right) {
    if (const auto order = left.first.compare(right.first); order != 0) return order < 0;
    return order_of(prices_[left.second]) < order_of(prices_[right.second]);
  });
  std::vector<Price> sorted;
  sorted.reserve(prices_.size());
  spans_.clear();
  latest_.clear();
  for (auto& [name, place] : places) {
    const auto n = std::uint32_t(sorted.size());
    auto& span = spans_.try_emplace(std::move(name), Span{n, n}).first->second;
    sorted.push_back(std::move(prices_[place]));
    latest_.push_back(span.last > span.first ? std::max(latest_.back(), sorted.back().to)
                                             : sorted.back().to);
    span.last = n + 1;
  }
  prices_ = std::move(sorted);
}

const Price* PriceList::find_in(const std::string& name, Date day,
                                std::string_view currency) const {
  const auto found = spans_.find(name);
  if (found == spans_.end()) return nullptr;
  const auto first = prices_.begin() + found->second.first;
  const auto last = prices_.begin() + found->second.last;
  auto at = std::upper_bound(first, last, day,
                             [](Date wanted, const Price& price) { return wanted < price.from; });
  while (at != first) {
    --at;
    if (latest_[std::size_t(at - prices_.begin())] < day) return nullptr;
    if (at->to >= day && (currency.empty() || at->currency == currency)) return &*at;
  }
  return nullptr;
}

const Price* PriceList::find(std::string_view series, std::string_view key,
                             std::string_view country, Date day, std::string_view currency) const {
  AUSTRAL_ASSERT(latest_.size() == prices_.size());
  thread_local std::string name;
  for (const auto asked_key : {key, std::string_view{}}) {
    for (const auto asked_country : {country, std::string_view{}}) {
      name_span(name, series, asked_key, asked_country);
      if (const auto* price = find_in(name, day, currency)) return price;
      if (country.empty()) break;
    }
    if (key.empty()) break;
  }
  return nullptr;
}

std::string PriceList::digest() const {
  Digester digester;
  for (const auto& price : prices_) {
    digester.add(price.series).add(price.key).add(price.country);
    digester.add(std::int64_t(price.from.days)).add(std::int64_t(price.to.days));
    digester.add(to_string(normalise(price.value))).add(price.unit).add(price.currency);
    digester.add(price.source).add(price.set);
  }
  return to_string(digester.finish());
}

const PriceList& shipped_prices() {
  static const PriceList prices = read_shipped();
  return prices;
}

std::string name_price(const Price& price) {
  std::string name = price.series;
  if (!price.key.empty()) name += ", " + price.key;
  if (!price.country.empty()) name += ", " + price.country;
  name += ", from " + to_string(price.from);
  if (!price.set.empty()) name += " (" + price.set + ")";
  return name;
}

}  // namespace austral::measurement
