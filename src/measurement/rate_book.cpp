// Answers from the published tables or from kept rates.
#include "measurement/rate_book.hpp"

#include "codes/deflator.hpp"
#include "codes/exchange_rate.hpp"

namespace austral::measurement {

RateBook::RateBook(std::map<std::string, Decimal> rates, std::map<int, Decimal> deflators)
    : kept_(true), rates_(rates.begin(), rates.end()), deflators_(std::move(deflators)) {}

std::optional<RateBook::Rate> RateBook::annual(std::string_view currency, int year) const {
  if (!kept_) {
    const auto rate = codes::find_annual_rate(currency, year);
    if (!rate) return std::nullopt;
    return Rate{rate->units_per_usd, std::string(rate->period)};
  }
  const auto period = std::to_string(year);
  const auto found = rates_.find(std::string(currency) + " " + period);
  if (found == rates_.end()) return std::nullopt;
  return Rate{found->second, period};
}

std::optional<RateBook::Rate> RateBook::monthly(std::string_view currency, Date day) const {
  if (!kept_) {
    const auto rate = codes::find_rate(currency, day);
    if (!rate) return std::nullopt;
    return Rate{rate->units_per_usd, std::string(rate->period)};
  }
  const auto month = to_string(day).substr(0, 7);
  const auto found = rates_.find(std::string(currency) + " " + month);
  if (found == rates_.end()) return annual(currency, year_of(day));
  return Rate{found->second, month};
}

std::optional<Decimal> RateBook::deflator(int year) const {
  if (!kept_) return codes::find_deflator(year);
  const auto found = deflators_.find(year);
  if (found == deflators_.end()) return std::nullopt;
  return found->second;
}

}  // namespace austral::measurement
