// The table of all possible groups that the quick way adds to.
#include <sys/mman.h>

#include <bit>

#include "review/cube_quick.hpp"

namespace austral::review {
namespace {

constexpr std::size_t large_page = std::size_t(2) << 20;

}  // namespace

void* allocate_zeroes(std::size_t bytes) {
  auto* memory = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  wish_large_pages(memory, bytes);
  return memory;
}

void wish_large_pages(void* memory, std::size_t bytes) {
  constexpr std::uintptr_t page = 4096;
  const auto start = (reinterpret_cast<std::uintptr_t>(memory) + page - 1) / page * page;
  const auto end = (reinterpret_cast<std::uintptr_t>(memory) + bytes) / page * page;
  if (bytes >= large_page) madvise(reinterpret_cast<void*>(start), end - start, MADV_HUGEPAGE);
}

void free_zeroes(void* memory, std::size_t bytes) { munmap(memory, bytes); }

void QuickTable::add_up_counts(std::uint64_t stride, std::uint64_t length) {
  const auto block = stride * length;
  for (auto* counts : {initiatives(), more_records()})
    for (std::uint64_t from = 0; from < keys_; from += block)
      for (auto key = from + stride; key < from + block; ++key) counts[key] += counts[key - stride];
}

void QuickTable::add_up_money(std::uint64_t contributions, std::uint64_t unpriced) {
  for (unsigned plane = 0; plane < money_planes; ++plane) {
    if (!used_[plane]) continue;
    MoneySlot all = {};
    for (auto at = plane * keys_; at < (plane + 1) * keys_; ++at) all += money_[at];
    total_[plane] += all;
    again_ += all[1];
    if (plane == unpriced_plane) again_unpriced_ += all[1];
  }
  again_ -= contributions;
  again_unpriced_ -= unpriced;
}

void QuickTable::merge(const QuickTable& other, std::uint64_t from, std::uint64_t to) {
  for (auto key = from; key < to; ++key) initiatives_[key] += other.initiatives_[key];
  for (auto key = from; key < to; ++key) more_records_[key] += other.more_records_[key];
  for (unsigned plane = 0; plane < money_planes; ++plane)
    if (other.used_[plane])
      for (auto at = plane * keys_ + from; at < plane * keys_ + to; ++at)
        money_[at] += other.money_[at];
}

void QuickTable::merge_total(const QuickTable& other) {
  for (unsigned plane = 0; plane < money_planes; ++plane) {
    total_[plane] += other.total_[plane];
    used_[plane] |= other.used_[plane];
  }
  all_initiatives_ += other.all_initiatives_;
  all_more_records_ += other.all_more_records_;
  again_ += other.again_;
  again_unpriced_ += other.again_unpriced_;
  magnitude_ += other.magnitude_;
}

std::vector<std::uint32_t> QuickTable::list_keys(std::uint64_t from, std::uint64_t to) const {
  std::vector<std::uint64_t> any((to - from) / 64 + 1);
  const auto look = [&](auto&& has) {
    for (auto key = from; key < to; ++key)
      any[(key - from) / 64] |= std::uint64_t(has(key)) << (key - from) % 64;
  };
  look([&](std::uint64_t key) { return initiatives_[key] != 0; });
  for (unsigned plane = 0; plane < money_planes; ++plane)
    if (used_[plane]) look([&](std::uint64_t key) { return money_[plane * keys_ + key][1] != 0; });
  std::vector<std::uint32_t> keys;
  std::size_t size = 0;
  for (const auto word : any) size += std::size_t(std::popcount(word));
  keys.reserve(size);
  for (std::size_t i = 0; i < any.size(); ++i)
    for (auto word = any[i]; word != 0; word &= word - 1)
      keys.push_back(std::uint32_t(from + i * 64 + std::size_t(std::countr_zero(word))));
  return keys;
}

namespace {

void add_plane(const MoneySlot& slot, unsigned plane, TallyCell& cell) {
  const auto contributions = std::uint32_t(slot[1]);
  if (contributions == 0) return;
  cell.contributions += contributions;
  if (plane == unpriced_plane)
    cell.unpriced += contributions;
  else
    cell.add_cents(plane, std::int64_t(slot[0]));
}

}  // namespace

TallyCell QuickTable::at(std::uint64_t key) const {
  TallyCell cell;
  cell.key = key;
  cell.initiatives = initiatives_[key];
  cell.records = cell.initiatives + more_records_[key];
  for (unsigned plane = 0; plane < money_planes; ++plane)
    if (used_[plane]) add_plane(money_[plane * keys_ + key], plane, cell);
  return cell;
}

TallyCell QuickTable::total() const {
  TallyCell cell;
  cell.initiatives = std::uint32_t(all_initiatives_);
  cell.records = std::uint32_t(all_initiatives_ + all_more_records_);
  for (unsigned plane = 0; plane < money_planes; ++plane) add_plane(total_[plane], plane, cell);
  cell.contributions -= std::uint32_t(again_);
  cell.unpriced -= std::uint32_t(again_unpriced_);
  return cell;
}

}  // namespace austral::review
