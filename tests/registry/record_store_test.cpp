// Saving records: again, newer, older, repeated; versions, findings and journal; the same answer in
// any order.
#include "registry/record_store.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <set>

#include "registry/import_store.hpp"
#include "registry/initiative_store.hpp"
#include "registry/integrity_store.hpp"
#include "registry/organization_store.hpp"
#include "registry/synthetic.hpp"
#include "store/journal.hpp"
#include "support/postgres.hpp"

namespace austral::registry {
namespace {

using namespace synthetic;

class RecordsKept : public testing::EngineTest {
 protected:
  void SetUp() override {
    EngineTest::SetUp();
    if (!IsSkipped()) database_ = make_register();
  }
  void TearDown() override {
    if (!IsSkipped()) expect_whole();
  }
  void expect_whole() {
    draw_links(*database_);
    for (const auto& result : check_integrity(*database_, {}))
      EXPECT_TRUE(result.damage.empty() && result.remarks.empty())
          << result.name << ": " << (result.damage.empty() ? result.remarks[0] : result.damage[0]);
  }
  std::int64_t count(const std::string& sql) {
    return store::find_integer(*database_, sql).value_or(-1);
  }
  Record in_force(const std::string& identifier) {
    return get_record(*database_, find_records(*database_, identifier).at(0));
  }
  std::unique_ptr<store::Database> database_;
};

Record dated(const std::string& updated, const std::string& amount = "10") {
  Record record = make_record("P", "A");
  record.updated = updated;
  record.contributions = {money(ContributionKind::disbursement, amount)};
  return record;
}

TEST_P(RecordsKept, importing_again_changes_nothing) {
  const std::vector<Record> records = {dated("2020-01-01"), make_record("P", "B")};
  EXPECT_EQ(import_records(*database_, records).added, 2);
  draw_links(*database_);
  const auto initiatives = count("SELECT sum(key) FROM initiative");
  const auto findings = count("SELECT count(*) FROM finding");
  const auto again = import_records(*database_, records);
  EXPECT_EQ(again.read, 2);
  EXPECT_EQ(again.unchanged, 2);
  EXPECT_EQ(again.added + again.changed, 0);
  EXPECT_EQ(count("SELECT count(*) FROM record_version"), 2);
  EXPECT_EQ(count("SELECT count(*) FROM finding"), findings);
  EXPECT_EQ(draw_links(*database_).assembled, 0);
  EXPECT_EQ(count("SELECT sum(key) FROM initiative"), initiatives);
}

TEST_P(RecordsKept, a_newer_version_supersedes_and_keeps_the_older) {
  import_records(*database_, {dated("2020-01-01", "10")});
  EXPECT_EQ(import_records(*database_, {dated("2021-01-01", "20")}).changed, 1);
  EXPECT_EQ(in_force("A").updated, "2021-01-01");
  const auto key = find_records(*database_, "A").at(0);
  EXPECT_EQ(get_record(*database_, key, 1).contributions[0].quantity.amount, (Decimal{10, 0}));
  EXPECT_EQ(get_source(*database_, key, 1), source_of(dated("2020-01-01", "10")));
  EXPECT_EQ(list_versions(*database_, key).size(), 2u);
  EXPECT_EQ(find_initiative_named(*database_, "A")->disbursed_cents, 2000);
  EXPECT_EQ(count("SELECT count(*) FROM contribution"), 1);
}

TEST_P(RecordsKept, an_older_file_after_a_newer_one_does_not_win) {
  import_records(*database_, {dated("2021-01-01", "20")});
  const auto counts = import_records(*database_, {dated("2020-01-01", "10")});
  EXPECT_EQ(counts.unchanged, 1);
  EXPECT_EQ(in_force("A").updated, "2021-01-01");
  EXPECT_EQ(count("SELECT count(*) FROM record_version"), 2);
  EXPECT_EQ(count("SELECT count(*) FROM finding WHERE rule = 'record.older'"), 1);
  EXPECT_EQ(import_records(*database_, {dated("2020-01-01", "10")}).unchanged, 1);
  EXPECT_EQ(count("SELECT count(*) FROM record_version"), 2);
  import_records(*database_, {dated("2022-01-01", "30")});
  EXPECT_EQ(find_initiative_named(*database_, "A")->disbursed_cents, 3000);
}

TEST_P(RecordsKept, equal_dates_let_the_later_import_win_once) {
  import_records(*database_, {dated("2020-01-01", "10")});
  EXPECT_EQ(import_records(*database_, {dated("2020-01-01", "20")}).changed, 1);
  EXPECT_EQ(import_records(*database_, {dated("2020-01-01", "10")}).unchanged, 1);
  EXPECT_EQ(in_force("A").contributions[0].quantity.amount, (Decimal{20, 0}));
}

TEST_P(RecordsKept, an_identifier_twice_in_a_file_keeps_the_first_in_force) {
  const std::vector<Record> file = {dated("2020-01-01", "10"), dated("2020-01-01", "20"),
                                    make_record("P", "B")};
  const auto counts = import_records(*database_, file);
  EXPECT_EQ(counts.read, 3);
  EXPECT_EQ(counts.added, 2);
  EXPECT_EQ(in_force("A").contributions[0].quantity.amount, (Decimal{10, 0}));
  EXPECT_EQ(count("SELECT count(*) FROM record_version"), 3);
  EXPECT_EQ(count("SELECT count(*) FROM finding WHERE rule = 'record.repeated'"), 1);
  EXPECT_EQ(import_records(*database_, file).unchanged, 3);
  EXPECT_EQ(count("SELECT count(*) FROM record_version"), 3);
}

TEST_P(RecordsKept, two_publishers_of_one_identifier_are_one_initiative_counted_once) {
  auto other = make_record("Q", "A");
  other.contributions = {money(ContributionKind::disbursement, "999")};
  other.secondary_publisher = true;
  import_records(*database_, {other, dated("2020-01-01", "10")});
  draw_links(*database_);
  std::int64_t matches = 0;
  const auto line = find_initiative_named(*database_, "A", &matches);
  EXPECT_EQ(matches, 1);
  EXPECT_EQ(line->records, 2);
  EXPECT_EQ(line->publisher, "P");
  EXPECT_EQ(line->disbursed_cents, 1000);
  EXPECT_EQ(count("SELECT count(*) FROM initiative"), 1);
  // When one of them changes, the other is not lost.
  import_records(*database_, {dated("2023-01-01", "30")});
  draw_links(*database_);
  EXPECT_EQ(find_initiative_named(*database_, "A")->records, 2);
  EXPECT_EQ(find_initiative_named(*database_, "A")->disbursed_cents, 3000);
}

TEST_P(RecordsKept, yearly_records_of_one_publisher_add_up) {
  auto first = make_record("P", "A-2020"), second = make_record("P", "A-2021");
  first.contributions = {money(ContributionKind::disbursement, "10", "2020-05-05"),
                         money(ContributionKind::budget, "7", "2021-01-01")};
  second.contributions = {money(ContributionKind::disbursement, "20", "2021-05-05"),
                          money(ContributionKind::budget, "7", "2021-01-01")};
  second.references = {{ReferenceKind::other_identifier, "A-2020", "A3", {}}};
  import_records(*database_, {first, second});
  draw_links(*database_);
  const auto line = find_initiative_named(*database_, "A-2020");
  EXPECT_EQ(line->records, 2);
  EXPECT_EQ(line->disbursed_cents, 3000);
  EXPECT_EQ(line->budgeted_cents, 700);
}

TEST_P(RecordsKept, other_income_keeps_a_receiver_counted) {
  auto payer = make_record("P", "UP"), receiver = make_record("Q", "DOWN");
  payer.contributions = {money(ContributionKind::disbursement, "10")};
  receiver.contributions = {money(ContributionKind::expenditure, "500")};
  add_income(receiver, "UP", "10");
  import_records(*database_, {payer, receiver});
  draw_links(*database_);
  EXPECT_EQ(count("SELECT count(*) FROM record WHERE counted = 0"), 1);
  receiver.updated = "2021-01-01";
  receiver.contributions.push_back(
      money(ContributionKind::incoming_funds, "490"));  // from elsewhere
  import_records(*database_, {receiver});
  draw_links(*database_);
  EXPECT_EQ(count("SELECT count(*) FROM record WHERE counted = 0"), 0);
  EXPECT_EQ(count("SELECT count(*) FROM initiative"), 2);
}

TEST_P(RecordsKept, organisation_files_are_kept_beside_initiatives) {
  auto file = make_record("P", "P");
  file.kind = "organisation";
  file.contributions = {money(ContributionKind::budget, "10")};
  import_records(*database_, {file, make_record("P", "P")});
  EXPECT_EQ(count("SELECT count(*) FROM record"), 2);
  EXPECT_EQ(count("SELECT count(*) FROM initiative"), 1);
  EXPECT_EQ(count("SELECT count(*) FROM contribution"), 0);
  EXPECT_EQ(find_organization_records(*database_, "P").size(), 1u);
}

TEST_P(RecordsKept, findings_of_a_superseded_version_make_place) {
  auto record = make_record("P", "A");
  record.places = {country("XQX")};
  EXPECT_GT(import_records(*database_, {record}).findings, 0);
  EXPECT_EQ(count("SELECT count(*) FROM finding WHERE rule = 'code.unknown'"), 1);
  record.places = {country("KE")};
  record.updated = "2021-01-01";
  import_records(*database_, {record});
  EXPECT_EQ(count("SELECT count(*) FROM finding"), 0);
}

TEST_P(RecordsKept, the_journal_tells_every_write) {
  import_records(*database_, {dated("2020-01-01"), make_record("P", "B")});
  import_records(*database_, {dated("2021-01-01")});
  import_records(*database_, {dated("2019-01-01")});
  std::vector<std::string> told;
  store::follow_journal(*database_, 0, [&](const store::JournalEntry& entry) {
    told.push_back(entry.change.kind + " " + entry.change.action);
    EXPECT_EQ(entry.who, "test");
    return true;
  });
  EXPECT_EQ(told,
            (std::vector<std::string>{"import add", "record add", "record add", "import change",
                                      "import add", "record change", "import change", "import add",
                                      "record keep", "import change"}));
  EXPECT_EQ(store::revision_of(*database_), std::int64_t(told.size()));
}

TEST_P(RecordsKept, an_import_that_breaks_off_keeps_nothing_half) {
  {
    Saving saving(*database_, "test", "broken.xml", "synthetic", 1);
    saving.save(prepare(make_record("P", "A"), "x", "synthetic-1", "", {}));
  }
  EXPECT_EQ(count("SELECT count(*) FROM record"), 0);
  import_records(*database_, {make_record("P", "A")});
}

TEST_P(RecordsKept, organizations_are_found_without_accents_and_like_signs_are_letters) {
  auto record = make_record("BR-GOV-1", "A");
  record.publisher_name = {{"pt", "Agência Brasileira de Cooperação"}};
  record.participations = {{Function::funds, party("XX_1", "10", "100% _under\\score")}};
  import_records(*database_, {record});
  draw_links(*database_);
  const auto found = [&](const char* words) {
    return list_organizations(*database_, words, "", 0, 0).total;
  };
  EXPECT_EQ(found("COOPERACAO"), 1);
  EXPECT_EQ(found("cooperação agência"), 1);
  EXPECT_EQ(found("br-gov"), 1);
  EXPECT_EQ(found("%"), 1);
  EXPECT_EQ(found("_"), 1);
  EXPECT_EQ(found("\\"), 1);
  EXPECT_EQ(found("x%y"), 0);
  EXPECT_EQ(found("' OR 1=1 --"), 0);
  EXPECT_EQ(list_organizations(*database_, "", "BR", 0, 0).total, 1);
}

AUSTRAL_ON_BOTH_ENGINES(RecordsKept);

/// What must not depend on the order of import: initiatives by their identifiers, what counts,
/// totals.
std::set<std::string> describe(store::Database& database) {
  std::set<std::string> lines;
  database.read(
      "SELECT r.publisher, r.identifier, r.counted, i.identifier, i.publisher, i.records, "
      "i.disbursed_cents, "
      "i.budgeted_cents, i.committed_cents, i.framework FROM record r JOIN initiative i ON i.key = "
      "r.initiative",
      {}, [&](const store::Row& row) {
        std::string line;
        for (int i = 0; i < 10; ++i) line += std::string(row.text(i)) + "|";
        lines.insert(line);
        return true;
      });
  return lines;
}

std::vector<Record> web_of_records() {
  std::vector<Record> records = {make_record("P", "UP"),    make_record("Q", "DOWN"),
                                 make_record("R", "UP"),    make_record("Q", "OLD"),
                                 make_record("S", "SPLIT"), make_record("T", "LAST")};
  for (std::size_t i = 0; i < records.size(); ++i)
    records[i].contributions = {
        money(ContributionKind::disbursement, std::to_string(10 * (i + 1)))};
  add_income(records[1], "OTHER", "20");
  add_income(records[4], "UP", "5");
  add_income(records[4], "DOWN", "6");
  add_income(records[5], "SPLIT", "7");
  records[3].references = {{ReferenceKind::other_identifier, "DOWN", "A9", {}}};
  records[2].references = {{ReferenceKind::third_party, "LAST", "5", {}}};
  return records;
}

RC_GTEST_PROP(AnyOrder, of_files_gives_the_same_initiatives_counts_and_totals, ()) {
  auto records = web_of_records();
  const auto answer_of = [](const std::vector<Record>& in_order, bool draw_often) {
    testing::FreshRegister place(store::Engine::sqlite);
    const auto database = store::open_register(place.address(), store::Access::create);
    for (const auto& record : in_order) {
      import_records(*database, {record});
      if (draw_often) draw_links(*database);
    }
    draw_links(*database);
    for (const auto& result : check_integrity(*database, {}))
      RC_ASSERT(result.damage == std::vector<std::string>{});
    return describe(*database);
  };
  const auto wanted = answer_of(records, false);
  RC_ASSERT(wanted.size() == records.size());
  for (std::size_t i = records.size(); i > 1; --i)
    std::swap(records[i - 1], records[*rc::gen::inRange<std::size_t>(0, i)]);
  RC_ASSERT(answer_of(records, *rc::gen::arbitrary<bool>()) == wanted);
}

}  // namespace
}  // namespace austral::registry
