// Sets of prices in a register: replaced by name, every version readable, damage found.
#include "measurement/price_store.hpp"

#include <gmock/gmock.h>

#include "store/journal.hpp"
#include "support/postgres.hpp"

namespace austral::measurement {
namespace {

Price pay(const std::string& grade, int year, std::int64_t value) {
  return {"salary",   grade,   "BR",  *make_date(year, 1, 1),          *make_date(year, 12, 31),
          {value, 0}, "month", "BRL", "Pay table of the test, page 1", ""};
}

class PriceSets : public testing::EngineTest {};

TEST_P(PriceSets, a_set_is_replaced_by_its_name_and_says_what_changed) {
  const auto database = make_register();
  const auto first =
      save_prices(*database, "pay", {pay("A", 2023, 100), pay("B", 2023, 200)}, "me");
  EXPECT_EQ(std::tuple(first.added, first.changed, first.removed, first.version),
            std::tuple(2, 0, 0, 1));
  const auto revision = store::revision_of(*database);

  const auto again = save_prices(
      *database, "pay", {pay("B", 2023, 200), pay("A", 2023, 100), pay("A", 2023, 100)}, "me");
  EXPECT_FALSE(again.any());
  EXPECT_EQ(again.same, 2);
  EXPECT_EQ(store::revision_of(*database), revision) << "nothing new, nothing written";

  const auto next = save_prices(
      *database, "pay", {pay("A", 2023, 110), pay("C", 2023, 300), pay("C", 2024, 310)}, "you");
  EXPECT_EQ(std::tuple(next.added, next.changed, next.removed, next.same, next.version),
            std::tuple(2, 1, 1, 0, 2));
  save_prices(*database, "other", {pay("A", 2023, 999)}, "me");
  EXPECT_EQ(store::revision_of(*database), revision + 2);

  const auto list = read_prices(*database);
  EXPECT_EQ(list.all().size(), shipped_prices().all().size() + 4);
  EXPECT_EQ(list.find("salary", "C", "BR", *make_date(2024, 5, 5))->value.mantissa, 310);
  EXPECT_EQ(list.find("salary", "B", "BR", *make_date(2023, 5, 5)), nullptr);
  const auto before = read_price_set(*database, "pay", 1);
  ASSERT_EQ(before.all().size(), 2u);
  EXPECT_EQ(before.all()[0].value.mantissa, 100);
  EXPECT_EQ(before.all()[1].key, "B");
  EXPECT_EQ(testing::error_of([&] { read_price_set(*database, "pay", 3); }).kind(),
            Kind::not_found);
  EXPECT_EQ(testing::error_of([&] { read_price_set(*database, "salaries"); }).kind(),
            Kind::not_found);

  const auto sets = list_price_sets(*database);
  ASSERT_EQ(sets.size(), 2u);
  EXPECT_EQ(sets[1].name, "pay");
  EXPECT_EQ(sets[1].who, "you");
  EXPECT_EQ(sets[1].digest, read_price_set(*database, "pay").digest());
  EXPECT_THAT(find_price_damage(*database), ::testing::IsEmpty());
}

TEST_P(PriceSets, an_empty_list_takes_a_set_out_of_use_and_its_versions_stay) {
  const auto database = make_register();
  EXPECT_FALSE(save_prices(*database, "pay", {}, "me").any());
  EXPECT_THAT(list_price_sets(*database), ::testing::IsEmpty());
  save_prices(*database, "pay", {pay("A", 2023, 100)}, "me");
  EXPECT_EQ(save_prices(*database, "pay", {}, "me").removed, 1);
  EXPECT_EQ(read_prices(*database).all().size(), shipped_prices().all().size());
  EXPECT_EQ(read_price_set(*database, "pay", 1).all().size(), 1u);
  EXPECT_EQ(read_price_set(*database, "pay").all().size(), 0u);
}

TEST_P(PriceSets, the_shipped_set_is_nobodys_to_replace) {
  const auto database = make_register();
  for (const auto* name : {"austral", ""})
    EXPECT_EQ(testing::error_of([&] { save_prices(*database, name, {}, "me"); }).kind(),
              Kind::invalid);
}

TEST_P(PriceSets, prices_changed_behind_the_journal_are_found) {
  const auto database = make_register();
  save_prices(*database, "pay", {pay("A", 2023, 100)}, "me");
  database->run("UPDATE price SET value = '101'");
  EXPECT_EQ(find_price_damage(*database).size(), 1u);
  database->run("UPDATE price_set SET digest = $1",
                {std::string_view(read_price_set(*database, "pay").digest())});
  const auto damage = find_price_damage(*database);
  ASSERT_EQ(damage.size(), 1u);
  EXPECT_NE(damage[0].find("journal"), std::string::npos);
}

TEST_P(PriceSets, every_version_reads_as_it_was_written) {
  const auto database = make_register();
  std::vector<std::string> digests;
  for (int version = 1; version <= 6; ++version) {
    std::vector<Price> prices;
    for (int n = 0; n < 12; ++n)
      if ((n * version) % 5 != 0)
        prices.push_back(pay(std::to_string(n), 2020, n * version % 7 + 1));
    save_prices(*database, "pay", prices, "me");
    digests.push_back(read_price_set(*database, "pay").digest());
  }
  const auto newest = list_price_sets(*database).front().version;
  ASSERT_GT(newest, 2);
  std::vector<std::string> kept;
  for (int version = 1; version <= newest; ++version)
    kept.push_back(read_price_set(*database, "pay", version).digest());
  digests.erase(std::unique(digests.begin(), digests.end()), digests.end());
  EXPECT_EQ(kept, digests);
}

AUSTRAL_ON_BOTH_ENGINES(PriceSets);

}  // namespace
}  // namespace austral::measurement
