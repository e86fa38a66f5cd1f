// Exact decimal numbers: mantissa and exponent, products in 128 bits, rounding half-even, once.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace austral {

/// The number `mantissa * 10^-scale`; 12.50 is {1250, 2}. Scale is 0..18.
struct Decimal {
  std::int64_t mantissa = 0;
  std::int32_t scale = 0;

  bool is_zero() const { return mantissa == 0; }
  bool is_negative() const { return mantissa < 0; }
};

bool operator==(const Decimal& left, const Decimal& right);  ///< by value: 1.50 == 1.5
std::strong_ordering operator<=>(const Decimal& left, const Decimal& right);  ///< by value

/// Reads xsd:decimal text and what real files write instead of it: spaces around, a leading `+`,
/// exponent form (`1.2E+6`). Trailing zeros behind the point are kept as far as scale 18 and 64
/// bits go. Returns nothing for anything else (`1,000`, `12 USD`, empty, NaN) and for what 64 bits
/// cannot hold exactly; the caller makes a Finding of it.
std::optional<Decimal> parse_decimal(std::string_view text);

std::string to_string(const Decimal& value);  ///< plain digits, no exponent, scale kept: `12.50`
Decimal normalise(Decimal value);             ///< without trailing zeros behind the point

/// Half-even to `scale` digits behind the point; nothing when 64 bits cannot hold it.
std::optional<Decimal> round_to(const Decimal& value, int scale);

/// Exact sum; nothing when 64 bits cannot hold it.
std::optional<Decimal> add(const Decimal& left, const Decimal& right);

/// left * right, rounded half-even once to `scale`; nothing when 64 bits cannot hold it.
std::optional<Decimal> multiply(const Decimal& left, const Decimal& right, int scale);

/// left / right, rounded half-even once to `scale`; nothing for a zero divisor or overflow.
std::optional<Decimal> divide(const Decimal& left, const Decimal& right, int scale);

/// Splits a whole number of minor units by weights with the largest-remainder method: the parts add
/// up to `total` exactly; ties go to the earlier part; all-zero weights split equally.
/// Shape: one part a weight. Negative totals split like their absolute value, sign kept.
/// Throws: Error::invalid for a negative weight.
std::vector<std::int64_t> split_by_weights(std::int64_t total, const std::vector<Decimal>& weights);

}  // namespace austral
