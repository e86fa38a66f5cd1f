// Prices by day: the rule of the United Nations' rates, redenominations, lookup against a plain
// search, what is shipped, and what is said of weak lists.
#include "measurement/price.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "base/text.hpp"
#include "codes/exchange_rate.hpp"

namespace austral::measurement {
namespace {

using ::testing::Contains;
using ::testing::Field;
using ::testing::IsEmpty;

Date day(const char* text) { return *parse_date(text); }

Price price(std::string series, std::string key, std::string country, const char* from,
            const char* to, const char* value, std::string currency = {}) {
  return {std::move(series),
          std::move(key),
          std::move(country),
          day(from),
          to ? day(to) : no_end,
          *parse_decimal(value),
          "",
          std::move(currency),
          "a paper of the test",
          "test"};
}

Price rate(std::string currency, const char* from, const char* value) {
  return price("exchange_rate", currency, "", from, nullptr, value, currency);
}

PriceList list_of(const std::vector<Price>& prices) {
  PriceList list;
  for (const auto& one : prices) list.add(one);
  list.sort();
  return list;
}

std::string value_on(const PriceList& list, std::string_view currency, const char* on) {
  const auto* found = list.find("exchange_rate", currency, "", day(on));
  return found ? to_string(found->value) : "none";
}

/// Source: UN Treasury, operational rates of exchange: the newest effective date on or before the
/// day; a revision within the month lists only currencies that changed. Known answer K31: tables of
/// 1 June (A), 15 June (B, only some) and 1 July 2016 (C). The rates are made up.
TEST(Prices, the_newest_effective_date_on_or_before_the_day) {
  const auto list = list_of({rate("BRL", "2016-06-01", "3.57"), rate("KES", "2016-06-01", "100.8"),
                             rate("BRL", "2016-06-15", "3.45"), rate("BRL", "2016-07-01", "3.23"),
                             rate("KES", "2016-07-01", "101.1")});
  EXPECT_EQ(value_on(list, "BRL", "2016-05-31"), "none");
  EXPECT_EQ(value_on(list, "BRL", "2016-06-14"), "3.57") << "A";
  EXPECT_EQ(value_on(list, "BRL", "2016-06-15"), "3.45") << "B, where it is listed";
  EXPECT_EQ(value_on(list, "BRL", "2016-06-30"), "3.45");
  EXPECT_EQ(value_on(list, "KES", "2016-06-15"), "100.8") << "A, where B does not list it";
  EXPECT_EQ(value_on(list, "BRL", "2016-07-01"), "3.23") << "C";
  EXPECT_EQ(value_on(list, "KES", "2016-07-01"), "101.1");
  EXPECT_EQ(value_on(list, "VES", "2016-07-01"), "none");
}

/// Source: BYR 10,000 became BYN 1 on 1 July 2016 (National Bank of Belarus).
TEST(Prices, a_rate_belongs_to_its_code) {
  auto old_rate = rate("BYR", "2016-06-01", "19900");
  old_rate.to = day("2016-06-30");
  const auto list = list_of({old_rate, rate("BYN", "2016-07-01", "2.01")});
  EXPECT_EQ(value_on(list, "BYR", "2016-06-30"), "19900");
  EXPECT_EQ(value_on(list, "BYR", "2016-07-01"), "none");
  EXPECT_EQ(value_on(list, "BYN", "2016-06-30"), "none");
  EXPECT_EQ(value_on(list, "BYN", "2016-07-01"), "2.01");
  const auto* found = list.find("exchange_rate", "BYN", "BY", day("2016-07-01"), "BYR");
  EXPECT_EQ(found, nullptr) << "another currency is asked for";
}

TEST(Prices, a_price_that_ended_is_none_and_the_longer_one_goes_on) {
  const auto list =
      list_of({price("salary", "", "BR", "2015-01-01", "2015-12-31", "18000", "BRL"),
               price("salary", "", "BR", "2015-03-01", "2015-03-31", "19000", "BRL")});
  const auto value = [&](const char* on) {
    const auto* found = list.find("salary", "", "BR", day(on));
    return found ? to_string(found->value) : "none";
  };
  EXPECT_EQ(value("2014-12-31"), "none");
  EXPECT_EQ(value("2015-02-28"), "18000");
  EXPECT_EQ(value("2015-03-31"), "19000");
  EXPECT_EQ(value("2015-04-01"), "18000");
  EXPECT_EQ(value("2016-01-01"), "none") << "never a neighbouring year's";
}

TEST(Prices, of_equal_ones_the_imported_goes_before_the_shipped) {
  auto shipped = price("ppp", "", "BR", "2024-01-01", "2024-12-31", "2.48", "BRL");
  shipped.set = std::string(shipped_set);
  auto own = shipped;
  own.set = "a-ministry";
  own.value = {246, 2};
  for (const auto& list : {list_of({shipped, own}), list_of({own, shipped})}) {
    EXPECT_EQ(list.find("ppp", "", "BR", day("2024-07-01"))->set, "a-ministry");
  }
}

TEST(Prices, without_a_key_or_country_it_holds_for_those_that_have_none) {
  const auto list =
      list_of({price("daily_rate", "", "", "2020-01-01", nullptr, "100", "USD"),
               price("daily_rate", "", "KE", "2020-01-01", nullptr, "200", "USD"),
               price("daily_rate", "Senior", "", "2020-01-01", nullptr, "300", "USD"),
               price("daily_rate", "Senior", "KE", "2020-01-01", "2020-12-31", "400", "USD")});
  const auto value = [&](std::string_view key, std::string_view country, const char* on) {
    return list.find("daily_rate", key, country, day(on))->value.mantissa;
  };
  EXPECT_EQ(value("junior", "BR", "2020-05-01"), 100);
  EXPECT_EQ(value("junior", "KE", "2020-05-01"), 200);
  EXPECT_EQ(value("senior", "BR", "2020-05-01"), 300);
  EXPECT_EQ(value(" SENIOR ", "KE", "2020-05-01"), 400) << "case and space do not matter";
  EXPECT_EQ(value("senior", "KE", "2021-05-01"), 300) << "its own has ended";
}

/// The rule of price.hpp, told slowly.
const Price* find_plainly(const PriceList& list, std::string_view series, std::string_view key,
                          std::string_view country, Date on, std::string_view currency) {
  const std::pair<std::string_view, std::string_view> asked[] = {
      {key, country}, {key, ""}, {"", country}, {"", ""}};
  for (const auto& [one_key, one_country] : asked) {
    const Price* best = nullptr;
    for (const auto& one : list.all()) {
      if (one.series != series || one.country != one_country || fold(one.key) != fold(one_key) ||
          one.from > on || one.to < on || (!currency.empty() && one.currency != currency))
        continue;
      const auto rank = [](const Price& any) {
        return std::pair(any.from, any.set != shipped_set);
      };
      if (!best || rank(one) >= rank(*best)) best = &one;
    }
    if (best) return best;
  }
  return nullptr;
}

Price any_price() {
  Price made;
  made.series = *rc::gen::element<std::string>("salary", "stipend");
  made.key = *rc::gen::element<std::string>("", "Grade 1", "grade  1", "ÉCOLE", "école");
  made.country = *rc::gen::element<std::string>("", "BR", "KE");
  made.from = Date{*rc::gen::inRange(0, 40)};
  made.to = *rc::gen::arbitrary<bool>() ? no_end : Date{made.from.days + *rc::gen::inRange(0, 20)};
  made.value = {*rc::gen::inRange(1, 6), 0};
  made.currency = *rc::gen::element<std::string>("BRL", "KES");
  made.set = *rc::gen::element<std::string>("austral", "a", "b");
  return made;
}

RC_GTEST_PROP(Prices, lookup_finds_what_a_plain_search_finds, ()) {
  std::vector<Price> prices;
  for (int left = *rc::gen::inRange(0, 40); left > 0; --left) prices.push_back(any_price());
  const auto list = list_of(prices);
  for (int left = 30; left > 0; --left) {
    const auto asked = any_price();
    const std::string currency = *rc::gen::element<std::string>("", "BRL", "KES", "USD");
    RC_ASSERT(list.find(asked.series, asked.key, asked.country, asked.from, currency) ==
              find_plainly(list, asked.series, asked.key, asked.country, asked.from, currency));
  }
  std::ranges::reverse(prices);
  RC_ASSERT(list_of(prices).digest() == list.digest());
  if (prices.empty()) return;
  auto& changed = prices[*rc::gen::inRange<std::size_t>(0, prices.size())];
  changed.value.mantissa += 7;
  RC_ASSERT(list_of(prices).digest() != list.digest());
}

/// Source: World Bank PA.NUS.PPP by way of datasets/ppp 17829648: Brazil 2024 2.48731718948001,
/// Croatia 2023 in EUR, Belarus 2016 in BYN (10,000 BYR each), Venezuela 2010 2.135e-11 in VED.
TEST(Prices, shipped_parities) {
  const auto& shipped = shipped_prices();
  const auto find = [&](std::string_view country, const char* on, std::string_view currency = {}) {
    const auto* found = shipped.find("ppp", "", country, day(on), currency);
    return found ? to_string(found->value) + " " + found->currency : "none";
  };
  EXPECT_EQ(find("BR", "2024-01-01"), "2.487317189 BRL");
  EXPECT_EQ(find("BR", "2024-12-31"), "2.487317189 BRL");
  EXPECT_EQ(find("BR", "2025-01-01"), "none");
  EXPECT_EQ(find("US", "2005-05-05"), "1 USD");
  EXPECT_EQ(find("HR", "2015-06-30", "EUR"), "none") << "Croatia had no euro then";
  EXPECT_EQ(find("HR", "2023-06-30"), "0.4295726966 EUR");
  EXPECT_EQ(find("BY", "2016-06-30", "BYN"), "0.5622859114 BYN");
  EXPECT_EQ(find("BY", "2016-06-30", "BYR"), "5622.859114 BYR");
  EXPECT_EQ(find("VE", "2010-06-30"), "2.135241101 VEF");
  const auto weak = check_prices(shipped);
  ASSERT_EQ(weak.size(), 1u) << "Georgia's prices rose more than a hundredfold in 1993";
  EXPECT_EQ(weak[0].place, "ppp, GE, from 1993-01-01 (austral)");
}

std::vector<std::string> rules_of(const std::vector<Price>& prices) {
  std::vector<std::string> rules;
  for (const auto& finding : check_prices(list_of(prices))) rules.push_back(finding.rule);
  return rules;
}

TEST(Prices, what_is_weak_is_said) {
  const auto rules = [](Price one) { return rules_of({std::move(one)}); };
  const auto salary = price("salary", "", "BR", "2024-01-01", nullptr, "18000", "BRL");
  EXPECT_THAT(rules(salary), IsEmpty());
  auto one = salary;
  one.series = "wages";
  EXPECT_THAT(rules(one), Contains("price.series.unknown"));
  one = salary;
  one.to = day("2023-01-01");
  EXPECT_THAT(rules(one), Contains("price.span.turned"));
  one = salary;
  one.currency = "BRX";
  EXPECT_THAT(rules(one), Contains("price.currency.unknown"));
  one.currency = "";
  EXPECT_THAT(rules(one), Contains("price.currency.missing"));
  one.currency = "BRR";
  EXPECT_THAT(rules(one), Contains("price.currency.withdrawn"));
  one = salary;
  one.country = "XQ";
  EXPECT_THAT(rules(one), Contains("price.country.unknown"));
  one = salary;
  one.unit = "year";
  EXPECT_THAT(rules(one), Contains("price.unit.other"));
  one = salary;
  one.source = "";
  EXPECT_THAT(rules(one), Contains("price.source.missing"));
  EXPECT_THAT(rules(price("employer_charge", "", "BR", "2024-01-01", nullptr, "28")),
              Contains("price.value.unlikely"));
  EXPECT_THAT(rules(price("employer_charge", "", "BR", "2024-01-01", nullptr, "0.28")), IsEmpty());
  EXPECT_THAT(rules(price("working_days", "", "BR", "2024-01-01", nullptr, "1760")),
              Contains("price.value.unlikely"));
  EXPECT_THAT(rules(price("unit_price", "", "BR", "2024-01-01", nullptr, "5", "BRL")),
              Contains("price.key.missing"));
}

TEST(Prices, pairs_that_cannot_both_be_right_are_said) {
  const auto first = price("salary", "", "BR", "2014-01-01", "2015-06-30", "18000", "BRL");
  const auto next = price("salary", "", "BR", "2015-01-01", "2015-12-31", "19000", "BRL");
  EXPECT_THAT(rules_of({first, next}), Contains("price.overlap"));
  auto open = first;
  open.to = no_end;
  EXPECT_THAT(rules_of({open, next}), IsEmpty()) << "it holds until another begins";
  auto other = next;
  other.set = "other";
  EXPECT_THAT(rules_of({first, other}), IsEmpty()) << "two sets may differ";
  auto jump = next;
  jump.value = {1900100, 0};
  EXPECT_THAT(rules_of({open, jump}), Contains("price.jump"));
  auto twice = next;
  twice.value = {1, 0};
  EXPECT_THAT(rules_of({next, twice}), Contains("price.overlap"));
}

/// Source: our table of annual rates (IMF): VES 2022 6.6444, BYN 2022 2.6261.
TEST(Prices, a_rate_of_another_code_is_said) {
  EXPECT_THAT(rules_of({rate("BYN", "2022-01-01", "2.6")}), IsEmpty());
  EXPECT_THAT(rules_of({rate("BYN", "2022-01-01", "26261")}), Contains("price.rate.other-code"));
  EXPECT_THAT(rules_of({rate("MRO", "2016-01-01", "35")}), Contains("price.rate.other-code"))
      << "that is MRU, ten of MRO";
  EXPECT_THAT(rules_of({rate("KES", "2016-01-01", "0.0099")}), Contains("price.rate.far"))
      << "dollars for one shilling";
}

}  // namespace
}  // namespace austral::measurement
