// Measure: a question, its official table with the spread beside each figure, and ways further.
#include "web/pages/measure.hpp"

#include <algorithm>
#include <set>

#include "base/error.hpp"
#include "base/text.hpp"
#include "measurement/sums.hpp"
#include "measurement/tables.hpp"

namespace austral::web {
namespace {

std::string measure_text(const Cell& cell) {
  const auto* text = std::get_if<std::string>(&cell);
  return text ? *text : std::string();
}

std::size_t measure_column(const Table& table, std::string_view name) {
  for (std::size_t i = 0; i < table.columns.size(); ++i)
    if (table.columns[i].name == name) return i;
  throw Error(Kind::invalid, "no column " + std::string(name));
}

/// Whole units of the methodology's currency.
std::string write_measured(const measurement::Amount& amount, const Language& language) {
  const auto rounded = measurement::round_amount(amount, 0);
  return rounded ? language.number(*rounded) : measurement::to_string(amount, 0);
}

std::set<std::int64_t> measured_initiatives(const measurement::Answer& answer) {
  std::set<std::int64_t> initiatives;
  for (const auto& row : answer.valued) initiatives.insert(answer.facts->rows[row.fact].initiative);
  for (const auto& row : answer.counted)
    initiatives.insert(answer.facts->rows[row.fact].initiative);
  return initiatives;
}

std::int64_t measured_facts(const measurement::Answer& answer) {
  std::set<std::uint32_t> facts;
  for (const auto& row : answer.valued) facts.insert(row.fact);
  for (const auto& row : answer.counted) facts.insert(row.fact);
  return std::int64_t(facts.size());
}

/// The totals, or the groups of money where there are none.
std::vector<std::pair<std::string, std::string>> headline_codes(
    const measurement::Methodology& rules, const std::string& language) {
  std::vector<std::pair<std::string, std::string>> codes;
  for (const auto& total : rules.totals)
    codes.emplace_back(total.code, measurement::pick(total.title, language));
  if (codes.empty())
    for (const auto& group : rules.groups)
      if (group.kind != measurement::GroupKind::counted)
        codes.emplace_back(group.code, measurement::pick(group.title, language));
  if (codes.size() > 3) codes.resize(3);
  return codes;
}

boost::json::array headline_figures(const Measured& measured, const Language& language) {
  const auto& answer = *measured.answer;
  const auto& rules = *measured.rules;
  const auto sums = measurement::sum_items(answer);
  const auto spreads = measurement::spread_items(answer);
  boost::json::array figures;
  for (const auto& [code, title] : headline_codes(rules, language.code())) {
    const auto spread = measurement::spread_of(answer, spreads, code);
    figures.push_back(make_figure(
        write_measured(measurement::sum_of(answer, sums, code), language), rules.currency, title,
        language.t("measure.figure.spread",
                   {{"smallest", write_measured(spread.smallest, language)},
                    {"largest", write_measured(spread.largest, language)}}),
        measured.link("/measure/rows", {{"item", code}})));
  }
  figures.push_back(make_figure(
      language.number(measured_facts(answer)), "", language.t("measure.figure.measured"),
      language.t("measure.figure.measured.what"), measured.link("/measure/rows")));
  figures.push_back(make_figure(language.number(std::int64_t(answer.left_out.size())), "",
                                language.t("measure.figure.left_out"),
                                language.t("measure.figure.left_out.what"),
                                measured.link("/measure/left-out")));
  return figures;
}

boost::json::array further_links(const Measured& measured, const Language& language) {
  boost::json::array links;
  const auto add = [&](const char* key, const std::string& path, std::int64_t count) {
    links.push_back(
        View{{"title", language.t(std::string("measure.link.") + key, {{"count", count}})},
             {"link", path}});
  };
  const auto& answer = *measured.answer;
  add("rows", measured.link("/measure/rows"), measured_facts(answer));
  add("left_out", measured.link("/measure/left-out"), std::int64_t(answer.left_out.size()));
  add("needs", measured.link("/measure/needs"), std::int64_t(answer.needs.size()));
  add("spread", measured.link("/measure/spread"), 0);
  add("mirror", measured.link("/measure/mirror"), 0);
  add("country_sheet", measured.link("/measure/country-sheet"), 0);
  add("methodology", "/methodologies/" + percent_encode(measured.named), 0);
  return links;
}

boost::json::array file_links(const Measured& measured, const Language& language) {
  boost::json::array links;
  for (const auto* name : {"workbook", "frozen", "sdmx-csv", "sdmx-ml"})
    links.push_back(View{{"title", language.t(std::string("measure.file.") + name)},
                         {"text", language.t(std::string("measure.file.") + name + ".what")},
                         {"link", measured.link(std::string("/measure/as/") + name)}});
  return links;
}

/// Items in money with a figure, to be drawn: groups and totals would be the same money again.
Table items_table(const Measured& measured, const Language& language) {
  const auto& rules = *measured.rules;
  auto table = measurement::measure_table(*measured.answer, language.code());
  table.name = "items";
  table.title = language.t("measure.items.title");
  table.definition = language.t("measure.items.definition");
  const auto amount = measure_column(table, "amount");
  std::vector<std::vector<Cell>> rows;
  for (auto& row : table.rows) {
    const auto code = measure_text(row[0]);
    if (!rules.find_item(code) || std::holds_alternative<std::monostate>(row[amount])) continue;
    row[1] = code + " · " + measure_text(row[1]);
    table.links.push_back(measured.link("/measure/rows", {{"item", code}}));
    rows.push_back(std::move(row));
  }
  table.rows = std::move(rows);
  table.total_rows = table.rows.size();
  return table;
}

std::vector<Chart> items_chart(const Language& language) {
  return {{.kind = "bars",
           .x = "item",
           .y = "amount smallest largest",
           .reading = language.t("measure.items.reading")}};
}

Table items_for_page(const Measured& measured, const Language& language) {
  return select_columns(items_table(measured, language),
                        {"item", "amount", "smallest", "largest", "spread", "rows"});
}

std::string render_items(const Measured& measured, const Request& request,
                         const Language& language) {
  auto table = items_for_page(measured, language);
  if (table.rows.size() < 2) return {};
  Request own = request;
  own.path = "/measure/items";
  own.query = measured.question;
  table.notes.clear();
  Arrangement arrangement;
  arrangement.charts = items_chart(language);
  arrangement.folded = true;
  arrangement.page_size = 200;
  return render_table(table, arrangement, own, language);
}

/// Why there is nothing, and the questions that have an answer.
View explain_nothing(const Measured& measured, const Language& language) {
  const auto& answer = *measured.answer;
  boost::json::array links;
  const auto add = [&](const std::string& key, const std::string& link) {
    links.push_back(
        View{{"title", language.t(std::string("measure.instead.") + key)}, {"link", link}});
  };
  const auto left_out_for = [&](measurement::LeftOut why) {
    return std::any_of(answer.left_out.begin(), answer.left_out.end(),
                       [&](const auto& row) { return row.why == why; });
  };
  if (left_out_for(measurement::LeftOut::kind))
    add("commitment", measured.link("/measure", {{"kinds", "commitment"}}));
  if (left_out_for(measurement::LeftOut::no_price)) add("needs", measured.link("/measure/needs"));
  if (!answer.left_out.empty()) add("left_out", measured.link("/measure/left-out"));
  add("rules", "/methodologies/" + percent_encode(measured.named));
  add("everything", "/measure");
  std::string why = language.t("measure.nothing.none");
  if (!answer.left_out.empty()) {
    why = language.t("measure.nothing.left_out", {{"count", std::int64_t(answer.left_out.size())}});
    const auto reasons = measurement::left_out_table(answer, language.code());
    for (const auto& row : reasons.rows) why += " " + measure_text(row[1]);
  }
  return View{{"title", language.t("measure.nothing")}, {"text", why}, {"links", std::move(links)}};
}

void add_question_form(View& view, const Site& site, const Measured& measured,
                       store::Database& database, const Language& language) {
  auto fields = measure_fields(site, measured, database, language);
  boost::json::array first{
      methodology_field(database, "methodology", measured.rules.get(), language)};
  boost::json::array more;
  for (std::size_t n = 0; n < fields.size(); ++n) (n < 4 ? first : more).push_back(fields[n]);
  const auto& options = measured.asking.options;
  view["action"] = "/measure";
  view["fields"] = std::move(first);
  view["more_fields"] = std::move(more);
  view["more_open"] = options.method.has_value() || options.price_year.has_value() ||
                      options.side != measurement::Side::reconciled;
  view["kept"] = kept_fields(measured, {"methodology", "provider", "recipient", "year", "kinds",
                                        "perspective", "method", "price_year"});
}

}  // namespace

std::vector<std::string> strong_rows(const measurement::Methodology& rules,
                                     const std::string& language) {
  std::vector<std::string> rows;
  for (const auto& group : rules.groups)
    rows.push_back(group.code + " · " + std::string(measurement::pick(group.title, language)));
  for (const auto& total : rules.totals)
    rows.push_back(total.code + " · " + std::string(measurement::pick(total.title, language)));
  return rows;
}

Table measure_table_for_page(const Measured& measured, const Language& language) {
  auto table = measurement::measure_table(*measured.answer, language.code());
  const auto rows = measure_column(table, "rows"), amount = measure_column(table, "amount");
  for (auto& row : table.rows) {
    const auto code = measure_text(row[0]);
    const bool is_part = measure_text(row[1]).starts_with(" ");
    row[1] = is_part ? measure_text(row[1]) : code + " · " + measure_text(row[1]);
    const bool has_rows = row[rows] != Cell(std::int64_t(0)) &&
                          !(std::holds_alternative<std::monostate>(row[rows]) &&
                            std::holds_alternative<std::monostate>(row[amount]));
    table.links.push_back(has_rows ? measured.link("/measure/rows", {{"item", code}}) : "");
    if (row[rows] == Cell(std::int64_t(0))) row[rows] = std::monostate{};
  }
  table = select_columns(table, {"item", "amount", "smallest", "largest", "spread", "quantity",
                                 "unit", "rows", "methods"});
  drop_empty_columns(table);
  return table;
}

Response show_measure(const Site& site, const Request& request) {
  const auto& language = get_language(request.language);
  const auto database = site.pool->lend();
  const auto measured = measure_for(site, *database, request);
  const auto& answer = *measured.answer;
  Page page;
  page.section = "measure";
  page.page_size = 250;
  if (!request.twin.empty())
    return site.pages->show_table(request, measurement::measure_table(answer, language.code()),
                                  std::move(page));
  page.template_name = "measure";
  page.title = language.t("measure.title");
  page.summary = language.t("measure.summary");
  auto& view = page.view;
  view["measure_css"] = site.assets->address("measure.css");
  add_question_form(view, site, measured, *database, language);
  view["asked"] = language.t(
      "measure.asked",
      {{"methodology", std::string(measurement::pick(measured.rules->title, language.code()))},
       {"question", describe_measuring(measured, *database, language)},
       {"count", measured_facts(answer)},
       {"initiatives", std::int64_t(measured_initiatives(answer).size())}});
  view["notice"] = measured.of_commitments ? language.t("measure.of_commitments") : "";
  const bool is_empty = answer.valued.empty() && answer.counted.empty();
  view["has_figures"] = !is_empty;
  if (is_empty)
    view["empty"] = explain_nothing(measured, language);
  else
    view["figures"] = headline_figures(measured, language);
  view["links"] = further_links(measured, language);
  view["has_links"] = !is_empty;
  view["has_files"] = !is_empty;
  view["files"] = file_links(measured, language);
  view["html_charts"] = render_items(measured, request, language);
  auto bridge = methodology_field(*database, "second", nullptr, language);
  view["bridge"] = View{{"fields", boost::json::array{std::move(bridge)}},
                        {"first", measured.named},
                        {"kept", kept_fields(measured, {"methodology"})}};
  auto table = measure_table_for_page(measured, language);
  Request own = request;  // files and orders are of this very question
  own.query = measured.question;
  for (const auto* name : {"sort", "page"})
    if (const auto given = request.find_query(name)) own.query.emplace_back(name, *given);
  auto arrangement = read_arrangement(request, page.page_size);
  arrangement.strong = strong_rows(*measured.rules, language.code());
  arrange(table, arrangement, language);
  view["html_table"] = render_table(table, arrangement, own, language);
  return site.pages->show(request, page);
}

Response show_measure_items(const Site& site, const Request& request) {
  const auto& language = get_language(request.language);
  const auto database = site.pool->lend();
  const auto measured = measure_for(site, *database, request);
  Page page;
  page.section = "measure";
  page.title = language.t("measure.items.title");
  page.summary = describe_measuring(measured, *database, language);
  page.crumbs = {{language.t("nav.measure"), measured.link("/measure")}};
  page.page_size = 250;
  page.charts = items_chart(language);
  return site.pages->show_table(
      request,
      request.twin.empty() ? items_for_page(measured, language) : items_table(measured, language),
      std::move(page));
}

}  // namespace austral::web
