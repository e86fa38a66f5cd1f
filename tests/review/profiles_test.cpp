// Profiles: every figure equals the list it leads to, and the parts of a side add up to the side.
#include "review/profiles.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "registry/import_store.hpp"
#include "registry/synthetic.hpp"
#include "review/comparison.hpp"
#include "review/drill_down.hpp"
#include "review/grouping_profiles.hpp"
#include "support/postgres.hpp"

namespace austral::review {
namespace {

using namespace registry::synthetic;
using registry::ContributionKind;
using registry::Function;
using registry::Record;

Subject country_subject(const char* code) { return {Subject::Kind::country, code}; }

Record make_gift(const std::string& from, const std::string& identifier, const char* year,
                 std::vector<registry::Place> places, const char* amount) {
  auto record = make_record(from, identifier);
  record.dates = {{"2", parse_date(std::string(year) + "-02-01"), {}}};
  record.participations = {{Function::funds, party(from)}};
  record.places = std::move(places);
  if (amount)
    record.contributions = {
        money(ContributionKind::disbursement, amount, std::string(year) + "-03-02")};
  return record;
}

/// Five gifts whose sums are done by hand. Members of the East African Community: Kenya and
/// Tanzania since 2000, Uganda since 2000, Rwanda since 2007. Source: data/codes/memberships.tsv.
std::vector<Record> make_gifts() {
  auto wells = make_gift("BR-GOV-1", "A5", "2016", {country("TZ")}, nullptr);
  wells.classifications = {{"category", "140", {}, "", "", {}}};
  return {make_gift("KE-GOV-1", "A1", "2015", {country("TZ")}, "100"),
          make_gift("KE-GOV-1", "A2", "2004", {country("RW")}, "50"),
          make_gift("GB-GOV-1", "A3", "2015", {country("UG")}, "30"),
          make_gift("KE-GOV-1", "A4", "2015", {country("UG", "25"), country("MZ", "75")}, "200"),
          wells};
}

class Profiles : public testing::EngineTest {
 protected:
  void open(const std::vector<Record>& records) {
    database_ = make_register();
    import_records(*database_, records);
    registry::draw_links(*database_);
    cube_ = Cube::build(*database_);
    counts_ = CubeCounts::make(cube_);
    names_ = std::make_unique<Names>(*database_, "en");
  }
  /// A row by the value of its first column.
  std::vector<Cell> row_of(const Table& table, const Cell& first) {
    for (const auto& row : table.rows)
      if (row[0] == first) return row;
    ADD_FAILURE() << table.name << " lacks a row";
    return table.rows.at(0);
  }
  std::int64_t listed(const std::string& link) {
    std::vector<registry::Filter> filters;
    for (const auto pair : split(std::string_view(link).substr(link.find('?') + 1), '&')) {
      const auto equals = pair.find('=');
      filters.push_back(registry::parse_filter(percent_decode(pair.substr(0, equals)),
                                               percent_decode(pair.substr(equals + 1))));
    }
    const auto found = std::int64_t(cube_->select(filters).count());
    if (link.find("_in=") == std::string::npos) {
      EXPECT_EQ(found, registry::count_initiatives(*database_, filters)) << link;
    }
    return found;
  }
  /// Every row that leads to a list leads to as many initiatives as it says.
  std::size_t expect_listed(const Table& table) {
    std::size_t followed = 0;
    const auto initiatives = testing::column_of(table, "initiatives");
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
      if (!table.links[i].starts_with("/initiatives?")) continue;
      ++followed;
      EXPECT_EQ(Cell(listed(table.links[i])), table.rows[i][initiatives]) << table.links[i];
    }
    return followed;
  }

