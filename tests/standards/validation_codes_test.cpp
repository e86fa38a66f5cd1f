// Code lists: each official rule fires by its number, conditions hold, advice is near.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>

#include "base/tsv.hpp"
#include "standards/validation/codes_list.hpp"
#include "standards/validation_sample.hpp"

namespace austral::validation {
namespace {

using sample::judge_text;

std::string around_activity(const std::string& inside, const std::string& version = "2.03") {
  return "<iati-activities version=\"" + version + "\">" + inside + "</iati-activities>";
}

/// The element of a path such as `iati-activity/budget/value`, with attributes on the last step and
/// on the one above it.
std::string nest(std::string_view path, const std::string& last, const std::string& above,
                 const std::string& text = {}) {
  const auto slash = path.find('/');
  const std::string name(path.substr(0, slash));
  if (slash == path.npos) return "<" + name + last + ">" + text + "</" + name + ">";
  const auto rest = path.substr(slash + 1);
  const bool next_is_last = rest.find('/') == rest.npos;
  return "<" + name + (next_is_last ? above : "") + ">" + nest(rest, last, above, text) + "</" +
         name + ">";
}

std::string file_of(TsvTable::Row row, const TsvTable& table, const std::string& version,
                    const std::string& code) {
  const auto cell = [&](const char* name) { return std::string(row[table.column(name)]); };
  const std::string path = cell("path").empty() ? "iati-activity/title" : cell("path");
  const bool text = cell("attribute") == "text()";
  std::string last = text ? "" : " " + cell("attribute") + "=\"" + code + "\"", above;
  if (cell("linked") == "@vocabulary") last += " vocabulary=\"" + cell("value") + "\"";
  if (cell("linked") == "../@vocabulary") above = " vocabulary=\"" + cell("value") + "\"";
  const std::string root =
      path.starts_with("iati-organisation") ? "iati-organisations" : "iati-activities";
  return "<" + root + " version=\"" + version + "\">" + nest(path, last, above, text ? code : "") +
         "</" + root + ">";
}

// Source: data-quality-rules.csv of the official validator (4b244f7), 122 rules of code lists; two
// of them are about the root's version, which 0.6.1 has judged before.
TEST(ValidationCodes, EachRuleFiresForAWrongCodeInEachOfItsVersions) {
  const auto table = read_embedded_table("data/rules/iati_code_rules.tsv");
  std::set<std::string> fired;
  for (const auto row : table.rows()) {
    const std::string id(row[table.column("id")]);
    if (row[table.column("attribute")] == "version") continue;
    for (const std::string version : {"2.01", "2.02", "2.03"}) {
      const bool asked = row[table.column("versions")].find(version) != std::string_view::npos;
      if (!asked) continue;
      const auto wrong = judge_text(file_of(row, table, version, "no such code"));
      EXPECT_GE(wrong.count(id), 1u) << id << " " << version;
      fired.insert(id);
      const auto& list = codes::get_list(row[table.column("list")]);
      const auto right =
          judge_text(file_of(row, table, version, std::string(list.all().front().code)));
      EXPECT_EQ(right.count(id), 0u) << id << " " << version;
    }
  }
  EXPECT_EQ(fired.size(), 124u);  // 122, less 2 of the root, and 9.129.1 to 9.132.1
}

TEST(ValidationCodes, WeighAsErrorsAndLeaveTheFileValid) {
  const auto judged =
      judge_text(around_activity("<iati-activity><budget type=\"7\"/></iati-activity>"));
  const auto found = std::find_if(judged.lines.begin(), judged.lines.end(),
                                  [](const auto& line) { return line.id == "9.8.1"; });
  ASSERT_NE(found, judged.lines.end());
  EXPECT_EQ(found->weight, Weight::error);
  EXPECT_EQ(found->found, "7");
  EXPECT_EQ(found->where, "the budget's type");
  EXPECT_THAT(found->remedy, testing::HasSubstr("\"1\" (Original), \"2\" (Revised)"));
}

// Source: standards.md 4.6, conditions of the mapping.
TEST(ValidationCodes, VocabularyChoosesTheList) {
  const auto count = [](const std::string& sector, const std::string& id) {
    return judge_text(around_activity("<iati-activity><sector " + sector + "/></iati-activity>"))
        .count(id);
  };
  EXPECT_EQ(count("code=\"111\"", "9.76.1"), 1u);
  EXPECT_EQ(count("code=\"111\" vocabulary=\"\"", "9.76.1"), 1u);
  EXPECT_EQ(count("code=\"111\" vocabulary=\"1\"", "9.76.1"), 1u);
  EXPECT_EQ(count("code=\"111\" vocabulary=\"2\"", "9.76.1"), 0u);
  EXPECT_EQ(count("code=\"11120\" vocabulary=\"2\"", "9.77.1"), 1u);
  EXPECT_EQ(count("code=\"111\" vocabulary=\"2\"", "9.77.1"), 0u);
  EXPECT_EQ(count("code=\"18\" vocabulary=\"7\"", "9.129.1"), 1u);
  EXPECT_EQ(count("code=\"17.9\" vocabulary=\"8\"", "9.130.1"), 0u);
  EXPECT_EQ(count("code=\"anything\" vocabulary=\"99\"", "9.76.1"), 0u);
}

TEST(ValidationCodes, CodesAreComparedLetterByLetter) {
  const auto currency = [](const std::string& code) {
    return judge_text(around_activity("<iati-activity default-currency=\"" + code + "\"/>"));
  };
  EXPECT_EQ(currency("USD").count("9.3.1"), 0u);
  for (const char* wrong : {"usd", " USD", "USD ", "", "US"})
    EXPECT_EQ(currency(wrong).count("9.3.1"), 1u) << wrong;
}

TEST(ValidationCodes, EveryElementsLanguageIsJudged) {
  const auto judged = judge_text(around_activity(
      "<iati-activity xml:lang=\"xx\"><title><narrative xml:lang=\"english\">A</narrative>"
      "<narrative xml:lang=\"fr\">B</narrative></title></iati-activity>"));
  EXPECT_EQ(judged.count("9.95.1"), 2u);
  // RFC 5646, 2.1.1: capitals make no difference.
  EXPECT_EQ(judge_text(around_activity("<iati-activity xml:lang=\"EN\"/>")).count("9.95.1"), 0u);
}

// Source: standards.md 4.6, withdrawn codes are accepted with a warning of our own. FlowType 20 is
// withdrawn (IATI-Codelists-NonEmbedded 7aeece7).
TEST(ValidationCodes, WithdrawnCodesAreTakenWithAWarningOfOurOwn) {
  const auto judged = judge_text(
      around_activity("<iati-activity><default-flow-type code=\"20\"/></iati-activity>"));
  EXPECT_EQ(judged.count("9.24.1"), 0u);
  ASSERT_EQ(judged.count("austral.1"), 1u);
  for (const auto& line : judged.lines) {
    if (line.id == "austral.1") {
      EXPECT_EQ(line.weight, Weight::warning);
    }
  }
}

TEST(ValidationCodes, AdviceNamesWhatWasProbablyMeant) {
  const auto nearest = [](const char* list, const char* wrong) -> std::string {
    const auto* code = get_code_set(list).find_nearest(wrong);
    return code ? std::string(code->code) : "";
  };
  EXPECT_EQ(nearest("Currency", "usd"), "USD");
  EXPECT_EQ(nearest("Currency", " EUR "), "EUR");
  EXPECT_EQ(nearest("Country", "Kenya"), "KE");
  EXPECT_EQ(nearest("TransactionType", "D"), "3");  // the word of version 1
  EXPECT_EQ(nearest("FileFormat", "aplication/pdf"), "application/pdf");
  EXPECT_EQ(nearest("Sector", "151133"), "15113");
  EXPECT_EQ(nearest("Country", "QQ"), "");
  EXPECT_EQ(nearest("Country", ""), "");
}

/// The textbook's way: a whole table of distances.
std::size_t count_edits_slowly(const std::string& a, const std::string& b) {
  std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i)
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        d[i][j] = i + j;
        continue;
      }
      d[i][j] = std::min(
          {d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  return d[a.size()][b.size()];
}

RC_GTEST_PROP(ValidationCodes, EditsAreCountedAsTheWholeTableDoes, ()) {
  const auto word = rc::gen::container<std::string>(rc::gen::element('a', 'b', 'c'));
  const auto a = *word, b = *word;
  const auto limit = *rc::gen::inRange<std::size_t>(0, 6);
  RC_ASSERT(count_edits(a, b, limit) == std::min(count_edits_slowly(a, b), limit + 1));
}

}  // namespace
}  // namespace austral::validation
