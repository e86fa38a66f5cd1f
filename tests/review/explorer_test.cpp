// Words and filters together: what is found is what a plain look at every initiative finds.
#include "review/explorer.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "registry/facet.hpp"
#include "registry/fact_store.hpp"
#include "registry/synthetic.hpp"
#include "support/postgres.hpp"

namespace austral::review {
namespace {

using namespace registry::synthetic;
using registry::Dimension;
using registry::Record;

/// Wells, schools and clinics in three countries, some of them in other languages.
std::vector<Record> some_records() {
  static const std::vector<std::pair<const char*, const char*>> titles = {
      {"en", "Solar wells for villages"}, {"fr", "Puits solaires pour les villages"},
      {"es", "Escuelas rurales"},         {"ar", "التعاون في مجال المياه"},
      {"en", "Clinics and wells"},        {"zh", "南南合作发展援助"}};
  static const char* const recipients[] = {"ML", "NE", "KE"};
  std::vector<Record> records;
  for (std::size_t i = 0; i < 36; ++i) {
    auto record = make_record("BR-1", "BR-1-" + std::to_string(i));
    const auto& [language, title] = titles[i % titles.size()];
    record.title = {{language, title}};
    record.status = std::to_string(1 + i % 4);
    const auto day = std::to_string(101 + i * 7 % 28).substr(1);  // neighbours among them
    record.dates = {{"2", parse_date("2015-02-" + day), {}}};
    record.participations.push_back({registry::Function::funds, party("BR")});
    record.places.push_back(country(recipients[i % 3]));
    if (i % 2) record.places.push_back(country(recipients[(i + 1) % 3]));
    record.contributions.push_back(
        money(registry::ContributionKind::disbursement, std::to_string(100 + i)));
    records.push_back(std::move(record));
  }
  return records;
}

class ExplorerTest : public ::testing::Test {
 protected:
  void SetUp() override {
    place_.emplace(store::Engine::sqlite);
    database_ = store::open_register(place_->address(), store::Access::create);
    import_records(*database_, some_records());
    registry::draw_links(*database_);
    const auto path = place_->folder().file("words");
    search::update_index(*database_, path);
    index_ = std::make_shared<search::Index>(path);
    cube_ = Cube::build(*database_);
    registry::read_initiative_facts(*database_, {}, [&](const registry::InitiativeFact& fact) {
      for (const auto& facet : registry::read_facets(fact.facets))
        values_[fact.key][facet.dimension].insert(facet.value);
      return true;
    });
  }

  Found find(const std::string& words, std::vector<registry::Filter> filters = {}) const {
    return explore(CubeCounts::make(cube_), index_, {words, "en", std::move(filters)});
  }

  /// By looking at each initiative's facets.
  std::size_t count_plainly(const std::vector<registry::Filter>& filters) const {
    return std::size_t(std::count_if(values_.begin(), values_.end(), [&](const auto& item) {
      std::map<Dimension, bool> fits;
      for (const auto& filter : filters) {
        const auto found = item.second.find(filter.dimension);
        fits[filter.dimension] |=
            found != item.second.end() && found->second.contains(filter.value);
      }
      return std::all_of(fits.begin(), fits.end(), [](const auto& fit) { return fit.second; });
    }));
  }

