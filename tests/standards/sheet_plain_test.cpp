// CSV, JSON and terminal tables carry every cell, and nothing a spreadsheet would run.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <boost/json.hpp>

#include "base/error.hpp"
#include "base/text.hpp"
#include "standards/sheet/table_writers.hpp"
#include "standards/sheet_sample.hpp"

namespace austral::sheet {
namespace {

using Lines = std::vector<std::vector<std::string>>;

// A second reading of RFC 4180, as a machine of two states.
Lines parse_csv(const std::string& text) {
  Lines lines;
  std::vector<std::string> line(1);
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c != '"')
        line.back() += c;
      else if (i + 1 < text.size() && text[i + 1] == '"')
        line.back() += text[++i];
      else
        quoted = false;
    } else if (c == '"') {
      quoted = true;
    } else if (c == ',') {
      line.emplace_back();
    } else if (c == '\r' && i + 1 < text.size() && text[i + 1] == '\n') {
      ++i;
      lines.push_back(line);
      line.assign(1, "");
    } else {
      line.back() += c;
    }
  }
  return lines;
}

Table text_table(const std::vector<std::vector<std::string>>& cells, std::size_t columns) {
  Table table;
  for (std::size_t i = 0; i < columns; ++i) table.columns.push_back({"c" + std::to_string(i)});
  for (const auto& line : cells) {
    table.rows.emplace_back();
    for (std::size_t i = 0; i < columns; ++i)
      table.rows.back().push_back(i < line.size() ? line[i] : std::string());
  }
  return table;
}

std::string guarded(const std::string& text) {
  return !text.empty() && std::string("=+-@\t\r").find(text[0]) != std::string::npos ? "'" + text
                                                                                     : text;
}

rc::Gen<std::string> nasty_text() {
  return rc::gen::container<std::string>(rc::gen::element<char>(
      'a', ',', '"', '\n', '\r', '\t', '=', '+', '-', '@', ';', '\'', ' ', '1', '|', '\\'));
}

TEST(Formats, AreFour) {
  EXPECT_EQ(parse_table_format("xlsx"), TableFormat::xlsx);
  EXPECT_EQ(parse_table_format("table"), TableFormat::table);
  try {
    parse_table_format("pdf");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), Kind::invalid);
    for (const char* name : {"pdf", "table", "csv", "json", "xlsx"})
      EXPECT_NE(std::string(error.what()).find(name), std::string::npos);
  }
  EXPECT_EQ(content_type(TableFormat::json), "application/json");
  EXPECT_TRUE(content_type(TableFormat::csv).starts_with("text/csv"));
}

TEST(Csv, CarriesEveryCell) {
  const std::string text = write_table(sample_table(), TableFormat::csv);
  EXPECT_EQ(text,
            "partner,code,projects,amount,part,begun,year\r\n"
            "\"Brasil, \"\"ABC\"\"\nsegunda linha\",BR,1234,1234567.89,12.5,2020-02-29,2020\r\n"
            "\"'=HYPERLINK(\"\"x\"\")\",\"'-1+1\",-5,-5.50,0,1899-12-31,1899\r\n"
            "合作 & التعاون,007,,,,,\r\n"
            "\"'+55 61\",\"'@x\",0,90071992547409.93,0.001,\"'=1\",2021\r\n");
  EXPECT_EQ(write_csv(sample_table(), {.with_bom = true}), "\xEF\xBB\xBF" + text);
}

TEST(Csv, ShowsRowsOfOneEmptyCell) {
  EXPECT_EQ(write_csv(text_table({{""}}, 1)), "c0\r\n\"\"\r\n");
  EXPECT_EQ(write_csv(text_table({{"\xFF"}}, 1)), "c0\r\n\uFFFD\r\n");
}

