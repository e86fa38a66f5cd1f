// Measures rankings against judgements: average precision, nDCG, recall, reciprocal rank.
#pragma once

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace austral::search::evaluation {

using Judgements = std::map<std::string, std::map<std::string, int>>;  // query, document, gain
using Rankings = std::map<std::string, std::vector<std::string>>;      // query, best first

struct Quality {
  double map = 0, reciprocal_rank = 0, ndcg_10 = 0, ndcg = 0, precision_10 = 0;
  std::size_t queries = 0;
};

inline double discount(std::size_t place) { return 1 / std::log2(double(place) + 2); }

/// nDCG with the gain as judged; `most` 0: the whole ranking.
inline double ndcg(const std::vector<std::string>& ranking,
                   const std::map<std::string, int>& judged, std::size_t most) {
  std::vector<int> gains;
  for (const auto& [document, gain] : judged)
    if (gain > 0) gains.push_back(gain);
  std::sort(gains.rbegin(), gains.rend());
  double best = 0, sum = 0;
  for (std::size_t i = 0; i < gains.size() && (most == 0 || i < most); ++i)
    best += gains[i] * discount(i);
  for (std::size_t i = 0; i < ranking.size() && (most == 0 || i < most); ++i)
    if (const auto found = judged.find(ranking[i]); found != judged.end() && found->second > 0)
      sum += found->second * discount(i);
  return best > 0 ? sum / best : 0;
}

/// Means over the queries that have something relevant.
inline Quality measure(const Rankings& rankings, const Judgements& judgements) {
  Quality all;
  for (const auto& [query, judged] : judgements) {
    const auto relevant =
        std::count_if(judged.begin(), judged.end(), [](const auto& one) { return one.second > 0; });
    if (relevant == 0) continue;
    ++all.queries;
    const auto found = rankings.find(query);
    if (found == rankings.end()) continue;
    double precision = 0;
    std::size_t hits = 0;
    for (std::size_t i = 0; i < found->second.size(); ++i) {
      const auto one = judged.find(found->second[i]);
      if (one == judged.end() || one->second <= 0) continue;
      ++hits;
      precision += double(hits) / double(i + 1);
      if (hits == 1) all.reciprocal_rank += 1 / double(i + 1);
      if (i < 10) all.precision_10 += 0.1;
    }
    all.map += precision / double(relevant);
    all.ndcg_10 += ndcg(found->second, judged, 10);
    all.ndcg += ndcg(found->second, judged, 0);
  }
  const double queries = double(std::max<std::size_t>(all.queries, 1));
  for (double* value : {&all.map, &all.reciprocal_rank, &all.ndcg_10, &all.ndcg, &all.precision_10})
    *value /= queries;
  return all;
}

}  // namespace austral::search::evaluation
