// The quick way over initiatives and contributions: for questions with at most one split, no
// groupings, and few enough groups for a table of all of them.
#pragma once

#include <cstdlib>
#include <memory>
#include <vector>

#include "review/cube_plan.hpp"

namespace austral::review {

/// Contributions of one measure in one group; `counts`: how many, and above bit 32 the unpriced.
struct MoneySlot {
  std::int64_t cents = 0;
  std::uint64_t counts = 0;
};

/// A place for every possible group: measures apart, so that neighbouring years share a line.
class QuickTable {
 public:
  explicit QuickTable(std::uint64_t keys)
      : keys_(keys),
        initiatives_(zeroed<std::uint64_t>(keys)),
        money_(zeroed<MoneySlot>(4 * keys)) {}
  std::uint64_t keys() const { return keys_; }
  /// `counts`: one initiative, and above bit 32 its records.
  void count(std::uint64_t key, std::uint64_t counts) { initiatives_[key] += counts; }
  void add(std::uint64_t key, unsigned measure, std::int64_t cents, std::uint64_t counts) {
    add(money_[measure * keys_ + key], cents, counts);
  }
  void add_total(unsigned measure, std::int64_t cents, std::uint64_t counts) {
    add(total_[measure], cents, counts);
  }
  void add_initiative(std::uint64_t records) {
    ++all_initiatives_;
    all_records_ += records;
  }
  /// Throws: Error where a sum did not fit.
  void add_to(std::uint64_t key, TallyCell& cell) const;
  void add_to_total(TallyCell& cell) const;

 private:
  struct Free {
    void operator()(void* memory) const { std::free(memory); }
  };
  template <class T>
  using Zeroed = std::unique_ptr<T[], Free>;
  /// Pages come when first written to: most questions leave most of the table alone.
  template <class T>
  static Zeroed<T> zeroed(std::uint64_t size) {
    auto* memory = static_cast<T*>(std::calloc(size, sizeof(T)));
    if (!memory) throw std::bad_alloc();
    return Zeroed<T>(memory);
  }
  void add(MoneySlot& slot, std::int64_t cents, std::uint64_t counts) {
    overflow_ |= __builtin_add_overflow(slot.cents, cents, &slot.cents);
    slot.counts += counts;
  }
  static void add_slot(const MoneySlot& slot, unsigned measure, TallyCell& cell);

  std::uint64_t keys_;
  Zeroed<std::uint64_t> initiatives_;
  Zeroed<MoneySlot> money_;
  std::array<MoneySlot, 4> total_ = {};
  std::uint64_t all_initiatives_ = 0, all_records_ = 0;
  bool overflow_ = false;
};

bool is_quick(const Plan& plan);
/// Sums a span of initiatives.
void scan_quickly(const Plan& plan, std::size_t from, std::size_t to, QuickTable& table);

}  // namespace austral::review
