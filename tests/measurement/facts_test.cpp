// Facts against a plain walk over the records' contributions, on both engines.
#include "measurement/facts.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "codes/exchange_rate.hpp"
#include "codes/unit.hpp"
#include "registry/detail.hpp"
#include "registry/synthetic.hpp"
#include "store/journal.hpp"
#include "support/postgres.hpp"

namespace austral::measurement {
namespace {

using namespace registry::synthetic;
using registry::Contribution;
using registry::ContributionKind;
using registry::Record;

/// All that a test looks at of one contribution, as text.
using Told = std::multiset<std::string>;

std::string day_text(const std::optional<Date>& day) { return day ? to_string(*day) : "no day"; }

/// The walk over a record as anybody would do it by hand.
void walk(const Record& record, Told& told) {
  for (std::size_t n = 0; n < record.contributions.size(); ++n) {
    const Contribution& one = record.contributions[n];
    if (one.kind == ContributionKind::none) continue;
    const auto* unit = codes::is_currency(one.quantity.unit) || one.quantity.unit.empty()
                           ? nullptr
                           : codes::find_unit(one.quantity.unit);
    std::string text =
        record.identifier + " " + std::to_string(n) + " " + std::to_string(int(one.kind)) + " " +
        to_string(normalise(one.quantity.amount)) + " " +
        (unit ? std::string(unit->code) : one.quantity.unit) + " " + day_text(one.date) + " " +
        (one.finance_type.empty() ? record.finance_type : one.finance_type) + " " +
        record.collaboration_type + " ";
    const auto& places = one.places.empty() ? record.places : one.places;
    for (const auto& place : places) text += place.code + ",";
    for (const auto& [name, value] : one.details) text += " " + name + "=" + value;
    for (const auto& item : record.classifications)
      if (item.scheme == "keyword") text += " keyword=" + item.code;
    told.insert(text);
  }
}

/// What the facts tell: the parts of one contribution together, their sum, their whole.
Told tell(store::Database& database, const Facts& facts) {
  Told told;
  std::map<std::int64_t, std::string> identifiers;
  database.read("SELECT key, identifier FROM record", {}, [&](const store::Row& row) {
    identifiers[row.integer(0)] = row.text(1);
    return true;
  });
  for (std::size_t i = 0; i < facts.rows.size();) {
    const Fact& first = facts.rows[i];
    const Trait& trait = facts.traits[first.trait];
    Decimal sum{0, first.scale};
    std::string places, details;
    for (std::int32_t part = 0; i < facts.rows.size(); ++i, ++part) {
      const Fact& fact = facts.rows[i];
      if (fact.record != first.record || fact.n != first.n) break;
      EXPECT_EQ(fact.part, part);
      EXPECT_EQ(fact.trait, first.trait);
      EXPECT_EQ(fact.whole, first.whole);
      EXPECT_EQ(fact.scale, first.scale);
      sum.mantissa += fact.amount;
      if (fact.recipient) places += facts.partners[fact.recipient] + ",";
    }
    EXPECT_EQ(sum.mantissa, first.whole);
    for (const auto& [name, value] : trait.details) details += " " + name + "=" + value;
    const bool dated = first.year != 0;
    told.insert(identifiers[first.record] + " " + std::to_string(first.n) + " " +
                std::to_string(int(trait.kind)) + " " + to_string(normalise(sum)) + " " +
                trait.unit + " " + day_text(dated ? std::optional(Date{first.day}) : std::nullopt) +
                " " + trait.finance_type + " " + trait.collaboration + " " + places + details);
  }
  return told;
}

template <class T>
T draw(const std::vector<T>& from) {
  return *rc::gen::elementOf(from);
}

Contribution draw_contribution() {
  Contribution one;
  one.kind = ContributionKind(*rc::gen::inRange(0, 16));
  one.quantity.amount = {*rc::gen::inRange<std::int64_t>(-100'000, 100'000'000),
                         *rc::gen::inRange(0, 4)};
  one.quantity.unit =
      draw<std::string>({"USD", "BRL", "JPY", "person days", "TNE", "persons", "cubits", ""});
  if (*rc::gen::inRange(0, 5) > 0)
    one.date = Date{*rc::gen::inRange<std::int32_t>(-20'000, 20'000)};
  if (*rc::gen::inRange(0, 3) == 0) one.finance_type = draw<std::string>({"110", "421"});
  if (*rc::gen::inRange(0, 3) == 0)
    one.places = {country(draw<std::string>({"MZ", "PE"})), country("FJ", "25")};
  if (*rc::gen::arbitrary<bool>())
    one.details = {{"grade", draw<std::string>({"P4", "a;b=c"})}, {"sex", "F"}};
  return one;
}

Record draw_record(int number) {
  auto record = make_record("BR-GOV-1", "N" + std::to_string(number));
  record.finance_type = draw<std::string>({"", "410"});
  record.collaboration_type = draw<std::string>({"", "1", "8"});
  const auto places = *rc::gen::inRange<std::size_t>(0, 4);
  for (const auto* code : {"MZ", "AO", "TL", "CV"})
    if (record.places.size() < places) record.places.push_back(country(code));
  if (*rc::gen::arbitrary<bool>()) {
    registry::Classification keyword;
    keyword.scheme = "keyword";
    keyword.code = "GENDER";
    record.classifications = {keyword};
  }
  const auto count = *rc::gen::inRange(0, 6);
  for (int i = 0; i < count; ++i) record.contributions.push_back(draw_contribution());
  return record;
}

class FactsRead : public testing::EngineTest {};

TEST_P(FactsRead, are_what_a_plain_walk_over_the_records_finds) {
  const auto database = make_register();
  Told wanted;
  int number = 0;
  EXPECT_TRUE(rc::check([&] {  // each case adds its records to those of the cases before it
    std::vector<Record> records;
    for (int i = 0; i < 4; ++i) records.push_back(draw_record(++number));
    for (const auto& record : records) walk(record, wanted);
    import_records(*database, records);
    registry::draw_links(*database);
    const Facts facts = read_facts(*database);
    RC_ASSERT(tell(*database, facts) == wanted);
    RC_ASSERT(facts.revision == store::revision_of(*database));
    RC_ASSERT(std::set<Trait>(facts.traits.begin(), facts.traits.end()).size() ==
              facts.traits.size());
  }));
}

/// A register with some of everything.
std::vector<Record> some_records() {
  std::vector<Record> records;
  for (int i = 0; i < 40; ++i) {
    auto record = make_record(i % 2 ? "BR-GOV-1" : "IN-GOV-1", "S" + std::to_string(i));
    record.participations = {
        {registry::Function::funds, party(record.publisher, "10", i % 2 ? "Brazil" : "India")}};
    record.places = {country("MZ"), country(i % 3 ? "KE" : "PE")};
    record.contributions = {
        money(ContributionKind::disbursement, "10", std::to_string(2010 + i % 5) + "-03-01"),
        money(ContributionKind::disbursement, "45", "2012-01-31", "person-days"),
        money(ContributionKind::budget, "7", "2012-01-01", "USD"),
        money(ContributionKind::budget, "8", "2012-01-01", "USD")};
    record.contributions[1].date.reset();
    record.contributions[1].details = {{"grade", i % 2 ? "senior" : "P4"}};
    record.contributions[3].type = "2";
    records.push_back(std::move(record));
  }
  return records;
}

std::string describe(const Facts& facts, const Fact& fact) {
  const auto& trait = facts.traits[fact.trait];
  std::string text = std::to_string(fact.record) + "/" + std::to_string(fact.n) + "/" +
                     std::to_string(fact.part) + " " + std::to_string(fact.amount) + " of " +
                     std::to_string(fact.whole) + " " + std::to_string(fact.scale) + " " +
                     trait.unit + " " + std::to_string(int(trait.kind)) + " " +
                     std::to_string(int(trait.framework)) + " " + facts.partners[fact.provider] +
                     ">" + facts.partners[fact.recipient] + " " + std::to_string(fact.year) + " " +
                     (fact.counted ? "counted " : "") + (fact.superseded ? "superseded " : "") +
                     std::to_string(fact.sides);
  for (const auto& [name, value] : trait.details) text += " " + name + "=" + value;
  return text;
}

std::vector<std::string> describe(const Facts& facts) {
  std::vector<std::string> all;
  for (const auto& fact : facts.rows) all.push_back(describe(facts, fact));
  return all;
}

TEST_P(FactsRead, are_the_same_with_two_connections) {
  const auto database = make_register();
  import_records(*database, some_records());
  registry::draw_links(*database);
  const Facts alone = read_facts(*database);
  ASSERT_EQ(alone.rows.size(), 40u * 4 * 2);
  const Facts beside = read_facts(*database, {}, 5);
  EXPECT_EQ(describe(alone), describe(beside));
  EXPECT_EQ(alone.traits, beside.traits);
  ASSERT_EQ(alone.partners.size(), beside.partners.size());
  for (std::uint32_t i = 0; i < alone.partners.size(); ++i)
    EXPECT_EQ(alone.partners[i], beside.partners[i]);
  // Rows that are alike share a trait.
  EXPECT_LT(alone.traits.size(), 10u);
}

TEST_P(FactsRead, questions_choose_what_a_walk_would_choose) {
  const auto database = make_register();
  import_records(*database, some_records());
  registry::draw_links(*database);
  const Facts all = read_facts(*database);
  const auto expect_same = [&](const FactQuestion& question, auto&& fits) {
    std::vector<std::string> wanted;
    for (const auto& fact : all.rows)
      if (fits(fact)) wanted.push_back(describe(all, fact));
    EXPECT_FALSE(wanted.empty());
    EXPECT_LT(wanted.size(), all.rows.size());
    EXPECT_EQ(describe(read_facts(*database, question)), wanted);
  };
  FactQuestion years;
  years.first_year = 2011;
  years.last_year = 2012;
  expect_same(years, [](const Fact& fact) { return fact.year == 2011 || fact.year == 2012; });
  FactQuestion partners;
  partners.providers = {"BR"};
  partners.recipients = {"PE", "KE"};
  expect_same(partners, [&](const Fact& fact) {
    const auto& to = all.partners[fact.recipient];
    return all.partners[fact.provider] == "BR" && (to == "PE" || to == "KE");
  });
  FactQuestion filtered;
  filtered.filters = {{registry::Dimension::recipient, "PE"}};
  std::set<std::int64_t> with_peru;
  for (const auto& fact : all.rows)
    if (all.partners[fact.recipient] == "PE") with_peru.insert(fact.initiative);
  expect_same(filtered, [&](const Fact& fact) { return with_peru.contains(fact.initiative); });
}

TEST_P(FactsRead, know_what_counts_and_what_a_revised_budget_replaced) {
  const auto database = make_register();
  import_records(*database, some_records());
  registry::draw_links(*database);
  const Facts facts = read_facts(*database);
  for (const auto& fact : facts.rows) {
    EXPECT_EQ(fact.superseded, fact.n == 2);
    EXPECT_EQ(fact.counted, fact.n != 2);
    EXPECT_EQ(fact.year == 0, fact.n == 1);
    EXPECT_EQ(facts.traits[fact.trait].detail("grade").empty(), fact.n != 1);
    EXPECT_EQ(facts.traits[fact.trait].framework, registry::Framework::south_south);
  }
}

TEST_P(FactsRead, an_empty_register_has_none) {
  const auto database = make_register();
  const Facts facts = read_facts(*database);
  EXPECT_TRUE(facts.rows.empty());
  EXPECT_EQ(facts.partners.size(), 1u);
  EXPECT_EQ(facts.partners.find(""), 0u);
  EXPECT_FALSE(facts.partners.find("BR"));
}

AUSTRAL_ON_BOTH_ENGINES(FactsRead);

}  // namespace
}  // namespace austral::measurement
