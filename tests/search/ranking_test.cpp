// Lists united, intersected and scored: by hand, and against a plain way of doing it.
#include "search/ranking.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <map>
#include <set>

#include "search/packed_list.hpp"

namespace austral::search {
namespace {

using Counts = std::map<std::uint32_t, std::uint8_t>;  // document, count

/// `bound`: as a count for each document; 0: as a list.
SharedPostings to_postings(const Counts& counts, std::size_t bound = 0) {
  auto list = std::make_shared<Postings>();
  if (bound) {
    list->dense = make_dense(bound);
    for (const auto& [document, count] : counts) list->dense[document] = count;
    list->held = counts.size();
    return list;
  }
  for (const auto& [document, count] : counts) {
    list->documents.push_back(document);
    list->counts.push_back(count);
  }
  return list;
}

Lengths to_lengths(std::vector<std::uint32_t> words) {
  Lengths lengths;
  double sum = 0;
  for (const auto length : words) {
    sum += length;
    lengths.documents += length > 0;
    if (length > 0)
      lengths.shortest = lengths.shortest ? std::min(lengths.shortest, length) : length;
  }
  lengths.average = lengths.documents ? sum / double(lengths.documents) : 1;
  lengths.words = std::move(words);
  return lengths;
}

// Four documents, "solar pump irrigation", "solar lantern village village", "rice irrigation
// training", "malaria training", asked for "solar irrigation". Source: Robertson and Zaragoza's
// formula by hand: 1.386294, .609970, .693147, 0.
TEST(Ranking, scores_by_hand) {
  const auto lengths = to_lengths({0, 3, 4, 3, 2});
  const auto solar = to_postings({{1, 1}, {2, 1}}), irrigation = to_postings({{1, 1}, {3, 1}});
  const auto some = score_some({solar, irrigation}, lengths, 0);
  ASSERT_EQ(some.size(), 3u);
  EXPECT_NEAR(some[0].score, 1.386294, 1e-5);
  EXPECT_NEAR(some[1].score, 0.609970, 1e-5);
  EXPECT_NEAR(some[2].score, 0.693147, 1e-5);
  const auto all = score_all({solar, irrigation}, lengths);
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].document, 1u);
  EXPECT_NEAR(all[0].score, 1.386294, 1e-5);
}

struct World {
  Lengths lengths;
  std::vector<Counts> counts;
  std::vector<SharedPostings> lists;
};

World make_world() {
  World world;
  const auto documents = *rc::gen::inRange(1, 60);
  std::vector<std::uint32_t> words(std::size_t(documents) + 1, 0);
  for (int i = 1; i <= documents; ++i)
    words[std::size_t(i)] = std::uint32_t(*rc::gen::inRange(1, 30));
  world.lengths = to_lengths(words);
  const auto lists = *rc::gen::inRange(1, 6);
  for (int i = 0; i < lists; ++i) {
    Counts counts;
    for (const auto document :
         *rc::gen::container<std::set<int>>(rc::gen::inRange(1, documents + 1)))
      counts[std::uint32_t(document)] = std::uint8_t(*rc::gen::inRange(1, 9));
    world.counts.push_back(counts);
    world.lists.push_back(to_postings(counts, *rc::gen::inRange(0, 2) ? words.size() : 0));
  }
  return world;
}

Counts to_counts(const Postings& list) {
  Counts counts;
  for (std::size_t i = 0; i < list.documents.size(); ++i)
    counts[list.documents[i]] = list.counts[i];
  each_dense(list.dense, 0, list.dense.size(),
             [&](std::uint32_t document, std::uint8_t count) { counts[document] = count; });
  return counts;
}

double plain_score(const World& world, std::uint32_t document) {
  double score = 0;
  for (const auto& counts : world.counts) {
    const auto found = counts.find(document);
    if (found == counts.end()) continue;
    const double n = double(std::max(world.lengths.documents, counts.size()));
    const double df = double(counts.size()), tf = found->second;
    const double length = world.lengths.words[document];
    score += std::log(1 + (n - df + .5) / (df + .5)) * tf * 2.2 /
             (tf + 1.2 * (1 - .75 + .75 * length / world.lengths.average));
  }
  return score;
}

