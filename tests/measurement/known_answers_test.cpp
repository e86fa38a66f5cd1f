// Published figures that this room must give again: sums, shares, growth, counts, averages.
// Source of each: the case of that number in section 9 of the shared reference on standards, which
// names the publication. P: reported by a public page; R: recalled.
#include <gtest/gtest.h>

#include "measurement/example_facts.hpp"
#include "measurement/sums.hpp"

namespace austral::measurement {
namespace {

using registry::ContributionKind;
using registry::Framework;

std::string total(const Answer& answer, std::string_view code, int digits) {
  return to_string(sum_of(answer, sum_items(answer), code), digits);
}

/// In per cent of their sum, rounded so that they add up to 100.
std::vector<std::string> shares(const std::vector<Amount>& parts, int digits) {
  Amount sum;
  for (const auto& part : parts) sum += part;
  std::vector<Amount> exact;
  for (const auto& part : parts) exact.push_back(to_amount(to_ratio(part) * 100 / to_ratio(sum)));
  std::vector<std::string> texts;
  for (const auto& part : round_parts(exact, digits)) texts.push_back(to_string(part, digits));
  return texts;
}

std::vector<std::string> item_shares(const Answer& answer, const std::vector<std::string>& codes,
                                     int digits) {
  std::vector<Amount> parts;
  for (const auto& code : codes) parts.push_back(answer.sum_of(place_of(answer, code)));
  return shares(parts, digits);
}

std::string per_cent_of(const Amount& part, const Amount& whole, int digits) {
  return to_string(to_amount(to_ratio(part) * 100 / to_ratio(whole)), digits);
}

std::string growth(const Amount& from, const Amount& to) {
  return to_string(Spread{from, to, {}}.per_cent().value());
}

/// A methodology of one's own for a case: China's three heads, amounts in billions of yuan.
constexpr std::string_view three_heads = R"(methodology: three-heads
version: "1"
status: national
title: Three heads of foreign aid
source: white papers of 2011 and 2014
currency: CNY
groups:
  - {code: all, kind: monetary, title: All}
items:
  - {code: grants, group: all, title: Grants, when: {unit: money, finance_type: "110"}, method: M0}
  - {code: free, group: all, title: Interest-free loans, method: M0,
     when: {unit: money, finance_type: "421", detail.interest_rate: "0"}}
  - {code: loans, group: all, title: Concessional loans, method: M0,
     when: {unit: money, finance_type: "421", detail.interest_rate: none}}
)";

HandMade& add_heads(HandMade& facts, int year, const std::vector<std::string>& billions) {
  Gift gift{"CN", "TZ", Framework::south_south, "", "110", "", {}, year};
  facts.add("CNY", billions[0], gift);
  gift.finance_type = "421";
  gift.details = {{"interest_rate", "0"}};
  facts.add("CNY", billions[1], gift);
  gift.details.clear();
  return facts.add("CNY", billions[2], gift);
}

struct Heads {
  int year;
  std::vector<std::string> billions;
  std::string sum;
  std::vector<std::string> shares;
  int digits;
};

// K8, K9 (P), K10 (R).
TEST(KnownAnswers, ChinaByThreeHeads) {
  const auto methodology = read_methodology(three_heads);
  const Heads spans[] = {
      {2009, {"106.2", "76.54", "73.55"}, "256.29", {"41.44", "29.86", "28.70"}, 2},
      {2012, {"32.32", "7.26", "49.76"}, "89.34", {"36.2", "8.1", "55.7"}, 1},
      {2018, {"127.8", "11.3", "131.1"}, "270.20", {"47.30", "4.18", "48.52"}, 2}};
  for (const auto& span : spans) {
    HandMade facts;
    const auto answer = add_heads(facts, span.year, span.billions).measure(methodology);
    EXPECT_EQ(total(answer, "all", 2), span.sum);
    EXPECT_EQ(item_shares(answer, {"grants", "free", "loans"}, span.digits), span.shares);
  }
  HandMade both;
  add_heads(both, spans[0].year, spans[0].billions);
  const auto answer = add_heads(both, spans[1].year, spans[1].billions).measure(methodology);
  EXPECT_EQ(total(answer, "all", 2), "345.63");
}

/// The framework puts the same money under grants and concessional loans.
TEST(KnownAnswers, ChinaUnderTheFrameworkOfUnctad) {
  HandMade facts;
  add_heads(facts, 2009, {"106.2", "76.54", "73.55"});
  for (auto& trait : facts.facts().traits)
    if (trait.finance_type == "421") trait.details.emplace_back("concessionality", "1");
  const auto answer = facts.measure(shipped_in("unctad", "CNY"));
  EXPECT_EQ(sum_of(answer, "A1"), "106.20");
  EXPECT_EQ(sum_of(answer, "A2"), "150.09");
  EXPECT_EQ(total(answer, "A+B", 2), "256.29");
}

// K11 (P): 914 initiatives of 2023, 76.6 bilateral, 14.8 triangular, 8.6 regional; + 10 % on about
// 831.
TEST(KnownAnswers, InitiativesOfIberoAmerica) {
  const Amount all = *parse_amount("914");
  std::vector<Amount> parts;
  for (const auto* share : {"76.6", "14.8", "8.6"})
    parts.push_back(to_amount(to_ratio(all) * to_ratio(*parse_decimal(share)) / 100));
  const auto counts = round_parts(parts, 0);
  EXPECT_EQ(to_string(counts[0], 0), "700");
  EXPECT_EQ(to_string(counts[1], 0), "135");
  EXPECT_EQ(to_string(counts[2], 0), "79");
  EXPECT_EQ(shares(counts, 1), (std::vector<std::string>{"76.6", "14.8", "8.6"}));
  std::vector<Amount> counted;
  for (const int size : {831, 914}) {
    HandMade facts;
    for (int n = 0; n < size; ++n) facts.add("USD", "1");
    const auto answer = facts.measure(shipped_named("unctad"));
    counted.push_back(sum_items(answer)[place_of(answer, "C6")].quantities.begin()->second);
  }
  EXPECT_EQ(growth(counted[0], counted[1]), "10.0");
}

Gift brazilian(const std::string& modality, int year, const std::string& type = "110") {
  return {"BR", "MZ", Framework::south_south, modality, type, "", {}, year};
}

// K12 (P): 2005-2009.
TEST(KnownAnswers, BrazilByItsOwnHeads) {
  HandMade facts;
  facts.add("BRL", "155000000", brazilian("J01", 2009));
  facts.add("BRL", "284000000", brazilian("E01", 2009));
  facts.add("BRL", "2459526873.49", brazilian("B02a", 2009));
  const auto answer = facts.measure(shipped_named("cobradi"));
  EXPECT_EQ(total(answer, "G+H", 2), "2898526873.49");
  const auto all = sum_of(answer, sum_items(answer), "G+H");
  EXPECT_EQ(per_cent_of(answer.sum_of(place_of(answer, "doacoes")), all, 2), "5.35");
  EXPECT_EQ(per_cent_of(answer.sum_of(place_of(answer, "bolsas")), all, 1), "9.8");
}

// K13 (P): 2010, bilateral, millions of reais by region.
TEST(KnownAnswers, BrazilByRegion) {
  HandMade facts;
  for (const auto* millions : {"195", "65", "6", "11", "3", "6"})
    facts.add("BRL", millions, brazilian("D01", 2010));
  EXPECT_EQ(total(facts.measure(shipped_named("cobradi")), "tecnica", 0), "286");
}

// K14 (P): 2021, billions of reais; the New Development Bank's capital is multilateral.
TEST(KnownAnswers, BrazilMultilateral) {
  HandMade facts;
  facts.add("BRL", "3.45", brazilian("", 2021, "310"));
  facts.add("BRL", "2.25", brazilian("B02b", 2021));
  facts.add("BRL", "0.93", brazilian("D01", 2021));
  const auto answer = facts.measure(shipped_named("cobradi"));
  const auto all = sum_of(answer, sum_items(answer), "G");
  EXPECT_EQ(to_string(all, 2), "6.63");
  EXPECT_EQ(sum_of(answer, "org"), "5.70");
  EXPECT_EQ(per_cent_of(answer.valued[0].value, all, 1), "52.0");
  EXPECT_EQ(per_cent_of(answer.sum_of(place_of(answer, "org")), all, 1), "86.0");
}

// K15 (P): what Mexico received is told apart from what it offered.
TEST(KnownAnswers, MexicoOffersAndReceives) {
  HandMade facts;
  facts.add("project", "268", {"MX", "GT"}).add("project", "327", {"DE", "MX"});
  const auto answer = facts.measure(shipped_named("amexcid"));
  EXPECT_EQ(count_of(answer, "proyectos"), "268");
  ASSERT_EQ(answer.left_out.size(), 1u);
  EXPECT_EQ(answer.left_out[0].why, LeftOut::scope);
  EXPECT_EQ(268 + facts.facts().rows[answer.left_out[0].fact].amount, 595);
}

/// The template of a country, for other kinds of contributions.
Methodology template_of(const std::string& kind, const std::string& currency) {
  std::string text = shipped_in("country-template", currency).text;
  const std::string usual = "[disbursement, expenditure]";
  text.replace(text.find(usual), usual.size(), "[" + kind + "]");
  return read_methodology(text);
}

struct Sum {
  std::string_view of;
  ContributionKind kind;
  std::string currency;
  std::vector<std::string> parts;
  std::string sum;
  int digits;
};

// K16, K17, K19, K20, K21, K24 (P).
TEST(KnownAnswers, SumsOfFundsAndPledges) {
  const Sum sums[] = {
      {"African Renaissance Fund 2011/12, millions of rand",
       ContributionKind::incoming_funds,
       "ZAR",
       {"450.370", "77.177"},
       "527.547",
       3},
      {"Perez-Guerrero Trust Fund 1997",
       ContributionKind::commitment,
       "USD",
       {"24850", "25000", "37560", "61500"},
       "148910",
       0},
      {"pledges of 1995, millions",
       ContributionKind::pledge,
       "USD",
       {"950", "1000", "97.8", "1.6", "1.9", "4.8", "50"},
       "2106.1",
       1},
      {"India's pledges of 2017, millions",
       ContributionKind::pledge,
       "USD",
       {"4.5", "1.92", "1.25", "1", "0.862", "0.5", "0.15", "0.1", "0.1", "0.2"},
       "10.582",
       3},
      {"India-UN fund, tranche", ContributionKind::disbursement, "USD", {"6", "9.46"}, "15.46", 2},
      {"India-UN fund, pledge", ContributionKind::pledge, "USD", {"100", "50"}, "150", 0},
      {"NGOs of Türkiye 2017, millions",
       ContributionKind::disbursement,
       "USD",
       {"384.6", "323"},
       "707.6",
       1}};
  for (const auto& one : sums) {
    HandMade facts;
    for (const auto& part : one.parts) {
      Gift gift;
      gift.kind = one.kind;
      facts.add(one.currency, part, gift);
    }
    const auto kind = boost::describe::enum_to_string(one.kind, "");
    EXPECT_EQ(total(facts.measure(template_of(kind, one.currency)), "1", one.digits), one.sum)
        << one.of;
  }
}

// K22 (P): projects and their average, millions of dollars.
TEST(KnownAnswers, AverageProjectOfIbsa) {
  const std::tuple<int, std::string, std::string> years[] = {{6 + 29 + 7, "46.5", "1.107"},
                                                             {45, "50.6", "1.124"}};
  for (const auto& [projects, millions, average] : years) {
    HandMade facts;
    const auto whole = round_to(*parse_decimal(millions), 6)->mantissa;
    const std::vector<Decimal> equal(std::size_t(projects), Decimal{1, 0});
    for (const auto part : split_by_weights(whole, equal))
      facts.add("USD", to_string(Decimal{part, 6}));
    const auto answer = facts.measure(shipped_named("unctad"));
    const auto item = sum_items(answer)[place_of(answer, "A9")];
    EXPECT_EQ(item.initiatives, projects);
    EXPECT_EQ(to_string(to_amount(to_ratio(item.amount) / item.initiatives), 3), average);
  }
}

// K23 (P): civilian experts abroad in four years; a year is 220 days there and back.
TEST(KnownAnswers, ExpertsOfItec) {
  HandMade facts;
  int year = 2019;
  for (const auto* experts : {"53", "44", "41", "42"})
    facts.add("person-year", experts, {"IN", "BT", Framework::south_south, "", "", "", {}, year++});
  EXPECT_EQ(count_of(facts.measure(shipped_named("unctad")), "C2"), std::to_string(180 * 220));
  std::string text = shipped_named("unctad").text;
  const auto at = text.find("unit: person-day\n");
  text.replace(at, std::string("unit: person-day").size(), "unit: person-year");
  EXPECT_EQ(count_of(facts.measure(read_methodology(text)), "C2"), "180");
}

Amount tossd_of(const std::string& millions, int year) {
  HandMade facts;
  facts.add("USD", millions,
            {"TR", "SO", Framework::other, "C01", "110", "", {{"pillar", "1"}}, year});
  const auto answer = facts.measure(shipped_named("tossd"));
  return sum_of(answer, sum_items(answer), "TOSSD");
}

// K25: gross disbursements, millions of dollars, current and of 2024.
TEST(KnownAnswers, GrowthOfTossd) {
  EXPECT_EQ(growth(tossd_of("299878.4", 2019), tossd_of("497676.0", 2024)), "66.0");
  EXPECT_EQ(growth(tossd_of("340219.0", 2019), tossd_of("497676.0", 2024)), "46.3");
}

// K26: rows of provider 0 are aggregates; the share of the goals by division.
TEST(KnownAnswers, AggregatesOfTossd) {
  HandMade facts;
  facts.add("USD", "398.3", {"TR", "SO", Framework::other, "C01", "110", "", {{"pillar", "1"}}});
  facts.add("USD", "99.4", {"", "SO", Framework::other, "C01", "110", "", {{"pillar", "1"}}});
  const auto answer = facts.measure(shipped_named("tossd"));
  const auto all = sum_of(answer, sum_items(answer), "TOSSD");
  EXPECT_EQ(to_string(all, 1), "497.7");
  EXPECT_EQ(per_cent_of(answer.valued[1].value, all, 2), "19.97");
  const Formula whole("part / share");
  const auto tagged =
      whole.compute({to_ratio(*parse_decimal("50855.51")), to_ratio(*parse_decimal("0.18453846"))});
  ASSERT_TRUE(tagged.has_value());
  EXPECT_EQ(to_string(to_amount(*tagged), 1), "275582.2");
  const Ratio billions = to_ratio(answer.valued[0].value);
  EXPECT_EQ(to_string(to_amount(*tagged / 10 / billions), 1), "69.2");
}

// K28 (P): 2022, billions of dollars; direct investment and South-South cooperation stay beside it.
TEST(KnownAnswers, Indicator1731Of2022) {
  HandMade facts;
  const auto add = [&](const std::string& billions, Gift gift) {
    gift.year = 2022;
    facts.add("USD", billions, gift);
  };
  add("200", {"DE", "UG", Framework::other, "C01", "110"});
  add("50", {"DE", "UG", Framework::other, "C01", "421", "", {{"grant_element", "60"}}});
  add("26.6", {"DE", "UG", Framework::other, "C01", "421", "", {{"concessionality", "0"}}});
  add("55.3", {"DE", "UG", Framework::other, "", "", "", {{"mobilised", "yes"}}});
  add("10.2", {"US", "UG", Framework::other, "", "110", "30"});
  add("900", {"US", "UG", Framework::other, "", "710", "36"});
  add("12", {"CN", "UG", Framework::south_south, "C01", "110"});
  const auto answer = facts.measure(shipped_named("sdg-17-3-1"));
  EXPECT_EQ(total(answer, "a-c", 1), "276.6");
  EXPECT_EQ(total(answer, "a-c+e+f", 1), "342.1");
  EXPECT_EQ(sum_of(answer, "d", 0), "900");
  EXPECT_EQ(total(answer, "SSC", 0), "12");
}

// K30: worked example 5, the spread of example 1 (its inputs are invented there).
TEST(KnownAnswers, SpreadOfAnExpertsTime) {
  HandMade facts;
  facts.add("person-day", "45",
            {"BR",
             "MZ",
             Framework::south_south,
             "D011",
             "",
             "",
             {{"grade", "senior"}, {"monthly", "18000"}, {"currency", "BRL"}}});
  facts.price("months_paid", "", "13").price("employer_charge", "", "0.28");
  facts.price("daily_rate", "senior", "450", "USD").price("ppp", "", "2.46", "BRL");
  facts.price("institutional_factor", "", "0.35").price("exchange_rate", "BRL", "5.3944", "BRL");
  std::string text = shipped_named("unctad").text;
  text.replace(text.find("rates: annual"), 13, "rates: own");
  const auto answer = facts.measure(read_methodology(text));
  const auto spread = spread_items(answer)[place_of(answer, "B1")];
  EXPECT_EQ(to_string(spread.smallest, 2), "11357.23");
  EXPECT_EQ(to_string(spread.largest, 2), "24904.66");
  EXPECT_EQ(to_string(spread.per_cent().value()), "119.3");
}

// K31 (P): the newest effective date on or before the day; a revision lists what changed alone.
TEST(KnownAnswers, RatesByTheirEffectiveDate) {
  const std::tuple<int, int, std::string, std::string> days[] = {
      {6, 14, "ARS", "10.00"}, {6, 15, "ARS", "5.00"}, {6, 30, "ARS", "5.00"},
      {7, 1, "ARS", "4.00"},   {6, 14, "CLP", "2.00"}, {6, 15, "CLP", "2.00"},
      {7, 1, "CLP", "1.00"}};
  std::string text = shipped_named("unctad").text;
  text.replace(text.find("rates: annual"), 13, "rates: own");
  const auto methodology = read_methodology(text);
  for (const auto& [month, day, currency, dollars] : days) {
    HandMade made;
    Gift gift;
    gift.year = 2016;
    made.add(currency, "100", gift);
    made.facts().rows[0].day = make_date(2016, month, day)->days;
    made.price_from(2016, 6, 1, "ARS", "10").price_from(2016, 6, 1, "CLP", "50");
    made.price_from(2016, 6, 15, "ARS", "20");
    made.price_from(2016, 7, 1, "ARS", "25").price_from(2016, 7, 1, "CLP", "100");
    EXPECT_EQ(sum_of(made.measure(methodology), "A9"), dollars) << currency << month << "-" << day;
  }
}

}  // namespace
}  // namespace austral::measurement
