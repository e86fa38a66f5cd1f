// Making registers, bringing them up to date, and refusing what is not one.
#include <atomic>
#include <future>
#include <thread>

#include "support/postgres.hpp"

namespace austral::store {
namespace {

class SchemaSteps : public testing::EngineTest {};

TEST_P(SchemaSteps, a_new_register_says_what_made_it) {
  {
    auto database = make_register();
    EXPECT_EQ(schema_of(*database), newest_schema());
    EXPECT_EQ(find_info(*database, "program"), "austral " AUSTRAL_VERSION);
    EXPECT_EQ(find_info(*database, "schema"), std::to_string(newest_schema()));
    EXPECT_EQ(find_info(*database, "created")->size(),
              std::string("2026-01-01T00:00:00.000Z").size());
    EXPECT_EQ(find_info(*database, "absent"), std::nullopt);
    set_info(*database, "created", "then");
    migrate(*database);
  }
  for (const auto access : {Access::create, Access::read_write, Access::read_only})
    EXPECT_EQ(find_info(*open_register(address(), access), "created"), "then");
}

TEST_P(SchemaSteps, a_newer_register_is_refused) {
  set_info(*make_register(), "schema", "9999");
  for (const auto access : {Access::create, Access::read_write, Access::read_only}) {
    const auto refused = testing::error_of([&] { open_register(address(), access); });
    EXPECT_EQ(refused.kind(), Kind::invalid);
    EXPECT_NE(std::string(refused.what()).find("schema 9999"), std::string::npos) << refused.what();
  }
}

TEST_P(SchemaSteps, nothing_there_is_not_found_unless_it_is_to_be_made) {
  for (const auto access : {Access::read_write, Access::read_only}) {
    const auto refused = testing::error_of([&] { open_register(address(), access); });
    EXPECT_EQ(refused.kind(), Kind::not_found) << refused.what();
    EXPECT_NE(std::string(refused.what()).find("austral import"), std::string::npos);
  }
}

TEST_P(SchemaSteps, eight_at_once_make_one_register) {
  std::vector<std::thread> threads;
  std::atomic<int> made = 0;
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&] {
      try {
        auto database = open_register(address(), Access::create);
        made += schema_of(*database) == newest_schema();
      } catch (const std::exception& error) {
        ADD_FAILURE() << error.what();
      }
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(made, 8);
}

TEST_P(SchemaSteps, read_only_refuses_writes) {
  make_register();
  auto reader = open_register(address(), Access::read_only);
  EXPECT_EQ(testing::error_of([&] { set_info(*reader, "a", "b"); }).kind(), Kind::unavailable);
  EXPECT_EQ(find_info(*reader, "a"), std::nullopt);
}

TEST_P(SchemaSteps, the_pool_lends_each_connection_to_one) {
  make_register();
  Pool pool(address(), Access::read_only, 2);
  std::atomic<int> lent = 0, most = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 6; ++i)
    threads.emplace_back([&] {
      for (int n = 0; n < 20; ++n) {
        const auto database = pool.lend();
        const int now = ++lent;
        for (int seen = most; seen < now && !most.compare_exchange_weak(seen, now);) continue;
        if (n % 5 == 0) database->begin_reading();  // left open: the pool must not lend it so
        EXPECT_TRUE(find_info(*database, "schema"));
        --lent;
      }
    });
  for (auto& thread : threads) thread.join();
  EXPECT_LE(most, 2);
}

TEST_P(SchemaSteps, the_pool_lets_the_third_wait_for_two) {
  make_register();
  Pool pool(address(), Access::read_only, 2);
  auto first = pool.lend();
  const auto second = pool.lend();
  EXPECT_NE(first, second);
  auto third = std::async(std::launch::async, [&] { return pool.lend(); });
  EXPECT_EQ(third.wait_for(std::chrono::milliseconds(100)), std::future_status::timeout);
  const auto* returned = first.get();
  first.reset();
  EXPECT_EQ(third.get().get(), returned) << "a connection is used again";
}

TEST(PoolFailures, do_not_use_up_the_pool) {
  testing::TemporaryFolder folder;
  Pool pool(folder.file("none.db"), Access::read_only, 1);
  for (int i = 0; i < 3; ++i)
    EXPECT_EQ(testing::error_of([&] { pool.lend(); }).kind(), Kind::not_found);
}

AUSTRAL_ON_BOTH_ENGINES(SchemaSteps);

}  // namespace
}  // namespace austral::store
