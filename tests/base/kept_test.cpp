// What is kept is made once, and makes room.
#include "base/kept.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <thread>
#include <vector>

namespace austral {
namespace {

const auto one_kilobyte = [](int) { return std::size_t(1000); };

std::shared_ptr<const int> hold(int value) { return std::make_shared<const int>(value); }

TEST(KeptAnswers, are_made_once_by_many_who_ask_at_once) {
  Kept<int> kept(100'000);
  std::atomic<int> made = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&] {
      for (int n = 0; n < 50; ++n)
        EXPECT_EQ(*kept.get(
                      std::to_string(n), [&] { return ++made, hold(n); }, one_kilobyte),
                  n);
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(made, 50);
}

TEST(KeptAnswers, make_room_for_those_asked_for_last) {
  Kept<int> kept(5'000);
  int made = 0;
  const auto ask = [&](int n) {
    kept.get(
        std::to_string(n), [&] { return ++made, hold(n); }, one_kilobyte);
  };
  for (int n = 0; n < 20; ++n) {
    ask(n);
    ask(0);  // never the one asked for longest ago
  }
  EXPECT_EQ(made, 20);
  EXPECT_LE(kept.bytes(), 5'000u);
  ask(1);
  EXPECT_EQ(made, 21);
}

TEST(KeptAnswers, are_found_without_being_made) {
  Kept<int> kept(2'600);  // room for two
  EXPECT_EQ(kept.find("a"), nullptr);
  const auto make = [&](const char* key, int value) {
    kept.get(
        key,
        [&] {
          EXPECT_EQ(kept.find(key), nullptr);  // being made
          return hold(value);
        },
        one_kilobyte);
  };
  make("a", 1);
  make("b", 2);
  EXPECT_EQ(*kept.find("a"), 1);
  make("c", 3);  // "b" was asked for longest ago
  EXPECT_EQ(*kept.find("a"), 1);
  EXPECT_EQ(kept.find("b"), nullptr);
}

TEST(KeptAnswers, that_could_not_be_made_are_tried_again) {
  Kept<int> kept(5'000);
  const auto fail = []() -> std::shared_ptr<const int> { throw std::runtime_error("no"); };
  EXPECT_THROW(kept.get("a", fail, one_kilobyte), std::runtime_error);
  EXPECT_EQ(*kept.get(
                "a", [] { return hold(7); }, one_kilobyte),
            7);
  EXPECT_EQ(*kept.get("a", fail, one_kilobyte), 7);
}

}  // namespace
}  // namespace austral
