// Questions about initiatives: every filter, words with LIKE signs, folding, pages, order, hostile
// values.
#include <gtest/gtest.h>

#include <set>

#include "base/error.hpp"
#include "registry/initiative_store.hpp"
#include "registry/synthetic.hpp"
#include "support/postgres.hpp"

namespace austral::registry {
namespace {

using namespace synthetic;

class Questions : public testing::EngineTest {
 protected:
  void SetUp() override {
    EngineTest::SetUp();
    if (IsSkipped()) return;
    database_ = make_register();
    std::vector<Record> records;
    auto one = make_record("BR-GOV-1", "ONE");
    one.title = {{"pt", "Cooperação em saúde 100%"}};
    one.places = {country("MZ")};
    one.participations = {{Function::funds, party("BR-GOV-1")},
                          {Function::manages, party("XM-DAC-41114", "40")}};
    one.classifications = {{"purpose", "14030", {}, "", "", {}},
                           {"target", "6.1", {}, "", "", {}},
                           {"marker", "1", {}, "2", "", {}},
                           {"marker", "2", {}, "0", "", {}}};
    one.modalities = {{"aid-type", "C01", {}, "", "", {}}};
    one.flow_type = "10";
    one.contributions = {money(ContributionKind::disbursement, "50")};
    auto two = make_record("GB-GOV-1", "TWO");
    two.title = {{"ru", "Вода и школа"}, {"ar", "مياه"}, {"zh", "水井"}};
    two.status = "4";
    two.dates = {{"2", parse_date("2018-02-01"), {}}};
    two.places = {country("EG"), {"region", "dac", "298", {}, "", {}}};
    two.descriptions = {{"1", {{"en", "a_b under\\score"}}}};
    two.contributions = {money(ContributionKind::disbursement, "70")};
    records = {one, two};
    for (int i = 0; i < 23; ++i) records.push_back(make_record("P", "N" + std::to_string(i)));
    import_records(*database_, records);
    draw_links(*database_);
  }
  /// The identifiers found; also holds count, lines and pages against one another.
  std::set<std::string> find(const std::string& words,
                             const std::vector<std::pair<const char*, const char*>>& by = {}) {
    Question question;
    question.words = words;
    for (const auto& [name, value] : by) question.filters.push_back(parse_filter(name, value));
    question.limit = 0;
    const auto all = find_initiatives(*database_, question);
    EXPECT_EQ(all.total, std::int64_t(all.lines.size()));
    std::set<std::string> found;
    for (const auto& line : all.lines) found.insert(line.identifier);
    EXPECT_EQ(found.size(), all.lines.size());
    return found;
  }
  using Set = std::set<std::string>;
  std::unique_ptr<store::Database> database_;
};

TEST_P(Questions, every_filter) {
  const Set one = {"ONE"}, two = {"TWO"};
  for (const auto& [name, value] :
       std::initializer_list<std::pair<const char*, const char*>>{{"provider", "BR"},
                                                                  {"provider", "Brasil"},
                                                                  {"provider", "البرازيل"},
                                                                  {"recipient", "Moçambique"},
                                                                  {"facilitator", "XM-DAC-41114"},
                                                                  {"sector", "14030"},
                                                                  {"sector", "140"},
                                                                  {"goal", "6"},
                                                                  {"goal", "6.1"},
                                                                  {"framework", "FC01"},
                                                                  {"framework", "south_south"},
                                                                  {"publisher", "BR-GOV-1"},
                                                                  {"marker", "1"},
                                                                  {"modality", "C01"},
                                                                  {"flow_type", "10"},
                                                                  {"organization", "XM-DAC-41114"},
                                                                  {"funds", "BR-GOV-1"},
                                                                  {"manages", "XM-DAC-41114"},
                                                                  {"target", "6.1"}})
    EXPECT_EQ(find("", {{name, value}}), one) << name << value;
  for (const auto& [name, value] :
       std::initializer_list<std::pair<const char*, const char*>>{{"year", "2018"},
                                                                  {"status", "4"},
                                                                  {"recipient", "埃及"},
                                                                  {"region", "dac:298"},
                                                                  {"provider", "Royaume-Uni"}})
    EXPECT_EQ(find("", {{name, value}}), two) << name << value;
  EXPECT_EQ(find("", {{"marker", "2"}}), Set{});
  EXPECT_EQ(find("", {{"provider", "BR"}, {"provider", "GB"}}), (Set{"ONE", "TWO"}));
  EXPECT_EQ(find("", {{"provider", "BR"}, {"recipient", "EG"}}), Set{});
  EXPECT_EQ(find("", {{"year", "2016"}}).size(), 24u);
  EXPECT_EQ(find("").size(), 25u);
}

TEST_P(Questions, words_of_title_or_identifier_and_like_signs) {
  for (const char* words : {"COOPERAção saúde", "100%", "saúde one", "0%"})
    EXPECT_EQ(find(words), Set{"ONE"}) << words;
  for (const char* words : {"Вода", "школа Вода", "TWO", "two"})
    EXPECT_EQ(find(words), Set{"TWO"}) << words;
  for (const char* words : {"%%", "w_o", "water", "saúde Вода"})
    EXPECT_EQ(find(words), Set{}) << words;
  EXPECT_EQ(find("   ").size(), 25u);
}

TEST_P(Questions, hostile_values_are_values) {
  for (const char* text :
       {"' OR '1'='1", "'; DROP TABLE initiative; --", "$1", "\" OR 1=1", "x') OR (1=1", "NULL"}) {
    EXPECT_EQ(find(text), Set{}) << text;
    for (const char* name : {"provider", "publisher", "organization"})
      EXPECT_EQ(find("", {{name, text}}), Set{}) << name << text;
    Question recipients;  // past parse_filter(), which refuses what is no country
    recipients.filters = {{Dimension::recipient, text}};
    EXPECT_EQ(find_initiatives(*database_, recipients).total, 0) << text;
    for (const char* name : {"year", "since", "until", "sector", "goal", "status", "framework",
                             "modality", "flow_type", "marker", "target", "region", "critical_area",
                             "provider_in", "recipient_in", "sector_block", "unheard_of"})
      EXPECT_THROW(parse_filter(name, text), Error) << name << text;
    EXPECT_FALSE(find_initiative_named(*database_, text));
  }
  EXPECT_EQ(find("").size(), 25u);
}

TEST_P(Questions, pages_add_up_to_the_whole_in_every_order) {
  for (const auto& [sort, descending] : {std::pair{"start", true},
                                         {"start", false},
                                         {"title", false},
                                         {"disbursed_usd", true},
                                         {"disbursed_usd", false}}) {
    Question question;
    question.sort = sort;
    question.descending = descending;
    question.limit = 0;
    std::vector<std::string> whole, paged;
    for (const auto& line : find_initiatives(*database_, question).lines)
      whole.push_back(line.identifier);
    question.limit = 7;
    for (question.offset = 0; question.offset < 28; question.offset += 7)
      for (const auto& line : find_initiatives(*database_, question).lines)
        paged.push_back(line.identifier);
    EXPECT_EQ(paged, whole);
    EXPECT_EQ(whole.size(), 25u);
    question.offset = 1000;
    EXPECT_TRUE(find_initiatives(*database_, question).lines.empty());
    EXPECT_EQ(find_initiatives(*database_, question).total, 25);
  }
  Question largest;
  largest.sort = "disbursed_usd";
  EXPECT_EQ(find_initiatives(*database_, largest).lines.front().identifier, "TWO");
}

TEST(Filters, institutions_go_before_three_letters_of_countries) {
  EXPECT_EQ(parse_filter("provider", "46008").value, "46008");
  EXPECT_EQ(parse_filter("provider", "076").value, "BR");
  EXPECT_EQ(parse_filter("provider", " bra ").value, "BR");
  EXPECT_EQ(parse_filter("provider", "GB-GOV-1").value, "GB-GOV-1");
}

AUSTRAL_ON_BOTH_ENGINES(Questions);

}  // namespace
}  // namespace austral::registry
