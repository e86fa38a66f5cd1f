// The ruleset's cases at their corners: known answers, dates, sums, identifiers, whole files.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <set>

#include "base/date.hpp"
#include "standards/validation/rules.hpp"
#include "standards/validation/rules_values.hpp"
#include "standards/validation_sample.hpp"

namespace austral::validation {
namespace {

using sample::Collector;

Collector judge_activity(const std::string& inside, const std::string& version = "2.03") {
  JudgeOptions options;
  options.today = "2024-06-15T12:00:00Z";
  return sample::judge_text("<iati-activities version=\"" + version +
                                "\"><iati-activity xml:lang=\"en\" default-currency=\"USD\">" +
                                inside + "</iati-activity></iati-activities>",
                            options);
}

std::string sectors(std::initializer_list<const char*> percentages, const char* vocabulary = "") {
  std::string text;
  for (const char* percentage : percentages)
    text += std::string("<sector code=\"15123\" ") + vocabulary + " percentage=\"" + percentage +
            "\"/>";
  return text;
}

// Source: standards.md 4.9: 107 cases of the ruleset (a88f835), 65 errors and 42 warnings.
TEST(ValidationRules, TheTableHoldsTheWholeRuleset) {
  const auto cases = read_rule_cases("2.03");
  EXPECT_EQ(cases.size(), 107u);
  EXPECT_EQ(std::count_if(cases.begin(), cases.end(),
                          [](const RuleCase& one) { return one.weight == Weight::error; }),
            65);
  std::set<std::string> ids;
  for (const auto& one : cases) ids.insert(one.id);
  EXPECT_EQ(ids.size(), 89u);
  EXPECT_TRUE(read_rule_cases("1.05").empty());
}

// Source: standards.md, known answer K3.
TEST(ValidationRules, K3SectorsSumToAHundredToFourDecimals) {
  EXPECT_EQ(judge_activity(sectors({"33.33", "33.33", "33.33"})).count("2.1.2"), 1u);
  EXPECT_EQ(judge_activity(sectors({"33.33", "33.33", "33.34"})).count("2.1.2"), 0u);
  EXPECT_EQ(judge_activity(sectors({"33.33334", "33.33334", "33.33334"})).count("2.1.2"), 0u);
  EXPECT_EQ(judge_activity(sectors({"33.3334", "33.3334", "33.3334"})).count("2.1.2"), 1u);
  EXPECT_EQ(
      judge_activity(sectors({"33.33", "33.33", "33.33"}, "vocabulary=\"99\"")).count("2.1.2"), 1u);
}

// Source: standards.md, known answer K4.
TEST(ValidationRules, K4ABudgetsPeriodHasAtMost365Days) {
  const auto budget = [](const char* start, const char* end) {
    return judge_activity(std::string("<budget><period-start iso-date=\"") + start +
                          "\"/><period-end iso-date=\"" + end + "\"/></budget>")
        .count("7.5.3");
  };
  EXPECT_EQ(budget("2024-01-01", "2024-12-31"), 0u);
  EXPECT_EQ(budget("2024-01-01", "2025-01-01"), 1u);
  EXPECT_EQ(budget("2023-01-01", "2024-01-01"), 0u);
}

std::string dates(const char* first, const char* second) {
  return std::string("<activity-date type=\"1\" iso-date=\"") + first +
         "\"/><activity-date type=\"3\" iso-date=\"" + second + "\"/>";
}

// Source: standards.md, known answer K5.
TEST(ValidationRules, K5PlannedStartMayBeThePlannedEnd) {
  EXPECT_EQ(judge_activity(dates("2024-01-01", "2024-01-01")).count("11.1.2"), 0u);
  EXPECT_EQ(judge_activity(dates("2024-01-02", "2024-01-01")).count("11.1.2"), 1u);
  EXPECT_EQ(judge_activity(dates("not a date", "2024-01-01")).count("11.1.2"), 0u);
}

// Source: standards.md, known answer K6.
TEST(ValidationRules, K6ErrorsAndWarningsLeaveAFileValid) {
  JudgeOptions options;
  options.today = "2024-06-15T12:00:00Z";
  const auto judged = sample::judge_text(
      "<iati-organisations version=\"2.03\"><iati-organisation "
      "last-updated-datetime=\"2025-01-01T00:00:00Z\" xml:lang=\"en\" default-currency=\"USD\">"
      "<organisation-identifier> GB-CHC-1/2 </organisation-identifier><name><narrative>A"
      "</narrative></name><reporting-org ref=\"GB-CHC-1\" type=\"10\"><narrative>A</narrative>"
      "</reporting-org></iati-organisation></iati-organisations>",
      options);
  ASSERT_EQ(judged.verdicts.size(), 1u);
  EXPECT_TRUE(judged.verdicts[0].valid());
  EXPECT_EQ(judged.count("11.4.1"), 1u);   // error
  EXPECT_EQ(judged.count("1.12.1"), 1u);   // warning
  EXPECT_EQ(judged.count("1.12.13"), 1u);  // warning
  EXPECT_EQ(judged.verdicts[0].count(Weight::critical), 0u);
}

// Source: standards.md, known answer K7.
TEST(ValidationRules, K7AQualitativeBaselineWithAValueIsAWarningOnly) {
  const auto judged = judge_activity(
      "<result type=\"1\"><indicator measure=\"5\"><baseline year=\"2020\" value=\"1\"/>"
      "</indicator></result>");
  EXPECT_EQ(judged.count("8.8.3"), 1u);
  EXPECT_EQ(judged.count("8.8.1") + judged.count("8.8.2"), 0u);
}

// Source: standards.md, known answer K32.
TEST(ValidationRules, K32ATriangularActivityOfOneRegion) {
  const auto judged = judge_activity(
      "<collaboration-type code=\"8\"/><recipient-region code=\"289\" vocabulary=\"1\" "
      "percentage=\"100\"/><sector code=\"15123\" vocabulary=\"1\" percentage=\"100\"/>");
  for (const char* id : {"3.4.1", "3.4.2", "3.4.4", "2.1.1", "2.1.2", "2.1.4", "9.10.1", "9.51.1"})
    EXPECT_EQ(judged.count(id), 0u) << id;
}

// Source: standards.md 4.9, oddities.
TEST(ValidationRules, RegionsWithoutVocabularyAreNotReachedByTheLoops) {
  const std::string two =
      "<recipient-region code=\"289\" percentage=\"10\"/>"
      "<recipient-region code=\"298\"/>";
  EXPECT_EQ(judge_activity(two).count("3.4.1") + judge_activity(two).count("3.4.2"), 0u);
}

// Source: standards.md 4.8: if_then is XPath's booleans.
TEST(ValidationRules, PlacesAreAskedForOnce) {
  EXPECT_EQ(judge_activity("").count("3.7.1"), 1u);
  EXPECT_EQ(judge_activity("<recipient-country code=\"KE\"/>").count("3.7.1"), 0u);
  const auto some =
      judge_activity("<transaction><recipient-country code=\"KE\"/></transaction><transaction/>");
  EXPECT_EQ(some.count("3.7.1"), 0u);
  EXPECT_EQ(some.count("3.7.2"), 1u);
  EXPECT_EQ(judge_activity("<recipient-country code=\"KE\"/><transaction>"
                           "<recipient-country code=\"KE\"/></transaction>")
                .count("3.6.2"),
            1u);
}

TEST(ValidationRules, DatesBehindTheFirstAreOnlyAdvised) {
  const auto transaction = [](const char* date) {
    return std::string("<transaction><transaction-date iso-date=\"") + date + "\"/></transaction>";
  };
  const auto later = judge_activity(transaction("2024-01-01") + transaction("2030-01-01"));
  EXPECT_EQ(later.count("11.2.1"), 0u);
  EXPECT_EQ(later.count("austral.2"), 1u);
  const auto first = judge_activity(transaction("2030-01-01") + transaction("2024-01-01"));
  EXPECT_EQ(first.count("11.2.1"), 1u);
  EXPECT_EQ(first.count("austral.2"), 0u);
}

TEST(ValidationRules, IdentifiersBeginWithTheReportersOwn) {
  const auto count = [](const char* identifier, const char* id) {
    return judge_activity(std::string("<iati-identifier>") + identifier +
                          "</iati-identifier><reporting-org ref=\"GB-CHC-999999999\"/>"
                          "<other-identifier type=\"B1\" ref=\"US-EIN-7\"/>")
        .count(id);
  };
  EXPECT_EQ(count("GB-CHC-999999999-1", "1.1.21"), 0u);
  EXPECT_EQ(count("US-EIN-7-1", "1.1.21"), 0u);
  EXPECT_EQ(count("GB-CHC-9999999991", "1.1.21"), 1u);
  EXPECT_EQ(count("GB-CHC-999999999", "1.1.3"), 1u);
  EXPECT_EQ(count("GB-CHC-999999999-a/b", "1.3.13"), 1u);
  EXPECT_EQ(count(" GB-CHC-999999999-1", "1.3.1"), 1u);
  EXPECT_EQ(count("", "1.1.21"), 1u);
}

TEST(ValidationRules, KnownPublishersKeepTheirOldIdentifiers) {
  const auto count = [](const char* ref) {
    return judge_activity(std::string("<reporting-org ref=\"") + ref + "\"/>").count("1.14.8");
  };
  EXPECT_EQ(count("GB-CHC-1"), 0u);
  EXPECT_EQ(count("NO_SUCH-REGISTER-1"), 1u);
  EXPECT_EQ(count("41AAA"), 0u);  // UNOPS publishes so; source: iati-publishers of the data pack
}

TEST(ValidationRules, PercentagesOfOlderVersionsMayExceedAHundred) {
  const std::string country = "<recipient-country code=\"KE\" percentage=\"120\"/>";
  EXPECT_EQ(judge_activity(country).count("12.1.1"), 1u);
  EXPECT_EQ(judge_activity(country, "2.02").count("12.1.1"), 0u);
  EXPECT_EQ(judge_activity(country, "2.02").count("12.1.2"), 0u);
  const std::string negative = "<recipient-country code=\"KE\" percentage=\"-1\"/>";
  EXPECT_EQ(judge_activity(negative, "2.01").count("12.1.2"), 1u);
}

// The values are those of ECMAScript's Number(): ECMA-262, StringToNumber.
TEST(ValidationRules, NumbersAreReadAsTheOfficialValidatorDoes) {
  EXPECT_EQ(read_loose_number(""), 0);
  EXPECT_EQ(read_loose_number(" 5.5\n"), 5.5);
  EXPECT_EQ(read_loose_number("1e2"), 100);
  EXPECT_EQ(read_loose_number("+.5"), .5);
  EXPECT_EQ(read_loose_number("0x10"), 16);
  for (const char* none : {"5%", "1,5", "abc", "1 2", "-", ".", "1e", "0x"})
    EXPECT_TRUE(std::isnan(read_loose_number(none))) << none;
}

// Source: ECMA-262, Date Time String Format; 946684800000 is 2000-01-01T00:00:00Z.
TEST(ValidationRules, MomentsAreReadAsTheOfficialValidatorDoes) {
  constexpr std::int64_t y2k = 946'684'800'000, hour = 3'600'000;
  EXPECT_EQ(read_moment("2000-01-01"), y2k);
  EXPECT_EQ(read_moment(" 2000-01-01 "), y2k);
  EXPECT_EQ(read_moment("2000-01-01Z"), y2k);
  EXPECT_EQ(read_moment("2000-01-01T02:00:00+02:00"), y2k);
  EXPECT_EQ(read_moment("2000-01-01T01:00:00.5"), y2k + hour + 500);
  EXPECT_EQ(read_moment("1999-12-31T24:00:00Z"), y2k);
  EXPECT_EQ(read_moment("2001-02-31"), read_moment("2001-03-03"));
  EXPECT_EQ(read_moment("1969-12-31T23:00:00Z"), -hour);
  for (const char* none : {"", "2020-15-01", "2020-01-32", "soon", "20200101x", "2020-1-1"})
    EXPECT_FALSE(read_moment(none)) << none;
}

RC_GTEST_PROP(ValidationRules, MomentsOfDaysAgreeWithTheCalendar, (int year_step, int day_step)) {
  const int year = 1600 + std::abs(year_step % 1200), month = 1 + std::abs(day_step % 12);
  const int day = 1 + std::abs(day_step % 28);
  const auto date = make_date(year, month, day);
  RC_ASSERT(date.has_value());
  RC_ASSERT(read_moment(to_string(*date)) == std::int64_t{date->days} * 86'400'000);
}

TEST(ValidationRules, IdentifiersStandOnceAndLinksLeadSomewhere) {
  const auto activity = [](const std::string& id, const std::string& inside = "") {
    return "<iati-activity><iati-identifier>" + id + "</iati-identifier>" + inside +
           "</iati-activity>";
  };
  const std::string link =
      "<related-activity type=\"1\" ref=\"B\"/>"
      "<related-activity type=\"1\" ref=\"C\"/>"
      "<related-activity type=\"1\" ref=\"\"/>";
  const auto judged =
      sample::judge_text("<iati-activities version=\"2.03\">\n" + activity("A", link) + "\n" +
                         activity("B") + "\n" + activity("A") + "\n</iati-activities>");
  ASSERT_EQ(judged.count("1.1.2"), 1u);
  EXPECT_EQ(judged.count("1000.0.6"), 1u);
  for (const auto& line : judged.lines) {
    if (line.id == "1.1.2") {
      EXPECT_EQ(line.line, 4u);
      EXPECT_THAT(line.where, testing::HasSubstr("line 2"));
      EXPECT_EQ(line.found, "A");
    }
    if (line.id == "1000.0.6") {
      EXPECT_EQ(line.found, "C");
      EXPECT_EQ(line.weight, Weight::advisory);
    }
  }
}

TEST(ValidationRules, ManyIdentifiersAndLinksAreTiedInBoundedMemory) {
  Together together;
  Faults faults;
  for (int i = 0; i < 60'000; ++i) {
    Ties ties;
    ties.identifier = "A-" + std::to_string(i % 50'000);
    ties.line = std::uint64_t(i) + 1;
    Ties::Link back;  // to one that comes later, or never
    back.identifier = "A-" + std::to_string(i + 30'000);
    ties.links.push_back(back);
    together.add(ties, faults);
  }
  EXPECT_EQ(faults.size(), 10'000u);
  const auto broken = together.finish();
  std::uint64_t told = broken.links.size();
  for (const auto more : broken.more) told += more;
  EXPECT_EQ(told, 40'000u);
}

TEST(ValidationRules, LinksMayLeadIntoARegister) {
  JudgeOptions options;
  options.find_activity = [](const std::string& identifier) { return identifier == "B"; };
  const auto judged = sample::judge_text(
      "<iati-activities version=\"2.03\"><iati-activity><iati-identifier>A</iati-identifier>"
      "<related-activity type=\"1\" ref=\"B\"/><related-activity type=\"1\" ref=\"C\"/>"
      "</iati-activity></iati-activities>",
      options);
  ASSERT_EQ(judged.count("1000.0.6"), 1u);
  for (const auto& line : judged.lines) {
    if (line.id == "1000.0.6") {
      EXPECT_EQ(line.found, "C");
      EXPECT_THAT(line.message, testing::HasSubstr("nor in the register"));
    }
  }
}

RC_GTEST_PROP(ValidationRules, ThreadsAndBatchesChangeNothing, ()) {
  std::string inside;
  const int count = *rc::gen::inRange(1, 40);
  for (int i = 0; i < count; ++i) {
    const auto id = std::to_string(*rc::gen::inRange(0, 15));
    inside += "<iati-activity><iati-identifier>X-" + id + "</iati-identifier><sector code=\"" +
              *rc::gen::element<std::string>("11220", "112", "") +
              "\"/><related-activity ref=\"X-" + std::to_string(*rc::gen::inRange(0, 20)) +
              "\" type=\"1\"/></iati-activity>\n";
  }
  const auto text = "<iati-activities version=\"2.03\">" + inside + "</iati-activities>";
  JudgeOptions alone, many;
  alone.today = many.today = "2024-06-15T12:00:00Z";
  alone.workers = 1;
  many.workers = 3;
  many.batch = *rc::gen::inRange<std::size_t>(1, 2000);
  RC_ASSERT(sample::judge_text(text, alone).lines == sample::judge_text(text, many).lines);
}

}  // namespace
}  // namespace austral::validation
