// The worked examples of monetising technical cooperation, and what holds of every measurement.
#include "measurement/measure.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"

namespace austral::measurement {
namespace {

using registry::ContributionKind;

/// Facts of one provider and one recipient, put together by hand.
class Example {
 public:
  Example() {
    facts_->partners.add("BR");
    facts_->partners.add("MZ");
  }

  Example& add(const std::string& unit, std::int64_t amount, const std::string& modality,
               std::vector<std::pair<std::string, std::string>> details = {}, int scale = 0) {
    Trait trait;
    trait.kind = ContributionKind::disbursement;
    trait.framework = registry::Framework::south_south;
    trait.unit = unit;
    if (!modality.empty()) trait.modalities = {modality};
    trait.details = std::move(details);
    facts_->traits.push_back(trait);
    Fact fact;
    fact.initiative = 1;
    fact.n = std::int32_t(facts_->rows.size());
    fact.trait = std::uint32_t(facts_->traits.size() - 1);
    fact.provider = *facts_->partners.find("BR");
    fact.recipient = *facts_->partners.find("MZ");
    fact.day = make_date(2024, 5, 2)->days;
    fact.year = 2024;
    fact.scale = std::int8_t(scale);
    fact.counted = true;
    fact.amount = fact.whole = amount;
    facts_->rows.push_back(fact);
    return *this;
  }

  Example& price(const std::string& series, const std::string& key, const std::string& country,
                 const std::string& value, const std::string& currency = "",
                 const std::string& unit = "") {
    prices_->add({series, key, country, *make_date(2024, 1, 1), *make_date(2024, 12, 31),
                  *parse_decimal(value), unit, currency, "worked example", "example"});
    return *this;
  }

  /// Rates are those of the example, not the published ones.
  Answer measure(const MeasureOptions& options = {}) {
    prices_->sort();
    for (const auto& shipped : shipped_methodologies())
      if (shipped.name == "unctad") {
        std::string text = shipped.text;
        const auto at = text.find("rates: annual");
        text.replace(at, std::string("rates: annual").size(), "rates: own");
        return measurement::measure(std::make_shared<Methodology>(read_methodology(text)), facts_,
                                    prices_, options);
      }
    throw Error(Kind::not_found, "the UNCTAD framework is not shipped");
  }

