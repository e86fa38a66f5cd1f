// One cube for all readers: built once, never waited for when it takes long, soon replaced.
#include "web/cubes.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <latch>

#include "base/error.hpp"
#include "registry/synthetic.hpp"
#include "store/journal.hpp"
#include "support/postgres.hpp"

namespace austral::web {
namespace {

using namespace registry::synthetic;
using namespace std::chrono_literals;

class KeptCubes : public testing::EngineTest {
 protected:
  void SetUp() override {
    EngineTest::SetUp();
    if (IsSkipped()) return;
    database_ = make_register();
    grow("A");
    pool_ = std::make_shared<store::Pool>(address(), store::Access::read_only, 8);
  }
  void grow(const std::string& identifier) {
    import_records(*database_, {make_record("BR-GOV-1", identifier)});
  }
  std::unique_ptr<store::Database> database_;
  std::shared_ptr<store::Pool> pool_;
};

TEST_P(KeptCubes, are_built_once_for_many_readers) {
  std::atomic<int> builds = 0;
  Cubes cubes(
      pool_,
      [&](store::Database& database) {
        ++builds;
        return review::Cube::build(database);
      },
      1h);
  std::vector<std::future<Cubes::Kept>> readers;
  for (int i = 0; i < 8; ++i)
    readers.push_back(std::async(std::launch::async, [&] { return cubes.get(*pool_->lend()); }));
  const auto first = cubes.get(*pool_->lend());
  for (auto& reader : readers) EXPECT_EQ(reader.get(), first);
  EXPECT_EQ(builds, 1);
  grow("B");
  const auto second = cubes.get(*pool_->lend());
  EXPECT_EQ(second->size(), 2u);
  EXPECT_EQ(second->revision(), store::revision_of(*database_));
  EXPECT_EQ(builds, 2);
  EXPECT_EQ(first->size(), 1u);  // whoever still reads it reads what it was
}

TEST_P(KeptCubes, that_take_long_are_built_beside_the_readers) {
  std::atomic<int> builds = 0, at_once = 0, most_at_once = 0;
  std::promise<void> may_end;
  const auto end = may_end.get_future().share();
  Cubes cubes(
      pool_,
      [&](store::Database& database) {
        most_at_once = std::max(most_at_once.load(), ++at_once);
        if (++builds == 2) end.wait();
        auto cube = review::Cube::build(database);
        --at_once;
        return cube;
      },
      -1ns);
  const auto first = cubes.get(*pool_->lend());
  grow("B");
  // Until the second one is let go, every reader has the first.
  while (builds < 2) EXPECT_EQ(cubes.get(*pool_->lend()), first);
  for (int i = 0; i < 20; ++i) EXPECT_EQ(cubes.get(*pool_->lend()), first);
  EXPECT_EQ(builds, 2);
  may_end.set_value();
  while (cubes.get(*pool_->lend()) == first) std::this_thread::yield();
  EXPECT_EQ(cubes.get(*pool_->lend())->size(), 2u);
  EXPECT_EQ(most_at_once, 1);
}

TEST_P(KeptCubes, that_failed_are_tried_again) {
  int tries = 0;
  Cubes cubes(
      pool_,
      [&](store::Database& database) {
        if (++tries == 1) throw Error(Kind::unavailable, "locked");
        return review::Cube::build(database);
      },
      1h);
  EXPECT_THROW(cubes.get(*pool_->lend()), Error);
  EXPECT_EQ(cubes.get(*pool_->lend())->size(), 1u);
}

AUSTRAL_ON_BOTH_ENGINES(KeptCubes);

}  // namespace
}  // namespace austral::web