  std::optional<testing::FreshRegister> place_;
  std::unique_ptr<store::Database> database_;
  std::shared_ptr<const search::Index> index_;
  std::shared_ptr<const Cube> cube_;
  std::map<std::int64_t, std::map<Dimension, std::set<std::string>>> values_;
};

TEST_F(ExplorerTest, filters_find_what_has_them) {
  const std::vector<std::vector<registry::Filter>> questions = {
      {},
      {{Dimension::recipient, "ML"}},
      {{Dimension::recipient, "ML"}, {Dimension::recipient, "NE"}},
      {{Dimension::recipient, "ML"}, {Dimension::status, "2"}},
      {{Dimension::recipient, "ZW"}},
      {{Dimension::status, "1"}, {Dimension::status, "3"}, {Dimension::recipient, "KE"}}};
  for (const auto& filters : questions)
    EXPECT_EQ(find("", filters).scope.initiatives()->count(), count_plainly(filters));
}

TEST_F(ExplorerTest, words_narrow_with_filters) {
  const auto wells = find("wells");
  const auto in_mali = find("wells", {{Dimension::recipient, "ML"}});
  EXPECT_GT(wells.scope.initiatives()->count(), in_mali.scope.initiatives()->count());
  EXPECT_GT(in_mali.scope.initiatives()->count(), 0u);
  const auto ranked = list_found(*database_, in_mali, "relevance", true, 0, 100);
  EXPECT_EQ(ranked.keys.size(), in_mali.scope.initiatives()->count());
  for (const auto key : ranked.keys) {
    EXPECT_TRUE(values_[key][Dimension::recipient].contains("ML"));
    EXPECT_TRUE(in_mali.scope.initiatives()->has(*cube_->find_place(key)));
  }
}

TEST_F(ExplorerTest, places_stay_when_other_words_are_missing) {
  const auto found = find("wells Mali zeppelins");
  const auto page = list_found(*database_, found, "relevance", true, 0, 100);
  EXPECT_TRUE(page.words.loosened);
  EXPECT_GT(page.keys.size(), 0u);
  for (const auto key : page.keys) EXPECT_TRUE(values_[key][Dimension::recipient].contains("ML"));
}

TEST_F(ExplorerTest, pages_of_a_ranking_are_the_whole_of_it) {
  const auto found = find("wells");
  const auto whole = list_found(*database_, found, "relevance", true, 0, 100).keys;
  std::vector<std::int64_t> pieced;
  for (std::size_t offset = 0; offset < whole.size(); offset += 5) {
    const auto page = list_found(*database_, found, "relevance", true, offset, 5);
    pieced.insert(pieced.end(), page.keys.begin(), page.keys.end());
  }
  EXPECT_EQ(pieced, whole);
  auto sorted = list_found(*database_, found, "start", true, 0, 100).keys;
  auto expected = whole;
  std::sort(sorted.begin(), sorted.end());
  std::sort(expected.begin(), expected.end());
  EXPECT_EQ(sorted, expected);
}

TEST_F(ExplorerTest, days_next_to_each_other_keep_their_order) {
  for (const bool descending : {true, false}) {
    const auto keys = list_found(*database_, find(""), "start", descending, 0, 100).keys;
    std::vector<std::string> days;
    for (const auto& line : registry::list_lines(*database_, keys)) days.push_back(line.start_date);
    auto sorted = days;
    std::sort(sorted.begin(), sorted.end());
    if (descending) std::reverse(sorted.begin(), sorted.end());
    EXPECT_EQ(days, sorted);
  }
}

TEST_F(ExplorerTest, facets_tell_what_choosing_a_value_would_show) {
  const auto found = find("", {{Dimension::recipient, "ML"}, {Dimension::status, "2"}});
  for (const auto dimension : {Dimension::recipient, Dimension::status, Dimension::framework})
    for (const auto& count : count_found(found, dimension, 0)) {
      std::vector<registry::Filter> filters;
      for (const auto& filter : found.question.filters)
        if (filter.dimension != dimension) filters.push_back(filter);
      filters.push_back({dimension, count.value});
      EXPECT_EQ(std::size_t(count.initiatives), count_plainly(filters)) << count.value;
    }
}

TEST_F(ExplorerTest, words_without_an_index_are_refused_with_a_reason) {
  const auto error = testing::error_of([&] {
    explore(CubeCounts::make(cube_), nullptr, {"wells", "en", {}});
  });
  EXPECT_EQ(error.kind(), Kind::unavailable);
  EXPECT_NE(std::string(error.what()).find("index"), std::string::npos);
}

}  // namespace
}  // namespace austral::review
