// The schema's judgement beside libxml2's, on files broken at random: the verdicts must be the
// same.
#include <gtest/gtest.h>

#include <array>
#include <random>

#include "standards/validation/lexical.hpp"
#include "standards/validation_sample.hpp"

namespace austral::validation {
namespace {

namespace fs = std::filesystem;
using Random = std::mt19937;

std::size_t pick(Random& random, std::size_t below) {
  return std::uniform_int_distribution<std::size_t>(0, below - 1)(random);
}

std::string read_all(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

/// An element of a text: from its `<` to behind its end tag.
struct Range {
  std::size_t begin, end, tag_end;
};

/// All elements in the order of their ends; the text must be well-formed.
std::vector<Range> find_elements(const std::string& text) {
  std::vector<Range> done, open;
  for (std::size_t at = 0; (at = text.find('<', at)) != std::string::npos;) {
    if (text.compare(at, 4, "<!--") == 0) {
      at = text.find("-->", at) + 3;
      continue;
    }
    const std::size_t close = text.find('>', at) + 1;
    if (text[at + 1] == '/') {
      open.back().end = close;
      done.push_back(open.back());
      open.pop_back();
    } else if (text[at + 1] != '?' && text[at + 1] != '!') {
      open.push_back({at, close, close});
      if (text[close - 2] == '/') {
        done.push_back(open.back());
        open.pop_back();
      }
    }
    at = close;
  }
  return done;
}

// Written as the schema's types are and are not: each stands in attributes and in elements.
const std::vector<std::string> lexical_samples = {"",
                                                  " ",
                                                  "1",
                                                  "0",
                                                  "-1",
                                                  "+5",
                                                  "01",
                                                  "1.5",
                                                  ".5",
                                                  "5.",
                                                  ".",
                                                  "-",
                                                  "1e3",
                                                  "1,000",
                                                  "NaN",
                                                  "INF",
                                                  "2147483647",
                                                  "2147483648",
                                                  "-2147483648",
                                                  "-2147483649",
                                                  "123456789012345678901234",
                                                  "1234567890123456789012345",
                                                  "0.123456789012345678901234567",
                                                  "true",
                                                  "TRUE",
                                                  "false",
                                                  "yes",
                                                  "2014-01-01",
                                                  " 2014-01-01 ",
                                                  "2014-1-1",
                                                  "2014-02-29",
                                                  "2016-02-29",
                                                  "0000-01-01",
                                                  "-0001-01-01",
                                                  "12014-01-01",
                                                  "012014-01-01",
                                                  "2014-01-01Z",
                                                  "2014-01-01+14:00",
                                                  "2014-01-01+14:01",
                                                  "2014-01-01-15:00",
                                                  "2014-13-01",
                                                  "2014-01-32",
                                                  "2014-01-01T00:00:00",
                                                  "2014-01-01T24:00:00",
                                                  "2014-01-01T24:00:01",
                                                  "2014-01-01T23:59:60",
                                                  "2014-01-01T12:00:00.",
                                                  "2014-01-01T12:00:00.123456Z",
                                                  "2014-01-01T12:00",
                                                  "2014-01-01 12:00:00",
                                                  "2014",
                                                  "20140101",
                                                  "en",
                                                  "EN",
                                                  "en-GB",
                                                  "en_GB",
                                                  "x",
                                                  "toolonglang",
                                                  "en-toolongsub",
                                                  "e1",
                                                  "pt-BR-1234",
                                                  "-en",
                                                  "en-",
                                                  "http://example.org/",
                                                  "http://example.org/a b",
                                                  "http://example.org/%zz",
                                                  "%20",
                                                  "%",
                                                  "http://example.org/#a#b",
                                                  "http://example.org:80/",
                                                  "http://example.org:/",
                                                  "http://example.org:x/",
                                                  "http://example.org:99999999999/",
                                                  "http://[::1]/",
                                                  "http://[::1",
                                                  "a:b:c",
                                                  "1a:b",
                                                  "//host",
                                                  "//",
                                                  "http://",
                                                  "http:///a",
                                                  "mailto:a@b",
                                                  "?q",
                                                  "#f",
                                                  "a[b]",
                                                  "http://us er@host/",
                                                  "http://u@h@i/",
                                                  "\xC3\xA9t\xC3\xA9",
                                                  "a\\b",
                                                  "&lt;a&gt;",
                                                  "a&amp;b",
                                                  "http://example.org/?a=[1]",
                                                  "word",
                                                  "two words",
                                                  "a.b-c_d",
                                                  "\xE2\x82\xAC"};

/// Another attribute of the element that begins at `one`.
std::string add_attribute(const std::string& text, const Range& one, std::size_t name_end,
                          const std::string& value, Random& random) {
  static const std::array<std::string, 10> added = {
      " colour=\"1\"",
      " xml:lang=\"@\"",
      " xmlns:o=\"urn:o\" o:a=\"1\"",
      " xml:space=\"@\"",
      " xml:base=\"@\"",
      " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
      "xsi:schemaLocation=\"a b\"",
      " percentage=\"@\"",
      " code=\"@\"",
      " iso-date=\"@\"",
      " xmlns=\"urn:o\""};
  std::string more = added[pick(random, added.size())];
  const auto name = more.substr(1, more.find('=') - 1);
  if (text.substr(one.begin, one.tag_end - one.begin).find(" " + name + "=") != text.npos)
    return text;
  if (const auto at = more.find('@'); at != more.npos) more.replace(at, 1, value);
  return std::string(text).insert(name_end, more);
}

std::string mutate(const std::string& text, Random& random) {
  auto elements = find_elements(text);
  if (elements.size() < 2) return text;
  elements.pop_back();  // the root
  const Range one = elements[pick(random, elements.size())];
  const Range two = elements[pick(random, elements.size())];
  const std::string whole = text.substr(one.begin, one.end - one.begin);
  const std::string& value = lexical_samples[pick(random, lexical_samples.size())];
  const std::size_t name_end = text.find_first_of(" \t\n/>", one.begin);
  std::string out = text;
  switch (pick(random, 9)) {
    case 0:  // gone
      return out.erase(one.begin, one.end - one.begin);
    case 1:  // twice
      return out.insert(one.end, whole);
    case 2:  // copied to some other place
      return out.insert(two.begin, whole);
    case 3: {  // an attribute's value
      const auto quote = text.find('"', one.begin);
      if (quote > one.tag_end) return out;
      const auto close = text.find('"', quote + 1);
      return out.replace(quote + 1, close - quote - 1, value);
    }
    case 4: {  // an attribute's name
      const auto equals = text.find('=', name_end);
      if (equals > one.tag_end) return out;
      return out.insert(equals, "x");
    }
    case 5: return add_attribute(text, one, name_end, value, random);
    case 6:  // text
      if (text[one.tag_end - 2] == '/') return out;
      return out.insert(one.tag_end, value);
    case 7: {  // an element of another namespace, with one of ours inside
      if (text[one.tag_end - 2] == '/') return out;
      const std::string inside = pick(random, 2) ? whole : value;
      const std::string stranger = "<o:x xmlns:o=\"urn:o\">" + inside + "</o:x>";
      return out.insert(pick(random, 2) ? one.tag_end : one.end, stranger);
    }
    default:  // what the element holds
      if (text[one.tag_end - 2] == '/') return out;
      return out.replace(one.tag_end, text.rfind("</", one.end) - one.tag_end, value);
  }
}

/// A folder that is gone at the end.
struct Folder {
  Folder() : path(fs::temp_directory_path() / ("austral_libxml2_" + std::to_string(getpid()))) {
    fs::create_directories(path);
  }
  ~Folder() { fs::remove_all(path); }
  fs::path path;
};

/// What xmllint says of each file: `name.xml validates` or `name.xml fails to validate`.
std::vector<int> ask_libxml2(const Folder& folder, const std::string& schema, std::size_t files) {
  const std::string said = (folder.path / "said").string();
  const std::string command = "cd " + folder.path.string() +
                              " && ls *.xml | xargs xmllint --noout" + " --schema " + schema +
                              " 2>" + said;
  if (std::system(command.c_str()) == -1) return {};
  std::vector<int> verdicts(files, -1);
  std::ifstream in(said);
  for (std::string line; std::getline(in, line);) {
    const auto space = line.find(' ');
    const std::string rest = space == line.npos ? "" : line.substr(space + 1);
    if (rest != "validates" && rest != "fails to validate") continue;
    verdicts[std::stoul(line.substr(0, line.find('.')))] = rest == "validates";
  }
  return verdicts;
}

/// Small files that libxml2 finds valid, by their version and root.
std::vector<std::string> find_seeds(const std::string& data, const std::string& version,
                                    const std::string& root) {
  std::vector<std::string> seeds;
  for (const auto& row : sample::read_rows(data + "/iati-validity.tsv")) {
    if (row.size() < 5 || row[2] != root || row[3] != version || row[4] != "valid") continue;
    std::string text = read_all(data + "/" + row[0]);
    const bool plain = text.find("<![CDATA[") == text.npos && text.find("'") == text.npos;
    if (plain && text.size() < 60'000) seeds.push_back(std::move(text));
  }
  return seeds;
}

class ValidationBesideLibxml2 : public testing::TestWithParam<std::string> {};

TEST_P(ValidationBesideLibxml2, JudgesBrokenFilesAlike) {
  const std::string data = sample::data_folder();
  if (data.empty()) GTEST_SKIP() << "AUSTRAL_DATA names no folder of published data";
  if (std::system("xmllint --version 2>/dev/null") != 0) GTEST_SKIP() << "there is no xmllint";
  const std::string kind = GetParam().substr(0, GetParam().find(' '));
  const std::string version = GetParam().substr(GetParam().find(' ') + 1);
  const auto seeds = find_seeds(data, version, "iati-" + kind);
  if (seeds.empty()) GTEST_SKIP() << "no valid small file of this version";
  const Folder folder;
  constexpr std::size_t files = 400;
  Random random(20261124);
  for (std::size_t i = 0; i < files; ++i) {
    std::string text = seeds[pick(random, seeds.size())];
    for (std::size_t times = 1 + pick(random, 2); times > 0; --times) text = mutate(text, random);
    std::ofstream(folder.path / (std::to_string(i) + ".xml"), std::ios::binary) << text;
  }
  const auto theirs = ask_libxml2(
      folder,
      data + "/iati-standard/schemas-all-versions/" + version + "/iati-" + kind + "-schema.xsd",
      files);
  ASSERT_EQ(theirs.size(), files);
  std::size_t valid = 0, invalid = 0;
  for (std::size_t i = 0; i < files; ++i) {
    if (theirs[i] < 0) continue;  // a file that libxml2 refuses to parse
    const std::string path = (folder.path / (std::to_string(i) + ".xml")).string();
    JudgeOptions options;
    options.as_version = version;
    options.workers = 1;
    const auto found = sample::judge_path(path, options);
    const bool good = found.count("0.3.1") + found.count("0.2.1") + found.count("0.1.1") == 0;
    (theirs[i] == 1 ? valid : invalid) += 1;
    EXPECT_EQ(good, theirs[i] == 1)
        << (found.lines.empty() ? "" : found.lines.back().message) << "\n"
        << (good == (theirs[i] == 1) ? "" : read_all(path));
  }
  EXPECT_GT(valid, 30u);
  EXPECT_GT(invalid, 100u);
}

INSTANTIATE_TEST_SUITE_P(Versions, ValidationBesideLibxml2,
                         testing::Values("activities 1.01", "activities 1.03", "activities 1.04",
                                         "activities 1.05", "activities 2.01", "activities 2.02",
                                         "activities 2.03", "organisations 2.01",
                                         "organisations 2.02", "organisations 2.03"),
                         [](const auto& info) {
                           std::string name = info.param;
                           for (char& c : name)
                             if (c == ' ' || c == '.') c = '_';
                           return name;
                         });

}  // namespace
}  // namespace austral::validation
