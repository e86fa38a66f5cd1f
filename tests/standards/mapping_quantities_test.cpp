// Contributions in kind from a sheet to facts: units, details, modalities, as an office writes
// them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "codes/unit.hpp"
#include "measurement/facts.hpp"
#include "registry/detail.hpp"
#include "registry/integrity_store.hpp"
#include "registry/link_store.hpp"
#include "registry/record_store.hpp"
#include "standards/import.hpp"
#include "standards/mapping/fields.hpp"
#include "standards/mapping/preview.hpp"
#include "standards/mapping/reader.hpp"
#include "support/postgres.hpp"

namespace austral::mapping {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string example_place(const std::string& name) {
  return std::string(AUSTRAL_SOURCE_DIR) + "/tests/data/measurement/" + name;
}

Preview preview_example() {
  PreviewOptions options;
  options.most_records = 100;
  return make_preview(example_place("example.csv"),
                      get_mapping(nullptr, example_place("example.yaml")), options);
}

std::string show(const measurement::Facts& facts, const measurement::Fact& fact) {
  const auto& trait = facts.traits[fact.trait];
  std::string text = to_string(Decimal{fact.amount, fact.scale}) + " " + trait.unit + " " +
                     facts.partners[fact.provider] + ">" + facts.partners[fact.recipient] + " " +
                     std::to_string(fact.year);
  for (const auto& modality : trait.modalities) text += " " + modality;
  for (const auto& [name, value] : trait.details) text += " " + name + "=" + value;
  return text;
}

TEST(MappingQuantities, the_worked_examples_come_in_as_facts) {
  const auto preview = preview_example();
  ASSERT_EQ(preview.records.size(), 4u);
  for (const auto& record : preview.records) EXPECT_THAT(record.extras, IsEmpty());
  const testing::FreshRegister fresh(store::Engine::sqlite);
  const auto database = store::open_register(fresh.address(), store::Access::create);
  registry::Saving saving(*database, "test", "example.csv", "sheet", 100);
  for (const auto& record : preview.records) {
    const auto prepared = registry::prepare(record, to_json(record), "test-1", "a row", {});
    EXPECT_THAT(prepared.findings, IsEmpty());
    saving.save(prepared);
  }
  saving.finish("");
  registry::draw_links(*database);
  const auto facts = measurement::read_facts(*database);
  std::vector<std::string> told;
  for (const auto& fact : facts.rows) told.push_back(show(facts, fact));
  EXPECT_THAT(
      told, ElementsAre(
                "45 person-day BR>MZ 2024 D011 currency=BRL days_per_year=220 employer_charge=0.28 "
                "evidence=time sheets grade=senior hours_per_day=8 monthly=18000.00 months_paid=13 "
                "sex=F",
                "1 expert BR>MZ 2024 evidence=letter of posting grade=senior sex=F",
                "12740.00 BRL BR>MZ 2024 D012 evidence=invoices tickets=4 nights=12",
                "4 trip BR>MZ 2024 evidence=tickets",
                "108 person-month BR>TL 2024 E01 currency=BRL education=tertiary "
                "evidence=list of payments stipend=1500.00 persons=12",
                "12 person BR>TL 2024 E02 education=tertiary evidence=enrolment lists",
                "1 H87 BR>ST 2024 J01 age=3 currency=BRL evidence=delivery note freight=2750.00 "
                "good=ambulance life=8 unit_price=48000.00",
                "17 trainee-day IN>KE 2024 E01 currency=INR evidence=list of participants sex=M "
                "stipend=25000.00 days_per_month=30"));
  for (const auto& result : registry::check_integrity(*database, {}))
    EXPECT_THAT(result.damage, IsEmpty()) << result.name;
}

TEST(MappingQuantities, every_known_detail_is_a_field) {
  for (const auto& known : registry::known_details()) {
    const auto* field = find_field(std::string(detail_prefix) + std::string(known.name));
    ASSERT_TRUE(field) << known.name;
    EXPECT_EQ(field->meaning, known.meaning);
    EXPECT_EQ(field->reads == Reads::text, known.unit.empty()) << known.name;
  }
}

}  // namespace
}  // namespace austral::mapping
