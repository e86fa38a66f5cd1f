// What is weak in a list of prices: a person should look before figures are made with it.
#include <algorithm>
#include <map>
#include <tuple>

#include "base/text.hpp"
#include "codes/country.hpp"
#include "codes/exchange_rate.hpp"
#include "codes/unit.hpp"
#include "measurement/price.hpp"
#include "measurement/ratio.hpp"

namespace austral::measurement {
namespace {

/// Between what values a count or share is believed without a question.
struct Plausible {
  std::string_view series;
  Decimal least, below;
  std::string_view remedy;
};

constexpr std::string_view share_remedy =
    "; is it per cent? Write 28 per cent as 0.28 or as 28%, and never as 1.28";

const std::vector<Plausible>& plausible() {
  static const std::vector<Plausible> all = {
      {"employer_charge", {0, 0}, {1, 0}, share_remedy},
      {"institutional_factor", {0, 0}, {2, 0}, share_remedy},
      {"months_paid", {1, 0}, {25, 0}, "; it is the salaries that are paid in a year"},
      {"working_days", {100, 0}, {367, 0}, "; it is the days worked in a year"},
      {"working_hours", {500, 0}, {8785, 0}, "; it is the hours worked in a year"},
  };
  return all;
}

class PriceCheck {
 public:
  Findings run(const Price& price) {
    check_one(price);
    return std::move(findings_);
  }

  Findings run(const PriceList& prices) {
    const Price* before = nullptr;
    for (const auto& price : prices.all()) {
      check_one(price);
      if (!before || !same_span(*before, price)) last_.clear();
      auto& last = last_[std::tuple(std::string_view(price.currency), std::string_view(price.set))];
      if (last) check_pair(*last, price);
      last = &price;
      before = &price;
    }
    return std::move(findings_);
  }

 private:
  void check_one(const Price& price) {
    check_words(price);
    check_value(price);
    if (price.series == "exchange_rate") check_rate(price);
  }

  static bool same_span(const Price& left, const Price& right) {
    return left.series == right.series && left.country == right.country &&
           (left.key == right.key || fold(left.key) == fold(right.key));
  }

  void add(Severity severity, const char* rule, const Price& price, std::string message) {
    findings_.push_back({severity, rule, name_price(price), std::move(message)});
  }

  void check_words(const Price& price) {
    const auto* series = find_price_series(price.series);
    if (!series) {
      add(Severity::error, "price.series.unknown", price,
          "'" + price.series + "' is no series of prices; `austral prices template` lists them");
      return;
    }
    if (price.to < price.from)
      add(Severity::error, "price.span.turned", price,
          "it ends on " + to_string(price.to) + ", before it begins; exchange the two days");
    if (price.source.empty())
      add(Severity::error, "price.source.missing", price,
          "nobody can check it: name the document, its edition and the page");
    if (series->by_key && price.key.empty())
      add(Severity::error, "price.key.missing", price, "say in `key` what it is the price of");
    if (series->by_country && price.country.empty())
      add(Severity::error, "price.country.missing", price,
          "say in `country` where it holds, as two letters or as a name");
    if (!price.country.empty() && !codes::find_country(price.country))
      add(Severity::error, "price.country.unknown", price,
          "'" + price.country + "' is no country of ISO 3166; write its two letters, such as BR");
    if (!series->unit.empty() && !price.unit.empty() && price.unit != series->unit)
      add(Severity::error, "price.unit.other", price,
          "it is per '" + price.unit + "'; a price of " + price.series + " is per " +
              std::string(series->unit) + ": convert the value and write that unit");
    if (price.series == "unit_price" && !price.unit.empty() && !codes::find_unit(price.unit)) {
      std::string nearest;
      for (const auto code : codes::nearest_units(price.unit))
        nearest += (nearest.empty() ? "; do you mean " : ", ") + std::string(code);
      add(Severity::warning, "price.unit.unknown", price,
          "no unit is called '" + price.unit +
              "', so that quantities in other units cannot be "
              "valued by it" +
              nearest);
    }
    check_currency(price, *series);
  }

