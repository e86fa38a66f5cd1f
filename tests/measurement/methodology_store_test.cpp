// Methodologies in the register: published once, found by version, compared part by part.
#include "measurement/methodology_store.hpp"

#include <gmock/gmock.h>

#include "store/journal.hpp"
#include "support/postgres.hpp"

namespace austral::measurement {
namespace {

std::string country_version(const std::string& version) {
  for (const auto& one : shipped_methodologies()) {
    if (one.name != "country-template") continue;
    auto text = one.text;
    const auto replace = [&](const std::string& word, const std::string& value) {
      const auto at = text.find("\n" + word + ":") + 1;
      text.replace(at, text.find('\n', at) - at, word + ": " + value);
    };
    replace("methodology", "testland");
    replace("version", "\"" + version + "\"");
    return text;
  }
  return {};
}

class KeptMethodologies : public testing::EngineTest {};

TEST_P(KeptMethodologies, are_published_once_and_never_changed) {
  const auto database = make_register();
  const auto shipped = list_methodologies(*database).size();
  EXPECT_TRUE(publish_methodology(*database, "me", country_version("1")));
  const auto revision = store::revision_of(*database);
  EXPECT_FALSE(publish_methodology(*database, "me", country_version("1")));
  EXPECT_EQ(store::revision_of(*database), revision) << "the same again writes nothing";
  EXPECT_EQ(testing::error_of([&] {
              publish_methodology(*database, "me", country_version("1") + "\n# changed\n");
            }).kind(),
            Kind::conflict);
  EXPECT_TRUE(publish_methodology(*database, "me", country_version("2")));
  EXPECT_EQ(list_methodologies(*database).size(), shipped + 2);
  EXPECT_EQ(get_methodology(*database, "testland")->version, "2");
  EXPECT_EQ(get_methodology(*database, "testland@1")->version, "1");
  EXPECT_EQ(testing::error_of([&] { get_methodology(*database, "testland@3"); }).kind(),
            Kind::not_found);
  for (const auto& one : shipped_methodologies())
    EXPECT_EQ(testing::error_of([&] {
                publish_methodology(*database, "me", one.text + "\n# another\n");
              }).kind(),
              Kind::conflict)
        << one.name;
  EXPECT_FALSE(store::find_journal_damage(*database));
}

TEST_P(KeptMethodologies, a_text_that_was_changed_behind_the_registers_back_is_refused) {
  const auto database = make_register();
  publish_methodology(*database, "me", country_version("1"));
  {
    store::Write write(*database);
    database->run("UPDATE methodology SET text = $1", {std::string_view(country_version("7"))});
    write.commit();
  }
  EXPECT_THROW(list_methodologies(*database), Error);
}

AUSTRAL_ON_BOTH_ENGINES(KeptMethodologies);

TEST(ComparedMethodologies, name_what_differs_and_nothing_else) {
  const auto one = read_methodology(country_version("1"));
  EXPECT_TRUE(compare_methodologies(one, one).empty());
  const auto differences = compare_methodologies(one, read_methodology(country_version("2")));
  ASSERT_EQ(differences.size(), 1u);
  EXPECT_EQ(differences[0].what, "version");
  EXPECT_EQ(differences[0].left, "1");
  const auto& all = shipped_methodologies();
  for (const auto& left : all)
    for (const auto& right : all)
      EXPECT_EQ(compare_methodologies(left, right).size(),
                compare_methodologies(right, left).size())
          << left.name << " " << right.name;
}

}  // namespace
}  // namespace austral::measurement
