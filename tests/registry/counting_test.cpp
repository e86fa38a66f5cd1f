// What counts when everybody is asked, only providers, or only recipients.
#include "registry/counting.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "registry/synthetic.hpp"

namespace austral::registry {
namespace {

using namespace synthetic;

/// Brazil provides, Mozambique receives; each tells of it in a record of its own.
Record told_by_provider() {
  auto record = make_record("BR-GOV-1", "A");
  record.participations = {{Function::funds, party("BR-GOV-1")}};
  record.places = {country("MZ")};
  return record;
}
Record told_by_recipient(const std::string& publisher = "MZ-GOV-1") {
  auto record = told_by_provider();
  record.publisher = publisher;
  record.publisher_type = "10";
  record.identifier = "B";
  return record;
}

std::vector<int> sides_of(const Assembly& assembly, std::size_t member) {
  std::vector<int> sides;
  for (const auto& part : assembly.members[member].parts) sides.push_back(part.sides);
  return sides;
}

using Sides = std::vector<int>;

TEST(Counting, each_side_is_asked_for_its_own_records) {
  auto first = told_by_provider(), second = told_by_recipient();
  first.contributions = {money(ContributionKind::disbursement, "100"),
                         money(ContributionKind::disbursement, "50", "2016-01-01")};
  second.contributions = {money(ContributionKind::disbursement, "90"),
                          money(ContributionKind::expenditure, "80")};
  const auto assembly = assemble({{1, &first, true, false}, {2, &second, false, true}});
  EXPECT_EQ(sides_of(assembly, 0), (Sides{provider_side, provider_side}));
  EXPECT_EQ(sides_of(assembly, 1), (Sides{recipient_side, recipient_side}));
  EXPECT_EQ(assembly.disbursed_cents, 15'000) << "reconciled as before";
}

TEST(Counting, a_second_teller_of_a_side_adds_only_what_is_untold) {
  auto first = told_by_provider(), second = told_by_provider();
  second.publisher = "BR-GOV-2";
  second.identifier = "B";
  first.contributions = {money(ContributionKind::disbursement, "100")};
  second.contributions = {money(ContributionKind::disbursement, "100"),
                          money(ContributionKind::disbursement, "30", "2016-05-05"),
                          money(ContributionKind::disbursement, "31", "2016-06-05"),
                          money(ContributionKind::budget, "200")};
  const auto assembly = assemble({{1, &first, true, false}, {2, &second, false, true}});
  EXPECT_EQ(sides_of(assembly, 0), (Sides{provider_side}));
  EXPECT_EQ(sides_of(assembly, 1), (Sides{0, provider_side, provider_side, provider_side}));
}

TEST(Counting, what_a_record_of_the_same_side_finances_is_told_there) {
  auto first = told_by_provider(), agency = told_by_provider(), recipient = told_by_recipient();
  agency.publisher = "BR-GOV-2";
  for (auto* record : {&first, &agency, &recipient})
    record->contributions = {money(ContributionKind::disbursement, "100")};
  agency.contributions[0].date = parse_date("2016-03-03");
  const auto assembly = assemble(
      {{1, &first, true, false}, {2, &agency, false, false}, {3, &recipient, false, false}});
  EXPECT_EQ(sides_of(assembly, 0), (Sides{provider_side}));
  EXPECT_EQ(sides_of(assembly, 1), (Sides{0})) << "financed by the first";
  EXPECT_EQ(sides_of(assembly, 2), (Sides{recipient_side})) << "alone on its side";
}

TEST(Counting, superseded_budgets_never_count) {
  auto record = told_by_recipient();
  for (const char* type : {"1", "2"}) {
    record.contributions.push_back(money(ContributionKind::budget, "10", "2015-01-01"));
    record.contributions.back().type = type;
  }
  const auto assembly = assemble({{1, &record, true}});
  EXPECT_EQ(sides_of(assembly, 0), (Sides{0, recipient_side}));
}

TEST(Counting, a_country_that_provides_and_receives_stands_on_both_sides) {
  auto record = make_record("KE-GOV-1", "A");
  record.participations = {{Function::funds, party("KE-GOV-1")}};
  record.places = {country("KE")};
  record.publisher_type = "10";
  record.contributions = {money(ContributionKind::expenditure, "5")};
  EXPECT_EQ(sides_of(assemble({{1, &record, true}}), 0), (Sides{provider_side | recipient_side}));
}

TEST(Counting, third_parties_stand_on_no_side) {
  auto record = told_by_recipient("US-EIN-13-1234567");
  record.contributions = {money(ContributionKind::disbursement, "5")};
  const auto assembly = assemble({{1, &record, true}});
  EXPECT_EQ(sides_of(assembly, 0), (Sides{0}));
  EXPECT_EQ(assembly.disbursed_cents, 500);
}

ContributionKind any_kind() {
  return *rc::gen::elementOf(std::vector<ContributionKind>{
      ContributionKind::disbursement, ContributionKind::budget, ContributionKind::commitment,
      ContributionKind::expenditure, ContributionKind::incoming_funds});
}

Contribution any_money() {
  auto one = money(any_kind(), "10", std::to_string(*rc::gen::inRange(2014, 2017)) + "-01-01");
  one.type = *rc::gen::elementOf(std::vector<std::string>{"1", "2", ""});
  return one;
}

RC_GTEST_PROP(Counting, one_record_of_the_provider_is_its_side, ()) {
  auto record = told_by_provider();
  for (int i = *rc::gen::inRange(0, 8); i > 0; --i) record.contributions.push_back(any_money());
  const auto assembly = assemble({{1, &record, true}});
  for (const auto& part : assembly.members.front().parts)
    RC_ASSERT(part.counted == (part.sides == provider_side));
}

/// Of a kind and year, one side's money is never more than what its most talkative record tells,
/// as long as one record alone is counted.
RC_GTEST_PROP(Counting, a_side_never_counts_a_kind_and_year_of_two_records, ()) {
  std::vector<Record> records;
  const int count = *rc::gen::inRange(1, 5);
  for (int i = 0; i < count; ++i) {
    auto record = *rc::gen::arbitrary<bool>() ? told_by_provider() : told_by_recipient();
    record.identifier = "R" + std::to_string(i);
    for (int n = *rc::gen::inRange(0, 6); n > 0; --n) record.contributions.push_back(any_money());
    records.push_back(std::move(record));
  }
  std::vector<Member> members;
  for (std::size_t i = 0; i < records.size(); ++i)
    members.push_back({std::int64_t(i), &records[i], i == 0, *rc::gen::arbitrary<bool>()});
  const auto assembly = assemble(members);
  for (const int side : {provider_side, recipient_side}) {
    std::map<std::pair<ContributionKind, int>, std::set<std::int64_t>> tellers;
    for (const auto& member : assembly.members)
      for (const auto& part : member.parts) {
        if (!(part.sides & side)) continue;
        RC_ASSERT(!part.superseded);
        tellers[{part.kind, part.year.value_or(0)}].insert(member.key);
      }
    for (const auto& [what, keys] : tellers) RC_ASSERT(keys.size() == 1);
  }
}

TEST(Counting, an_initiative_is_found_where_its_money_stands) {
  auto record = told_by_provider();
  record.contributions = {money(ContributionKind::pledge, "5", "2019-01-01"),
                          money(ContributionKind::disbursement, "5"),
                          money(ContributionKind::incoming_funds, "5", "2021-01-01")};
  record.contributions[1].provider = party("CL-GOV-1");
  const auto assembly = assemble({{1, &record, true}});
  std::map<std::pair<Dimension, std::string>, std::int64_t> shares;
  for (const auto& facet : assembly.facets) shares[{facet.dimension, facet.value}] = facet.share;
  EXPECT_EQ(shares.at({Dimension::provider, "BR"}), 1'000'000);
  EXPECT_EQ(shares.at({Dimension::provider, "CL"}), 0);
  EXPECT_TRUE(shares.contains({Dimension::year, "2019"}));
  EXPECT_FALSE(shares.contains({Dimension::year, "2021"})) << "income is not summed";
  EXPECT_EQ(assembly.framework.framework, Framework::south_south) << "by roles, not by facets";
}

}  // namespace
}  // namespace austral::registry
