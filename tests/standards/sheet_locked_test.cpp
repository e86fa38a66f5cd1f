// Files that hold a table and cannot be read, and old workbooks: each with a sentence that says
// what to do. All files are made here.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zip.h>

#include "base/error.hpp"
#include "standards/iati_files.hpp"
#include "standards/sheet_made.hpp"

namespace austral::sheet {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

std::string why_locked(const std::string& bytes) {
  const test::TemporaryFile file(bytes);
  try {
    const auto book = open_workbook(file.path());
    const auto reader = book->open(0);
    for (SheetRow row; reader->next(row);) continue;
    return reader->findings().empty() ? "it was read" : reader->findings().front().message;
  } catch (const Error& error) {
    return error.what();
  }
}

void put(std::string& to, std::size_t at, std::uint64_t value, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) to[at + i] = char(value >> (8 * i));
}

/// A compound file with one stream. Source: [MS-CFB] 2.2, 2.3, 2.6: header, table of sectors,
/// directory, then the stream's sectors.
std::string make_ole(const std::string& name, std::string stream) {
  constexpr std::size_t sector = 512, least = 4096;  // smaller ones would stand in a ministream
  stream.resize(std::max(least, (stream.size() + sector - 1) / sector * sector), '\0');
  const auto sectors = stream.size() / sector;
  std::string file(sector * 3, '\0');
  file.replace(0, 8, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
  put(file, 24, 0x3E, 2), put(file, 26, 3, 2), put(file, 28, 0xFFFE, 2);
  put(file, 30, 9, 2), put(file, 32, 6, 2);
  put(file, 44, 1, 4), put(file, 48, 1, 4), put(file, 56, least, 4);
  put(file, 60, 0xFFFFFFFE, 4), put(file, 68, 0xFFFFFFFE, 4);
  for (std::size_t i = 0; i < 109; ++i) put(file, 76 + 4 * i, i == 0 ? 0 : 0xFFFFFFFF, 4);
  for (std::size_t i = 0; i < 128; ++i) {
    const bool last = i == 1 || i + 1 == sectors + 2;
    const std::uint64_t next = i == 0 ? 0xFFFFFFFD : last ? 0xFFFFFFFE : i + 1;
    put(file, sector + 4 * i, i < sectors + 2 ? next : 0xFFFFFFFF, 4);
  }
  const auto entry = [&](std::size_t n, const std::string& called, int kind, std::uint64_t child,
                         std::uint64_t start, std::uint64_t size) {
    const auto at = 2 * sector + 128 * n;
    for (std::size_t i = 0; i < called.size(); ++i) file[at + 2 * i] = called[i];
    put(file, at + 64, called.empty() ? 0 : 2 * called.size() + 2, 2);
    file[at + 66] = char(kind), file[at + 67] = 1;
    put(file, at + 68, 0xFFFFFFFF, 4), put(file, at + 72, 0xFFFFFFFF, 4);
    put(file, at + 76, child, 4), put(file, at + 116, start, 4), put(file, at + 120, size, 8);
  };
  entry(0, "Root Entry", 5, 1, 0xFFFFFFFE, 0);
  entry(1, name, 2, 0xFFFFFFFF, 2, stream.size());
  entry(2, "", 0, 0xFFFFFFFF, 0, 0), entry(3, "", 0, 0xFFFFFFFF, 0, 0);
  return file + stream;
}

std::string number_bytes(std::uint64_t value, std::size_t size) {
  std::string out(size, '\0');
  put(out, 0, value, size);
  return out;
}

std::string record(unsigned kind, const std::string& bytes) {
  return number_bytes(kind, 2) + number_bytes(bytes.size(), 2) + bytes;
}

// Source: [MS-XLS] 2.4.21 (BOF), 2.4.28 (BoundSheet8), 2.4.117 (FilePass); BIFF 5 writes texts as
// bytes of its code page.
std::string make_biff(unsigned version, bool locked) {
  const auto bof = [&](unsigned kind) {
    return record(0x809, number_bytes(version, 2) + number_bytes(kind, 2) + std::string(4, '\0'));
  };
  std::string globals = bof(5);
  if (locked) globals += record(0x2F, std::string(6, '\1'));
  globals += record(0x42, number_bytes(1251, 2));
  const std::string name = "S";
  const auto bound = [&](std::uint64_t at) {
    return record(0x85, number_bytes(at, 4) + std::string(2, '\0') + number_bytes(1, 1) +
                            (version == 0x600 ? std::string(1, '\0') : "") + name);
  };
  const std::string end = record(0x0A, "");
  const auto size = globals.size() + bound(0).size() + end.size();
  std::string sheet = bof(0x10);
  const std::string text = "\xCC\xE0\xEB\xE8";  // Мали in windows-1251
  sheet += record(0x204, std::string(6, '\0') + number_bytes(4, 2) + text);
  std::string number = number_bytes(0x3FF8000000000000, 8);  // 1.5
  sheet += record(0x203, number_bytes(0, 2) + number_bytes(1, 2) + number_bytes(0, 2) + number);
  return globals + bound(size) + end + sheet + end;
}

TEST(SheetLocked, passwords_are_named_with_the_remedy) {
  EXPECT_THAT(why_locked(make_ole("EncryptedPackage", "x")),
              AllOf(HasSubstr("password"), HasSubstr("save it without one")));
  EXPECT_THAT(why_locked(make_ole("Workbook", make_biff(0x600, true))),
              AllOf(HasSubstr("password"), HasSubstr("save it without one")));
  EXPECT_THAT(why_locked(austral::made::zip_parts(
                  {{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"},
                   {"META-INF/manifest.xml", "<manifest><encryption-data/></manifest>"},
                   {"content.xml", "\1\2\3"}})),
              AllOf(HasSubstr("password"), HasSubstr("save it without one")));
}

TEST(SheetLocked, an_archive_with_a_password) {
  const test::TemporaryFile file;
  int code = 0;
  auto* archive = zip_open(file.path().c_str(), ZIP_CREATE | ZIP_TRUNCATE, &code);
  ASSERT_NE(archive, nullptr);
  const std::string table = "a,b\n1,2\n";
  auto* source = zip_source_buffer(archive, table.data(), table.size(), 0);
  const auto member = zip_file_add(archive, "t.csv", source, 0);
  ASSERT_GE(member, 0);
  ASSERT_EQ(zip_file_set_encryption(archive, zip_uint64_t(member), ZIP_EM_AES_256, "secret"), 0);
  ASSERT_EQ(zip_close(archive), 0);
  std::string said;
  try {
    const auto reader = open_workbook(file.path())->open(0);
    for (SheetRow row; reader->next(row);) continue;
    for (const auto& finding : reader->findings()) said += finding.message;
  } catch (const Error& error) {
    said = error.what();
  }
  EXPECT_THAT(said, AllOf(HasSubstr("encrypted"), HasSubstr("unpack it with its password")));
}

TEST(SheetLocked, workbooks_of_excel_5_are_read) {
  const test::TemporaryFile file(make_ole("Book", make_biff(0x500, false)));
  const auto book = open_workbook(file.path());
  ASSERT_EQ(book->sheets().size(), 1u);
  EXPECT_EQ(book->sheets()[0].name, "S");
  const auto reader = book->open(0);
  SheetRow row;
  ASSERT_TRUE(reader->next(row));
  ASSERT_EQ(row.cells.size(), 2u);
  EXPECT_EQ(row.cells[0].text, "Мали");
  EXPECT_EQ(row.cells[1].text, "1.5");
  EXPECT_FALSE(reader->next(row));
}

TEST(SheetLocked, older_and_other_files_say_what_to_do) {
  for (const auto& head : {std::string("\x09\0\4\0\2\0\x10\0", 8),        // BIFF 2
                           std::string("\x09\2\6\0\0\3\x10\0\0\0", 10),   // BIFF 3
                           std::string("\x09\4\6\0\0\4\x10\0\0\0", 10)})  // BIFF 4
    EXPECT_THAT(why_locked(head + std::string(100, '\1')),
                AllOf(HasSubstr("Excel 4 or older"), HasSubstr("save it as .xlsx")));
  EXPECT_THAT(why_locked(make_ole("Book", record(0x809, number_bytes(0x400, 2)))),
              HasSubstr("save it as .xlsx"));
  EXPECT_THAT(why_locked("<html><body><table><tr><td>a</td></tr></table></body></html>"),
              AllOf(HasSubstr("web page"), HasSubstr("save it as .xlsx")));
  EXPECT_THAT(why_locked("MIME-Version: 1.0\nContent-Type: multipart/related\n"),
              AllOf(HasSubstr("MHTML"), HasSubstr("save it as .xlsx")));
  EXPECT_THAT(why_locked("<?xml version=\"1.0\"?>\n<?mso-application progid=\"Excel.Sheet\"?>\n"
                         "<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"/>"),
              AllOf(HasSubstr("2003"), HasSubstr("save it as .xlsx")));
  EXPECT_THAT(why_locked("<?xml version=\"1.0\"?><office:document/>"), HasSubstr(".fods"));
  EXPECT_THAT(why_locked(austral::made::zip_parts(
                  {{"[Content_Types].xml", "<Types/>"}, {"xl/workbook.bin", "\1\2"}})),
              AllOf(HasSubstr(".xlsb"), HasSubstr("save it as .xlsx")));
  EXPECT_THAT(why_locked("%PDF-1.7"), HasSubstr("ask for the spreadsheet"));
}

}  // namespace
}  // namespace austral::sheet
