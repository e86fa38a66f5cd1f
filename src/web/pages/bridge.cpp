// Bridge: two methodologies over the same facts, and the steps from one total to the other.
#include "measurement/bridge.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "measurement/sums.hpp"
#include "measurement/tables.hpp"
#include "web/pages/measure.hpp"

namespace austral::web {
namespace {

constexpr std::size_t rows_below = 10;

/// Both answers to one question.
struct Bridging {
  Measured first;
  Measures::Rules second;
  std::string second_named;
  Measures::Answered right;
  measurement::Bridge bridge;
  std::string trouble;  ///< why there is no bridge

  Fields query() const {
    Fields query{{"first", first.named}, {"second", second_named}};
    for (const auto& [name, value] : first.question)
      if (name != "methodology") query.emplace_back(name, value);
    return query;
  }
};

Bridging build_bridge(const Site& site, store::Database& database, const Request& request) {
  Bridging bridging;
  const auto first = request.find_query("first").value_or("");
  const auto second = request.find_query("second").value_or("");
  bridging.first = measure_for(site, database, request, first.empty() ? "unctad" : first);
  bridging.second_named = second.empty() ? "tossd" : second;
  bridging.second = measurement::get_methodology(database, bridging.second_named);
  const auto& left = *bridging.first.answer;
  bridging.right = site.measures->answer(database, bridging.first.asking, bridging.second);
  if (bridging.right->facts != left.facts)  // too many to be kept, or written to in between
    bridging.right = std::make_shared<const measurement::Answer>(measurement::measure(
        bridging.second, left.facts, left.prices, bridging.first.asking.options));
  try {
    bridging.bridge = measurement::bridge(left, *bridging.right);
  } catch (const Error& error) {
    if (error.kind() != Kind::invalid || !request.twin.empty()) throw;
    bridging.trouble = error.what();
  }
  return bridging;
}

std::string text_in(const Cell& cell) {
  const auto* text = std::get_if<std::string>(&cell);
  return text ? *text : std::string();
}

std::string title_in(const measurement::Methodology& rules, const Language& language) {
  return std::string(measurement::pick(rules.title, language.code()));
}

/// From the one total by each step to the other: what the figure is drawn of.
Table steps_table(const Bridging& bridging, const Language& language) {
  const auto whole = measurement::bridge_table(bridging.bridge, *bridging.first.answer,
                                               *bridging.right, language.code());
  Table table = whole;
  table.columns = {{"step", language.t("measure.bridge.step"), ColumnKind::text, "", ""},
                   whole.columns[3],
                   whole.columns[4],
                   whole.columns[5],
                   whole.columns[6]};
  table.columns[4].definition = language.t("measure.bridge.difference.what");
  table.rows.clear();
  const auto& sums = whole.rows.back();
  table.rows.push_back({title_in(*bridging.first.rules, language), {}, sums[4], {}, sums[4]});
  for (std::size_t n = 0; n + 1 < whole.rows.size(); ++n) {
    const auto& row = whole.rows[n];
    if (row[4] == row[5]) continue;  // the same in both is no step
    const auto from = text_in(row[1]), to = text_in(row[2]);
    const auto where = from.empty() ? to : to.empty() ? from : from + " → " + to;
    const bool is_same = bridging.bridge.steps[n].like.cause == measurement::BridgeCause::same;
    table.rows.push_back(
        {where + " · " + (is_same ? language.t("measure.bridge.rounding") : text_in(row[0])),
         row[3], row[4], row[5], row[6]});
  }
  table.rows.push_back({title_in(*bridging.second, language), {}, {}, sums[5], sums[5]});
  table.total_rows = table.rows.size();
  return table;
}

std::vector<Chart> steps_chart(const Language& language) {
  return {{.kind = "steps",
           .x = "step",
           .y = "difference",
           .reading = language.t("measure.bridge.reading")}};
}

Table rows_for_page(const Bridging& bridging, store::Database& database,
                    const measurement::PageOf& page, const Language& language) {
  auto table = measurement::bridge_rows_table(bridging.bridge, *bridging.first.answer,
                                              *bridging.right, database, page, language.code());
  table.title = language.t("measure.bridge_rows.title");
  name_partners(table, database, language);
  std::vector<std::string> kept;
  for (const auto& column : table.columns)
    if (column.name != "initiative") kept.push_back(column.name);
  table = select_columns(table, kept);
  table.notes.clear();
  drop_empty_columns(table);
  return table;
}

std::string render_rows_below(const Bridging& bridging, store::Database& database,
                              const Request& request, const Language& language) {
  auto table = rows_for_page(bridging, database, {0, rows_below}, language);
  if (table.rows.empty()) return {};
  Request own = request;
  own.path = "/bridge/rows";
  own.query = bridging.query();
  Arrangement arrangement;
  arrangement.page_size = rows_below;
  arrangement.sortable.emplace();
  if (table.total_rows > table.rows.size())
    arrangement.all_link = link_with(own.path, own.query, {});
  return render_table(table, arrangement, own, language);
}

boost::json::array bridge_figures(const Bridging& bridging, const Language& language) {
  const auto write = [&](const measurement::Amount& amount) {
    const auto rounded = measurement::round_amount(amount, 0);
    return rounded ? language.number(*rounded) : measurement::to_string(amount, 0);
  };
  const auto& bridge = bridging.bridge;
  const auto currency = bridging.first.rules->currency;
  return {make_figure(write(bridge.left), currency, title_in(*bridging.first.rules, language), "",
                      bridging.first.link("/measure", {{"methodology", bridging.first.named}})),
          make_figure(write(bridge.right), currency, title_in(*bridging.second, language), "",
                      bridging.first.link("/measure", {{"methodology", bridging.second_named}})),
          make_figure(write(bridge.right - bridge.left), currency,
                      language.t("measure.bridge.difference")),
          make_figure(language.number(std::int64_t(bridge.rows.size())), "",
                      language.t("measure.bridge_rows.title"), "",
                      link_with("/bridge/rows", bridging.query(), {}))};
}

void add_bridge_form(View& view, const Site& site, const Bridging& bridging,
                     store::Database& database, const Language& language) {
  boost::json::array first{
      methodology_field(database, "first", bridging.first.rules.get(), language),
      methodology_field(database, "second", bridging.second.get(), language)};
  boost::json::array more;
  auto fields = measure_fields(site, bridging.first, database, language);
  for (std::size_t n = 0; n < fields.size(); ++n) (n < 4 ? first : more).push_back(fields[n]);
  view["action"] = "/bridge";
  view["fields"] = std::move(first);
  view["more_fields"] = std::move(more);
  view["more_open"] = false;
  view["kept"] = kept_fields(bridging.first, {"methodology", "provider", "recipient", "year",
                                              "kinds", "perspective", "method", "price_year"});
}

}  // namespace

Response show_bridge(const Site& site, const Request& request) {
  const auto& language = get_language(request.language);
  const auto database = site.pool->lend();
  const auto bridging = build_bridge(site, *database, request);
  Page page;
  page.section = "measure";
  page.title = language.t("measure.bridge.page");
  page.summary = language.t("measure.bridge.summary");
  page.crumbs = {{language.t("nav.measure"), bridging.first.link("/measure")}};
  page.page_size = 250;
  if (!request.twin.empty())
    return site.pages->show_table(request,
                                  measurement::bridge_table(bridging.bridge, *bridging.first.answer,
                                                            *bridging.right, language.code()),
                                  std::move(page));
  page.template_name = "measure";
  auto& view = page.view;
  view["measure_css"] = site.assets->address("measure.css");
  add_bridge_form(view, site, bridging, *database, language);
  view["asked"] = describe_measuring(bridging.first, *database, language);
  view["notice"] = bridging.first.of_commitments ? language.t("measure.of_commitments") : "";
  view["trouble"] = bridging.trouble;
  if (bridging.trouble.empty()) {
    view["has_figures"] = true;
    view["figures"] = bridge_figures(bridging, language);
    auto table = steps_table(bridging, language);
    Request own = request;
    own.query = bridging.query();
    if (is_embedded(request)) own.query = request.query;
    Arrangement arrangement;
    arrangement.page_size = page.page_size;
    arrangement.sortable.emplace();
    arrangement.charts = steps_chart(language);
    arrangement.strong = {title_in(*bridging.first.rules, language),
                          title_in(*bridging.second, language)};
    view["html_table"] = render_table(table, arrangement, own, language);
    view["html_rows"] = render_rows_below(bridging, *database, request, language);
  }
  return site.pages->show(request, page);
}

Response show_bridge_rows(const Site& site, const Request& request) {
  const auto& language = get_language(request.language);
  const auto database = site.pool->lend();
  const auto bridging = build_bridge(site, *database, request);
  if (!bridging.trouble.empty()) throw Error(Kind::invalid, bridging.trouble);
  Page page;
  page.section = "measure";
  page.title = language.t("measure.bridge_rows.title");
  page.summary =
      language.t("measure.bridge.title", {{"left", title_in(*bridging.first.rules, language)},
                                          {"right", title_in(*bridging.second, language)}});
  page.crumbs = {{language.t("nav.measure"), bridging.first.link("/measure")},
                 {language.t("measure.bridge.page"), link_with("/bridge", bridging.query(), {})}};
  if (!request.twin.empty())
    return site.pages->show_table(
        request,
        measurement::bridge_rows_table(bridging.bridge, *bridging.first.answer, *bridging.right,
                                       *database, {}, language.code()),
        std::move(page));
  const auto arrangement = read_arrangement(request);
  return show_cut_table(
      *site.pages, request,
      rows_for_page(bridging, *database,
                    {std::size_t(arrangement.offset()), std::size_t(arrangement.limit())},
                    language),
      std::move(page), arrangement, {});
}

}  // namespace austral::web
