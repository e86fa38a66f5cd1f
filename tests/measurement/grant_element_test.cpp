// Grant elements: the six loans, two formulas that agree, and what a contribution's details become.
#include "measurement/grant_element.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace austral::measurement {
namespace {

/// Years to the first repayment are those of grace and one period more.
LoanTerms loan(int rate, int maturity, int grace, int payments) {
  return {{rate, 0}, {maturity, 0}, {(grace * payments + 1) * 100 / payments, 2}, payments};
}

// Source: K29 of the shared reference on standards, section 2.2 (discount rate 5 %).
struct KnownLoan {
  int rate, maturity, grace, payments;
  std::string_view per_cent;
  bool concessional;
};
constexpr KnownLoan known_loans[] = {
    {2, 20, 5, 2, "26.8446", false}, {0, 20, 10, 1, "52.5952", true},
    {3, 15, 3, 1, "14.4786", false}, {5, 10, 2, 1, "0.0000", false},
    {1, 25, 5, 2, "40.3350", true},  {2, 25, 5, 1, "30.7066", false}};

TEST(GrantElement, SixLoansByBothFormulas) {
  for (const auto& known : known_loans) {
    const auto terms = loan(known.rate, known.maturity, known.grace, known.payments);
    const auto flow = grant_element_by_cash_flow(terms);
    const auto closed = grant_element_in_closed_form(terms);
    ASSERT_TRUE(flow && closed) << known.per_cent;
    EXPECT_EQ(to_string(round_per_cent(*flow, 4)), known.per_cent);
    EXPECT_EQ(to_string(round_per_cent(*closed, 4)), known.per_cent);
    EXPECT_LT(abs(*flow - *closed), FiftyDigits("1e-9")) << known.per_cent;
    EXPECT_EQ(round_per_cent(*closed, 4) >= concessional_from, known.concessional);
  }
}

RC_GTEST_PROP(GrantElement, FormulasAgree, ()) {
  LoanTerms terms;
  terms.payments = *rc::gen::element(1, 2, 3, 4, 6, 12);
  const int all = *rc::gen::inRange(1, 40 * terms.payments + 1);
  const int first = *rc::gen::inRange(1, all + 1);
  terms.rate = {*rc::gen::inRange(0, 1500), 2};
  terms.maturity = {std::int64_t(all) * 1'000'000 / terms.payments, 6};
  terms.first_repayment = {std::int64_t(first) * 1'000'000 / terms.payments, 6};
  terms.repayment = *rc::gen::element(Repayment::equal_principal, Repayment::lump_sum);
  const Decimal discount{*rc::gen::inRange(1, 1500), 2};
  const auto flow = grant_element_by_cash_flow(terms, discount);
  const auto closed = grant_element_in_closed_form(terms, discount);
  RC_ASSERT(flow && closed);
  RC_ASSERT(abs(*flow - *closed) < FiftyDigits("1e-30"));
  RC_ASSERT(*flow < 100);
}

/// A loan at the rate of discount is worth what it costs, however it is repaid in a year.
RC_GTEST_PROP(GrantElement, IsNothingAtTheRateOfDiscount, ()) {
  LoanTerms terms;
  const int all = *rc::gen::inRange(1, 60), first = *rc::gen::inRange(1, 60);
  RC_PRE(first <= all);
  terms.rate = {*rc::gen::inRange(1, 1500), 2};
  terms.maturity = {all, 0};
  terms.first_repayment = {first, 0};
  terms.repayment =
      *rc::gen::element(Repayment::equal_principal, Repayment::lump_sum, Repayment::annuity);
  const auto flow = grant_element_by_cash_flow(terms, terms.rate);
  RC_ASSERT(flow.has_value());
  RC_ASSERT(abs(*flow) < FiftyDigits("1e-30"));
}

TEST(GrantElement, RefusesWhatIsNoLoan) {
  auto terms = loan(2, 20, 5, 2);
  terms.first_repayment = {21, 0};
  EXPECT_FALSE(grant_element_by_cash_flow(terms));
  terms = loan(2, 20, 5, 2);
  terms.payments = 0;
  EXPECT_FALSE(grant_element_in_closed_form(terms));
  terms = loan(2, 1000, 5, 2);
  EXPECT_FALSE(grant_element_by_cash_flow(terms));
  terms = loan(-2, 20, 5, 2);
  EXPECT_FALSE(grant_element_by_cash_flow(terms));
  EXPECT_FALSE(grant_element_in_closed_form(loan(2, 20, 5, 1), {0, 0}));
}

/// Without interest or discount what is paid back is what was lent.
TEST(GrantElement, AnnuityWithoutInterestIsEqualPrincipal) {
  auto terms = loan(0, 20, 10, 1);
  const auto equal = grant_element_by_cash_flow(terms);
  terms.repayment = Repayment::annuity;
  EXPECT_LT(abs(*grant_element_by_cash_flow(terms) - *equal), FiftyDigits("1e-40"));
  EXPECT_EQ(*grant_element_by_cash_flow(terms, {0, 0}), 0);
}

Trait trait_of(std::vector<std::pair<std::string, std::string>> details) {
  Trait trait;
  trait.unit = "USD";
  trait.details = std::move(details);
  return trait;
}

// Source: K29, first loan: first repayment after five years and a half.
TEST(GrantElement, BecomesADetail) {
  auto trait = trait_of({{"interest_rate", "2"},
                         {"maturity", "20"},
                         {"grace", "5.5"},
                         {"payments", "2"},
                         {"repayment", "1"},
                         {"grant_element", "31.2"}});
  add_grant_element(trait);
  EXPECT_EQ(trait.detail("grant_element"), "26.8446");
  EXPECT_EQ(trait.detail("grant_element_stated"), "31.2");
  const auto once = trait;
  add_grant_element(trait);
  EXPECT_EQ(trait, once);
}

TEST(GrantElement, DaysToAHundredthOfAYearAreWholePeriods) {
  auto trait = trait_of(
      {{"interest_rate", "2"}, {"maturity", "19.99"}, {"grace", "5.51"}, {"payments", "2"}});
  add_grant_element(trait);
  EXPECT_EQ(trait.detail("grant_element"), "26.8446");
}

TEST(GrantElement, IsNotGuessed) {
  const std::vector<std::pair<std::string, std::string>> full = {
      {"interest_rate", "2"}, {"maturity", "20"}, {"grace", "5.5"}, {"payments", "2"}};
  for (std::size_t without = 0; without < 3; ++without) {
    auto details = full;
    details.erase(details.begin() + std::ptrdiff_t(without));
    auto trait = trait_of(details);
    add_grant_element(trait);
    EXPECT_EQ(trait.detail("grant_element"), "") << without;
  }
  for (const std::pair<std::string, std::string> odd :
       {std::pair{"repayment", "5"}, {"interest_rate_2", "4"}, {"payments", "0"}}) {
    auto details = full;
    details.insert(details.begin(), odd);
    auto trait = trait_of(details);
    add_grant_element(trait);
    EXPECT_EQ(trait.detail("grant_element"), "") << odd.first;
  }
}

TEST(GrantElement, StatedValueAloneIsKeptApart) {
  Facts facts;
  facts.traits.push_back(trait_of({{"grant_element", "50"}}));
  add_grant_elements(facts);
  EXPECT_EQ(facts.traits[0].detail("grant_element"), "");
  EXPECT_EQ(facts.traits[0].detail("grant_element_stated"), "50");
}

}  // namespace
}  // namespace austral::measurement
