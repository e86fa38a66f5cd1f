// The quick way over initiatives and contributions: for questions with at most one split, no
// groupings, and few enough groups for a table of all of them.
#pragma once

#include <utility>

#include "review/cube_plan.hpp"

namespace austral::review {

/// Contributions of one group: their cents, and how many they are. Both at once, as one addition.
using MoneySlot = std::uint64_t __attribute__((vector_size(16)));

void* allocate_zeroes(std::size_t bytes);
void free_zeroes(void* memory, std::size_t bytes);
/// Asks for large pages under memory that nothing was written to yet.
void wish_large_pages(void* memory, std::size_t bytes);
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
  T* data() { return values_; }
  T& operator[](std::uint64_t at) { return values_[at]; }
  const T& operator[](std::uint64_t at) const { return values_[at]; }

 private:
  std::size_t bytes_;
  T* values_;
};

/// Money is summed in planes: one a measure, so that neighbouring years share a line, and one for
/// what has no dollar amount.
inline constexpr unsigned money_planes = 5, unpriced_plane = 4;

/// A place for every possible group in each plane.
class QuickTable {
 public:
  explicit QuickTable(std::uint64_t keys)
      : keys_(keys), initiatives_(keys), more_records_(keys), money_(money_planes * keys) {}
  std::uint64_t keys() const { return keys_; }
  /// By key: initiatives, and how many records they have beyond one each.
  std::uint32_t* initiatives() { return initiatives_.data(); }
  std::uint32_t* more_records() { return more_records_.data(); }
  /// By plane and key.
  MoneySlot* money() { return money_.data(); }
  void use_plane(unsigned plane) { used_[plane] = true; }

  void add_initiatives(std::uint64_t initiatives, std::uint64_t more_records) {
    all_initiatives_ += initiatives;
    all_more_records_ += more_records;
  }
  void add_total(unsigned plane, MoneySlot money) { total_[plane] += money; }
  /// Makes the groups' money the total, which has fewer contributions than they: some stand in
  /// several groups.
  void add_up_money(std::uint64_t contributions, std::uint64_t unpriced);
  /// What was counted stands for all keys from there on, `length` of them `stride` apart, until
  /// it is taken away again: each group becomes the sum of those before it.
  void add_up_counts(std::uint64_t stride, std::uint64_t length);
  /// Any cents that were added are no more than this together.
  void add_magnitude(QuickWide cents) { magnitude_ += cents; }
  QuickWide magnitude() const { return magnitude_; }

  /// Takes another table's groups in.
  void merge(const QuickTable& other, std::uint64_t from, std::uint64_t to);
  void merge_total(const QuickTable& other);
  /// The keys of a span that anything was added to, ascending.
  std::vector<std::uint32_t> list_keys(std::uint64_t from, std::uint64_t to) const;
  TallyCell at(std::uint64_t key) const;
  TallyCell total() const;

 private:
  std::uint64_t keys_;
  ZeroedTable<std::uint32_t> initiatives_, more_records_;
  ZeroedTable<MoneySlot> money_;
  std::array<bool, money_planes> used_ = {};
  std::array<MoneySlot, money_planes> total_ = {};
  std::uint64_t again_ = 0, again_unpriced_ = 0;  // what the total has too many
  std::uint64_t all_initiatives_ = 0, all_more_records_ = 0;
  QuickWide magnitude_ = 0;
};

bool is_quick(const Plan& plan);
/// Counts and sums a span of initiatives.
void scan_quickly(const Plan& plan, std::size_t from, std::size_t to, QuickTable& table);

}  // namespace austral::review
