// Where a term stands: the documents in a list, or, where they are many, a count for every document
// that there is; and what several terms have in common.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <memory>
#include <vector>

namespace austral::search {

/// How often a document is said to have a term at most: more makes no difference to its score.
inline constexpr unsigned most_counted = 255;

/// The documents that hold a term, ascending, and how often each does. Shape: either `dense` or the
/// two lists are empty; `dense` is as long as all documents, and then some to a multiple of eight.
struct Postings {
  std::vector<std::uint32_t> documents;
  std::vector<std::uint8_t> counts;
  std::vector<std::uint8_t> dense;  ///< by document; 0: does not hold it
  std::size_t held = 0;             ///< of `dense`
  std::size_t size() const { return dense.empty() ? documents.size() : held; }
};
using SharedPostings = std::shared_ptr<const Postings>;

/// Whether so many of the documents are better counted for each.
inline bool are_dense(std::size_t held, std::size_t bound) { return held >= bound / 16; }
inline std::vector<std::uint8_t> make_dense(std::size_t bound) {
  return std::vector<std::uint8_t>((bound + 7) / 8 * 8, 0);
}

/// All documents of several lists, with their counts added up.
/// Shape: `bound` is above every document's number.
SharedPostings unite(const std::vector<SharedPostings>& lists, std::size_t bound);

/// The first place at or behind `from` whose document is not below `wanted`.
std::size_t leap(const std::vector<std::uint32_t>& documents, std::size_t from,
                 std::uint32_t wanted);

/// Eight counts, the first in the lowest byte.
inline std::uint64_t eight_counts(const std::vector<std::uint8_t>& dense, std::size_t document) {
  std::uint64_t eight = 0;
  if constexpr (std::endian::native == std::endian::little)
    std::memcpy(&eight, dense.data() + document, sizeof eight);
  else
    for (int i = 7; i >= 0; --i) eight = eight << 8 | dense[document + std::size_t(i)];
  return eight;
}
/// The highest bit of each byte that is not 0.
inline std::uint64_t flag_bytes(std::uint64_t eight) {
  constexpr std::uint64_t low = 0x7F7F7F7F7F7F7F7Fu;
  return (((eight & low) + low) | eight) & ~low;
}

/// Calls `use(document, count)` for each document from `from` up to `to`, of a dense list.
template <class Use>
void each_dense(const std::vector<std::uint8_t>& dense, std::size_t from, std::size_t to,
                Use&& use) {
  for (std::size_t at = from / 8 * 8; at < to; at += 8) {
    const auto eight = eight_counts(dense, at);
    for (auto flags = flag_bytes(eight); flags != 0; flags &= flags - 1) {
      const auto shift = unsigned(std::countr_zero(flags)) - 7;
      const auto document = at + shift / 8;
      if (document >= from && document < to)
        use(std::uint32_t(document), std::uint8_t(eight >> shift));
    }
  }
}

namespace postings_parts {

/// Two lists one of which is not much longer: steps without branches, since which of them is behind
/// cannot be foreseen.
template <class Use>
void each_of_both(const Postings& few, const Postings& many, Use&& use) {
  std::uint8_t counts[2];
  for (std::size_t i = 0, k = 0; i < few.documents.size() && k < many.documents.size();) {
    const auto left = few.documents[i], right = many.documents[k];
    if (left == right) {
      counts[0] = few.counts[i];
      counts[1] = many.counts[k];
      use(left, counts);
    }
    i += left <= right;
    k += right <= left;
  }
}

template <class Use>
void each_of_dense(const std::vector<SharedPostings>& lists, Use&& use) {
  std::vector<std::uint8_t> counts(lists.size());
  const auto end = lists.front()->dense.size();
  for (std::size_t at = 0; at < end; at += 8) {
    auto flags = flag_bytes(eight_counts(lists.front()->dense, at));
    for (std::size_t n = 1; n < lists.size() && flags != 0; ++n)
      flags &= flag_bytes(eight_counts(lists[n]->dense, at));
    for (; flags != 0; flags &= flags - 1) {
      const auto document = at + unsigned(std::countr_zero(flags)) / 8;
      for (std::size_t n = 0; n < lists.size(); ++n) counts[n] = lists[n]->dense[document];
      use(std::uint32_t(document), counts.data());
    }
  }
}

}  // namespace postings_parts

/// Calls `use(document, counts)` for each document that stands in every list, ascending; `counts`
/// has one for each list. Shape: at least one list; dense ones are equally long.
template <class Use>
void each_match(const std::vector<SharedPostings>& lists, Use&& use) {
  constexpr std::size_t worth_leaping = 16;
  const Postings* driver = nullptr;  // the shortest that is no dense one
  std::size_t driving = 0;
  for (std::size_t n = 0; n < lists.size(); ++n)
    if (lists[n]->dense.empty() && (!driver || lists[n]->size() < driver->size())) {
      driver = lists[n].get();
      driving = n;
    }
  if (!driver) return postings_parts::each_of_dense(lists, use);
  if (lists.size() == 2 && driving == 0 && lists[1]->dense.empty() &&
      lists[1]->size() / worth_leaping <= driver->size())
    return postings_parts::each_of_both(*driver, *lists[1], use);
  std::vector<std::size_t> places(lists.size(), 0);
  std::vector<std::uint8_t> counts(lists.size());
  for (std::size_t i = 0; i < driver->documents.size(); ++i) {
    const auto document = driver->documents[i];
    bool all = true;
    for (std::size_t n = 0; n < lists.size() && all; ++n) {
      const auto& list = *lists[n];
      if (n == driving) {
        counts[n] = driver->counts[i];
      } else if (!list.dense.empty()) {
        counts[n] = list.dense[document];
        all = counts[n] != 0;
      } else {
        auto& place = places[n];
        place = leap(list.documents, place, document);
        if (place == list.documents.size()) return;
        all = list.documents[place] == document;
        counts[n] = list.counts[place];
      }
    }
    if (all) use(document, counts.data());
  }
}

}  // namespace austral::search
