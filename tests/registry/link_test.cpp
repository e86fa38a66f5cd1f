// The rules of joining as properties: no order matters, no money is lost in a circle, none counts
// twice.
#include "registry/link.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>

namespace austral::registry {
namespace {

using Key = std::int64_t;

rc::Gen<Mention> any_mention() {
  return rc::gen::map(
      rc::gen::tuple(rc::gen::inRange<Key>(1, 9), rc::gen::inRange<Key>(1, 9),
                     rc::gen::elementOf(std::vector<std::string>{
                         "same_identifier", "other_identifier", "third_party", "parent", "sibling",
                         "funded_by", "funded_by", "funds"}),
                     rc::gen::inRange(0, 4)),
      [](const auto& drawn) {
        const auto& [record, other, kind, same] = drawn;
        return Mention{record, record == other ? other + 1 : other, kind, same == 0};
      });
}

/// Everybody's income is wholly what it names.
Incomes incomes_of(const std::vector<Mention>& mentions) {
  Incomes incomes;
  for (const auto& mention : mentions)
    if (mention.kind == "funded_by" && !mention.same_publisher)
      incomes[mention.record].insert(mention.other);
  return without_circles(std::move(incomes), mentions);
}

std::vector<Candidate> candidates_of(const std::vector<Key>& keys) {
  std::vector<Candidate> candidates;
  for (const Key key : keys)
    candidates.push_back({key, key % 3 == 0, key % 2 == 0, key % 5 == 0, "2020",
                          "P" + std::to_string(key % 4), "I" + std::to_string(key)});
  return candidates;
}

RC_GTEST_PROP(Links, do_not_depend_on_the_order_of_mentions, ()) {
  auto mentions = *rc::gen::container<std::vector<Mention>>(any_mention());
  const auto links = decide_links(mentions, incomes_of(mentions));
  std::reverse(mentions.begin(), mentions.end());
  RC_ASSERT(decide_links(mentions, incomes_of(mentions)) == links);
  const auto joined = join_records(links);
  std::map<Key, int> met;
  for (const auto& keys : joined) {
    RC_ASSERT(keys.size() >= 2u);
    for (const Key key : keys) ++met[key];
    auto candidates = candidates_of(keys);
    const auto standings = rank_members(candidates, links);
    std::reverse(candidates.begin(), candidates.end());
    RC_ASSERT(rank_members(candidates, links) == standings);
    RC_ASSERT(standings.size() == keys.size());
    RC_ASSERT(standings.front().counted);  // some record's money always counts
    for (const auto& standing : standings)
      RC_ASSERT(standing.initiative == standings.front().record);
  }
  for (const auto& [key, times] : met) RC_ASSERT(times == 1);
}

RC_GTEST_PROP(Links, of_records_that_tell_the_same_at_most_one_counts, ()) {
  const auto mentions = *rc::gen::container<std::vector<Mention>>(any_mention());
  const auto links = decide_links(mentions, incomes_of(mentions));
  std::vector<Link> same;
  for (const auto& link : links)
    if (link.joins && link.reason != "funding_one_to_one") same.push_back(link);
  std::map<Key, Standing> standings;
  for (const auto& keys : join_records(links))
    for (const auto& standing : rank_members(candidates_of(keys), links))
      standings[standing.record] = standing;
  for (const auto& group : join_records(same)) {
    int counted = 0;
    bool financed = false;
    for (const Key key : group) {
      counted += standings.at(key).counted;
      financed = financed || standings.at(key).reason.starts_with("financed");
    }
    RC_ASSERT(counted == (financed ? 0 : 1));
  }
}

RC_GTEST_PROP(Links, every_record_financed_leads_to_one_that_counts, ()) {
  const auto mentions = *rc::gen::container<std::vector<Mention>>(any_mention());
  const auto incomes = incomes_of(mentions);
  for (const auto& [start, payers] : incomes) {
    Key key = start;
    int steps = 0;
    while (incomes.contains(key)) {
      key = *incomes.at(key).begin();
      RC_ASSERT(++steps < 20);
    }
  }
}

TEST(Links, a_circle_of_money_joins_nothing) {
  for (const auto& mentions : std::vector<std::vector<Mention>>{
           {{1, 2, "funded_by", false}, {2, 1, "funded_by", false}},
           {{1, 2, "funded_by", false}, {2, 3, "funded_by", false}, {3, 1, "funded_by", false}},
           {{1, 2, "funded_by", false},
            {2, 3, "funded_by", false},
            {1, 3, "same_identifier", false}}}) {
    EXPECT_TRUE(incomes_of(mentions).empty());
    for (const auto& link : decide_links(mentions, incomes_of(mentions)))
      EXPECT_TRUE(!link.joins || link.kind == "same_identifier") << link.record << link.kind;
  }
}

TEST(Links, a_record_behind_a_circle_is_still_financed) {
  const std::vector<Mention> mentions = {
      {1, 2, "funded_by", false}, {2, 1, "funded_by", false}, {3, 2, "funded_by", false}};
  EXPECT_EQ(incomes_of(mentions), (Incomes{{3, {2}}}));
}

TEST(Links, money_joins_only_one_to_one_and_said_by_the_receiver) {
  const auto joins = [](const std::vector<Mention>& mentions, const Incomes& incomes) {
    std::size_t count = 0;
    for (const auto& link : decide_links(mentions, incomes)) count += link.joins;
    return count;
  };
  EXPECT_EQ(joins({{1, 2, "funded_by", false}}, {{1, {2}}}), 1u);
  EXPECT_EQ(joins({{2, 1, "funds", false}}, {}), 0u);  // the payer alone says so
  EXPECT_EQ(joins({{2, 1, "funds", false}, {1, 2, "funded_by", false}}, {{1, {2}}}), 2u);
  EXPECT_EQ(joins({{1, 2, "funded_by", false}}, {}), 0u);         // there is other income
  EXPECT_EQ(joins({{1, 2, "funded_by", true}}, {{1, {2}}}), 0u);  // within one publisher
  EXPECT_EQ(joins({{1, 2, "funded_by", false}, {3, 2, "funded_by", false}}, {{1, {2}}, {3, {2}}}),
            0u);
  EXPECT_EQ(joins({{1, 2, "funded_by", false}, {1, 3, "funded_by", false}}, {{1, {2, 3}}}), 0u);
}

// Each year of an activity is told by a record of its own: all of them count, whoever leads.
// Another publisher's record of the same activity counts instead of none of them, or not at all.
TEST(Ranking, all_years_of_one_activity_count) {
  const std::vector<Link> links = {{1, 2, "year_of", true, "year_of"},
                                   {1, 3, "year_of", true, "year_of"},
                                   {2, 3, "year_of", true, "year_of"},
                                   {4, 1, "other_identifier", true, "other_identifier"}};
  const auto standing_of = [&](std::vector<Candidate> candidates) {
    std::map<Key, std::string> found;
    for (const auto& standing : rank_members(candidates, links))
      found[standing.record] = (standing.counted ? "yes, " : "no, ") + standing.reason;
    return found;
  };
  EXPECT_EQ(standing_of({{1, false, true, true, "2021"},
                         {2, false, true, true, "2022"},
                         {3, false, true, true, "2020"}}),
            (std::map<Key, std::string>{
                {1, "yes, another year of 2"}, {2, "yes, leads"}, {3, "yes, another year of 2"}}));
  EXPECT_EQ(standing_of({{1, false, true, true, "2021"},
                         {2, false, true, true, "2022"},
                         {4, true, false, true, "2023"}}),
            (std::map<Key, std::string>{
                {1, "yes, another year of 2"}, {2, "yes, leads"}, {4, "no, same as 2"}}));
  EXPECT_EQ(
      standing_of({{1, true, false, true, "2021"},
                   {2, true, false, true, "2022"},
                   {4, false, true, true, "2023"}}),
      (std::map<Key, std::string>{{1, "no, same as 4"}, {2, "no, same as 4"}, {4, "yes, leads"}}));
}

TEST(Ranking, the_providers_own_newest_record_leads) {
  const std::vector<Link> links = {{1, 2, "same_identifier", true, "same_identifier"},
                                   {2, 3, "same_identifier", true, "same_identifier"}};
  const auto leader = [&](std::vector<Candidate> candidates) {
    return rank_members(candidates, links)[0].record;
  };
  EXPECT_EQ(leader({{1, true, true, true, "2021"},
                    {2, false, false, false, "2019"},
                    {3, true, true, true, "2022"}}),
            2);
  EXPECT_EQ(leader({{1, false, false, true, "2021"}, {2, false, true, false, "2019"}, {3, false}}),
            2);
  EXPECT_EQ(leader({{1, false, true, true, "2019"}, {2, false, true, true, "2021"}, {3, true}}), 2);
  EXPECT_EQ(leader({{3, false, true, true, "2019", "B", "x"},
                    {1, false, true, true, "2019", "C", "x"},
                    {2, false, true, true, "2019", "A", "x"}}),
            2);
}

}  // namespace
}  // namespace austral::registry