RC_GTEST_PROP(CsvProperty, IsReadBack, ()) {
  const auto columns = *rc::gen::inRange<std::size_t>(1, 5);
  const auto cells = *rc::gen::container<Lines>(
      rc::gen::container<std::vector<std::string>>(columns, nasty_text()));
  const auto lines = parse_csv(write_csv(text_table(cells, columns)));
  RC_ASSERT(lines.size() == cells.size() + 1);
  for (std::size_t row = 0; row < cells.size(); ++row) {
    RC_ASSERT(lines[row + 1].size() == columns);
    for (std::size_t i = 0; i < columns; ++i)
      RC_ASSERT(lines[row + 1][i] == guarded(cells[row][i]));
  }
}

TEST(Csv, IsReadByPython) {
  if (!has_command("python3")) GTEST_SKIP() << "no python3";
  const FileOf file(write_csv(sample_table(), {.with_bom = true}));
  const std::string seen =
      output_of("python3 -c \"import csv,json,sys; print(json.dumps(list(csv.DictReader(open('" +
                file.path() + "',newline='',encoding='utf-8-sig')))))\"");
  const auto rows = boost::json::parse(seen).as_array();
  ASSERT_EQ(rows.size(), 4u);
  EXPECT_EQ(rows[0].at("partner").as_string(), "Brasil, \"ABC\"\nsegunda linha");
  EXPECT_EQ(rows[0].at("amount").as_string(), "1234567.89");
  EXPECT_EQ(rows[1].at("partner").as_string(), "'=HYPERLINK(\"x\")");
  EXPECT_EQ(rows[1].at("projects").as_string(), "-5");
  EXPECT_EQ(rows[2].at("projects").as_string(), "");
  EXPECT_EQ(rows[2].at("code").as_string(), "007");
}

TEST(Json, CarriesEveryCellExactly) {
  const auto json = boost::json::parse(write_table(sample_table(), TableFormat::json));
  EXPECT_EQ(json.at("name").as_string(), "flows");
  EXPECT_EQ(json.at("revision").as_string(), "42");
  EXPECT_EQ(json.at("total_rows").as_int64(), 1250);
  EXPECT_EQ(json.at("notes").as_array().size(), 2u);
  EXPECT_EQ(json.at("columns").at(3).at("kind").as_string(), "money");
  EXPECT_EQ(json.at("columns").at(3).at("unit").as_string(), "USD");
  const auto& rows = json.at("rows").as_array();
  ASSERT_EQ(rows.size(), 4u);
  EXPECT_EQ(rows[0].at("projects").as_int64(), 1234);
  EXPECT_EQ(rows[0].at("year").as_int64(), 2020);
  EXPECT_EQ(rows[0].at("amount").as_string(), "1234567.89");
  EXPECT_EQ(rows[1].at("partner").as_string(), "=HYPERLINK(\"x\")");
  EXPECT_TRUE(rows[2].at("amount").is_null());
  EXPECT_EQ(rows[3].at("amount").as_string(), "90071992547409.93");
}

TEST(Json, WritesAllOfAMoneyColumnAlike) {
  Table table;
  table.columns = {{"amount", "", ColumnKind::money}};
  table.rows = {{std::int64_t(7)}, {Decimal{705, 2}}, {std::string("\xFF")}};
  const auto json = boost::json::parse(write_json(table));
  EXPECT_EQ(json.at("rows").at(0).at("amount").as_string(), "7");
  EXPECT_EQ(json.at("rows").at(1).at("amount").as_string(), "7.05");
  EXPECT_EQ(json.at("rows").at(2).at("amount").as_string(), "\uFFFD");
  EXPECT_EQ(json.at("total_rows").as_int64(), 3);
  EXPECT_EQ(boost::json::parse(write_json(Table{})).at("rows").as_array().size(), 0u);
}

