// Spreadsheets of the kind that ministries keep, made for this test: what is proposed for each, and
// whether its amounts add up to the total that the sheet itself prints.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "base/text.hpp"
#include "standards/iati_files.hpp"
#include "standards/mapping/preview.hpp"
#include "standards/mapping/propose.hpp"
#include "standards/mapping/rows.hpp"
#include "standards/sheet_made.hpp"

namespace austral::mapping {
namespace {

/// A sheet as its file tells it, and what is expected of it.
struct ToldSheet {
  std::string csv, encoding;  ///< a delimited text instead of a workbook
  std::vector<made::MadeSheet> sheets;
  std::vector<std::string> expected;
};

ToldSheet read_told(const std::filesystem::path& path) {
  ToldSheet told;
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);  // says what the file is
  while (std::getline(file, line)) {
    if (line.starts_with("expect ")) {
      told.expected.push_back(line.substr(7));
    } else if (line.starts_with("csv ")) {
      told.encoding = line.substr(4);
    } else if (!told.encoding.empty()) {
      told.csv += line + "\n";
    } else if (line.starts_with("sheet ")) {
      told.sheets.push_back({line.substr(6), {}, {}});
    } else if (line.starts_with("merge ")) {
      const std::string ranges = line.substr(6);
      for (const auto range : split(ranges, ' ')) told.sheets.back().merges.emplace_back(range);
    } else {
      auto& row = told.sheets.back().rows.emplace_back();
      for (const auto cell : split(line, '\t')) row.emplace_back(trim(cell));
    }
  }
  return told;
}

/// Letters of Western Europe alone, as an old program would have saved them.
std::string to_latin(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (text.compare(i, 3, "€") == 0) {
      out += char(0x80), i += 2;
    } else if (c >= 0xC2 && c <= 0xC3) {
      out += char((c & 3) << 6 | (text[++i] & 0x3F));
    } else {
      out += text[i];
    }
  }
  return out;
}

/// What came of a sheet, in the words of its `expect` lines.
std::vector<std::string> try_sheet(const ToldSheet& told) {
  const test::TemporaryFile file(told.csv.empty() ? austral::made::make_book(told.sheets)
                                                  : to_latin(told.csv));
  ProposalOptions options;
  options.publisher = "XX-GOV-PLAN";
  const auto proposal = propose_mapping(*sheet::open_workbook(file.path()), options);
  EXPECT_THAT(check_mapping(proposal.mapping), ::testing::IsEmpty());
  std::string fields = "fields";
  for (const auto& column : proposal.columns)
    fields += " " + (column.rule.field.empty() ? "-" : column.rule.field);
  PreviewOptions all;
  all.most_records = all.most_problems = 1000;
  const auto known = know_mapping(read_mapping(write_mapping(proposal.mapping)), "proposal");
  const auto preview = make_preview(file.path(), known, all);
  std::map<std::string, Decimal> sums;
  for (const auto& record : preview.records)
    for (const auto& one : record.contributions) {
      auto& sum = sums[std::string(boost::describe::enum_to_string(one.kind, "?")) + " " +
                       one.quantity.unit];
      sum = add(sum, one.quantity.amount).value();
    }
  std::set<std::string> warnings;
  std::size_t notes = 0;
  for (const auto& problem : preview.problems) {
    notes += problem.rule == "row.note";
    if (problem.severity >= Severity::warning) warnings.insert(problem.rule);
  }
  std::vector<std::string> out = {fields, "records " + std::to_string(preview.initiatives)};
  for (const auto& [what, sum] : sums)
    out.push_back("sum " + what + " " + to_string(normalise(sum)));
  out.push_back("notes " + std::to_string(notes));
  out.emplace_back("warnings");
  for (const auto& rule : warnings) out.back() += " " + rule;
  return out;
}

TEST(MinistrySheets, proposals_read_what_the_sheets_add_up_to) {
  const std::string folder = std::string(AUSTRAL_SOURCE_DIR) + "/tests/data/sheets/ministries";
  std::size_t read = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const auto told = read_told(entry.path());
    EXPECT_EQ(try_sheet(told), told.expected) << entry.path().filename();
    ++read;
  }
  EXPECT_GE(read, 10u);
}

TEST(MinistrySheets, merged_data_is_a_question_and_merged_headers_are_none) {
  const test::TemporaryFile file(
      austral::made::make_book({{"S",
                                 {{"Nr", "Title", "Country", "Budget", ""},
                                  {"", "", "", "2019", "2020"},
                                  {"A-1", "Wells", "Kenya", "1", "2"},
                                  {"A-2", "Roads", "", "3", "4"}},
                                 {"D1:E1", "C3:C4"}}}));
  const auto mapping = read_mapping(
      "mapping: m\nheader: 1\nheader_rows: 2\nfields:\n  publisher: {value: XX}\n"
      "  identifier: Nr\n  title: Title\n  recipient: Country\n");
  PreviewOptions options;
  const auto preview = make_preview(file.path(), know_mapping(mapping, "test"), options);
  std::string told;
  for (const auto& problem : preview.problems)
    if (problem.rule.ends_with(".merged"))
      told += std::string(boost::describe::enum_to_string(problem.severity, "?")) + " " +
              problem.place + ": " + problem.message + "\n";
  EXPECT_EQ(told,
            "remark S: 1 merged cell stands in the headers; each counts for all of its columns\n"
            "warning S!C3: a cell of 'Country' is merged over several rows, S!C3:C4; the "
            "value counts for the first of these rows alone. If it is meant for all of them, write "
            "`fill: [Country]` into the mapping\n");
}

TEST(MinistrySheets, titles_alone_between_rows_are_data_and_below_them_notes) {
  const test::TemporaryFile file(
      "Title,Country,Year,Budget\nWells in the north,Kenya,2019,5\nRoads to the coast,,,\n"
      "Notaries of the coast,,,\nBridges of stone,Chad,2020,6\nNotes: none\n"
      "All amounts as of December\n");
  const auto mapping = read_mapping(
      "mapping: m\nfields:\n  publisher: {value: XX}\n  identifier: {column: Title, form: hash}\n"
      "  title: Title\n  recipient: Country\n");
  const auto preview = make_preview(file.path(), know_mapping(mapping, "test"), {});
  EXPECT_EQ(preview.initiatives, 4u);
  EXPECT_THAT(preview.rows_told,
              ::testing::ElementsAre("7 rows: 4 of data, 1 of headers, 2 of notes"));
}

}  // namespace
}  // namespace austral::mapping
