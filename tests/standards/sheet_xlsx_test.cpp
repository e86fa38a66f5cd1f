// Workbooks hold real numbers, real dates, plain texts, and say what they are.
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "base/error.hpp"
#include "standards/sheet/table_writers.hpp"
#include "standards/sheet_sample.hpp"

namespace austral::sheet {
namespace {

// Reads both sheets with python's own zip and XML: {"sheet1": {"A1": [type, value]}}.
constexpr const char* reader = R"(
import json, sys, zipfile
import xml.etree.ElementTree as tree
ns = '{http://schemas.openxmlformats.org/spreadsheetml/2006/main}'
book = zipfile.ZipFile(sys.argv[1])
assert book.testzip() is None
shared = []
if 'xl/sharedStrings.xml' in book.namelist():
    shared = [''.join(t.text or '' for t in si.iter(ns + 't'))
              for si in tree.fromstring(book.read('xl/sharedStrings.xml'))]
out = {}
for name in ('sheet1', 'sheet2'):
    cells = {}
    root = tree.fromstring(book.read('xl/worksheets/' + name + '.xml'))
    assert not list(root.iter(ns + 'f')), 'formula'
    for c in root.iter(ns + 'c'):
        kind = c.get('t', 'n')
        if kind == 'inlineStr': value = ''.join(t.text or '' for t in c.iter(ns + 't'))
        elif kind == 's': value = shared[int(c.find(ns + 'v').text)]
        else: value = c.find(ns + 'v').text
        cells[c.get('r')] = [('n' if kind == 'n' else 's'), value]
    out[name] = cells
print(json.dumps(out))
)";

boost::json::value read_workbook(const std::string& bytes) {
  const FileOf file(bytes), script(reader);
  return boost::json::parse(output_of("python3 " + script.path() + " " + file.path()));
}

std::string part_of(const FileOf& file, const std::string& part) {
  return output_of("unzip -p " + file.path() + " " + part);
}

TEST(Xlsx, HoldsTheValuesByTheirKind) {
  if (!has_command("python3")) GTEST_SKIP() << "no python3";
  const auto book = read_workbook(write_table(sample_table(), TableFormat::xlsx));
  const auto& cells = book.at("sheet1").as_object();
  const auto expect = [&](const char* place, const char* kind, const std::string& value) {
    ASSERT_TRUE(cells.contains(place)) << place;
    EXPECT_EQ(cells.at(place).at(0).as_string(), kind) << place;
    EXPECT_EQ(cells.at(place).at(1).as_string(), value) << place;
  };
  expect("A1", "s", "Partner");
  expect("D1", "s", "Amount (USD)");
  expect("A2", "s", "Brasil, \"ABC\"\nsegunda linha");
  expect("C2", "n", "1234");
  expect("D2", "n", "1234567.89");
  expect("E2", "n", "12.5");
  expect("F2", "n", "43890");  // Source: ECMA-376 part 1, 18.17.4.1: serial dates from 1899-12-30
  expect("G2", "n", "2020");
  expect("A3", "s", "=HYPERLINK(\"x\")");
  expect("B3", "s", "-1+1");
  expect("F3", "s", "1899-12-31");
  expect("A4", "s", "合作 & التعاون");
  expect("B4", "s", "007");
  EXPECT_FALSE(cells.contains("C4"));
  EXPECT_FALSE(cells.contains("D4"));
  expect("D5", "s", "90071992547409.93");  // 16 digits: a double would change the last
  expect("F5", "s", "=1");
}

TEST(Xlsx, SaysWhatItIs) {
  if (!has_command("python3")) GTEST_SKIP() << "no python3";
  const auto book = read_workbook(write_xlsx(sample_table()));
  const std::string about = boost::json::serialize(book.at("sheet2"));
  for (const char* text :
       {"Flows by partner", "Disbursements, without loans repaid.", "The register", "\"42\"",
        "4 of 1,250", "Loans are at face value.", "=not a formula", "ISO 3166-1", "amount"})
    EXPECT_NE(about.find(text), std::string::npos) << text;
}

TEST(Xlsx, IsLaidOutForReading) {
  if (!has_command("unzip")) GTEST_SKIP() << "no unzip";
  const FileOf file(write_xlsx(sample_table(), {.language = "ar"}));
  const std::string sheet = part_of(file, "xl/worksheets/sheet1.xml");
  EXPECT_NE(sheet.find("rightToLeft=\"1\""), std::string::npos);
  EXPECT_NE(sheet.find("state=\"frozen\""), std::string::npos);
  EXPECT_NE(sheet.find("<autoFilter ref=\"A1:G5\""), std::string::npos);
  EXPECT_NE(sheet.find("customWidth=\"1\""), std::string::npos);
  EXPECT_EQ(sheet.find("<f>"), std::string::npos);
  const std::string book = part_of(file, "xl/workbook.xml");
  EXPECT_NE(book.find("name=\"flows\""), std::string::npos);
  EXPECT_NE(book.find("name=\"About\""), std::string::npos);
  const std::string styles = part_of(file, "xl/styles.xml");
  EXPECT_NE(styles.find("yyyy-mm-dd"), std::string::npos);
  EXPECT_NE(styles.find("#,##0.000"), std::string::npos);
  EXPECT_NE(styles.find("<b/>"), std::string::npos);
}

TEST(Xlsx, HoldsWhatXmlAndExcelCannot) {
  if (!has_command("python3")) GTEST_SKIP() << "no python3";
  Table table;
  table.name = "a/b";
  table.columns = {{"text"}};
  std::string long_text;
  for (int i = 0; i < 40'000; ++i) long_text += "合";
  table.rows = {{std::string("a\0b\xFF<\uFFFF>", 9)},
                {long_text},
                {std::string("\x01\x1b")},
                {std::string(32'767, 'x')}};
  const auto book = read_workbook(write_xlsx(table));
  const auto& cells = book.at("sheet1").as_object();
  EXPECT_EQ(cells.at("A2").at(1).as_string(), "a\uFFFDb\uFFFD<\uFFFD>");
  EXPECT_EQ(cells.at("A3").at(1).as_string().size(), 32'766u * 3 + 3);
  EXPECT_EQ(cells.at("A4").at(1).as_string(), "_x0001__x001B_");
  EXPECT_EQ(cells.at("A5").at(1).as_string().size(), 32'767u);
}

TEST(Xlsx, WritesEmptyTables) {
  EXPECT_TRUE(write_xlsx(Table{}).starts_with("PK"));
  Table table;
  table.columns = {{"a"}, {"b"}};
  EXPECT_TRUE(write_xlsx(table).starts_with("PK"));
}

TEST(Xlsx, GoesOnInAFurtherSheet) {
  if (!has_command("python3")) GTEST_SKIP() << "no python3";
  Table table;  // Source: ECMA-376 spreadsheets in Excel hold 1,048,576 rows, one is our header
  table.name = "n";
  table.columns = {{"n", "N", ColumnKind::number}};
  const auto writer = open_writer(table, TableFormat::xlsx);
  const FileOf file("");
  std::ofstream out(file.path(), std::ios::binary);
  std::vector<std::vector<Cell>> rows;
  for (std::int64_t n = 1; n <= 1'048'578; ++n) {
    rows.push_back({n});
    if (rows.size() < 4096 && n < 1'048'578) continue;
    const std::string part = writer->write(rows);
    EXPECT_LT(part.size(), 1u << 20);
    out << part;
    rows.clear();
  }
  out << writer->finish();
  out.close();
  const std::string seen = output_of(
      "python3 -c \"import zipfile; b = zipfile.ZipFile('" + file.path() +
      "'); print(b.testzip(), [b.read('xl/worksheets/sheet%d.xml' % n).count(b'<row') for n in "
      "(1, 2)], [b.read('xl/worksheets/sheet%d.xml' % n).count(b'<v>%d</v>' % v) for n, v in "
      "((1, 1048575), (2, 1048576))], b.read('xl/workbook.xml').count(b'n_2'))\"");
  EXPECT_EQ(seen, "None [1048576, 4] [1, 1] 2\n");
}

TEST(Xlsx, FormatsEachFigureByItsDigits) {
  if (!has_command("unzip")) GTEST_SKIP() << "no unzip";
  const FileOf file(write_xlsx(sample_table()));
  const std::string sheet = part_of(file, "xl/worksheets/sheet1.xml");
  // number_style + digits behind the point, the most of the column's first rows
  EXPECT_NE(sheet.find("<c r=\"C2\" s=\"6\">"), std::string::npos);
  EXPECT_NE(sheet.find("<c r=\"D2\" s=\"8\">"), std::string::npos);
  EXPECT_NE(sheet.find("<c r=\"E2\" s=\"9\">"), std::string::npos);
}

TEST(Xlsx, KeepsWordsThatLookLikeItsEscapes) {
  if (!has_command("unzip")) GTEST_SKIP() << "no unzip";
  Table table;
  table.columns = {{"text"}};
  table.rows = {{std::string("_x0041_ _x004_")}, {std::string(" a ")}};
  const std::string sheet = part_of(FileOf(write_xlsx(table)), "xl/worksheets/sheet1.xml");
  EXPECT_NE(sheet.find(">_x005F_x0041_ _x004_<"), std::string::npos);
  EXPECT_NE(sheet.find("xml:space=\"preserve\"> a <"), std::string::npos);
}

}  // namespace
}  // namespace austral::sheet
