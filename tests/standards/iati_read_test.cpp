// What a file says arrives in the record, in every version, with a finding for every weakness.
#include <gmock/gmock.h>

#include "base/json.hpp"
#include "standards/iati_files.hpp"

namespace austral::test {
namespace {

using namespace registry;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string said(const Texts& texts) {
  std::string all;
  for (const auto& text : texts) all += "[" + text.lang + "]" + text.text;
  return all;
}

std::vector<std::string> schemes(const std::vector<Classification>& all) {
  std::vector<std::string> out;
  for (const auto& one : all) out.push_back(one.scheme + ":" + one.code);
  return out;
}

std::string share(const std::optional<Decimal>& value) { return value ? to_string(*value) : "-"; }
std::string day(const std::optional<Date>& date) { return date ? to_string(*date) : "-"; }

const Extra* find_extra(const Record& record, std::string_view path) {
  for (const auto& extra : record.extras)
    if (extra.path == path) return &extra;
  return nullptr;
}

class Iati203 : public testing::Test {
 protected:
  static void SetUpTestSuite() { whole_ = new Whole(read_whole(fixture("activity-2.03.xml"))); }
  static void TearDownTestSuite() { delete std::exchange(whole_, nullptr); }
  const Record& r() const { return whole_->record(); }
  static inline Whole* whole_ = nullptr;
};

TEST_F(Iati203, identity_and_texts) {
  EXPECT_FALSE(whole_->damaged);
  EXPECT_THAT(whole_->findings, IsEmpty());
  ASSERT_EQ(whole_->readings.size(), 1u);
  EXPECT_EQ(whole_->fragments[0].format, "iati-2.03");
  EXPECT_EQ(whole_->fragments[0].file_updated, "2023-01-31T10:00:00Z");
  EXPECT_EQ(r().kind, "activity");
  EXPECT_EQ(r().identifier, "XX-1-COTTON");
  EXPECT_EQ(r().publisher, "XX-1");
  EXPECT_EQ(r().publisher_type, "10");
  EXPECT_TRUE(r().secondary_publisher);
  EXPECT_EQ(said(r().publisher_name), "[en]Cooperation agency[pt-br]Agência de cooperação");
  EXPECT_EQ(said(r().title), "[en]Cotton seed exchange[fr]Échange de semences de coton");
  EXPECT_EQ(r().updated, "2023-01-30T09:00:00Z");
  EXPECT_EQ(r().language, "en");
  EXPECT_EQ(r().currency, "USD");
  EXPECT_EQ(r().hierarchy, "1");
  EXPECT_EQ(r().humanitarian, "0");
  EXPECT_EQ(r().link, "http://example.org/1");
  EXPECT_EQ(r().budget_not_provided, "2");
  ASSERT_EQ(r().descriptions.size(), 2u);
  EXPECT_EQ(said(r().descriptions[1].text), "[en]Yields > today's & steady");
  EXPECT_EQ(r().status, "2");
  EXPECT_EQ(r().scope, "3");
  EXPECT_EQ(r().collaboration_type, "8");
  EXPECT_EQ(r().flow_type, "10");
  EXPECT_EQ(r().finance_type, "110");
  EXPECT_EQ(r().tied_status, "5");
  EXPECT_EQ(r().capital_share, "12.5");
  EXPECT_THAT(schemes(r().modalities), ElementsAre("aid-type:D01", "aid-type-2:2"));
}

TEST_F(Iati203, parties_dates_contacts_places) {
  ASSERT_EQ(r().participations.size(), 2u);
  EXPECT_EQ(r().participations[0].function, Function::funds);
  EXPECT_EQ(r().participations[0].party.activity, "XX-1-OTHER");
  EXPECT_EQ(r().participations[0].party.channel, "11000");
  EXPECT_EQ(r().participations[1].function, Function::carries_out);
  EXPECT_EQ(said(r().participations[1].party.name), "[en]Seed institute");
  ASSERT_EQ(r().dates.size(), 2u);
  EXPECT_EQ(day(r().dates[1].date), "2022-02-01");
  EXPECT_EQ(said(r().dates[1].note), "[en]Rains came late");
  ASSERT_EQ(r().contacts.size(), 1u);
  EXPECT_THAT(r().contacts[0].emails, ElementsAre("desk@example.org"));
  ASSERT_EQ(r().places.size(), 3u);
  EXPECT_EQ(r().places[0].kind, "country");
  EXPECT_EQ(share(r().places[1].share), "30.5");
  EXPECT_EQ(r().places[2].vocabulary, "dac");
  ASSERT_EQ(r().locations.size(), 1u);
  EXPECT_EQ(r().locations[0].latitude, "12.65");
  EXPECT_EQ(r().locations[0].longitude, "-8.00");
  EXPECT_THAT(schemes(r().locations[0].identifiers), ElementsAre("G1:2460596"));
  EXPECT_EQ(r().locations[0].administrative.at(0).significance, "1");
}

TEST_F(Iati203, classifications) {
  EXPECT_THAT(schemes(r().classifications),
              ElementsAre("purpose:31162", "purpose:31182", "category:311", "goal:2", "target:2.4",
                          "indicator:2.4.1", "sector-99:COT", "goal:17", "target:17.9",
                          "framework:FC02", "tag-1:c_1926", "marker:1", "marker-99:OWN",
                          "humanitarian-1-1-2:DR-2022-000001-MLI", "budget-item-2:1.1.1"));
  EXPECT_EQ(share(r().classifications[0].share), "70");
  EXPECT_EQ(r().classifications[6].uri, "http://example.org/list");
  EXPECT_EQ(r().classifications[11].significance, "2");
}

TEST_F(Iati203, all_thirteen_transaction_types_budgets_and_plans) {
  ASSERT_EQ(r().contributions.size(), 16u);
  for (int n = 1; n <= 13; ++n) {
    const auto& one = r().contributions[std::size_t(n - 1)];
    EXPECT_EQ(one.kind, ContributionKind(n));
    EXPECT_EQ(to_string(one.quantity.amount), std::to_string(n) + "000.50");
    EXPECT_EQ(one.quantity.unit, n == 2 ? "XOF" : "USD");
    EXPECT_EQ(one.ref, "T" + std::to_string(n));
    EXPECT_EQ(one.humanitarian, n == 4 ? "1" : "");
    EXPECT_EQ(said(one.provider.name), "[en]Payer");
    EXPECT_EQ(one.receiver.ref, "XX-R");
  }
  const auto& last = r().contributions[13];
  EXPECT_TRUE(last.quantity.amount.is_negative());
  EXPECT_EQ(last.channel, "4");
  EXPECT_THAT(schemes(last.classifications), ElementsAre("purpose:31162"));
  EXPECT_THAT(schemes(last.modalities), ElementsAre("aid-type:E01"));
  ASSERT_EQ(last.places.size(), 2u);
  EXPECT_EQ(last.places[1].vocabulary, "m49");
  const auto& budget = r().contributions[14];
  EXPECT_EQ(budget.kind, ContributionKind::budget);
  EXPECT_EQ(budget.type, "1");
  EXPECT_EQ(budget.status, "2");
  EXPECT_EQ(day(budget.end_date), "2022-12-31");
  const auto& planned = r().contributions[15];
  EXPECT_EQ(planned.kind, ContributionKind::planned_disbursement);
  EXPECT_EQ(day(planned.value_date), "2023-01-01") << "the period's start stands in";
  ASSERT_TRUE(whole_->find("iati.value_date.missing"));
  EXPECT_THAT(whole_->find("iati.value_date.missing")->message, HasSubstr("1 of 16"));
}

TEST_F(Iati203, references) {
  std::vector<std::string> all;
  for (const auto& one : r().references)
    all.push_back(std::string(boost::describe::enum_to_string(one.kind, "?")) + ":" +
                  one.identifier);
  EXPECT_THAT(all, ElementsAre("other_identifier:OLD-77", "former_publisher:XX-0",
                               "foreign_identifier:2021000123", "parent:XX-1-PROGRAMME",
                               "child:XX-1-PART", "funded_by:XX-FUNDS-1", "funds:XX-TAKES-2",
                               "funds:XX-TAKES-3", "funds:XX-TAKES-4", "funded_by:XX-FUNDS-11",
                               "funds:XX-TAKES-12", "funded_by:XX-FUNDS-13", "funds:XX-PLANNED"));
  EXPECT_EQ(r().references[0].owner.ref, "XX-9");
}

TEST_F(Iati203, documents_conditions_results) {
  ASSERT_EQ(r().documents.size(), 1u);
  EXPECT_EQ(r().documents[0].url, "http://example.org/plan.pdf");
  EXPECT_THAT(r().documents[0].categories, ElementsAre("A02"));
  EXPECT_EQ(day(r().documents[0].date), "2022-01-05");
  EXPECT_EQ(r().conditions_attached, "1");
  EXPECT_EQ(said(r().conditions.at(0).text), "[en]Seed law passed");
  const auto& indicator = r().results.at(0).indicators.at(0);
  EXPECT_EQ(indicator.baselines.at(0).value, "3");
  EXPECT_EQ(indicator.baselines[0].dimensions.at(0).scheme, "sex");
  EXPECT_THAT(indicator.baselines[0].locations, ElementsAre("L1"));
  EXPECT_EQ(indicator.periods.at(0).targets.at(0).value, "10");
  EXPECT_EQ(said(indicator.periods[0].actuals.at(0).comment), "[en]Two failed");
}

TEST_F(Iati203, what_has_no_place_is_kept_by_its_path) {
  const auto value = [&](std::string_view path) {
    const auto* extra = find_extra(r(), path);
    return extra ? extra->value : "(none)";
  };
  EXPECT_EQ(value("@own:desk"), "7");
  EXPECT_EQ(value("own:score"), "high");
  EXPECT_EQ(value("own:score/@weight"), "2");
  EXPECT_EQ(value("legacy-data/@name"), "Old field");
  EXPECT_EQ(value("crs-add/loan-terms/@rate-1"), "4");
  EXPECT_EQ(value("crs-add/loan-terms/repayment-type/@code"), "1");
  EXPECT_EQ(value("crs-add/channel-code"), "21039");
  EXPECT_EQ(value("fss/forecast"), "3000");
  EXPECT_EQ(value("fss/@priority"), "1");
}

TEST_F(Iati203, a_stored_source_reads_the_same_again) {
  const auto again = standards::read_source(whole_->fragments[0].format, whole_->fragments[0].text);
  EXPECT_EQ(to_json(again.record), to_json(r()));
}

TEST(IatiRead, versions_2_01_and_2_02) {
  for (const std::string version : {"2.01", "2.02"}) {
    const auto whole = read_whole(fixture("activity-" + version + ".xml"));
    EXPECT_FALSE(whole.damaged);
    EXPECT_EQ(whole.fragments.at(0).format, "iati-" + version);
    EXPECT_EQ(whole.record().identifier, "XX-2-" + version);
    EXPECT_EQ(whole.record().updated, "2016-04-01T00:00:00Z") << "the file's date-time";
    EXPECT_EQ(whole.record().participations.at(0).function, Function::manages);
    EXPECT_EQ(whole.record().places.at(0).vocabulary, "dac");
    EXPECT_EQ(whole.record().contributions.at(0).kind, ContributionKind::expenditure);
    EXPECT_THAT(whole.readings[0].findings, IsEmpty());
  }
}

class IatiVersion1 : public testing::TestWithParam<const char*> {};

TEST_P(IatiVersion1, takes_the_shape_of_2_0x) {
  const auto whole = read_whole(fixture(std::string("activity-") + GetParam() + ".xml"));
  ASSERT_FALSE(whole.damaged);
  ASSERT_EQ(whole.readings.size(), 1u);
  const Record& r = whole.record();
  EXPECT_EQ(said(r.publisher_name), "[en]Ministry of planning");
  EXPECT_EQ(said(r.title), "[en]Rainwater harvesting[fr]Collecte des eaux de pluie");
  ASSERT_EQ(r.descriptions.size(), 1u);
  EXPECT_EQ(said(r.descriptions[0].text), "[en]Tanks for schools[fr]Citernes pour les écoles");
  ASSERT_EQ(r.participations.size(), 2u);
  EXPECT_EQ(r.participations[0].function, Function::funds);
  EXPECT_EQ(r.participations[1].function, Function::carries_out);
  EXPECT_EQ(said(r.participations[1].party.name), "[en]Water board[fr]Office des eaux");
  ASSERT_EQ(r.dates.size(), 3u);
  EXPECT_EQ(r.dates[0].type, "1");
  EXPECT_EQ(r.dates[1].type, "2");
  EXPECT_EQ(r.dates[2].type, "3");
  EXPECT_EQ(day(r.dates[2].date), "2014-01-31");
  EXPECT_THAT(schemes(r.classifications), ElementsAre("purpose:14031", "sector-99:W1", "marker:2"));
  EXPECT_EQ(share(r.classifications[0].share), "100");
  EXPECT_EQ(said(r.classifications[0].name), "[en]Basic drinking water[fr]Eau potable");
  ASSERT_EQ(r.places.size(), 2u);
  EXPECT_EQ(r.places[1].vocabulary, "dac");
  EXPECT_EQ(r.locations.at(0).latitude, "-1.367");
  EXPECT_EQ(r.locations[0].longitude, "38.010");
  EXPECT_EQ(r.locations[0].exactness, "2");
  EXPECT_EQ(r.locations[0].feature, "PPL");
  EXPECT_THAT(schemes(r.locations[0].identifiers), ElementsAre("G1:192900"));
  ASSERT_EQ(r.contributions.size(), 3u);
  EXPECT_EQ(r.contributions[0].kind, ContributionKind::commitment);
  EXPECT_EQ(r.contributions[0].quantity.unit, "GBP");
  EXPECT_EQ(r.contributions[1].kind, ContributionKind::incoming_funds);
  EXPECT_EQ(r.contributions[2].type, "1");
  EXPECT_EQ(r.documents.at(0).url, "http://example.org/rain");
  EXPECT_EQ(r.references.at(0).identifier, "5010");
  EXPECT_EQ(r.references.at(0).owner.ref, "XX-5");
  EXPECT_EQ(r.results.at(0).type, "1");
  EXPECT_EQ(r.results[0].indicators.at(0).periods.at(0).actuals.at(0).value, "19");
  ASSERT_TRUE(find_extra(r, "legacy-data"));
  ASSERT_TRUE(find_extra(r, "location/administrative"));
  EXPECT_THAT(whole.readings[0].findings, IsEmpty())
      << whole.readings[0].findings.at(0).place << whole.readings[0].findings.at(0).message;
}

INSTANTIATE_TEST_SUITE_P(All, IatiVersion1,
                         testing::Values("1.01", "1.02", "1.03", "1.04", "1.05"));

TEST(IatiRead, organisation_files) {
  const auto whole = read_whole(fixture("organisation-2.03.xml"));
  EXPECT_FALSE(whole.damaged);
  const Record& r = whole.record();
  EXPECT_EQ(r.kind, "organisation");
  EXPECT_EQ(r.identifier, "XX-6");
  EXPECT_EQ(said(r.title), "[en]Partnership fund[zu]Isikhwama");
  ASSERT_EQ(r.contributions.size(), 5u);
  std::vector<std::string> types;
  for (const auto& one : r.contributions) types.push_back(one.type);
  EXPECT_THAT(types, ElementsAre("total-budget", "recipient-org-budget", "recipient-region-budget",
                                 "recipient-country-budget", "total-expenditure"));
  EXPECT_EQ(r.contributions[0].lines.at(0).code, "A");
  EXPECT_EQ(said(r.contributions[0].lines[0].name), "[en]Exchanges[]600 ZAR");
  EXPECT_EQ(r.contributions[1].receiver.ref, "XX-7");
  EXPECT_EQ(r.contributions[2].places.at(0).vocabulary, "m49");
  EXPECT_EQ(r.contributions[3].places.at(0).code, "ZM");
  EXPECT_EQ(r.contributions[3].quantity.unit, "USD");
  EXPECT_EQ(r.contributions[4].kind, ContributionKind::expenditure);
  EXPECT_EQ(r.documents.at(0).places.at(0).code, "ZM");
}

/// One activity with `inside`, read as version 2.03.
Whole activity(const std::string& inside, const std::string& attributes = "") {
  return read_text(with_root("<iati-activity " + attributes +
                             "><iati-identifier>I"
                             "</iati-identifier>" +
                             inside + "</iati-activity>"));
}

TEST(IatiRead, weaknesses_become_findings_in_words) {
  const auto place_of = [](const Whole& whole, std::string_view rule) {
    const auto* finding = whole.find(rule);
    return finding ? finding->place : "(no " + std::string(rule) + ")";
  };
  const auto whole = activity(
      "<transaction/><transaction><transaction-type code='3'/>"
      "<transaction-date iso-date='2020-02-30'/><value value-date='x'>1,000</value></transaction>"
      "<sector code='11110' percentage='half'/><activity-date type='1'/>"
      "<title>Plain</title><recipient-country/>");
  EXPECT_EQ(place_of(whole, "iati.date.unreadable"), "transaction 2, transaction-date");
  EXPECT_EQ(place_of(whole, "iati.value.missing"), "transaction 1");
  EXPECT_EQ(place_of(whole, "iati.number.unreadable"), "transaction 2, value");
  EXPECT_EQ(place_of(whole, "iati.date.missing"), "activity-date");
  EXPECT_EQ(place_of(whole, "iati.narrative"), "title");
  EXPECT_EQ(place_of(whole, "iati.required"), "transaction 1");
  ASSERT_TRUE(whole.find("iati.currency.missing"));
  ASSERT_EQ(whole.record().contributions.size(), 2u);
  for (const auto& one : whole.record().contributions)
    EXPECT_EQ(one.kind, ContributionKind::none) << "an unreadable amount is never counted";
  EXPECT_EQ(whole.record().contributions[1].type, "3");
  EXPECT_FALSE(whole.record().classifications.at(0).share);
}

TEST(IatiRead, unknown_codes_are_kept) {
  const auto whole = activity(
      "<transaction><transaction-type code='99'/><value>1</value>"
      "</transaction><participating-org role='Payer' ref='A'/>"
      "<related-activity ref='B' type='8'/>"
      "<transaction><transaction-type code='D'/><value>1</value>"
      "</transaction>",
      "default-currency='USD'");
  EXPECT_TRUE(whole.find("iati.transaction.type"));
  EXPECT_TRUE(whole.find("iati.code.unknown"));
  EXPECT_TRUE(whole.find("iati.code.old"));
  EXPECT_TRUE(whole.find("iati.related"));
  EXPECT_EQ(whole.record().contributions.at(0).kind, ContributionKind::none);
  EXPECT_EQ(whole.record().contributions.at(0).type, "99");
  EXPECT_EQ(whole.record().contributions.at(1).kind, ContributionKind::disbursement);
  EXPECT_EQ(whole.record().participations.at(0).function, Function::unspecified);
}

TEST(IatiRead, an_activity_without_identifier_is_not_usable) {
  const auto whole = read_text(with_root("<iati-activity><title/></iati-activity>"));
  ASSERT_EQ(whole.readings.size(), 1u);
  EXPECT_FALSE(whole.readings[0].usable);
  EXPECT_TRUE(whole.find("iati.identifier.missing"));
}

TEST(IatiRead, a_source_that_is_no_record_is_refused_with_a_finding) {
  for (const char* text : {"", "x", "<iati-activity>", "<other/>"}) {
    const auto reading = standards::read_source("iati-2.03", text);
    EXPECT_FALSE(reading.usable) << text;
    ASSERT_FALSE(reading.findings.empty());
    EXPECT_EQ(reading.findings[0].severity, Severity::damage);
  }
}

TEST(IatiRead, findings_of_one_record_are_bounded) {
  std::string many;
  for (int i = 0; i < 5000; ++i) many += "<transaction/>";
  const auto whole = activity(many);
  EXPECT_LT(whole.readings.at(0).findings.size(), 520u);
  EXPECT_EQ(whole.record().contributions.size(), 5000u);
}

}  // namespace
}  // namespace austral::test
