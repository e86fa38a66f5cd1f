// Exchange rates and deflators of an answer: the published tables, or those that were kept with a
// frozen answer.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/date.hpp"
#include "base/decimal.hpp"

namespace austral::measurement {

/// The published tables of this program (codes/exchange_rate.hpp, codes/deflator.hpp), or a list of
/// kept ones that answers in their place.
class RateBook {
 public:
  struct Rate {
    Decimal units_per_usd;
    std::string period;  ///< `2015-03` or `2015`
  };

  RateBook() = default;
  /// Answers from these alone. Shape: `BRL 2015` or `BRL 2015-03`, and years.
  RateBook(std::map<std::string, Decimal> rates, std::map<int, Decimal> deflators);

  std::optional<Rate> annual(std::string_view currency, int year) const;
  /// That of the month, else of its year.
  std::optional<Rate> monthly(std::string_view currency, Date day) const;
  std::optional<Decimal> deflator(int year) const;

 private:
  bool kept_ = false;
  std::map<std::string, Decimal, std::less<>> rates_;
  std::map<int, Decimal> deflators_;
};

}  // namespace austral::measurement
