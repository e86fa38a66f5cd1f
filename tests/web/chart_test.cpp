// Charts: what a figure and its table carry, what an embedded page is allowed, how flows add up.
#include "web/chart.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>

#include "web/finish.hpp"
#include "web/page.hpp"
#include "web/pages/flow_sums.hpp"

namespace austral::web {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

const Language& words() { return get_language("en"); }

Table places() {
  Table table;
  table.name = "places";
  table.title = "Places";
  table.revision = "7";
  table.columns = {{"code", "Code", ColumnKind::code},
                   {"name", "Name", ColumnKind::text},
                   {"amount", "Amount", ColumnKind::money, "USD"},
                   {"count", "Count", ColumnKind::number}};
  table.rows = {{std::string("KE"), std::string("Kenya"), Decimal{123456789, 2}, std::int64_t{4}},
                {std::string("TV"), std::string("Tuvalu"), std::monostate{}, std::int64_t{1}}};
  table.links = {"/countries/KE", "/countries/TV"};
  return table;
}

const Chart map_chart{.kind = "map", .x = "name", .y = "amount count", .code = "code"};

std::string render_places(const std::string& query, std::vector<Chart> charts) {
  Request request;
  request.path = "/places";
  request.query = parse_query(query);
  Arrangement arrangement;
  arrangement.charts = std::move(charts);
  return render_table(places(), arrangement, request, words());
}

TEST(Charts, without_a_figure_there_is_no_chart_and_the_table_is_open) {
  const auto shown = render_places("embed=1", {map_chart});
  EXPECT_NE(shown.find("<figure"), std::string::npos);
  EXPECT_NE(shown.find("class=\"folded\""), std::string::npos);
  const auto bare = render_places("embed=1", {{.kind = "bars", .x = "name", .y = "pledged"}});
  EXPECT_EQ(bare.find("<figure"), std::string::npos);
  EXPECT_EQ(bare.find("class=\"folded\""), std::string::npos);
}

TEST(Charts, a_table_without_one_carries_nothing_for_it) {
  const auto html = render_places("", {});
  EXPECT_THAT(html, Not(HasSubstr("data-")));
  EXPECT_THAT(html, Not(HasSubstr("<figure")));
  EXPECT_THAT(html, HasSubstr(">KE<"));
}

TEST(Charts, the_table_carries_codes_and_exact_figures) {
  const auto html = render_places("", {map_chart});
  EXPECT_THAT(html, HasSubstr("data-code=\"KE\""));
  EXPECT_THAT(html, HasSubstr("data-v=\"1234567.89\""));
  EXPECT_THAT(html, HasSubstr("data-name=\"amount\" data-kind=\"money\""));
  EXPECT_THAT(html, Not(HasSubstr(">KE<"))) << "the codes' column is the chart's alone";
  EXPECT_THAT(html, HasSubstr("<th scope=\"row\" data-code=\"KE\"><a href=\"/countries/KE\">"));
  EXPECT_THAT(html, HasSubstr("data-y=\"amount count\""));
  EXPECT_THAT(html, HasSubstr("<table id=\"places\">"));
}

TEST(Charts, an_embedded_page_shows_the_figure_asked_for) {
  const Chart bars{.kind = "bars", .x = "name", .y = "count"};
  const auto html = render_places("embed=1&chart=2", {map_chart, bars});
  EXPECT_THAT(html, HasSubstr("id=\"places-chart-2\""));
  EXPECT_THAT(html, Not(HasSubstr("id=\"places-chart-1\"")));
  EXPECT_THAT(html, HasSubstr("<details class=\"folded\">"));
  EXPECT_THAT(render_places("embed=1&chart=9", {map_chart, bars}), HasSubstr("places-chart-1"));
}

TEST(Charts, say_when_they_show_a_part) {
  Table table = places();
  table.total_rows = 1234;
  Request request;
  EXPECT_THAT(
      std::string(make_chart(table, map_chart, 2, request, words()).at("partial").as_string()),
      HasSubstr("1,234"));
  table.total_rows = 2;
  EXPECT_EQ(make_chart(table, map_chart, 2, request, words()).at("partial").as_string(), "");
}

TEST(Charts, refuse_what_cannot_be_drawn) {
  Chart wrong = map_chart;
  wrong.kind = "pie";
  EXPECT_THROW(make_chart(places(), wrong, 2, {}, words()), Error);
  wrong = map_chart;
  wrong.x = "no_column";
  EXPECT_THROW(make_chart(places(), wrong, 2, {}, words()), Error);
  wrong = map_chart;
  wrong.code = "no_column";
  Table table = places();
  EXPECT_THROW(mark_table(table, {wrong}), Error);
}

TEST(Charts, only_embedded_pages_stand_in_frames) {
  const auto assets = std::make_shared<const Assets>();
  Pages pages(assets, [] { return std::string("7"); });
  pages.map_note = "Lines & names are not ours.";
  Page page;
  page.title = "Places";
  page.charts = {map_chart};
  for (const bool embedded : {false, true}) {
    Request request;
    request.path = "/places";
    if (embedded) request.query = {{"embed", "1"}};
    auto response = pages.show_table(request, places(), page);
    finish(request, response);
    const auto policy = response.find_header("Content-Security-Policy").value_or("");
    EXPECT_EQ(policy.find("frame-ancestors *") != std::string::npos, embedded);
    EXPECT_EQ(response.find_header("X-Frame-Options").has_value(), !embedded);
    EXPECT_THAT(policy, HasSubstr("default-src 'none'"));
    EXPECT_THAT(response.body, HasSubstr("data-map-note=\"Lines &amp; names are not ours.\""));
    EXPECT_EQ(response.body.find("<header class=\"site\"") == std::string::npos, embedded);
  }
}

Table make_flows(const std::vector<std::tuple<std::string, std::string, int, int>>& given) {
  Table table;
  for (const auto* name : {"provider", "provider_name", "recipient", "recipient_name"})
    table.columns.push_back({name, name, ColumnKind::text});
  table.columns.push_back({"year", "Year", ColumnKind::year});
  for (const auto* name : {"budgeted_usd", "committed_usd", "disbursed_usd"})
    table.columns.push_back({name, name, ColumnKind::money, "USD"});
  for (const auto& [provider, recipient, year, cents] : given)
    table.rows.push_back({provider, "the " + provider, recipient, "the " + recipient,
                          year ? Cell(std::int64_t(year)) : Cell(std::monostate{}),
                          std::monostate{}, std::monostate{},
                          cents ? Cell(Decimal{cents, 2}) : Cell(std::monostate{})});
  return table;
}

TEST(FlowSums, years_stand_in_order_and_what_has_none_last) {
  const auto sums = sum_flows_by_year(
      make_flows({{"A", "B", 0, 5}, {"A", "C", 2020, 7}, {"B", "C", 2019, 1}, {"C", "A", 2020, 0}}),
      words());
  ASSERT_EQ(sums.rows.size(), 3u);
  EXPECT_EQ(sums.rows[0][0], Cell(std::int64_t{2019}));
  EXPECT_EQ(sums.rows[1][3], Cell(Decimal{7, 2}));
  EXPECT_EQ(sums.rows[1][1], Cell(std::monostate{})) << "nothing published is not zero";
  EXPECT_EQ(sums.rows[2][0], Cell(std::monostate{}));
}

RC_GTEST_PROP(FlowSums, pairs_add_up_to_the_flows_however_few_are_named, ()) {
  const auto flows = *rc::gen::container<std::vector<std::tuple<int, int, int>>>(
      rc::gen::tuple(rc::gen::inRange(0, 6), rc::gen::inRange(0, 6), rc::gen::inRange(1, 90000)));
  std::vector<std::tuple<std::string, std::string, int, int>> rows;
  std::map<std::pair<std::string, std::string>, std::int64_t> plain;
  std::int64_t total = 0;
  for (const auto& [provider, recipient, cents] : flows) {
    rows.emplace_back(std::to_string(provider), std::to_string(recipient), 2020, cents);
    plain[{"the " + std::to_string(provider), "the " + std::to_string(recipient)}] += cents;
    total += cents;
  }
  const auto table = make_flows(rows);
  std::int64_t sum = 0;
  const auto few = sum_flows_by_pair(table, 3, words());
  RC_ASSERT(few.rows.size() <= 16u);
  for (const auto& row : few.rows) sum += std::get<Decimal>(row[2]).mantissa;
  RC_ASSERT(sum == total);
  const auto all = sum_flows_by_pair(table, 0, words());
  RC_ASSERT(all.rows.size() == plain.size());
  for (const auto& row : all.rows) {
    const std::pair pair{std::get<std::string>(row[0]), std::get<std::string>(row[1])};
    RC_ASSERT(std::get<Decimal>(row[2]).mantissa == plain.at(pair));
  }
}

}  // namespace
}  // namespace austral::web
