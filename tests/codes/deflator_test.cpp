// Constant prices: the source's figures, exact rounding, and years without a price.
#include "codes/deflator.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <limits>
#include <sstream>

#include "base/error.hpp"

namespace austral::codes {
namespace {

/// Source: Development Initiatives, di_deflators_2018.csv, US: 2010 0.87041074, 2015 0.94835338,
/// 2018 1. 100.00 / 0.94835338 = 105.4459...; 100.00 * 0.94835338 / 0.87041074 = 108.9547...
TEST(Deflation, figures_of_the_source) {
  EXPECT_EQ(find_deflator(2015), (Decimal{94835338, 8}));
  EXPECT_EQ(find_deflator(2018), (Decimal{1, 0}));
  EXPECT_EQ(to_constant_cents(10'000, 2015, 2018), 10'545);
  EXPECT_EQ(to_constant_cents(10'000, 2010, 2015), 10'895);
  EXPECT_EQ(to_constant_cents(-10'000, 2010, 2015), -10'895);
  EXPECT_EQ(to_constant_cents(12'345, 2015, 2015), 12'345);
}

TEST(Deflation, years_without_a_price) {
  EXPECT_FALSE(find_deflator(1979));
  EXPECT_FALSE(find_deflator(2026));
  EXPECT_FALSE(to_constant_cents(1, 1979, 2018));
  EXPECT_FALSE(to_constant_cents(1, 2018, 2026));
  EXPECT_FALSE(Deflation(2018).convert(1, -5));
  EXPECT_FALSE(Deflation(2018).convert(1, std::numeric_limits<int>::max()));
  EXPECT_THROW(Deflation(1960), Error);
  EXPECT_EQ(price_years().front().year, 1980);
  EXPECT_EQ(price_years().back().year, 2025);
  EXPECT_FALSE(price_years()[39].projected) << "2019";
  EXPECT_TRUE(price_years()[40].projected) << "2020";
}

TEST(Deflation, too_large_is_nothing) {
  const auto most = std::numeric_limits<std::int64_t>::max();
  EXPECT_FALSE(to_constant_cents(most, 1980, 2018));
  EXPECT_FALSE(to_constant_cents(-most - 1, 1980, 2018));
  EXPECT_EQ(to_constant_cents(most, 2018, 2018), most);
}

/// The quick way agrees with decimals divided digit by digit.
RC_GTEST_PROP(Deflation, agrees_with_decimal_division, ()) {
  const int year = *rc::gen::inRange(1980, 2026), price_year = *rc::gen::inRange(1980, 2026);
  const auto size = *rc::gen::elementOf(std::vector<std::int64_t>{100, 1'000'000, 4'000'000'000});
  const auto cents = *rc::gen::inRange<std::int64_t>(-size, size);
  const auto from = *find_deflator(year), to = *find_deflator(price_year);
  // cents * to / from as whole numbers, for both scales at once.
  __int128 up = static_cast<__int128>(cents) * to.mantissa, down = from.mantissa;
  for (int i = 0; i < from.scale; ++i) up *= 10;
  for (int i = 0; i < to.scale; ++i) down *= 10;
  const __int128 twice = up * 2, result = *to_constant_cents(cents, year, price_year);
  const __int128 difference = twice - result * 2 * down;  // between -down and down
  RC_ASSERT(difference <= down && difference >= -down);
  if (difference == down || difference == -down) RC_ASSERT((result & 1) == 0);
}

/// Where the quick way ends and the exact one begins, amounts go on growing step by step.
TEST(Deflation, quick_and_exact_meet_at_the_limit) {
  const Deflation deflation(2018);
  const std::int64_t limit = std::int64_t(1) << 40;
  for (int year = 1980; year < 2026; ++year) {
    std::int64_t before = *deflation.convert(limit - 3, year);
    for (std::int64_t cents = limit - 2; cents < limit + 3; ++cents) {
      const auto now = *deflation.convert(cents, year);
      EXPECT_GE(now, before) << year;
      EXPECT_LE(now - before, 3) << year;
      EXPECT_EQ(deflation.convert(-cents, year), -now);
      before = now;
    }
  }
}

TEST(Deflation, table_is_the_published_one) {
  const char* data = std::getenv("AUSTRAL_DATA");
  const std::string path =
      std::string(data ? data : "") +
      "/finance/devinit+ddw-data-update-configs/manual/CSV/di_deflators_2018.csv";
  if (!data || !std::filesystem::exists(path))
    GTEST_SKIP() << "AUSTRAL_DATA names no folder with the published deflators";
  std::ifstream file(path);
  int compared = 0;
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with("US,")) continue;
    std::vector<std::string> cells;
    std::istringstream cut(line);
    for (std::string cell; std::getline(cut, cell, ',');) cells.push_back(cell);
    ASSERT_EQ(cells.size(), 7u) << line;
    if (cells[6].ends_with('\r')) cells[6].pop_back();
    EXPECT_EQ(find_deflator(std::stoi(cells[5])), parse_decimal(cells[6])) << line;
    ++compared;
  }
  EXPECT_EQ(compared, int(price_years().size()));
}

}  // namespace
}  // namespace austral::codes
