// Deflators from our table, as whole numbers of one scale.
#include "codes/deflator.hpp"

#include <algorithm>
#include <limits>
#include <string>

#include "base/error.hpp"
#include "base/tsv.hpp"

namespace austral::codes {
namespace {

constexpr int deflator_scale = 14;  // digits behind the point of the longest one published

struct YearlyDeflator {
  PriceYear year;
  Decimal published;
  std::int64_t level = 0;  ///< Units: 10^-deflator_scale
};

const std::vector<YearlyDeflator>& all_deflators() {
  static const auto all = [] {
    std::vector<YearlyDeflator> deflators;
    const TsvTable table = read_embedded_table("data/prices/deflators.tsv");
    const auto year = table.column("year"), value = table.column("deflator"),
               state = table.column("state");
    for (const auto row : table.rows()) {
      const auto published = parse_decimal(row[value]);
      AUSTRAL_ASSERT(published && published->mantissa > 0 && published->scale <= deflator_scale);
      const auto level = round_to(*published, deflator_scale);
      AUSTRAL_ASSERT(level);
      deflators.push_back({{std::stoi(std::string(row[year])), row[state] == "projected"},
                           *published,
                           level->mantissa});
      AUSTRAL_ASSERT(deflators.back().year.year ==
                     deflators.front().year.year + int(deflators.size()) - 1);
    }
    AUSTRAL_ASSERT(!deflators.empty());
    return deflators;
  }();
  return all;
}

const YearlyDeflator* find_yearly(int year) {
  const auto& all = all_deflators();
  const int place = year - all.front().year.year;
  return place < 0 || place >= int(all.size()) ? nullptr : &all[std::size_t(place)];
}

}  // namespace

std::optional<Decimal> find_deflator(int year) {
  const auto* yearly = find_yearly(year);
  return yearly ? std::optional<Decimal>(yearly->published) : std::nullopt;
}

const std::vector<PriceYear>& price_years() {
  static const auto years = [] {
    std::vector<PriceYear> all;
    for (const auto& one : all_deflators()) all.push_back(one.year);
    return all;
  }();
  return years;
}

Deflation::Deflation(int price_year) : price_year_(price_year) {
  const auto& all = all_deflators();
  first_year_ = all.front().year.year;
  const auto* wanted = find_yearly(price_year);
  if (!wanted)
    throw Error(Kind::invalid, "there are no prices of " + std::to_string(price_year) +
                                   "; use a year from " + std::to_string(first_year_) + " to " +
                                   std::to_string(all.back().year.year));
  for (const auto& yearly : all) {
    const auto wide = static_cast<unsigned __int128>(wanted->level) << shift_;
    const auto quick = wide / static_cast<unsigned __int128>(yearly.level);
    AUSTRAL_ASSERT(quick <= std::numeric_limits<std::uint64_t>::max());
    factors_.push_back({std::uint64_t(quick), wanted->level, yearly.level});
  }
}

std::optional<std::int64_t> Deflation::divide_exactly(std::int64_t cents, const Factor& factor) {
  const __int128 product = static_cast<__int128>(cents) * factor.up;
  const __int128 down = factor.down;
  __int128 whole = product / down;
  const __int128 rest = product % down < 0 ? -(product % down) : product % down;
  const bool is_odd = (whole & 1) != 0;
  if (rest * 2 > down || (rest * 2 == down && is_odd)) whole += product < 0 ? -1 : 1;
  if (whole > std::numeric_limits<std::int64_t>::max() ||
      whole < std::numeric_limits<std::int64_t>::min())
    return std::nullopt;
  return std::int64_t(whole);
}

std::optional<std::int64_t> to_constant_cents(std::int64_t cents, int year, int price_year) {
  if (!find_yearly(price_year)) return std::nullopt;
  return Deflation(price_year).convert(cents, year);
}

}  // namespace austral::codes
