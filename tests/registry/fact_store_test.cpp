// The register as a stream of facts: the order, scopes against a plain reading, and a register of
// before.
#include "registry/fact_store.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "base/error.hpp"
#include "codes/grouping.hpp"
#include "registry/contribution_store.hpp"
#include "registry/facet.hpp"
#include "registry/integrity_store.hpp"
#include "registry/synthetic.hpp"
#include "store/schema.hpp"
#include "support/postgres.hpp"

namespace austral::registry {
namespace {

using namespace synthetic;

Classification coded(const std::string& scheme, const std::string& code) {
  Classification item;
  item.scheme = scheme;
  item.code = code;
  return item;
}

class Facts : public testing::EngineTest {
 protected:
  void SetUp() override {
    EngineTest::SetUp();
    if (IsSkipped()) return;
    database_ = make_register();
    std::vector<Record> records;
    const std::vector<std::string> givers = {"BR-GOV-1", "IN-GOV-1", "GB-GOV-1"};
    const std::vector<std::string> takers = {"MZ", "NE", "PE", "FJ"};
    const std::vector<std::string> purposes = {"14030", "11220", "31120"};
    for (int i = 0; i < 24; ++i) {
      auto record = make_record(givers[std::size_t(i % 3)], "N" + std::to_string(i));
      record.participations = {{Function::funds, party(givers[std::size_t(i % 3)])}};
      record.places = {country(takers[std::size_t(i % 4)])};
      record.classifications = {coded("purpose", purposes[std::size_t(i % 3)])};
      record.dates = {{"2", parse_date(std::to_string(2010 + i % 6) + "-01-01"), {}}};
      record.contributions = {money(ContributionKind::disbursement, std::to_string(i + 1)),
                              money(ContributionKind::budget, "7", "2018-01-01", "QQQ")};
      record.contributions[0].classifications = {coded("purpose", "11110")};
      records.push_back(std::move(record));
    }
    auto unnamed = make_record("P", "ZZ");
    unnamed.title.clear();
    records.push_back(std::move(unnamed));
    import_records(*database_, records);
    draw_links(*database_);
  }

