// The table of all possible groups that the quick way adds to.
#include <sys/mman.h>

#include "review/cube_quick.hpp"

namespace austral::review {
namespace {

constexpr std::size_t large_page = std::size_t(2) << 20;

void add_slot(const MoneySlot& slot, unsigned measure, TallyCell& cell) {
  const auto contributions = std::uint32_t(slot[1]), unpriced = std::uint32_t(slot[1] >> 32);
  if (contributions == 0) return;
  if (contributions > unpriced) cell.add_cents(measure, std::int64_t(slot[0]));
  cell.contributions += contributions;
  cell.unpriced += unpriced;
}

}  // namespace

void* allocate_zeroes(std::size_t bytes) {
  auto* memory = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  if (bytes >= large_page) madvise(memory, bytes, MADV_HUGEPAGE);  // a wish
  return memory;
}

void free_zeroes(void* memory, std::size_t bytes) { munmap(memory, bytes); }

void QuickTable::add_waiting() {
  for (auto& waiting : waiting_counts_) {
    initiatives_[waiting.at] += waiting.what;
    waiting = {};
  }
  for (auto& waiting : waiting_money_) {
    money_[waiting.at] += waiting.what;
    waiting = {};
  }
}

void QuickTable::add_up_counts(std::uint64_t stride, std::uint64_t length) {
  const auto block = stride * length;
  for (std::uint64_t from = 0; from < keys_; from += block)
    for (auto key = from + stride; key < from + block; ++key)
      initiatives_[key] += initiatives_[key - stride];
}

void QuickTable::merge(const QuickTable& other, std::uint64_t from, std::uint64_t to) {
  for (auto key = from; key < to; ++key) initiatives_[key] += other.initiatives_[key];
  for (unsigned measure = 0; measure < 4; ++measure) {
    if (other.total_[measure][1] == 0) continue;
    for (auto at = measure * keys_ + from; at < measure * keys_ + to; ++at)
      money_[at] += other.money_[at];
  }
}

void QuickTable::merge_total(const QuickTable& other) {
  for (unsigned measure = 0; measure < 4; ++measure) total_[measure] += other.total_[measure];
  all_initiatives_ += other.all_initiatives_;
  all_records_ += other.all_records_;
  magnitude_ += other.magnitude_;
}

bool QuickTable::has(std::uint64_t key) const {
  if (initiatives_[key] != 0) return true;
  for (unsigned measure = 0; measure < 4; ++measure)
    if (total_[measure][1] != 0 && money_[measure * keys_ + key][1] != 0) return true;
  return false;
}

TallyCell QuickTable::at(std::uint64_t key) const {
  TallyCell cell;
  cell.key = key;
  cell.initiatives = std::uint32_t(initiatives_[key]);
  cell.records = std::uint32_t(initiatives_[key] >> 32);
  for (unsigned measure = 0; measure < 4; ++measure)
    if (total_[measure][1] != 0) add_slot(money_[measure * keys_ + key], measure, cell);
  return cell;
}

TallyCell QuickTable::total() const {
  TallyCell cell;
  cell.initiatives = std::uint32_t(all_initiatives_);
  cell.records = std::uint32_t(all_records_);
  for (unsigned measure = 0; measure < 4; ++measure) add_slot(total_[measure], measure, cell);
  return cell;
}

}  // namespace austral::review
