// Documents that lists have in common scored, and the best of them.
#include "search/ranking.hpp"

#include <algorithm>
#include <array>
#include <cmath>

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
  float operator()(std::uint32_t document, std::uint8_t count) const {
    return of_length(count, float(lengths_.words[document]));
  }
  /// Not below that of any document, since each step of the sum is rounded in one direction.
  float at_most(std::uint8_t count) const { return of_length(count, float(lengths_.shortest)); }

 private:
  float of_length(std::uint8_t count, float length) const {
    return float(count) * gain_ / (float(count) + fixed_ + by_length_ * length);
  }

  const Lengths& lengths_;
  float gain_, fixed_, by_length_;
};

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

/// What each list weighs.
std::vector<float> weigh(const std::vector<SharedPostings>& lists, const Lengths& lengths) {
  std::vector<float> weights;
  for (const auto& list : lists) weights.push_back(float(idf(list->size(), lengths.documents)));
  return weights;
}

/// Scores one document after another.
class Scoring {
 public:
  Scoring(const std::vector<SharedPostings>& lists, const Lengths& lengths, const Bm25& bm25)
      : saturation_(lengths, bm25), weights_(weigh(lists, lengths)) {}
  const Saturation& saturation() const { return saturation_; }
  const std::vector<float>& weights() const { return weights_; }
  float operator()(std::uint32_t document, const std::uint8_t* counts) const {
    float score = weights_[0] * saturation_(document, counts[0]);
    for (std::size_t n = 1; n < weights_.size(); ++n)
      score += weights_[n] * saturation_(document, counts[n]);
    return score;
  }

 private:
  Saturation saturation_;
  std::vector<float> weights_;
};

}  // namespace

std::vector<Scored> score_all(const std::vector<SharedPostings>& given, const Lengths& lengths,
                              const Bm25& bm25) {
  AUSTRAL_ASSERT(!given.empty());
  const auto lists = shortest_first(given);
  const Scoring score(lists, lengths, bm25);
  std::vector<Scored> found;
  if (lists.size() == 1) found.reserve(lists.front()->size());
  each_match(lists, [&](std::uint32_t document, const std::uint8_t* counts) {
    found.push_back({document, score(document, counts)});
  });
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
      bounds_[count] = weight * saturation.at_most(std::uint8_t(count));
  }
  float operator[](std::uint8_t count) const { return bounds_[count]; }

 private:
  std::array<float, most_counted + 1> bounds_;
};

}  // namespace

std::vector<Scored> rank_all(const std::vector<SharedPostings>& given, const Lengths& lengths,
                             std::size_t count, const std::vector<std::int64_t>& keys,
                             std::size_t& total, const Bm25& bm25) {
  AUSTRAL_ASSERT(!given.empty());
  const auto lists = shortest_first(given);
  const Scoring score(lists, lengths, bm25);
  std::vector<Bounds> bounds;
  for (const auto weight : score.weights()) bounds.emplace_back(score.saturation(), weight);
  Best best(count, keys);
  std::size_t met = 0;
  each_match(lists, [&](std::uint32_t document, const std::uint8_t* counts) {
    ++met;
    float most = bounds[0][counts[0]];
    for (std::size_t n = 1; n < bounds.size(); ++n) most += bounds[n][counts[n]];
    if (most < best.threshold()) return;
    best.offer({document, score(document, counts)});
  });
  total = met;
  return best.take();
}

namespace {

/// Scores of some neighbouring documents, few enough to stay near the processor.
class Stretch {
 public:
  static constexpr std::size_t length = 8192;

  Stretch(const std::vector<SharedPostings>& lists, const Lengths& lengths, const Bm25& bm25)
      : lists_(lists),
        saturation_(lengths, bm25),
        weights_(weigh(lists, lengths)),
        places_(lists.size(), 0),
        scores_(length),
        carried_(length) {}

  void read(std::size_t from, std::size_t to) {
    std::fill(scores_.begin(), scores_.end(), 0);
    std::fill(carried_.begin(), carried_.end(), 0);
    for (std::size_t n = 0; n < lists_.size(); ++n) {
      const auto& list = *lists_[n];
      const auto add = [&](std::uint32_t document, std::uint8_t count) {
        scores_[document - from] += weights_[n] * saturation_(document, count);
        carried_[document - from] += weights_[n];
      };
      if (!list.dense.empty()) {
        each_dense(list.dense, from, to, add);
        continue;
      }
      auto& place = places_[n];
      for (; place < list.documents.size() && list.documents[place] < to; ++place)
        add(list.documents[place], list.counts[place]);
    }
  }
  float weight() const {
    float all = 0;
    for (std::size_t n = 0; n < lists_.size(); ++n)
      if (lists_[n]->size()) all += weights_[n];
    return all;
  }
  float score(std::size_t place) const { return scores_[place]; }
  float carried(std::size_t place) const { return carried_[place]; }

 private:
  const std::vector<SharedPostings>& lists_;
  Saturation saturation_;
  std::vector<float> weights_;
  std::vector<std::size_t> places_;
  std::vector<float> scores_, carried_;
};

}  // namespace

std::vector<Scored> score_some(const std::vector<SharedPostings>& given, const Lengths& lengths,
                               double least, const Bm25& bm25) {
  std::vector<SharedPostings> lists;
  for (const auto& list : given)
    if (list->size()) lists.push_back(list);
  if (lists.empty()) return {};
  if (lists.size() == 1) return score_all(lists, lengths, bm25);
  Stretch stretch(lists, lengths, bm25);
  // Sums in another order differ in the last digit.
  const float enough = float(least) * stretch.weight() * 0.9999F;
  std::vector<Scored> found;
  const auto bound = lengths.words.size();
  for (std::size_t from = 0; from < bound; from += Stretch::length) {
    const auto to = std::min(bound, from + Stretch::length);
    stretch.read(from, to);
    for (std::size_t i = 0; i < to - from; ++i)
      if (stretch.carried(i) > 0 && stretch.carried(i) >= enough)
        found.push_back({std::uint32_t(from + i), stretch.score(i)});
  }
  return found;
}

std::vector<std::uint32_t> intersect(const std::vector<SharedPostings>& lists) {
  AUSTRAL_ASSERT(!lists.empty());
  std::vector<std::uint32_t> found;
  each_match(lists,
             [&](std::uint32_t document, const std::uint8_t*) { found.push_back(document); });
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
