// Records leave as TOSSD: what came as TOSSD comes back equal, others say what is left out.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "standards/rows/values.hpp"
#include "standards/rows/write.hpp"
#include "standards/sheet_sample.hpp"
#include "standards/tossd/export.hpp"
#include "standards/tossd_rows.hpp"

namespace austral::tossd {
namespace {

using registry::ContributionKind;

std::string write_file(const std::vector<registry::Record>& records, Findings& findings,
                       const std::string& language = "en") {
  standards::ExportHead head;
  head.language = language;
  std::string out;
  const auto writer = open_writer();
  writer->begin(head, out);
  for (const auto& record : records) writer->write({record, "", "", nullptr, true}, out, findings);
  writer->finish(out);
  return out;
}

FileRead read_text(const std::string& text) {
  const sheet::FileOf file(text);
  return read_file(file.path());
}

TEST(TossdWriting, GivesAFileBackInEveryLanguage) {
  const auto first = read_file(test_file("activities-2024.csv"));
  std::vector<registry::Record> records;
  for (const auto& [identifier, record] : first.records) records.push_back(record);
  for (const std::string language : {"en", "pt", "ar"}) {
    Findings findings;
    const auto again = read_text(write_file(records, findings, language));
    EXPECT_TRUE(findings.empty());
    ASSERT_EQ(again.records.size(), records.size());
    for (const auto& record : records)
      EXPECT_EQ(to_json(again.records.at(record.identifier)), to_json(record)) << language;
  }
}

TEST(TossdWriting, HasThePublishedColumnsWithNamesBesideCodes) {
  const auto first = read_file(test_file("activities-2024.csv"));
  Findings findings;
  const auto text = write_file({first.records.at("XM-DAC-431-TOSSD-2024000101-2024")}, findings);
  EXPECT_TRUE(text.starts_with("Year,provider,ProviderNameE,agencyname_E,tossdid,ProjectNumber,"));
  EXPECT_THAT(text, testing::HasSubstr(",Sourcename,Currency,Commitment_LCU,Disbursement_LCU,"
                                       "Reflow_LCU,BaseYear,OtherColumns\r\n"));
  EXPECT_THAT(text, testing::HasSubstr("2024,431,Brazil,"));
  EXPECT_THAT(text, testing::HasSubstr("Mozambique"));
}

TEST(TossdWriting, KeepsCellsFromBeingComputed) {
  EXPECT_EQ(rows::to_cell("=1+1"), "'=1+1");
  EXPECT_EQ(rows::to_cell("-n/a"), "'-n/a");
  EXPECT_EQ(rows::to_cell("-7.5"), "-7.5");
  for (const std::string value : {"=1+1", "@x", "-n/a", "-7.5", "''=x", "plain"})
    EXPECT_EQ(rows::trim_cell(rows::to_cell(value)), value);
}

RC_GTEST_PROP(TossdWriting, AnyRecordComesBackEqual, ()) {
  Findings findings;
  const auto record = to_record(any_activity(), findings);
  Findings written;
  const auto text = write_file({record}, written);
  const auto again = read_text(text);
  RC_ASSERT(written.empty());
  RC_ASSERT(again.records.size() == 1u);
  if (to_json(again.records.begin()->second) != to_json(record))
    RC_FAIL(text + "\n" + to_json(record) + "\n" + to_json(again.records.begin()->second));
}

registry::Record foreign() {
  registry::Record record;
  record.identifier = "XM-DAC-431-7";
  record.publisher = "XM-DAC-431";
  record.title = {{"en", "Wells"}};
  record.participations.push_back(
      {registry::Function::funds, {"XM-DAC-431", "10", {{"en", "Brazil"}}, "", ""}});
  record.places = {{"country", "", "MZ", Decimal{60, 0}, "", {}},
                   {"country", "", "MW", Decimal{40, 0}, "", {}}};
  const auto classify = [](const char* scheme, const char* code) {
    registry::Classification one;
    one.scheme = scheme;
    one.code = code;
    return one;
  };
  record.classifications = {classify("purpose", "14030"), classify("purpose", "14020")};
  record.modalities = {classify("aid-type", "C01")};
  record.contributions = {
      rows::sum_of_year(ContributionKind::disbursement, Decimal{100'001, 2}, "USD", 2023),
      rows::sum_of_year(ContributionKind::expenditure, Decimal{500, 0}, "USD", 2023),
      rows::sum_of_year(ContributionKind::budget, Decimal{9, 0}, "USD", 2023)};
  return record;
}

TEST(TossdWriting, SplitsAnotherFormatsAmountsAndSaysWhatIsLeftOut) {
  Findings findings;
  const auto rows = fold_foreign(foreign(), "en", findings);
  ASSERT_EQ(rows.size(), 2u);
  std::map<std::string, std::string> disbursed;
  for (const auto& row : rows) {
    disbursed[row[Field::recipient]] = row[Field::disbursement];
    EXPECT_EQ(row[Field::provider], "431");
    EXPECT_EQ(row[Field::purpose], "14030");
    EXPECT_EQ(row[Field::modality], "C01");
    EXPECT_EQ(row[Field::pillar], "");
  }
  // 60 and 40 per cent of 1,500.01 dollars, in thousands: Mozambique is 259, Malawi 253.
  EXPECT_EQ(disbursed, (std::map<std::string, std::string>{{"259", "0.90001"}, {"253", "0.6"}}));
  std::string told;
  for (const auto& finding : findings) told += finding.message + "\n";
  EXPECT_THAT(told, testing::HasSubstr("one purpose"));
  EXPECT_THAT(told, testing::HasSubstr("budgets"));
}

TEST(TossdWriting, GivesSalariesTheirColumnAndLeavesQuantitiesOut) {
  auto record = foreign();
  record.contributions.resize(1);
  record.contributions[0].details = {{"grade", "P4"}, {"salary_cost", "500"}};
  record.contributions.push_back(
      rows::sum_of_year(ContributionKind::disbursement, Decimal{45, 0}, "person days", 2023));
  Findings findings;
  const auto rows = fold_foreign(record, "en", findings);
  ASSERT_EQ(rows.size(), 2u);
  std::map<std::string, std::string> salaries;
  for (const auto& row : rows) {
    salaries[row[Field::recipient]] = row[Field::salary_cost];
    EXPECT_EQ(row[Field::currency], "");
  }
  // 60 and 40 per cent of 500 dollars, in thousands.
  EXPECT_EQ(salaries, (std::map<std::string, std::string>{{"259", "0.3"}, {"253", "0.2"}}));
  std::string told;
  for (const auto& finding : findings) told += finding.message + "\n";
  EXPECT_THAT(told, testing::HasSubstr("person-day"));
}

TEST(TossdWriting, SaysThatARecordHasNoRow) {
  auto record = foreign();
  record.contributions.clear();
  Findings findings;
  EXPECT_TRUE(fold_foreign(record, "en", findings).empty());
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].rule, "tossd.no-row");
}

}  // namespace
}  // namespace austral::tossd
