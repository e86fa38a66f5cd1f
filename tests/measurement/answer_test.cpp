// What holds of every answer: the order of rows and the number of threads do not matter, parts add
// up, bridges close, frozen answers come back byte by byte.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>

#include "base/error.hpp"
#include "measurement/bridge.hpp"
#include "measurement/frozen.hpp"
#include "measurement/sums.hpp"

namespace austral::measurement {
namespace {

const std::vector<std::string> partners = {"BR", "CN", "MZ", "KE", "US", "XM-DAC-41114", "*"};
const std::vector<std::string> units = {"USD",    "BRL",     "CNY",  "person-day", "person-month",
                                        "expert", "trainee", "trip", "C62",        "ZZZ"};
const std::vector<std::string> modalities = {"",    "C01", "D011", "D012", "D021", "E01",
                                             "E02", "J01", "K01",  "B03",  "F01",  "C01;D011"};

std::shared_ptr<Facts> make_facts(std::size_t size, unsigned seed) {
  std::mt19937 random(seed);
  const auto any = [&](std::size_t below) { return std::size_t(random() % below); };
  auto facts = std::make_shared<Facts>();
  for (const auto& partner : partners) facts->partners.add(partner);
  for (std::size_t n = 0; n < 60; ++n) {
    Trait trait;
    trait.kind =
        any(4) ? registry::ContributionKind::disbursement : registry::ContributionKind::commitment;
    trait.framework = registry::Framework(any(4));
    trait.unit = units[any(units.size())];
    const auto& modality = modalities[any(modalities.size())];
    if (modality == "C01;D011")
      trait.modalities = {"C01", "D011"};
    else if (!modality.empty())
      trait.modalities = {modality};
    if (any(2)) trait.finance_type = any(2) ? "110" : "421";
    if (any(2)) trait.details = {{"grade", any(2) ? "senior" : "junior"}};
    facts->traits.push_back(trait);
  }
  for (std::size_t n = 0; n < size; ++n) {
    Fact fact;
    fact.initiative = std::int64_t(n / 3);
    fact.n = std::int32_t(n % 3);
    fact.trait = std::uint32_t(any(facts->traits.size()));
    fact.provider = std::uint32_t(any(facts->partners.size()));
    fact.recipient = std::uint32_t(any(facts->partners.size()));
    if (any(20)) {
      fact.year = std::int16_t(2005 + any(15));
      fact.day = make_date(fact.year, 1 + int(any(12)), 1 + int(any(28)))->days;
    }
    fact.scale = std::int8_t(any(3));
    fact.counted = any(5) != 0;
    fact.sides = std::int8_t(any(4));
    fact.amount = fact.whole = std::int64_t(any(2'000'000'000)) - 100'000'000;
    facts->rows.push_back(fact);
  }
  split_modalities(*facts);
  return facts;
}

std::shared_ptr<PriceList> make_prices() {
  auto prices = std::make_shared<PriceList>();
  const auto add = [&](const std::string& series, const std::string& key,
                       const std::string& country, const std::string& value,
                       const std::string& currency, const std::string& unit) {
    prices->add({series, key, country, *make_date(2008, 1, 1), no_end, *parse_decimal(value), unit,
                 currency, "made up for this test", "test"});
  };
  add("salary", "senior", "BR", "18000", "BRL", "month");
  add("salary", "", "CN", "21000.50", "CNY", "month");
  add("employer_charge", "", "", "0.28", "", "");
  add("daily_rate", "", "", "333.33", "USD", "day");
  add("ppp", "", "BR", "2.46", "BRL", "");
  prices->sort();
  return prices;
}

std::shared_ptr<const Methodology> methodology_named(std::string_view name) {
  for (const auto& one : shipped_methodologies())
    if (one.name == name) return std::make_shared<Methodology>(one);
  throw Error(Kind::not_found, std::string(name));
}

Amount whole_of(const Answer& answer) {
  Amount sum;
  for (const auto& row : answer.valued) sum += row.value;
  return sum;
}

TEST(Answer, ThreadsDoNotMatter) {
  const auto facts = make_facts(60'000, 20261124);
  MeasureOptions one, four;
  one.threads = 1;
  four.threads = 4;
  const auto left = measure(methodology_named("unctad"), facts, make_prices(), one);
  const auto right = measure(methodology_named("unctad"), facts, make_prices(), four);
  EXPECT_EQ(left.valued.size(), right.valued.size());
  EXPECT_EQ(left.needs, right.needs);
  EXPECT_TRUE(write_frozen(left, {}) == write_frozen(right, {}));
}

TEST(Answer, AnAbsurdAmountIsLeftOutAlone) {
  auto facts = make_facts(200, 3);
  const auto usual = measure(methodology_named("unctad"), facts, make_prices());
  Trait trait;
  trait.kind = registry::ContributionKind::disbursement;
  trait.framework = registry::Framework::south_south;
  trait.unit = "person-day";
  trait.details = {{"daily_rate", "900000000000000000"}, {"currency", "USD"}};
  facts->traits.push_back(trait);
  Fact fact = facts->rows.back();
  fact.trait = std::uint32_t(facts->traits.size() - 1);
  fact.counted = true;
  fact.amount = fact.whole = 9'000'000'000'000'000'000;
  fact.scale = 0;
  facts->rows.push_back(fact);
  const auto answer = measure(methodology_named("unctad"), facts, make_prices());
  EXPECT_EQ(answer.valued.size(), usual.valued.size());
  ASSERT_FALSE(answer.left_out.empty());
  EXPECT_EQ(answer.left_out.back().why, LeftOut::too_large);
}

RC_GTEST_PROP(Answer, OrderOfFactsDoesNotMatter, ()) {
  const auto facts = make_facts(500, *rc::gen::arbitrary<unsigned>());
  auto shuffled = std::make_shared<Facts>();
  for (const auto& partner : partners) shuffled->partners.add(partner);
  shuffled->traits = facts->traits;
  shuffled->rows = facts->rows;
  std::shuffle(shuffled->rows.begin(), shuffled->rows.end(), std::mt19937(7));
  const auto left = measure(methodology_named("unctad"), facts, make_prices());
  const auto right = measure(methodology_named("unctad"), shuffled, make_prices());
  for (std::size_t item = 0; item < left.methodology->items.size(); ++item)
    RC_ASSERT(left.sum_of(item) == right.sum_of(item));
}

RC_GTEST_PROP(Answer, EveryFactIsSomewhere, ()) {
  const auto facts = make_facts(500, *rc::gen::arbitrary<unsigned>());
  const auto names = {"unctad", "tossd", "oda-cash", "cobradi", "sdg-17-3-1"};
  for (const auto* name : names) {
    const auto answer = measure(methodology_named(name), facts, make_prices());
    std::vector<int> seen(facts->rows.size());
    for (const auto& row : answer.valued) seen[row.fact] += 1;
    for (const auto& row : answer.left_out) seen[row.fact] += 1;
    for (const auto count : seen) RC_ASSERT(count <= 1);
    for (const auto& row : answer.counted) seen[row.fact] += 1;
    for (const auto count : seen) RC_ASSERT(count >= 1);
  }
}

// A + B of the parts is A + B of the whole.
RC_GTEST_PROP(Answer, PartsAddUpToTheWhole, ()) {
  const auto facts = make_facts(500, *rc::gen::arbitrary<unsigned>());
  const auto whole = measure(methodology_named("unctad"), facts, make_prices());
  const auto sums = sum_items(whole);
  Amount parts;
  for (std::uint32_t provider = 0; provider < facts->partners.size(); ++provider) {
    auto part = std::make_shared<Facts>();
    for (const auto& partner : partners) part->partners.add(partner);
    part->traits = facts->traits;
    for (const auto& fact : facts->rows)
      if (fact.provider == provider) part->rows.push_back(fact);
    const auto answer = measure(methodology_named("unctad"), part, make_prices());
    parts += sum_of(answer, sum_items(answer), "A+B");
  }
  RC_ASSERT(parts == sum_of(whole, sums, "A+B"));
  RC_ASSERT(sum_of(whole, sums, "A") + sum_of(whole, sums, "B") == parts);
  RC_ASSERT(whole_of(whole) == parts);
}

RC_GTEST_PROP(Bridge, AlwaysCloses, ()) {
  const auto facts = make_facts(500, *rc::gen::arbitrary<unsigned>());
  const auto left = measure(methodology_named("unctad"), facts, make_prices());
  RC_ASSERT_THROWS_AS(bridge(left, measure(methodology_named("cobradi"), facts, make_prices())),
                      Error);  // in another currency
  for (const auto* name : {"tossd", "oda-cash", "sdg-17-3-1"}) {
    const auto right = measure(methodology_named(name), facts, make_prices());
    const auto steps = bridge(left, right);
    Amount differences;
    std::int64_t rows = 0;
    for (const auto& step : steps.steps) {
      differences += step.like.difference();
      rows += step.rows;
    }
    RC_ASSERT(steps.left == whole_of(left));
    RC_ASSERT(steps.right == whole_of(right));
    RC_ASSERT(steps.left + differences == steps.right);
    Amount of_rows;
    for (const auto& row : steps.rows) of_rows += row.difference();
    RC_ASSERT(of_rows == differences);
  }
}

RC_GTEST_PROP(Frozen, ComesBackByteByByte, ()) {
  const auto facts = make_facts(200, *rc::gen::arbitrary<unsigned>());
  MeasureOptions options;
  if (*rc::gen::arbitrary<bool>()) options.method = "M2";
  if (*rc::gen::arbitrary<bool>()) options.price_year = 2015;
  options.side = Side(*rc::gen::inRange(0, 3));
  const auto answer = measure(methodology_named("unctad"), facts, make_prices(), options);
  const auto text = write_frozen(answer, {{0, "BR-1"}, {1, "BR-2"}});
  RC_ASSERT(recompute(text).empty());
}

TEST(Frozen, TellsWhatWasChanged) {
  const auto answer = measure(methodology_named("unctad"), make_facts(200, 1), make_prices());
  auto text = write_frozen(answer, {});
  const auto at = text.find("\"sums\":");
  ASSERT_NE(at, std::string::npos);
  const auto digit = text.find_first_of("123456789", text.find("\",\"", at));
  text[digit] = text[digit] == '9' ? '8' : '9';
  EXPECT_FALSE(recompute(text).empty());
  EXPECT_THROW(recompute("{}"), Error);
  EXPECT_THROW(recompute("not JSON"), Error);
  for (std::size_t cut = 0; cut < text.size(); cut += 997)
    EXPECT_THROW(recompute(text.substr(0, cut)), Error) << cut;
}

// There and back moves nothing by more than half a minor unit a row.
RC_GTEST_PROP(Rates, AnotherCurrencyAndBack, ()) {
  const auto cents = *rc::gen::inRange<std::int64_t>(-1'000'000'000'000, 1'000'000'000'000);
  const auto mantissa = *rc::gen::inRange<std::int64_t>(1, 10'000'000'000);
  const auto rate = to_ratio(Decimal{mantissa, 6});
  const auto there = to_amount(to_ratio(Amount::of_cents(cents)) * rate);
  const auto back = to_amount(to_ratio(there) / rate) - Amount::of_cents(cents);
  const auto half_a_cent = Amount(Amount::Whole(5'000'000'000));
  RC_ASSERT(back <= half_a_cent && Amount{} - back <= half_a_cent);
}

RC_GTEST_PROP(Rounding, PartsAddUpToTheRoundedSum, (const std::vector<std::int64_t>& parts)) {
  std::vector<Amount> amounts;
  Amount sum;
  for (const auto part : parts) {
    amounts.emplace_back(Amount::Whole(part));
    sum += amounts.back();
  }
  const auto digits = *rc::gen::inRange(0, 7);
  const auto rounded = round_parts(amounts, digits);
  Amount again;
  for (const auto& one : rounded) again += one;
  RC_ASSERT(to_string(again, 12).substr(0, 40) ==
            to_string(*parse_amount(to_string(sum, digits)), 12).substr(0, 40));
}

}  // namespace
}  // namespace austral::measurement
