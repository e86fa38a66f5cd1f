// Records leave as CRS: what came as CRS comes back equal, others say what is left out.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/text.hpp"
#include "standards/crs/export.hpp"
#include "standards/crs_rows.hpp"
#include "standards/rows/values.hpp"

namespace austral::crs {
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

TEST(CrsWriting, GivesFilesBackInEveryLanguage) {
  for (const char* name : {"activities-2016.txt", "activities-2022-utf16.txt"}) {
    const auto first = read_file(test_file(name));
    std::vector<registry::Record> records;
    for (const auto& [identifier, record] : first.records) records.push_back(record);
    ASSERT_FALSE(records.empty());
    for (const std::string language : {"en", "pt", "ar"}) {
      Findings findings;
      const auto again = read_text(write_file(records, findings, language));
      EXPECT_TRUE(findings.empty());
      ASSERT_EQ(again.records.size(), records.size());
      for (const auto& record : records)
        EXPECT_EQ(to_json(again.records.at(record.identifier)), to_json(record)) << language;
    }
  }
}

// Source: the 86 columns of 2016 in their order (data/crs/SOURCE.md).
TEST(CrsWriting, HasThePublishedColumnsSeparatedByBars) {
  const auto first = read_file(test_file("activities-2016.txt"));
  Findings findings;
  const auto text = write_file({first.records.at("XM-DAC-12-CRS-2014000777-2015")}, findings);
  EXPECT_TRUE(text.starts_with("Year|DonorCode|DonorName|AgencyCode|AgencyName|CRSid|"));
  EXPECT_THAT(text, testing::HasSubstr("|RMNCH|BudgetIdent|CapitalExpend|LDCflag|"));
  EXPECT_THAT(text, testing::HasSubstr("|PSIAddDevObj|OtherColumns\r\n"));
  EXPECT_THAT(text, testing::HasSubstr("\r\n2015|12|United Kingdom|1|A department|2014000777|"));
  EXPECT_THAT(text, testing::HasSubstr("|259|Mozambique|"));
  EXPECT_EQ(split(text.substr(0, text.find("\r\n")), '|').size(), published_columns + 1);
}

RC_GTEST_PROP(CrsWriting, RecordsGiveTheirRowsBack, ()) {
  const auto rows = any_activity();
  Findings findings;
  const auto made = to_record(rows, findings);
  const auto back = to_activities(made);
  RC_ASSERT(back.size() == rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t field = 0; field < columns().size(); ++field)
      if (rows[i].line.values[field] != back[i].line.values[field])
        RC_FAIL(std::string(columns().name(field)) + ": '" + rows[i].line.values[field] +
                "' came back as '" + back[i].line.values[field] + "'\n" + to_json(made));
    RC_ASSERT(rows[i].line.others == back[i].line.others);
  }
}

RC_GTEST_PROP(CrsWriting, AnyRecordComesBackEqual, ()) {
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
  record.collaboration_type = "8";
  record.flow_type = "10";
  record.finance_type = "110";
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
      rows::sum_of_year(ContributionKind::commitment, Decimal{2, 0}, "ZZZ", 2023),
      rows::sum_of_year(ContributionKind::budget, Decimal{9, 0}, "USD", 2023)};
  return record;
}

TEST(CrsWriting, SplitsAnotherFormatsAmountsAndSaysWhatIsLeftOut) {
  Findings findings;
  const auto rows = fold_foreign(foreign(), "en", findings);
  ASSERT_EQ(rows.size(), 2u);
  std::map<std::string, std::string> disbursed;
  for (const auto& row : rows) {
    disbursed[row[Field::recipient]] = row[Field::disbursement];
    EXPECT_EQ(row[Field::provider], "431");
    EXPECT_EQ(row[Field::purpose], "14030");
    EXPECT_EQ(row[Field::aid_type], "C01");
    EXPECT_EQ(row[Field::collaboration], "8");
    EXPECT_EQ(row[Field::flow], "11");
    EXPECT_EQ(row[Field::commitment], "");
  }
  // 60 and 40 per cent of 1,500.01 dollars, in millions: Mozambique is 259, Malawi 253.
  EXPECT_EQ(disbursed,
            (std::map<std::string, std::string>{{"259", "0.00090001"}, {"253", "0.0006"}}));
  std::string told;
  for (const auto& finding : findings) told += finding.message + "\n";
  EXPECT_THAT(told, testing::HasSubstr("one purpose"));
  EXPECT_THAT(told, testing::HasSubstr("budgets"));
  EXPECT_THAT(told, testing::HasSubstr("ZZZ"));
}

TEST(CrsWriting, AForeignRecordsRowsCanBeReadAgain) {
  Findings findings;
  const auto again = read_text(write_file({foreign()}, findings));
  ASSERT_EQ(again.records.size(), 1u);
  const auto& one = again.records.begin()->second;
  EXPECT_EQ(one.identifier, "XM-DAC-431-CRS-XM-DAC-431-7-2023");
  Decimal sum;
  for (const auto& part : one.contributions) sum = *add(sum, part.quantity.amount);
  EXPECT_EQ(normalise(sum), (Decimal{150'001, 2}));
}

// Source: names of the CRS flows 11, 13, 14, 19 (activity.hpp).
TEST(CrsWriting, SaysAFlowOnlyWhereItIsCertain) {
  EXPECT_EQ(flow_of("10", "110"), "11");
  EXPECT_EQ(flow_of("10", "421"), "13");
  EXPECT_EQ(flow_of("10", "510"), "19");
  EXPECT_EQ(flow_of("10", ""), "");
  EXPECT_EQ(flow_of("21", ""), "14");
  EXPECT_EQ(flow_of("30", ""), "30");
  auto record = foreign();
  record.finance_type.clear();
  Findings findings;
  for (const auto& row : fold_foreign(record, "en", findings)) EXPECT_EQ(row[Field::flow], "");
  std::string told;
  for (const auto& finding : findings) told += finding.message + "\n";
  EXPECT_THAT(told, testing::HasSubstr("FlowCode"));
}

TEST(CrsWriting, SaysThatARecordHasNoRow) {
  auto record = foreign();
  record.contributions.clear();
  Findings findings;
  EXPECT_TRUE(fold_foreign(record, "en", findings).empty());
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].rule, "crs.no-row");
}

}  // namespace
}  // namespace austral::crs
