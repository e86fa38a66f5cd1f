// Groupings by year, code lists and exchange rates against published figures.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>

#include "base/error.hpp"
#include "codes/code_list.hpp"
#include "codes/exchange_rate.hpp"
#include "codes/grouping.hpp"

namespace austral::codes {
namespace {

/// Source: UN Committee for Development Policy, graduated countries: Botswana 19 Dec 1994, Cabo
/// Verde 20 Dec 2007, Maldives 1 Jan 2011, Samoa 1 Jan 2014, Equatorial Guinea 4 Jun 2017, Vanuatu
/// 4 Dec 2020, Bhutan 13 Dec 2023. A year counts by its 1 July.
TEST(Groupings, least_developed_countries_graduate_in_their_year) {
  for (const auto& [country, last] : {std::pair{"BW", 1994},
                                      {"CV", 2007},
                                      {"MV", 2010},
                                      {"WS", 2013},
                                      {"GQ", 2016},
                                      {"VU", 2020},
                                      {"BT", 2023}}) {
    EXPECT_TRUE(is_member("ldc", country, last)) << country;
    EXPECT_FALSE(is_member("ldc", country, last + 1)) << country;
    EXPECT_FALSE(is_member("ldc", country, 0)) << country;
  }
  EXPECT_FALSE(is_member("ldc", "AO", 1993));  // included in 1994
  EXPECT_TRUE(is_member("ldc", "AO", 1994));
  EXPECT_TRUE(is_member("ldc", "NP", 0));
  EXPECT_FALSE(is_member("ldc", "SS", 2010));  // South Sudan: independent in 2011, included in 2012
  EXPECT_TRUE(is_member("ldc", "SS", 2013));
}

/// Source: OECD, Korea became the 24th member of the Development Assistance Committee on 1 January
/// 2010.
TEST(Groupings, the_republic_of_korea_joins_the_committee_in_2010) {
  EXPECT_FALSE(is_member("dac", "KR", 2009));
  EXPECT_TRUE(is_member("dac", "KR", 2010));
  EXPECT_TRUE(is_member("dac", "GB", 0));
  for (const char* country : {"BR", "CN", "IN", "MX", "TR", "ZA", "CL"})
    EXPECT_FALSE(is_member("dac", country, 0));
}

TEST(Groupings, labels_in_every_language_with_english_behind_them) {
  EXPECT_EQ(grouping_label("ldc", "fr"), "Pays les moins avancés");
  EXPECT_EQ(grouping_label("ldc", "zh"), "最不发达国家");
  EXPECT_EQ(grouping_label("ldc", "sw"), "Least developed countries");
  EXPECT_EQ(grouping_label("atlantis", "fr"), "atlantis");
  for (const auto& grouping : all_groupings()) {
    EXPECT_EQ(grouping.labels.size(), 7u) << grouping.code;
    EXPECT_EQ(grouping.labels.front().second, grouping.label) << grouping.code;
  }
}

/// Source: data/codes/SOURCE.md: founders of 1973, later ones among the thirteen.
TEST(Groupings, the_sahel_has_its_committee) {
  EXPECT_EQ(members_of("cilss").size(), 13u);
  EXPECT_TRUE(is_member("cilss", "NE", 1990));
  EXPECT_FALSE(is_member("cilss", "NE", 1972));
  EXPECT_FALSE(is_member("cilss", "BJ", 1990));
  EXPECT_TRUE(is_member("cilss", "BJ", 0));
}

TEST(Groupings, spans_are_of_known_groupings_and_in_order) {
  std::size_t spans = 0;
  for (const auto& grouping : all_groupings())
    for (const auto& span : members_of(grouping.code)) {
      ++spans;
      EXPECT_TRUE(span.to == 0 || span.from <= span.to) << grouping.code << span.country;
      EXPECT_FALSE(memberships_of(span.country).empty());
    }
  EXPECT_GT(spans, 1900u);
  EXPECT_EQ(find_grouping("atlantis"), nullptr);
  EXPECT_FALSE(is_member("atlantis", "BR", 2000));
  EXPECT_FALSE(is_member("developing", "", 2000));
}

/// No country is developing and developed in one year.
RC_GTEST_PROP(Groupings, developing_and_developed_exclude_each_other, ()) {
  const int year = *rc::gen::inRange(1970, 2027);
  for (const auto& span : members_of("developing"))
    RC_ASSERT(!(is_member("developing", span.country, year) &&
                is_member("developed", span.country, year)));
}

/// Source: A/RES/70/1: 17 goals and 169 targets, this many under each goal.
TEST(Lists, goals_and_targets_are_those_of_the_2030_agenda) {
  EXPECT_EQ(get_list("goal").all().size(), 17u);
  EXPECT_EQ(get_list("target").all().size(), 169u);
  constexpr int expected[] = {7, 8, 13, 10, 9, 8, 5, 12, 8, 10, 10, 11, 5, 10, 12, 12, 19};
  std::map<std::string, int> targets;
  for (const auto& target : get_list("target").all())
    ++targets[std::string(target.code.substr(0, target.code.find('.')))];
  for (int goal = 1; goal <= 17; ++goal)
    EXPECT_EQ(targets[std::to_string(goal)], expected[goal - 1]) << goal;
}

/// Source: IATI 2.03, TransactionType: 13 codes; ActivityStatus: 6; OECD: 3 and 5 digits.
TEST(Lists, have_the_published_codes) {
  EXPECT_EQ(get_list("TransactionType").all().size(), 13u);
  EXPECT_EQ(get_list("ActivityStatus").all().size(), 6u);
  EXPECT_TRUE(get_list("purpose").find("14030"));
  EXPECT_TRUE(get_list("category").find("140"));
  EXPECT_FALSE(get_list("purpose").find("00000"));
  EXPECT_EQ(get_list("goal").label("6", "fr"), "Eau propre et assainissement");
  EXPECT_EQ(get_list("goal").label("6", "tlh"), get_list("goal").label("6", "en"));
  EXPECT_EQ(get_list("goal").label("99", "en"), "99");
  EXPECT_EQ(find_list("nothing"), nullptr);
  EXPECT_THROW(get_list("nothing"), Error);
  EXPECT_EQ(find_v2_code("ActivityDateType", "start-actual"), "2");
  EXPECT_EQ(find_v2_code("ActivityDateType", "never"), "");
  EXPECT_EQ(edition().size(), 12u);
}

TEST(Lists, parents_exist) {
  for (const auto& code : get_list("purpose").all())
    EXPECT_TRUE(get_list("category").find(code.parent)) << code.code;
}

Date day(const char* text) { return *parse_date(text); }

Decimal rate(const char* currency, const char* on) {
  const auto found = find_rate(currency, day(on));
  return found ? found->units_per_usd : Decimal{};
}

/// Whether left is right within so many millionths of it.
bool is_near(const Decimal& left, const char* right, std::int64_t millionths) {
  const auto wanted = *parse_decimal(right);
  const auto ratio = divide(left, wanted, 9);
  return ratio && std::abs(ratio->mantissa - 1'000'000'000) <= millionths * 1000;
}

/// Source: Federal Reserve G.5, monthly averages: March 2015 euro 1.0819 US dollars (0.9243 a
/// dollar), real 3.1414; ECB annual averages: 2001 0.8956, 2015 1.1095, 2019 1.1195 dollars a euro;
/// the Saudi riyal stands at 3.75 a dollar since 1986.
TEST(ExchangeRates, are_the_published_ones) {
  EXPECT_EQ(rate("EUR", "2015-03-31"), (Decimal{9243, 4}));
  EXPECT_EQ(rate("BRL", "2015-03-01"), (Decimal{31414, 4}));
  EXPECT_EQ(find_rate("EUR", day("2015-03-15"))->period, "2015-03");
  for (const auto& [year, dollars] :
       {std::pair{"2001", "0.8956"}, {"2015", "1.1095"}, {"2019", "1.1195"}}) {
    Decimal sum;
    for (int month = 1; month <= 12; ++month)
      sum = *add(sum, find_rate("EUR", *make_date(std::stoi(year), month, 1))->units_per_usd);
    const auto mean = divide({12, 0}, sum, 9);
    EXPECT_TRUE(is_near(*mean, dollars, 4000)) << year << " " << to_string(*mean);
  }
  for (const char* on : {"1990-05-05", "2005-05-05", "2022-05-05"})
    EXPECT_TRUE(is_near(rate("SAR", on), "3.75", 3000)) << on;
}

/// Source: Council Regulation (EC) No 2866/98, the irrevocably fixed conversion rates of the euro.
TEST(ExchangeRates, keep_the_fixed_rates_of_the_euro) {
  for (const auto& [currency, fixed] : {std::pair{"DEM", "1.95583"},
                                        {"FRF", "6.55957"},
                                        {"ITL", "1936.27"},
                                        {"ESP", "166.386"},
                                        {"NLG", "2.20371"},
                                        {"ATS", "13.7603"},
                                        {"BEF", "40.3399"},
                                        {"FIM", "5.94573"},
                                        {"PTE", "200.482"}})
    for (const char* on : {"1999-06-01", "2001-01-31"}) {
      const auto ratio = divide(rate(currency, on), rate("EUR", on), 9);
      ASSERT_TRUE(ratio) << currency << on;
      EXPECT_TRUE(is_near(*ratio, fixed, 1500))
          << currency << " " << on << " " << to_string(*ratio);
    }
}

TEST(ExchangeRates, a_missing_rate_is_nothing_and_never_a_neighbour) {
  EXPECT_FALSE(find_rate("EUR", day("1998-12-31")));  // the euro began on 1 January 1999
  EXPECT_TRUE(find_rate("EUR", day("1999-01-01")));
  EXPECT_FALSE(find_rate("EUR", day("2099-01-01")));
  EXPECT_FALSE(find_rate("DEM", day("2003-01-01")));  // withdrawn; never the euro's
  EXPECT_FALSE(find_rate("XQX", day("2010-01-01")));
  EXPECT_FALSE(find_rate("", day("2010-01-01")));
  EXPECT_FALSE(find_rate("eur", day("2010-01-01")));
  EXPECT_EQ(rate("USD", "1200-01-01"), (Decimal{1, 0}));
  for (int year = 1960; year < 2035; ++year)
    for (int month = 1; month <= 12; ++month)
      if (const auto found = find_rate("INR", *make_date(year, month, 28)))
        EXPECT_EQ(found->period.substr(0, 4), std::to_string(year));
}

/// Source: ISO 4217, minor units.
TEST(Currencies, have_their_minor_units) {
  for (const auto& [code, digits] :
       {std::pair{"USD", 2}, {"JPY", 0}, {"KWD", 3}, {"CLP", 0}, {"BHD", 3}, {"XOF", 0}})
    EXPECT_EQ(minor_units(code), digits) << code;
  EXPECT_EQ(minor_units("QQQ"), 2);
  EXPECT_TRUE(is_currency("DEM"));
  EXPECT_FALSE(is_currency("QQQ"));
}

/// Half-even against whole numbers in 128 bits: cents = amount * 100 / units, both without their
/// points.
RC_GTEST_PROP(ExchangeRates, cents_are_exact_and_half_even, ()) {
  const Decimal amount{*rc::gen::inRange<std::int64_t>(-1'000'000'000'000, 1'000'000'000'000),
                       *rc::gen::inRange(0, 4)};
  const ExchangeRate price{
      {*rc::gen::inRange<std::int64_t>(1, 10'000'000'000), *rc::gen::inRange(0, 9)}, {}};
  __int128 over = __int128(amount.mantissa) * 100, under = price.units_per_usd.mantissa;
  for (int i = 0; i < price.units_per_usd.scale; ++i) over *= 10;
  for (int i = 0; i < amount.scale; ++i) under *= 10;
  const bool negative = over < 0;
  if (negative) over = -over;
  __int128 cents = over / under;
  const __int128 twice = (over % under) * 2;
  if (twice > under || (twice == under && cents % 2 == 1)) ++cents;
  if (negative) cents = -cents;
  const auto ours = to_usd_cents(amount, price);
  if (cents > INT64_MAX || cents < INT64_MIN) {
    RC_ASSERT(!ours);
  } else {
    RC_ASSERT(ours);
    RC_ASSERT(*ours == std::int64_t(cents));
  }
}

}  // namespace
}  // namespace austral::codes
