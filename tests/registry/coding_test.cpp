// Sectors and goals as weights: percentages, means of several sources, what is told only where it
// differs.
#include "registry/coding.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/error.hpp"
#include "registry/synthetic.hpp"

namespace austral::registry {
namespace {

using synthetic::make_record;
using synthetic::money;

Classification classified(const std::string& scheme, const std::string& code,
                          const char* share = nullptr) {
  Classification item;
  item.scheme = scheme;
  item.code = code;
  if (share) item.share = parse_decimal(share);
  return item;
}

std::int64_t share_of(const std::vector<Facet>& facets, Dimension dimension,
                      std::string_view value) {
  for (const auto& facet : facets)
    if (facet.dimension == dimension && facet.value == value) return facet.share;
  return -1;
}

TEST(Coding, percentages_are_the_weights) {
  const auto coding =
      read_coding({classified("purpose", "14030", "33.3"), classified("purpose", "11220", "66.7"),
                   classified("purpose", "31110"), classified("purpose", "31120", "-5")});
  EXPECT_EQ(coding.sectors,
            (Weights{{"11220", 667'000}, {"14030", 333'000}, {"31110", 0}, {"31120", 0}}));
}

TEST(Coding, without_percentages_all_are_equal) {
  const auto coding = read_coding({classified("goal", "1"), classified("goal", "2"),
                                   classified("goal", "3"), classified("marker", "1")});
  EXPECT_EQ(coding.goals, (Weights{{"1", 333'334}, {"2", 333'333}, {"3", 333'333}}));
  EXPECT_TRUE(coding.sectors.empty());
  EXPECT_EQ(read_coding({classified("purpose", "14030", "0"), classified("purpose", "14040", "0")})
                .sectors,
            (Weights{{"14030", 500'000}, {"14040", 500'000}}));
}

TEST(Coding, more_than_the_whole_is_made_the_whole) {
  const auto coding =
      read_coding({classified("purpose", "14030", "100"), classified("purpose", "11220", "300")});
  EXPECT_EQ(coding.sectors, (Weights{{"11220", 750'000}, {"14030", 250'000}}));
}

TEST(Coding, purposes_go_before_categories_and_goals_before_targets) {
  const auto coding = read_coding({classified("purpose", "14030"), classified("category", "310"),
                                   classified("goal", "13"), classified("target", "6.1")});
  EXPECT_EQ(coding.sectors, (Weights{{"14030", 1'000'000}}));
  EXPECT_EQ(coding.goals, (Weights{{"13", 1'000'000}}));
  const auto facets = to_facets(coding);
  EXPECT_EQ(share_of(facets, Dimension::category, "140"), 1'000'000);
  EXPECT_EQ(share_of(facets, Dimension::category, "310"), 0) << "found, without a share";
  EXPECT_EQ(share_of(facets, Dimension::goal, "6"), 0);
  EXPECT_EQ(share_of(facets, Dimension::target, "6.1"), 1'000'000);
  EXPECT_EQ(read_coding({classified("target", "6.1"), classified("target", "6.2"),
                         classified("target", "13.1"), classified("target", "13.2")})
                .goals,
            (Weights{{"13", 500'000}, {"6", 500'000}}));
}

TEST(Coding, sectors_of_contributions_alone_are_a_mean) {
  auto record = make_record("BR-GOV-1", "A");
  for (const char* purpose : {"14030", "14030", "11220", "14030"}) {
    record.contributions.push_back(money(ContributionKind::disbursement, "10"));
    record.contributions.back().classifications = {classified("purpose", purpose, "100")};
  }
  record.contributions.push_back(money(ContributionKind::disbursement, "10"));
  const auto assembly = assemble({{1, &record, true}});
  EXPECT_EQ(share_of(assembly.facets, Dimension::purpose, "14030"), 750'000);
  EXPECT_EQ(share_of(assembly.facets, Dimension::category, "112"), 250'000);
  const auto& parts = assembly.members.front().parts;
  EXPECT_EQ(parts[0].sectors, "14030:1000000");
  EXPECT_EQ(parts[2].sectors, "11220:1000000");
  EXPECT_EQ(parts[4].sectors, "") << "split as the initiative is";
}

TEST(Coding, what_the_initiative_says_is_not_repeated) {
  auto record = make_record("BR-GOV-1", "A");
  record.classifications = {classified("purpose", "14030", "40"),
                            classified("purpose", "11220", "60"), classified("goal", "6")};
  for (int i = 0; i < 3; ++i)
    record.contributions.push_back(money(ContributionKind::disbursement, "10"));
  record.contributions[0].classifications = {classified("purpose", "14030", "20"),
                                             classified("purpose", "11220", "30")};
  record.contributions[1].classifications = {classified("purpose", "31110"),
                                             classified("goal", "2")};
  const auto assembly = assemble({{1, &record, true}});
  const auto& parts = assembly.members.front().parts;
  EXPECT_EQ(parts[0].sectors, "") << "the same proportions";
  EXPECT_EQ(parts[1].sectors, "31110:1000000");
  EXPECT_EQ(parts[1].goals, "2:1000000");
  EXPECT_EQ(parts[2].sectors + parts[2].goals, "");
  EXPECT_EQ(share_of(assembly.facets, Dimension::purpose, "31110"), 0)
      << "the initiative stands under what its money stands under";
  EXPECT_EQ(share_of(assembly.facets, Dimension::category, "311"), 0);
  EXPECT_EQ(share_of(assembly.facets, Dimension::goal, "2"), 0);
  EXPECT_EQ(share_of(assembly.facets, Dimension::purpose, "14030"), 400'000);
}

TEST(Coding, records_that_differ_carry_their_own) {
  auto first = make_record("BR-GOV-1", "A"), second = make_record("MZ-GOV-1", "B");
  first.classifications = {classified("purpose", "14030")};
  second.classifications = {classified("category", "310")};
  for (auto* record : {&first, &second})
    record->contributions = {money(ContributionKind::disbursement, "10")};
  const auto assembly = assemble({{1, &first, true, false}, {2, &second, false, true}});
  EXPECT_EQ(assembly.members[0].parts[0].sectors, "14030:1000000");
  EXPECT_EQ(assembly.members[1].parts[0].sectors, "310:1000000");
  EXPECT_EQ(sector_weights(assembly.facets), (Weights{{"14030", 500'000}, {"310", 500'000}}));
  second.classifications = first.classifications;
  EXPECT_EQ(
      assemble({{1, &first, true, false}, {2, &second, false, true}}).members[1].parts[0].sectors,
      "");
}

TEST(Coding, modalities_and_flow_types_are_its_own_else_its_records) {
  auto record = make_record("BR-GOV-1", "A");
  record.flow_type = "10";
  record.modalities = {classified("aid-type", "C01"), classified("earmarking", "1"),
                       classified("aid-type", "D01"), classified("aid-type", "C01")};
  record.contributions = {money(ContributionKind::disbursement, "1"),
                          money(ContributionKind::disbursement, "1")};
  record.contributions[1].flow_type = "30";
  record.contributions[1].modalities = {classified("aid-type", "B02")};
  const auto parts = assemble({{1, &record, true}}).members.front().parts;
  EXPECT_EQ(parts[0].modality, "C01;D01");
  EXPECT_EQ(parts[0].flow_type, "10");
  EXPECT_EQ(parts[1].modality, "B02");
  EXPECT_EQ(parts[1].flow_type, "30");
}

RC_GTEST_PROP(Coding, shares_never_exceed_the_whole_and_texts_come_back, ()) {
  static const std::vector<std::string> codes = {"14030", "14040", "11220", "31110", "140",
                                                 "310",   "99",    "6",     "6.1",   "13.2"};
  std::vector<Record> records;
  const int count = *rc::gen::inRange(1, 4);
  const auto any_items = [&] {
    std::vector<Classification> items;
    for (int i = *rc::gen::inRange(0, 5); i > 0; --i) {
      auto item = classified(
          *rc::gen::elementOf(std::vector<std::string>{"purpose", "category", "goal", "target"}),
          *rc::gen::elementOf(codes));
      if (*rc::gen::arbitrary<bool>())
        item.share = Decimal{*rc::gen::inRange<std::int64_t>(-100, 2'000'000), 4};
      items.push_back(item);
    }
    return items;
  };
  for (int i = 0; i < count; ++i) {
    auto record = make_record("P" + std::to_string(i), "A");
    record.classifications = any_items();
    record.contributions = {money(ContributionKind::disbursement, "1"),
                            money(ContributionKind::budget, "2")};
    for (auto& one : record.contributions) one.classifications = any_items();
    records.push_back(std::move(record));
  }
  std::vector<Member> members;
  for (std::size_t i = 0; i < records.size(); ++i)
    members.push_back({std::int64_t(i + 1), &records[i], i == 0, i != 0});
  const auto assembly = assemble(members);
  for (const auto dimension :
       {Dimension::purpose, Dimension::category, Dimension::goal, Dimension::target}) {
    std::int64_t sum = 0;
    for (const auto& facet : assembly.facets)
      if (facet.dimension == dimension) sum += facet.share;
    RC_ASSERT(sum <= 1'000'000);
  }
  for (const auto& member : assembly.members)
    for (const auto& part : member.parts)
      for (const auto& text : {part.sectors, part.goals})
        RC_ASSERT(write_weights(read_weights(text)) == text);
}

TEST(Coding, damaged_texts_are_refused) {
  EXPECT_TRUE(read_weights("").empty());
  for (const char* text : {"x", "140", "140:", "140:x", "140:1x", "140:1;310"})
    EXPECT_THROW(read_weights(text), Error) << text;
}

}  // namespace
}  // namespace austral::registry
