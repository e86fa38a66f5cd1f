// Finds where money goes, and adds it there.
#include "review/cube_quick_money.hpp"

#include <algorithm>

namespace austral::review {

SlotFinder::SlotFinder(const Plan& plan, QuickTable& table)
    : columns_(plan.columns), first_unpriced_(std::int32_t(unpriced_plane * table.keys())) {
  const auto add = [](const Adds& adds, std::uint32_t number) {
    if (adds.empty()) return 0;
    return adds[number] < 0 ? no_slot : std::int32_t(adds[number]);
  };
  for (const auto& occasion : columns_.occasion_list) {
    const auto measure = plan.measure_of_flag[occasion.flag & ~unsigned(unpriced_bit)];
    const auto plane = occasion.flag & unpriced_bit ? unpriced_plane : unsigned(measure);
    auto slot = no_slot;
    if (measure >= 0) {
      slot = std::int32_t(plane * table.keys()) + add(plan.recipient, occasion.recipient) +
             add(plan.year, occasion.year);
      table.use_plane(plane);
    }
    occasions_.push_back(slot);
    planes_.push_back(std::uint8_t(plane));
  }
  look_up(plan.provider, columns_.provider);
  look_up(plan.terms, columns_.terms);
}

void SlotFinder::look_up(const Adds& adds, const Packed& column) {
  if (adds.empty()) return;
  auto& look = looks_.emplace_back();
  look.column = &column;
  for (const auto add : adds) look.adds.push_back(add < 0 ? no_slot : std::int32_t(add));
}

const std::int32_t* SlotFinder::find(std::size_t from, std::size_t to) {
  const auto size = to - from;
  if (slots_.size() < size) slots_.resize(2 * size);
  auto* slots = slots_.data();
  columns_.occasions.visit([&, adds = occasions_.data()](const auto* numbers) {
    for (std::size_t i = 0; i < size; ++i) slots[i] = adds[numbers[from + i]];
  });
  for (const auto& look : looks_)
    look.column->visit([&, adds = look.adds.data()](const auto* numbers) {
      for (std::size_t i = 0; i < size; ++i) slots[i] += adds[numbers[from + i]];
    });
  return slots;
}

SlotFinder::Counted SlotFinder::count(std::size_t from, std::size_t to) const {
  const auto* counts = columns_.counts.data() + from;
  std::uint32_t all = 0, unpriced = 0;
  for (std::size_t i = 0; i < to - from; ++i) {
    all += slots_[i] >= 0 ? counts[i] : 0u;
    unpriced += slots_[i] >= first_unpriced_ ? counts[i] : 0u;
  }
  return {all, unpriced};
}

MoneyAdder::MoneyAdder(QuickTable& table) : table_(table) {
  const auto slots = money_planes * table.keys();
  near_.fill(table.money());
  if (slots > smallest) return;
  small_.resize(copies * slots);
  for (std::size_t i = 0; i < copies; ++i) near_[i] = small_.data() + i * slots;
}

void MoneyAdder::finish() {
  flush();
  auto* money = table_.money();
  const auto slots = small_.size() / copies;
  for (std::size_t i = 0; i < small_.size(); ++i) money[i % slots] += small_[i];
  std::fill(small_.begin(), small_.end(), MoneySlot{});
}

void MoneyAdder::flush() {
  const auto [first, second, third, fourth] = near_;
  // Beyond the end stand slots of before: what is added there is nothing.
  for (auto i = size_; i % copies != 0; ++i) {
    slots_[i] = 0;
    money_[i] = {};
  }
  const auto money = [this](std::size_t at) {
    return MoneySlot{money_[at].cents, money_[at].count};
  };
  for (std::size_t i = 0; i < size_; i += copies) {
    first[slots_[i]] += money(i);
    second[slots_[i + 1]] += money(i + 1);
    third[slots_[i + 2]] += money(i + 2);
    fourth[slots_[i + 3]] += money(i + 3);
  }
  size_ = 0;
}

void cross_lists(const std::vector<ListAdds>& lists, std::size_t place,
                 std::vector<std::uint64_t>& keys, std::vector<std::uint64_t>& next) {
  keys.assign(1, 0);
  for (const auto& list : lists) {
    next.clear();
    each_add(list, place, [&](std::uint64_t add) {
      for (const auto key : keys) next.push_back(key + add);
    });
    keys.swap(next);
  }
}

}  // namespace austral::review
