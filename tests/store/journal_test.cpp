// The journal's chain holds, and every way of tampering with it is found and named.
#include "store/journal.hpp"

#include "support/postgres.hpp"

namespace austral::store {
namespace {

using namespace std::string_literals;

class JournalChain : public testing::EngineTest {
 protected:
  void SetUp() override {
    EngineTest::SetUp();
    if (IsSkipped()) return;
    database_ = make_register();
  }
  void write_entries(int count, const std::string& who = "ana") {
    Write write(*database_);
    Journal journal(*database_, who);
    for (int i = 0; i < count; ++i) journal.add({"record", i, "change", "before\0"s, "after"});
    journal.flush();
    write.commit();
  }
  void expect_damage_at(int revision) {
    const auto damage = find_journal_damage(*database_);
    ASSERT_TRUE(damage);
    EXPECT_EQ(damage->find("revision " + std::to_string(revision) + ":"), 0u) << *damage;
  }
  std::unique_ptr<Database> database_;
};

TEST_P(JournalChain, an_empty_journal_holds) {
  EXPECT_EQ(revision_of(*database_), 0);
  EXPECT_EQ(find_journal_damage(*database_), std::nullopt);
}

TEST_P(JournalChain, entries_are_numbered_followed_and_checked) {
  write_entries(3);
  write_entries(9000, "ben");
  EXPECT_EQ(revision_of(*database_), 9003);
  EXPECT_EQ(find_journal_damage(*database_), std::nullopt);
  std::int64_t expected = 2;
  follow_journal(*database_, 1, [&](const JournalEntry& entry) {
    EXPECT_EQ(entry.revision, expected);
    EXPECT_EQ(entry.who, expected <= 3 ? "ana" : "ben");
    EXPECT_EQ(entry.change.before, "before\0"s);
    EXPECT_GT(entry.at, 1'700'000'000'000);
    return ++expected < 6;
  });
  EXPECT_EQ(expected, 6);
}

TEST_P(JournalChain, a_write_undone_leaves_no_entry) {
  write_entries(2);
  Journal journal(*database_, "ana");
  {
    Write write(*database_);
    journal.add({"record", 1, "add", "", "x"});
    journal.flush();
  }
  EXPECT_EQ(revision_of(*database_), 2);
  write_entries(1, "another");  // the same journal goes on behind what others wrote meanwhile
  Write write(*database_);
  journal.add({"record", 1, "add", "", "x"});
  journal.flush();
  journal.add({"record", 1, "remove", "x", ""});
  journal.flush();
  write.commit();
  EXPECT_EQ(revision_of(*database_), 5);
  EXPECT_EQ(find_journal_damage(*database_), std::nullopt);
}

TEST_P(JournalChain, a_changed_byte_in_any_column_is_found) {
  write_entries(9);
  const std::vector<std::string> changes = {
      "at = at + 1",       "who = 'anb'",       "kind = 'recore'", "object = object + 256",
      "action = 'changf'", "before = $1",       "after = $1",      "digest = $1",
      "before = NULL",     "revision = 1000001"};
  const std::string other = "afteR";
  for (const auto& change : changes) {
    const bool bytes = change.find("$1") != std::string::npos;
    SCOPED_TRACE(change);
    database_->run("CREATE TABLE kept AS SELECT * FROM journal");
    std::vector<Value> values;
    if (bytes) values.push_back(Bytes{other});
    database_->run("UPDATE journal SET " + change + " WHERE revision = 5", values);
    expect_damage_at(5);
    database_->run("DELETE FROM journal");
    database_->run("INSERT INTO journal SELECT * FROM kept");
    database_->run("DROP TABLE kept");
    EXPECT_EQ(find_journal_damage(*database_), std::nullopt);
  }
}

TEST_P(JournalChain, a_flipped_bit_of_a_digest_is_found) {
  write_entries(4);
  std::string digest;
  database_->read("SELECT digest FROM journal WHERE revision = 4", {}, [&](const Row& row) {
    digest = row.bytes(0);
    return true;
  });
  ASSERT_EQ(digest.size(), 32u);
  digest[31] ^= 1;
  database_->run("UPDATE journal SET digest = $1 WHERE revision = 4", {Bytes{digest}});
  expect_damage_at(4);
  database_->run("UPDATE journal_head SET digest = $1", {Bytes{digest}});
  expect_damage_at(4);
}

TEST_P(JournalChain, removed_rows_are_found) {
  write_entries(9);
  database_->run("DELETE FROM journal WHERE revision = 9");
  expect_damage_at(9);
  database_->run("DELETE FROM journal WHERE revision > 6");
  expect_damage_at(7);
  database_->run("DELETE FROM journal WHERE revision = 4");
  expect_damage_at(4);
  database_->run("DELETE FROM journal WHERE revision = 1");
  expect_damage_at(1);
  database_->run("DELETE FROM journal");
  expect_damage_at(1);
}

TEST_P(JournalChain, swapped_and_added_rows_are_found) {
  write_entries(9);
  database_->run("UPDATE journal SET revision = 100 WHERE revision = 3");
  database_->run("UPDATE journal SET revision = 3 WHERE revision = 6");
  database_->run("UPDATE journal SET revision = 6 WHERE revision = 100");
  expect_damage_at(3);
  database_->run("UPDATE journal SET revision = 100 WHERE revision = 3");
  database_->run("UPDATE journal SET revision = 3 WHERE revision = 6");
  database_->run("UPDATE journal SET revision = 6 WHERE revision = 100");
  EXPECT_EQ(find_journal_damage(*database_), std::nullopt);
  database_->run(
      "INSERT INTO journal SELECT 0, at, who, kind, object, action, before, after, digest "
      "FROM journal WHERE revision = 1");
  expect_damage_at(1);
}

TEST_P(JournalChain, a_changed_or_missing_head_is_found) {
  write_entries(3);
  const std::string other(32, 'x');
  {
    Write undone(*database_);
    database_->run("UPDATE journal_head SET digest = $1", {Bytes{other}});
  }
  EXPECT_EQ(find_journal_damage(*database_), std::nullopt);
  database_->run("UPDATE journal_head SET digest = $1", {Bytes{other}});
  expect_damage_at(3);
  database_->run("UPDATE journal_head SET revision = 2");
  expect_damage_at(3);
  database_->run("DELETE FROM journal_head");
  expect_damage_at(3);
  database_->run("DELETE FROM journal");
  expect_damage_at(0);
  const auto refused = testing::error_of([&] { write_entries(1); });
  EXPECT_EQ(refused.kind(), Kind::invalid);
}

TEST_P(JournalChain, writers_in_several_processes_queue_without_gaps) {
  const auto where = address();
  std::vector<pid_t> children;
  for (int child = 0; child < 3; ++child) {
    children.push_back(::fork());
    if (children.back() != 0) continue;
    int status = 0;
    try {
      auto database = open_register(where, Access::read_write);
      Journal journal(*database, "child" + std::to_string(child));
      for (int i = 0; i < 40; ++i) {
        Write write(*database);
        journal.add({"record", i, "add", "", "x"});
        journal.flush();
        write.commit();
      }
    } catch (const std::exception& error) {
      std::fprintf(stderr, "in the child: %s\n", error.what());
      status = 1;
    }
    ::_exit(status);
  }
  for (const auto child : children) {
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
  }
  EXPECT_EQ(revision_of(*database_), 120);
  EXPECT_EQ(find_journal_damage(*database_), std::nullopt);
}

AUSTRAL_ON_BOTH_ENGINES(JournalChain);

}  // namespace
}  // namespace austral::store
