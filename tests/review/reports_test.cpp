// Reports: every figure is the sum of the lines it opens onto, and reports agree with one another.
#include "review/reports.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "registry/synthetic.hpp"
#include "review/drill_down.hpp"
#include "support/postgres.hpp"

namespace austral::review {
namespace {

using namespace registry::synthetic;
using registry::ContributionKind;
using registry::Function;
using registry::Record;

class Reports : public testing::EngineTest {
 protected:
  void SetUp() override {
    EngineTest::SetUp();
    if (IsSkipped()) return;
    database_ = make_register();
    std::vector<Record> records;
    for (int i = 0; i < 40; ++i) {
      auto record = make_record(i % 3 ? "GB-GOV-1" : "BR-GOV-1", "A" + std::to_string(i));
      if (i % 5 == 0)
        record.participations = {{Function::funds, party("XM-DAC-5-7")},
                                 {Function::funds, party("BR-GOV-1")}};
      if (i % 7 == 0) record.participations.push_back({Function::funds, party("XM-DAC-46008")});
      record.places = {country("MZ", "33.33"), country(i % 2 ? "AO" : "EG", "66.67")};
      if (i % 4 == 0) record.places = {{"region", "dac", "298", {}, "", {}}};
      if (i % 11 == 0) record.places.clear();
      for (const auto kind :
           {ContributionKind::budget, ContributionKind::commitment, ContributionKind::disbursement,
            ContributionKind::expenditure, ContributionKind::pledge})
        record.contributions.push_back(money(kind, std::to_string(i * 17 + int(kind)) + ".37",
                                             std::to_string(2010 + i % 6) + "-03-02",
                                             i % 3 ? "EUR" : "QQQ"));
      if (i % 6 == 0)
        record.contributions.back().date = record.contributions[0].date = std::nullopt;
      if (i % 9 == 0) record.contributions[2].quantity.unit = "USD";
      records.push_back(record);
    }
    import_records(*database_, records);
    registry::draw_links(*database_);
  }
  Table report(const char* name, const ReportQuestion& question = {}) {
    return make_report(*database_, get_report(name), question);
  }
  std::unique_ptr<store::Database> database_;
};

TEST_P(Reports, a_kept_cube_gives_the_same_rows_as_a_new_one) {
  std::vector<ReportQuestion> questions(7);
  questions[1].provider = "BR";
  questions[2].recipient = "MZ";
  questions[3].year = 2012;
  questions[4].year = 0;  // without a year
  questions[5].framework = registry::Framework::south_south;
  questions[6].provider = "";
  const auto cube = Cube::build(*database_);
  std::size_t rows = 0;
  for (auto& question : questions) {
    for (const char* name : {"flows", "breakdown"}) {
      question.by.clear();
      if (name == std::string("breakdown")) question.by = {"recipient", "year"};
      question.cube = nullptr;
      const Table anew = report(name, question);
      question.cube = cube;
      const Table kept = report(name, question);
      EXPECT_EQ(kept.rows, anew.rows);
      EXPECT_EQ(kept.links, anew.links);
      EXPECT_EQ(kept.notes, anew.notes);
      rows += anew.rows.size();
    }
    question.by.clear();
  }
  EXPECT_GT(rows, 60u);
  for (const std::size_t i : {0u, 3u, 5u}) {
    const Table kept = report("countries", questions[i]);
    questions[i].cube = nullptr;
    EXPECT_EQ(kept.rows, report("countries", questions[i]).rows);
    EXPECT_FALSE(kept.rows.empty());
  }
}

TEST_P(Reports, allocations_add_up_to_the_flows) {
  const auto sum = [](const Table& table, const char* column) {
    std::int64_t cents = 0;
    for (const auto& row : table.rows)
      if (const auto* amount = std::get_if<Decimal>(&row[testing::column_of(table, column)]))
        cents += amount->mantissa;
    return cents;
  };
  for (const int year : {0, 2011, 2012}) {
    ReportQuestion question;
    if (year) question.year = year;
    const auto allocation = report("allocation", question), flows = report("flows", question);
    ASSERT_FALSE(allocation.rows.empty());
    EXPECT_EQ(sum(allocation, "planned_usd"), sum(flows, "budgeted_usd")) << year;
    EXPECT_EQ(sum(allocation, "committed_usd"), sum(flows, "committed_usd")) << year;
    EXPECT_EQ(sum(allocation, "spent_usd"), sum(flows, "disbursed_usd")) << year;
  }
  ReportQuestion question;
  question.year = 2012;
  question.price_year = 2012;
  const auto same = report("allocation", question);
  EXPECT_EQ(sum(same, "spent_usd"), sum(same, "spent_constant_usd")) << "prices of its own year";
  EXPECT_NE(sum(same, "spent_usd"), 0);
  question.price_year = 2018;
  const auto later = report("allocation", question);
  EXPECT_GT(sum(later, "spent_constant_usd"), sum(later, "spent_usd")) << "prices have risen";
}

TEST_P(Reports, breakdown_takes_several_values_and_opens_onto_lists) {
  ReportQuestion question;
  for (const auto& [name, value] : {std::pair{"provider", "Brésil"},
                                    {"provider", "GB"},
                                    {"by", "recipient,year"},
                                    {"since", "2011"},
                                    {"perspective", "reconciled"}})
    add_filter(question, name, value);
  const Table table = report("breakdown", question);
  ASSERT_GT(table.rows.size(), 10u);
  ASSERT_EQ(table.notes.size(), 1u);
  const auto cube = Cube::build(*database_);
  std::size_t opened = 0;
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    if (table.links[i].empty()) continue;
    std::vector<registry::Filter> filters;
    const auto link = std::string_view(table.links[i]);
    for (const auto pair : split(link.substr(link.find('?') + 1), '&'))
      filters.push_back(registry::parse_filter(pair.substr(0, pair.find('=')),
                                               percent_decode(pair.substr(pair.find('=') + 1))));
    EXPECT_EQ(std::int64_t(cube->select(filters).count()),
              std::get<std::int64_t>(table.rows[i][testing::column_of(table, "initiatives")]))
        << link;
    ++opened;
  }
  EXPECT_GT(opened, 5u);
  question.by = {"provider.development"};
  EXPECT_EQ(report("breakdown", question).notes.size(), 2u);
  question.by = {"colour"};
  EXPECT_THROW(report("breakdown", question), Error);
}

TEST_P(Reports, every_row_of_flows_is_the_sum_of_the_lines_behind_it) {
  const Table flows = report("flows");
  EXPECT_GT(flows.rows.size(), 30u);
  testing::expect_drill_downs(*database_, flows, 1);
}

TEST_P(Reports, flows_countries_and_initiatives_tell_the_same_money) {
  testing::expect_agreement(*database_);
}

TEST_P(Reports, filters_narrow_to_the_rows_that_have_them) {
  const Table all = report("flows");
  for (const auto& [name, value, column] : {std::tuple{"provider", "Brésil", "provider"},
                                            {"recipient", "EG", "recipient"},
                                            {"year", "2012", "year"},
                                            {"framework", "FC01", "framework"}}) {
    ReportQuestion question;
    add_filter(question, name, value);
    const Table some = report("flows", question);
    const auto place = testing::column_of(all, column);
    std::size_t expected = 0;
    ASSERT_FALSE(some.rows.empty()) << name;
    for (const auto& row : all.rows) expected += row[place] == some.rows[0][place];
    EXPECT_EQ(some.rows.size(), expected) << name;
  }
}

TEST_P(Reports, pages_are_cut_from_the_whole) {
  const Table all = report("flows");
  ReportQuestion question;
  question.limit = 7;
  question.offset = 7;
  const Table page = report("flows", question);
  EXPECT_EQ(page.total_rows, all.rows.size());
  ASSERT_EQ(page.rows.size(), 7u);
  EXPECT_EQ(page.rows[0], all.rows[7]);
  EXPECT_EQ(page.links[0], all.links[7]);
  question.offset = 100'000;
  EXPECT_TRUE(report("flows", question).rows.empty());
}

TEST_P(Reports, carry_where_they_come_from) {
  for (const auto& one : reports()) {
    const Table table = make_report(*database_, one, {});
    EXPECT_FALSE(table.title.empty() || table.definition.empty() || table.source.empty());
    EXPECT_EQ(table.revision, std::to_string(42));  // one entry a record, two for the file
    EXPECT_FALSE(table.rows.empty()) << one.name;
    for (const auto& row : table.rows) EXPECT_EQ(row.size(), table.columns.size());
    if (!table.links.empty()) EXPECT_EQ(table.links.size(), table.rows.size());
  }
}

TEST_P(Reports, refuse_what_they_do_not_understand) {
  ReportQuestion question;
  question.provider = "BR";
  EXPECT_THROW(report("publishers", question), Error);
  EXPECT_THROW(report("countries", question), Error);
  EXPECT_THROW(get_report("nothing"), Error);
  for (const auto& [name, value] :
       {std::pair{"kind", "gold"}, {"year", "20x5"}, {"framework", "north"}, {"sex", "x"}})
    EXPECT_THROW(add_filter(question, name, value), Error) << name;
}

AUSTRAL_ON_BOTH_ENGINES(Reports);

}  // namespace
}  // namespace austral::review
