// Exact fractions and amounts of twelve decimals: from and to text, rounding half-even.
#include "measurement/ratio.hpp"

#include "base/error.hpp"

namespace austral::measurement {
namespace {

using Big = boost::multiprecision::cpp_int;

Big power_of_ten(int exponent) { return boost::multiprecision::pow(Big(10), unsigned(exponent)); }

/// numerator / denominator, half-even; the denominator is above zero.
Big divide_half_even(const Big& numerator, const Big& denominator) {
  const bool negative = numerator < 0;
  const Big size = negative ? Big(-numerator) : numerator;
  Big quotient, rest;
  boost::multiprecision::divide_qr(size, denominator, quotient, rest);
  const Big twice = rest * 2;
  if (twice > denominator || (twice == denominator && bit_test(quotient, 0))) ++quotient;
  return negative ? Big(-quotient) : quotient;
}

[[noreturn]] void refuse_size() {
  throw Error(Kind::invalid, "an amount is larger than can be counted to twelve decimals");
}

Big to_big(Amount::Whole value) {
  const bool negative = value < 0;
  auto size =
      negative ? -static_cast<unsigned __int128>(value) : static_cast<unsigned __int128>(value);
  Big big = std::uint64_t(size >> 64);
  big <<= 64;
  big += std::uint64_t(size);
  return negative ? Big(-big) : big;
}

Amount::Whole to_whole(const Big& value) {
  static const Big most = Big(1) << 126;
  if (value > most || value < -most) refuse_size();
  const Big size = value < 0 ? Big(-value) : value;
  const auto high = static_cast<std::uint64_t>(size >> 64);
  const auto low = static_cast<std::uint64_t>(size & ((Big(1) << 64) - 1));
  const auto whole = static_cast<Amount::Whole>((static_cast<unsigned __int128>(high) << 64) | low);
  return value < 0 ? -whole : whole;
}

/// Plain digits of a whole number of 10^-scale.
std::string to_digits(const Big& value, int scale) {
  std::string digits = Big(value < 0 ? Big(-value) : value).str();
  if (scale > 0) {
    if (int(digits.size()) <= scale) digits.insert(0, std::size_t(scale) + 1 - digits.size(), '0');
    digits.insert(digits.size() - std::size_t(scale), 1, '.');
  }
  return value < 0 ? "-" + digits : digits;
}

Big rounded(const Amount& value, int digits) {
  return divide_half_even(to_big(value.parts()), power_of_ten(Amount::places - digits));
}

}  // namespace

Ratio to_ratio(const Decimal& value) {
  return Ratio(Big(value.mantissa), power_of_ten(value.scale));
}

Amount Amount::of_cents(std::int64_t cents) { return Amount(Whole(cents) * 10'000'000'000); }

Amount& Amount::operator+=(const Amount& other) {
  if (__builtin_add_overflow(parts_, other.parts_, &parts_)) refuse_size();
  return *this;
}

Amount& Amount::operator-=(const Amount& other) {
  if (__builtin_sub_overflow(parts_, other.parts_, &parts_)) refuse_size();
  return *this;
}

Amount to_amount(const Ratio& value) {
  return Amount(to_whole(
      divide_half_even(numerator(value) * power_of_ten(Amount::places), denominator(value))));
}

Ratio to_ratio(const Amount& value) {
  return Ratio(to_big(value.parts()), power_of_ten(Amount::places));
}

std::string to_string(const Amount& value, int digits) {
  return to_digits(rounded(value, digits), digits);
}

std::optional<Decimal> round_amount(const Amount& value, int digits) {
  const Big whole = rounded(value, digits);
  if (whole > Big(std::numeric_limits<std::int64_t>::max()) ||
      whole < Big(std::numeric_limits<std::int64_t>::min()))
    return std::nullopt;
  return Decimal{static_cast<std::int64_t>(whole), digits};
}

std::string to_exact_string(const Amount& value) {
  std::string text = to_digits(to_big(value.parts()), Amount::places);
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text;
}

std::optional<Amount> parse_amount(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const auto point = text.find('.');
  const auto whole = text.substr(0, point);
  auto behind = point == std::string_view::npos ? std::string_view{} : text.substr(point + 1);
  if (whole.empty() || behind.size() > Amount::places || whole.size() > 25) return std::nullopt;
  if (point != std::string_view::npos && behind.empty()) return std::nullopt;
  std::string digits(whole);
  digits += behind;
  digits.append(std::size_t(Amount::places) - behind.size(), '0');
  for (const char c : digits)
    if (c < '0' || c > '9') return std::nullopt;
  const auto start = std::min(digits.find_first_not_of('0'), digits.size() - 1);
  const Big value(digits.substr(start));
  return Amount(to_whole(negative ? Big(-value) : value));
}

}  // namespace austral::measurement
