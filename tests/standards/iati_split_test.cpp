// Activities are found exactly, damage is named by its place, and hostile files are refused.
#include <gmock/gmock.h>

#include "base/error.hpp"
#include "standards/iati_files.hpp"

namespace austral::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Names = std::vector<std::string>;

TEST(IatiSplit, tricks_do_not_fool_the_splitter) {
  const auto whole = read_whole(fixture("tricks.xml"));
  EXPECT_FALSE(whole.damaged);
  EXPECT_THAT(whole.identifiers(), ElementsAre("ONE", "", "TWO-B"));
  EXPECT_FALSE(whole.readings[1].usable);
  ASSERT_TRUE(whole.find("iati.stranger"));
  EXPECT_EQ(whole.find("iati.stranger")->place, "line 6, column 3");
  EXPECT_EQ(whole.fragments[0].line, 7u);
  EXPECT_EQ(whole.fragments[2].line, 9u);
  const auto content = content_of(fixture("tricks.xml"));
  for (const auto& fragment : whole.fragments)
    EXPECT_EQ(content.substr(fragment.offset, fragment.text.size()), fragment.text);
}

TEST(IatiSplit, damage_keeps_what_came_before_and_names_its_place) {
  const auto whole = read_whole(fixture("damaged.xml"));
  EXPECT_TRUE(whole.damaged);
  EXPECT_THAT(whole.identifiers(), ElementsAre("GOOD-1"));
  const auto* finding = whole.find("xml.ampersand");
  ASSERT_TRUE(finding);
  EXPECT_EQ(finding->severity, Severity::damage);
  EXPECT_EQ(finding->place, "line 6, column 29");
  EXPECT_THAT(finding->message, HasSubstr("BAD-2"));
}

struct Broken {
  const char* inside;
  const char* rule;
};
class IatiBroken : public testing::TestWithParam<Broken> {};

TEST_P(IatiBroken, is_damage) {
  const std::string good = "<iati-activity><iati-identifier>G</iati-identifier></iati-activity>";
  const auto whole = read_text(with_root(good + GetParam().inside + good));
  EXPECT_TRUE(whole.damaged) << GetParam().inside;
  EXPECT_THAT(whole.identifiers(), ElementsAre("G"));
  EXPECT_TRUE(whole.find(GetParam().rule)) << whole.findings.back().message;
}

INSTANTIATE_TEST_SUITE_P(
    Xml, IatiBroken,
    testing::Values(Broken{"<iati-activity><a></b></iati-activity>", "xml.tag"},
                    Broken{"<iati-activity a='1' a='2'/>", "xml.attribute"},
                    Broken{"<iati-activity a=1/>", "xml.attribute"},
                    Broken{"<iati-activity a/>", "xml.attribute"},
                    Broken{"<iati-activity a='1'b='2'/>", "xml.tag"},
                    Broken{"<iati-activity a='<'/>", "xml.attribute"},
                    Broken{"<iati-activity a='&'/>", "xml.ampersand"},
                    Broken{"<iati-activity>&nbsp;</iati-activity>", "xml.entity"},
                    Broken{"<iati-activity>&#0;</iati-activity>", "xml.entity"},
                    Broken{"<iati-activity>&#xD800;</iati-activity>", "xml.entity"},
                    Broken{"<iati-activity>\x01</iati-activity>", "xml.character"},
                    Broken{"<iati-activity><![CDATA[\x02]]></iati-activity>", "xml.character"},
                    Broken{"<iati-activity><!-- \x03 --></iati-activity>", "xml.character"},
                    Broken{"<iati-activity><?x \x04 ?></iati-activity>", "xml.character"},
                    Broken{"<iati-activity>]]></iati-activity>", "xml.text"},
                    Broken{"<iati-activity><!-- a -- b --></iati-activity>", "xml.comment"},
                    Broken{"<iati-activity><?xml version='1.0'?></iati-activity>",
                           "xml.declaration"},
                    Broken{"<iati-activity>3 < 4</iati-activity>", "xml.tag"},
                    Broken{"<iati-activity></iati-activity x>", "xml.tag"},
                    Broken{"<iati-activity><!WHAT></iati-activity>", "xml.markup"}));

TEST(IatiSplit, names_what_is_no_iati_file) {
  const auto message = [](std::string_view content) {
    const auto whole = read_text(content);
    EXPECT_TRUE(whole.damaged) << content;
    EXPECT_THAT(whole.readings, IsEmpty());
    for (const auto& finding : whole.findings)
      if (finding.severity == Severity::damage) return finding.message;
    return std::string();
  };
  EXPECT_THAT(message(""), HasSubstr("empty"));
  EXPECT_THAT(message("  \n"), HasSubstr("before its first element"));
  EXPECT_THAT(message("{\"error\": 404}"), HasSubstr("JSON"));
  EXPECT_THAT(message("<!DOCTYPE html><html><body>404</body></html>"), HasSubstr("web page"));
  EXPECT_THAT(message("<!doctype html><html></html>"), HasSubstr("web page"));
  EXPECT_THAT(message("<html></html>"), HasSubstr("web page"));
  EXPECT_THAT(message("<rss/>"), HasSubstr("<rss>"));
  EXPECT_THAT(message("Not found"), HasSubstr("not XML"));
  EXPECT_THAT(message("<iati-activities/>x"), HasSubstr("behind the end"));
  EXPECT_THAT(message("<iati-activities/><a/>"), HasSubstr("behind the end"));
  EXPECT_THAT(message("\n<?xml version='1.0'?><iati-activities/>"), HasSubstr("very first"));
}

