// Lists united, intersected and scored.
#include "search/ranking.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <limits>

#include "base/error.hpp"

namespace austral::search {
namespace {

/// A document's score for one word, without the word's weight.
class Saturation {
 public:
  Saturation(const Lengths& lengths, const Bm25& bm25)
      : lengths_(lengths),
        gain_(float(bm25.k1 + 1)),
        fixed_(float(bm25.k1 * (1 - bm25.b))),
        by_length_(float(bm25.k1 * bm25.b / std::max(lengths.average, 1e-9))) {}
  float operator()(std::uint32_t document, std::uint16_t count) const {
    return of_length(count, float(lengths_.words[document]));
  }
  /// Not below that of any document, since each step of the sum is rounded in one direction.
  float at_most(std::uint16_t count) const { return of_length(count, float(lengths_.shortest)); }

 private:
  float of_length(std::uint16_t count, float length) const {
    return float(count) * gain_ / (float(count) + fixed_ + by_length_ * length);
  }

  const Lengths& lengths_;
  float gain_, fixed_, by_length_;
};

/// The first place at or behind `from` whose document is not below `wanted`.
std::size_t leap(const std::vector<std::uint32_t>& documents, std::size_t from,
                 std::uint32_t wanted) {
  std::size_t step = 1, to = from;
  while (to < documents.size() && documents[to] < wanted) {
    from = to + 1;
    to += step;
    step *= 2;
  }
  to = std::min(to, documents.size());
  return std::size_t(std::lower_bound(documents.begin() + std::ptrdiff_t(from),
                                      documents.begin() + std::ptrdiff_t(to), wanted) -
                     documents.begin());
}

/// Calls `use` with the places of each document that both have; `few` is the shorter list.
template <class Use>
void each_common(const std::vector<std::uint32_t>& few, const std::vector<std::uint32_t>& many,
                 Use&& use) {
  constexpr std::size_t worth_leaping = 16;
  if (many.size() / worth_leaping > few.size()) {
    std::size_t at = 0;
    for (std::size_t i = 0; i < few.size(); ++i) {
      at = leap(many, at, few[i]);
      if (at == many.size()) return;
      if (many[at] == few[i]) use(i, at);
    }
    return;
  }
  // Steps without branches: which list is behind cannot be foreseen.
  for (std::size_t i = 0, k = 0; i < few.size() && k < many.size();) {
    const auto left = few[i], right = many[k];
    if (left == right) use(i, k);
    i += left <= right;
    k += right <= left;
  }
}

std::vector<SharedPostings> shortest_first(std::vector<SharedPostings> lists) {
  std::stable_sort(lists.begin(), lists.end(), [](const auto& left, const auto& right) {
    return left->size() < right->size();
  });
  return lists;
}

}  // namespace

double idf(std::size_t holding, std::size_t documents) {
  const double n = double(std::max(documents, holding)), df = double(holding);
  return std::log(1 + (n - df + 0.5) / (df + 0.5));
}

namespace {

/// By one count for every document that there is; only what was counted is cleared again.
void unite_many(const std::vector<SharedPostings>& lists, std::size_t bound, Postings& all) {
  thread_local std::vector<std::uint16_t> kept;  // all zero between two calls
  const std::size_t places = (bound + 3) / 4 * 4;
  if (kept.size() < places) kept.assign(places, 0);
  auto* counts = kept.data();
  for (const auto& list : lists)
    for (std::size_t i = 0; i < list->size(); ++i) {
      auto& count = counts[list->documents[i]];
      count = std::uint16_t(std::min(65535, count + list->counts[i]));
    }
  for (std::size_t document = 0; document < places; document += 4) {
    std::uint64_t four;
    std::memcpy(&four, counts + document, sizeof four);
    if (four == 0) continue;
    for (std::size_t i = document; i < document + 4; ++i)
      if (counts[i] != 0) {
        all.documents.push_back(std::uint32_t(i));
        all.counts.push_back(counts[i]);
      }
    std::memset(counts + document, 0, sizeof four);
  }
}

}  // namespace

SharedPostings unite(const std::vector<SharedPostings>& lists, std::size_t bound) {
  if (lists.size() == 1) return lists.front();
  auto all = std::make_shared<Postings>();
  std::size_t most = 0;
  for (const auto& list : lists) most += list->size();
  all->documents.reserve(std::min(most, bound));
  all->counts.reserve(std::min(most, bound));
  if (most * 16 < bound) {  // few: put in order
    std::vector<std::pair<std::uint32_t, std::uint16_t>> pairs;
    pairs.reserve(most);
    for (const auto& list : lists)
      for (std::size_t i = 0; i < list->size(); ++i)
        pairs.emplace_back(list->documents[i], list->counts[i]);
    std::sort(pairs.begin(), pairs.end());
    for (const auto& [document, count] : pairs)
      if (!all->documents.empty() && all->documents.back() == document) {
        all->counts.back() = std::uint16_t(std::min(65535, all->counts.back() + count));
      } else {
        all->documents.push_back(document);
        all->counts.push_back(count);
      }
    return all;
  }
  unite_many(lists, bound, *all);
  return all;
}

std::vector<Scored> score_all(const std::vector<SharedPostings>& given, const Lengths& lengths,
                              const Bm25& bm25) {
  AUSTRAL_ASSERT(!given.empty());
  const auto lists = shortest_first(given);
  const Saturation saturation(lengths, bm25);
  std::vector<Scored> found;
  const auto& first = *lists.front();
  const float weight = float(idf(first.size(), lengths.documents));
  if (lists.size() == 1) {
    found.resize(first.size());
    for (std::size_t i = 0; i < first.size(); ++i)
      found[i] = {first.documents[i], weight * saturation(first.documents[i], first.counts[i])};
    return found;
  }
  // Only what is in the second list too is worth a score.
  const auto& second = *lists[1];
  const float own = float(idf(second.size(), lengths.documents));
  each_common(first.documents, second.documents, [&](std::size_t i, std::size_t k) {
    const auto document = first.documents[i];
    const float score = weight * saturation(document, first.counts[i]);
    found.push_back({document, score + own * saturation(document, second.counts[k])});
  });
  for (std::size_t n = 2; n < lists.size(); ++n) {
    const auto& list = *lists[n];
    const float more = float(idf(list.size(), lengths.documents));
    std::size_t kept = 0, at = 0;
    for (const auto& one : found) {
      at = leap(list.documents, at, one.document);
      if (at == list.size()) break;
      if (list.documents[at] == one.document)
        found[kept++] = {one.document,
                         one.score + more * saturation(one.document, list.counts[at])};
    }
    found.resize(kept);
  }
  return found;
}

namespace {

/// The best so far, in the order of take_best().
class Best {
 public:
  Best(std::size_t count, const std::vector<std::int64_t>& keys) : count_(count), better_{keys} {}
  /// Below that nothing is taken any more.
  float threshold() const { return threshold_; }
  void offer(const Scored& one) {
    if (best_.size() < count_) {
      best_.push_back(one);
      if (best_.size() == count_) std::make_heap(best_.begin(), best_.end(), better_);
    } else if (count_ > 0 && better_(one, best_.front())) {
      std::pop_heap(best_.begin(), best_.end(), better_);
      best_.back() = one;
      std::push_heap(best_.begin(), best_.end(), better_);
    }
    if (best_.size() == count_ && count_ > 0) threshold_ = best_.front().score;
  }
  std::vector<Scored> take() {
    std::sort(best_.begin(), best_.end(), better_);
    return std::move(best_);
  }

