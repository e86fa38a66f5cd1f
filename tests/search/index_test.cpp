// An index over a register: what is found, how it follows, what a kill leaves, on both engines.
#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <atomic>
#include <set>
#include <thread>

#include "base/error.hpp"
#include "registry/initiative_store.hpp"
#include "registry/synthetic.hpp"
#include "search/search.hpp"
#include "support/postgres.hpp"

namespace austral::search {
namespace {

using namespace registry::synthetic;
using registry::draw_links;
using registry::Record;

class Words : public testing::EngineTest {
 protected:
  void SetUp() override {
    EngineTest::SetUp();
    if (IsSkipped()) return;
    database_ = make_register();
    path_ = place_->folder().file("index");
  }
  void import(const std::vector<Record>& records) {
    import_records(*database_, records, "file" + std::to_string(++files_) + ".xml");
    draw_links(*database_);
  }
  UpdateCounts update(bool anew = false) { return update_index(*database_, path_, anew); }

  using List = std::vector<std::string>;
  List find(const Index& index, const std::string& words, const std::string& language = "en") {
    List found;
    last_ = index.find({words, language, 0, 1000});
    for (const auto& hit : last_.hits)
      found.push_back(registry::find_initiative(*database_, hit.initiative)->identifier);
    EXPECT_EQ(last_.total, found.size());
    auto keys = index.match({words, language});
    EXPECT_TRUE(std::is_sorted(keys.begin(), keys.end()));
    EXPECT_EQ(keys.size(), found.size()) << words;
    return found;
  }
  List find(const std::string& words, const std::string& language = "en") {
    return find(Index(path_), words, language);
  }

