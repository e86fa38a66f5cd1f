// The engine of validation: places, root, threads, chunks, bounded tables, and what reports say.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <zip.h>

#include <boost/json.hpp>
#include <set>

#include "standards/validation_sample.hpp"

namespace austral::validation {
namespace {

using sample::Collector;
using sample::judge_text;
using testing::HasSubstr;

std::string fixture() {
  return std::string(AUSTRAL_SOURCE_DIR) + "/tests/data/validation/faults.xml";
}

const std::string good_activity =
    "<iati-activity><iati-identifier>X-1</iati-identifier>"
    "<reporting-org ref=\"X\" type=\"10\"><narrative>X</narrative></reporting-org>"
    "<title><narrative>T</narrative></title><description><narrative>D</narrative></description>"
    "<participating-org role=\"1\" ref=\"X\"/><activity-status code=\"2\"/>"
    "<activity-date type=\"2\" iso-date=\"2015-01-01\"/></iati-activity>";

std::string file_of(const std::string& inside, const std::string& attributes = "") {
  return "<iati-activities version=\"2.03\"" + attributes + ">" + inside + "</iati-activities>";
}

const Collector::Line* find(const Collector& found, const std::string& message) {
  for (const auto& line : found.lines)
    if (line.message.find(message) != std::string::npos) return &line;
  return nullptr;
}

std::vector<std::string> ids(const Collector& found) {
  std::set<std::string> all;
  for (const auto& line : found.lines)
    if (line.weight == Weight::critical) all.insert(line.id);
  return {all.begin(), all.end()};
}

TEST(ValidationEngine, SaysWhereAndWhat) {
  const auto found = sample::judge_path(fixture());
  struct Expected {
    std::string message;
    std::uint64_t line, column;
    std::string where, found;
  };
  // Counted by hand in the fixture.
  for (const Expected& expected : std::vector<Expected>{
           {"'generated-datetime' of <iati-activities> is not a date", 2, 1, "the root element",
            "yesterday"},
           {"text stands directly inside <title>", 6, 12, "the title", "Wells in the dry zone"},
           {"<activity-status> stands at the wrong place", 8, 5, "the activity status", ""},
           {"'iso-date' of <activity-date> is not a date", 10, 29, "the activity date",
            "01/02/2015"},
           {"<value> does not hold a number", 14, 7, "the first transaction's value", "1,000"},
           {"'iso-date' of <transaction-date> is not a date", 18, 25,
            "the second transaction's date", "2015-02-30"},
           {"'value-date' of <value> is not a date", 19, 14, "the second transaction's value date",
            "2015-02-30"},
           {"'curency' does not belong to <value>", 19, 38,
            "the second transaction's value's curency", "USD"},
           {"<colour> is not an element of <transaction>", 20, 7, "the second transaction's colour",
            ""},
           {"<iati-identifier> is missing in <iati-activity>", 23, 3, "the activity", ""},
           {"'ref' is missing in <reporting-org>", 24, 46, "the reporting organisation", ""}}) {
    const auto* line = find(found, expected.message);
    ASSERT_TRUE(line) << expected.message;
    EXPECT_EQ(line->line, expected.line) << expected.message;
    EXPECT_EQ(line->column, expected.column) << expected.message;
    EXPECT_EQ(line->where, expected.where);
    EXPECT_EQ(line->found, expected.found);
    EXPECT_FALSE(line->remedy.empty()) << expected.message;
  }
  EXPECT_EQ(find(found, "'curency'")->remedy, "Write 'currency'");
  EXPECT_EQ(find(found, "<value> does not")->identifier, "XM-EX-1");
}

TEST(ValidationEngine, KnowsTheFileAroundTheActivities) {
  EXPECT_TRUE(ids(judge_text(file_of(good_activity))).empty());
  EXPECT_EQ(ids(judge_text("")), std::vector<std::string>{"0.1.1"});
  EXPECT_EQ(ids(judge_text("{\"a\":1}")), std::vector<std::string>{"0.1.1"});
  EXPECT_EQ(ids(judge_text("<html><body/></html>")), std::vector<std::string>{"0.2.1"});
  EXPECT_EQ(ids(judge_text("<html><br></html>")), (std::vector<std::string>{"0.1.1", "0.2.1"}));
  EXPECT_EQ(ids(judge_text(good_activity)), std::vector<std::string>{"0.2.1"});
  EXPECT_EQ(ids(judge_text("<iati-activities>" + good_activity + "</iati-activities>")),
            std::vector<std::string>{"0.6.1"});
  EXPECT_EQ(ids(judge_text("<iati-activities version=\"1.05\"/>")),
            std::vector<std::string>{"0.6.1"});
  EXPECT_TRUE(find(judge_text(file_of("")), "<iati-activity> is missing"));
  EXPECT_TRUE(find(judge_text(file_of(good_activity + " words ")), "text stands directly inside"));
  EXPECT_TRUE(find(judge_text(file_of(good_activity + "<colour/>")), "<colour> is not an element"));
  EXPECT_TRUE(find(judge_text(file_of(good_activity, " xmlns=\"urn:x\"")), "in a namespace"));
  EXPECT_TRUE(
      ids(judge_text(file_of(good_activity + "<o:x>y<o:z/></o:x>", " xmlns:o=\"urn:o\""))).empty());
  EXPECT_TRUE(find(judge_text(file_of(good_activity + "<o:x/>")), "<o:x> is not an element"));
  EXPECT_TRUE(
      find(judge_text(file_of(good_activity, " colour=\"1\"")), "'colour' does not belong"));
}

TEST(ValidationEngine, NamesPlacesBeyondLine65535) {
  std::string text = "<iati-activities version=\"2.03\">\n";
  for (int i = 0; i < 70'000; ++i) text += "\n";
  const std::string bad = "<colour/>";
  text += "\xC3\xA9<!-- \xE6\xBC\xA2 -->" + bad + "</iati-activities>";
  const auto found = judge_text(text);
  const auto* line = find(found, "<colour>");
  ASSERT_TRUE(line);
  EXPECT_EQ(line->line, 70'002u);
  EXPECT_EQ(line->column, 12u);  // after one letter and a comment of ten characters
}

TEST(ValidationEngine, CountsColumnsInAFileOfOneLine) {
  std::string text = "<iati-activities version=\"2.03\">";
  const std::string activity =
      "<iati-activity><iati-identifier>\xC3\xA9</iati-identifier><x/></iati-activity>";
  for (int i = 0; i < 60'000; ++i) text += activity;  // several windows of the splitter
  text += "</iati-activities>";
  Collector found = judge_text(text);
  std::uint64_t number = 0;
  for (const auto& line : found.lines) {
    if (line.message.find("<x> is not") == std::string::npos) continue;
    ASSERT_EQ(line.line, 1u);
    ASSERT_EQ(line.column, 33 + number * 71 + 51);  // the activity is 71 characters long
    ++number;
  }
  EXPECT_EQ(number, 60'000u);
}

TEST(ValidationEngine, FaultsOfOneActivityCostNoMoreThanTheyAreMany) {
  std::string inside = good_activity.substr(0, good_activity.size() - 16);
  constexpr std::size_t many = 200'000;  // counting siblings for each would take hours
  for (std::size_t i = 0; i < many; ++i) inside += "<legacy-data name=\"\"/>";
  const auto found = judge_text(file_of(inside + "</iati-activity>"));
  std::uint64_t times = 0, listed = 0;
  std::string last;
  for (const auto& line : found.lines) {
    if (line.message != "the attribute 'value' is missing in <legacy-data>") continue;
    times += line.times;
    ++listed;
    last = line.where;
  }
  EXPECT_EQ(times, many);
  EXPECT_EQ(listed, 20'000u);
  EXPECT_EQ(last, "the 20000th legacy data");
}

TEST(ValidationEngine, FaultsOfManyKindsInOneActivityAreBounded) {
  std::string inside = good_activity.substr(0, good_activity.size() - 16);
  constexpr std::size_t many = 60'000;
  for (std::size_t i = 0; i < many; ++i)
    inside += "<tag code=\"1\" vocabulary=\"x" + std::to_string(i) + "\"/>";
  const auto found = judge_text(file_of(inside + "</iati-activity>"));
  std::uint64_t times = 0, listed = 0;
  for (const auto& line : found.lines)
    if (line.id == "9.79.1") {
      times += line.times;
      ++listed;
    }
  EXPECT_EQ(times, many);
  EXPECT_LT(listed, 20'100u);
}

/// The same file handed over in pieces of any size.
Collector judge_chunks(const std::string& text, const std::vector<std::size_t>& sizes,
                       const JudgeOptions& options) {
  std::size_t at = 0, turn = 0;
  standards::Bytes bytes([&](char* out, std::size_t capacity) {
    const std::size_t wanted = sizes[turn++ % sizes.size()];
    const std::size_t size = std::min({wanted, capacity, text.size() - at});
    text.copy(out, size, at);
    at += size;
    return size;
  });
  Collector collector;
  judge(bytes, "stream", options, collector);
  return collector;
}

RC_GTEST_PROP(ValidationEngine, ChunksBatchesAndThreadsChangeNothing, ()) {
  const std::vector<std::string> parts = {
      good_activity,
      "<iati-activity/>",
      "\n\n",
      " words ",
      "<o:x xmlns:o=\"urn:o\"><title/></o:x>",
      "<colour/>",
      "<!-- \xE6\xBC\xA2 -->",
      "<![CDATA[ ]]>",
      "<iati-activity a=\"\xC3\xA9\"><b/>\n<c/>"
      "<title>x</title></iati-activity>",
      "&#32;",
      "<iati-organisation/>",
      "<iati-activity><!-- </iati-activity> --></iati-activity>",
      "<![CDATA[</iati-activity>]]>",
      "<?x </iati-activity> ?>\n",
      "<!-- \n </iati-activity> -->"};
  std::string inside;
  for (const auto part : *rc::gen::container<std::vector<std::size_t>>(
           rc::gen::inRange<std::size_t>(0, parts.size())))
    inside += parts[part];
  if (*rc::gen::inRange(0, 6) == 0)
    inside += *rc::gen::element<std::string>("</iati-activity>", "<iati-activity><a>",
                                             "</iati-activities><!-- </iati-activity> -->", "& x") +
              good_activity;
  std::string text = file_of(inside);
  if (*rc::gen::inRange(0, 4) == 0) text.resize(*rc::gen::inRange<std::size_t>(0, text.size()));
  JudgeOptions plain;
  plain.workers = 1;
  plain.today = "2026-11-24T00:00:00Z";
  const auto expected = judge_chunks(text, {text.size() + 1}, plain);
  JudgeOptions other = plain;
  other.workers = *rc::gen::inRange(1u, 5u);
  other.batch = *rc::gen::inRange<std::size_t>(1, 2000);
  const auto sizes = *rc::gen::nonEmpty(
      rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(1, 40)));
  const auto found = judge_chunks(text, sizes, other);
  RC_ASSERT(found.lines.size() == expected.lines.size());
  for (std::size_t i = 0; i < found.lines.size(); ++i)
    RC_ASSERT(found.lines[i] == expected.lines[i]);
  RC_ASSERT(found.verdicts[0].counts == expected.verdicts[0].counts);
}

TEST(ValidationEngine, WhatLooksLikeARecordsEndMayBeNone) {
  std::string inside;
  for (int i = 0; i < 60; ++i)
    inside += "<iati-activity><iati-identifier>A" + std::to_string(i) +
              "</iati-identifier><x/></iati-activity>\n";
  const std::string trap = "<iati-activity><!-- </iati-activity>\n --><y/></iati-activity>\n";
  const std::string text = file_of(inside + trap + inside);
  JudgeOptions one, many;
  one.today = many.today = "2026-11-24";
  one.workers = 1;
  const auto expected = judge_chunks(text, {text.size()}, one);
  EXPECT_EQ(expected.verdicts.at(0).subjects, 121u);
  many.workers = 4;
  for (std::size_t batch = 1; batch < 400; batch += 7) {
    many.batch = batch;
    EXPECT_EQ(judge_chunks(text, {97}, many).lines, expected.lines) << batch;
  }
}

/// The whole report of a text as a form.
std::string text_report(const std::string& text, JudgeOptions options) {
  const sample::TextFile file(text);
  Report report;
  judge_file(file.path(), options, report);
  std::string out;
  FileVerdict verdict = report.verdict();
  verdict.file = "f.xml";
  report.end(verdict);
  write_text(report, [&](std::string_view part) { out += part; });
  return out;
}

TEST(ValidationEngine, AReportIsTheSameForAnyThreads) {
  std::string inside;
  for (int i = 0; i < 3'000; ++i)
    inside += "<iati-activity><iati-identifier>A" + std::to_string(i) +
              "</iati-identifier><x/><y z=\"1\"/></iati-activity>\n";
  JudgeOptions one, many;
  one.today = many.today = "2026-11-24";
  one.workers = 1;
  many.workers = 4;
  many.batch = 1000;
  const std::string text = text_report(file_of(inside), one);
  EXPECT_EQ(text, text_report(file_of(inside), many));
  EXPECT_THAT(text, HasSubstr("3,000 times: <x> is not an element of <iati-activity>"));
  EXPECT_THAT(text, HasSubstr("... and 2,995 more"));
}

TEST(ValidationEngine, KindsOfFaultsAreBounded) {
  std::string inside;
  for (int i = 0; i < 5'000; ++i) inside += "<iati-activity a" + std::to_string(i) + "=\"1\"/>";
  const sample::TextFile file(file_of(inside));
  Report report;
  const auto verdicts = judge_file(file.path(), {}, report);
  std::uint64_t counted = report.beyond();
  for (const auto* group : report.groups()) {
    counted += group->count;
    EXPECT_LE(group->first.size(), Report::most_places);
  }
  EXPECT_LE(report.groups().size(), Report::most_groups);
  EXPECT_GT(report.beyond(), 0u);
  std::uint64_t all = 0;
  for (const auto count : verdicts.at(0).counts) all += count;
  EXPECT_EQ(counted, all);
}

TEST(ValidationEngine, JsonHasTheOfficialReportsShape) {
  std::string out;
  JsonListener listener([&](std::string_view part) { out += part; });
  judge_file(fixture(), {}, listener);
  listener.finish();
  const auto json = boost::json::parse(out).as_object();
  EXPECT_FALSE(json.at("valid").as_bool());
  EXPECT_EQ(json.at("fileType").as_string(), "iati-activities");
  EXPECT_EQ(json.at("iatiVersion").as_string(), "2.03");
  EXPECT_EQ(json.at("orgIdPrefixFileName").as_string(), "id_prefixes.tsv");
  EXPECT_EQ(json.at("rulesetCommitSha").as_string(), commit_of("ruleset"));
  EXPECT_EQ(json.at("codelistCommitSha").as_string(), commit_of("codelists"));
  std::int64_t critical = 0;
  for (const auto& subject : json.at("errors").as_array())
    for (const auto& category : subject.at("errors").as_array())
      for (const auto& error : category.at("errors").as_array())
        if (error.at("severity").as_string() == "critical")
          critical += std::int64_t(error.at("context").as_array().size());
  EXPECT_EQ(json.at("summary").at("critical").as_int64(), critical);
  EXPECT_GT(critical, 10);
}

TEST(ValidationEngine, CsvCannotActAsFormulas) {
  const sample::TextFile file(
      file_of("<iati-activity><iati-identifier>=1+1</iati-identifier></iati-activity>"));
  std::string out;
  CsvListener listener([&](std::string_view part) { out += part; });
  judge_file(file.path(), {}, listener);
  listener.finish();
  EXPECT_THAT(out, HasSubstr(",\"'=1+1\","));
  EXPECT_EQ(out.substr(0, 12), "file,weight,");
}

TEST(ValidationEngine, HtmlHoldsWhatItNeedsAndEscapes) {
  const sample::TextFile file(
      file_of("<iati-activity><iati-identifier>&lt;b&gt;</iati-identifier></iati-activity>"));
  Report report;
  judge_file(file.path(), {}, report);
  std::string out;
  write_html({&report}, [&](std::string_view part) { out += part; });
  EXPECT_THAT(out, HasSubstr("<bdi>&lt;b&gt;</bdi>"));
  EXPECT_THAT(out, testing::Not(HasSubstr("<b>")));
  EXPECT_THAT(out, testing::Not(HasSubstr("src=")));
  EXPECT_THAT(out, testing::Not(HasSubstr("<link")));
}

TEST(ValidationEngine, JudgesEachMemberOfAnArchive) {
  const sample::TextFile file("");
  std::filesystem::remove(file.path());
  int error = 0;
  zip_t* archive = zip_open(file.path().c_str(), ZIP_CREATE, &error);
  const std::string good = file_of(good_activity), bad = file_of("<x/>");
  for (const auto& [name, text] : {std::pair("good.xml", &good), std::pair("bad.xml", &bad)})
    zip_file_add(archive, name, zip_source_buffer(archive, text->data(), text->size(), 0), 0);
  zip_close(archive);
  const auto found = sample::judge_path(file.path());
  ASSERT_EQ(found.verdicts.size(), 2u);
  EXPECT_TRUE(found.verdicts[0].valid());
  EXPECT_FALSE(found.verdicts[1].valid());
}

TEST(ValidationEngine, AFileThatIsCutOffKeepsItsFaults) {
  const std::string text = file_of("<iati-activity><x/></iati-activity>" + good_activity);
  const auto found = judge_text(text.substr(0, text.size() - 40));
  EXPECT_TRUE(find(found, "<x> is not an element"));
  EXPECT_EQ(found.count("0.1.1"), 1u);
  EXPECT_FALSE(found.verdicts.at(0).valid());
  EXPECT_TRUE(found.verdicts.at(0).readable);
}

}  // namespace
}  // namespace austral::validation
