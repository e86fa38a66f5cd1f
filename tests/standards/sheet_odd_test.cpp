// Odd tables, made by hand: what is read of them, and what is said.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cstring>

#include "base/error.hpp"
#include "standards/sheet/delimited.hpp"
#include "standards/sheet/table_writers.hpp"
#include "standards/sheet/workbook.hpp"
#include "standards/sheet/zip_stream.hpp"
#include "standards/sheet_sample.hpp"

namespace austral::sheet {
namespace {

/// All that a file of tables gives, as text: `row: column=text` and the rules of its findings.
struct Seen {
  std::string cells, rules;
  std::size_t rows = 0;
  bool damaged = false;
};

Seen see(const std::string& path, std::size_t sheet = 0, const WorkbookOptions& options = {}) {
  Seen out;
  const auto book = open_workbook(path, options);
  const auto reader = book->open(sheet);
  for (SheetRow row; reader->next(row); ++out.rows) {
    if (out.rows > 40) continue;
    out.cells += std::to_string(row.number) + ":";
    for (const auto& cell : row.cells)
      out.cells += " " + name_cell("", cell.column, row.number) + "=" + cell.text;
    out.cells += "\n";
  }
  for (const auto* findings : {&book->findings(), &reader->findings()})
    for (const auto& finding : *findings)
      if (finding.rule != "csv.form") out.rules += finding.rule + "@" + finding.place + " ";
  out.damaged = reader->damaged();
  return out;
}

Seen see_bytes(const std::string& bytes) { return see(FileOf(bytes).path()); }

std::string zip_of(const std::vector<std::pair<std::string, std::string>>& parts) {
  ZipStream zip;
  for (const auto& [name, bytes] : parts) {
    zip.open(name);
    zip.write(bytes);
    zip.close();
  }
  zip.finish();
  return zip.take();
}

std::string refusal_of(const std::string& bytes) {
  try {
    open_workbook(FileOf(bytes).path());
  } catch (const Error& error) {
    return error.what();
  }
  return "none";
}

TEST(SheetCsv, SeparatorsAreFound) {
  for (const char separator : {',', ';', '\t', '|'}) {
    std::string text = "name;amount;note\nA;1,5;x, y\nB;2,25;z\n";
    std::replace(text.begin(), text.end(), ';', separator);
    if (separator == ',') text = "name,amount,note\nA,\"1,5\",\"x, y\"\nB,\"2,25\",z\n";
    EXPECT_EQ(see_bytes(text).cells,
              "1: A1=name B1=amount C1=note\n2: A2=A B2=1,5 C2=x, y\n3: A3=B B3=2,25 C3=z\n")
        << separator;
  }
  EXPECT_EQ(see_bytes("sep=;\na;b\n1;2\n").cells, "1: A1=a B1=b\n2: A2=1 B2=2\n");
  EXPECT_EQ(see_bytes("only\none\ncolumn\n").cells, "1: A1=only\n2: A2=one\n3: A3=column\n");
}

TEST(SheetCsv, LineEndsOfAllKinds) {
  for (const char* end : {"\n", "\r\n", "\r"})
    EXPECT_EQ(see_bytes(std::string("a,b") + end + "1,2" + end + end + "3,4").cells,
              "1: A1=a B1=b\n2: A2=1 B2=2\n4: A4=3 B4=4\n");
  EXPECT_EQ(see_bytes("a,b\r\n1,2\n3,4\r5,6").rows, 4u);
}

TEST(SheetCsv, QuotesAreReadAsMeant) {
  const auto seen = see_bytes("a,b\n\"x\ny\",\"say \"\"hi\"\"\"\n5\" pipe,\"in \"the\" middle\"\n");
  EXPECT_EQ(seen.cells,
            "1: A1=a B1=b\n2: A2=x\ny B2=say \"hi\"\n3: A3=5\" pipe B3=in \"the\" middle\n");
  EXPECT_EQ(seen.rules, "csv.quote.inner@B3 ");
  const auto open = see_bytes("a,b\n1,\"never closed\n3,4\n\"5\",6\n");
  EXPECT_EQ(open.rows, 4u);
  EXPECT_EQ(open.rules, "csv.quote.unclosed@B2 ");
}

TEST(SheetCsv, RaggedRowsAndNulsAreSaid) {
  const auto seen = see_bytes(std::string("a,b,c\n1,2,3\n1,2\n1,2,3,4\n1,\0x,3\n1,2,3\n", 37));
  EXPECT_EQ(seen.rules, "row.short@A3 row.wide@D4 csv.nul@B5 ");
}

TEST(SheetCsv, EncodingsAreFound) {
  const std::string header = "país,ação\n";
  EXPECT_EQ(see_bytes("\xEF\xBB\xBF" + header + "1,2\n").cells,
            "1: A1=país B1=ação\n2: A2=1 B2=2\n");
  const auto latin = see_bytes("pa\xEDs,a\xE7\xE3o\ncooperac\xE3o t\xE9\x63nica,S\xE3o Tom\xE9\n");
  EXPECT_NE(latin.cells.find("A1=país B1=ação"), std::string::npos) << latin.cells;
  EXPECT_EQ(latin.rules, "csv.encoding@ ");
  // "страна;сумма" in windows-1251, "البلد" in windows-1256
  EXPECT_NE(see_bytes("\xF1\xF2\xF0\xE0\xED\xE0;\xF1\xF3\xEC\xEC\xE0\n\xD0\xEE\xF1\xF1\xE8\xFF;5\n")
                .cells.find("A1=страна B1=сумма"),
            std::string::npos);
  EXPECT_NE(see_bytes("\xC7\xE1\xC8\xE1\xCF;\xC7\xE1\xE3\xC8\xE1\xDB\n\xE3\xD5\xD1;5\n")
                .cells.find("A1=البلد B1=المبلغ"),
            std::string::npos);
  std::string wide = "\xFF\xFE";
  for (const char c : std::string("a;b\r\n1;2\r\n")) wide += c, wide += '\0';
  EXPECT_EQ(see_bytes(wide).cells, "1: A1=a B1=b\n2: A2=1 B2=2\n");
  EXPECT_EQ(see_bytes(wide.substr(2)).cells, "1: A1=a B1=b\n2: A2=1 B2=2\n");
}

RC_GTEST_PROP(SheetCsv, AnyBlocksGiveTheSameRecords, ()) {
  const auto text = *rc::gen::container<std::string>(
      rc::gen::element<char>('a', ',', '"', '"', '\n', '\r', ' ', '\0', 'b'));
  const auto step = *rc::gen::inRange<std::size_t>(1, 9);
  const auto cut = [&](std::size_t block) {
    std::string_view rest = text;
    RecordCutter cutter(
        [&](char* out, std::size_t capacity) {
          const std::size_t size = std::min({capacity, rest.size(), block});
          std::memcpy(out, rest.data(), size);
          rest.remove_prefix(size);
          return size;
        },
        ',');
    std::vector<std::vector<std::string>> out;
    for (std::vector<PlainCell> cells; cutter.next(cells);) {
      out.emplace_back();
      for (const auto& cell : cells) out.back().emplace_back(cell.text);
    }
    return out;
  };
  RC_ASSERT(cut(step) == cut(text.size() + 1));
}

RC_GTEST_PROP(SheetRound, WhatIsWrittenReadsBack, ()) {
  Table table;
  table.name = "t";
  table.columns = {{"a", "First", ColumnKind::text},
                   {"b", "Second", ColumnKind::text},
                   {"c", "Third", ColumnKind::number}};
  const auto texts = *rc::gen::container<std::vector<std::string>>(
      rc::gen::container<std::string>(rc::gen::element<char>('a', ',', ';', '"', '\n', 'Z', '9')));
  for (const auto& text : texts)
    table.rows.push_back({"x" + text, text, std::int64_t(text.size()) * 1234567});
  for (const auto format : {TableFormat::csv, TableFormat::xlsx}) {
    const FileOf file(write_table(table, format));
    const auto reader = open_workbook(file.path(), {.separator = ','})->open(0);
    SheetRow row;
    RC_ASSERT(reader->next(row));
    for (const auto& written : table.rows) {
      RC_ASSERT(reader->next(row));
      const auto text = [&](std::size_t i) { return row.find(i) ? row.find(i)->text : ""; };
      RC_ASSERT(text(0) == std::get<std::string>(written[0]));
      RC_ASSERT(text(1) == std::get<std::string>(written[1]));
      RC_ASSERT(text(2) == std::to_string(std::get<std::int64_t>(written[2])));
    }
    RC_ASSERT(!reader->next(row));
  }
}

const char* const book_xml =
    R"(<workbook xmlns:r="r"><workbookPr/><sheets><sheet name="S" r:id="a"/>)"
    R"(<sheet name="H" state="hidden" r:id="b"/></sheets></workbook>)";
const char* const links_xml =
    R"(<Relationships><Relationship Id="a" Type="x/worksheet" Target="worksheets/s.xml"/>)"
    R"(<Relationship Id="b" Type="x/worksheet" Target="/xl/worksheets/s.xml"/>)"
    R"(<Relationship Id="c" Type="x/styles" Target="styles.xml"/>)"
    R"(<Relationship Id="d" Type="x/sharedStrings" Target="strings.xml"/></Relationships>)";
const char* const styles_part =
    R"(<styleSheet><numFmts><numFmt numFmtId="170" formatCode="dd&quot;m&quot;/mm/yyyy"/>)"
    R"(<numFmt numFmtId="171" formatCode="[h]:mm"/></numFmts><cellXfs><xf numFmtId="0"/>)"
    R"(<xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/></cellXfs></styleSheet>)";

std::string xlsx_of(const std::string& rows, const std::string& after = "",
                    const std::string& strings = "") {
  return zip_of({{"[Content_Types].xml", "<Types/>"},
                 {"xl/workbook.xml", book_xml},
                 {"xl/_rels/workbook.xml.rels", links_xml},
                 {"xl/styles.xml", styles_part},
                 {"xl/strings.xml", "<sst>" + strings + "</sst>"},
                 {"xl/worksheets/s.xml",
                  "<worksheet><sheetData>" + rows + "</sheetData>" + after + "</worksheet>"}});
}

TEST(SheetXlsx, CellsOfEveryKind) {
  const auto seen = see_bytes(xlsx_of(
      R"(<row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2"><v>1.0000000000000001E-2</v></c>)"
      R"(<c r="D2"><v>1E3</v></c><c r="E2" t="b"><v>1</v></c><c r="F2" t="e"><v>#N/A</v></c>)"
      R"(<c r="G2" t="inlineStr"><is><t>in</t><rPh><t>no</t></rPh></is></c>)"
      R"(<c r="H2"><f>1+1</f><v>2</v></c><c r="I2"><f>1+1</f></c>)"
      R"(<c r="J2" t="str"><f>x</f><v>a_x000D_b</v></c></row>)",
      R"(<mergeCells><mergeCell ref="A2:B2"/></mergeCells>)",
      "<si><r><t>ri</t></r><r><t>ch</t></r><rPh><t>no</t></rPh></si>"));
  EXPECT_EQ(seen.cells, "2: A2=rich C2=0.01 D2=1000 E2=true F2=#N/A G2=in H2=2 J2=a\rb\n");
  EXPECT_EQ(seen.rules,
            "sheet.hidden@H cell.fault@S!F2 cell.formula@S!H2 cell.formula.empty@S!I2 "
            "cell.merged@S!A2 ");
}

// Source: ECMA-376 part 1, 18.17.4.1: serial 1 is 1900-01-01, 60 is 29 February 1900.
TEST(SheetXlsx, DaysByStyle) {
  const auto seen = see_bytes(xlsx_of(
      R"(<row r="1"><c r="A1" s="1"><v>43890</v></c><c r="B1" s="2"><v>61</v></c>)"
      R"(<c r="C1" s="1"><v>60</v></c><c r="D1" s="1"><v>1</v></c><c r="E1" s="3"><v>0.5</v></c>)"
      R"(<c r="F1" s="1"><v>43890.5</v></c><c r="G1" s="1"><v>-3</v></c>)"
      R"(<c r="H1" t="d"><v>2014-05-03</v></c></row>)"));
  EXPECT_EQ(seen.cells,
            "1: A1=2020-02-29 B1=1900-03-01 C1=1900-02-29 D1=1900-01-01 E1=12:00:00 "
            "F1=2020-02-29T12:00:00 G1=-3 H1=2014-05-03\n");
  EXPECT_EQ(seen.rules, "sheet.hidden@H cell.date.never@S!C1 cell.date.range@S!G1 ");
}

TEST(SheetXlsx, DamageIsSaidAndNothingIsGuessed) {
  EXPECT_EQ(see_bytes(xlsx_of(R"(<row r="1"><c r="A1" t="s"><v>7</v></c></row>)")).rules,
            "sheet.hidden@H cell.string@S!A1 ");
  const auto cut = see_bytes(xlsx_of(R"(<row r="1"><c r="A1"><v>7</v></c></row><row r="2"><c)"));
  EXPECT_TRUE(cut.damaged);
  EXPECT_EQ(cut.cells, "1: A1=7\n");
  const auto twice = see_bytes(xlsx_of(
      R"(<row r="1"><c r="B1"><v>2</v></c><c r="A1"><v>1</v></c><c r="B1"><v>3</v></c></row>)"));
  EXPECT_EQ(twice.cells, "1: A1=1 B1=2\n");
  EXPECT_EQ(twice.rules, "sheet.hidden@H cell.twice@S!B1 ");
  const std::string bomb =
      zip_of({{"[Content_Types].xml", "<Types/>"},
              {"xl/workbook.xml", "<!DOCTYPE w [<!ENTITY a \"aaaa\">]><workbook>&a;</workbook>"}});
  EXPECT_NE(refusal_of(bomb).find("document type"), std::string::npos);
}

TEST(SheetXlsx, EqualFindingsAreOneWithACount) {
  std::string rows;
  for (int i = 1; i <= 10'000; ++i)
    rows += "<row r=\"" + std::to_string(i) + "\"><c t=\"e\"><v>#REF!</v></c></row>";
  const FileOf file(xlsx_of(rows));
  const auto reader = open_workbook(file.path())->open(0);
  for (SheetRow row; reader->next(row);) continue;
  ASSERT_EQ(reader->findings().size(), 1u);
  EXPECT_NE(reader->findings()[0].message.find("10,000 places"), std::string::npos);
}

std::string ods_of(const std::string& tables) {
  return zip_of(
      {{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"},
       {"META-INF/manifest.xml", "<manifest/>"},
       {"content.xml", "<office:document-content><office:body><office:spreadsheet>" + tables +
                           "</office:spreadsheet></office:body>"
                           "</office:document-content>"}});
}

TEST(SheetOds, RepeatedAndTypedCells) {
  const auto seen = see_bytes(ods_of(
      R"(<table:table table:name="T"><table:table-row table:number-rows-repeated="1048570">)"
      R"(<table:table-cell table:number-columns-repeated="16384"/></table:table-row>)"
      R"(<table:table-row table:number-rows-repeated="2"><table:table-cell/>)"
      R"(<table:table-cell table:number-columns-repeated="2" office:value-type="float" )"
      R"(office:value="1.50"><text:p>1,5</text:p></table:table-cell>)"
      R"(<table:table-cell office:value-type="date" office:date-value="2014-03-12"/>)"
      R"(<table:table-cell office:value-type="string"><text:p>a<text:s text:c="2"/>b</text:p>)"
      R"(<office:annotation><text:p>no</text:p></office:annotation><text:p>c</text:p>)"
      R"(</table:table-cell></table:table-row></table:table>)"));
  EXPECT_EQ(seen.cells,
            "1048571: B1048571=1.50 C1048571=1.50 D1048571=2014-03-12 E1048571=a  b\nc\n"
            "1048572: B1048572=1.50 C1048572=1.50 D1048572=2014-03-12 E1048572=a  b\nc\n");
  const auto bomb = see_bytes(ods_of(
      R"(<table:table><table:table-row table:number-rows-repeated="1048576"><table:table-cell )"
      R"(table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell>)"
      R"(</table:table-row></table:table>)"));
  EXPECT_TRUE(bomb.damaged);
  EXPECT_EQ(bomb.rows, 1u);
}

TEST(SheetJson, ObjectsAreRows) {
  const auto seen =
      see_bytes(R"({"meta":1,"data":{"rows":[{"a":1.10,"b":{"c":"x"},"l":["p","q"]},)"
                R"({"d":true,"o":[{"n":"one"},{"m":5},{"n":"three"}],"z":null}, 7]}})");
  EXPECT_EQ(seen.cells,
            "1: A1=a B1=b.c C1=l D1=d E1=o.n F1=o.m\n2: A2=1.10 B2=x C2=p\nq\n"
            "3: D3=true E3=one\n\nthree F3=\n5\n\n");
  EXPECT_EQ(seen.rules, "json.record@ ");
  EXPECT_EQ(see_bytes(R"([{"":"x","a":"y"}])").cells, "1: A1=\"\" B1=a\n2: A2=x B2=y\n")
      << "a member without a name";
  EXPECT_TRUE(see_bytes(R"([{"a":1},{"a":2},{"a":)").damaged);
  const auto map = see_bytes(
      R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"n":"x"},)"
      R"("geometry":{"type":"Point","coordinates":[1.5,2]}}]})");
  EXPECT_EQ(map.cells,
            "1: A1=type B1=n C1=geometry.type D1=geometry.coordinates\n"
            "2: A2=Feature B2=x C2=Point D2=1.5\n2\n");
}

TEST(SheetFiles, WhatIsNoTableIsNamed) {
  EXPECT_NE(refusal_of("%PDF-1.4 ...").find("PDF"), std::string::npos);
  EXPECT_NE(refusal_of("<!DOCTYPE html><html>").find("web page"), std::string::npos);
  EXPECT_NE(refusal_of("").find("empty"), std::string::npos);
  EXPECT_NE(refusal_of(zip_of({{"a.csv", "a,b\n"}, {"b.csv", "c\n"}})).find("a.csv, b.csv"),
            std::string::npos);
  EXPECT_NE(refusal_of("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1").find("damaged"), std::string::npos);
  const FileOf nested(
      zip_of({{"in.zip", zip_of({{"t.csv", "a,b\n1,2\n"}})}, {"__MACOSX/._x.csv", "n"}}));
  EXPECT_EQ(see(nested.path()).rows, 2u);
  const FileOf named(zip_of({{"a.csv", "a,b\n"}, {"b.csv", "c,d\n"}}));
  EXPECT_EQ(see(named.path() + "#b.csv").cells, "1: A1=c B1=d\n");
}

}  // namespace
}  // namespace austral::sheet