TEST(IatiSplit, recognises_by_content) {
  EXPECT_EQ(standards::recognise_format(fixture("activity-2.03.xml")).name, "iati");
  EXPECT_EQ(standards::recognise_format(fixture("organisation-2.03.xml")).name, "iati");
  const TemporaryFile page("<!DOCTYPE html>\n<html>iati-activities</html>");
  try {
    standards::recognise_format(page.path());
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), Kind::invalid);
    EXPECT_THAT(error.what(), HasSubstr("a web page"));
  }
  EXPECT_THROW(standards::recognise_format(page.path() + ".none"), Error);
}

TEST(IatiSplit, refuses_own_and_outer_entities) {
  const auto bomb = read_whole(fixture("entity-bomb.xml"));
  EXPECT_TRUE(bomb.damaged);
  ASSERT_TRUE(bomb.find("xml.entities"));
  EXPECT_EQ(bomb.find("xml.entities")->place, "line 3, column 3");
  const auto outer = read_whole(fixture("external-entity.xml"));
  EXPECT_TRUE(outer.damaged);
  EXPECT_TRUE(outer.find("xml.entities"));
  const auto grammar = read_text(
      "<!DOCTYPE iati-activities SYSTEM \"a>b.dtd\">"
      "<iati-activities><iati-activity/></iati-activities>");
  EXPECT_FALSE(grammar.damaged);
  EXPECT_EQ(grammar.readings.size(), 1u);
}

TEST(IatiSplit, refuses_absurd_depth_width_and_length) {
  const auto rule_of = [](const std::string& inside) {
    const auto whole = read_text(with_root("<iati-activity/>" + inside));
    EXPECT_TRUE(whole.damaged);
    EXPECT_EQ(whole.readings.size(), 1u);
    return whole.findings.back().rule;
  };
  std::string deep = "<iati-activity>";
  for (int i = 0; i < 100000; ++i) deep += "<a>";
  EXPECT_EQ(rule_of(deep), "xml.too_deep");
  EXPECT_EQ(rule_of("<iati-activity a='" + std::string(20u << 20, 'x') + "'/>"), "xml.too_large");
  EXPECT_EQ(rule_of("<iati-activity>" + std::string(70u << 20, ' ') + "</iati-activity>"),
            "xml.too_large");
  std::string wide = "<iati-activity";
  for (int i = 0; i < 300; ++i) wide += " a" + std::to_string(i) + "='1'";
  EXPECT_EQ(rule_of(wide + "/>"), "xml.too_large");
}

TEST(IatiSplit, large_texts_between_blocks_are_whole) {
  const std::string words(5u << 20, 'w');
  std::string inside;
  for (int i = 0; i < 4; ++i)
    inside += "<iati-activity><iati-identifier>I" + std::to_string(i) +
              "</iati-identifier><title><narrative>" + words +
              "]]&amp;</narrative></title>"
              "</iati-activity>\n<!--" +
              words + "-->\n";
  const auto whole = read_text(with_root(inside));
  EXPECT_FALSE(whole.damaged);
  ASSERT_THAT(whole.identifiers(), ElementsAre("I0", "I1", "I2", "I3"));
  EXPECT_EQ(whole.record(3).title.at(0).text, words + "]]&");
  EXPECT_EQ(whole.fragments[3].line, 8u);
}

/// Cut at every byte: nothing crashes, and every activity complete before the cut is read.
TEST(IatiSplit, truncation_loses_nothing_complete) {
  const std::string content = content_of(fixture("tricks.xml"));
  const auto all = read_text(content);
  std::vector<std::size_t> ends;
  for (const auto& fragment : all.fragments) ends.push_back(fragment.offset + fragment.text.size());
  const std::size_t root_end = content.find("</iati-activities>") + 18;
  const std::size_t tail_comment = content.find("<!-- after -->");
  TemporaryFile file;
  for (std::size_t size = 0; size < content.size(); ++size) {
    file.write(std::string_view(content).substr(0, size));
    const auto whole = read_whole(file.path());
    std::size_t expected = 0;
    for (const auto end : ends) expected += end <= size;
    ASSERT_EQ(whole.readings.size(), expected) << "cut at " << size;
    const bool whole_file = size >= root_end && (size <= tail_comment || size >= tail_comment + 14);
    ASSERT_EQ(whole.damaged, !whole_file) << "cut at " << size;
    if (!whole_file) {
      ASSERT_FALSE(whole.findings.empty());
    }
  }
}

TEST(IatiSplit, a_bare_or_prefixed_root_is_read_with_a_warning) {
  const auto bare = read_text(
      "<iati-activity><iati-identifier>B</iati-identifier>"
      "</iati-activity>");
  EXPECT_FALSE(bare.damaged);
  EXPECT_THAT(bare.identifiers(), ElementsAre("B"));
  EXPECT_TRUE(bare.find("iati.root.bare"));
  const auto prefixed = read_text(
      "<i:iati-activities xmlns:i='urn:i'><i:iati-activity>"
      "<i:iati-identifier>P</i:iati-identifier></i:iati-activity>"
      "</i:iati-activities>");
  EXPECT_FALSE(prefixed.damaged);
  EXPECT_THAT(prefixed.identifiers(), ElementsAre("P"));
  EXPECT_TRUE(prefixed.find("iati.prefix"));
}

}  // namespace
}  // namespace austral::test
