// The published sheets of the data pack hold, cell by cell, what Python's own csv and zip find in
// them.
#include <gtest/gtest.h>

#include <algorithm>
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

// Prints rows, columns and the sum of lengths of the plain values of a list of objects.
constexpr const char* json_reader = R"(
import json, sys
rows = json.load(open(sys.argv[1], encoding='utf-8'))
if isinstance(rows, dict): rows = next(v for v in rows.values() if isinstance(v, list))
plain = lambda v: isinstance(v, str) and v != ''
print(len(rows), sum(len(v.encode()) for r in rows for v in r.values() if plain(v)),
      sum(1 for r in rows for v in r.values() if plain(v)))
)";

TEST(SheetPack, JsonListsAgreeWithPython) {
  const std::string folder = finance_folder();
  if (folder.empty()) GTEST_SKIP() << "AUSTRAL_DATA is not set";
  if (!has_command("python3")) GTEST_SKIP() << "no python3";
  const FileOf script(json_reader);
  for (const char* name : {"/../ssc/undp_ssc_may2016.json", "/../ssc/undp_ssc_june2015.json",
                           "/OCHA-DAP+hdx-scraper-gcf/tests/fixtures/input/v1-projects.json"}) {
    const auto book = open_workbook(folder + name);
    EXPECT_EQ(book->format(), "json");
    const auto reader = book->open(0);
    SheetRow row;
    ASSERT_TRUE(reader->next(row));
    std::vector<bool> top;  // columns that are not inside of another field
    for (const auto& cell : row.cells)
      top.push_back(std::none_of(row.cells.begin(), row.cells.end(),
                                 [&](const SheetCell& other) {
                                   return cell.text.size() > other.text.size() &&
                                          cell.text.starts_with(other.text + ".");
                                 }) &&
                    cell.text.find('.') == std::string::npos);
    std::uint64_t rows = 0, bytes = 0, cells = 0;
    for (; reader->next(row); ++rows)
      for (const auto& cell : row.cells)
        if (cell.kind == CellKind::words && top[cell.column]) bytes += cell.text.size(), ++cells;
    EXPECT_EQ(
        std::to_string(rows) + " " + std::to_string(bytes) + " " + std::to_string(cells) + "\n",
        output_of("python3 " + script.path() + " " + folder + name))
        << name;
    EXPECT_TRUE(reader->findings().empty());
  }
}

// Walks the records of an old workbook as they stand in its file, whose sectors are in order, and
// leaves out cells whose shared text is empty.
constexpr const char* xls_reader = R"(
import struct, sys
raw = open(sys.argv[1], 'rb').read()
at = raw.index(bytes.fromhex('0908100000060500'))
records = []
while at + 4 <= len(raw):
    kind, size = struct.unpack_from('<HH', raw, at)
    if kind == 0 and size == 0: break
    records.append((kind, raw[at + 4:at + 4 + size]))
    at += 4 + size
kinds = [kind for kind, body in records]
first = kinds.index(0xFC)
pieces = [records[first][1]]
while kinds[first + len(pieces)] == 0x3C: pieces.append(records[first + len(pieces)][1])
piece, at = 0, 8
def take(n):
    global piece, at
    out = b''
    while len(out) < n:
        if at == len(pieces[piece]): piece, at = piece + 1, 0
        part = pieces[piece][at:at + n - len(out)]
        out += part
        at += len(part)
    return int.from_bytes(out, 'little')
empty = set()
for i in range(struct.unpack_from('<I', pieces[0], 4)[0]):
    units, flags = take(2), take(1)
    if units == 0: empty.add(i)
    behind = (4 * take(2) if flags & 8 else 0) + (take(4) if flags & 4 else 0)
    while units:
        if at == len(pieces[piece]): flags = take(1)
        wide = 1 + (flags & 1)
        part = min(units, (len(pieces[piece]) - at) // wide)
        at += part * wide
        units -= part
    if behind: take(behind)
cells = 0
for kind, body in records:
    if kind in (0x203, 0x27E, 0x204, 0x205, 0x06): cells += 1
    if kind == 0xFD: cells += struct.unpack_from('<I', body, 6)[0] not in empty
    if kind == 0xBD: cells += (len(body) - 6) // 6
print(kinds.count(0x85), cells)
)";

TEST(SheetPack, AnOldWorkbookHasTheCellsOfItsRecords) {
  const std::string folder = finance_folder();
  if (folder.empty()) GTEST_SKIP() << "AUSTRAL_DATA is not set";
  if (!has_command("python3")) GTEST_SKIP() << "no python3";
  const std::string path =
      folder + "/../reference/dgrtwo+unvotes/data-raw/descriptions1-70latestversion.xls";
  const auto book = open_workbook(path);
  EXPECT_EQ(book->format(), "xls");
  std::uint64_t cells = 0;
  for (std::size_t i = 0; i < book->sheets().size(); ++i) {
    const auto reader = book->open(i);
    for (SheetRow row; reader->next(row);) cells += row.cells.size();
    EXPECT_FALSE(reader->damaged());
  }
  const FileOf script(xls_reader);
  EXPECT_EQ(std::to_string(book->sheets().size()) + " " + std::to_string(cells) + "\n",
            output_of("python3 " + script.path() + " " + path));
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
