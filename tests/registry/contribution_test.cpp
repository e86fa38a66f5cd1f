// Contributions split over recipients: exact in both units, whatever the shares.
#include "registry/contribution.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "codes/exchange_rate.hpp"
#include "registry/initiative.hpp"
#include "registry/synthetic.hpp"

namespace austral::registry {
namespace {

using synthetic::country;
using synthetic::make_record;
using synthetic::money;

std::vector<ContributionPart> split(const Record& record, Findings* findings = nullptr) {
  Findings ignored;
  return split_contributions(record, conclude_roles(record), findings ? *findings : ignored);
}

bool has(const Findings& findings, std::string_view rule) {
  for (const auto& finding : findings)
    if (finding.rule == rule) return true;
  return false;
}

rc::Gen<Place> any_place() {
  return rc::gen::map(
      rc::gen::tuple(rc::gen::elementOf(std::vector<std::string>{"KE", "UG", "TZ", "MW", "ZM"}),
                     rc::gen::inRange(0, 4), rc::gen::arbitrary<bool>(),
                     rc::gen::inRange<std::int64_t>(-5'000, 2'000'000)),
      [](const auto& drawn) {
        const auto& [code, kind, has_share, share] = drawn;
        Place place = country(code);
        if (kind == 3) place = {"region", share % 2 ? "dac" : "m49", "298", {}, "", {}};
        if (has_share) place.share = Decimal{share, 4};
        return place;
      });
}

RC_GTEST_PROP(Splitting, parts_add_up_exactly_in_both_units, ()) {
  auto record = make_record("GB-GOV-1", "A");
  const auto places = *rc::gen::container<std::vector<Place>>(any_place());
  const bool own = *rc::gen::arbitrary<bool>();
  const auto unit =
      *rc::gen::elementOf(std::vector<std::string>{"USD", "EUR", "JPY", "KWD", "XQX"});
  Contribution one = money(ContributionKind::disbursement, "1", "2015-03-02", unit);
  one.quantity.amount = {*rc::gen::inRange<std::int64_t>(-1'000'000'000'000, 1'000'000'000'000),
                         *rc::gen::inRange(0, 5)};
  (own ? one.places : record.places) = places;
  record.contributions = {one};
  const auto parts = split(record);
  RC_ASSERT(!parts.empty());
  Decimal sum;
  std::int64_t cents = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    RC_ASSERT(parts[i].part == std::int64_t(i));
    RC_ASSERT(parts[i].usd_cents.has_value() == parts.front().usd_cents.has_value());
    sum = *add(sum, Decimal{parts[i].amount, parts[i].scale});
    cents += parts[i].usd_cents.value_or(0);
  }
  RC_ASSERT(sum == one.quantity.amount);
  const auto rate = codes::find_rate(unit, *one.date);
  RC_ASSERT(rate.has_value() == parts.front().usd_cents.has_value());
  if (rate) RC_ASSERT(cents == *codes::to_usd_cents(one.quantity.amount, *rate));
}

TEST(Splitting, follows_percentages_and_says_when_there_are_none) {
  auto record = make_record("GB-GOV-1", "A");
  record.contributions = {money(ContributionKind::disbursement, "100")};
  record.places = {country("KE", "33.3"), country("UG", "66.7")};
  Findings findings;
  auto parts = split(record, &findings);
  ASSERT_EQ(parts.size(), 2u);
  EXPECT_EQ(*parts[0].usd_cents, 3330);
  EXPECT_EQ(*parts[1].usd_cents, 6670);
  EXPECT_FALSE(has(findings, "share.missing"));

  record.places = {country("KE"), country("UG"), country("TZ")};
  parts = split(record, &findings);
  EXPECT_EQ(*parts[0].usd_cents, 3334);
  EXPECT_EQ(*parts[1].usd_cents, 3333);
  EXPECT_TRUE(has(findings, "share.missing"));

  record.places = {country("KE", "100"),
                   country("UG")};  // one share alone: nothing is left for the other
  parts = split(record);
  EXPECT_EQ(*parts[0].usd_cents, 10000);
  EXPECT_EQ(*parts[1].usd_cents, 0);
}

TEST(Splitting, regions_of_a_second_vocabulary_repeat_the_first) {
  auto record = make_record("GB-GOV-1", "A");
  record.contributions = {money(ContributionKind::disbursement, "100")};
  record.places = {{"region", "dac", "298", *parse_decimal("100"), "", {}},
                   {"region", "m49", "002", *parse_decimal("100"), "", {}}};
  const auto parts = split(record);
  ASSERT_EQ(parts.size(), 1u);
  EXPECT_EQ(parts[0].recipient, "region:dac:298");
  EXPECT_EQ(*parts[0].usd_cents, 10000);
}

TEST(Splitting, a_contributions_own_places_go_before_the_records) {
  auto record = make_record("GB-GOV-1", "A");
  record.places = {country("KE")};
  record.contributions = {money(ContributionKind::disbursement, "100")};
  record.contributions[0].places = {country("ug")};
  EXPECT_EQ(split(record)[0].recipient, "UG");
}

TEST(Splitting, country_codes_of_three_letters_or_digits_are_the_same_country) {
  auto record = make_record("GB-GOV-1", "A");
  record.contributions = {money(ContributionKind::disbursement, "100")};
  for (const char* code : {"KE", "ke", "KEN", "404"}) {
    record.places = {country(code)};
    EXPECT_EQ(split(record)[0].recipient, "KE") << code;
    EXPECT_EQ(conclude_roles(record).recipients.front().code, "KE") << code;
  }
  record.places = {country("XQX")};
  EXPECT_EQ(split(record)[0].recipient, "XQX");
}

TEST(Splitting, revised_budgets_replace_original_ones_of_their_period) {
  auto record = make_record("GB-GOV-1", "A");
  for (const auto& [type, day, amount] : {std::tuple{"1", "2015-01-01", "100"},
                                          {"2", "2015-01-01", "150"},
                                          {"1", "2016-01-01", "70"},
                                          {"", "2017-01-01", "5"}}) {
    auto budget = money(ContributionKind::budget, amount, day);
    budget.type = type;
    record.contributions.push_back(budget);
  }
  const auto parts = split(record);
  EXPECT_TRUE(parts[0].superseded);
  EXPECT_FALSE(parts[0].counted);
  for (const std::size_t i : {1, 2, 3}) EXPECT_TRUE(parts[i].counted) << i;
  EXPECT_EQ(assemble({{1, &record, true}}).budgeted_cents, 22500);
}

RC_GTEST_PROP(Splitting, quantities_of_any_unit_add_up_exactly, ()) {
  auto record = make_record("BR-GOV-1", "A");
  record.places = *rc::gen::nonEmpty(rc::gen::container<std::vector<Place>>(any_place()));
  const auto unit = *rc::gen::elementOf(
      std::vector<std::string>{"person days", "person", "TNE", "trips", "USD", "furlongs", ""});
  const Decimal amount{*rc::gen::inRange<std::int64_t>(-1'000'000, 1'000'000),
                       *rc::gen::inRange(0, 9)};
  Contribution one = money(ContributionKind::disbursement, "1", "2015-03-02", unit);
  one.quantity.amount = amount;
  record.contributions = {one};
  const auto parts = split(record);
  std::int64_t sum = 0;
  for (const auto& part : parts) {
    RC_ASSERT(part.scale == parts.front().scale);
    RC_ASSERT(part.whole.has_value() == (parts.size() > 1));
    if (part.whole) RC_ASSERT((Decimal{*part.whole, part.scale} == amount));
    sum += part.amount;
  }
  RC_ASSERT((Decimal{sum, parts.front().scale} == amount));
}

TEST(Splitting, a_unit_is_no_unknown_currency_and_has_one_name) {
  auto record = make_record("BR-GOV-1", "A");
  record.places = {country("MZ"), country("AO")};
  record.contributions = {money(ContributionKind::disbursement, "45", "2024-05-01", "Person days"),
                          money(ContributionKind::disbursement, "3", "", "persons"),
                          money(ContributionKind::disbursement, "1", "2024-05-01", "persn-dayz")};
  Findings findings;
  const auto parts = split(record, &findings);
  ASSERT_EQ(parts.size(), 6u);
  EXPECT_EQ(parts[0].unit, "person-day");
  EXPECT_EQ(parts[0].amount, 225);
  EXPECT_EQ(parts[0].scale, 1);
  EXPECT_EQ(parts[0].whole, 450);
  EXPECT_EQ(parts[2].unit, "person");
  EXPECT_EQ(parts[4].unit, "persn-dayz");
  for (const auto& part : parts) EXPECT_FALSE(part.usd_cents);
  ASSERT_EQ(findings.size(), 2u);
  EXPECT_EQ(findings[0].rule, "share.missing");
  EXPECT_EQ(findings[1].rule, "currency.unknown");
  EXPECT_NE(findings[1].message.find("person-day"), std::string::npos) << findings[1].message;
}

TEST(Splitting, a_revised_budget_of_days_replaces_no_budget_of_money) {
  auto record = make_record("BR-GOV-1", "A");
  record.contributions = {money(ContributionKind::budget, "100", "2015-01-01"),
                          money(ContributionKind::budget, "20", "2015-01-01", "person-day"),
                          money(ContributionKind::budget, "30", "2015-01-01", "person days")};
  record.contributions[2].type = "2";
  const auto parts = split(record);
  EXPECT_FALSE(parts[0].superseded);
  EXPECT_TRUE(parts[1].superseded);
  EXPECT_FALSE(parts[2].superseded);
}

TEST(Splitting, a_missing_price_is_a_finding_and_never_a_zero) {
  auto record = make_record("GB-GOV-1", "A");
  record.contributions = {money(ContributionKind::disbursement, "100", "1998-12-31", "EUR"),
                          money(ContributionKind::disbursement, "100", "2015-01-01", "QQQ"),
                          money(ContributionKind::disbursement, "100", "2015-01-01", "EUR"),
                          money(ContributionKind::disbursement, "100", "2015-01-01", "USD")};
  record.contributions[2].date = record.contributions[3].date = std::nullopt;
  Findings findings;
  const auto parts = split(record, &findings);
  EXPECT_FALSE(parts[0].usd_cents);
  EXPECT_FALSE(parts[1].usd_cents);
  EXPECT_FALSE(parts[2].usd_cents);
  EXPECT_EQ(parts[3].usd_cents, 10000);  // a dollar needs no day to be a dollar
  ASSERT_EQ(findings.size(), 3u);
  EXPECT_EQ(findings[0].rule, "price.missing");
  EXPECT_EQ(findings[1].rule, "currency.unknown");
  EXPECT_EQ(findings[2].rule, "price.missing");
  EXPECT_NE(findings[0].place.find("1998-12-31"), std::string::npos);
}

/// Source: Federal Reserve G.5, euro in March 2015: 0.9243 a dollar. 1000 / 0.9243 = 1081.900...
TEST(Splitting, the_value_dates_month_prices_it) {
  auto record = make_record("GB-GOV-1", "A");
  record.contributions = {money(ContributionKind::disbursement, "1000", "2019-06-01", "EUR")};
  record.contributions[0].value_date = parse_date("2015-03-31");
  const auto parts = split(record);
  EXPECT_EQ(parts[0].usd_cents, 108190);
  EXPECT_EQ(parts[0].year, 2019);
}

TEST(Splitting, providers_are_stated_single_or_several) {
  auto record = make_record("GB-GOV-1", "A");
  record.contributions = {money(ContributionKind::disbursement, "1")};
  EXPECT_EQ(split(record)[0].provider, "GB");
  record.participations = {{Function::funds, synthetic::party("XM-DAC-5-7")},
                           {Function::funds, synthetic::party("BR-GOV-1")}};
  EXPECT_EQ(split(record)[0].provider, several_partners);
  record.contributions[0].provider = synthetic::party("BR-GOV-1");
  EXPECT_EQ(split(record)[0].provider, "BR");
}

}  // namespace
}  // namespace austral::registry
