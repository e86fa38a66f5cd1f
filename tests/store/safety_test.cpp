// What happens to a register when a program is killed, a disk fills, a folder is read-only, a file
// is foreign.
#include <sqlite3.h>
#include <sys/mount.h>
#include <sys/resource.h>

#include <csignal>
#include <fstream>
#include <future>

#include "store/journal.hpp"
#include "support/postgres.hpp"

namespace austral::store {
namespace {

using testing::error_of;
using testing::run_in_child;

void append_many(Database& database, int count) {
  std::vector<Value> cells;
  std::vector<std::string> names;
  for (int i = 0; i < count; ++i) names.push_back("name of a fact " + std::to_string(i));
  for (const auto& name : names) {
    cells.emplace_back(std::string_view(name));
    cells.emplace_back(std::string_view(name));
  }
  database.append("register_info", {"name", "value"}, cells);
}

class WriteSafety : public testing::EngineTest {};

TEST_P(WriteSafety, a_program_killed_while_writing_leaves_the_register_whole) {
  auto database = make_register();
  const auto before = find_integer(*database, "SELECT count(*) FROM register_info");
  const auto where = address();
  EXPECT_EQ(run_in_child([&] {
              auto writer = open_register(where, Access::read_write);
              writer->begin();
              Journal journal(*writer, "killed");
              for (int i = 0; i < 1000; ++i) journal.add({"record", i, "add", "", "x"});
              journal.flush();
              append_many(*writer,
                          200'000);  // more than the cache holds, so that it reaches the disk
              return 7;
            }),
            7);
  EXPECT_EQ(find_integer(*database, "SELECT count(*) FROM register_info"), before);
  EXPECT_EQ(revision_of(*database), 0);
  EXPECT_EQ(find_journal_damage(*database), std::nullopt);
  if (on_sqlite()) {
    EXPECT_EQ(find_text(*database, "PRAGMA integrity_check"), "ok");
  }
  Write write(*database);
  set_info(*database, "still", "writable");
  write.commit();
}

TEST_P(WriteSafety, two_writers_queue) {
  make_register();
  const auto add_hundred = [&] {
    auto database = open_register(address(), Access::read_write);
    for (int i = 0; i < 100; ++i) {
      Write write(*database);
      Journal journal(*database, "one of two");
      journal.add({"record", i, "add", "", "x"});
      journal.flush();
      write.commit();
    }
  };
  auto other = std::async(std::launch::async, add_hundred);
  add_hundred();
  other.get();
  auto database = open_register(address(), Access::read_only);
  EXPECT_EQ(revision_of(*database), 200);
  EXPECT_EQ(find_journal_damage(*database), std::nullopt);
}

AUSTRAL_ON_BOTH_ENGINES(WriteSafety);

class SqliteFile : public ::testing::Test {
 protected:
  void write_file(const std::string& bytes) { std::ofstream(path_) << bytes; }
  testing::TemporaryFolder folder_;
  std::string path_ = folder_.file("register.db");
};

TEST_F(SqliteFile, what_is_no_register_is_refused_and_left_alone) {
  const std::string text(5000, 't');
  write_file(text);
  for (const auto access : {Access::create, Access::read_write, Access::read_only}) {
    const auto refused = error_of([&] { open_register(path_, access); });
    EXPECT_EQ(refused.kind(), Kind::invalid) << refused.what();
  }
  std::ifstream file(path_);
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(file), {}), text);
}

TEST_F(SqliteFile, another_programs_database_is_refused_and_left_alone) {
  sqlite3* handle = nullptr;
  ASSERT_EQ(sqlite3_open(path_.c_str(), &handle), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(handle, "CREATE TABLE theirs (x)", nullptr, nullptr, nullptr), SQLITE_OK);
  for (const auto access : {Access::create, Access::read_write, Access::read_only}) {
    const auto refused = error_of([&] { open_register(path_, access); });
    EXPECT_EQ(refused.kind(), Kind::invalid);
    EXPECT_NE(std::string(refused.what()).find("is an SQLite database but not an Austral register"),
              std::string::npos)
        << refused.what();
  }
  ASSERT_EQ(sqlite3_exec(handle, "INSERT INTO theirs VALUES (1)", nullptr, nullptr, nullptr),
            SQLITE_OK);
  sqlite3_close(handle);
  EXPECT_FALSE(std::filesystem::exists(path_ + "-wal"));
}

TEST_F(SqliteFile, an_empty_file_is_a_register_to_be_made) {
  write_file("");
  EXPECT_EQ(error_of([&] { open_register(path_, Access::read_only); }).kind(), Kind::invalid);
  EXPECT_EQ(schema_of(*open_register(path_, Access::create)), newest_schema());
}

TEST_F(SqliteFile, folders_and_missing_places_are_named) {
  EXPECT_EQ(error_of([&] { open_register(folder_.path(), Access::create); }).kind(), Kind::invalid);
  const auto refused = error_of([&] { open_register(folder_.file("no/r.db"), Access::create); });
  EXPECT_EQ(refused.kind(), Kind::not_found);
  EXPECT_NE(std::string(refused.what()).find("there is no folder"), std::string::npos);
}

TEST_F(SqliteFile, a_damaged_file_is_unavailable) {
  {
    auto database = open_register(path_, Access::create);
    Write write(*database);
    append_many(*database, 20'000);
    write.commit();
  }
  std::fstream file(path_, std::ios::in | std::ios::out | std::ios::binary);
  for (int page = 20; page < 200; ++page) {
    file.seekp(page * 4096);
    file << std::string(4096, '\x55');
  }
  file.close();
  const auto refused = error_of([&] {
    auto database = open_register(path_, Access::read_only);
    find_integer(*database, "SELECT sum(length(value)) FROM register_info");
  });
  EXPECT_EQ(refused.kind(), Kind::unavailable);
  EXPECT_NE(std::string(refused.what()).find("damaged"), std::string::npos) << refused.what();
}

TEST_F(SqliteFile, a_lock_held_too_long_is_unavailable) {
  auto holder = open_register(path_, Access::create);
  auto other = open_register(path_, Access::read_write);
  other->run("PRAGMA busy_timeout = 50");
  const Write held(*holder);
  const auto refused = error_of([&] { other->begin(); });
  EXPECT_EQ(refused.kind(), Kind::unavailable);
  EXPECT_NE(std::string(refused.what()).find("locked"), std::string::npos);
  EXPECT_TRUE(other->is_usable());
}

/// Becomes an account that may not write where the tests' account may.
void become_nobody() {
  if (::geteuid() != 0) return;
  if (::setgid(65534) != 0 || ::setuid(65534) != 0)
    throw std::runtime_error("cannot become nobody");
}

int expect_unavailable(const std::function<void()>& work, const std::string& words) {
  try {
    work();
  } catch (const Error& error) {
    if (error.kind() == Kind::unavailable &&
        std::string(error.what()).find(words) != std::string::npos)
      return 0;
    std::fprintf(stderr, "in the child: %s\n", error.what());
    return 2;
  }
  return 1;
}

TEST_F(SqliteFile, a_register_in_a_read_only_folder_can_be_read) {
  set_info(*open_register(path_, Access::create), "fact", "kept");
  ASSERT_FALSE(std::filesystem::exists(path_ + "-wal"));
  ::chmod(path_.c_str(), 0444);
  ::chmod(folder_.path().c_str(), 0555);
  EXPECT_EQ(run_in_child([&] {
              become_nobody();
              auto database = open_register(path_, Access::read_only);
              return find_info(*database, "fact") == "kept" ? 0 : 1;
            }),
            0);
  EXPECT_EQ(run_in_child([&] {
              become_nobody();
              return expect_unavailable([&] { open_register(path_, Access::read_write); },
                                        "read-only");
            }),
            0);
  EXPECT_EQ(run_in_child([&] {
              become_nobody();
              return expect_unavailable(
                  [&] { open_register(folder_.file("new.db"), Access::create); },
                  "cannot be opened");
            }),
            0);
}

TEST_F(SqliteFile, newest_writes_are_not_left_out_silently_in_a_read_only_folder) {
  const testing::TemporaryFolder copy;
  {
    auto writer = open_register(path_, Access::create);
    set_info(*writer, "fact", "in the log");
    std::filesystem::copy(path_, copy.file("register.db"));
    std::filesystem::copy(path_ + "-wal", copy.file("register.db-wal"));
  }
  for (const auto name : {"register.db", "register.db-wal"}) ::chmod(copy.file(name).c_str(), 0444);
  ::chmod(copy.path().c_str(), 0555);
  EXPECT_EQ(run_in_child([&] {
              become_nobody();
              return expect_unavailable(
                  [&] { open_register(copy.file("register.db"), Access::read_only); }, "-wal");
            }),
            0);
  ::chmod(copy.path().c_str(), 0755);
}

TEST_F(SqliteFile, an_unreadable_file_is_unavailable) {
  open_register(path_, Access::create);
  ::chmod(folder_.path().c_str(), 0755);
  ::chmod(path_.c_str(), 0);
  EXPECT_EQ(run_in_child([&] {
              become_nobody();
              return expect_unavailable([&] { open_register(path_, Access::read_only); },
                                        "cannot be opened");
            }),
            0);
}

/// Fills the register until it is refused; then it must be whole, readable, and usable.
void expect_full(const std::string& path, const std::string& words) {
  auto database = open_register(path, Access::create);
  const auto before = find_integer(*database, "SELECT count(*) FROM register_info");
  const auto refused = error_of([&] {
    Write write(*database);
    append_many(*database, 400'000);
    write.commit();
  });
  EXPECT_EQ(refused.kind(), Kind::unavailable);
  EXPECT_NE(std::string(refused.what()).find(words), std::string::npos) << refused.what();
  EXPECT_EQ(find_integer(*database, "SELECT count(*) FROM register_info"), before);
  EXPECT_EQ(find_text(*database, "PRAGMA integrity_check"), "ok");
}

TEST_F(SqliteFile, a_full_disk_keeps_nothing_of_the_write) {
  if (::mount("tmpfs", folder_.path().c_str(), "tmpfs", 0, "size=8m") != 0)
    GTEST_SKIP() << "mounting a small disk needs root";
  expect_full(path_, "the disk is full");
  ::umount2(folder_.path().c_str(), MNT_DETACH);
}

TEST_F(SqliteFile, a_limit_on_the_files_size_keeps_nothing_of_the_write) {
  EXPECT_EQ(run_in_child([&] {
              std::signal(SIGXFSZ, SIG_IGN);
              const rlimit limit{8 << 20, 8 << 20};
              ::setrlimit(RLIMIT_FSIZE, &limit);
              expect_full(path_, "File too large");
              return ::testing::Test::HasFailure() ? 1 : 0;
            }),
            0);
}

TEST_F(SqliteFile, after_a_failure_that_undid_the_write_nothing_more_is_kept) {
  auto database = open_register(path_, Access::create);
  database->begin();
  set_info(*database, "a", "1");
  database->run("ROLLBACK");  // as SQLite itself does when the disk is full
  EXPECT_EQ(error_of([&] { set_info(*database, "b", "2"); }).kind(), Kind::conflict);
  EXPECT_EQ(error_of([&] { database->commit(); }).kind(), Kind::conflict);
  database->roll_back();
  EXPECT_EQ(find_info(*database, "b"), std::nullopt);
}

}  // namespace
}  // namespace austral::store
