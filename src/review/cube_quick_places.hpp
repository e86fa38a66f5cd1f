// How the quick way goes over the initiatives asked for.
#pragma once

#include <algorithm>
#include <bit>
#include <vector>

#include "review/cube.hpp"

namespace austral::review {

/// How many places before it is read memory is asked for: first where a list stands, then itself.
inline constexpr std::size_t fetch_early = 16, fetch_late = 8;

/// Calls `use` with some thousand places of a set at a time: a pointer and how many.
template <class Use>
void each_places(const Selection& set, std::size_t from, std::size_t to, const Use& use) {
  constexpr std::size_t words_at_once = 64;
  std::vector<std::uint32_t> places(64 * words_at_once);
  for (std::size_t word_at = from / 64; word_at * 64 < to;) {
    const auto end = std::min((to + 63) / 64, word_at + words_at_once);
    std::size_t size = 0;
    for (; word_at < end; ++word_at) {
      auto word = set.words()[word_at];
      const auto start = word_at * 64;
      if (start < from) word &= ~std::uint64_t(0) << (from - start);
      if (to - start < 64) word &= (std::uint64_t(1) << (to - start)) - 1;
      for (; word != 0; word &= word - 1)
        places[size++] = std::uint32_t(start + std::size_t(std::countr_zero(word)));
    }
    use(places.data(), size);
  }
}

}  // namespace austral::review