  std::unique_ptr<store::Database> database_;
  std::shared_ptr<const Cube> cube_;
  std::shared_ptr<CubeCounts> counts_;
  std::unique_ptr<Names> names_;
};

TEST_P(Profiles, a_country_by_hand) {
  open(make_gifts());
  const Subject kenya = country_subject("KE");
  const auto overview = make_overview(*counts_, *names_, kenya);
  ASSERT_EQ(overview.rows.size(), 3u);
  EXPECT_EQ(overview.rows[0][1], Cell(std::int64_t(3)));
  EXPECT_EQ(testing::cents(overview.rows[0][4]), 350'00);  // 100 + 50 + 200
  EXPECT_EQ(overview.rows[1][1], Cell(std::int64_t(0)));
  EXPECT_EQ(overview.links[1], "");
  const auto recipients = make_breakdown(*counts_, *names_, kenya.side("provider"), "recipient");
  for (const auto& [code, usd] :
       {std::pair{"TZ", 100'00}, {"RW", 50'00}, {"UG", 50'00}, {"MZ", 150'00}})
    EXPECT_EQ(testing::cents(row_of(recipients, Cell(std::string(code)))[5]), usd) << code;
  EXPECT_EQ(recipients.rows.size(), 4u);
  EXPECT_THAT(recipients.notes.at(0), ::testing::HasSubstr("3 initiatives"));
  EXPECT_THAT(recipients.notes.at(0), ::testing::HasSubstr("350.00"));
  const auto years = make_breakdown(*counts_, *names_, kenya.side("provider"), "year");
  EXPECT_EQ(years.rows.front()[0], Cell(std::int64_t(2015)));
  EXPECT_EQ(testing::cents(row_of(years, Cell(std::int64_t(2015)))[4]), 300'00);
}

TEST_P(Profiles, a_grouping_counts_by_the_year_of_membership) {
  open(make_gifts());
  const auto exchange = make_exchange(*counts_, *names_, "eac");
  ASSERT_EQ(exchange.rows.size(), 3u);
  // Among members: A1 and a quarter of A4. To others: A2, since Rwanda joined later, and the rest
  // of A4. From others: A3, and A5 without money.
  EXPECT_EQ(exchange.rows[0][1], Cell(std::int64_t(2)));
  EXPECT_EQ(testing::cents(exchange.rows[0][3]), 150'00);
  EXPECT_EQ(exchange.rows[1][1], Cell(std::int64_t(1)));
  EXPECT_EQ(testing::cents(exchange.rows[1][3]), 200'00);
  EXPECT_EQ(exchange.rows[2][1], Cell(std::int64_t(2)));
  EXPECT_EQ(testing::cents(exchange.rows[2][3]), 30'00);
  const Subject eac{Subject::Kind::grouping, "eac"};
  const auto gives = sum_side(*counts_, eac.side("provider")),
             gets = sum_side(*counts_, eac.side("recipient"));
  EXPECT_EQ(gives.initiatives, 3);
  EXPECT_EQ(gives.disbursed_cents, 350'00);
  EXPECT_EQ(gets.initiatives, 4);
  EXPECT_EQ(gets.disbursed_cents, 180'00);
  const auto members = make_members(*counts_, *names_, "eac");
  EXPECT_EQ(members.rows.size(), 8u);
  EXPECT_EQ(row_of(members, Cell(std::string("RW")))[5], Cell(std::int64_t(0)));
  EXPECT_EQ(testing::sum_of(members, "given_usd"), 350'00);
  EXPECT_EQ(testing::sum_of(members, "received_usd"), 180'00);
  const auto all = make_groupings(*counts_, *names_);
  EXPECT_EQ(testing::cents(row_of(all, Cell(std::string("eac")))[7]), 180'00);
}

TEST_P(Profiles, neighbours_share_groupings_and_lead_to_the_comparison) {
  open(make_gifts());
  const auto near = make_neighbours(*counts_, *names_, "KE");
  ASSERT_GE(near.rows.size(), 3u);
  EXPECT_EQ(near.rows[0][0], Cell(std::string("KE")));
  EXPECT_EQ(near.links[0], "");
  bool met = false;
  for (std::size_t i = 1; i < near.rows.size(); ++i) {
    if (near.rows[i][0] != Cell(std::string("TZ"))) continue;
    met = true;
    EXPECT_EQ(near.links[i], "/compare?a=KE&b=TZ");
    EXPECT_THAT(std::get<std::string>(near.rows[i][2]), ::testing::HasSubstr("EAC"));
    EXPECT_EQ(testing::cents(near.rows[i][6]), 100'00);
  }
  EXPECT_TRUE(met);
  const auto memberships = make_memberships(*counts_, *names_, "RW");
  EXPECT_EQ(row_of(memberships, Cell(std::string("eac")))[3], Cell(std::string("2007–")));
}

TEST_P(Profiles, quality_tells_what_is_left_out) {
  open(make_gifts());
  const auto quality =
      make_quality(*database_, *counts_, *names_, country_subject("TZ").side("recipient"));
  const auto& words = get_language("en");
  const auto count = [&](const std::string& measure) {
    return row_of(quality, Cell(words.t("profile.quality." + measure)))[1];
  };
  EXPECT_EQ(count("initiatives"), Cell(std::int64_t(2)));  // A1, A5
  EXPECT_EQ(count("publishers"), Cell(std::int64_t(2)));
  EXPECT_EQ(count("by_itself"), Cell(std::int64_t(0)));
  EXPECT_EQ(count("by_others"), Cell(std::int64_t(2)));
  EXPECT_EQ(count("without_amounts"), Cell(std::int64_t(1)));
  EXPECT_EQ(count("without_sector"), Cell(std::int64_t(1)));
  EXPECT_EQ(count("without_goal"), Cell(std::int64_t(2)));
  const auto own =
      make_quality(*database_, *counts_, *names_, country_subject("KE").side("provider"));
  EXPECT_EQ(row_of(own, Cell(words.t("profile.quality.by_itself")))[1], Cell(std::int64_t(3)));
  EXPECT_EQ(listed(own.links[3]), 3);
}

TEST_P(Profiles, people_name_whom_they_compare_as_they_like) {
  open(make_gifts());
  const auto likeliest = [&](const char* typed) {
    const auto found = find_subjects(*database_, typed);
    return found.empty() ? std::string("nobody") : found.front().path();
  };
  EXPECT_EQ(likeliest(" ke "), "/countries/KE");
  EXPECT_EQ(likeliest("Tanzanie"), "/countries/TZ");
  EXPECT_EQ(likeliest("ECOWAS"), "/groupings/ecowas");
  EXPECT_EQ(likeliest("east african community"), "/groupings/eac");
  EXPECT_EQ(likeliest("KE-GOV-1"), "/organizations/KE-GOV-1");
  EXPECT_EQ(likeliest("no such name"), "nobody");
  EXPECT_EQ(likeliest(""), "nobody");
}

TEST_P(Profiles, a_comparison_holds_the_figures_of_both) {
  open(make_gifts());
  const Pair pair{country_subject("KE"), country_subject("GB")};
  const auto overview = compare_overview(*counts_, *names_, pair);
  EXPECT_EQ(overview.rows[0][2], Cell(std::int64_t(3)));
  EXPECT_EQ(overview.rows[0][3], Cell(std::int64_t(1)));
  EXPECT_EQ(testing::cents(overview.rows[1][2]), 350'00);
  EXPECT_EQ(testing::cents(overview.rows[1][3]), 30'00);
  const auto partners = compare_partners(*counts_, *names_, pair);
  ASSERT_EQ(partners.rows.size(), 1u);  // both provide to Uganda
  EXPECT_EQ(partners.rows[0][0], Cell(std::string("UG")));
  EXPECT_EQ(compare_initiatives(*database_, *counts_, *names_, pair, 10).total_rows, 0u);
  const auto both = compare_initiatives(*database_, *counts_, *names_,
                                        {country_subject("KE"), country_subject("UG")}, 10);
  ASSERT_EQ(both.rows.size(), 1u);
  EXPECT_EQ(both.rows[0][0], Cell(std::string("A4")));
}

TEST_P(Profiles, budgets_of_an_organizations_own_file) {
  auto file = make_record("XM-DAC-46008", "XM-DAC-46008");
  file.kind = "organisation";
  auto whole = money(ContributionKind::budget, "1000.50", "2020-01-01", "EUR");
  whole.type = "total-budget";
  auto part = money(ContributionKind::budget, "7", "2020-01-01", "USD");
  part.type = "recipient-country-budget";
  part.places = {country("KE")};
  part.end_date = parse_date("2020-12-31");
  file.contributions = {whole, part};
  open({file});
  const auto budgets = make_own_budgets(*database_, *names_, "XM-DAC-46008");
  ASSERT_EQ(budgets.rows.size(), 2u);
  EXPECT_EQ(budgets.rows[0][0], Cell(std::string("total budget")));
  EXPECT_EQ(budgets.rows[0][4], Cell(Decimal{100050, 2}));
  EXPECT_EQ(budgets.rows[0][5], Cell(std::string("EUR")));
  EXPECT_EQ(budgets.rows[1][1], Cell(std::string("Kenya")));
  EXPECT_EQ(budgets.rows[1][3], Cell(std::string("2020-12-31")));
  EXPECT_EQ(sum_side(*counts_, {"organization", "organization", "XM-DAC-46008"}).initiatives, 0);
}

/// Records in which everything is missing now and then.
std::vector<Record> make_mixture(unsigned seed) {
  std::mt19937 random(seed);
  const auto below = [&](unsigned limit) { return random() % limit; };
  const auto pick = [&](std::vector<const char*> all) { return all[below(unsigned(all.size()))]; };
  std::vector<Record> records;
  for (int i = 0; i < 120; ++i) {
    const std::string from = pick({"KE-GOV-1", "BR-GOV-1", "GB-GOV-1", "XM-DAC-46008"});
    auto record =
        make_gift(from, "M" + std::to_string(i), pick({"1999", "2005", "2015"}), {}, nullptr);
    if (below(4) == 0) record.participations.push_back({Function::funds, party("XM-DAC-5-7")});
    if (below(5) == 0) record.participations.push_back({Function::manages, party("GB-GOV-1")});
    for (auto n = below(3); n > 0; --n)
      record.places.push_back(country(pick({"TZ", "UG", "RW", "MZ", "KE"}), pick({"40", "60"})));
    for (auto n = below(3); n > 0; --n)
      record.classifications.push_back(
          {below(2) ? "category" : "goal", pick({"140", "11"}), {}, "", "", {}});
    for (auto n = below(4); n > 0; --n)
      record.contributions.push_back(money(
          ContributionKind(2 + below(3)), std::to_string(below(9999)) + ".37",
          std::string(pick({"1999", "2006", "2016"})) + "-03-02", pick({"USD", "EUR", "QQQ"})));
    records.push_back(std::move(record));
  }
  return records;
}

TEST_P(Profiles, every_row_leads_to_as_many_initiatives_as_it_says) {
  open(make_mixture(7));
  std::size_t followed = 0;
  for (const Subject& subject :
       {country_subject("KE"), country_subject("TZ"), country_subject("GB"),
        Subject{Subject::Kind::organization, "XM-DAC-46008"},
        Subject{Subject::Kind::organization, "GB-GOV-1"}, Subject{Subject::Kind::grouping, "eac"},
        Subject{Subject::Kind::grouping, "ldc"}}) {
    followed += expect_listed(make_overview(*counts_, *names_, subject));
    for (const auto& side : subject.sides())
      for (const auto* by : {"provider", "recipient", "sector", "goal", "year", "framework"}) {
        const auto table = make_breakdown(*counts_, *names_, side, by);
        followed += expect_listed(table);
        // An initiative may stand in several rows, a dollar stands in one.
        const auto whole = sum_side(*counts_, side);
        for (const auto& [column, cents] : {std::pair{"budgeted_usd", whole.budgeted_cents},
                                            {"committed_usd", whole.committed_cents},
                                            {"disbursed_usd", whole.disbursed_cents}})
          EXPECT_EQ(testing::sum_of(table, column), cents.value_or(0))
              << side.path() << " by " << by << " " << column;
      }
  }
  EXPECT_GT(followed, 150u);
}

TEST_P(Profiles, every_line_of_flows_adds_up_from_its_contributions) {
  open(make_mixture(11));
  std::size_t followed = 0;
  for (const auto* code : {"KE", "BR", "TZ"})
    for (const auto* role : {"provider", "recipient"}) {
      const auto flows = make_side_flows(*counts_, *names_, country_subject(code).side(role));
      for (std::size_t i = 0; i < flows.rows.size(); ++i) {
        auto question = testing::question_of(flows.links[i]);
        question.kind = "disbursed";
        const auto behind = make_report(*database_, get_report("contributions"), question);
        EXPECT_EQ(testing::sum_of(behind, "amount_usd"),
                  testing::cents(flows.rows[i][testing::column_of(flows, "disbursed_usd")]))
            << flows.links[i];
        ++followed;
      }
    }
  EXPECT_GT(followed, 20u);
}

TEST_P(Profiles, findings_that_are_counted_can_be_looked_at) {
  open(make_mixture(3));
  std::int64_t counted = 0;
  for (const auto* code : {"KE", "TZ"}) {
    registry::FindingQuestion question;
    question.about = registry::parse_filter("recipient", code);
    const auto findings = counts_->count_findings(counts_->choose({*question.about}), *database_);
    for (const auto severity : {Severity::remark, Severity::warning, Severity::error}) {
      question.severity = severity;
      std::int64_t total = 0;
      const auto lines = registry::list_findings(*database_, question, &total);
      EXPECT_EQ(total, findings[std::size_t(severity)]);
      EXPECT_EQ(std::int64_t(lines.size()), total);
      counted += total;
    }
  }
  EXPECT_GT(counted, 0);
}

AUSTRAL_ON_BOTH_ENGINES(Profiles);

}  // namespace
}  // namespace austral::review
