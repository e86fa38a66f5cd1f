// Bad methodologies: each is refused with its line and its reason, and none brings the reader down.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "measurement/methodology.hpp"

namespace austral::measurement {
namespace {

/// A small methodology, of which one line is replaced by a bad one.
constexpr std::string_view sound = R"(methodology: small
version: "1"
status: draft
title: Small
source: a test
conventions: {nothing: 0}
groups:
  - {code: A, kind: monetary, title: Money}
  - {code: C, kind: counted, title: Counted}
methods:
  X1:
    title: Twice
    formula: amount * 2
    inputs:
      amount: {quantity: money}
items:
  - {code: A1, group: A, title: Grants, when: {unit: money, finance_type: "110"}, method: M0}
  - {code: A2, group: A, title: Loans, when: {unit: money, finance_type: "42*"}, method: X1}
  - {code: C1, group: C, title: Days, when: {unit: person-time}, unit: person-day}
totals:
  - {code: T, of: [A1], title: Sum}
  - {code: U, of: [T, A2], title: More}
)";

struct Bad {
  std::string_view from, to;
  int line;
  std::string_view reason;
  friend void PrintTo(const Bad& bad, std::ostream* out) { *out << bad.to; }
};

class BadMethodology : public ::testing::TestWithParam<Bad> {};

TEST_P(BadMethodology, IsRefusedWithLineAndReason) {
  const auto& bad = GetParam();
  std::string text(sound);
  const auto at = text.find(bad.from);
  ASSERT_NE(at, std::string::npos);
  text.replace(at, bad.from.size(), bad.to);
  try {
    read_methodology(text);
    FAIL() << "was read: " << bad.to;
  } catch (const Error& error) {
    const std::string what = error.what();
    EXPECT_EQ(error.kind(), Kind::invalid);
    EXPECT_NE(what.find("line " + std::to_string(bad.line) + ": "), std::string::npos) << what;
    EXPECT_NE(what.find(bad.reason), std::string::npos) << what;
  }
}

const Bad bad_ones[] = {
    {"of: [A1]", "of: [U]", 21, "in a circle by way of"},
    {"of: [A1]", "of: [T]", 21, "in a circle by way of T"},
    {"of: [T, A2]", "of: [T, A1]", 22, "adds A1 twice"},
    {"of: [T, A2]", "of: [A, A2]", 22, "adds A2 twice"},
    {"of: [A1]", "of: [A7]", 21, "which is no group, item or total"},
    {"of: [A1]", "of: [C1]", 21, "counted things are never added to money"},
    {"of: [A1]", "of: []", 21, "one value or a list"},
    {"group: C, title: Days", "group: D, title: Days", 19, "there is no group 'D'"},
    {"finance_type: \"42*\"", "not: {finance_type: \"42*\"}", 18,
     "to A1 (line 17) and to A2 at once"},
    {"finance_type: \"42*\"", "finance_type: \"1*\"", 18, "to A1 (line 17) and to A2 at once"},
    {"{unit: person-time}, unit: person-day", "{unit: goods}, unit: person-day", 19,
     "does not convert into it"},
    {"{unit: person-time}, unit: person-day", "{unit: money}, unit: person-day", 19,
     "takes no money"},
    {"{unit: money, finance_type: \"42*\"}", "{unit: person-day}", 18,
     "does not convert into what its methods value"},
    {"method: X1", "method: [X1, M1]", 18, "takes nothing that its method M1 values"},
    {"amount * 2", "amount / 0", 13, "a divisor that is not zero"},
    {"amount * 2", "amount / (2 - 4 / 2)", 13, "a divisor that is not zero"},
    {"amount * 2\n    inputs:\n", "amount / n\n    inputs:\n      n: {convention: nothing}\n", 11,
     "divides by zero"},
    {"amount * 2\n    inputs:\n", "amount / n\n    inputs:\n      n: {otherwise: 0}\n", 11,
     "divides by zero"},
    {"amount * 2", "é + montant", 13, "has 'é' at letter 1 where"},
    {"amount * 2", "amount × 2", 13, "has '×' at letter 8 where"},
    {"amount * 2", "amount *", 13, "the end at letter 9"},
    {"amount * 2", "amount * days", 15, "`days:` of the formula is missing"},
    {"{quantity: money}", "{otherwise: 2}", 11, "0 inputs with `quantity:`"},
    {"{quantity: money}", "{quantity: monney}", 15, "is no quantity"},
    {"{quantity: money}", "{price: salaries, quantity: money}", 11, "is no series of prices"},
    {"{quantity: money}", "{convention: daze, quantity: money}", 11, "is not among `conventions:`"},
    {"{quantity: money}", "{quantity: money, at: Peru}", 15, "provider or recipient"},
    {"  X1:", "  M0:", 11, "is there already"},
    {"code: A2", "code: A1", 18, "is taken"},
    {"{code: C, kind", "{code: A, kind", 9, "is taken"},
    {"code: T,", "code: A,", 21, "is taken"},
    {"kind: counted", "kind: count", 9, "is no kind of group"},
    {"method: M0", "method: M9", 17, "there is no method 'M9'"},
    {"method: M0", "unit: person", 17, "needs `method:`"},
    {"unit: person-day}", "unit: person-day, method: M1}", 19, "never valued"},
    {"finance_type: \"110\"", "financetype: \"110\"", 17, "is nothing a rule can ask"},
    {"finance_type: \"110\"", "detail.: \"110\"", 17, "is nothing a rule can ask"},
    {"finance_type: \"110\"", "framework: south", 17, "is no framework"},
    {"finance_type: \"110\"", "kind: payment", 17, "is no kind"},
    {"finance_type: \"110\"", "provider_in: poor", 17, "it takes a grouping's code"},
    {"finance_type: \"110\"", "provider: Brazil", 17, "a country's two letters"},
    {"finance_type: \"110\"", "year: 24", 17, "is no year"},
    {"unit: money, finance_type: \"110\"", "unit: moneys", 17, "is no unit"},
    {"finance_type: \"110\"", "at_least: {unit: 3}", 17, "has no size"},
    {"finance_type: \"110\"", "not: {at_least: {year: 3}}", 17, "is nothing a rule can ask"},
    {"finance_type: \"110\"", "at_least: {year: 2000}, below: {year: 2000}", 17, "no year is"},
    {"finance_type: \"110\"", "at_least: {year: many}", 17, "takes a number"},
    {"finance_type: \"110\"", "unit: money", 17, "stands twice in one rule"},
    {"when: {unit: person-time}, ", "", 19, "says nothing of what belongs to it"},
    {"unit: person-day}", "unit: person-day, otherwise: perhaps}", 19, "is true or false"},
    {"title: Days", "titel: Days", 19, "'titel' is no word of an item"},
    {"title: Days", "status: sure, title: Days", 19, "is confirmed or draft"},
    {"title: Days", "tossd: Z99, title: Days", 19, "is no modality of TOSSD"},
    {"title: Days", "title: {fr: Jours}", 19, "needs a text in English"},
    {"status: draft", "status: final", 3, "is no status"},
    {"status: draft", "status: [draft]", 3, "takes one text"},
    {"status: draft", "statsu: draft", 3, "'statsu' is no word of a methodology"},
    {"status: draft", "status: draft\nstatus: draft", 4, "stands twice"},
    {"status: draft", "status: draft\ncurrency: GOLD", 4, "is no currency"},
    {"status: draft", "status: draft\nrates: weekly", 4, "is no way to take rates"},
    {"status: draft", "status: draft\ndecimals: 2.5", 4, "whole number from 0 to 6"},
    {"status: draft", "status: draft\nprice_year: 20", 4, "whole number from 1900"},
    {"status: draft", "status: draft\nkinds: [gift]", 4, "is no kind of contribution"},
    {"status: draft", "status: draft\nexclude: {code: x}", 4, "is a list"},
    {"status: draft", "status: draft\nexclude:\n  - {code: x, why: y}", 5, "`when:`"},
    {"status: draft",
     "status: draft\nexclude:\n  - &e {code: x, why: y, when: {year: \"2020\"}}\n  - *e", 5,
     "stands twice"},
    {"methodology: small", "methodology: ../small", 1, "letters, digits and hyphens"},
    {"source: a test", "source: ''", 5, "is empty"},
    {"{nothing: 0}", "{nothing: none}", 6, "takes a number"},
    {"title: Small", "title: {en: Small", 5, "this is no YAML"},
};
INSTANTIATE_TEST_SUITE_P(All, BadMethodology, ::testing::ValuesIn(bad_ones));

TEST(Methodology, SoundOneIsRead) { EXPECT_EQ(read_methodology(sound).items.size(), 3u); }

TEST(Methodology, TellsAllFaultsAtOnceInTheOrderOfLines) {
  std::string text(sound);
  text.replace(text.find("kind: counted"), 13, "kind: count");
  text.replace(text.find("status: draft"), 13, "status: final");
  try {
    read_methodology(text);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(std::string_view(error.what()).substr(0, 8), "line 3: ");
    EXPECT_NE(std::string_view(error.what()).find("\nline 9: "), std::string::npos);
  }
}

TEST(Methodology, DigestNamesTheText) {
  EXPECT_EQ(read_methodology(sound).digest, read_methodology(sound).digest);
  EXPECT_NE(read_methodology(sound).digest,
            read_methodology(std::string(sound) + "# more\n").digest);
}

std::string refusal(const std::string& text) {
  try {
    read_methodology(text);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

/// A few letters that stand for thousands of words, and totals that add totals that add totals.
TEST(Methodology, BombsOfAliasesAndTotalsAreRefused) {
  std::string text(sound);
  text += "scope:\n  why: x\n  when:\n    - &w0 {unit: [" + std::string(300, ' ') + "money]}\n";
  for (int n = 0; n < 3'000; ++n) text += "    - *w0\n";
  text.insert(text.find("items:\n") + 7, [] {
    std::string items = "  - &i {code: B0, group: A, title: x, method: M0, when: &v [";
    for (int n = 0; n < 400; ++n) items += "{unit: money}, ";
    items += "{unit: money}]}\n";
    for (int n = 0; n < 400; ++n)
      items +=
          "  - {code: B" + std::to_string(n + 1) + ", group: A, title: x, method: M0, when: *v}\n";
    return items;
  }());
  EXPECT_NE(refusal(text).find("at most 50,000 words"), std::string::npos);
  std::string totals(sound);
  for (int n = 0; n < 60; ++n) {
    const std::string before = n == 0 ? "A1" : "S" + std::to_string(n - 1);
    totals +=
        "  - {code: S" + std::to_string(n) + ", title: x, of: [" + before + ", " + before + "]}\n";
  }
  EXPECT_NE(refusal(totals).find("twice"), std::string::npos);
  EXPECT_NE(refusal("a: " + std::string(100'000, '[')).find("line 1: this is no YAML"),
            std::string::npos);
  EXPECT_NE(refusal(std::string(1'100'000, ' ')).find("at most 1,000,000 letters"),
            std::string::npos);
  EXPECT_NE(refusal("\xff").find("UTF-8"), std::string::npos);
}

/// Whatever is cut, doubled or swapped in a text: it is read, or refused with a line.
RC_GTEST_PROP(Methodology, MutationsAreReadOrRefused, ()) {
  const auto& all = shipped_methodologies();
  std::string text = all[*rc::gen::inRange<std::size_t>(0, all.size())].text;
  const int changes = *rc::gen::inRange(1, 6);
  for (int n = 0; n < changes && !text.empty(); ++n) {
    const auto at = *rc::gen::inRange<std::size_t>(0, text.size());
    const auto size = *rc::gen::inRange<std::size_t>(1, 40);
    const auto other = *rc::gen::inRange<std::size_t>(0, text.size());
    switch (*rc::gen::inRange(0, 4)) {
      case 0: text.erase(at, size); break;
      case 1: text.insert(at, text.substr(other, size)); break;
      case 2:
        text[at] = *rc::gen::element('"', '\'', ':', '-', '{', '}', '[', ']', '&', '*', '\n', ' ',
                                     '0', 'Z', '/', '#', '!');
        break;
      default: text.replace(at, size, text.substr(other, size));
    }
  }
  const auto what = refusal(text);
  if (what.empty()) {
    RC_ASSERT(check_methodology(read_methodology(text)).empty());
  } else {
    RC_ASSERT(what.starts_with("line "));
    RC_ASSERT(is_valid_utf8(what));
  }
}

}  // namespace
}  // namespace austral::measurement
