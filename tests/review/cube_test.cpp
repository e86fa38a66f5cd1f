// The cube against a plain implementation over the same facts, on random small registers.
#include "review/cube.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <random>

#include "base/error.hpp"
#include "registry/synthetic.hpp"
#include "review/counts.hpp"
#include "review/cube_split.hpp"
#include "review/slow_cube.hpp"
#include "support/postgres.hpp"

namespace austral::review {
namespace {

using namespace registry::synthetic;
using registry::ContributionKind;
using registry::Dimension;
using registry::Function;
using registry::Record;

/// Random records out of few codes, so that they meet.
class RandomRecords {
 public:
  explicit RandomRecords(unsigned seed) : random_(seed) {}

  std::vector<Record> make(std::size_t count) {
    std::vector<Record> records;
    for (std::size_t i = 0; i < count; ++i) records.push_back(make_one(i));
    return records;
  }
  std::size_t below(std::size_t limit) { return random_() % limit; }
  const char* pick(std::initializer_list<const char*> all) {
    return *(all.begin() + below(all.size()));
  }

 private:
  void add_codes(std::vector<registry::Classification>& to, bool shares) {
    for (std::size_t n = below(4); n > 0; --n) {
      registry::Classification one;
      one.scheme = pick({"purpose", "purpose", "category", "target", "goal"});
      one.code = one.scheme == "purpose"    ? pick({"14030", "14020", "11220", "31120"})
                 : one.scheme == "category" ? pick({"140", "151", "311"})
                 : one.scheme == "target"   ? pick({"6.1", "6.2", "13.1"})
                                            : pick({"6", "7", "17"});
      if (shares) one.share = Decimal{std::int64_t(below(6000)), 2};
      to.push_back(one);
    }
  }
  registry::Contribution make_money() {
    auto one =
        money(ContributionKind(1 + below(15)),
              std::to_string(below(100'000)) + pick({"", "", "", "00000007"}) + ".37",
              std::to_string(2009 + below(8)) + "-03-02", pick({"USD", "USD", "EUR", "QQQ"}));
    if (below(9) == 0) one.date = std::nullopt;
    if (below(4) == 0) one.quantity.amount.mantissa *= -1;
    if (below(3) == 0) one.provider = party(pick({"BR-GOV-1", "XM-DAC-5-7", "XM-DAC-46008"}));
    if (below(4) == 0) one.places = {country(pick({"MZ", "AO"})), country("EG")};
    if (below(5) == 0) add_codes(one.classifications, below(2));
    if (below(3) == 0) one.flow_type = pick({"10", "30"});
    for (std::size_t n = below(3); n > 0; --n)
      one.modalities.push_back({"aid-type", pick({"C01", "D01", "B02"}), {}, "", "", {}});
    return one;
  }
  Record make_one(std::size_t i) {
    auto record = make_record(pick({"BR-GOV-1", "GB-GOV-1", "KE-GOV-2"}), "A" + std::to_string(i));
    record.status = pick({"2", "3", ""});
    if (below(3))
      record.participations.push_back({Function::funds, party(pick({"XM-DAC-5-7", "BR-GOV-1"}))});
    if (below(4) == 0)
      record.participations.push_back({Function::manages, party("XM-DAC-41114", "40")});
    for (std::size_t n = below(4); n > 0; --n)
      record.places.push_back(
          country(pick({"MZ", "AO", "EG", "NP", "KE"}), pick({"33.33", "66.67", "10"})));
    if (below(5) == 0) record.places.push_back({"region", "dac", "298", {}, "", {}});
    if (below(6) == 0) record.dates.clear();
    add_codes(record.classifications, below(2));
    for (std::size_t n = below(6); n > 0; --n) {
      record.contributions.push_back(make_money());
      // Several that are alike but for their amounts, as payments of a year are.
      for (std::size_t alike = below(3) == 0 ? below(5) : 0; alike > 0; --alike) {
        auto next = record.contributions.back();
        next.quantity.amount.mantissa += std::int64_t(below(9'000)) - 4'500;
        record.contributions.push_back(next);
      }
    }
    if (i > 0 && below(4) == 0)
      add_income(record, "A" + std::to_string(below(i)), std::to_string(below(900)));
    return record;
  }
  std::mt19937 random_;
};

std::string write(const CubeSums& sums) {
  const auto cents = [](const std::optional<std::int64_t>& value) {
    return value ? std::to_string(*value) : std::string("-");
  };
  return std::to_string(sums.initiatives) + "i " + std::to_string(sums.records) + "r " +
         std::to_string(sums.contributions) + "c " + std::to_string(sums.unpriced) + "u " +
         cents(sums.budgeted_cents) + " " + cents(sums.committed_cents) + " " +
         cents(sums.disbursed_cents) + " " + cents(sums.pledged_cents);
}

std::string write(const CubeAnswer& answer) {
  std::string text = "total " + write(answer.total) + "\n";
  for (const auto& row : answer.rows) {
    for (std::size_t i = 0; i < row.values.size(); ++i) text += row.values[i] + " | ";
    text += write(row.sums) + "\n";
  }
  return text;
}

std::string write(const testing::SlowAnswer& answer) {
  std::string text = "total " + write(answer.total) + "\n";
  for (const auto& [values, sums] : answer.rows) {
    for (const auto& value : values) text += value + " | ";
    text += write(sums) + "\n";
  }
  return text;
}

std::string write(const CubeQuestion& question) {
  std::string text = "by";
  for (const auto& name : question.by) text += " " + name;
  for (const auto& filter : question.filters)
    text += ", " + std::to_string(int(filter.dimension)) + "=" + filter.value;
  return text + ", perspective " + std::to_string(int(question.perspective)) + "\n";
}

registry::Filter random_filter(RandomRecords& random) {
  static const std::vector<std::pair<int, std::vector<const char*>>> all = {
      {1, {"BR", "GB", "KE", "*", "", "XX"}},
      {2, {"MZ", "EG", "AO", ""}},
      {3, {"XM-DAC-41114"}},
      {4, {"dac:298"}},
      {5, {"14030", "11220", ""}},
      {6, {"140", "311", "151"}},
      {7, {"6", "13", "17"}},
      {8, {"6.1", "13.1"}},
      {11, {"2010", "2015", "2016", ""}},
      {12, {"south_south", "other"}},
      {13, {"2"}},
      {14, {"BR-GOV-1", "KE-GOV-2"}},
      {15, {"C01", "D01"}},
      {16, {"10"}},
      {101, {"g77", "ecowas", "sadc", "ldc"}},
      {102, {"ldc", "sadc", "eac", "comesa"}},
      {103, {"2011", "2014"}},
      {104, {"2013", "2015"}},
      {105, {"100", "300"}}};
  const auto& [dimension, values] = all[random.below(all.size())];
  return {Dimension(dimension), values[random.below(values.size())]};
}

CubeQuestion random_question(RandomRecords& random) {
  CubeQuestion question;
  const auto& names = cube_dimensions();
  for (std::size_t n = random.below(4); n > 0; --n) {
    const auto& name = names[random.below(random.below(2) ? 12 : names.size())];
    if (std::find(question.by.begin(), question.by.end(), name) == question.by.end())
      question.by.push_back(name);
  }
  for (std::size_t n = random.below(4); n > 0; --n)
    question.filters.push_back(random_filter(random));
  question.perspective = Perspective(random.below(3));
  if (random.below(4) == 0) question.price_year = 2010 + int(random.below(8));
  if (random.below(4) == 0)
    question.kinds = {random.below(2) ? ContributionKind::disbursement : ContributionKind::budget,
                      ContributionKind::commitment};
  return question;
}

class Cubes : public testing::EngineTest {
 protected:
  std::unique_ptr<store::Database> make(const std::vector<Record>& records) {
    place_.emplace(GetParam());
    auto database = make_register();
    import_records(*database, records);
    registry::draw_links(*database);
    return database;
  }
  int cases() const { return on_sqlite() ? 25 : 4; }
};

TEST_P(Cubes, group_like_a_plain_implementation) {
  std::size_t rows = 0;
  for (int round = 0; round < cases(); ++round) {
    RandomRecords random{unsigned(round)};
    const auto database = make(random.make(25));
    const auto cube = Cube::build(*database);
    const testing::SlowCube slow(*database);
    for (int n = 0; n < 60; ++n) {
      auto question = random_question(random);
      const auto answer = cube->group(question);
      ASSERT_EQ(write(answer), write(slow.group(question)))
          << write(question) << "register " << round;
      rows += answer.rows.size();
      question.threads = 4;
      ASSERT_EQ(write(cube->group(question)), write(answer)) << write(question);
    }
  }
  EXPECT_GT(rows, 1000u);
}

TEST_P(Cubes, sum_amounts_that_do_not_all_fit_together) {
  std::vector<Record> records;
  for (const std::string place : {"MZ", "AO", "EG"}) {
    auto record = make_record("BR-GOV-1", "A-" + place);
    record.places.push_back(country(place.c_str()));
    for (const std::string code : {"14030", "31120"}) {
      registry::Classification one;
      one.scheme = "purpose";
      one.code = code;
      record.classifications.push_back(one);
    }
    for (const auto* amount : {"50000000000000000.37", "12.35"})
      record.contributions.push_back(
          money(ContributionKind::disbursement, amount, "2015-03-02", "USD"));
    records.push_back(record);
  }
  const auto database = make(records);
  const auto cube = Cube::build(*database);
  const testing::SlowCube slow(*database);
  for (const auto* place : {"MZ", "AO", "EG"})
    for (const std::vector<std::string>& by : std::vector<std::vector<std::string>>{
             {}, {"year"}, {"sector", "year"}, {"sector_block"}, {"purpose"}, {"status"}}) {
      CubeQuestion question;
      question.by = by;
      question.filters = {{Dimension::recipient, place}};
      EXPECT_EQ(write(cube->group(question)), write(slow.group(question))) << write(question);
      EXPECT_EQ(cube->group(question).total.disbursed_cents, 5'000'000'000'000'001'272);
    }
}

TEST_P(Cubes, count_initiatives_as_the_list_shows_them) {
  RandomRecords random(7);
  const auto database = make(random.make(60));
  const auto cube = Cube::build(*database);
  const testing::SlowCube slow(*database);
  for (int n = 0; n < 200; ++n) {
    const auto question = random_question(random);
    const auto selection = cube->select(question.filters);
    const auto keys = slow.select(question.filters);
    ASSERT_EQ(selection.count(), keys.size()) << write(question);
    for (const auto key : keys) ASSERT_TRUE(selection.has(*cube->find_place(key)));
    ASSERT_EQ(cube->group(question).total.initiatives, std::int64_t(keys.size()));
  }
}

TEST_P(Cubes, each_row_is_what_its_values_select) {
  RandomRecords random(11);
  const auto database = make(random.make(60));
  const auto cube = Cube::build(*database);
  for (const auto& name : cube_dimensions()) {
    const auto dot = name.find('.');
    const Dimension dimension = dot != std::string::npos
                                    ? Dimension(name.starts_with("provider") ? 101 : 102)
                                : name == "sector"       ? Dimension::category
                                : name == "sector_block" ? Dimension(105)
                                                         : registry::parse_dimension(name);
    CubeQuestion question;
    question.by = {name};
    question.filters = {{Dimension::status, "2"}};
    for (const auto& row : cube->group(question).rows) {
      if (dot != std::string::npos && row.values[0].empty()) continue;
      CubeQuestion behind;
      behind.filters = question.filters;
      behind.filters.push_back({dimension, row.values[0]});
      EXPECT_EQ(row.sums.initiatives, std::int64_t(cube->select(behind.filters).count()))
          << name << " " << row.values[0];
      if (dimension == Dimension::status) continue;
      EXPECT_EQ(write(row.sums), write(cube->group(behind).total)) << name << row.values[0];
    }
  }
}

TEST_P(Cubes, rows_that_do_not_overlap_add_up_to_the_total) {
  for (unsigned seed = 0; seed < 5; ++seed) {
    RandomRecords random(seed);
    const auto database = make(random.make(40));
    const auto cube = Cube::build(*database);
    for (const auto& name : cube_dimensions()) {
      if (overlaps(name)) continue;
      CubeQuestion question;
      question.by = {name, "year"};
      question.filters = {random_filter(random)};
      const auto answer = cube->group(question);
      for (const auto member : {&CubeSums::budgeted_cents, &CubeSums::committed_cents,
                                &CubeSums::disbursed_cents, &CubeSums::pledged_cents}) {
        std::optional<std::int64_t> sum;
        for (const auto& row : answer.rows)
          if (row.sums.*member) sum = sum.value_or(0) + *(row.sums.*member);
        EXPECT_EQ(sum, answer.total.*member) << write(question);
      }
    }
  }
}

TEST_P(Cubes, count_and_list) {
  RandomRecords random(3);
  const auto database = make(random.make(70));
  const auto cube = Cube::build(*database);
  const testing::SlowCube slow(*database);
  const auto selection = cube->select({{Dimension::provider, "BR"}});
  const auto counts = cube->count(selection, Dimension::recipient);
  ASSERT_GT(counts.size(), 3u);
  for (const auto& one : counts)
    EXPECT_EQ(
        one.initiatives,
        std::int64_t(
            slow.select({{Dimension::provider, "BR"}, {Dimension::recipient, one.value}}).size()));
  EXPECT_TRUE(std::is_sorted(counts.begin(), counts.end(), [](const auto& left, const auto& right) {
    return left.initiatives > right.initiatives;
  }));
  for (const int computed : {101, 102, 105})
    for (const auto& one : cube->count(selection, Dimension(computed)))
      EXPECT_EQ(
          one.initiatives,
          std::int64_t(
              slow.select({{Dimension::provider, "BR"}, {Dimension(computed), one.value}}).size()))
          << computed << one.value;
  const auto kept = cube->count(selection, Dimension::recipient, 2, {counts.back().value});
  ASSERT_EQ(kept.size(), 2u);
  EXPECT_EQ(kept[0].value, counts[0].value);
  EXPECT_EQ(kept[1].value, counts.back().value);
  EXPECT_THROW(cube->list(selection, "words", false, 0, 5), Error);
}

TEST_P(Cubes, list_in_the_register_s_order) {
  RandomRecords random(5);
  const auto database = make(random.make(70));
  const auto cube = Cube::build(*database);
  const auto all = cube->select({});
  const auto list = [&](const std::string& column, bool descending) {
    registry::Question question;
    question.sort = column;
    question.descending = descending;
    question.offset = 7;
    question.limit = 20;
    std::vector<std::int64_t> keys;
    for (const auto& line : find_initiatives(*database, question).lines) keys.push_back(line.key);
    return keys;
  };
  for (const auto& column : registry::sortable_columns()) {
    if (column == "updated") continue;  // the register knows the hour, the cube the day
    EXPECT_EQ(cube->list(all, column, false, 7, 20, database.get()), list(column, false)) << column;
    auto backwards = cube->list(all, column, true, 0, 0, database.get());
    ASSERT_EQ(backwards.size(), cube->size());
    if (column == "title" || column == "identifier" || column == "publisher") {
      std::reverse(backwards.begin(), backwards.end());  // equals too: they follow their rank
      EXPECT_EQ(backwards, cube->list(all, column, false, 0, 0, database.get())) << column;
    } else {
      EXPECT_EQ(cube->list(all, column, true, 7, 20, database.get()), list(column, true)) << column;
    }
  }
}

TEST_P(Cubes, kept_counts_are_counted_ones) {
  for (int round = 0; round < cases(); ++round) {
    RandomRecords random{unsigned(round + 100)};
    const auto database = make(random.make(40));
    const auto cube = Cube::build(*database);
    const auto counts = CubeCounts::make(cube, 2);
    counts->prepare(*database);
    for (int n = 0; n < 60; ++n) {
      auto question = random_question(random);
      question.by.clear();
      question.kinds.clear();
      const auto scope = counts->choose(question.filters);
      const auto plain = cube->select(question.filters);
      ASSERT_EQ(scope.initiatives()->words(), plain.words()) << write(question);
      ASSERT_EQ(write(counts->total(scope, question.perspective, question.price_year)),
                write(cube->group(question).total))
          << write(question);
      auto asked = random_question(random);
      ASSERT_EQ(write(counts->group(asked)), write(cube->group(asked))) << write(asked);
      const auto dimension =
          Dimension(random.below(3) ? 1 + random.below(21) : 101 + random.below(5));
      const auto limit = random.below(5);
      std::vector<std::string> keep;
      if (random.below(2)) keep = {random.pick({"BR", "MZ", "140", "6", "XX", "KE"}), "2"};
      const auto found = counts->count(scope, dimension, limit, keep);
      const auto expected = cube->count(plain, dimension, limit, keep);
      ASSERT_EQ(found.size(), expected.size()) << write(question) << int(dimension);
      for (std::size_t i = 0; i < found.size(); ++i) {
        EXPECT_EQ(found[i].value, expected[i].value) << write(question) << int(dimension);
        EXPECT_EQ(found[i].initiatives, expected[i].initiatives) << write(question);
      }
      const auto& columns = registry::sortable_columns();
      const auto& sort = columns[random.below(columns.size())];
      const auto offset = random.below(3);
      EXPECT_EQ(counts->list(scope, sort, n % 2, offset, 3, database.get()),
                cube->list(plain, sort, n % 2, offset, 3, database.get()))
          << write(question) << sort;
    }
  }
}

AUSTRAL_ON_BOTH_ENGINES(Cubes);

TEST(CubeSplit, is_that_of_base) {
  EXPECT_TRUE(rc::check("largest remainder", [] {
    const auto count = *rc::gen::inRange<std::size_t>(1, 20);
    const auto weights = *rc::gen::container<std::vector<std::uint32_t>>(
        count, rc::gen::weightedOneOf<std::uint32_t>(
                   {{3, rc::gen::inRange<std::uint32_t>(1, 100)},
                    {1, rc::gen::inRange<std::uint32_t>(1, 4'000'000'000u)}}));
    const auto total = *rc::gen::oneOf(rc::gen::arbitrary<std::int64_t>(),
                                       rc::gen::inRange<std::int64_t>(-1000, 1000));
    std::vector<Decimal> decimals;
    for (const auto weight : weights) decimals.push_back({std::int64_t(weight), 0});
    std::vector<std::int64_t> parts(count);
    split_cents(total, weights.data(), count, parts.data());
    RC_ASSERT(parts == split_by_weights(total, decimals));
  }));
}

}  // namespace
}  // namespace austral::review
