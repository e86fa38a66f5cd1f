// Reads a list of codes and splits cents over it.
#include "review/cube_quick_mix.hpp"

#include <algorithm>

#include "review/cube_quick.hpp"
#include "review/cube_split.hpp"

namespace austral::review {

void QuickMix::read(const Mixes& mixes, std::uint32_t mix, const Adds& adds) {
  mix_ = mix;
  groups_.clear();
  group_of_.clear();
  const auto length = mixes.length(mix);
  const auto* values = mixes.begin(mix);
  bool excludes = false;
  for (std::size_t i = 0; i < std::max<std::size_t>(1, length); ++i) {
    const auto add = adds[length == 0 ? 0 : values[i]];
    if (add < 0) {
      excludes = true;
      group_of_.push_back(none);
      continue;
    }
    const auto found = std::find(groups_.begin(), groups_.end(), std::uint64_t(add));
    group_of_.push_back(std::uint32_t(found - groups_.begin()));
    if (found == groups_.end()) groups_.push_back(std::uint64_t(add));
  }
  whole_ = groups_.size() == 1 && !excludes;
  apart_ = groups_.size() == length && !excludes;
  if (whole_ || groups_.empty()) return;
  weights_ = mixes.weights(mix);
  sum_ = 0;
  for (std::size_t i = 0; i < length; ++i) sum_ += weights_[i];
  inverse_ = std::numeric_limits<std::uint64_t>::max() / sum_;
  parts_.resize(length);
  rests_.resize(length);
  sums_.resize(groups_.size());
}

/// As split_cents, dividing by a multiplication that is one short at most.
void QuickMix::split(std::int64_t cents) {
  const auto amount = cents < 0 ? 0 - std::uint64_t(cents) : std::uint64_t(cents);
  const auto count = parts_.size();
  if (amount > inverse_) return split_cents(cents, weights_, count, parts_.data());
  auto left = amount;
  for (std::size_t i = 0; i < count; ++i) {
    const auto product = amount * weights_[i];
    auto part = std::uint64_t(QuickWide(product) * inverse_ >> 64);
    auto rest = product - part * sum_;
    const auto more = std::uint64_t(rest >= sum_);
    part += more;
    rest -= more * sum_;
    rests_[i] = rest;
    left -= part;
    parts_[i] = std::int64_t(part);
  }
  if (count == 2) {
    const auto up = std::uint64_t(left > 0 && rests_[0] >= rests_[1]);
    parts_[0] += std::int64_t(up);
    parts_[1] += std::int64_t(left - up);
    left = 0;
  }
  for (; left > 0; --left) {
    const auto largest =
        std::size_t(std::max_element(rests_.begin(), rests_.end()) - rests_.begin());
    ++parts_[largest];
    rests_[largest] = 0;
  }
  if (cents < 0)
    for (auto& part : parts_) part = -part;
}

}  // namespace austral::review
