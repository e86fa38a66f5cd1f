// One SQL text, the same answers from SQLite and PostgreSQL.
#include <rapidcheck.h>

#include <fstream>

#include "support/postgres.hpp"

namespace austral::store {
namespace {

using namespace std::string_literals;
using namespace std::string_view_literals;

/// All rows as `a|b;c|d`, NULL as `~`.
std::string answer(Database& database, std::string_view sql, const std::vector<Value>& values = {},
                   int columns = 1) {
  std::string out;
  database.read(sql, values, [&](const Row& row) {
    if (!out.empty()) out += ';';
    for (int i = 0; i < columns; ++i) {
      if (i) out += '|';
      out += row.is_null(i) ? "~" : std::string(row.text(i));
    }
    return true;
  });
  return out;
}

class SameAnswers : public testing::EngineTest {
 protected:
  void SetUp() override {
    EngineTest::SetUp();
    if (IsSkipped()) return;
    database_ = make_register();
    database_->run(
        "INSERT INTO organization (id, name, type, country, named_by) VALUES "
        "($1, $2, $3, $4, 1), ($5, $6, $3, $4, 2), ($7, $8, $3, $9, 3), ($10, $11, $3, $9, 4)",
        {"o1"sv, "é"sv, "10"sv, "BR"sv, "o2"sv, "Z"sv, "o3"sv, "a"sv, "KE"sv, "o4"sv, "中"sv});
  }
  std::unique_ptr<Database> database_;
};

TEST_P(SameAnswers, parameters_bind_by_their_number) {
  EXPECT_EQ(answer(*database_, "SELECT name FROM organization WHERE named_by = $2 AND id = $1",
                   {"o2"sv, std::int64_t{2}}),
            "Z");
  EXPECT_EQ(answer(*database_, "SELECT $2 || '-' || $1 || '-' || $2", {"one"sv, "two"sv}),
            "two-one-two");
}

TEST_P(SameAnswers, text_sorts_bytewise_and_like_minds_case) {
  EXPECT_EQ(answer(*database_, "SELECT name FROM organization ORDER BY name"), "Z;a;é;中");
  EXPECT_EQ(answer(*database_, "SELECT max(name) FROM organization"), "中");
  EXPECT_EQ(answer(*database_, "SELECT count(*) FROM organization WHERE name > $1", {"Za"sv}), "3");
  EXPECT_EQ(answer(*database_, "SELECT id FROM organization WHERE name LIKE 'z%'"), "");
  EXPECT_EQ(answer(*database_, "SELECT id FROM organization WHERE name LIKE 'Z%'"), "o2");
}

TEST_P(SameAnswers, groups_windows_and_filters) {
  EXPECT_EQ(answer(*database_,
                   "SELECT country, string_agg(id, ', '), count(*) FILTER (WHERE named_by > 2), "
                   "sum(named_by) FROM (SELECT * FROM organization ORDER BY id) o "
                   "GROUP BY country ORDER BY country",
                   {}, 4),
            "BR|o1, o2|0|3;KE|o3, o4|2|7");
  EXPECT_EQ(answer(*database_, "SELECT string_agg(name, ',') FROM organization WHERE id = 'none'"),
            "~");
  EXPECT_EQ(answer(*database_,
                   "SELECT id, row_number() OVER (PARTITION BY country ORDER BY named_by DESC), "
                   "sum(named_by) OVER (ORDER BY id) FROM organization ORDER BY id",
                   {}, 3),
            "o1|2|1;o2|1|3;o3|2|6;o4|1|10");
  EXPECT_EQ(answer(*database_,
                   "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5) "
                   "SELECT sum(i * i) FROM n"),
            "55");
}

TEST_P(SameAnswers, upserts_updates_from_and_returning) {
  const auto upsert =
      "INSERT INTO organization (id, name, type, country, named_by) VALUES ($1, $2, '10', 'KE', 9) "
      "ON CONFLICT (id) DO UPDATE SET name = excluded.name, named_by = organization.named_by + 1 "
      "RETURNING named_by";
  EXPECT_EQ(answer(*database_, upsert, {"o1"sv, "new"sv}), "2");
  EXPECT_EQ(answer(*database_, upsert, {"o9"sv, "nine"sv}), "9");
  EXPECT_EQ(database_->run("UPDATE organization SET country = v.c FROM "
                           "(SELECT $1 AS i, $2 AS c UNION ALL SELECT $3, $2) v "
                           "WHERE organization.id = v.i",
                           {"o1"sv, "IN"sv, "o9"sv}),
            2);
  EXPECT_EQ(answer(*database_, "SELECT id FROM organization WHERE country = 'IN' ORDER BY id"),
            "o1;o9");
  EXPECT_EQ(database_->run("DELETE FROM organization WHERE id = $1", {"absent"sv}), 0);
  EXPECT_EQ(database_->run("SELECT id FROM organization"), 0);
}

TEST_P(SameAnswers, kinds_of_values_come_back_as_they_went) {
  const auto most = std::numeric_limits<std::int64_t>::max();
  database_->run("CREATE TABLE kept (n BIGINT, s SMALLINT, t TEXT, b " +
                 std::string(on_sqlite() ? "BLOB" : "BYTEA") + ")");
  const auto insert = "INSERT INTO kept (n, s, t, b) VALUES ($1, $2, $3, $4)";
  database_->run(insert, {std::monostate{}, std::monostate{}, std::monostate{}, std::monostate{}});
  database_->run(insert, {most, std::int64_t{-7}, std::string_view{}, Bytes{"a\0b\xff"sv}});
  database_->run(insert, {std::int64_t{-most}, std::int64_t{0}, "x"sv, Bytes{}});
  int n = 0;
  database_->read("SELECT n, s, t, b, n = $1, n IS NULL FROM kept ORDER BY n DESC NULLS LAST",
                  {most}, [&](const Row& row) {
                    if (++n == 1) {
                      EXPECT_EQ(row.integer(0), most);
                      EXPECT_EQ(row.integer(1), -7);
                      EXPECT_FALSE(row.is_null(2));
                      EXPECT_EQ(row.text(2), "");
                      EXPECT_EQ(row.bytes(3), "a\0b\xff"sv);
                      EXPECT_EQ(row.integer(4), 1);
                      EXPECT_EQ(row.text(5), "0");
                    } else if (n == 2) {
                      EXPECT_EQ(row.text(0), std::to_string(-most));
                      EXPECT_FALSE(row.is_null(3));
                      EXPECT_EQ(row.bytes(3), "");
                    } else {
                      for (int i = 0; i < 4; ++i) EXPECT_TRUE(row.is_null(i));
                      EXPECT_EQ(row.integer(0), 0);
                      EXPECT_EQ(row.text(2), "");
                      EXPECT_TRUE(row.is_null(4));
                      EXPECT_EQ(row.integer(5), 1);
                    }
                    return true;
                  });
  EXPECT_EQ(n, 3);
  EXPECT_EQ(find_integer(*database_, "SELECT max(n) FROM kept"), most);
  EXPECT_EQ(find_integer(*database_, "SELECT n FROM kept WHERE t IS NULL"), std::nullopt);
  EXPECT_EQ(find_text(*database_, "SELECT t FROM kept WHERE n < 0"), "x");
}

TEST_P(SameAnswers, sums_beyond_64_bits_are_refused) {
  EXPECT_EQ(find_integer(*database_, "SELECT sum(named_by * 100000000000) FROM organization"),
            1'000'000'000'000);
  EXPECT_EQ(find_integer(*database_, "SELECT -sum(named_by * $1) FROM organization",
                         {std::int64_t{10'000}}),
            -100'000);
  EXPECT_THROW(
      find_integer(*database_, "SELECT sum($1 + n) FROM (SELECT 0 AS n UNION ALL SELECT 0) v",
                   {std::numeric_limits<std::int64_t>::max()}),
      Error);
}

TEST_P(SameAnswers, any_bytes_survive_run_and_append) {
  database_->run("CREATE TABLE any_bytes (n BIGINT, t TEXT, b " +
                 std::string(on_sqlite() ? "BLOB" : "BYTEA") + ")");
  std::int64_t n = 0;
  EXPECT_TRUE(rc::check("bytes and text come back", [&](const std::string& bytes) {
    std::string text;
    for (const unsigned char c : bytes)
      text += c ? static_cast<char>(c & 0x7f ? c & 0x7f : 1) : '\\';
    ++n;
    database_->run("INSERT INTO any_bytes (n, b, t) VALUES ($1, $2, $3)",
                   {n, Bytes{bytes}, std::string_view(text)});
    Write write(*database_);
    database_->append("any_bytes", {"b", "n", "t"},
                      {Bytes{bytes}, std::int64_t{-n}, std::string_view(text)});
    write.commit();
    int found = 0;
    database_->read("SELECT b, t FROM any_bytes WHERE n = $1 OR n = -$1", {n}, [&](const Row& row) {
      RC_ASSERT(row.bytes(0) == bytes);
      RC_ASSERT(row.text(1) == text);
      return ++found > 0;
    });
    RC_ASSERT(found == 2);
  }));
}

TEST_P(SameAnswers, nul_in_text_is_refused) {
  const auto text = "a\0b"sv;
  const auto refused = testing::error_of([&] { find_text(*database_, "SELECT $1 || ''", {text}); });
  EXPECT_EQ(refused.kind(), Kind::invalid);
  EXPECT_NE(std::string(refused.what()).find("NUL"), std::string::npos);
  {
    Write write(*database_);
    EXPECT_EQ(testing::error_of([&] {
                database_->append("register_info", {"name", "value"}, {"n"sv, text});
              }).kind(),
              Kind::invalid);
  }
  EXPECT_EQ(find_integer(*database_, "SELECT 1"), 1) << "the connection is usable afterwards";
}

TEST_P(SameAnswers, reading_inside_reading_and_stopping_early) {
  std::string seen;
  database_->read("SELECT id FROM organization ORDER BY id", {}, [&](const Row& row) {
    const std::string id(row.text(0));
    seen += id + "=";
    database_->read("SELECT name FROM organization WHERE id >= $1 ORDER BY id",
                    {std::string_view(id)}, [&](const Row& inner) {
                      seen += inner.text(0);
                      seen += *find_text(*database_, "SELECT '/'");
                      return false;
                    });
    return id != "o3";
  });
  EXPECT_EQ(seen, "o1=é/o2=Z/o3=a/");
  EXPECT_THROW(database_->read("SELECT id FROM organization", {},
                               [](const Row&) -> bool { throw std::runtime_error("stop"); }),
               std::runtime_error);
  EXPECT_EQ(find_integer(*database_, "SELECT count(*) FROM organization"), 4);
}

TEST_P(SameAnswers, constraints_are_conflicts_and_writes_whole) {
  {
    Write write(*database_);
    database_->run("DELETE FROM organization WHERE id = 'o1'");
    EXPECT_EQ(testing::error_of([&] {
                database_->run("INSERT INTO organization VALUES ('o2', 'n', 't', 'c', 1, '')");
              }).kind(),
              Kind::conflict);
  }
  EXPECT_EQ(find_integer(*database_, "SELECT count(*) FROM organization"), 4);
  EXPECT_EQ(testing::error_of([&] {
              database_->run(
                  "INSERT INTO record_version VALUES (1, 1, 1, 1, '', '', $1, $1, 0, $1, '')",
                  {Bytes{"x"}});
            }).kind(),
            Kind::conflict)
      << "foreign keys are checked";
  const auto wrong = testing::error_of([&] { database_->run("SELEC 1"); });
  EXPECT_EQ(wrong.kind(), Kind::unavailable);
  EXPECT_NE(std::string(wrong.what()).find("SELEC 1"), std::string::npos);
}

long resident_kilobytes() {
  std::ifstream file("/proc/self/statm");
  long total = 0, resident = 0;
  file >> total >> resident;
  return resident * (::sysconf(_SC_PAGESIZE) / 1024);
}

TEST_P(SameAnswers, a_million_rows_read_in_little_memory) {
  const auto before = resident_kilobytes();
  auto most = before;
  std::int64_t rows = 0, sum = 0;
  database_->read(
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000) "
      "SELECT i, 'two hundred bytes make a million rows two hundred megabytes, which is more than "
      "a reader may hold at once; it is therefore handed over row by row, and forgotten again, row "
      "by row' || i FROM n",
      {}, [&](const Row& row) {
        sum += row.integer(0);
        if (++rows % 50'000 == 0) most = std::max(most, resident_kilobytes());
        return true;
      });
  EXPECT_EQ(rows, 1'000'000);
  EXPECT_EQ(sum, 500'000'500'000);
#ifndef __SANITIZE_ADDRESS__  // which keeps freed memory on purpose
  EXPECT_LT(most - before, 64 * 1024);
#endif
}

TEST_P(SameAnswers, two_hundred_thousand_rows_are_appended) {
  std::vector<std::string> values;
  std::vector<Value> cells;
  for (int i = 0; i < 200'000; ++i) values.push_back("v\t\\\n" + std::to_string(i));
  for (std::int64_t i = 0; i < 200'000; ++i)
    for (const Value& value :
         {Value(i % 7), Value(std::string_view(values[i])), Value(i), Value(i * 3)})
      cells.push_back(value);
  Write write(*database_);
  database_->append("facet", {"dim", "value", "initiative", "share"}, cells);
  write.commit();
  EXPECT_EQ(answer(*database_, "SELECT count(*), sum(share), max(dim) FROM facet", {}, 3),
            "200000|59999700000|6");
  EXPECT_EQ(find_text(*database_, "SELECT value FROM facet WHERE initiative = 199999"),
            "v\t\\\n199999");
}

TEST_P(SameAnswers, a_snapshot_does_not_move) {
  auto writer = open_register(address(), Access::read_write);
  database_->begin_reading();
  set_info(*writer, "after", "x");
  EXPECT_EQ(find_info(*database_, "after"), std::nullopt);
  database_->commit();
  EXPECT_EQ(find_info(*database_, "after"), "x");
}

TEST_P(SameAnswers, two_connections_see_one_moment) {
  auto writer = open_register(address(), Access::read_write);
  set_info(*writer, "before", "x");
  const auto second = begin_reading_twice(*database_);
  ASSERT_TRUE(second);
  set_info(*writer, "after", "x");
  for (auto* reader : {database_.get(), second.get()}) {
    EXPECT_EQ(find_info(*reader, "before"), "x");
    EXPECT_EQ(find_info(*reader, "after"), std::nullopt);
  }
  database_->commit();
  EXPECT_EQ(find_info(*database_, "after"), "x");
  EXPECT_EQ(find_info(*second, "after"), std::nullopt);
}

AUSTRAL_ON_BOTH_ENGINES(SameAnswers);

}  // namespace
}  // namespace austral::store
