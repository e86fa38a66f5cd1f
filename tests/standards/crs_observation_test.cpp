// The Data Explorer's SDMX-CSV becomes the same records as an activity file; sums and constant
// prices stay apart.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "registry/initiative.hpp"
#include "standards/crs/export.hpp"
#include "standards/crs/observation.hpp"
#include "standards/crs_rows.hpp"
#include "standards/rows/areas.hpp"

namespace austral::crs {
namespace {

using registry::ContributionKind;

const FileRead& explorer() {
  static const FileRead file = read_file(test_file("explorer-2022.csv"));
  return file;
}

std::string message_of(const std::string& rule, const std::string& place) {
  for (const auto& finding : explorer().findings)
    if (finding.rule == rule && finding.place == place) return finding.message;
  return {};
}

// Source: fields of the dataflow, codes of their values (data/crs/SOURCE.md).
TEST(CrsObservations, AreRecognisedByTheirDimensions) {
  const auto* format = standards::find_format(test_file("explorer-2022.csv"));
  ASSERT_NE(format, nullptr);
  EXPECT_EQ(format->name, "crs");
  // Other dataflows of the OECD: flows by provider, and by provider and recipient.
  EXPECT_FALSE(is_header({"DONOR", "SECTOR", "MEASURE", "UNTIED", "FLOW_TYPE", "UNIT_MEASURE",
                          "PRICE_BASE", "TIME_PERIOD", "OBS_VALUE"}));
  EXPECT_FALSE(is_header(
      {"DONOR", "RECIPIENT", "MEASURE", "UNIT_MEASURE", "PRICE_BASE", "TIME_PERIOD", "OBS_VALUE"}));
}

TEST(CrsObservations, BecomeOneRecordOfAnActivityAndYear) {
  const auto& cotton = explorer().records.at("XM-DAC-431-CRS-2022000017-2022");
  ASSERT_EQ(cotton.contributions.size(), 3u);
  EXPECT_EQ(cotton.contributions[0].kind, ContributionKind::commitment);
  EXPECT_EQ(cotton.contributions[0].quantity.amount, (Decimal{300'000, 0}));
  EXPECT_EQ(cotton.contributions[1].quantity.amount, (Decimal{120'625, 0}));
  EXPECT_EQ(cotton.contributions[2].quantity.amount, (Decimal{20'125, 0}));  // 20.125 thousand
  EXPECT_EQ(cotton.contributions[0].places.at(0).code, "MZ");
  EXPECT_EQ(cotton.contributions[2].places.at(0).code, "298");
  EXPECT_EQ(cotton.collaboration_type, "8");
  EXPECT_EQ(cotton.flow_type, "10");
  EXPECT_EQ(cotton.finance_type, "110");
  EXPECT_EQ(cotton.modalities.at(0).code, "D02");
  EXPECT_EQ(cotton.title.at(0).text, "Cotton");
  EXPECT_EQ(cotton.participations.at(1).party.ref, "XM-DAC-431-1");
  EXPECT_EQ(cotton.participations.at(2).party.channel, "41114");
  EXPECT_EQ(cotton.publisher_name.at(0).text, "Brazil");
  const auto assembly = registry::assemble({{1, &cotton, true}});
  EXPECT_EQ(assembly.committed_cents, 300'000'00);
  EXPECT_EQ(assembly.disbursed_cents, 140'750'00);
  EXPECT_EQ(assembly.framework.framework, registry::Framework::triangular);
}

TEST(CrsObservations, KeepConstantPricesApart) {
  const auto extras = extras_of(explorer().records.at("XM-DAC-431-CRS-2022000017-2022"));
  EXPECT_EQ(extras.at("crs/row 1/usd_commitment_defl"), "0.33");
  EXPECT_EQ(extras.at("crs/row 1/usd_disbursement_defl"), "0.13");
  EXPECT_EQ(extras.at("crs/row 1/BASE_PER"), "2023");
  EXPECT_EQ(extras.at("crs/row 1/MD_ID"), "1001;1002");
  EXPECT_EQ(extras.at("crs/row 1/usd_amountuntied"), "0.1");
  EXPECT_EQ(extras.at("crs/row 1/usd_amountuntied_defl"), "0.11");
  for (const auto& [path, value] : extras) {
    EXPECT_EQ(path.find("Price base"), std::string::npos);
    EXPECT_EQ(path.find("OBS_VALUE"), std::string::npos);
  }
  EXPECT_THAT(message_of("crs.constant", "PRICE_BASE"), testing::StartsWith("3 amounts"));
}

TEST(CrsObservations, SumsAreKeptBesideTheActivities) {
  const auto& all = explorer().records.at("CRS-CRS-DAC.DPGC.1000.100._T._T-2022");
  EXPECT_EQ(all.kind, "aggregate");
  EXPECT_EQ(all.title.at(0).text, "DAC members, Developing countries, Total, all sectors");
  ASSERT_EQ(all.contributions.size(), 1u);
  EXPECT_EQ(all.contributions[0].quantity.amount, (Decimal{151'000'500'000, 0}));
  EXPECT_TRUE(all.places.empty());
  const auto extras = extras_of(all);
  EXPECT_EQ(extras.at("crs/DonorCode"), "DAC");
  EXPECT_EQ(extras.at("crs/RecipientCode"), "DPGC");
  EXPECT_EQ(extras.at("crs/usd_disbursement_defl"), "160000");
  EXPECT_EQ(explorer().records.at("CRS-CRS-BRA.MOZ.31120.11._T._T-2022").kind, "aggregate");
  EXPECT_THAT(message_of("crs.aggregates", "MD_DIM"), testing::StartsWith("3 rows are sums"));
}

// Source: .Stat Suite on microdata; groups of the Data Explorer (data/crs/areas.tsv).
TEST(CrsObservations, AreSumsByWhatTheirDimensionsSay) {
  const auto is_sum = [](std::vector<std::pair<Field, std::string>> cells) {
    Activity row;
    row[Field::provider] = "BRA";
    row[Field::recipient] = "MOZ";
    row[Field::crs_id] = "1";
    for (const auto& [field, value] : cells) row[field] = value;
    return is_aggregate(row.line);
  };
  EXPECT_FALSE(is_sum({}));
  EXPECT_FALSE(is_sum({{Field::recipient, "F_X"}}));  // Africa, regional: no sum over countries
  EXPECT_FALSE(is_sum({{Field::recipient, "DPGC_X"}}));
  EXPECT_FALSE(is_sum({{Field::crs_id, ""}, {Field::drilldown, "DD"}}));
  EXPECT_FALSE(is_sum({{Field::crs_id, ""}, {Field::microdata, "7"}}));
  EXPECT_TRUE(is_sum({{Field::crs_id, ""}}));
  EXPECT_TRUE(is_sum({{Field::drilldown, "_T"}}));
  EXPECT_TRUE(is_sum({{Field::aid_type, "_T"}}));
  EXPECT_TRUE(is_sum({{Field::parent_channel, "_T"}}));
  EXPECT_TRUE(is_sum({{Field::recipient, "DPGC"}, {Field::drilldown, "DD"}}));
  EXPECT_TRUE(is_sum({{Field::recipient, "LDC"}}));
  EXPECT_TRUE(is_sum({{Field::provider, "ALLD"}}));
  EXPECT_TRUE(is_sum({{Field::provider, "5WB0"}}));  // the World Bank Group's institutions
}

// Source: OECD lists of providers and recipients (data/crs/SOURCE.md).
TEST(CrsObservations, KnowAreasByTheDataExplorersCodes) {
  const std::vector<std::pair<std::string, std::string>> known = {
      {"BRA", "431"},    {"CHN", "730"},    {"XKV", "57"},     {"F_X", "298"},
      {"5WB002", "905"}, {"4EU001", "918"}, {"DPGC_X", "998"}, {"WSM", "880"}};
  for (const auto& [code, number] : known) {
    const auto* area = rows::find_area(code);
    ASSERT_NE(area, nullptr) << code;
    EXPECT_EQ(area->dac, number) << code;
  }
  EXPECT_EQ(rows::find_area("DPGC")->kind, rows::AreaKind::group);
  EXPECT_EQ(rows::find_area("QQQ"), nullptr);
  const auto& loan = explorer().records.at("XM-DAC-905-CRS-2022000500-2022");
  EXPECT_EQ(loan.publisher_type, "40");
  EXPECT_EQ(loan.places.at(0).code, "WS");
  EXPECT_EQ(extras_of(loan).at("crs/FlowCode"), "13");
  EXPECT_EQ(loan.classifications.at(0).scheme, "category");  // three digits are no purpose
  EXPECT_EQ(loan.classifications.at(0).code, "140");
}

TEST(CrsObservations, KeepWhatIsNotUnderstoodAndNameTheCell) {
  const auto& one = explorer().records.at("XM-DAC-9ZZZ1-CRS-2022000900-2022");
  EXPECT_TRUE(one.contributions.empty());
  EXPECT_EQ(one.publisher_name.at(0).text, "A new fund");
  EXPECT_EQ(one.places.at(0).code, "QQQ");
  const auto extras = extras_of(one);
  EXPECT_EQ(extras.at("crs/row 1/OBS_VALUE"), "5");
  EXPECT_EQ(extras.at("crs/row 1/FLOW_TYPE"), "G");
  EXPECT_EQ(extras.at("crs/row 3/UNIT_MEASURE"), "EUR");
  EXPECT_THAT(message_of("crs.observation.kind", "Q11"), testing::HasSubstr("'G'"));
  EXPECT_THAT(message_of("crs.amount.unreadable", "AC12"), testing::HasSubstr("N/A"));
  EXPECT_THAT(message_of("crs.observation.unit", "Y13"), testing::HasSubstr("EUR"));
  EXPECT_THAT(message_of("crs.code.unknown", "E11"), testing::HasSubstr("9ZZZ1"));
  EXPECT_THAT(message_of("crs.code.unknown", "G11"), testing::HasSubstr("Atlantis"));
}

TEST(CrsObservations, TellTheSameAsAnActivityFile) {
  const auto classic = read_text(
      "Year|DonorCode|CRSid|ProjectNumber|RecipientCode|FlowCode|bi_multi|Finance_t|Aid_t|"
      "usd_commitment|usd_disbursement|usd_disbursement_defl|ProjectTitle|PurposeCode|ChannelCode\n"
      "2022|431|77|BRA/1|259|11|8|110|D02|0.3|0.1|0.11|Cotton|31120|41114\n");
  const auto observed = read_text(
      "DONOR,RECIPIENT,SECTOR,MEASURE,CHANNEL,MODALITY,FLOW_TYPE,PRICE_BASE,MD_DIM,TIME_PERIOD,"
      "OBS_VALUE,UNIT_MEASURE,UNIT_MULT,OECD_ID,DONOR_PROJECT_ID,FINANCETYPE_CODE,BIMULTI_CODE,"
      "PROJECT_TITLE,CHANNELDELIVERY_CODE\n"
      "BRA,MOZ,31120,11,,D02,D,Q,DD,2022,0.11,USD,6,77,BRA/1,110,8,Cotton,41114\n"
      "BRA,MOZ,31120,11,,D02,D,V,DD,2022,100000,USD,0,77,BRA/1,110,8,Cotton,41114\n"
      "BRA,MOZ,31120,11,,D02,C,V,DD,2022,300,USD,3,77,BRA/1,110,8,Cotton,41114\n");
  ASSERT_EQ(classic.records.size(), 1u);
  ASSERT_EQ(observed.records.size(), 1u);
  EXPECT_EQ(to_json(observed.records.begin()->second), to_json(classic.records.begin()->second));
}

TEST(CrsObservations, LeaveAsAnActivityFileAndComeBack) {
  std::string text;
  standards::ExportHead head;
  Findings findings;
  const auto writer = open_writer();
  writer->begin(head, text);
  std::size_t written = 0;
  for (const auto& [identifier, record] : explorer().records)
    if (record.kind != "aggregate" && ++written)
      writer->write({record, "", "", nullptr, true}, text, findings);
  writer->finish(text);
  const auto again = read_text(text);
  EXPECT_TRUE(findings.empty());
  ASSERT_EQ(again.records.size(), written);
  for (const auto& [identifier, record] : again.records)
    EXPECT_EQ(to_json(record), to_json(explorer().records.at(identifier))) << identifier;
}

TEST(CrsObservations, SayThatAFileHasOnlySumsOrOnlyConstantPrices) {
  const std::string header =
      "DONOR,RECIPIENT,SECTOR,MEASURE,CHANNEL,MODALITY,FLOW_TYPE,PRICE_BASE,MD_DIM,TIME_PERIOD,"
      "OBS_VALUE,UNIT_MEASURE,UNIT_MULT\n";
  const auto read = read_text(header + "CAN,DPGC,1000,100,_T,_T,D,Q,_T,2022,5000,USD,6\n");
  ASSERT_EQ(read.records.size(), 1u);
  EXPECT_TRUE(read.records.begin()->second.contributions.empty());
  std::string told;
  for (const auto& finding : read.findings) told += finding.rule + ": " + finding.message + "\n";
  EXPECT_THAT(told, testing::HasSubstr("export the microdata"));
  EXPECT_THAT(told, testing::HasSubstr("export it in current prices"));
}

/// One made-up line of the dataflow.
struct Observed {
  int activity = 1, multiplier = 6;
  std::string flow, price;
  bool sum = false;
  std::int64_t amount = 0;
};

// Slow and plain: amounts of current prices of activities, each times its power of ten.
RC_GTEST_PROP(CrsObservations, AddUpToTheirCurrentPrices, ()) {
  std::vector<Observed> lines;
  const auto count = *rc::gen::inRange(1, 30);
  for (int i = 0; i < count; ++i)
    lines.push_back({*rc::gen::inRange(1, 4), *rc::gen::element(0, 3, 6),
                     *rc::gen::element<std::string>("C", "D"),
                     *rc::gen::element<std::string>("V", "Q"), *rc::gen::inRange(0, 4) == 0,
                     *rc::gen::inRange<std::int64_t>(-999, 1'000)});
  std::string text =
      "DONOR,RECIPIENT,SECTOR,MEASURE,CHANNEL,MODALITY,FLOW_TYPE,PRICE_BASE,MD_DIM,MD_ID,"
      "TIME_PERIOD,OBS_VALUE,UNIT_MEASURE,UNIT_MULT,OECD_ID\n";
  std::map<std::pair<std::string, ContributionKind>, std::int64_t> expected, found;
  int id = 0;
  for (const auto& one : lines) {
    text += "BRA,MOZ,31120,11,0,C01," + one.flow + "," + one.price + "," + (one.sum ? "_T" : "DD") +
            "," + std::to_string(++id) + ",2022," + std::to_string(one.amount) + ",USD," +
            std::to_string(one.multiplier) + "," + (one.sum ? "" : std::to_string(one.activity)) +
            "\n";
    if (one.sum || one.price == "Q" || one.amount == 0) continue;
    std::int64_t dollars = one.amount;
    for (int i = 0; i < one.multiplier; ++i) dollars *= 10;
    expected[{"XM-DAC-431-CRS-" + std::to_string(one.activity) + "-2022",
              one.flow == "C" ? ContributionKind::commitment : ContributionKind::disbursement}] +=
        dollars;
  }
  for (const auto& [identifier, record] : read_text(text).records) {
    if (record.kind == "aggregate") continue;
    for (const auto& sum : record.contributions) {
      const auto dollars = round_to(sum.quantity.amount, 0);
      RC_ASSERT(dollars && *dollars == sum.quantity.amount);
      found[{identifier, sum.kind}] += dollars->mantissa;
    }
  }
  RC_ASSERT(found == expected);
}

}  // namespace
}  // namespace austral::crs
