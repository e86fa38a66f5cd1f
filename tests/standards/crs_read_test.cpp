// CRS files become records: columns by name, millions to dollars, kinds of aid, markers, findings.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>

#include "registry/initiative.hpp"
#include "standards/crs_rows.hpp"

namespace austral::crs {
namespace {

using registry::ContributionKind;

const FileRead& sample() {
  static const FileRead file = read_file(test_file("activities-2016.txt"));
  return file;
}

std::map<std::string, std::string> markers_of(
    const std::vector<registry::Classification>& classifications) {
  std::map<std::string, std::string> found;
  for (const auto& one : classifications)
    if (one.scheme == "marker") found[one.code] = one.significance;
  return found;
}

std::string find_message(const std::string& rule, const std::string& place) {
  for (const auto& finding : sample().findings)
    if (finding.rule == rule && finding.place == place) return finding.message;
  return {};
}

// Source: the columns' names as published (data/crs/SOURCE.md).
TEST(CrsColumns, StandWhereTheTableHasThem) {
  const std::map<std::string, Field> expected = {
      {"Year", Field::year},
      {"DonorCode", Field::provider},
      {"donor_name", Field::provider_name},
      {"AGENCYCODE", Field::agency},
      {"AgencyName", Field::agency_name},
      {"crs_id", Field::crs_id},
      {"ProjectNumber", Field::project_number},
      {"RecipientCode", Field::recipient},
      {"RecipientName", Field::recipient_name},
      {"FlowCode", Field::flow},
      {"BiMulti", Field::collaboration},
      {"FinanceT", Field::finance_type},
      {"AidT", Field::aid_type},
      {"USD_Commitment", Field::commitment},
      {"USDDisbursement", Field::disbursement},
      {"commitment_national", Field::commitment_national},
      {"disbursement_national", Field::disbursement_national},
      {"ShortDescription", Field::short_description},
      {"ProjectTitle", Field::title},
      {"PurposeCode", Field::purpose},
      {"PurposeName", Field::purpose_name},
      {"SectorCode", Field::sector},
      {"SectorName", Field::sector_name},
      {"ChannelCode", Field::channel},
      {"ChannelName", Field::channel_name},
      {"ChannelReportedName", Field::channel_as_reported},
      {"ExpectedStartDate", Field::planned_start},
      {"CompletionDate", Field::planned_end},
      {"LongDescription", Field::description},
      {"Gender", Field::gender},
      {"Environment", Field::environment},
      {"Trade", Field::trade},
      {"PDGG", Field::governance},
      {"DIG", Field::governance},
      {"Biodiversity", Field::biodiversity},
      {"ClimateMitigation", Field::mitigation},
      {"ClimateAdaptation", Field::adaptation},
      {"Desertification", Field::desertification},
      {"RMNCH", Field::child_health},
      {"SDGfocus", Field::goals},
      {"DRR", Field::disaster_risk},
      {"Nutrition", Field::nutrition},
      {"Disability", Field::disability}};
  for (const auto& [name, field] : expected)
    EXPECT_EQ(columns().find(name), std::size_t(field)) << name;
}

// Source: the same, and the fields of the Data Explorer's dataflow.
TEST(CrsColumns, AreThe86Of2016LaterOnesAndTheDataExplorers) {
  EXPECT_EQ(columns().find("CapitalExpend"), 85u);
  // The Data Explorer's codes are told from the names beside them by their spelling.
  EXPECT_EQ(columns().find("DONOR"), std::size_t(Field::provider));
  EXPECT_EQ(columns().find("Donor"), std::size_t(Field::provider_name));
  EXPECT_EQ(columns().find("SECTOR"), std::size_t(Field::purpose));
  EXPECT_EQ(columns().find("Sector"), std::size_t(Field::purpose_name));
  EXPECT_EQ(columns().find("OBS_VALUE"), std::size_t(Field::observation));
  EXPECT_EQ(columns().find("DATAFLOW"), std::size_t(Field::dataflow));
  EXPECT_EQ(columns().find("Flow type"), std::size_t(Field::first_label));
  EXPECT_EQ(columns().find("ACTION"), std::size_t(Field::last_label));
  EXPECT_EQ(columns().size(), std::size_t(Field::last_label) + 1);
  EXPECT_EQ(columns().find("FLOW_TYPE"), published_columns);
  EXPECT_EQ(columns().find("usd_amountuntied"), 28u);
  EXPECT_EQ(columns().find("usd_amounttied_defl"), 33u);
}

TEST(CrsReading, IsRecognisedByItsHeaderInAnyOrderAndEncoding) {
  for (const char* name : {"activities-2016.txt", "activities-2022-utf16.txt"}) {
    const auto* format = standards::find_format(test_file(name));
    ASSERT_NE(format, nullptr) << name;
    EXPECT_EQ(format->name, "crs") << name;
  }
  EXPECT_FALSE(is_header({"Year", "ProjectTitle", "Gender", "Trade", "FlowCode"}));
}

// Source: known answer K32: kind of aid 8, region 289, purpose 15123 counts once as triangular.
TEST(CrsReading, KindOfAidEightIsTriangular) {
  const auto& one = sample().records.at("XM-DAC-5-CRS-2016000032-2016");
  EXPECT_EQ(one.collaboration_type, "8");
  ASSERT_EQ(one.places.size(), 1u);
  EXPECT_EQ(one.places[0].kind, "region");
  EXPECT_EQ(one.places[0].code, "289");
  ASSERT_EQ(one.classifications.size(), 1u);
  EXPECT_EQ(one.classifications[0].scheme, "purpose");
  EXPECT_EQ(one.classifications[0].code, "15123");
  const auto assembly = registry::assemble({{1, &one, true}});
  EXPECT_EQ(assembly.framework.framework, registry::Framework::triangular);
  EXPECT_EQ(assembly.committed_cents, 250'000'00);
  EXPECT_EQ(assembly.disbursed_cents, 100'000'00);
}

TEST(CrsReading, KeepsDeflatedAndNationalAmountsApart) {
  const auto& one = sample().records.at("XM-DAC-5-CRS-2016000032-2016");
  ASSERT_EQ(one.contributions.size(), 2u);
  const auto extras = extras_of(one);
  EXPECT_EQ(extras.at("crs/usd_disbursement_defl"), "0.11");
  EXPECT_EQ(extras.at("crs/commitment_national"), "0.226");
  EXPECT_EQ(extras.at("crs/disbursement_national"), "0.0904");
  EXPECT_EQ(extras.at("crs/CurrencyCode"), "918");
}

TEST(CrsReading, SaysTheFlowTypeAndKeepsTheFlow) {
  const auto& one = sample().records.at("XM-DAC-5-CRS-2016000032-2016");
  EXPECT_EQ(one.flow_type, "10");
  EXPECT_EQ(extras_of(one).at("crs/FlowCode"), "11");
  EXPECT_EQ(one.finance_type, "110");
  ASSERT_EQ(one.modalities.size(), 1u);
  EXPECT_EQ(one.modalities[0].scheme, "aid-type");
  EXPECT_EQ(one.modalities[0].code, "C01");
  EXPECT_EQ(flow_type_of("13"), "10");
  EXPECT_EQ(flow_type_of("19"), "10");
  EXPECT_EQ(flow_type_of("14"), "21");
  EXPECT_EQ(flow_type_of("30"), "30");
  EXPECT_EQ(flow_type_of("99"), "");
}

TEST(CrsReading, BringsRowsOfOneActivityAndYearTogether) {
  const auto& water = sample().records.at("XM-DAC-12-CRS-2014000777-2016");
  ASSERT_EQ(water.contributions.size(), 3u);  // the second row's commitment is zero
  EXPECT_EQ(water.contributions[0].kind, ContributionKind::commitment);
  EXPECT_EQ(water.contributions[0].quantity.amount, (Decimal{2'500'000'001, 3}));
  EXPECT_EQ(water.contributions[1].quantity.amount, (Decimal{108'160, 0}));
  EXPECT_EQ(water.contributions[2].quantity.amount, (Decimal{-20'000, 0}));
  EXPECT_EQ(to_string(*water.contributions[2].date), "2016-01-01");
  EXPECT_EQ(to_string(*water.contributions[2].end_date), "2016-12-31");
  EXPECT_EQ(water.contributions[1].classifications.at(0).code, "14031");
  EXPECT_EQ(water.contributions[2].classifications.at(0).code, "12261");
  ASSERT_EQ(water.places.size(), 1u);
  EXPECT_EQ(water.places[0].code, "MZ");
}

TEST(CrsReading, EachYearIsARecordOfOneActivity) {
  for (const std::string year : {"2015", "2016"}) {
    const auto& one = sample().records.at("XM-DAC-12-CRS-2014000777-" + year);
    EXPECT_EQ(one.references.at(0).kind, registry::ReferenceKind::year_of);
    EXPECT_EQ(one.references.at(0).identifier, "XM-DAC-12-CRS-2014000777");
  }
}

TEST(CrsReading, ScoresBecomeMarkersOfTheRecordOrOfEachRowsMoney) {
  const auto& water = sample().records.at("XM-DAC-12-CRS-2014000777-2016");
  EXPECT_EQ(markers_of(water.classifications),
            (std::map<std::string, std::string>{{"2", "0"}, {"5", "2"}, {"9", "1"}}));
  EXPECT_EQ(markers_of(water.contributions[1].classifications).at("1"), "1");
  EXPECT_EQ(markers_of(water.contributions[2].classifications).at("1"), "2");
  const auto later = read_file(test_file("activities-2022-utf16.txt"));
  const auto& one = later.records.at("XM-DAC-5-CRS-2016000032-2022");
  EXPECT_EQ(
      markers_of(one.classifications),
      (std::map<std::string, std::string>{{"3", "1"}, {"10", "1"}, {"11", "0"}, {"12", "2"}}));
}

TEST(CrsReading, SaysDatesTextsAndParties) {
  const auto& water = sample().records.at("XM-DAC-12-CRS-2014000777-2016");
  ASSERT_EQ(water.dates.size(), 2u);
  EXPECT_EQ(water.dates[0].type, "1");
  EXPECT_EQ(to_string(*water.dates[0].date), "2016-02-01");
  EXPECT_EQ(water.dates[1].type, "3");
  EXPECT_EQ(water.title.at(0).text, "Water for Tete");
  ASSERT_EQ(water.descriptions.size(), 2u);
  EXPECT_EQ(water.descriptions[0].text.at(0).text, "Wells, \"pumps\" and training");
  ASSERT_EQ(water.participations.size(), 3u);
  EXPECT_EQ(water.participations[0].party.ref, "XM-DAC-12");
  EXPECT_EQ(water.participations[1].party.ref, "XM-DAC-12-1");
  EXPECT_EQ(water.participations[2].party.channel, "41122");
  EXPECT_EQ(water.references.at(1).kind, registry::ReferenceKind::other_identifier);
  const auto extras = extras_of(water);
  EXPECT_EQ(extras.at("crs/interest1"), "0.75");
  EXPECT_EQ(extras.at("crs/commitmentdate"), "2016-01-15");
}

TEST(CrsReading, ReadsLaterColumnsInUtf16) {
  const auto later = read_file(test_file("activities-2022-utf16.txt"));
  const auto& one = later.records.at("XM-DAC-5-CRS-2016000032-2022");
  EXPECT_EQ(one.title.at(0).text, "Fundo de água");
  EXPECT_EQ(one.flow_type, "21");
  EXPECT_EQ(extras_of(one).at("crs/Keywords"), "#WATER");
  const auto assembly = registry::assemble({{1, &one, true}});
  std::map<std::string, std::int64_t> goals;
  for (const auto& facet : assembly.facets)
    if (facet.dimension == registry::Dimension::goal) goals[facet.value] = facet.share;
  EXPECT_EQ(goals, (std::map<std::string, std::int64_t>{
                       {"1", 250'000}, {"10", 250'000}, {"13", 250'000}, {"4", 250'000}}));
  EXPECT_EQ(assembly.disbursed_cents, 10'816'00);
}

TEST(CrsReading, KeepsWhatItCannotReadAndNamesTheCell) {
  const auto& port = sample().records.at("XM-DAC-701-CRS-2016000900-2016");
  EXPECT_TRUE(port.contributions.empty());
  EXPECT_TRUE(port.flow_type.empty());
  EXPECT_TRUE(port.dates.empty());
  EXPECT_EQ(port.title.at(0).text, "PORT");
  const auto extras = extras_of(port);
  EXPECT_EQ(extras.at("crs/FlowCode"), "99");
  EXPECT_EQ(extras.at("crs/ExpectedStartDate"), "03/04/2016");
  EXPECT_EQ(extras.at("crs/usd_commitment"), "n/a");
  EXPECT_EQ(extras.at("crs/disbursement_national"), "12.5");
  EXPECT_THAT(find_message("crs.flow.unknown", "O4"), testing::HasSubstr("99"));
  EXPECT_THAT(find_message("crs.amount.unreadable", "U4"), testing::HasSubstr("n/a"));
  EXPECT_THAT(find_message("crs.amount.national", "AO4"), testing::HasSubstr("12.5"));
  EXPECT_THAT(find_message("crs.date.unreadable", "BC4"), testing::HasSubstr("03/04/2016"));
  EXPECT_THAT(find_message("crs.code.unknown", "I4"), testing::HasSubstr("Atlantis"));
  EXPECT_EQ(sample().unusable, 1);
  EXPECT_THAT(find_message("crs.row.unusable", "row 7, column 'CRSid'"),
              testing::HasSubstr("CRS number"));
}

RC_GTEST_PROP(CrsReading, MillionsAreScaledExactly, ()) {
  const auto micro = *rc::gen::inRange<std::int64_t>(1, 1'000'000'000'000);
  Activity row;
  row[Field::year] = "2016";
  row[Field::provider] = "5";
  row[Field::crs_id] = "1";
  row[Field::disbursement] = to_string(Decimal{micro, 6});
  Findings findings;
  const auto record = to_record({read_activity(row.line, findings)}, findings);
  RC_ASSERT(record.contributions.size() == 1u);
  RC_ASSERT(record.contributions[0].quantity.amount == (Decimal{micro, 0}));
}

RC_GTEST_PROP(CrsReading, ReadingARowTwiceChangesNothing, ()) {
  Activity row;
  const auto pool = rc::gen::element<std::string>("", "5", "11", "1.0", "2016-02-01 00:00:00",
                                                  "x|y", "0", "0.10", "4.2;13", "c01", "15123");
  for (auto& value : row.line.values) value = *pool;
  Findings findings;
  const auto once = read_activity(row.line, findings);
  RC_ASSERT(read_activity(once.line, findings).line.values == once.line.values);
}

}  // namespace
}  // namespace austral::crs