RC_GTEST_PROP(Ranking, all_and_some_agree_with_the_plain_way, ()) {
  const World world = make_world();
  std::set<std::uint32_t> every, any;
  for (std::uint32_t document = 1; document < world.lengths.words.size(); ++document) {
    std::size_t holding = 0;
    for (const auto& counts : world.counts) holding += counts.contains(document);
    if (holding) any.insert(document);
    if (holding == world.counts.size()) every.insert(document);
  }
  std::set<std::uint32_t> found;
  for (const auto& one : score_all(world.lists, world.lengths)) {
    RC_ASSERT(std::abs(one.score - plain_score(world, one.document)) < 1e-3);
    found.insert(one.document);
  }
  RC_ASSERT(found == every);
  const auto both = intersect(world.lists);
  RC_ASSERT(std::set<std::uint32_t>(both.begin(), both.end()) == every);
  RC_ASSERT(std::is_sorted(both.begin(), both.end()));
  found.clear();
  for (const auto& one : score_some(world.lists, world.lengths, 0)) {
    RC_ASSERT(std::abs(one.score - plain_score(world, one.document)) < 1e-3);
    found.insert(one.document);
  }
  RC_ASSERT(found == any);
}

RC_GTEST_PROP(Ranking, the_best_of_all_are_found_without_scoring_all, ()) {
  const World world = make_world();
  std::vector<std::int64_t> keys;
  for (std::size_t i = 0; i < world.lengths.words.size(); ++i)
    keys.push_back(std::int64_t(world.lengths.words.size() - i));
  const auto count = *rc::gen::inRange<std::size_t>(0, 12);
  const auto all = score_all(world.lists, world.lengths);
  const auto expected = take_best(all, std::min(count, all.size()), keys);
  std::size_t total = 0;
  const auto best = rank_all(world.lists, world.lengths, count, keys, total);
  RC_ASSERT(total == all.size());
  RC_ASSERT(best.size() == expected.size());
  for (std::size_t i = 0; i < best.size(); ++i) {
    RC_ASSERT(best[i].document == expected[i].document);
    RC_ASSERT(best[i].score == expected[i].score);
  }
}

RC_GTEST_PROP(Ranking, packed_lists_are_the_lists, ()) {
  const auto bound = *rc::gen::element<std::uint32_t>(300, 60'000);
  Counts counts;
  for (const auto document :
       *rc::gen::container<std::set<std::uint32_t>>(rc::gen::inRange<std::uint32_t>(0, bound)))
    counts[document] = std::uint8_t(*rc::gen::inRange(1, *rc::gen::element(4, 256)));
  for (const std::size_t as : {std::size_t(0), std::size_t(bound)}) {
    const auto again = PackedList(*to_postings(counts, as)).unpack(bound);
    RC_ASSERT(to_counts(*again) == counts);
    RC_ASSERT(again->size() == counts.size());
    RC_ASSERT(again->dense.empty() != are_dense(counts.size(), bound));
  }
}

RC_GTEST_PROP(Ranking, united_lists_add_up, ()) {
  const World world = make_world();
  Counts sums;
  const auto factor = *rc::gen::element(1, 50);  // what is counted oftener than can be told
  std::vector<SharedPostings> lists;
  for (auto counts : world.counts) {
    for (auto& [document, count] : counts) {
      count = std::uint8_t(count * factor > 255 ? 255 : count * factor);
      sums[document] = std::uint8_t(std::min(255, sums[document] + count));
    }
    lists.push_back(to_postings(counts));
  }
  // Few in many and many in few documents are united in two ways.
  for (const std::size_t bound : {world.lengths.words.size(), std::size_t(100'000)}) {
    if (*rc::gen::inRange(0, 2)) lists[0] = to_postings(to_counts(*lists[0]), bound);
    const auto all = unite(lists, bound);
    const auto found = to_counts(*all);
    RC_ASSERT(all->size() == sums.size());
    RC_ASSERT(found == sums);
    RC_ASSERT(std::is_sorted(all->documents.begin(), all->documents.end()));
    lists[0] = to_postings(to_counts(*lists[0]));
  }
}

RC_GTEST_PROP(Ranking, the_best_are_the_first_of_all, ()) {
  const auto scores = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 6));
  std::vector<Scored> all;
  std::vector<std::int64_t> keys;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    all.push_back({std::uint32_t(i), float(scores[i])});
    keys.push_back(std::int64_t(scores.size() - i));
  }
  const auto count = *rc::gen::inRange<std::size_t>(0, 12);
  auto sorted = all;
  std::sort(sorted.begin(), sorted.end(), [&](const Scored& left, const Scored& right) {
    return left.score != right.score ? left.score > right.score
                                     : keys[left.document] < keys[right.document];
  });
  const auto best = take_best(all, count, keys);
  RC_ASSERT(best.size() == std::min(count, all.size()));
  for (std::size_t i = 0; i < best.size(); ++i) RC_ASSERT(best[i].document == sorted[i].document);
}

}  // namespace
}  // namespace austral::search
