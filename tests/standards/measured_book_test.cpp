// The workbook of a measurement: read back by our own reader its figures are ours, its formulas are
// there, and a spreadsheet program that recomputes them comes to the same cents.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "measurement/example_facts.hpp"
#include "measurement/sums.hpp"
#include "standards/measured/book.hpp"
#include "standards/sheet/workbook.hpp"

namespace austral::measured {
namespace {

using measurement::Answer;
using measurement::Gift;
using measurement::HandMade;

/// A folder that goes with the test.
class Folder {
 public:
  Folder()
      : path_(std::filesystem::temp_directory_path() /
              ("austral-book-" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(path_);
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  std::string file(const std::string& name) const { return (path_ / name).string(); }
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

Gift gift_with(std::vector<std::pair<std::string, std::string>> details,
               const std::string& modality) {
  Gift gift;
  gift.provider = "BR";
  gift.recipient = "MZ";
  gift.modality = modality;
  gift.details = std::move(details);
  return gift;
}

/// Money in three currencies, days at pay, a worn good with its freight, persons, and one part of a
/// shared contribution.
Answer made_up() {
  HandMade made;
  for (const auto* amount : {"1000.25", "0.005", "333333.335", "12.345"}) {
    auto gift = gift_with({}, "");
    gift.finance_type = "110";
    made.add("USD", amount, gift).add("BRL", amount, gift).add("INR", amount, gift);
  }
  made.add("person-day", "45",
           gift_with({{"monthly", "18000"},
                      {"months_paid", "13"},
                      {"employer_charge", "0.28"},
                      {"days_per_year", "220"},
                      {"currency", "BRL"}},
                     "D011"));
  made.add("C62", "1",
           gift_with({{"unit_price", "48000"},
                      {"age", "3"},
                      {"life", "8"},
                      {"freight", "2750"},
                      {"currency", "BRL"}},
                     "J01"));
  made.facts().rows.back().whole = 3;
  made.add("expert", "2", gift_with({{"sex", "F"}}, ""));
  return made.measure(measurement::shipped_named("unctad"));
}

measurement::Identifiers names_of(const Answer& answer) {
  measurement::Identifiers names;
  for (const auto& fact : answer.facts->rows)
    names[fact.initiative] = "XX-1-" + std::to_string(fact.initiative);
  names[1] = "=1+1";
  return names;
}

/// One sheet's rows, by their number and column.
using Cells = std::map<std::pair<std::uint64_t, std::size_t>, sheet::SheetCell>;

Cells read_sheet(const std::string& path, const std::string& name) {
  Cells cells;
  const auto book = sheet::open_workbook(path);
  for (std::size_t n = 0; n < book->sheets().size(); ++n) {
    if (book->sheets()[n].name != name) continue;
    const auto reader = book->open(n);
    sheet::SheetRow row;
    while (reader->next(row))
      for (const auto& cell : row.cells) cells[{row.number, cell.column}] = cell;
  }
  EXPECT_FALSE(cells.empty()) << name;
  return cells;
}

constexpr std::size_t amount_in_table = 2, result_in_rows = 8, amount_in_rows = 12;

/// The table's amounts by code, as text with two decimals.
std::map<std::string, std::string> amounts_in(const std::string& path, bool formulas) {
  std::map<std::string, std::string> amounts;
  const auto cells = read_sheet(path, "Table");
  for (const auto& [place, cell] : cells) {
    if (place.first == 1 || place.second != 0) continue;
    const auto found = cells.find({place.first, amount_in_table});
    if (found == cells.end()) continue;
    EXPECT_EQ(found->second.formula, formulas) << cell.text;
    const auto value = parse_decimal(found->second.text);
    EXPECT_TRUE(value.has_value()) << found->second.text;
    if (value) amounts[cell.text] = to_string(*round_to(*value, 2));
  }
  return amounts;
}

/// What the table must show, by our own sums.
std::map<std::string, std::string> amounts_of(const Answer& answer) {
  std::map<std::string, std::string> amounts;
  const auto sums = measurement::sum_items(answer);
  const auto add = [&](const std::string& code) {
    amounts[code] = to_string(measurement::sum_of(answer, sums, code), 2);
  };
  const auto& of = *answer.methodology;
  for (const auto& item : of.items)
    if (of.groups[item.group].kind != measurement::GroupKind::counted) add(item.code);
  for (const auto& group : of.groups)
    if (group.kind != measurement::GroupKind::counted) add(group.code);
  for (const auto& total : of.totals) add(total.code);
  return amounts;
}

TEST(MeasuredBook, CachedFiguresAreOurs) {
  const Folder folder;
  const auto answer = made_up();
  write_book(answer, names_of(answer), "en", folder.file("book.xlsx"));
  const auto amounts = amounts_in(folder.file("book.xlsx"), true);
  EXPECT_EQ(amounts, amounts_of(answer));
  EXPECT_NE(amounts.at("A+B"), "0.00");
  EXPECT_NE(amounts.at("B6"), "0.00");
}

TEST(MeasuredBook, EveryRowHasItsFormula) {
  const Folder folder;
  const auto answer = made_up();
  write_book(answer, names_of(answer), "en", folder.file("book.xlsx"));
  const auto cells = read_sheet(folder.file("book.xlsx"), "Rows");
  for (std::size_t n = 0; n < answer.valued.size(); ++n) {
    const auto& result = cells.at({n + 2, result_in_rows});
    const auto& amount = cells.at({n + 2, amount_in_rows});
    EXPECT_TRUE(result.formula);
    EXPECT_TRUE(amount.formula);
    const auto value = parse_decimal(amount.text);
    ASSERT_TRUE(value);
    EXPECT_EQ(to_string(*round_to(*value, 2)), to_string(answer.valued[n].value, 2));
  }
  EXPECT_FALSE(cells.contains({answer.valued.size() + 2, result_in_rows}));
}

TEST(MeasuredBook, TextStaysText) {
  const Folder folder;
  const auto answer = made_up();
  write_book(answer, names_of(answer), "en", folder.file("book.xlsx"));
  const auto first = read_sheet(folder.file("book.xlsx"), "Rows").at({2, 0});
  EXPECT_EQ(first.text, "=1+1");
  EXPECT_FALSE(first.formula);
  EXPECT_EQ(first.kind, sheet::CellKind::words);
}

TEST(MeasuredBook, CountedAndLeftOutAreThere) {
  const Folder folder;
  auto answer = made_up();
  write_book(answer, names_of(answer), "en", folder.file("book.xlsx"));
  const auto counted = read_sheet(folder.file("book.xlsx"), "Counted");
  std::map<std::string, std::string> quantities;
  for (std::size_t row = 2; counted.contains({row, 4}); ++row)
    quantities[counted.at({row, 4}).text] = counted.at({row, 5}).text;
  EXPECT_EQ(quantities.at("C1"), "2");
  EXPECT_EQ(quantities.at("C2"), "45");
  answer.valued.clear();
  write_book(answer, names_of(answer), "en", folder.file("empty.xlsx"));
  EXPECT_EQ(amounts_in(folder.file("empty.xlsx"), true).at("A+B"), "0.00");
}

TEST(MeasuredBook, TheSameAnswerHasTheSameBytes) {
  const Folder folder;
  const auto answer = made_up();
  write_book(answer, names_of(answer), "en", folder.file("one.xlsx"));
  write_book(made_up(), names_of(answer), "en", folder.file("other.xlsx"));
  EXPECT_EQ(bytes_of(folder.file("one.xlsx")), bytes_of(folder.file("other.xlsx")));
}

/// A new profile that computes on loading whatever a file brings as results.
void write_profile(const Folder& folder) {
  std::filesystem::create_directories(folder.file("profile/user"));
  std::ofstream(folder.file("profile/user/registrymodifications.xcu"))
      << R"(<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"
 xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode"
 oor:op="fuse"><value>0</value></prop></item>
</oor:items>
)";
}

// A spreadsheet program computes in binary: every figure again from the formulas. What is cached is
// made wrong first, so that a program which only copies it does not pass.
TEST(MeasuredBook, ASpreadsheetProgramComputesTheSame) {
  if (std::system("command -v soffice >/dev/null 2>&1") != 0)
    GTEST_SKIP() << "soffice is not installed";
  const Folder folder;
  const auto answer = made_up();
  auto wrong = answer;
  for (auto& row : wrong.valued) row.value = {};
  write_book(wrong, names_of(answer), "en", folder.file("book.xlsx"));
  ASSERT_EQ(amounts_in(folder.file("book.xlsx"), true).at("A+B"), "0.00");
  write_profile(folder);
  const auto run = "cd '" + folder.path() +
                   "' && timeout 120 soffice --headless -env:" + "UserInstallation=file://" +
                   folder.path() +
                   "/profile --convert-to ods --outdir converted book.xlsx >/dev/null 2>&1";
  if (std::system(run.c_str()) != 0 || !std::filesystem::exists(folder.file("converted/book.ods")))
    GTEST_SKIP() << "soffice cannot convert here";
  EXPECT_EQ(amounts_in(folder.file("converted/book.ods"), true), amounts_of(answer));
}

}  // namespace
}  // namespace austral::measured
