// Splits cents by whole weights with the largest remainder, as base split_by_weights does, without
// lists of its own.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace austral::review {

/// Shape: `parts` has room for `count`, which is at least one; the parts add up to `total`; ties go
/// to the earlier part. Weights are above zero.
inline void split_cents(std::int64_t total, const std::uint32_t* weights, std::size_t count,
                        std::int64_t* parts) {
  __extension__ using Wide = unsigned __int128;
  const bool negative = total < 0;
  const auto amount = negative ? 0 - std::uint64_t(total) : std::uint64_t(total);
  std::uint64_t sum = 0, rest = amount;
  for (std::size_t i = 0; i < count; ++i) sum += weights[i];
  thread_local std::vector<std::uint64_t> remainders;
  remainders.resize(count);
  const bool narrow = amount >> 32 == 0;  // then no product needs more than 64 bits
  for (std::size_t i = 0; i < count; ++i) {
    std::uint64_t part = 0;
    if (narrow) {
      const auto product = amount * weights[i];
      part = product / sum;
      remainders[i] = product % sum;
    } else {
      const auto product = Wide(amount) * weights[i];
      part = std::uint64_t(product / sum);
      remainders[i] = std::uint64_t(product % sum);
    }
    parts[i] = std::int64_t(part);
    rest -= part;
  }
  // Fewer are left than there are parts: one each to the largest remainders.
  for (; rest > 0; --rest) {
    const auto largest =
        std::size_t(std::max_element(remainders.begin(), remainders.end()) - remainders.begin());
    ++parts[largest];
    remainders[largest] = 0;
  }
  if (negative)
    for (std::size_t i = 0; i < count; ++i) parts[i] = std::int64_t(0 - std::uint64_t(parts[i]));
}

}  // namespace austral::review