 private:
  std::shared_ptr<Facts> facts_ = std::make_shared<Facts>();
  std::shared_ptr<PriceList> prices_ = std::make_shared<PriceList>();
};

std::string sum(const Answer& answer, std::string_view item, int digits = 2) {
  const auto* found = answer.methodology->find_item(item);
  EXPECT_NE(found, nullptr) << item;
  return to_string(answer.sum_of(std::size_t(found - answer.methodology->items.data())), digits);
}

Example brazilian_expert() {
  Example example;
  example.add("person-day", 45, "D011", {{"grade", "senior"}})
      .add("BRL", 12'740, "D012")
      .price("salary", "senior", "BR", "18000", "BRL", "month")
      .price("months_paid", "", "BR", "13")
      .price("employer_charge", "", "BR", "0.28")
      .price("daily_rate", "senior", "", "450", "USD", "day")
      .price("ppp", "", "BR", "2.46", "BRL")
      .price("institutional_factor", "", "BR", "0.35")
      .price("exchange_rate", "BRL", "", "5.3944", "BRL");
  return example;
}

// Source: shared reference on standards, section 7, worked example 1 (inputs invented there).
TEST(WorkedExample, ExpertsTimeUnderFourMethods) {
  auto example = brazilian_expert();
  MeasureOptions options;
  const auto usual = example.measure();
  EXPECT_EQ(sum(usual, "B1"), "11357.23");
  EXPECT_EQ(sum(usual, "B2"), "2361.71");
  EXPECT_EQ(to_string(usual.sum_of(0), 2), "0.00");
  ASSERT_EQ(usual.valued.size(), 2u);
  EXPECT_EQ(to_string(usual.valued[0].value + usual.valued[1].value, 2), "13718.94");
  options.method = "M2";
  EXPECT_EQ(sum(example.measure(options), "B1"), "20250.00");
  options.method = "M3";
  EXPECT_EQ(sum(example.measure(options), "B1"), "24904.66");
  options.method = "M4";
  EXPECT_EQ(sum(example.measure(options), "B1"), "15332.26");
}

TEST(WorkedExample, HoursAreWorthAsMuchAsTheirDays) {
  auto example = brazilian_expert();
  example.add("person-hour", 360, "D011", {{"grade", "senior"}});
  MeasureOptions options;
  options.method = "M1h";
  const auto answer = example.measure(options);
  for (const auto& row : answer.valued)
    if (row.fact != 1) EXPECT_EQ(to_string(row.value, 2), "11357.23");
}

TEST(WorkedExample, SpellsOutItsFigures) {
  auto example = brazilian_expert();
  const auto answer = example.measure();
  const auto told = explain(answer, answer.valued[0]);
  EXPECT_EQ(told.method, "M1");
  EXPECT_EQ(told.spelled, "45 * 18000 * 13 * (1 + 0.28) / 220");
  EXPECT_EQ(to_string(to_amount(told.native), 2), "61265.45");
  EXPECT_EQ(told.currency, "BRL");
  EXPECT_EQ(to_amount(told.value), answer.valued[0].value);
}

// Source: the same, examples 2, 3 and 4.
TEST(WorkedExample, ScholarshipsAmbulanceAllowance) {
  Example example;
  example.add("person-month", 108, "E01", {{"level", "tertiary"}})
      .add("student", 12, "E02", {{"level", "tertiary"}})
      .add("C62", 1, "J01",
           {{"good", "ambulance"},
            {"age", "3"},
            {"life", "8"},
            {"freight", "2750"},
            {"currency", "USD"}})
      .add("person-day", 17, "D012",
           {{"pay", "allowance"}, {"stipend", "25000"}, {"currency", "INR"}})
      .price("stipend", "tertiary", "BR", "1500", "USD", "month")
      .price("public_spending", "tertiary", "BR", "84600000", "USD", "year")
      .price("enrolment", "tertiary", "BR", "23500")
      .price("unit_price", "ambulance", "", "48000", "USD", "C62")
      .price("exchange_rate", "INR", "", "1", "INR");
  const auto answer = example.measure();
  EXPECT_EQ(sum(answer, "B5"), "205200.00");
  EXPECT_EQ(sum(answer, "B6"), "32750.00");
  EXPECT_EQ(sum(answer, "B2"), "14166.67");
}

TEST(Measure, CountsWithoutAdding) {
  auto example = brazilian_expert();
  example.add("expert", 1, "D011", {{"sex", "F"}}).add("trip", 4, "D012");
  const auto answer = example.measure();
  std::map<std::string, std::string> counted;
  for (const auto& row : answer.counted)
    counted[answer.methodology->items[row.item].code] += to_string(row.quantity, 0);
  EXPECT_EQ(counted, (std::map<std::string, std::string>{{"C1", "1"}, {"C2", "45"}, {"C5", "4"}}));
  EXPECT_EQ(answer.valued.size(), 2u);
}

TEST(Measure, SaysWhichPriceIsMissing) {
  Example example;
  example.add("person-day", 45, "D011", {{"grade", "senior"}});
  const auto answer = example.measure();
  ASSERT_EQ(answer.left_out.size(), 1u);
  EXPECT_EQ(answer.left_out[0].why, LeftOut::no_price);
  const PriceNeed salary{"salary", "senior", "BR", 2024};
  EXPECT_NE(std::find(answer.needs.begin(), answer.needs.end(), salary), answer.needs.end());
}

}  // namespace
}  // namespace austral::measurement
