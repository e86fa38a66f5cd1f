// Details of contributions: their text reads back, and a record's loans, salaries and codes are
// found.
#include "registry/detail.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "codes/unit.hpp"
#include "registry/synthetic.hpp"

namespace austral::registry {
namespace {

using namespace synthetic;

std::string text_of(const Details& details) { return write_details(details); }

Classification code(const std::string& scheme, const std::string& value) {
  Classification one;
  one.scheme = scheme;
  one.code = value;
  return one;
}

RC_GTEST_PROP(Details, read_back_whatever_they_hold, ()) {
  const auto letters = rc::gen::container<std::string>(rc::gen::elementOf(std::string(" ;=\\aé.")));
  Details details;
  for (const auto& [name, value] :
       *rc::gen::container<std::vector<std::pair<std::string, std::string>>>(
           rc::gen::pair(rc::gen::nonEmpty(letters), letters)))
    details.push_back({name, value});
  RC_ASSERT(read_details(write_details(details)) == details);
}

TEST(Details, are_read_as_people_write_them) {
  const Details wanted = {{"grade", "P4"}, {"sex", "F"}};
  EXPECT_EQ(read_details(" grade = P4 ;  sex=F ; "), wanted);
  EXPECT_EQ(read_details("note="), (Details{{"note", ""}}));
  EXPECT_EQ(read_details(""), Details{});
  EXPECT_FALSE(read_details("P4; sex=F"));
  EXPECT_FALSE(read_details("=P4"));
  EXPECT_EQ(find_detail(wanted, "sex"), "F");
  EXPECT_EQ(find_detail(wanted, "age"), "");
}

TEST(Details, leave_no_trace_in_records_without_them) {
  const auto plain = money(ContributionKind::disbursement, "1");
  EXPECT_EQ(to_json(plain).find("details"), std::string::npos);
  auto detailed = plain;
  detailed.details = {{"grade", "P4"}};
  EXPECT_EQ(from_json<Contribution>(to_json(detailed)).details, detailed.details);
}

TEST(Details, that_are_known_have_a_meaning_and_their_names_are_no_two_things) {
  std::vector<std::string_view> names;
  for (const auto& known : known_details()) {
    EXPECT_FALSE(known.meaning.empty()) << known.name;
    names.push_back(known.name);
  }
  EXPECT_TRUE(std::is_sorted(names.begin(), names.end()));
  EXPECT_EQ(std::adjacent_find(names.begin(), names.end()), names.end());
}

TEST(RecordDetails, codes_are_the_contributions_own_or_its_records) {
  auto record = make_record("A", "1");
  record.classifications = {code("pillar", "1"), code("keyword", "GENDER"), code("goal", "3")};
  record.contributions = {money(ContributionKind::disbursement, "1"),
                          money(ContributionKind::disbursement, "2")};
  record.contributions[0].details = {{"grade", "P4"}};
  record.contributions[1].classifications = {code("pillar", "22")};
  const RecordDetails details(record);
  EXPECT_EQ(text_of(details.of(record.contributions[0])), "grade=P4;keyword=GENDER;pillar=1");
  EXPECT_EQ(text_of(details.of(record.contributions[1])), "keyword=GENDER;pillar=22");
}

TEST(RecordDetails, rows_that_differ_have_their_own_codes) {
  auto record = make_record("A", "1");
  record.classifications = {code("pillar", "1"), code("pillar", "22"), code("keyword", "A"),
                            code("keyword", "B")};
  record.contributions = {money(ContributionKind::disbursement, "1"),
                          money(ContributionKind::disbursement, "2")};
  record.contributions[0].ref = "1";
  record.contributions[1].ref = "2";
  record.extras = {{"tossd/row 1/Tossdpillar2", "1"},
                   {"tossd/row 2/Tossdpillar2", "22"},
                   {"tossd/row 2/keywords", "A|B"},
                   {"tossd/row 2/SalaryCost", "12.5"}};
  const RecordDetails details(record);
  EXPECT_EQ(text_of(details.of(record.contributions[0])), "pillar=1");
  EXPECT_EQ(text_of(details.of(record.contributions[1])),
            "keyword=A;keyword=B;pillar=22;salary_cost=12500");
  record.contributions[1].quantity.unit = "BRL";
  EXPECT_EQ(text_of(details.of(record.contributions[1])),
            "keyword=A;keyword=B;pillar=22;salary_cost=12500;currency=USD");
}

TEST(RecordDetails, a_loan_has_its_terms_and_a_grant_beside_it_has_none) {
  auto record = make_record("A", "1");
  record.finance_type = "421";
  record.extras = {{"crs-add/loan-terms/@rate-1", "2"},
                   {"crs-add/loan-terms/repayment-type/@code", "1"},
                   {"crs-add/loan-terms/repayment-plan/@code", "2"},
                   {"crs-add/loan-terms/commitment-date/@iso-date", "2010-01-01"},
                   {"crs-add/loan-terms/repayment-first-date/@iso-date", "2015-01-01"},
                   {"crs-add/loan-terms/repayment-final-date/@iso-date", "2030-01-01"}};
  record.contributions = {money(ContributionKind::commitment, "1"),
                          money(ContributionKind::disbursement, "1")};
  record.contributions[1].finance_type = "110";
  const RecordDetails details(record);
  const auto terms = details.of(record.contributions[0]);
  for (const auto& [name, value] : Details{{"interest_rate", "2"},
                                           {"repayment", "1"},
                                           {"payments", "2"},
                                           {"grace", "5"},
                                           {"maturity", "20"},
                                           {"loan_from", "2010-01-01"}})
    EXPECT_EQ(find_detail(terms, name), value) << name;
  EXPECT_TRUE(details.of(record.contributions[1]).empty());
  record.extras = {{"tossd/Maturity", "15"}};
  EXPECT_EQ(text_of(RecordDetails(record).of(record.contributions[0])), "maturity=15");
}

}  // namespace
}  // namespace austral::registry
