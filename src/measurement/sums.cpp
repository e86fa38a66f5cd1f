// Adds up answers.
#include "measurement/sums.hpp"

#include <algorithm>
#include <numeric>
#include <set>

#include "base/error.hpp"
#include "measurement/valuation.hpp"

namespace austral::measurement {
namespace {

/// The items behind a code: itself, a group's, a total's parts and theirs.
std::vector<std::size_t> items_behind(const Methodology& methodology, std::string_view code) {
  std::vector<std::size_t> places;
  for (std::size_t n = 0; n < methodology.items.size(); ++n) {
    const auto& item = methodology.items[n];
    if (item.code == code || methodology.groups[item.group].code == code) places.push_back(n);
  }
  for (const auto& total : methodology.totals)
    if (total.code == code)
      for (const auto& part : total.of) {
        const auto more = items_behind(methodology, part);
        places.insert(places.end(), more.begin(), more.end());
      }
  if (places.empty() && std::none_of(methodology.groups.begin(), methodology.groups.end(),
                                     [&](const Group& group) { return group.code == code; }))
    throw Error(Kind::not_found, "the methodology " + methodology.name +
                                     " has no group, item or total '" + std::string(code) + "'");
  return places;
}

}  // namespace

std::vector<ItemSum> sum_items(const Answer& answer) {
  const auto& of = *answer.methodology;
  const auto& facts = *answer.facts;
  std::vector<ItemSum> sums(of.items.size());
  std::vector<std::int64_t> last(of.items.size(), -1);
  std::set<std::int64_t> initiatives;
  const auto see = [&](std::size_t item, std::uint32_t fact) -> ItemSum& {
    auto& sum = sums[item];
    const auto initiative = facts.rows[fact].initiative;
    ++sum.rows;
    if (last[item] != initiative) ++sum.initiatives;  // facts come initiative by initiative
    last[item] = initiative;
    if (initiatives.empty() || *initiatives.rbegin() != initiative) initiatives.insert(initiative);
    return sum;
  };
  for (const auto& row : answer.valued) {
    auto& sum = see(row.item, row.fact);
    sum.amount += row.value;
    ++sum.methods[row.method];
  }
  for (const auto& row : answer.counted) {
    const auto& item = of.items[row.item];
    const auto& trait = facts.traits[facts.rows[row.fact].trait];
    const auto& unit = item.unit == "as-given" ? trait.unit : item.unit;
    auto& sum = see(row.item, row.fact);
    sum.quantities[unit] += row.quantity;
    if (!item.by.empty()) sum.apart[{unit, std::string(trait.detail(item.by))}] += row.quantity;
  }
  for (std::size_t n = 0; n < of.items.size(); ++n)
    if (of.items[n].unit == "initiative") {
      sums[n].initiatives = std::int64_t(initiatives.size());
      sums[n].quantities["initiative"] = to_amount(Ratio(std::int64_t(initiatives.size())));
    }
  return sums;
}

Amount sum_of(const Answer& answer, const std::vector<ItemSum>& items, std::string_view code) {
  Amount sum;
  for (const auto place : items_behind(*answer.methodology, code)) sum += items[place].amount;
  return sum;
}

std::optional<Decimal> Spread::per_cent() const {
  if (smallest <= Amount{}) return std::nullopt;
  return round_amount(to_amount((to_ratio(largest) / to_ratio(smallest) - 1) * 100), 1);
}

std::vector<Spread> spread_items(const Answer& answer) {
  const auto& of = *answer.methodology;
  Valuation valuation(answer);
  std::vector<Spread> spreads(of.items.size());
  std::vector<Amount> sums(of.items.size());
  for (std::size_t n = 0; n < of.items.size(); ++n)
    for (const auto method : of.items[n].methods) spreads[n].methods.push_back({method, 0, {}});
  for (const auto& row : answer.valued) {
    sums[row.item] += row.value;
    const auto& fact = answer.facts->rows[row.fact];
    for (auto& one : spreads[row.item].methods) {
      auto value = row.value;
      if (one.method == row.method) {
        ++one.rows;
      } else if (valuation.fits(one.method, fact.trait)) {
        if (const auto other = valuation.value(fact, one.method)) {
          value = *other;
          ++one.rows;
        }
      }
      one.sum += value;
    }
  }
  for (std::size_t n = 0; n < spreads.size(); ++n) {
    auto& spread = spreads[n];
    std::erase_if(spread.methods, [](const MethodSum& one) { return one.rows == 0; });
    spread.smallest = spread.largest = sums[n];
    for (const auto& one : spread.methods) {
      spread.smallest = std::min(spread.smallest, one.sum);
      spread.largest = std::max(spread.largest, one.sum);
    }
  }
  return spreads;
}

Spread spread_of(const Answer& answer, const std::vector<Spread>& items, std::string_view code) {
  Spread sum;
  for (const auto place : items_behind(*answer.methodology, code)) {
    sum.smallest += items[place].smallest;
    sum.largest += items[place].largest;
  }
  return sum;
}

namespace {

using Whole = Amount::Whole;

/// Units: 10^-12.
Whole unit_of(int digits) {
  Whole unit = 1;
  for (int n = digits; n < Amount::places; ++n) unit *= 10;
  return unit;
}

Whole floor_of(Whole value, Whole unit) {
  return value >= 0 ? value / unit : -((-value + unit - 1) / unit);
}

}  // namespace

Amount round_whole(const Amount& amount, int digits) {
  const Whole unit = unit_of(digits), below = floor_of(amount.parts(), unit);
  const Whole twice = (amount.parts() - below * unit) * 2;
  return Amount((below + (twice > unit || (twice == unit && (below & 1)) ? 1 : 0)) * unit);
}

std::vector<Amount> round_parts(const std::vector<Amount>& parts, int digits) {
  Amount sum;
  for (const auto& part : parts) sum += part;
  return round_parts(parts, digits, round_whole(sum, digits));
}

std::vector<Amount> round_parts(const std::vector<Amount>& parts, int digits, const Amount& sum) {
  const Whole unit = unit_of(digits);
  Whole left = sum.parts() / unit;
  std::vector<Whole> floors;
  for (const auto& part : parts) {
    floors.push_back(floor_of(part.parts(), unit));
    left -= floors.back();
  }
  std::vector<std::size_t> order(parts.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t one, std::size_t other) {
    return parts[one].parts() - floors[one] * unit > parts[other].parts() - floors[other] * unit;
  });
  for (std::size_t n = 0; left > 0 && n < order.size(); ++n, --left) ++floors[order[n]];
  for (std::size_t n = order.size(); left < 0 && n > 0; --n, ++left) --floors[order[n - 1]];
  std::vector<Amount> rounded;
  for (const auto floor : floors) rounded.emplace_back(floor * unit);
  return rounded;
}

}  // namespace austral::measurement
