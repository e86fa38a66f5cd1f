// What the ways of adding money up share: where a bundle's money goes, and adding it there.
#pragma once

#include <vector>

#include "review/cube_quick.hpp"

namespace austral::review {

/// Slots number the groups of a table, plane by plane. Below zero: asked by nobody, and it stays so
/// whatever else is added.
inline constexpr std::int32_t no_slot = std::numeric_limits<std::int32_t>::min() / 8;

/// Where each bundle's money goes, before its split.
class SlotFinder {
 public:
  SlotFinder(const Plan& plan, QuickTable& table);
  /// Of a span of bundles; valid until the next one.
  const std::int32_t* find(std::size_t from, std::size_t to);
  /// Contributions of bundles that have a slot, and those without a dollar amount among them.
  struct Counted {
    std::uint64_t all = 0, unpriced = 0;
  };
  /// Of the span that was found last.
  Counted count(std::size_t from, std::size_t to) const;
  unsigned plane_of(std::size_t bundle) const { return planes_[columns_.occasions[bundle]]; }
  [[gnu::always_inline]] void fetch(std::size_t bundle) const {
    columns_.occasions.fetch(bundle);
    for (const auto& look : looks_) look.column->fetch(bundle);
  }

 private:
  /// Numbers of one column turned into what they add.
  struct Look {
    std::vector<std::int32_t> adds;
    const Packed* column = nullptr;
  };
  void look_up(const Adds& adds, const Packed& column);

  const Cube::Columns& columns_;
  std::vector<std::int32_t> occasions_;
  std::vector<std::uint8_t> planes_;  // by occasion
  std::vector<Look> looks_;
  std::vector<std::int32_t> slots_;
  std::int32_t first_unpriced_;
};

/// Adds money to a table. The table is larger than the nearest memory and met in no order: what is
/// added waits while its place is fetched, so that many are on their way at once.
class MoneyAdder {
 public:
  static constexpr std::size_t at_once = 128;

  explicit MoneyAdder(QuickTable& table);
  MoneyAdder(const MoneyAdder&) = delete;

  /// As a MoneySlot, but written number by number.
  struct alignas(MoneySlot) Money {
    std::uint64_t cents = 0, count = 0;
  };
  /// Room for `at_once` more, which the caller fills by itself: its pace is what the whole scan's
  /// hangs on, and what it keeps at hand is not read again after each store.
  struct Room {
    std::int32_t* slots;
    Money* money;
    const MoneySlot* table;
    std::size_t size = 0;

    /// Below zero: stays free.
    [[gnu::always_inline]] void add(std::int32_t slot, std::int64_t cents, std::uint64_t count) {
      const auto let = std::size_t(slot >= 0);
      __builtin_prefetch(table + (slot & -std::int32_t(let)), 1);
      slots[size] = slot;
      money[size].cents = std::uint64_t(cents);
      money[size].count = count;
      size += let;
    }
  };
  Room make_room() {
    if (size_ > at_once) flush();
    return {slots_.data() + size_, money_.data() + size_, near_[0]};
  }
  void take(const Room& room) { size_ += room.size; }
  /// `slot`: not below zero.
  void add(std::int32_t slot, std::int64_t cents, std::uint64_t count) {
    __builtin_prefetch(near_[0] + slot, 1);
    slots_[size_] = slot;
    money_[size_] = {std::uint64_t(cents), count};
    if (++size_ == slots_.size()) flush();
  }
  /// Before anything is read of the table.
  void finish();

 private:
  void flush();
  static constexpr std::size_t copies = 4, smallest = 2048;  // slots

  QuickTable& table_;
  /// A small table is met in the same place again and again: copies take turns, or each addition
  /// would wait for the one before.
  std::vector<MoneySlot> small_;
  std::array<MoneySlot*, copies> near_;
  std::array<std::int32_t, 2 * at_once> slots_;
  std::array<Money, 2 * at_once> money_;
  std::size_t size_ = 0;
};

/// Every sum of one number of each list.
void cross_lists(const std::vector<ListAdds>& lists, std::size_t place,
                 std::vector<std::uint64_t>& keys, std::vector<std::uint64_t>& next);

void count_quickly(const Plan& plan, std::size_t from, std::size_t to, QuickTable& table);
/// By bundles and their parts made beforehand. Gives false, and adds nothing, where contributions
/// are to be looked at one by one.
bool sum_bundles(const Plan& plan, std::size_t from, std::size_t to, QuickTable& table);
/// One contribution after another: for constant prices, and for splits finer than those made
/// beforehand.
void sum_contributions(const Plan& plan, std::size_t from, std::size_t to, QuickTable& table);

}  // namespace austral::review
