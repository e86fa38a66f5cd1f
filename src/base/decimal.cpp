// Decimal arithmetic through 128 bits: every result is exact or rounded half-even exactly once.
#include "base/decimal.hpp"

#include <algorithm>
#include <array>
#include <boost/multiprecision/cpp_int.hpp>
#include <limits>
#include <numeric>

#include "base/error.hpp"
#include "base/text.hpp"

namespace austral {
namespace {

__extension__ typedef __int128 Wide;
__extension__ typedef unsigned __int128 UnsignedWide;
using Widest = boost::multiprecision::uint256_t;

constexpr int most_scale = 18;
constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t smallest = std::numeric_limits<std::int64_t>::min();

constexpr auto powers_of_ten = [] {
  std::array<Wide, 39> powers{};
  powers[0] = 1;
  for (std::size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * 10;
  return powers;
}();

constexpr Wide power(int exponent) { return powers_of_ten[std::size_t(exponent)]; }

bool fits(Wide value) { return value >= smallest && value <= largest; }

std::optional<Decimal> narrow(Wide mantissa, int scale) {
  if (!fits(mantissa)) return {};
  return Decimal{std::int64_t(mantissa), scale};
}

UnsignedWide absolute(Wide value) {
  return value < 0 ? UnsignedWide(0) - UnsignedWide(value) : UnsignedWide(value);
}

bool rounds_up(UnsignedWide quotient, UnsignedWide remainder, UnsignedWide divisor) {
  const UnsignedWide rest = divisor - remainder;
  return remainder > rest || (remainder == rest && quotient % 2 != 0);
}

Wide divide_half_even(Wide numerator, Wide divisor) {
  const UnsignedWide top = absolute(numerator), bottom = absolute(divisor);
  UnsignedWide quotient = top / bottom;
  if (rounds_up(quotient, top % bottom, bottom)) ++quotient;
  return (numerator < 0) != (divisor < 0) ? -Wide(quotient) : Wide(quotient);
}

// `mantissa * 10^-from` at scale `to`.
std::optional<Decimal> rescale(Wide mantissa, int from, int to) {
  if (from > to) return narrow(divide_half_even(mantissa, power(from - to)), to);
  if (!fits(mantissa)) return {};
  return narrow(mantissa * power(to - from), to);
}

// The digits of a decimal text: `significant * 10^exponent`, without trailing zeros.
struct Digits {
  UnsignedWide significant = 0;
  int exponent = 0;          // of the last significant digit
  int written_fraction = 0;  // digits behind the point, zeros too
};

// False when there is no digit or when the digits need more than 64 bits.
bool take_digits(std::string_view& text, Digits& digits) {
  constexpr UnsignedWide limit = UnsignedWide(largest) + 1;
  int pending_zeros = 0;
  bool any = false, point = false;
  std::size_t i = 0;
  for (; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '.' && !point) {
      point = true;
      continue;
    }
    if (!is_digit(c)) break;
    any = true;
    if (point) ++digits.written_fraction;
    if (c == '0') {
      ++pending_zeros;
      continue;
    }
    if (digits.significant != 0) {
      if (pending_zeros > 18) return false;
      digits.significant *= UnsignedWide(power(pending_zeros + 1));
    }
    digits.significant += UnsignedWide(c - '0');
    if (digits.significant > limit) return false;
    pending_zeros = 0;
  }
  digits.exponent = pending_zeros - digits.written_fraction;
  text.remove_prefix(i);
  return any;
}

// Reads `E+6` and the like; clamped, since beyond some hundreds only zero can be held anyway.
bool take_exponent(std::string_view& text, int& exponent) {
  if (text.empty()) return true;
  if (text[0] != 'e' && text[0] != 'E') return false;
  text.remove_prefix(1);
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  if (text.empty()) return false;
  for (; !text.empty() && is_digit(text[0]); text.remove_prefix(1))
    exponent = std::min(exponent * 10 + (text[0] - '0'), 100'000'000);
  if (negative) exponent = -exponent;
  return text.empty();
}

// Keeps as many of the zeros that were written behind the point as 64 bits and scale 18 allow.
Decimal widen(Wide mantissa, int scale, int written_scale) {
  written_scale = std::min(written_scale, most_scale);
  while (scale < written_scale && fits(mantissa * 10)) {
    mantissa *= 10;
    ++scale;
  }
  return {std::int64_t(mantissa), scale};
}

// Shape: weights as whole numbers of one common scale.
template <class Number>
std::vector<std::int64_t> split_whole(std::uint64_t total, const std::vector<Number>& weights) {
  Number sum = 0;
  for (const Number& weight : weights) sum += weight;
  std::vector<std::int64_t> parts(weights.size());
  std::vector<Number> remainders(weights.size());
  std::uint64_t given = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const Number product = weights[i] * total;
    const Number quotient = product / sum;
    remainders[i] = product - quotient * sum;
    const auto part = static_cast<std::uint64_t>(quotient);
    given += part;
    parts[i] = static_cast<std::int64_t>(part);
  }
  std::uint64_t left = total - given;
  if (left == 0) return parts;
  std::vector<std::size_t> order(weights.size());
  std::iota(order.begin(), order.end(), std::size_t(0));
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return remainders[a] > remainders[b]; });
  for (std::size_t i = 0; left > 0; ++i, --left)
    parts[order[i]] = static_cast<std::int64_t>(static_cast<std::uint64_t>(parts[order[i]]) + 1);
  return parts;
}

