// Sheets as large and as hostile as they come: what is read, what is said, and how much memory it
// takes. All files are made here.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zip.h>

#include <fstream>
#include <functional>
#include <iostream>

#include "base/error.hpp"
#include "standards/iati_files.hpp"
#include "standards/sheet_made.hpp"

namespace austral::sheet {
namespace {

using austral::made::book_parts;
using austral::made::MadeSheet;
using austral::made::Parts;
using austral::made::zip_parts;
using ::testing::AllOf;
using ::testing::HasSubstr;

/// What came out of the first sheet, or of the attempt to open it.
struct Outcome {
  std::uint64_t rows = 0, cells = 0, bytes = 0;
  std::string rules, last;
  bool damaged = false;
};

std::string rules_of(const Findings& findings) {
  std::string rules;
  for (const auto& finding : findings) rules += finding.rule + " ";
  return rules;
}

Outcome read_all(const std::string& path) {
  Outcome out;
  const auto book = open_workbook(path);
  const auto reader = book->open(0);
  for (SheetRow row; reader->next(row); ++out.rows)
    for (const auto& cell : row.cells) {
      ++out.cells;
      out.bytes += cell.text.size();
      out.last = name_cell("", cell.column, row.number);
    }
  out.rules = rules_of(book->findings()) + rules_of(reader->findings());
  out.damaged = reader->damaged();
  return out;
}

std::string why_not(const std::string& bytes) {
  const test::TemporaryFile file(bytes);
  try {
    read_all(file.path());
  } catch (const Error& error) {
    return error.what();
  }
  return "it was read";
}

/// Memory that work needs beyond what the process had, measured in a child of its own. Units: MB
long megabytes_for(const std::function<bool()>& work) {
  int ends[2];
  if (pipe(ends) != 0) return -1;
  const auto child = fork();
  if (child == 0) {
    std::ofstream("/proc/self/clear_refs") << "5";  // the peak is counted from here on
    const auto peak = [](const char* name) {
      std::ifstream status("/proc/self/status");
      for (std::string line; std::getline(status, line);)
        if (line.starts_with(name)) return std::stol(line.substr(line.find_first_of("0123456789")));
      return 0L;
    };
    const long before = peak("VmRSS:");
    bool done = false;
    try {
      done = work();
    } catch (const std::exception& error) {
      std::cerr << error.what() << "\n";
    }
    const long used = done ? (peak("VmHWM:") - before) / 1024 : -1;
    const auto written = write(ends[1], &used, sizeof used);
    _exit(written == sizeof used ? 0 : 1);
  }
  long used = -1;
  close(ends[1]);
  if (read(ends[0], &used, sizeof used) != sizeof used) used = -1;
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  return used;
}

/// Writes a part block by block, so that making the file takes no memory either.
void pour_part(std::ofstream& file, ZipStream& zip, const std::string& name,
               const std::function<std::string(std::size_t)>& block) {
  zip.open(name);
  for (std::size_t n = 0;; ++n) {
    const auto text = block(n);
    if (text.empty()) break;
    zip.write(text);
    file << zip.take();
  }
  zip.close();
  file << zip.take();
}

constexpr std::size_t most_rows = 1'048'576, rows_a_block = 1'024;

TEST(SheetSize, a_full_sheet_of_shared_texts_is_read_in_flat_memory) {
  const test::TemporaryFile place;
  {
    std::ofstream file(place.path(), std::ios::binary);
    ZipStream zip;
    for (const auto& [name, text] : book_parts({{"S", ""}})) {
      if (name.starts_with("xl/worksheets")) continue;
      zip.open(name);
      zip.write(text);
      zip.close();
    }
    pour_part(file, zip, "xl/sharedStrings.xml", [](std::size_t n) {
      std::string text = n == 0 ? "<sst>" : "";
      if (n > most_rows / rows_a_block) return std::string();
      if (n == most_rows / rows_a_block) return std::string("</sst>");
      for (std::size_t i = 0; i < rows_a_block; ++i)
        text += "<si><t>A project with the number " + std::to_string(n * rows_a_block + i) +
                " and some words about what it does</t></si>";
      return text;
    });
    pour_part(file, zip, "xl/worksheets/sheet1.xml", [](std::size_t n) {
      std::string text = n == 0 ? "<worksheet><sheetData>" : "";
      if (n > most_rows / rows_a_block) return std::string();
      if (n == most_rows / rows_a_block) return std::string("</sheetData></worksheet>");
      for (std::size_t i = 0; i < rows_a_block; ++i) {
        const auto row = n * rows_a_block + i;
        // Texts are asked for from both ends, as no sheet does.
        const auto shared = row % 2 ? most_rows - row : row;
        text += "<row r=\"" + std::to_string(row + 1) + "\"><c t=\"s\"><v>" +
                std::to_string(shared) + "</v></c><c><v>" + std::to_string(row) + "</v></c></row>";
      }
      return text;
    });
    zip.finish();
    file << zip.take();
  }
  Outcome out;
  const auto used = megabytes_for([&] {
    out = read_all(place.path());
    return out.rows == most_rows && out.cells == 2 * most_rows && out.last == "B1048576" &&
           out.rules.empty();
  });
  EXPECT_GE(used, 0) << "it was read otherwise";
  EXPECT_LT(used, 150);
}

/// What a source of libzip pours out: a beginning, then rows of a megabyte without end.
struct Repeated {
  std::uint64_t size = 0;
  std::string head;
  std::uint64_t at = 0;
};

zip_int64_t pour_repeated(void* state, void* data, zip_uint64_t room, zip_source_cmd_t command) {
  auto& repeated = *static_cast<Repeated*>(state);
  if (command == ZIP_SOURCE_OPEN) repeated.at = 0;
  if (command == ZIP_SOURCE_READ) {
    const auto given = std::min<std::uint64_t>(room, repeated.size - repeated.at);
    for (std::uint64_t i = 0; i < given; ++i, ++repeated.at)
      static_cast<char*>(data)[i] = repeated.at < repeated.head.size() ? repeated.head[repeated.at]
                                    : repeated.at % (1 << 20) == 0     ? '\n'
                                                                       : 'a';
    return zip_int64_t(given);
  }
  if (command == ZIP_SOURCE_SUPPORTS)
    return zip_source_make_command_bitmap(ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE,
                                          ZIP_SOURCE_STAT, ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE, -1);
  if (command != ZIP_SOURCE_STAT) return 0;
  zip_stat_init(static_cast<zip_stat_t*>(data));
  return sizeof(zip_stat_t);
}

/// An archive with a member of so many bytes, packed as tightly as deflate can.
std::string make_bomb(const std::string& name, Repeated repeated, const Parts& others = {}) {
  const test::TemporaryFile place;
  int code = 0;
  auto* archive = zip_open(place.path().c_str(), ZIP_CREATE | ZIP_TRUNCATE, &code);
  if (!archive) return {};
  for (const auto& [other, text] : others)
    zip_file_add(archive, other.c_str(), zip_source_buffer(archive, text.data(), text.size(), 0),
                 0);
  const auto member = zip_file_add(archive, name.c_str(),
                                   zip_source_function(archive, pour_repeated, &repeated), 0);
  zip_set_file_compression(archive, zip_uint64_t(member), ZIP_CM_DEFLATE, 9);
  if (zip_close(archive) != 0) return {};
  std::ifstream file(place.path(), std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(SheetSize, bombs_end_in_a_finding) {
  // 400 MB of equal letters: some 1000:1, and in a second archive a million to one.
  const std::string inner = make_bomb("t.csv", {400 << 20, "a;b\n1;2\n"});
  ASSERT_LT(inner.size() * 800, std::size_t(400) << 20);
  for (const auto& bytes : {inner, zip_parts({{"in.zip", inner}})}) {
    const test::TemporaryFile file(bytes);
    Outcome out;
    const auto used = megabytes_for([&] {
      out = read_all(file.path());
      if (!out.damaged) std::cerr << out.rows << " rows: " << out.rules << "\n";
      return out.damaged && out.rows > 250 && out.rows < 300 &&
             out.rules.find("zip.bomb") != std::string::npos;
    });
    EXPECT_GE(used, 0);
    EXPECT_LT(used, 60);
  }
  std::string nested = zip_parts({{"t.csv", "a,b\n1,2\n"}});
  for (int depth = 0; depth < 5; ++depth) nested = zip_parts({{"in.zip", nested}});
  EXPECT_THAT(why_not(nested), HasSubstr("three deep; unpack them"));
  // Shared texts of a workbook that unpack without end.
  const test::TemporaryFile file(
      make_bomb("xl/sharedStrings.xml", {400 << 20, "<sst><si><t>first</t></si><si><t>"},
                book_parts({{"S", "<sheetData><row><c t=\"s\"><v>0</v></c></row></sheetData>"}})));
  Outcome out;
  const auto used = megabytes_for([&] {
    out = read_all(file.path());
    return out.rows == 1 && out.rules.find("zip.bomb") != std::string::npos;
  });
  EXPECT_GE(used, 0);
  EXPECT_LT(used, 60);
}

TEST(SheetSize, widest_rows_and_longest_cells) {
  MadeSheet wide{"S", {std::vector<std::string>(16'385, "7")}, {}};
  const test::TemporaryFile file(austral::made::make_book({wide}));
  const auto out = read_all(file.path());
  EXPECT_EQ(out.cells, 16'385u);
  EXPECT_EQ(out.last, "XFE1");  // one beyond XFD
  EXPECT_EQ(out.rules, "column.range ");
  for (const std::size_t size : {32'767u, 32'768u, 1'000'000u}) {
    const test::TemporaryFile of_length(
        austral::made::make_book({{"S", {{std::string(size, 'x')}}, {}}}));
    const auto long_one = read_all(of_length.path());
    EXPECT_EQ(long_one.bytes, size);
    EXPECT_EQ(long_one.rules, "");
  }
  const test::TemporaryFile longer(
      austral::made::make_book({{"S", {{std::string(5 << 20, 'x')}}, {}}}));
  EXPECT_EQ(read_all(longer.path()).rules, "cell.long ");
  EXPECT_LE(read_all(longer.path()).bytes, std::size_t(4) << 20);
}

// Source: ECMA-376 part 1 (strict): namespaces of purl.oclc.org, days as ISO 8601.
TEST(SheetSize, strict_workbooks_are_read) {
  const std::string main = "http://purl.oclc.org/ooxml/spreadsheetml/main",
                    links = "http://purl.oclc.org/ooxml/officeDocument/relationships";
  auto parts = book_parts({{"S",
                            "<sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c>"
                            "<c r=\"B1\" t=\"d\" s=\"1\"><v>2014-05-03</v></c>"
                            "<c r=\"C1\"><v>1.5</v></c></row></sheetData>"}},
                          main, links);
  parts.emplace_back("xl/sharedStrings.xml",
                     "<sst xmlns=\"" + main + "\"><si><t>shared</t></si></sst>");
  const test::TemporaryFile file(zip_parts(parts));
  const auto reader = open_workbook(file.path())->open(0);
  SheetRow row;
  ASSERT_TRUE(reader->next(row));
  ASSERT_EQ(row.cells.size(), 3u);
  EXPECT_EQ(row.cells[0].text, "shared");
  EXPECT_EQ(row.cells[1].date, make_date(2014, 5, 3));
  EXPECT_EQ(row.cells[2].text, "1.5");
  EXPECT_EQ(rules_of(reader->findings()), "");
}

TEST(SheetSize, shared_texts_that_lead_astray) {
  const std::string cells =
      "<sheetData><row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c><c t=\"s\"><v>-1</v></c>"
      "<c t=\"s\"><v>99999999999999999999</v></c><c t=\"s\"><v>x</v></c></row></sheetData>";
  auto parts = book_parts({{"S", cells}});
  parts.emplace_back("xl/sharedStrings.xml", "<sst><si><t>only</t></si></sst>");
  const test::TemporaryFile file(zip_parts(parts));
  const auto reader = open_workbook(file.path())->open(0);
  SheetRow row;
  ASSERT_TRUE(reader->next(row));
  EXPECT_EQ(row.cells[0].text, "only");
  for (std::size_t i = 1; i < row.cells.size(); ++i)
    EXPECT_EQ(row.cells[i].kind, CellKind::fault) << i;
  ASSERT_EQ(reader->findings().size(), 1u);
  EXPECT_THAT(reader->findings()[0].message, HasSubstr("4 places"));
  // The list of texts is the sheet itself.
  for (auto& [name, text] : parts)
    if (name == "xl/_rels/workbook.xml.rels")
      text.replace(text.find("sharedStrings.xml"), 17, "worksheets/sheet1.xml");
  const test::TemporaryFile cyclic(zip_parts(parts));
  EXPECT_THAT(read_all(cyclic.path()).rules, HasSubstr("cell.string"));
}

TEST(SheetSize, formulas_give_what_they_gave_or_say_that_they_did_not) {
  const test::TemporaryFile empty(austral::made::make_book({{"S", {}, {}}}));
  EXPECT_EQ(read_all(empty.path()).rows, 0u);
  auto parts = book_parts(
      {{"S",
        "<sheetData><row r=\"1\"><c r=\"A1\"><f t=\"shared\" ref=\"A1:A2\" si=\"0\">1+1</f>"
        "<v>2</v></c><c r=\"B1\"><f>B1</f></c><c r=\"C1\" t=\"e\"><f>1/0</f><v>#DIV/0!</v></c>"
        "<c r=\"D1\" t=\"str\"><f>\"a\"</f><v></v></c></row></sheetData>"}});
  parts.emplace_back("xl/sharedStrings.xml", "<sst/>");
  const test::TemporaryFile formulas(zip_parts(parts));
  const auto reader = open_workbook(formulas.path())->open(0);
  SheetRow row;
  ASSERT_TRUE(reader->next(row));
  ASSERT_EQ(row.cells.size(), 2u);
  EXPECT_EQ(row.cells[0].text, "2");
  EXPECT_TRUE(row.cells[0].formula);
  EXPECT_EQ(row.cells[1].kind, CellKind::fault);
  EXPECT_EQ(rules_of(reader->findings()), "cell.formula cell.formula.empty cell.fault ");
}

TEST(SheetSize, hidden_things_are_read_and_said) {
  auto parts = book_parts({{"S",
                            "<cols><col min=\"2\" max=\"3\" hidden=\"1\"/></cols><sheetData>"
                            "<row r=\"1\" hidden=\"1\"><c><v>1</v></c></row></sheetData>"}});
  parts.emplace_back("xl/sharedStrings.xml", "<sst/>");
  for (auto& [name, text] : parts)
    if (name == "xl/workbook.xml") text.replace(text.find(" sheetId"), 0, " state=\"veryHidden\"");
  const test::TemporaryFile file(zip_parts(parts));
  const auto out = read_all(file.path());
  EXPECT_EQ(out.rows, 1u);
  EXPECT_EQ(out.rules, "sheet.hidden column.hidden row.hidden ");
}

}  // namespace
}  // namespace austral::sheet