 private:
  struct Better {
    const std::vector<std::int64_t>& keys;
    bool operator()(const Scored& left, const Scored& right) const {
      if (left.score != right.score) return left.score > right.score;
      return keys[left.document] < keys[right.document];
    }
  };

  std::size_t count_;
  Better better_;
  std::vector<Scored> best_;
  float threshold_ = -1;
};

/// What a word adds at most to a score, by how often a document has it.
class Bounds {
 public:
  Bounds(const Saturation& saturation, float weight) {
    for (std::size_t count = 0; count < bounds_.size(); ++count)
      bounds_[count] = weight * saturation.at_most(std::uint16_t(count));
    bounds_.back() = std::numeric_limits<float>::infinity();  // that often, or oftener
  }
  float operator[](std::uint16_t count) const {
    return bounds_[std::min<std::size_t>(count, bounds_.size() - 1)];
  }

 private:
  std::array<float, 64> bounds_;
};

}  // namespace

std::vector<Scored> rank_all(const std::vector<SharedPostings>& given, const Lengths& lengths,
                             std::size_t count, const std::vector<std::int64_t>& keys,
                             std::size_t& total, const Bm25& bm25) {
  AUSTRAL_ASSERT(!given.empty());
  const auto lists = shortest_first(given);
  if (lists.size() > 2) {
    auto all = score_all(lists, lengths, bm25);
    total = all.size();
    return take_best(std::move(all), std::min(total, count), keys);
  }
  const Saturation saturation(lengths, bm25);
  const auto& first = *lists.front();
  const float weight = float(idf(first.size(), lengths.documents));
  const Bounds bounds(saturation, weight);
  Best best(count, keys);
  if (lists.size() == 1) {
    total = first.size();
    for (std::size_t i = 0; i < total; ++i) {
      if (bounds[first.counts[i]] < best.threshold()) continue;
      best.offer({first.documents[i], weight * saturation(first.documents[i], first.counts[i])});
    }
    return best.take();
  }
  const auto& second = *lists.back();
  const float own = float(idf(second.size(), lengths.documents));
  const Bounds own_bounds(saturation, own);
  std::size_t met = 0;
  each_common(first.documents, second.documents, [&](std::size_t i, std::size_t k) {
    ++met;
    if (bounds[first.counts[i]] + own_bounds[second.counts[k]] < best.threshold()) return;
    const auto document = first.documents[i];
    const float score = weight * saturation(document, first.counts[i]);
    best.offer({document, score + own * saturation(document, second.counts[k])});
  });
  total = met;
  return best.take();
}

std::vector<Scored> score_some(const std::vector<SharedPostings>& lists, const Lengths& lengths,
                               double least, const Bm25& bm25) {
  const Saturation saturation(lengths, bm25);
  std::vector<float> scores(lengths.words.size(), 0), carried(lengths.words.size(), 0);
  float all = 0;
  for (const auto& list : lists) {
    const float weight = float(idf(list->size(), lengths.documents));
    if (list->size()) all += weight;
    for (std::size_t i = 0; i < list->size(); ++i) {
      const auto document = list->documents[i];
      scores[document] += weight * saturation(document, list->counts[i]);
      carried[document] += weight;
    }
  }
  std::vector<Scored> found;
  const float enough =
      float(least) * all * 0.9999F;  // sums in another order differ in the last digit
  for (std::size_t document = 0; document < scores.size(); ++document)
    if (carried[document] > 0 && carried[document] >= enough)
      found.push_back({std::uint32_t(document), scores[document]});
  return found;
}

std::vector<std::uint32_t> intersect(const std::vector<SharedPostings>& given) {
  AUSTRAL_ASSERT(!given.empty());
  const auto lists = shortest_first(given);
  std::vector<std::uint32_t> found = lists.front()->documents;
  for (std::size_t n = 1; n < lists.size(); ++n) {
    const auto few = std::move(found);
    found = {};
    each_common(few, lists[n]->documents,
                [&](std::size_t i, std::size_t) { found.push_back(few[i]); });
  }
  return found;
}

std::vector<Scored> take_best(std::vector<Scored> all, std::size_t count,
                              const std::vector<std::int64_t>& keys) {
  const auto is_better = [&](const Scored& left, const Scored& right) {
    if (left.score != right.score) return left.score > right.score;
    return keys[left.document] < keys[right.document];
  };
  if (count < all.size()) {
    // A heap of the best so far: most are refused by one comparison with its worst.
    std::vector<Scored> best(all.begin(), all.begin() + std::ptrdiff_t(count));
    std::make_heap(best.begin(), best.end(), is_better);
    for (std::size_t i = count; i < all.size() && count; ++i)
      if (is_better(all[i], best.front())) {
        std::pop_heap(best.begin(), best.end(), is_better);
        best.back() = all[i];
        std::push_heap(best.begin(), best.end(), is_better);
      }
    all = std::move(best);
  }
  std::sort(all.begin(), all.end(), is_better);
  return all;
}

}  // namespace austral::search
