// Every encoding and wrapping of a file gives the same UTF-8; nothing is replaced silently.
#include <gmock/gmock.h>
#include <unicode/ucnv.h>
#include <zip.h>
#include <zlib.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "standards/bytes.hpp"
#include "standards/iati_files.hpp"

namespace austral::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const std::string title = "Caf\u00e9 \u2013 \u20ac";

std::string sample(const std::string& encoding, const std::string& words) {
  return "<?xml version=\"1.0\"" + (encoding.empty() ? "" : " encoding=\"" + encoding + "\"") +
         "?>\n" +
         "<iati-activities version=\"2.03\"><iati-activity><iati-identifier>E</iati-identifier>"
         "<title><narrative>" +
         words + "</narrative></title></iati-activity></iati-activities>";
}

std::string encoded(const std::string& utf8, const char* encoding) {
  UErrorCode error = U_ZERO_ERROR;
  std::string out(utf8.size() * 4 + 16, '\0');
  const auto size = ucnv_convert(encoding, "UTF-8", out.data(), int32_t(out.size()), utf8.data(),
                                 int32_t(utf8.size()), &error);
  EXPECT_TRUE(U_SUCCESS(error));
  out.resize(std::size_t(size));
  return out;
}

std::string gzipped(const std::string& content) {
  z_stream stream{};
  deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, content.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(content.data()));
  stream.avail_in = uInt(content.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = uInt(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

void make_zip(const std::string& path,
              const std::vector<std::pair<std::string, std::string>>& members) {
  std::filesystem::remove(path);
  zip_t* archive = zip_open(path.c_str(), ZIP_CREATE, nullptr);
  ASSERT_TRUE(archive);
  for (const auto& [name, content] : members) {
    zip_source_t* source = zip_source_buffer(archive, content.data(), content.size(), 0);
    zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8);
  }
  ASSERT_EQ(zip_close(archive), 0);
}

struct Written {
  const char* declared;
  const char* encoding;
  const char* mark;
  std::size_t mark_size;
};
class IatiEncoding : public testing::TestWithParam<Written> {};

TEST_P(IatiEncoding, is_read) {
  const auto& how = GetParam();
  const std::string bytes =
      std::string(how.mark, how.mark_size) + encoded(sample(how.declared, title), how.encoding);
  const auto whole = read_text(bytes);
  EXPECT_FALSE(whole.damaged) << (whole.findings.empty() ? "" : whole.findings[0].message);
  ASSERT_EQ(whole.readings.size(), 1u);
  EXPECT_EQ(whole.record().title.at(0).text, title);
  EXPECT_FALSE(whole.find("encoding.bytes"));
}

INSTANTIATE_TEST_SUITE_P(
    Bytes, IatiEncoding,
    testing::Values(Written{"", "UTF-8", "", 0}, Written{"UTF-8", "UTF-8", "\xEF\xBB\xBF", 3},
                    Written{"UTF-16", "UTF-16LE", "\xFF\xFE", 2},
                    Written{"UTF-16", "UTF-16BE", "\xFE\xFF", 2},
                    Written{"UTF-16", "UTF-16LE", "", 0}, Written{"", "UTF-16BE", "", 0},
                    Written{"UTF-32", "UTF-32LE", "\xFF\xFE\0\0", 4},
                    Written{"UTF-32", "UTF-32BE", "\0\0\xFE\xFF", 4},
                    Written{"", "UTF-32LE", "", 0}, Written{"", "UTF-32BE", "", 0},
                    Written{"windows-1252", "windows-1252", "", 0},
                    Written{"ISO-8859-1", "windows-1252", "", 0}));

TEST(IatiBytes, latin_1_and_other_declared_encodings) {
  const auto latin = read_text(encoded(sample("ISO-8859-1", "Cooperaci\u00f3n"), "ISO-8859-1"));
  EXPECT_EQ(latin.record().title.at(0).text, "Cooperaci\u00f3n");
  const auto cyrillic =
      read_text(encoded(sample("windows-1251", "\u041c\u0438\u0440"), "windows-1251"));
  EXPECT_EQ(cyrillic.record().title.at(0).text, "\u041c\u0438\u0440");
}

TEST(IatiBytes, wrong_utf_8_is_read_as_windows_1252_and_reported_with_its_line) {
  const auto whole = read_text(sample("UTF-8", "Cooperaci\xF3n \x96 \u00e9 \xE9"));
  EXPECT_FALSE(whole.damaged);
  EXPECT_EQ(whole.record().title.at(0).text, "Cooperaci\u00f3n \u2013 \u00e9 \u00e9");
  ASSERT_TRUE(whole.find("encoding.bytes"));
  EXPECT_THAT(whole.find("encoding.bytes")->place, HasSubstr("line 2, column"));
  ASSERT_TRUE(whole.find("encoding.bytes.count"));
  EXPECT_THAT(whole.find("encoding.bytes.count")->message, HasSubstr("3 places"));
}

TEST(IatiBytes, a_wrong_declaration_is_reported) {
  const auto single = read_text(sample("UTF-16", "caf\u00e9"));
  EXPECT_EQ(single.record().title.at(0).text, "caf\u00e9");
  EXPECT_TRUE(single.find("encoding.declared"));
  EXPECT_TRUE(read_text(sample("klingon", "x")).find("encoding.declared"));
}

TEST(IatiBytes, a_declaration_of_any_bytes_is_shown_as_text) {
  // The 40th byte stands inside a letter: what is shown must be cut before it.
  for (const std::string start : {"klingon", "utf-16"})
    for (const std::string letter : {"\xC3\xA9", "\xFF"}) {
      std::string name = start;
      for (int i = 0; i < 60; ++i) name += letter;
      const auto read = read_text(sample(name, "x"));
      ASSERT_TRUE(read.find("encoding.declared"));
      EXPECT_TRUE(is_valid_utf8(read.find("encoding.declared")->message));
    }
}

TEST(IatiBytes, wide_characters_survive_block_borders) {
  std::string words;
  for (int i = 0; i < 400000; ++i) words += i % 7 ? "\U0001F33E" : "\u4e2da";
  const std::string content = sample("", words);
  for (const char* encoding : {"UTF-8", "UTF-16LE", "UTF-32BE", "GB18030"}) {
    const bool named = std::string(encoding) == "GB18030";
    const auto whole = read_text(encoded(named ? sample("GB18030", words) : content, encoding));
    ASSERT_EQ(whole.readings.size(), 1u) << encoding;
    EXPECT_TRUE(whole.record().title.at(0).text == words) << encoding;
    EXPECT_FALSE(whole.find("encoding.bytes")) << encoding;
  }
}

TEST(IatiBytes, gzip_with_several_members_and_padding) {
  const std::string content = sample("UTF-8", title);
  const std::size_t half = content.size() / 2;
  const auto whole = read_text(gzipped(content.substr(0, half)) + gzipped(content.substr(half)) +
                               std::string(512, '\0'));
  EXPECT_FALSE(whole.damaged);
  EXPECT_EQ(whole.record().title.at(0).text, title);
}

TEST(IatiBytes, a_cut_gzip_gives_what_it_holds) {
  std::string inside;
  for (int i = 0; i < 20000; ++i)
    inside += "<iati-activity><iati-identifier>N" + std::to_string(i * 7919) +
              "</iati-identifier></iati-activity>";
  const std::string packed = gzipped(with_root(inside));
  const auto whole = read_text(std::string_view(packed).substr(0, packed.size() / 2));
  EXPECT_TRUE(whole.damaged);
  EXPECT_GT(whole.readings.size(), 5000u);
  EXPECT_TRUE(whole.find("gzip.damaged"));
  std::string bad = packed;
  bad[bad.size() / 2] = char(bad[bad.size() / 2] ^ 0xFF);
  EXPECT_TRUE(read_text(bad).damaged);
}

/// All that `bytes` gives, a document a line.
std::string all_of(standards::Bytes bytes) {
  std::string all;
  while (bytes.next_document()) {
    std::vector<char> block(64 * 1024);
    while (const auto got = bytes.read(block.data(), block.size())) all.append(block.data(), got);
    all += "\n";
  }
  for (const auto& notice : bytes.take_notices()) all += notice.finding.rule + "\n";
  return all;
}

/// A stream that gives `content` in pieces of `step` bytes.
standards::Pull stream_of(const std::string& content, std::size_t step) {
  return [content, step, at = std::size_t(0)](char* out, std::size_t capacity) mutable {
    const auto size = std::min({step, capacity, content.size() - at});
    std::copy_n(content.data() + at, size, out);
    at += size;
    return size;
  };
}

TEST(IatiBytes, a_stream_gives_what_the_file_gives) {
  const TemporaryFile zipped;
  make_zip(zipped.path(), {{"one.xml", sample("UTF-8", "first")},
                           {"two.xml", encoded(sample("UTF-16", title), "UTF-16LE")}});
  const auto large = sample("UTF-8", std::string(300'000, 'x'));
  for (const std::string& content :
       {std::string(), std::string("<"), sample("", title), gzipped(large),
        gzipped(large).substr(0, 99), encoded(sample("UTF-16", title), "UTF-16BE"),
        content_of(zipped.path())}) {
    const TemporaryFile file(content);
    const auto expected = all_of(standards::Bytes(file.path()));
    for (const std::size_t step : {1, 3, 4096, 1 << 20})
      EXPECT_EQ(all_of(standards::Bytes(stream_of(content, step))), expected) << content.size();
  }
}

TEST(IatiBytes, zip_members_one_after_another) {
  const TemporaryFile file;
  make_zip(file.path(), {{"one.xml", sample("UTF-8", "first")},
                         {"readme.txt", "hello"},
                         {"folder/broken.xml", "<iati-activities>"},
                         {"__MACOSX/._one.xml", "rubbish"},
                         {"two.XML", encoded(sample("UTF-16", "second"), "UTF-16LE")}});
  const auto whole = read_whole(file.path());
  ASSERT_EQ(whole.readings.size(), 2u);
  EXPECT_EQ(whole.record(0).title.at(0).text, "first");
  EXPECT_EQ(whole.record(1).title.at(0).text, "second");
  EXPECT_TRUE(whole.damaged);
  EXPECT_THAT(whole.find("xml.truncated")->place, HasSubstr("folder/broken.xml, line 1"));
  ASSERT_TRUE(whole.find("zip.other_members"));
  EXPECT_THAT(whole.find("zip.other_members")->message, HasSubstr("readme.txt"));
  EXPECT_EQ(standards::recognise_format(file.path()).name, "iati");
}

TEST(IatiBytes, a_zip_without_xml_names_its_members) {
  const TemporaryFile file;
  make_zip(file.path(), {{"table.csv", "a,b"}});
  const auto whole = read_whole(file.path());
  EXPECT_TRUE(whole.damaged);
  ASSERT_TRUE(whole.find("zip.no_xml"));
  EXPECT_THAT(whole.find("zip.no_xml")->message, HasSubstr("table.csv"));
}

TEST(IatiBytes, a_missing_file_is_not_found) {
  const TemporaryFile file;
  EXPECT_THROW(read_whole(file.path() + ".none"), Error);
  EXPECT_THROW(read_whole(std::filesystem::temp_directory_path().string()), Error);
}

}  // namespace
}  // namespace austral::test
