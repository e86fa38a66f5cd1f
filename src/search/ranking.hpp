// Ranks documents by the words they hold (BM25), from lists of where each word stands.
#pragma once

#include <cstdint>
#include <vector>

#include "search/postings.hpp"

namespace austral::search {

/// Source: Robertson, Zaragoza, "The Probabilistic Relevance Framework" (2009); the values are
/// those customary, held against others in docs/search.md.
struct Bm25 {
  double k1 = 1.2;
  double b = 0.75;
};

/// How long each document is, by its number; 0 where there is none.
struct Lengths {
  std::vector<std::uint32_t> words;
  std::size_t documents = 0;
  double average = 1;
  std::uint32_t shortest = 0;  ///< no document is shorter
};

struct Scored {
  std::uint32_t document = 0;
  float score = 0;
};

/// What a word weighs that stands in so many of the documents.
double idf(std::size_t holding, std::size_t documents);

/// The documents that stand in every list, ascending, with their scores. Shape: at least one list.
std::vector<Scored> score_all(const std::vector<SharedPostings>& lists, const Lengths& lengths,
                              const Bm25& bm25 = {});
/// The best `count` of score_all(), in the order of take_best(), and how many there are of them.
/// What cannot be among the best by how often it has its words is not scored.
std::vector<Scored> rank_all(const std::vector<SharedPostings>& lists, const Lengths& lengths,
                             std::size_t count, const std::vector<std::int64_t>& keys,
                             std::size_t& total, const Bm25& bm25 = {});
/// The documents whose lists together carry at least `least` of the weight of all lists (0..1).
std::vector<Scored> score_some(const std::vector<SharedPostings>& lists, const Lengths& lengths,
                               double least, const Bm25& bm25 = {});
/// Those that stand in every list, ascending.
std::vector<std::uint32_t> intersect(const std::vector<SharedPostings>& lists);

/// The best `count` in their order; of equal scores the one with the lower key first.
/// Shape: `keys` by document.
std::vector<Scored> take_best(std::vector<Scored> all, std::size_t count,
                              const std::vector<std::int64_t>& keys);

}  // namespace austral::search