  std::unique_ptr<store::Database> database_;
  std::string path_;
  WordAnswer last_;
  int files_ = 0;
};

Record make_coded(const std::string& identifier, const std::string& title, const std::string& lang,
                  const std::string& to, const std::string& purpose) {
  auto record = make_record("BR-GOV", identifier);
  record.title = {{lang, title}};
  record.places = {country(to)};
  record.participations = {{registry::Function::funds, party("BR-GOV", "10", "Agency of Brazil")}};
  record.classifications = {{"purpose", purpose, {}, "", "", {}}};
  return record;
}

std::vector<Record> make_three() {
  auto wells = make_coded("BR-1-WELLS", "Wells for villages", "en", "ML", "14031");
  wells.descriptions = {{"1", {{"en", "Safe supply for schools"}, {"fr", "Forage de puits"}}}};
  auto arabic = make_coded("BR-2", "مشروع التعاون والتنمية", "ar", "SD", "11220");
  auto chinese = make_coded("BR-3", "太阳能灌溉项目", "zh", "MZ", "31140");
  return {wells, arabic, chinese};
}

TEST_P(Words, words_of_any_language_find) {
  import(make_three());
  EXPECT_EQ(update().indexed, 3);
  for (const char* words : {"well", "WELLS", "puits", "eau", "water in Mali", "вода", "المياه",
                            "水", "villages schools", "br-1-wells", "BR-1-W", "agua malí",
                            "Sahel water", "pays du Sahel puits", "mali 2015", "eau depuis 2014",
                            "\"wells for villages\"", "\"for villages\""})
    EXPECT_EQ(find(words).front(), "BR-1-WELLS") << words;
  EXPECT_EQ(find("تعاون تنمية", "ar"), List{"BR-2"});
  EXPECT_EQ(find("الصومال"), List{});
  EXPECT_EQ(find("灌溉", "zh"), List{"BR-3"});
  EXPECT_EQ(find("riego Mozambique", "es"), List{"BR-3"});
  EXPECT_EQ(find("\"villages wells\""), List{});
  EXPECT_EQ(find("agency of brazil").size(), 3u);
  EXPECT_EQ(find("vilages"), List{});
  EXPECT_EQ(last_.suggestion, "villages");
  EXPECT_EQ(find("wells unheardof"), List{"BR-1-WELLS"});
  EXPECT_TRUE(last_.loosened);
  for (const char* nothing : {"", "   ", "\"\"", "\"", "...", "\xFF\xFE"})
    EXPECT_EQ(find(nothing), List{}) << nothing;
}

TEST_P(Words, only_allowed_ones_are_hits) {
  import(make_three());
  update();
  const Index index(path_);
  const auto all = index.find({"brazil", "en", 0, 10});
  ASSERT_EQ(all.total, 3u);
  const auto one = all.hits[1].initiative;
  const auto some =
      index.find({"brazil", "en", 0, 10}, [&](std::int64_t key) { return key == one; });
  ASSERT_EQ(some.total, 1u);
  EXPECT_EQ(some.hits.front().initiative, one);
  // Pages of one make up the whole.
  for (std::size_t i = 0; i < 3; ++i)
    EXPECT_EQ(index.find({"brazil", "en", i, 1}).hits.at(0).initiative, all.hits[i].initiative);
  EXPECT_TRUE(index.find({"brazil", "en", 3, 1}).hits.empty());
}

TEST_P(Words, the_index_follows_the_register) {
  import(make_three());
  update();
  Index open(path_);
  EXPECT_EQ(update().indexed, 0);
  auto changed = make_coded("BR-1-WELLS", "Pumps", "en", "ML", "14031");
  changed.updated = "2021-01-01T00:00:00Z";
  import({changed, make_coded("BR-4", "New bridges", "en", "AO", "21020")});
  EXPECT_EQ(find(open, "bridges"), List{});
  const auto counts = update();
  EXPECT_EQ(counts.indexed, 2);
  EXPECT_EQ(counts.removed, 0);
  open.refresh();
  EXPECT_EQ(open.revision(), counts.revision);
  EXPECT_EQ(open.size(), 4u);
  EXPECT_EQ(find(open, "bridges"), List{"BR-4"});
  EXPECT_EQ(find(open, "pumps"), List{"BR-1-WELLS"});
  EXPECT_EQ(find(open, "villages"), List{});
  // Another publisher's record that says to be the same joins: one initiative less than records.
  auto same = make_record("UN-1", "UN-SAME");
  same.title = {{"en", "Gardens"}};
  same.references = {{registry::ReferenceKind::other_identifier, "BR-4", "A3", {}}};
  import({same});
  update();
  open.refresh();
  EXPECT_EQ(open.size(), 4u);
  EXPECT_EQ(find(open, "gardens bridges").size(), 1u);
  EXPECT_EQ(find(open, "UN-SAME"), find(open, "BR-4"));
  // Followed or made anew: the same answers.
  const std::string other = place_->folder().file("anew");
  update_index(*database_, other, true);
  const Index anew(other);
  for (const char* words :
       {"wells", "pumps", "brazil", "bridges", "gardens", "mali", "agua", "2015"})
    EXPECT_EQ(find(open, words), find(anew, words)) << words;
}

TEST_P(Words, a_kill_leaves_the_old_or_the_new_state) {
  import(make_three());
  update();
  std::vector<Record> many;
  for (int i = 0; i < 300; ++i)
    many.push_back(make_coded("MANY-" + std::to_string(i), "Roads", "en", "AO", "21020"));
  import(many);
  const std::string address = this->address();
  for (const int milliseconds : {1, 5, 20, 60, 150}) {
    const auto child = ::fork();
    if (child == 0) {
      try {
        const auto own = store::open_register(address, store::Access::read_only);
        update_index(*own, path_, milliseconds % 2 == 0);
      } catch (...) {
      }
      ::_exit(0);
    }
    ::usleep(useconds_t(milliseconds) * 1000);
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    const Index index(path_);
    const auto roads = index.find({"roads", "en", 0, 1}).total;
    EXPECT_TRUE((index.size() == 3 && roads == 0) || (index.size() == 303 && roads == 300))
        << index.size() << " " << roads;
  }
  update();
  EXPECT_EQ(find("roads").size(), 300u);
}

TEST_P(Words, many_read_while_one_writes) {
  import(make_three());
  update();
  const Index shared(path_);
  std::atomic<bool> done{false};
  std::atomic<int> wrong{0};
  std::vector<std::thread> readers;
  for (int i = 0; i < 4; ++i)
    readers.emplace_back([&] {
      while (!done)
        if (shared.find({"wells", "en", 0, 5}).total != 1) ++wrong;
    });
  for (int i = 0; i < 6; ++i) {
    import(
        {make_coded("N-" + std::to_string(i), "Road " + std::to_string(i), "en", "AO", "21020")});
    update();
  }
  done = true;
  for (auto& reader : readers) reader.join();
  EXPECT_EQ(wrong, 0);
}

TEST(Index, says_what_is_missing_or_not_its_own) {
  const testing::TemporaryFolder folder;
  EXPECT_EQ(testing::error_of([&] { Index index(folder.file("none")); }).kind(), Kind::not_found);
}

AUSTRAL_ON_BOTH_ENGINES(Words);

}  // namespace
}  // namespace austral::search