  void check_currency(const Price& price, const PriceSeries& series) {
    if (!series.money) {
      if (!price.currency.empty())
        add(Severity::warning, "price.currency.needless", price,
            "it is no money; the currency " + price.currency + " is not used");
      return;
    }
    if (price.currency.empty()) {
      add(Severity::error, "price.currency.missing", price,
          "say in `currency` which one, by its code of ISO 4217, such as BRL");
      return;
    }
    const auto* currency = codes::find_currency(price.currency);
    if (!currency) {
      add(Severity::error, "price.currency.unknown", price,
          "'" + price.currency + "' is no currency of ISO 4217; write its code, such as BRL");
      return;
    }
    if (currency->last_year && year_of(price.from) > *currency->last_year) {
      std::string message =
          price.currency + " was in use until " + std::to_string(*currency->last_year);
      if (currency->factor)
        message += "; " + to_string(*currency->factor) + " of it became one " +
                   std::string(currency->successor);
      add(Severity::warning, "price.currency.withdrawn", price,
          message + ": state the value in the currency of its day");
    }
    if (currency->first_year && price.to != no_end && year_of(price.to) < *currency->first_year)
      add(Severity::warning, "price.currency.early", price,
          price.currency + " came into use in " + std::to_string(*currency->first_year) +
              ": state the value in the currency of its day");
  }

  void check_value(const Price& price) {
    const auto* series = find_price_series(price.series);
    const bool may_be_zero = series && series->ratio;
    if (price.value.is_negative() || (price.value.is_zero() && !may_be_zero))
      add(Severity::error, "price.value.not-positive", price,
          "its value is " + to_string(price.value) + "; a price is greater than zero");
    for (const auto& [name, least, below, remedy] : plausible())
      if (price.series == name && (price.value < least || !(price.value < below)))
        add(Severity::warning, "price.value.unlikely", price,
            "a " + price.series + " of " + to_string(price.value) + " is unlikely" +
                std::string(remedy));
  }

  /// A rate that is another code's: the classic fault after a currency lost zeros.
  void check_rate(const Price& price) {
    if (price.key != price.currency) {
      add(Severity::error, "price.rate.key", price,
          "the key of an exchange rate is its currency; it has the key '" + price.key +
              "' and the currency '" + price.currency + "'");
      return;
    }
    const auto published = codes::find_annual_rate(price.key, year_of(price.from));
    if (!published || price.value.is_negative() || price.value.is_zero()) return;
    const Ratio times = to_ratio(price.value) / to_ratio(published->units_per_usd);
    if (times < 3 && times * 3 > 1) return;
    for (const auto& currency : codes::all_currencies()) {
      if (!currency.factor) continue;
      const Ratio factor = to_ratio(*currency.factor);
      const bool is_new = currency.successor == price.key && near(times, factor);
      const bool is_old = currency.code == price.key && near(times * factor, 1);
      if (is_new || is_old) {
        add(Severity::warning, "price.rate.other-code", price,
            far_from(price, *published) + "; it looks like the rate of " +
                std::string(is_new ? currency.code : currency.successor) +
                ": a rate belongs to the code it was published for");
        return;
      }
    }
    if (times > 100 || times * 100 < 1)
      add(Severity::warning, "price.rate.far", price,
          far_from(price, *published) + "; is it of another currency, or dollars for one unit?");
  }

  static bool near(const Ratio& value, const Ratio& wanted) {
    return value * 2 > wanted && value < wanted * 2;
  }

  static std::string far_from(const Price& price, const codes::ExchangeRate& published) {
    return to_string(price.value) + " " + price.key + " for one US dollar is far from the " +
           std::to_string(year_of(price.from)) + " average of " +
           to_string(published.units_per_usd);
  }

  void check_pair(const Price& earlier, const Price& later) {
    if (earlier.from == later.from) {
      const bool same = earlier.value == later.value && earlier.to == later.to;
      add(same ? Severity::remark : Severity::error, same ? "price.twice" : "price.overlap", later,
          same ? "it is in the set twice"
               : "two prices begin on this day, " + to_string(earlier.value) + " and " +
                     to_string(later.value) + "; keep the one that is right");
    } else if (later.series != "exchange_rate" && earlier.to != no_end &&
               earlier.to >= later.from) {
      add(Severity::warning, "price.overlap", later,
          "the one from " + to_string(earlier.from) + " is said to hold until " +
              to_string(earlier.to) + "; from this day on the newer one is used");
    }
    if (earlier.value.mantissa <= 0 || later.value.mantissa <= 0) return;
    const Ratio times = to_ratio(later.value) / to_ratio(earlier.value);
    if (times > 100 || times * 100 < 1)
      add(Severity::warning, "price.jump", later,
          "from " + to_string(earlier.value) + " to " + to_string(later.value) +
              ", more than a hundred times; is the point in its place, is it one currency?");
  }

  Findings findings_;
  /// The price before, by currency and set, within one series, key and country.
  std::map<std::tuple<std::string_view, std::string_view>, const Price*> last_;
};

}  // namespace

Findings check_prices(const PriceList& prices) { return PriceCheck().run(prices); }
Findings check_price(const Price& price) { return PriceCheck().run(price); }

}  // namespace austral::measurement
