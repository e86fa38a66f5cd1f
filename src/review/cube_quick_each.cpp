// Adds up contributions one by one, each converted and split on its own.
#include <algorithm>

#include "review/cube_quick_mix.hpp"
#include "review/cube_quick_money.hpp"
#include "review/cube_quick_places.hpp"

namespace austral::review {
namespace {

class ContributionSum {
 public:
  ContributionSum(const Plan& plan, QuickTable& table)
      : plan_(plan),
        columns_(plan.columns),
        table_(table),
        slots_(plan, table),
        adder_(table),
        keys_(std::int32_t(table.keys())) {
    if (plan.deflation) table.use_plane(unpriced_plane);
    if (plan.sectors.empty() && plan.goals.empty()) return;
    split_ = plan.sectors.empty() ? &columns_.goals : &columns_.sectors;
    adds_ = plan.sectors.empty() ? &plan.goals : &plan.sectors;
  }
  void sum(std::size_t from, std::size_t to);

 private:
  void sum_place(std::size_t place);
  void sum_bundle(std::size_t at, std::int32_t slot, QuickMix& mix, std::size_t first);
  void add_split(QuickMix& mix, std::int32_t slot, unsigned plane, std::int64_t cents);
  QuickMix& find_mix(std::size_t place, std::size_t at);
  void move_own(std::size_t at) {
    const auto& own = split_->own.at;
    while (own_ < own.size() && own[own_] < at) ++own_;
    next_own_ = own_ < own.size() ? own[own_] : std::numeric_limits<std::size_t>::max();
  }
  void add(std::int32_t slot, std::int64_t cents) {
    for (const auto base : bases_) adder_.add(std::int32_t(base) + slot, cents, 1);
  }
  void add_total(unsigned plane, std::int64_t cents) {
    table_.add_total(plane, MoneySlot{std::uint64_t(cents), 1});
  }

  const Plan& plan_;
  const Cube::Columns& columns_;
  QuickTable& table_;
  SlotFinder slots_;
  MoneyAdder adder_;
  std::int32_t keys_;
  const SplitColumn* split_ = nullptr;
  const Adds* adds_ = nullptr;
  std::size_t own_ = 0;  // place in the bundles' own splits
  std::size_t next_own_ = std::numeric_limits<std::size_t>::max();  // bundle of that place
  QuickMix of_initiative_, of_bundle_;
  std::vector<std::uint64_t> bases_ = {0}, next_;
};

void ContributionSum::add_split(QuickMix& mix, std::int32_t slot, unsigned plane,
                                std::int64_t cents) {
  if (mix.groups() == 0) return;
  if (mix.whole()) {
    add_total(plane, cents);
    return add(slot + std::int32_t(mix.group(0)), cents);
  }
  const auto all = mix.divide(cents, [&](std::uint64_t group, std::int64_t part) {
    add(slot + std::int32_t(group), part);
  });
  add_total(plane, all);
}

QuickMix& ContributionSum::find_mix(std::size_t place, std::size_t at) {
  if (!split_) return of_initiative_;
  if (next_own_ < at) move_own(at);
  const bool is_own = next_own_ == at;
  auto& mix = is_own ? of_bundle_ : of_initiative_;
  const auto number = is_own ? split_->own.mix[own_] : split_->of[place];
  if (!mix.has(number)) mix.read(split_->mixes, number, *adds_);
  return mix;
}

void ContributionSum::sum_bundle(std::size_t at, std::int32_t slot, QuickMix& mix,
                                 std::size_t first) {
  const auto& occasion = columns_.occasion(at);
  const auto plane = slots_.plane_of(at);
  for (std::size_t n = 0; n < columns_.counts[at]; ++n) {
    auto cents = std::optional(columns_.cents_of(at, first, n));
    if (plane != unpriced_plane && plan_.deflation)
      cents = plan_.deflation->convert(*cents, plan_.years[occasion.year]);
    const auto to = cents ? plane : unpriced_plane;
    const auto amount = cents.value_or(0);
    const auto moved = slot + std::int32_t(to - plane) * keys_;
    table_.add_magnitude(amount < 0 ? 0 - std::uint64_t(amount) : std::uint64_t(amount));
    if (split_) {
      add_split(mix, moved, to, amount);
    } else {
      add_total(to, amount);
      add(moved, amount);
    }
  }
}

void ContributionSum::sum_place(std::size_t place) {
  const std::size_t from = columns_.first_bundle[place], to = columns_.first_bundle[place + 1];
  if (from == to) return;
  if (!plan_.initiative_lists.empty()) cross_lists(plan_.initiative_lists, place, bases_, next_);
  const auto* slots = slots_.find(from, to);
  std::size_t cents = columns_.first[place];
  for (std::size_t at = from; at < to; cents += columns_.cents_kept(at++))
    if (const auto slot = slots[at - from]; slot >= 0)
      sum_bundle(at, slot, find_mix(place, at), cents);
}

void ContributionSum::sum(std::size_t from, std::size_t to) {
  if (split_) {
    const auto& at = split_->own.at;
    own_ = std::size_t(std::lower_bound(at.begin(), at.end(), columns_.first_bundle[from]) -
                       at.begin());
    move_own(columns_.first_bundle[from]);
  }
  each_places(plan_.money, from, to, [&](const std::uint32_t* places, std::size_t size) {
    for (std::size_t i = 0; i < size; ++i) sum_place(places[i]);
  });
  adder_.finish();
}

}  // namespace

void sum_contributions(const Plan& plan, std::size_t from, std::size_t to, QuickTable& table) {
  ContributionSum(plan, table).sum(from, to);
}

}  // namespace austral::review
