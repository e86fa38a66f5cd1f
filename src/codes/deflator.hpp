// Constant prices: dollars of one year as dollars of another, cent by cent.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/decimal.hpp"

namespace austral::codes {

/// The price level of a year, 2018 = 1; nothing for years that the table has not.
/// Source: GDP deflator of the United States (data/prices/SOURCE.md).
std::optional<Decimal> find_deflator(int year);

/// A year whose prices amounts can be expressed in.
struct PriceYear {
  int year = 0;
  bool projected = false;  ///< the deflator was not yet observed when it was published
};
/// Ascending, without gaps.
const std::vector<PriceYear>& price_years();

/// Turns amounts of any year into amounts in the prices of one.
class Deflation {
 public:
  /// Throws: Error::invalid naming the years there are, for another one.
  explicit Deflation(int price_year);
  int price_year() const { return price_year_; }
  /// Rounded half-even to a cent, exactly; nothing for a year without a deflator, or a result that
  /// 64 bits cannot hold. Units: US cents.
  std::optional<std::int64_t> convert(std::int64_t cents, int year) const {
    if (year < first_year_) return std::nullopt;
    const auto place = std::size_t(year - first_year_);
    if (place >= factors_.size()) return std::nullopt;
    const Factor& factor = factors_[place];
    constexpr std::int64_t quick_most = std::int64_t(1) << 40;
    if (cents <= -quick_most || cents >= quick_most) return divide_exactly(cents, factor);
    const std::uint64_t amount = std::uint64_t(cents < 0 ? -cents : cents);
    const auto product = static_cast<unsigned __int128>(amount) * factor.quick;
    const std::uint64_t fraction = std::uint64_t(product) & (one_ - 1);
    // The factor is cut off, so that the true product lies up to `amount` higher: where that could
    // change the rounding, it is divided exactly.
    const bool below = fraction + amount < one_ / 2;
    const bool above = fraction > one_ / 2 && fraction + amount < one_;
    if (!below && !above) return divide_exactly(cents, factor);
    const auto whole = std::int64_t(product >> shift_) + (above ? 1 : 0);
    return cents < 0 ? -whole : whole;
  }

 private:
  static constexpr int shift_ = 60;
  static constexpr std::uint64_t one_ = std::uint64_t(1) << shift_;
  struct Factor {
    std::uint64_t quick = 0;        ///< numerator / denominator * 2^shift_, cut off
    std::int64_t up = 1, down = 1;  ///< the fraction itself
  };
  static std::optional<std::int64_t> divide_exactly(std::int64_t cents, const Factor& factor);

  int price_year_ = 0, first_year_ = 0;
  std::vector<Factor> factors_;
};

/// One amount, as Deflation converts it; nothing as well where `price_year` has no deflator.
std::optional<std::int64_t> to_constant_cents(std::int64_t cents, int year, int price_year);

}  // namespace austral::codes