int common_scale(const std::vector<Decimal>& weights) {
  int scale = 0;
  for (const auto& weight : weights) {
    if (weight.is_negative())
      throw Error(Kind::invalid, "cannot split by the negative weight " + to_string(weight));
    scale = std::max(scale, weight.scale);
  }
  return scale;
}

template <class Number>
std::vector<Number> whole_weights(const std::vector<Decimal>& weights, int scale) {
  std::vector<Number> whole;
  whole.reserve(weights.size());
  for (const auto& weight : weights) {
    Number number = static_cast<std::uint64_t>(weight.mantissa);
    number *= static_cast<std::uint64_t>(power(scale - weight.scale));
    whole.push_back(number);
  }
  return whole;
}

}  // namespace

std::strong_ordering operator<=>(const Decimal& left, const Decimal& right) {
  const int scale = std::max(left.scale, right.scale);
  return left.mantissa * power(scale - left.scale) <=> right.mantissa * power(scale - right.scale);
}

bool operator==(const Decimal& left, const Decimal& right) { return (left <=> right) == 0; }

std::optional<Decimal> parse_decimal(std::string_view text) {
  text = trim(text);
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  Digits digits;
  int exponent = 0;
  if (!take_digits(text, digits) || !take_exponent(text, exponent)) return {};
  const int written_scale = std::max(0, digits.written_fraction - exponent);
  if (digits.significant == 0) return widen(0, 0, written_scale);
  Wide mantissa = Wide(digits.significant);
  if (negative) mantissa = -mantissa;
  const int last = digits.exponent + exponent;
  if (last < -most_scale || last > 18) return {};
  if (last > 0) mantissa *= power(last);
  if (!fits(mantissa)) return {};
  return widen(mantissa, std::max(0, -last), written_scale);
}

std::string to_string(const Decimal& value) {
  char digits[32];
  int at = sizeof digits;
  UnsignedWide rest = absolute(value.mantissa);
  for (int i = 0; rest != 0 || i <= value.scale; ++i) {
    if (i == value.scale && i > 0) digits[--at] = '.';
    digits[--at] = char('0' + int(rest % 10));
    rest /= 10;
  }
  if (value.is_negative()) digits[--at] = '-';
  return std::string(digits + at, sizeof digits - std::size_t(at));
}

Decimal normalise(Decimal value) {
  while (value.scale > 0 && value.mantissa % 10 == 0) {
    value.mantissa /= 10;
    --value.scale;
  }
  return value;
}

std::optional<Decimal> round_to(const Decimal& value, int scale) {
  AUSTRAL_ASSERT(scale >= 0 && scale <= most_scale);
  return rescale(value.mantissa, value.scale, scale);
}

std::optional<Decimal> add(const Decimal& left, const Decimal& right) {
  int scale = std::max(left.scale, right.scale);
  Wide sum =
      left.mantissa * power(scale - left.scale) + right.mantissa * power(scale - right.scale);
  for (; !fits(sum) && scale > 0 && sum % 10 == 0; --scale) sum /= 10;
  return narrow(sum, scale);
}

std::optional<Decimal> multiply(const Decimal& left, const Decimal& right, int scale) {
  AUSTRAL_ASSERT(scale >= 0 && scale <= most_scale);
  return rescale(Wide(left.mantissa) * right.mantissa, left.scale + right.scale, scale);
}

std::optional<Decimal> divide(const Decimal& left, const Decimal& right, int scale) {
  AUSTRAL_ASSERT(scale >= 0 && scale <= most_scale);
  if (right.is_zero()) return {};
  int digits = scale + right.scale - left.scale;
  if (digits <= 0)
    return narrow(divide_half_even(left.mantissa, right.mantissa * power(-digits)), scale);
  const UnsignedWide divisor = absolute(right.mantissa);
  UnsignedWide quotient = absolute(left.mantissa) / divisor;
  UnsignedWide remainder = absolute(left.mantissa) % divisor;
  while (digits > 0) {  // long division, 18 digits a step, since the whole needs up to 183 bits
    if (quotient > UnsignedWide(largest) + 1) return {};
    const int step = std::min(digits, 18);
    remainder *= UnsignedWide(power(step));
    quotient = quotient * UnsignedWide(power(step)) + remainder / divisor;
    remainder %= divisor;
    digits -= step;
  }
  if (rounds_up(quotient, remainder, divisor)) ++quotient;
  if (quotient > UnsignedWide(largest) + 1) return {};
  const bool negative = left.is_negative() != right.is_negative();
  return narrow(negative ? -Wide(quotient) : Wide(quotient), scale);
}

std::vector<std::int64_t> split_by_weights(std::int64_t total,
                                           const std::vector<Decimal>& weights) {
  if (weights.empty()) return {};
  const int scale = common_scale(weights);
  const auto amount = std::uint64_t(absolute(total));
  Widest sum = 0;
  for (const Widest& weight : whole_weights<Widest>(weights, scale)) sum += weight;
  std::vector<std::int64_t> parts;
  if (sum == 0)
    parts = split_whole(amount, std::vector<UnsignedWide>(weights.size(), 1));
  else if (sum <= Widest(std::numeric_limits<std::uint64_t>::max()))
    parts = split_whole(amount, whole_weights<UnsignedWide>(weights, scale));
  else
    parts = split_whole(amount, whole_weights<Widest>(weights, scale));
  if (total < 0)
    for (auto& part : parts) part = std::int64_t(0 - std::uint64_t(part));
  return parts;
}

}  // namespace austral