  std::vector<std::int64_t> keys_in(const std::vector<Filter>& scope, const KeySpan& span = {}) {
    std::vector<std::int64_t> keys;
    read_initiative_facts(
        *database_, scope,
        [&](const InitiativeFact& fact) {
          keys.push_back(fact.key);
          return true;
        },
        span);
    return keys;
  }
  /// Initiatives of contributions, in the order in which they come.
  std::vector<std::int64_t> keys_of_money(const std::vector<Filter>& scope,
                                          const KeySpan& span = {}) {
    std::vector<std::int64_t> keys;
    read_contribution_facts(
        *database_, scope,
        [&](const ContributionFact& fact) {
          keys.push_back(fact.initiative);
          return true;
        },
        span);
    return keys;
  }
  std::map<std::int64_t, std::vector<Facet>> all_facets() {
    std::map<std::int64_t, std::vector<Facet>> all;
    read_initiative_facts(*database_, {}, [&](const InitiativeFact& fact) {
      all[fact.key] = read_facets(fact.facets);
      return true;
    });
    return all;
  }
  std::unique_ptr<store::Database> database_;
};

TEST_P(Facts, tell_what_the_rows_tell) {
  std::int64_t before = 0, initiatives = 0;
  read_initiative_facts(*database_, {}, [&](const InitiativeFact& fact) {
    EXPECT_GT(fact.key, before);
    before = fact.key;
    ++initiatives;
    const auto line = find_initiative(*database_, fact.key);
    EXPECT_EQ(line->records, fact.records);
    EXPECT_EQ(line->start_date, fact.start_date);
    EXPECT_EQ(line->end_date, fact.end_date);
    EXPECT_EQ(line->updated, fact.updated);
    EXPECT_EQ(line->disbursed_cents, fact.disbursed_cents);
    EXPECT_EQ(fact.year, std::stoi(std::string(fact.start_date.substr(0, 4))));
    return true;
  });
  EXPECT_EQ(initiatives, 25);

  std::multiset<std::string> told, kept;
  const auto describe = [](const auto& fact, std::int64_t initiative, bool counted) {
    return std::to_string(initiative) + " " + std::to_string(int(fact.kind)) +
           (counted ? " counted " : " ") + std::to_string(fact.year.value_or(0)) + " " +
           std::string(fact.provider) + " " + std::string(fact.recipient) + " " +
           std::to_string(fact.usd_cents.value_or(-1)) + " " + std::string(fact.sectors);
  };
  before = 0;
  read_contribution_facts(*database_, {}, [&](const ContributionFact& fact) {
    EXPECT_GE(fact.initiative, before);
    before = fact.initiative;
    EXPECT_TRUE(fact.by_provider);
    EXPECT_FALSE(fact.by_recipient);
    if (fact.kind == ContributionKind::disbursement) EXPECT_EQ(fact.sectors, "11110:1000000");
    if (fact.kind == ContributionKind::budget) EXPECT_FALSE(fact.usd_cents);
    told.insert(describe(fact, fact.initiative, fact.counted));
    return true;
  });
  ContributionQuestion all;
  all.counted_only = false;
  for (const auto& line : list_contributions(*database_, all))
    kept.insert(describe(line.part, line.initiative, line.counted));
  EXPECT_EQ(told.size(), 48u);
  EXPECT_EQ(told, kept);
}

TEST_P(Facts, stop_when_told_to) {
  int rows = 0;
  read_contribution_facts(*database_, {}, [&](const ContributionFact&) { return ++rows < 5; });
  EXPECT_EQ(rows, 5);
}

TEST_P(Facts, scopes_are_what_a_plain_reading_chooses) {
  const auto facets = all_facets();
  const std::vector<std::vector<std::pair<Dimension, std::string>>> scopes = {
      {{Dimension::provider, "BR"}},
      {{Dimension::provider, "BR"}, {Dimension::provider, "IN"}},
      {{Dimension::provider, "BR"}, {Dimension::recipient, "MZ"}},
      {{Dimension::category, "140"}, {Dimension::year, "2012"}, {Dimension::recipient, "NE"}},
      {{Dimension::purpose, "11110"}},
      {{Dimension::framework, "south_south"}, {Dimension::publisher, "IN-GOV-1"}},
      {{Dimension::provider, "nobody"}}};
  for (const auto& scope : scopes) {
    std::vector<Filter> filters;
    std::map<Dimension, std::set<std::string>> wanted;
    for (const auto& [dimension, value] : scope) {
      filters.push_back({dimension, value});
      wanted[dimension].insert(value);
    }
    std::vector<std::int64_t> expected, money;
    for (const auto& [key, list] : facets) {
      const bool fits =
          std::all_of(wanted.begin(), wanted.end(), [&, &list = list](const auto& by) {
            return std::any_of(list.begin(), list.end(), [&](const Facet& facet) {
              return facet.dimension == by.first && by.second.contains(facet.value);
            });
          });
      if (fits) expected.push_back(key);
    }
    for (const auto key : keys_of_money({}))
      if (std::binary_search(expected.begin(), expected.end(), key)) money.push_back(key);
    EXPECT_EQ(keys_in(filters), expected);
    EXPECT_EQ(keys_of_money(filters), money);
    EXPECT_EQ(count_initiatives(*database_, filters), std::int64_t(expected.size()));
  }
}

TEST_P(Facts, computed_filters_choose_at_least_what_they_mean) {
  const auto facets = all_facets();
  const auto with = [&](Dimension dimension, const auto& fits) {
    std::vector<std::int64_t> keys;
    for (const auto& [key, list] : facets)
      if (std::any_of(list.begin(), list.end(), [&](const Facet& facet) {
            return facet.dimension == dimension && fits(facet.value);
          }))
        keys.push_back(key);
    return keys;
  };
  const auto by = [](const char* name, const char* value) {
    return std::vector<Filter>{parse_filter(name, value)};
  };
  EXPECT_EQ(keys_in(by("recipient_in", "CILSS")),
            with(Dimension::recipient, [](const auto& value) { return value == "NE"; }));
  EXPECT_EQ(
      keys_in(by("recipient_in", "Pays les moins avancés")),
      with(Dimension::recipient, [](const auto& value) { return value == "NE" || value == "MZ"; }));
  EXPECT_EQ(keys_in(by("provider_in", "ibsa")), with(Dimension::provider, [](const auto& value) {
              return value == "BR" || value == "IN";
            }));
  EXPECT_EQ(keys_in(by("since", "2014")),
            with(Dimension::year, [](const auto& value) { return value >= "2014"; }));
  EXPECT_EQ(keys_in({{Dimension::since, "2016"}, {Dimension::until, "2017"}}),
            std::vector<std::int64_t>{keys_in({{Dimension::publisher, "P"}})});
  EXPECT_EQ(keys_in(by("sector", "300")),
            with(Dimension::category, [](const auto& value) { return value == "311"; }));
  EXPECT_TRUE(keys_in({{Dimension::provider_in, "atlantis"}}).empty());
}

TEST_P(Facts, spans_hold_everything_once) {
  for (const std::size_t spans : {1, 2, 3, 7, 25, 100}) {
    const auto all = split_keys(*database_, spans);
    EXPECT_LE(all.size(), spans);
    EXPECT_EQ(all.size(), std::min<std::size_t>(spans, 25));
    std::vector<std::int64_t> keys, money;
    for (const auto& span : all) {
      for (const auto key : keys_in({}, span)) keys.push_back(key);
      for (const auto key : keys_of_money({{Dimension::provider, "BR"}}, span))
        money.push_back(key);
    }
    EXPECT_EQ(keys, keys_in({}));
    EXPECT_EQ(money, keys_of_money({{Dimension::provider, "BR"}}));
  }
}

TEST_P(Facts, keys_and_lines_in_a_wanted_order) {
  const auto keys = list_keys_by(*database_, "title");
  ASSERT_EQ(keys.size(), 25u);
  const auto lines = list_lines(*database_, keys);
  ASSERT_EQ(lines.size(), 25u);
  EXPECT_EQ(lines.back().title, "") << "those without a title are last";
  for (std::size_t i = 0; i < 25; ++i) EXPECT_EQ(lines[i].key, keys[i]);
  for (std::size_t i = 1; i < 24; ++i) EXPECT_LE(lines[i - 1].title, lines[i].title);
  EXPECT_EQ(list_lines(*database_, {keys[3], -1, keys[1]}).size(), 2u);
  EXPECT_EQ(list_lines(*database_, {keys[3], -1, keys[1]})[1].key, keys[1]);
  EXPECT_TRUE(list_lines(*database_, {}).empty());
  EXPECT_THROW(list_keys_by(*database_, "key; DROP TABLE initiative"), Error);
}

TEST_P(Facts, a_small_scope_starts_from_its_facets) {
  if (!on_sqlite()) GTEST_SKIP() << "plans differ with PostgreSQL's statistics";
  std::string plan;
  database_->read(
      "EXPLAIN QUERY PLAN SELECT c.kind FROM contribution c WHERE 1 = 1 AND c.initiative IN "
      "(SELECT f.initiative FROM facet f WHERE f.dim = 1 AND f.value IN ('BR') INTERSECT SELECT "
      "f.initiative FROM facet f WHERE f.dim = 2 AND f.value IN ('MZ')) ORDER BY c.initiative, "
      "c.record, c.n, c.part",
      {}, [&](const store::Row& row) {
        plan += std::string(row.text(3)) + "\n";
        return true;
      });
  EXPECT_NE(plan.find("SEARCH c USING PRIMARY KEY (initiative=?)"), std::string::npos) << plan;
  EXPECT_NE(plan.find("SEARCH f USING PRIMARY KEY (dim=? AND value=?)"), std::string::npos) << plan;
  EXPECT_EQ(plan.find("ORDER BY"), std::string::npos) << "no sorting: " << plan;
}

/// A register of schema 1 whose derived rows were made by an earlier assembly.
TEST_P(Facts, a_register_of_before_is_assembled_anew) {
  for (const char* column : {"sides", "sectors", "goals", "modality", "flow_type", "finance_type",
                             "collaboration", "details", "superseded", "whole"})
    database_->run_script(std::string("ALTER TABLE contribution DROP COLUMN ") + column);
  database_->run_script("ALTER TABLE initiative ADD COLUMN words TEXT NOT NULL DEFAULT 'x'");
  for (const char* table : {"mapping", "price", "price_set", "methodology"})
    database_->run_script(std::string("DROP TABLE ") + table);
  database_->run("UPDATE initiative SET disbursed_cents = 0");
  if (on_sqlite()) database_->run_script("PRAGMA user_version = 1");
  store::set_info(*database_, "schema", "1");
  store::set_info(*database_, "codes", "0123456789ab");
  database_.reset();
  database_ = store::open_register(address(), store::Access::read_write);
  EXPECT_EQ(store::schema_of(*database_), store::newest_schema());
  EXPECT_FALSE(links_are_current(*database_));
  draw_links(*database_);
  EXPECT_TRUE(links_are_current(*database_));
  for (const auto& result : check_integrity(*database_, {}))
    EXPECT_TRUE(result.damage.empty()) << result.name << ": " << result.damage.front();
  read_contribution_facts(*database_, {}, [&](const ContributionFact& fact) {
    EXPECT_TRUE(fact.by_provider);
    return true;
  });
}

AUSTRAL_ON_BOTH_ENGINES(Facts);

}  // namespace
}  // namespace austral::registry
