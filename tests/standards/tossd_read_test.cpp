// TOSSD files become records: rows brought together, codes, weights, amounts, aggregates, findings.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>

#include "base/table.hpp"
#include "registry/initiative.hpp"
#include "standards/sheet/table_writers.hpp"
#include "standards/sheet/workbook.hpp"
#include "standards/sheet_sample.hpp"
#include "standards/tossd_rows.hpp"

namespace austral::tossd {
namespace {

using registry::ContributionKind;

const FileRead& sample() {
  static const FileRead file = read_file(test_file("activities-2024.csv"));
  return file;
}

const registry::Record& record(const std::string& identifier) {
  return sample().records.at(identifier);
}

std::string find_message(const Findings& findings, const std::string& rule,
                         const std::string& place) {
  for (const auto& finding : findings)
    if (finding.rule == rule && finding.place == place) return finding.message;
  return {};
}

TEST(TossdReading, BringsRowsOfOneActivityAndYearTogetherWhereverTheyStand) {
  EXPECT_EQ(sample().records.size(), 5u);
  const auto& cotton = record("XM-DAC-431-TOSSD-2024000101-2024");
  ASSERT_EQ(cotton.contributions.size(), 3u);
  Decimal sum;
  for (const auto& one : cotton.contributions) sum = *add(sum, one.quantity.amount);
  EXPECT_EQ(sum, (Decimal{115'625, 0}));  // 100.5 + 20.125 - 5 thousand
  EXPECT_EQ(cotton.contributions[0].modalities.at(0).code, "D011");
  EXPECT_EQ(cotton.contributions[1].modalities.at(0).code, "D012");
  EXPECT_EQ(to_string(*cotton.contributions[0].date), "2024-01-01");
  EXPECT_EQ(to_string(*cotton.contributions[0].end_date), "2024-12-31");
}

TEST(TossdReading, EachYearIsARecordOfOneActivity) {
  for (const std::string year : {"2023", "2024"}) {
    const auto& one = record("XM-DAC-431-TOSSD-2024000101-" + year);
    EXPECT_EQ(one.references.at(0).kind, registry::ReferenceKind::year_of);
    EXPECT_EQ(one.references.at(0).identifier, "XM-DAC-431-TOSSD-2024000101");
  }
}

TEST(TossdReading, KeepsConstantPricesApartWithTheirYear) {
  const auto& water = record("XM-DAC-55-TOSSD-2024000200-2024");
  ASSERT_EQ(water.contributions.size(), 3u);
  EXPECT_EQ(water.contributions[0].kind, ContributionKind::commitment);
  EXPECT_EQ(water.contributions[1].quantity.amount, (Decimal{2'500'000'001, 3}));
  EXPECT_EQ(water.contributions[2].kind, ContributionKind::loan_repayment);
  std::map<std::string, std::string> extras;
  for (const auto& extra : water.extras) extras[extra.path] = extra.value;
  EXPECT_EQ(extras["tossd/USD_disbursement_defl"], "2500.000001");
  EXPECT_EQ(extras["tossd/BaseYear"], "2024");  // the one year whose amounts are alike in the file
  EXPECT_EQ(extras["tossd/Maturity"], "25");
  EXPECT_EQ(water.places.at(0).kind, "region");
  EXPECT_EQ(water.participations.size(), 4u);
}

// Source: known answer K27: 0.010816 M tagged `4.2;13;10;1` is 0.002704 M each, `17.0` is goal 17.
TEST(TossdReading, SplitsAmountsOverGoalsInEqualParts) {
  Activity row;
  row[Field::year] = "2024";
  row[Field::provider] = "431";
  row[Field::tossd_id] = "1";
  row[Field::sdg_focus] = "4.2;13;10;1";
  row[Field::disbursement] = "10.816";
  Findings findings;
  const auto made = to_record({read_activity(row.line, findings)}, findings);
  const auto assembly = registry::assemble({{1, &made, true}});
  std::map<std::string, std::int64_t> goals;
  for (const auto& facet : assembly.facets)
    if (facet.dimension == registry::Dimension::goal) goals[facet.value] = facet.share;
  EXPECT_EQ(goals, (std::map<std::string, std::int64_t>{
                       {"1", 250'000}, {"10", 250'000}, {"13", 250'000}, {"4", 250'000}}));
  EXPECT_EQ(assembly.disbursed_cents, 10'816'00);  // a quarter is 2,704 dollars
  row[Field::sdg_focus] = "17.0";
  const auto seventeen = to_record({read_activity(row.line, findings)}, findings);
  ASSERT_EQ(seventeen.classifications.size(), 1u);
  EXPECT_EQ(seventeen.classifications[0].code, "17");
  EXPECT_EQ(*seventeen.classifications[0].share, (Decimal{100, 0}));
}

RC_GTEST_PROP(TossdReading, WeightsOfGoalsAddUpToTheWhole, ()) {
  const auto count = *rc::gen::inRange(1, 18);
  std::string text;
  for (int goal = 1; goal <= count; ++goal) text += std::to_string(goal) + ";";
  Activity row;
  row[Field::year] = "2024";
  row[Field::provider] = "431";
  row[Field::tossd_id] = "1";
  row[Field::sdg_focus] = text;
  Findings findings;
  const auto made = to_record({read_activity(row.line, findings)}, findings);
  Decimal sum;
  for (const auto& one : made.classifications) sum = *add(sum, *one.share);
  RC_ASSERT(sum == (Decimal{100, 0}));
}

// Source: modalities of the published files, mixed-case in some years; B02a and B02b stay so.
TEST(TossdReading, BringsCodesToTheirPublishedForm) {
  const auto read = [](Field field, const std::string& text) {
    Activity row;
    row[field] = text;
    Findings findings;
    return read_activity(row.line, findings)[field];
  };
  EXPECT_EQ(read(Field::modality, "c01"), "C01");
  EXPECT_EQ(read(Field::modality, "B02A"), "B02a");
  EXPECT_EQ(read(Field::modality, "b02b"), "B02b");
  EXPECT_EQ(read(Field::framework, "fc02"), "FC02");
  EXPECT_EQ(read(Field::instrument, "421.0"), "421");
  EXPECT_EQ(read(Field::keywords, "gender|covid-19"), "GENDER|COVID-19");
  EXPECT_EQ(read(Field::sdg_focus, "17.0;4.2;4.2"), "17;4.2");
}

TEST(TossdReading, AggregatesAreKeptApart) {
  const auto& aggregate = record("TOSSD-TOSSD-AGG-1-2024");
  EXPECT_EQ(aggregate.kind, "aggregate");
  EXPECT_EQ(aggregate.contributions.at(0).quantity.amount, (Decimal{99'400'000, 0}));
  EXPECT_THAT(find_message(sample().findings, "tossd.aggregates", "provider 0"),
              testing::HasSubstr("99400 thousand USD"));
}

TEST(TossdReading, NamesTheCellOfEachFinding) {
  EXPECT_THAT(find_message(sample().findings, "tossd.code.unknown", "T5"),
              testing::AllOf(testing::HasSubstr("FC9"), testing::HasSubstr("did you mean FC0")));
  EXPECT_THAT(find_message(sample().findings, "tossd.code.unknown", "G7"),
              testing::HasSubstr("9998"));
}

TEST(TossdReading, ReadsAnyOrderOfColumnsAnyCaseAndEncoding) {
  const auto other = read_file(test_file("activities-2024-utf16.csv"));
  ASSERT_EQ(other.records.size(), sample().records.size());
  for (const auto& [identifier, one] : sample().records)
    EXPECT_EQ(to_json(other.records.at(identifier)), to_json(one)) << identifier;
}

TEST(TossdReading, SaysWhichColumnsOfTheContractAreMissing) {
  const sheet::FileOf file(
      "Year,provider,tossdid,USD_disbursements,modality,Colour\n"
      "2024,431,1,5,D01,blue\nSum,,,5,,\n");
  const auto read = read_file(file.path());
  ASSERT_EQ(read.records.size(), 1u);
  std::string missing, rules;
  for (const auto& finding : read.findings) {
    if (finding.rule == "tossd.column.missing") missing += finding.message;
    rules += finding.rule + " ";
  }
  for (const std::string column : {"recipientcode", "TossdPillar", "Sourcename", "regionnamee"})
    EXPECT_THAT(missing, testing::HasSubstr("'" + column + "'"));
  EXPECT_THAT(rules, testing::HasSubstr("tossd.row.unusable"));  // the line of sums below
  EXPECT_EQ(read.records.begin()->second.extras.back().path, "tossd/other/Colour");
}

/// A table of a delimited file, with real numbers where its cells are some.
std::string as_xlsx(const std::string& path) {
  const auto book = sheet::open_workbook(path);
  const auto reader = book->open(0);
  Table table;
  table.name = "activities";
  for (sheet::SheetRow row; reader->next(row);) {
    if (table.columns.empty()) {
      for (const auto& cell : row.cells) table.columns.push_back({cell.text, cell.text});
      continue;
    }
    auto& cells = table.rows.emplace_back(table.columns.size());
    for (const auto& cell : row.cells) {
      auto& column = table.columns[cell.column];
      if (!column.name.starts_with("USD_")) {
        cells[cell.column] = cell.text;
        continue;
      }
      column.kind = ColumnKind::number;
      if (const auto number = parse_decimal(cell.text))
        cells[cell.column] = *number;
      else
        cells[cell.column] = cell.text;
    }
  }
  return sheet::write_table(table, sheet::TableFormat::xlsx);
}

TEST(TossdReading, ReadsAWorkbookLikeItsTextTwin) {
  const sheet::FileOf twin(as_xlsx(test_file("activities-2024.csv")));
  EXPECT_EQ(sheet::open_workbook(twin.path())->format(), "xlsx");
  const auto read = read_file(twin.path());
  ASSERT_EQ(read.records.size(), sample().records.size());
  for (const auto& [identifier, one] : sample().records)
    EXPECT_EQ(to_json(read.records.at(identifier)), to_json(one)) << identifier;
  const auto count = [](const Findings& findings, const std::string& rule) {
    return std::count_if(findings.begin(), findings.end(),
                         [&](const auto& finding) { return finding.rule == rule; });
  };
  for (const std::string rule : {"tossd.code.unknown", "tossd.aggregates", "tossd.value.missing"})
    EXPECT_EQ(count(read.findings, rule), count(sample().findings, rule)) << rule;
}

std::int64_t millionths(const Decimal& part, const Decimal& whole) {
  const auto scaled = multiply(part, Decimal{1'000'000, 0}, 0);
  return scaled->mantissa / round_to(whole, 0)->mantissa;
}

// Source: known answer K26 (TOSSD 2024): of 497.7 bn dollars 99.4 bn are aggregate rows, 19.97 %;
// of the other 398.3 bn, 275,582.2 M carry a goal, 69.2 %. One row for each part of the whole.
TEST(TossdReading, KeepsThePublishersSumsOutOfTheTotal) {
  const sheet::FileOf file(
      "Year,provider,ProviderNameE,tossdid,recipientcode,recipientnamee,regionnamee,sdgcode,"
      "TossdPillar,Tossdpillar2,USD_disbursements,Sourcename\n"
      "2024,0,Aggregates,A,998,,,,0,,99400000,x\n"
      "2024,431,Brazil,1,259,,,4.2;13,1,1,275582200,x\n"
      "2024,431,Brazil,2,259,,,,1,1,122717800,x\n");
  const auto read = read_file(file.path());
  Decimal aggregated, counted, tagged;
  for (const auto& [identifier, record] : read.records) {
    const auto amount = record.contributions.at(0).quantity.amount;
    auto& sum = record.kind == "aggregate" ? aggregated : counted;
    sum = *add(sum, amount);
    if (!record.classifications.empty() && record.classifications.back().scheme == "goal")
      tagged = *add(tagged, amount);
  }
  EXPECT_EQ(aggregated, (Decimal{99'400'000'000, 0}));
  EXPECT_EQ(counted, (Decimal{398'300'000'000, 0}));
  EXPECT_EQ(tagged, (Decimal{275'582'200'000, 0}));
  EXPECT_EQ(millionths(aggregated, *add(aggregated, counted)), 199'718);  // 19.97 %
  EXPECT_EQ(millionths(tagged, counted), 691'896);                        // 69.2 %
}

// Source: known answer K25: gross disbursements in USD M, current prices and prices of 2024; from
// 2019 to 2024 they grew by 66.0 and 46.3 %.
TEST(TossdReading, CountsCurrentPricesAndTellsTheYearOfTheConstantOnes) {
  const std::vector<std::array<std::string, 3>> years = {
      {"2019", "299878.4", "340219.0"}, {"2020", "372334.6", "414304.5"},
      {"2021", "392156.9", "411967.9"}, {"2022", "441608.0", "477946.4"},
      {"2023", "472601.8", "484367.0"}, {"2024", "497676.0", "497676.0"}};
  std::string text =
      "Year,provider,ProviderNameE,tossdid,recipientcode,TossdPillar,Tossdpillar2,"
      "USD_disbursements,USD_disbursement_defl,Sourcename\n";
  for (const auto& [year, current, constant] : years)
    text += year + ",431,Brazil,1,259,1,1," + current + "e3," + constant + "e3,x\n";
  const sheet::FileOf file(text);
  const auto read = read_file(file.path());
  ASSERT_EQ(read.records.size(), years.size());
  std::map<std::string, Decimal> current, constant;
  for (const auto& [identifier, record] : read.records) {
    ASSERT_EQ(record.contributions.size(), 1u);
    const std::string year = identifier.substr(identifier.size() - 4);
    current[year] = record.contributions[0].quantity.amount;
    for (const auto& extra : record.extras) {
      if (extra.path == "tossd/USD_disbursement_defl")
        constant[year] = *parse_decimal(extra.value + "e3");
      if (extra.path == "tossd/BaseYear") EXPECT_EQ(extra.value, "2024");
    }
  }
  EXPECT_EQ(millionths(current["2024"], current["2019"]), 1'659'592);    // +66.0 %
  EXPECT_EQ(millionths(constant["2024"], constant["2019"]), 1'462'810);  // +46.3 %
}

RC_GTEST_PROP(TossdReading, RowsOfOneFormStayAsTheyAre, ()) {
  for (const auto& row : any_activity()) {
    Findings findings;
    RC_ASSERT(read_activity(row.line, findings).line.values == row.line.values);
  }
}

RC_GTEST_PROP(TossdReading, RecordsGiveTheirRowsBack, ()) {
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

}  // namespace
}  // namespace austral::tossd
