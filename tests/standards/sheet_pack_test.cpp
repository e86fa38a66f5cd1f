// The published sheets of the data pack hold, cell by cell, what Python's own csv and zip find in
// them.
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <cstdlib>
#include <filesystem>

#include "base/error.hpp"
#include "standards/sheet/workbook.hpp"
#include "standards/sheet_sample.hpp"

namespace austral::sheet {
namespace {

namespace fs = std::filesystem;

std::string finance_folder() {
  const char* data = std::getenv("AUSTRAL_DATA");
  return data && *data ? std::string(data) + "/finance" : "";
}

// Prints a checksum of the cells that are not empty: their number, and the sum of CRCs of
// "row,column:text".
constexpr const char* csv_reader = R"(
import csv, io, sys, zlib
csv.field_size_limit(1 << 30)
raw = open(sys.argv[1], 'rb').read().decode('utf-8-sig', 'strict')
rows = list(csv.reader(io.StringIO(raw, newline='')))
cells = total = filled = 0
for r, row in enumerate(rows):
    row = [c for c in enumerate(row) if c[1]]
    filled += bool(row)
    for c, text in row:
        cells += 1
        total += zlib.crc32(('%d,%d:%s' % (r + 1, c, text)).encode())
print(filled, cells, total)
)";

std::uint32_t crc_of(const std::string& bytes) {
  std::uint32_t crc = 0xFFFFFFFF;
  for (const unsigned char byte : bytes) {
    crc ^= byte;
    for (int bit = 0; bit < 8; ++bit) crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320 : 0);
  }
  return ~crc;
}

std::string sum_of(SheetReader& reader) {
  std::uint64_t rows = 0, cells = 0, total = 0;
  for (SheetRow row; reader.next(row); ++rows)
    for (const auto& cell : row.cells) {
      ++cells;
      total +=
          crc_of(std::to_string(row.number) + "," + std::to_string(cell.column) + ":" + cell.text);
    }
  return std::to_string(rows) + " " + std::to_string(cells) + " " + std::to_string(total) + "\n";
}

TEST(SheetPack, CsvFilesAgreeWithPython) {
  const std::string folder = finance_folder();
  if (folder.empty()) GTEST_SKIP() << "AUSTRAL_DATA is not set";
  if (!has_command("python3")) GTEST_SKIP() << "no python3";
  const FileOf script(csv_reader);
  int seen = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".csv" || entry.file_size() == 0) continue;
    const std::string theirs =
        output_of("python3 " + script.path() + " '" + entry.path().string() + "' 2>/dev/null");
    if (theirs.empty()) continue;  // not UTF-8
    ++seen;
    const auto book = open_workbook(entry.path().string());
    const auto reader = book->open(0);
    EXPECT_EQ(sum_of(*reader), theirs) << entry.path() << " " << book->findings().front().message;
    EXPECT_FALSE(reader->damaged());
  }
  EXPECT_GT(seen, 40);
}

// Prints the same checksum of a workbook's sheet, of texts and numbers as the parts hold them.
constexpr const char* xlsx_reader = R"(
import sys, zipfile, zlib
import xml.etree.ElementTree as tree
n = '{http://schemas.openxmlformats.org/spreadsheetml/2006/main}'
book = zipfile.ZipFile(sys.argv[1])
shared = []
if 'xl/sharedStrings.xml' in book.namelist():
    for si in tree.fromstring(book.read('xl/sharedStrings.xml')):
        shared.append(''.join(t.text or '' for t in si.iter(n + 't')))
rows = cells = total = 0
for row in tree.fromstring(book.read('xl/worksheets/' + sys.argv[2])).iter(n + 'row'):
    filled = 0
    for c in row.iter(n + 'c'):
        v = c.find(n + 'v')
        if v is None or not v.text: continue
        text = shared[int(v.text)] if c.get('t') == 's' else v.text
        if c.get('t') != 's': continue
        if not text: continue
        column = 0
        for letter in c.get('r').rstrip('0123456789'): column = column * 26 + ord(letter) - 64
        filled += 1
        total += zlib.crc32(('%s,%d:%s' % (row.get('r'), column - 1, text)).encode())
    cells += filled
    rows += filled > 0
print(rows, cells, total)
)";

TEST(SheetPack, WordsOfWorkbooksAgreeWithPython) {
  const std::string folder = finance_folder();
  if (folder.empty()) GTEST_SKIP() << "AUSTRAL_DATA is not set";
  if (!has_command("python3")) GTEST_SKIP() << "no python3";
  const FileOf script(xlsx_reader);
  const std::string path = folder + "/Brazil_2005-2011_raw_data.xlsx";
  const auto book = open_workbook(path);
  ASSERT_EQ(book->sheets().size(), 3u);
  EXPECT_TRUE(book->sheets()[0].hidden);
  EXPECT_EQ(book->sheets()[2].name, "Em execução 2011");
  for (std::size_t i = 0; i < 3; ++i) {
    std::uint64_t rows = 0, cells = 0, total = 0;
    const auto reader = book->open(i);
    for (SheetRow row; reader->next(row);) {
      bool filled = false;
      for (const auto& cell : row.cells) {
        if (cell.kind != CellKind::words) continue;
        filled = true;
        ++cells;
        total += crc_of(std::to_string(row.number) + "," + std::to_string(cell.column) + ":" +
                        cell.text);
      }
      rows += filled;
    }
    EXPECT_EQ(
        std::to_string(rows) + " " + std::to_string(cells) + " " + std::to_string(total) + "\n",
        output_of("python3 " + script.path() + " " + path + " sheet" + std::to_string(i + 1) +
                  ".xml"));
    EXPECT_FALSE(reader->damaged());
  }
}

TEST(SheetPack, SaudiArabiaEndsItsLinesWithCarriageReturns) {
  const std::string folder = finance_folder();
  if (folder.empty()) GTEST_SKIP() << "AUSTRAL_DATA is not set";
  const auto book = open_workbook(folder + "/SaudiArabia_TUFFDonorDataset_Level1_v1.0.csv.zip");
  const auto reader = book->open(0);
  SheetRow row;
  ASSERT_TRUE(reader->next(row));
  EXPECT_EQ(row.cells.size(), 66u);  // columns of the header line, by Python's csv
  EXPECT_EQ(row.cells[2].text, "title");
  std::size_t rows = 1;
  while (reader->next(row)) ++rows;
  EXPECT_EQ(rows, 229u);  // 228 carriage returns in the file, the last line ends without one
}

TEST(SheetPack, ArchivesAskWhichTableIsMeant) {
  const std::string folder = finance_folder();
  if (folder.empty()) GTEST_SKIP() << "AUSTRAL_DATA is not set";
  const std::string zip = folder + "/geocoded/UgandaAIMS_GeocodedResearchRelease_Level1_v1.4.1.zip";
  try {
    open_workbook(zip);
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("data/projects.csv"), std::string::npos);
  }
  EXPECT_TRUE(open_workbook(zip + "#projects.csv")->open(0));
  const auto china = open_workbook(folder + "/GlobalChineseOfficialFinanceDataset_v1.0.zip");
  EXPECT_EQ(china->format(), "xlsx");
  const auto reader = china->open(0);
  std::size_t rows = 0;
  for (SheetRow row; reader->next(row);) ++rows;
  EXPECT_GT(rows, 4000u);
}

}  // namespace
}  // namespace austral::sheet
