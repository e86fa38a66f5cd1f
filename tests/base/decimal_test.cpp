// Decimals are exact, round once and split without losing a cent.
#include "base/decimal.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <boost/multiprecision/cpp_int.hpp>
#include <limits>
#include <numeric>

#include "base/error.hpp"

namespace austral {
namespace {

using Big =
    boost::multiprecision::cpp_int;  // exact without limit: what all results are held against

constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t smallest = std::numeric_limits<std::int64_t>::min();

Big ten_to(int exponent) { return boost::multiprecision::pow(Big(10), unsigned(exponent)); }

Decimal decimal(std::string_view text) {
  const auto value = parse_decimal(text);
  EXPECT_TRUE(value) << text;
  return value.value_or(Decimal{});
}

std::optional<Decimal> held(const Big& mantissa, int scale) {
  if (mantissa < smallest || mantissa > largest) return {};
  return Decimal{static_cast<std::int64_t>(mantissa), scale};
}

// numerator / divisor, half-even, by comparing twice the remainder with the divisor.
Big nearest_even(Big numerator, Big divisor) {
  const bool negative = (numerator < 0) != (divisor < 0);
  numerator = abs(numerator);
  divisor = abs(divisor);
  Big quotient = numerator / divisor;
  const Big twice = 2 * (numerator % divisor);
  if (twice > divisor || (twice == divisor && quotient % 2 == 1)) ++quotient;
  return negative ? Big(-quotient) : quotient;
}

void expect_same(const std::optional<Decimal>& got, const std::optional<Decimal>& wanted) {
  RC_ASSERT(got.has_value() == wanted.has_value());
  if (!got) return;
  RC_ASSERT(got->mantissa == wanted->mantissa);
  RC_ASSERT(got->scale == wanted->scale);
}

rc::Gen<std::int64_t> any_mantissa() {
  return rc::gen::oneOf(
      rc::gen::arbitrary<std::int64_t>(), rc::gen::inRange<std::int64_t>(smallest, largest),
      rc::gen::elementOf(std::vector<std::int64_t>{smallest, largest, 0, 5, 25, 50, -5, -15}));
}

rc::Gen<Decimal> any_decimal() {
  return rc::gen::construct<Decimal>(any_mantissa(), rc::gen::inRange<std::int32_t>(0, 19));
}

TEST(Decimal, ReadsWhatFilesHold) {
  // Source: XML Schema 1.0 Part 2 (W3C 2004), 3.2.3 decimal: its own examples -1.23,
  // 12678967.543233, +100000.00, 210.
  EXPECT_EQ(to_string(decimal("-1.23")), "-1.23");
  EXPECT_EQ(to_string(decimal("12678967.543233")), "12678967.543233");
  EXPECT_EQ(to_string(decimal("+100000.00")), "100000.00");
  EXPECT_EQ(to_string(decimal("210")), "210");
  EXPECT_EQ(to_string(decimal(" 12.50\n")), "12.50");
  EXPECT_EQ(to_string(decimal("1.2E+6")), "1200000");
  EXPECT_EQ(to_string(decimal("1.5e-3")), "0.0015");
  EXPECT_EQ(to_string(decimal("-0")), "0");
  EXPECT_EQ(to_string(decimal(".5")), "0.5");
  EXPECT_EQ(to_string(decimal("5.")), "5");
  EXPECT_EQ(to_string(decimal("0e999999999999999999")), "0");
}

TEST(Decimal, KeepsExactlyWhatFitsAndNothingElse) {
  EXPECT_EQ(decimal("9223372036854775807").mantissa, largest);
  EXPECT_EQ(decimal("-9223372036854775808").mantissa, smallest);
  EXPECT_EQ(to_string(decimal("-9223372036854775808")), "-9223372036854775808");
  EXPECT_FALSE(parse_decimal("9223372036854775808"));
  EXPECT_FALSE(parse_decimal("0.0000000000000000001"));
  EXPECT_EQ(to_string(decimal("0.000000000000000001")), "0.000000000000000001");
  EXPECT_EQ(to_string(decimal("1.0000000000000000000000000")), "1.000000000000000000");
  EXPECT_EQ(decimal("12345678901.00000000000000000000"), decimal("12345678901"));
  EXPECT_EQ(decimal("00000000000000000000000000000000000007"), decimal("7"));
  EXPECT_FALSE(parse_decimal("1e19"));
  EXPECT_FALSE(parse_decimal("1e-19"));
}

TEST(Decimal, RefusesWhatIsNoNumber) {
  for (const char* text : {"", " ", ".", "+", "-", "1,000", "12 USD", "NaN", "INF", "0x1F", "1e",
                           "1e+", "1e5.5", "--1", "+-1", "1.2.3", "1 000", "e5", "٣"})
    EXPECT_FALSE(parse_decimal(text)) << text;
}

TEST(Decimal, RoundsTiesToTheEvenNeighbour) {
  // Source: IEEE 754-2019, 4.3.1 roundTiesToEven.
  const auto whole = [](const char* text) { return round_to(decimal(text), 0)->mantissa; };
  EXPECT_EQ(whole("0.5"), 0);
  EXPECT_EQ(whole("1.5"), 2);
  EXPECT_EQ(whole("2.5"), 2);
  EXPECT_EQ(whole("-2.5"), -2);
  EXPECT_EQ(whole("-3.5"), -4);
  EXPECT_EQ(whole("2.500000001"), 3);
  EXPECT_EQ(to_string(*round_to(decimal("12.5"), 3)), "12.500");
  EXPECT_FALSE(round_to(decimal("9223372036854775807"), 1));
}

TEST(Decimal, ComparesByValue) {
  EXPECT_EQ(decimal("1.50"), decimal("1.5"));
  EXPECT_LT(decimal("-1.5"), decimal("-1.49"));
  EXPECT_GT(decimal("9223372036854775807"), decimal("9.223372036854775807"));
  EXPECT_EQ(to_string(normalise(decimal("120.500"))), "120.5");
  EXPECT_EQ(to_string(normalise(decimal("100"))), "100");
  EXPECT_EQ(to_string(normalise(decimal("0.00"))), "0");
}

TEST(Decimal, RefusesToDivideByZero) { EXPECT_FALSE(divide(decimal("1"), decimal("0.00"), 2)); }

TEST(Decimal, AddsExactlyOrNotAtAll) {
  EXPECT_EQ(to_string(*add(decimal("0.1"), decimal("0.2"))), "0.3");
  EXPECT_FALSE(add(decimal("9223372036854775807"), decimal("1")));
  EXPECT_FALSE(add(decimal("9223372036854775807"), decimal("0.1")));
  EXPECT_EQ(to_string(*add(decimal("9223372036854775806"), {1'000'000'000'000'000'000, 18})),
            "9223372036854775807");
}

RC_GTEST_PROP(DecimalProperty, PrintsWhatItReads, ()) {
  const auto value = *any_decimal();
  const auto again = parse_decimal(to_string(value));
  RC_ASSERT(again.has_value());
  RC_ASSERT(again->mantissa == value.mantissa);
  RC_ASSERT(again->scale == value.scale);
}

RC_GTEST_PROP(DecimalProperty, ReadsAnyBytesWithoutHarm, (const std::string& text)) {
  const auto value = parse_decimal(text);
  if (value) RC_ASSERT(value->scale >= 0 && value->scale <= 18);
}

RC_GTEST_PROP(DecimalProperty, OrdersLikeExactNumbers, ()) {
  const auto left = *any_decimal(), right = *any_decimal();
  const Big a = Big(left.mantissa) * ten_to(18 - left.scale);
  const Big b = Big(right.mantissa) * ten_to(18 - right.scale);
  RC_ASSERT((left < right) == (a < b));
  RC_ASSERT((left == right) == (a == b));
  RC_ASSERT(normalise(left) == left);
}

RC_GTEST_PROP(DecimalProperty, AddsLikeExactNumbers, ()) {
  const auto left = *any_decimal(), right = *any_decimal();
  const int scale = std::max(left.scale, right.scale);
  Big sum = Big(left.mantissa) * ten_to(scale - left.scale) +
            Big(right.mantissa) * ten_to(scale - right.scale);
  int kept = scale;
  while (!held(sum, kept) && kept > 0 && sum % 10 == 0) {
    sum /= 10;
    --kept;
  }
  expect_same(add(left, right), held(sum, kept));
}

RC_GTEST_PROP(DecimalProperty, RoundsLikeExactNumbers, ()) {
  const auto value = *any_decimal();
  const int scale = *rc::gen::inRange(0, 19);
  const Big wanted = nearest_even(Big(value.mantissa) * ten_to(scale), ten_to(value.scale));
  expect_same(round_to(value, scale), held(wanted, scale));
}

RC_GTEST_PROP(DecimalProperty, MultipliesLikeExactNumbers, ()) {
  const auto left = *any_decimal(), right = *any_decimal();
  const int scale = *rc::gen::inRange(0, 19);
  const Big product = Big(left.mantissa) * right.mantissa * ten_to(scale);
  expect_same(multiply(left, right, scale),
              held(nearest_even(product, ten_to(left.scale + right.scale)), scale));
}

RC_GTEST_PROP(DecimalProperty, DividesLikeExactNumbers, ()) {
  const auto left = *any_decimal();
  auto right = *any_decimal();
  if (right.is_zero()) right.mantissa = 3;
  const int scale = *rc::gen::inRange(0, 19);
  const Big numerator = Big(left.mantissa) * ten_to(right.scale) * ten_to(scale);
  const Big divisor = Big(right.mantissa) * ten_to(left.scale);
  expect_same(divide(left, right, scale), held(nearest_even(numerator, divisor), scale));
}

TEST(Split, FollowsThePublishedExample) {
  // Source: Wikipedia, "Largest remainder method" (Hare quota example): 10 seats for votes of
  // 47,000, 16,000, 15,800, 12,000, 6,100 and 3,100 are 5, 2, 1, 1, 1 and 0.
  const std::vector<Decimal> votes = {{47000, 0}, {16000, 0}, {15800, 0},
                                      {12000, 0}, {6100, 0},  {3100, 0}};
  EXPECT_EQ(split_by_weights(10, votes), (std::vector<std::int64_t>{5, 2, 1, 1, 1, 0}));
}

TEST(Split, GivesTiesToTheEarlier) {
  const std::vector<Decimal> thirds = {{1, 0}, {10, 1}, {100, 2}};
  EXPECT_EQ(split_by_weights(100, thirds), (std::vector<std::int64_t>{34, 33, 33}));
  EXPECT_EQ(split_by_weights(-100, thirds), (std::vector<std::int64_t>{-34, -33, -33}));
  EXPECT_EQ(split_by_weights(2, {{0, 0}, {0, 2}, {0, 0}}), (std::vector<std::int64_t>{1, 1, 0}));
  EXPECT_EQ(split_by_weights(7, {{0, 0}, {1, 18}}), (std::vector<std::int64_t>{0, 7}));
  EXPECT_TRUE(split_by_weights(5, {}).empty());
  EXPECT_EQ(split_by_weights(smallest, {{1, 0}}), (std::vector<std::int64_t>{smallest}));
}

TEST(Split, RefusesNegativeWeights) { EXPECT_THROW(split_by_weights(1, {{-1, 0}}), Error); }

RC_GTEST_PROP(SplitProperty, AddsUpAndStaysWithinOne, ()) {
  const auto total = *any_mantissa();
  auto weights = *rc::gen::nonEmpty(rc::gen::container<std::vector<Decimal>>(any_decimal()));
  for (auto& weight : weights) {
    if (weight.mantissa == smallest) weight.mantissa = 0;
    if (weight.mantissa < 0) weight.mantissa = -weight.mantissa;
  }
  const auto parts = split_by_weights(total, weights);
  RC_ASSERT(parts.size() == weights.size());
  std::vector<Big> exact;
  for (const auto& weight : weights)
    exact.push_back(Big(weight.mantissa) * ten_to(18 - weight.scale));
  Big sum = std::accumulate(exact.begin(), exact.end(), Big(0));
  if (sum == 0) {
    exact.assign(exact.size(), 1);
    sum = exact.size();
  }
  RC_ASSERT(std::accumulate(parts.begin(), parts.end(), Big(0)) == total);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    RC_ASSERT(abs(Big(parts[i]) * sum - exact[i] * total) < sum);
    if (exact[i] == 0) RC_ASSERT(parts[i] == 0);
    for (std::size_t j = i + 1; j < parts.size(); ++j) {
      if (exact[i] >= exact[j]) RC_ASSERT(abs(Big(parts[i])) >= abs(Big(parts[j])));
      if (exact[i] < exact[j]) RC_ASSERT(abs(Big(parts[i])) <= abs(Big(parts[j])));
    }
  }
}

}  // namespace
}  // namespace austral