// Rows given at once or in pieces make the same file.
RC_GTEST_PROP(WriterProperty, DoesNotShowWhereItsRowsWereCut, ()) {
  const auto cells =
      *rc::gen::container<Lines>(rc::gen::container<std::vector<std::string>>(2, nasty_text()));
  const Table table = text_table(cells, 2);
  for (const auto format : {TableFormat::csv, TableFormat::json, TableFormat::xlsx}) {
    std::size_t at = 0, step = *rc::gen::inRange<std::size_t>(0, 4);
    TableStream stream{text_table({}, 2), [&](std::vector<std::vector<Cell>>& rows) {
                         for (std::size_t i = 0; i < step && at < table.rows.size(); ++i)
                           rows.push_back(table.rows[at++]);
                         ++step;
                         return at < table.rows.size();
                       }};
    std::string whole;
    const auto next = write_parts(stream, format);
    while (next(whole)) {
    }
    if (format != TableFormat::xlsx)  // whose columns are as wide as their first rows
      RC_ASSERT(whole == write_table(table, format));
    else
      RC_ASSERT(whole.starts_with("PK\x03\x04"));
  }
}

TEST(Json, SaysWhatWasAsked) {
  Table table;
  table.query = "Recipient: Kenya";
  table.query_url = "/initiatives?recipient=KE";
  table.licence = "free";
  table.made = "2026-11-23T00:00:00Z";
  const auto json = boost::json::parse(write_json(table));
  EXPECT_EQ(json.at("query").as_string(), table.query);
  EXPECT_EQ(json.at("query_url").as_string(), table.query_url);
  EXPECT_EQ(json.at("licence").as_string(), table.licence);
  EXPECT_EQ(json.at("made").as_string(), table.made);
}

TEST(Terminal, AlignsAndSaysWhatItIs) {
  Table table;
  table.title = "Flows";
  table.columns = {{"partner", "Partner", ColumnKind::text},
                   {"amount", "Amount", ColumnKind::money, "USD"},
                   {"year", "Year", ColumnKind::year}};
  table.rows = {{std::string("合作"), Decimal{123456789, 2}, std::int64_t(2020)},
                {std::string("Côte\u0301"), Decimal{-5, 1}, std::int64_t(2021)},
                {std::string("x\x1b[31m\ty\u202E"), std::int64_t(1000), std::monostate{}}};
  table.total_rows = 1250;
  table.notes = {"Estimates."};
  EXPECT_EQ(write_table(table, TableFormat::table),
            "Flows\n"
            "\n"
            "Partner  Amount (USD)  Year\n"
            "───────  ────────────  ────\n"
            "合作     1,234,567.89  2020\n"
            "Côte\u0301            -0.5   2021\n"
            "x[31m y      1,000        –\n"
            "\n"
            "3 of 1,250 rows\n"
            "– = unknown\n"
            "Note: Estimates.\n");
}

TEST(Terminal, FitsItsWindow) {
  Table table = sample_table();
  table.rows[0][0] = std::string(400, 'w');
  for (const std::size_t columns : {72u, 80u, 100u, 120u}) {
    const std::string text = write_terminal(table, {.columns = columns});
    const auto lines = split(text, '\n');
    for (std::size_t i = 2; i < 8; ++i) EXPECT_LE(display_width(lines[i]), columns) << lines[i];
    EXPECT_NE(text.find("w…"), std::string::npos);
    EXPECT_NE(text.find("90,071,992,547,409.93"), std::string::npos);  // figures are never cut
  }
}

RC_GTEST_PROP(TerminalProperty, KeepsItsColumnsStraight, ()) {
  const auto cells =
      *rc::gen::container<Lines>(rc::gen::container<std::vector<std::string>>(2, nasty_text()));
  Table table = text_table(cells, 2);
  table.columns[1] = {"n", "", ColumnKind::number};
  for (std::size_t i = 0; i < cells.size(); ++i) table.rows[i][1] = std::int64_t(i * i);
  const std::string text = write_terminal(table, {.columns = 20});
  const auto lines = split(text, '\n');
  for (std::size_t i = 1; i < cells.size() + 2; ++i) {
    RC_ASSERT(display_width(lines[i]) == display_width(lines[1]));
    RC_ASSERT(display_width(lines[i]) <= 20u);
  }
}

}  // namespace
}  // namespace austral::sheet
