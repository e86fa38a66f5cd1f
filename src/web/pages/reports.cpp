// Reports: the list of them, and one with its filters.
#include "review/reports.hpp"

#include "base/text.hpp"
#include "store/journal.hpp"
#include "web/pages/flow_sums.hpp"
#include "web/pages/pages.hpp"
#include "web/pages/parts.hpp"

namespace austral::web {
namespace {

review::ReportQuestion read_question(const Request& request, const review::Report& report) {
  review::ReportQuestion question;
  question.language = request.language;
  for (const auto filter : split(report.filters, ' ')) {
    if (report.name == "breakdown") {
      for (const auto& [name, given] : request.query)
        if (name == filter && !given.empty()) review::add_filter(question, filter, given);
      continue;
    }
    const auto value = request.find_query(filter);
    if (!value) continue;
    if (filter == "initiative") {
      if (!value->empty()) question.initiative = std::atoll(value->c_str());
      continue;
    }
    // In a drill-down an empty value is a value: partners or years that were not stated.
    const bool drill_down = report.name == "contributions" && request.find_query("kind");
    if (value->empty() && !drill_down) continue;
    if (value->empty() && filter != "provider" && filter != "recipient" && filter != "year")
      continue;
    review::add_filter(question, filter, *value);
  }
  return question;
}

boost::json::array make_fields(const Request& request, const review::Report& report,
                               const Language& language) {
  boost::json::array fields;
  for (const auto filter : split(report.filters, ' ')) {
    if (filter.empty() || filter == "initiative") continue;
    const std::string name(filter);
    const auto given = request.find_query(name).value_or("");
    const auto title = language.t("field." + name);
    if (name == "framework")
      fields.push_back(
          make_select(name, title,
                      {{"south_south", language.t("framework.south_south"), ""},
                       {"triangular", language.t("framework.triangular"), ""},
                       {"multilateral_support", language.t("framework.multilateral_support"), ""},
                       {"other", language.t("framework.other"), ""}},
                      given));
    else if (name == "kind")
      fields.push_back(make_select(name, title,
                                   {{"flows", language.t("kind.flows"), ""},
                                    {"budgeted", language.t("field.budgeted"), ""},
                                    {"committed", language.t("field.committed"), ""},
                                    {"disbursed", language.t("field.disbursed"), ""}},
                                   given));
    else
      fields.push_back(make_input(name, title, given, language.t("field." + name + ".hint")));
  }
  return fields;
}

std::vector<std::string> page_columns(std::string_view report) {
  if (report == "flows")
    return {"provider_name", "recipient_name", "year",          "framework", "initiatives",
            "budgeted_usd",  "committed_usd",  "disbursed_usd", "unpriced"};
  if (report == "allocation")
    return {"provider_name", "year",      "sector_name",        "planned_usd",
            "committed_usd", "spent_usd", "spent_constant_usd", "unpriced"};
  if (report == "contributions")
    return {"title",          "day",    "kind",     "provider_name",
            "recipient_name", "amount", "currency", "amount_usd"};
  if (report == "countries")
    return {"name", "provides", "receives", "facilitates", "given_usd", "received_usd"};
  return {"name",    "records",  "versions", "initiatives", "not_counted",
          "updated", "imported", "errors",   "warnings"};
}

/// The order in which a report is shown unless the reader asks for another.
std::string first_order(std::string_view report) {
  if (report == "flows") return "-disbursed_usd";
  if (report == "publishers") return "-records";
  if (report == "allocation") return "-year";
  return "";
}

/// The sum of a money column over all rows, to compare with the figure the reader came from.
void add_sum_note(Table& table, std::int64_t cents, const Language& language) {
  table.notes.push_back(
      language.t("contributions.sum", {{"usd", language.number(Decimal{cents, 2})}}));
}

/// `?sum=year` and `?sum=partners`: the flows added up, with a chart of it.
std::optional<Table> add_up_flows(const Table& flows, const Request& request,
                                  const Language& language) {
  const auto sum = request.find_query("sum").value_or("");
  if (sum == "year") return sum_flows_by_year(flows, language);
  if (sum == "partners") return sum_flows_by_pair(flows, request.twin.empty() ? 12 : 0, language);
  return std::nullopt;
}

std::vector<Chart> flow_charts(const Table& sums) {
  if (sums.columns[0].name == "year")
    return {{.kind = "lines", .x = "year", .y = "disbursed_usd committed_usd budgeted_usd"}};
  return {{.kind = "matrix",
           .x = "provider_name",
           .y = "disbursed_usd committed_usd budgeted_usd",
           .series = "recipient_name"}};
}

/// The two sums above the flows themselves, each a figure whose table opens on demand.
std::string render_flow_sums(const Table& flows, const Request& request, const Language& language) {
  std::string html;
  for (const auto* sum : {"year", "partners"}) {
    Request own = request;
    std::erase_if(own.query, [](const auto& field) {
      return field.first == "sort" || field.first == "page" || field.first == "sum";
    });
    own.query.emplace_back("sum", sum);
    auto sums = *add_up_flows(flows, own, language);
    if (sums.rows.empty()) continue;
    round_money(sums, 0, language);
    Arrangement arrangement;
    arrangement.charts = flow_charts(sums);
    arrangement.folded = true;
    html += render_table(sums, arrangement, own, language);
  }
  return html;
}

}  // namespace

Response show_reports(const Site& site, const Request& request) {
  const auto& language = get_language(request.language);
  const auto database = site.pool->lend();
  Table table;
  table.name = "reports";
  table.title = language.t("nav.reports");
  table.definition = language.t("reports.definition");
  table.revision = std::to_string(store::revision_of(*database));
  table.columns = {{"title", language.t("field.report"), ColumnKind::text, "", ""},
                   {"definition", language.t("field.definition"), ColumnKind::text, "", ""}};
  for (const auto& report : review::reports()) {
    const std::string key = "report." + std::string(report.name);
    table.rows.push_back({language.t(key + ".title"), language.t(key + ".definition")});
    table.links.push_back("/reports/" + std::string(report.name));
  }
  Page page;
  page.section = "reports";
  page.title = table.title;
  page.summary = language.t("reports.summary");
  return site.pages->show_table(request, std::move(table), std::move(page));
}

Response show_report(const Site& site, const Request& request) {
  const auto& language = get_language(request.language);
  const auto& report = review::get_report(request.placeholder("name"));
  const auto database = site.pool->lend();
  auto question = read_question(request, report);
  if (report.name == "flows" || report.name == "countries" || report.name == "breakdown")
    question.cube = site.cubes->get(*database);
  auto arrangement = read_arrangement(request);
  const bool cut_by_sql = report.name == "contributions" && request.twin.empty();
  if (cut_by_sql) {
    question.limit = arrangement.limit();
    question.offset = arrangement.offset();
  }
  Table table = review::make_report(*database, report, question);
  Page page;
  page.section = "reports";
  page.title = table.title;
  page.first_order = first_order(report.name);
  page.crumbs = {{language.t("nav.reports"), "/reports"}};
  const bool is_flows = report.name == "flows";
  auto sums = is_flows ? add_up_flows(table, request, language) : std::nullopt;
  if (!request.twin.empty())
    return site.pages->show_table(request, sums ? std::move(*sums) : std::move(table),
                                  std::move(page));
  if (is_flows && !sums && !is_embedded(request))
    page.view["html_charts"] = render_flow_sums(table, request, language);
  if (report.name == "contributions")
    add_sum_note(table, review::sum_contributions(*database, question), language);
  if (sums) {
    page.charts = flow_charts(*sums);
    page.page_size = 200;
    page.first_order.clear();
    table = std::move(*sums);
    page.title = table.title;
    page.crumbs.push_back({language.t("report.flows.title"), "/reports/flows"});
  } else {
    table = select_columns(table, page_columns(report.name));
  }
  round_money(table, report.name == "contributions" ? 2 : 0, language);
  if (!report.filters.empty()) {
    std::vector<std::pair<std::string, std::string>> titles;
    for (const auto filter : split(report.filters, ' '))
      titles.emplace_back(filter, language.t("field." + std::string(filter)));
    add_filter_form(page.view, request, make_fields(request, report, language), titles,
                    name_filter_values(*database, language));
  }
  if (cut_by_sql)
    return show_cut_table(*site.pages, request, table, std::move(page), std::move(arrangement), {});
  return site.pages->show_table(request, std::move(table), std::move(page));
}

}  // namespace austral::web
