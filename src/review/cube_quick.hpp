// The quick way over initiatives and contributions: for questions with at most one split, no
// groupings, and few enough groups for a table of all of them.
#pragma once

#include <utility>

#include "review/cube_plan.hpp"

namespace austral::review {

/// Contributions of one measure in one group: their cents, and how many they are with, above bit
/// 32, the unpriced ones. Both at once, as one addition.
using MoneySlot = std::uint64_t __attribute__((vector_size(16)));

void* allocate_zeroes(std::size_t bytes);
void free_zeroes(void* memory, std::size_t bytes);
__extension__ using QuickWide = unsigned __int128;

/// Zeroes in pages as large as the system has: a scan goes over all of them in no order.
template <class T>
class ZeroedTable {
 public:
  explicit ZeroedTable(std::uint64_t size) : bytes_(size * sizeof(T)) {
    values_ = static_cast<T*>(allocate_zeroes(bytes_));
  }
  ZeroedTable(ZeroedTable&& other) noexcept
      : bytes_(other.bytes_), values_(std::exchange(other.values_, nullptr)) {}
  ZeroedTable(const ZeroedTable&) = delete;
  ~ZeroedTable() {
    if (values_) free_zeroes(values_, bytes_);
  }
  T& operator[](std::uint64_t at) { return values_[at]; }
  const T& operator[](std::uint64_t at) const { return values_[at]; }

 private:
  std::size_t bytes_;
  T* values_;
};

/// A place for every possible group: measures apart, so that neighbouring years share a line.
class QuickTable {
 public:
  explicit QuickTable(std::uint64_t keys) : keys_(keys), initiatives_(keys), money_(4 * keys) {}
  /// `counts`: one initiative, and above bit 32 its records.
  void count(std::uint64_t key, std::uint64_t counts) {
    __builtin_prefetch(&initiatives_[key], 1);
    auto& waiting = waiting_counts_[next_count_++ % waiting_most];
    initiatives_[waiting.at] += waiting.what;
    waiting = {key, counts};
  }
  /// What was counted stands for all keys from there on, `length` of them `stride` apart, until
  /// it is taken away again: each group becomes the sum of those before it.
  void add_up_counts(std::uint64_t stride, std::uint64_t length);
  /// `slot`: measure * keys + key.
  void add(std::uint64_t slot, MoneySlot money) {
    __builtin_prefetch(&money_[slot], 1);
    auto& waiting = waiting_money_[next_money_++ % waiting_most];
    money_[waiting.at] += waiting.what;
    waiting = {slot, money};
  }
  /// Adds what waits: before anything is read.
  void add_waiting();
  std::uint64_t keys() const { return keys_; }
  void add_total(unsigned measure, MoneySlot money) { total_[measure] += money; }
  void add_initiative(std::uint64_t records) {
    ++all_initiatives_;
    all_records_ += records;
  }
  /// Any cents that were added are no more than this together.
  void add_magnitude(std::int64_t cents) {
    magnitude_ += cents < 0 ? 0 - std::uint64_t(cents) : std::uint64_t(cents);
  }
  QuickWide magnitude() const { return magnitude_; }
  /// Takes another table's groups in.
  void merge(const QuickTable& other, std::uint64_t from, std::uint64_t to);
  void merge_total(const QuickTable& other);
  bool has(std::uint64_t key) const;
  TallyCell at(std::uint64_t key) const;
  TallyCell total() const;

 private:
  /// The table is larger than the nearest memory and met in no order: what is added waits while
  /// its place is fetched, so that many are on their way at once.
  static constexpr std::size_t waiting_most = 64;
  template <class T>
  struct Waiting {
    std::uint64_t at = 0;
    T what = {};
  };
  std::array<Waiting<std::uint64_t>, waiting_most> waiting_counts_;
  std::array<Waiting<MoneySlot>, waiting_most> waiting_money_;
  std::size_t next_count_ = 0, next_money_ = 0;

  std::uint64_t keys_;
  ZeroedTable<std::uint64_t> initiatives_;
  ZeroedTable<MoneySlot> money_;
  std::array<MoneySlot, 4> total_ = {};
  std::uint64_t all_initiatives_ = 0, all_records_ = 0;
  QuickWide magnitude_ = 0;
};

bool is_quick(const Plan& plan);
/// Sums a span of initiatives.
void scan_quickly(const Plan& plan, std::size_t from, std::size_t to, QuickTable& table);

}  // namespace austral::review
