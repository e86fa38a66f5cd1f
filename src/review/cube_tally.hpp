// Groups being summed: found by a 64-bit key in a dense table where few keys are possible, else by
// hashing.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "base/error.hpp"

namespace austral::review {

/// What one group adds up to. Bit m of `priced`: a contribution of measure m has a dollar amount.
struct TallyCell {
  std::uint64_t key = 0;
  std::array<std::int64_t, 4> cents = {};
  std::uint32_t initiatives = 0, records = 0, contributions = 0, unpriced = 0;
  std::uint8_t priced = 0;

  void add_cents(unsigned measure, std::int64_t amount) {
    AUSTRAL_ASSERT(!__builtin_add_overflow(cents[measure], amount, &cents[measure]));
    priced |= std::uint8_t(1u << measure);
  }
  void add(const TallyCell& other) {
    for (unsigned measure = 0; measure < cents.size(); ++measure)
      if (other.priced >> measure & 1) add_cents(measure, other.cents[measure]);
    initiatives += other.initiatives;
    records += other.records;
    contributions += other.contributions;
    unpriced += other.unpriced;
  }
};

/// Cells in the order in which their keys were met.
class Tally {
 public:
  /// `keys`: how many are possible.
  explicit Tally(std::uint64_t keys) : dense_(keys <= most_dense) {
    slots_.assign(dense_ ? std::size_t(keys) : 1024, 0);
  }
  /// Lives until the next key is met.
  TallyCell& at(std::uint64_t key) {
    if (dense_) {
      auto& slot = slots_[key];
      if (slot == 0) slot = add_cell(key);
      return cells_[slot - 1];
    }
    return find(key);
  }
  std::vector<TallyCell>& cells() { return cells_; }

 private:
  static constexpr std::uint64_t most_dense = std::uint64_t(1) << 22;

  std::uint32_t add_cell(std::uint64_t key) {
    cells_.emplace_back().key = key;
    return std::uint32_t(cells_.size());
  }
  static std::uint64_t hash(std::uint64_t key) {
    key *= 0x9e3779b97f4a7c15u;
    return key ^ key >> 29;
  }
  TallyCell& find(std::uint64_t key) {
    if (slots_.size() < 2 * (cells_.size() + 1)) grow();
    const auto mask = slots_.size() - 1;
    auto at = hash(key) & mask;
    for (; slots_[at] != 0; at = (at + 1) & mask)
      if (cells_[slots_[at] - 1].key == key) return cells_[slots_[at] - 1];
    slots_[at] = add_cell(key);
    return cells_.back();
  }
  void grow() {
    slots_.assign(slots_.size() * 4, 0);
    const auto mask = slots_.size() - 1;
    for (std::uint32_t i = 0; i < cells_.size(); ++i) {
      auto at = hash(cells_[i].key) & mask;
      while (slots_[at] != 0) at = (at + 1) & mask;
      slots_[at] = i + 1;
    }
  }

  bool dense_;
  std::vector<std::uint32_t> slots_;  // cell + 1, or 0
  std::vector<TallyCell> cells_;
};

}  // namespace austral::review
