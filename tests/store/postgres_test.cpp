// PostgreSQL alone: passwords stay secret, sorting does not depend on the database, losses are
// told.
#include "support/postgres.hpp"

namespace austral::store {
namespace {

using namespace std::string_view_literals;
using testing::error_of;

TEST(PostgresSecrets, no_message_repeats_a_password) {
  const std::vector<std::string> addresses = {
      "postgresql://ana:geheim77@127.0.0.1:1/db",
      "postgresql://ana:geheim77@%2Fnowhere/db",
      "postgresql://ana@127.0.0.1:1/db?password=geheim77",
      "postgresql://ana:x@geheim77@127.0.0.1:1/db",
      "postgresql://ana:x/geheim77@127.0.0.1:1/db",
      "postgresql://ana:x:geheim77@127.0.0.1:1/db",
      "postgresql://ana:geheim77@[::1/db",
      "postgresql://ana:geheim77%zz@127.0.0.1:1/db",
      "postgresql://ana:geheim77@127.0.0.1:1/db?nonsense=geheim77"};
  for (const auto& address : addresses) {
    const auto refused = error_of([&] { open_database(address, Access::read_only); });
    EXPECT_EQ(std::string(refused.what()).find("geheim77"), std::string::npos) << refused.what();
    EXPECT_TRUE(refused.kind() == Kind::unavailable || refused.kind() == Kind::invalid);
  }
}

class PostgresServer : public ::testing::Test {
 protected:
  void SetUp() override {
    if (testing::postgresql_server().empty())
      GTEST_SKIP() << "no PostgreSQL server: run through scripts/with-postgres";
    server_ = open_database(testing::postgresql_server(), Access::read_write);
  }
  /// The server's address with another user or database.
  static std::string address_as(const std::string& user, const std::string& database) {
    auto address = testing::postgresql_server();
    const auto host = address.find('@') + 1;
    const auto name = address.rfind('/') + 1;
    return "postgresql://" + user + "@" + address.substr(host, name - host) + database;
  }
  std::unique_ptr<Database> server_;
};

TEST_F(PostgresServer, the_address_is_shown_without_its_password) {
  auto database = open_database(address_as("postgres:geheim77", "postgres"), Access::read_only);
  EXPECT_EQ(database->address().find("geheim77"), std::string::npos);
  EXPECT_EQ(database->address().find("postgresql://postgres@"), 0u);
}

TEST_F(PostgresServer, a_missing_database_is_not_found) {
  const auto refused =
      error_of([&] { open_database(address_as("postgres", "absent"), Access::read_only); });
  EXPECT_EQ(refused.kind(), Kind::not_found) << refused.what();
}

TEST_F(PostgresServer, a_database_of_another_encoding_is_refused) {
  server_->run(
      "CREATE DATABASE old_latin ENCODING LATIN1 LC_COLLATE 'C' LC_CTYPE 'C' "
      "TEMPLATE template0");
  const auto refused =
      error_of([&] { open_database(address_as("postgres", "old_latin"), Access::create); });
  server_->run("DROP DATABASE old_latin");
  EXPECT_EQ(refused.kind(), Kind::invalid);
  EXPECT_NE(std::string(refused.what()).find("LATIN1"), std::string::npos);
}

TEST_F(PostgresServer, text_sorts_bytewise_whatever_the_databases_collation) {
  server_->run(
      "CREATE DATABASE for_people LOCALE_PROVIDER icu ICU_LOCALE 'fr' LC_COLLATE 'C' "
      "LC_CTYPE 'C' ENCODING 'UTF8' TEMPLATE template0");
  {
    auto database = open_register(address_as("postgres", "for_people"), Access::create);
    EXPECT_EQ(find_integer(*database, "SELECT CASE WHEN 'a' < 'Z' THEN 1 ELSE 0 END"), 1)
        << "the database itself sorts for people";
    for (const auto name : {"é"sv, "Z"sv, "a"sv, "中"sv, "e"sv}) set_info(*database, name, name);
    std::string sorted;
    database->read("SELECT value FROM register_info WHERE name = value ORDER BY value", {},
                   [&](const Row& row) { return sorted += row.text(0), true; });
    EXPECT_EQ(sorted, "Zaeé中");
    EXPECT_EQ(find_integer(*database,
                           "SELECT count(*) FROM register_info WHERE value < $1 AND name = value",
                           {"a"sv}),
              1);
  }
  server_->run("DROP DATABASE for_people");
}

TEST_F(PostgresServer, missing_rights_are_forbidden) {
  testing::FreshRegister place(Engine::postgresql);
  open_register(place.address(), Access::create);
  server_->run("DROP ROLE IF EXISTS reader_only");
  server_->run("CREATE ROLE reader_only LOGIN");
  auto database = open_database(address_as("reader_only", "postgres"), Access::read_write);
  EXPECT_EQ(error_of([&] { database->run("CREATE DATABASE mine"); }).kind(), Kind::forbidden);
  database.reset();
  server_->run("DROP ROLE reader_only");
}

TEST_F(PostgresServer, a_lost_connection_is_unavailable_and_leaves_the_pool) {
  testing::FreshRegister place(Engine::postgresql);
  open_register(place.address(), Access::create);
  Pool pool(place.address(), Access::read_write, 1);
  {
    const auto lent = pool.lend();
    const auto id = *find_integer(*lent, "SELECT pg_backend_pid()");
    EXPECT_EQ(find_integer(*server_,
                           "SELECT CASE WHEN pg_terminate_backend(CAST($1 AS INTEGER), 5000) "
                           "THEN 1 ELSE 0 END",
                           {id}),
              1);
    const auto refused = error_of([&] { find_info(*lent, "schema"); });
    EXPECT_EQ(refused.kind(), Kind::unavailable);
    EXPECT_FALSE(lent->is_usable());
  }
  EXPECT_TRUE(find_info(*pool.lend(), "schema"));
}

TEST_F(PostgresServer, deadlocks_and_serialization_are_conflicts) {
  testing::FreshRegister place(Engine::postgresql);
  auto one = open_register(place.address(), Access::create);
  auto two = open_register(place.address(), Access::read_write);
  set_info(*one, "x", "0");
  one->run_script("BEGIN ISOLATION LEVEL REPEATABLE READ");
  EXPECT_EQ(find_info(*one, "x"), "0");
  set_info(*two, "x", "1");
  EXPECT_EQ(error_of([&] { set_info(*one, "x", "2"); }).kind(), Kind::conflict);
  EXPECT_EQ(error_of([&] { find_info(*one, "x"); }).kind(), Kind::conflict)
      << "until it is rolled back";
  one->roll_back();
  EXPECT_EQ(find_info(*one, "x"), "1");
}

TEST_F(PostgresServer, a_failed_write_does_not_commit) {
  testing::FreshRegister place(Engine::postgresql);
  auto database = open_register(place.address(), Access::create);
  database->begin();
  set_info(*database, "x", "0");
  EXPECT_THROW(database->run("SELECT no_such_column FROM register_info"), Error);
  EXPECT_EQ(error_of([&] { database->commit(); }).kind(), Kind::conflict);
  EXPECT_EQ(find_info(*database, "x"), std::nullopt);
}

TEST_F(PostgresServer, numbers_of_every_type_are_read) {
  std::string seen;
  server_->read(
      "SELECT CAST(-5 AS SMALLINT), 7, CAST(12345678901 AS BIGINT), CAST('-12345.6700' AS "
      "NUMERIC), "
      "CAST('0.00010001' AS NUMERIC), CAST('1000000000000' AS NUMERIC), CAST(2.5 AS FLOAT8), "
      "1 = 1, CAST('-0.5' AS NUMERIC), CAST(0 AS NUMERIC)",
      {}, [&](const Row& row) {
        for (int i = 0; i < 10; ++i) seen += std::string(row.text(i)) + " ";
        seen += std::to_string(row.integer(3)) + " " + std::to_string(row.integer(5)) + " " +
                std::to_string(row.integer(6)) + " " + std::to_string(row.integer(7));
        return true;
      });
  EXPECT_EQ(seen,
            "-5 7 12345678901 -12345.6700 0.00010001 1000000000000 2.5 1 -0.5 0 "
            "-12345 1000000000000 2 1");
}

TEST_F(PostgresServer, stopping_early_does_not_wait_for_the_rest) {
  std::int64_t n = 0;
  server_->read("SELECT generate_series(1, 1000000000)", {},
                [&](const Row& row) { return (n = row.integer(0)) < 10; });
  EXPECT_EQ(n, 10);
  EXPECT_EQ(find_integer(*server_, "SELECT 5"), 5);
}

}  // namespace
}  // namespace austral::store
