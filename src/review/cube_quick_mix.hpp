// How the quick way splits single contributions: a list of codes, read once for the neighbours that
// share it.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "review/cube_plan.hpp"

namespace austral::review {

/// What one list of a split means to the question: its groups, and how to divide by its weights.
class QuickMix {
 public:
  static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

  void read(const Mixes& mixes, std::uint32_t mix, const Adds& adds);
  bool has(std::uint32_t mix) const { return mix_ == mix; }
  std::size_t groups() const { return groups_.size(); }
  std::uint64_t group(std::size_t n) const { return groups_[n]; }
  bool whole() const { return whole_; }  ///< one group has all of it
  /// Calls `use` with what each group adds and its cents; gives their sum.
  template <class Use>
  std::int64_t divide(std::int64_t cents, Use&& use);

 private:
  void split(std::int64_t cents);

  std::uint32_t mix_ = none;
  bool whole_ = false, apart_ = false;  // apart_: each part is a group
  const std::uint32_t* weights_ = nullptr;
  std::uint64_t sum_ = 1, inverse_ = 0;  // inverse_: 2^64 - 1 divided by the sum
  std::vector<std::uint64_t> groups_, rests_;
  std::vector<std::uint32_t> group_of_;
  std::vector<std::int64_t> sums_, parts_;
};

template <class Use>
std::int64_t QuickMix::divide(std::int64_t cents, Use&& use) {
  split(cents);
  if (apart_) {
    for (std::size_t i = 0; i < parts_.size(); ++i) use(groups_[i], parts_[i]);
    return cents;
  }
  std::fill(sums_.begin(), sums_.end(), 0);
  std::int64_t all = 0;
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    if (group_of_[i] == none) continue;
    sums_[group_of_[i]] += parts_[i];
    all += parts_[i];
  }
  for (std::size_t i = 0; i < groups_.size(); ++i) use(groups_[i], sums_[i]);
  return all;
}

}  // namespace austral::review
