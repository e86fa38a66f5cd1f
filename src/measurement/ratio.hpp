// Exact arithmetic for money that is computed: fractions while a formula runs, twelve decimals
// after.
#pragma once

#include <boost/multiprecision/cpp_int.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/decimal.hpp"

namespace austral::measurement {

/// A fraction of whole numbers of any size: what a formula computes with, so that nothing is
/// rounded on the way.
using Ratio = boost::multiprecision::cpp_rational;

Ratio to_ratio(const Decimal& value);

/// An amount that sums are made of. Units: 10^-12 of a currency's or quantity's unit. Adding is
/// exact, so that a total is the same in any order and with any number of threads.
class Amount {
 public:
  static constexpr int places = 12;
  __extension__ using Whole = __int128;

  Amount() = default;
  explicit Amount(Whole parts) : parts_(parts) {}
  static Amount of_cents(std::int64_t cents);

  Whole parts() const { return parts_; }
  bool is_zero() const { return parts_ == 0; }
  Amount& operator+=(
      const Amount& other);  ///< Throws: Error::invalid where 128 bits cannot hold it
  Amount& operator-=(const Amount& other);
  friend Amount operator+(Amount left, const Amount& right) { return left += right; }
  friend Amount operator-(Amount left, const Amount& right) { return left -= right; }
  auto operator<=>(const Amount&) const = default;

 private:
  Whole parts_ = 0;
};

/// Half-even at the twelfth decimal, once. Throws: Error::invalid for an amount beyond 10^24.
Amount to_amount(const Ratio& value);
Ratio to_ratio(const Amount& value);
/// Half-even to at most 12 places behind the point. Shape: plain digits, `11357.23`.
std::string to_string(const Amount& value, int digits);
/// The same as a cell of a table; nothing when 64 bits cannot hold it.
std::optional<Decimal> round_amount(const Amount& value, int digits);
/// All twelve decimals without trailing zeros: what reads back to the same amount.
std::string to_exact_string(const Amount& value);
std::optional<Amount> parse_amount(std::string_view text);

}  // namespace austral::measurement
