// THE TABLE of pages, and serving them.
#include "web/site.hpp"

#include <algorithm>
#include <future>
#include <iostream>
#include <thread>

#include "base/date.hpp"
#include "base/log.hpp"
#include "codes/code_list.hpp"
#include "codes/exchange_rate.hpp"
#include "registry/framework.hpp"
#include "registry/link_store.hpp"
#include "review/reports.hpp"
#include "standards/export.hpp"
#include "standards/sheet/table_writers.hpp"
#include "store/journal.hpp"
#include "store/schema.hpp"
#include "web/access_log.hpp"
#include "web/answers.hpp"
#include "web/guard.hpp"
#include "web/openapi.hpp"
#include "web/pages/check.hpp"
#include "web/pages/measure.hpp"
#include "web/pages/pages.hpp"
#include "web/pages/sheet.hpp"
#include "web/server.hpp"

namespace austral::web {
namespace {

using PageFunction = Response (*)(const Site&, const Request&);

/// One row of THE TABLE. `right`: `read` is open to everybody. `parameters`: what the address takes
/// behind the question mark (parameters.hpp says how they are named).
struct PageRoute {
  const char* pattern;
  const char* right;
  const char* title;
  PageFunction show;
  bool table;
  const char* parameters;
};

constexpr PageRoute page_routes[] = {
    {"/", "read", "What is in the register", show_home, false, ""},
    {"/home", "read", "The register by framework of collaboration", show_home, true, "sort"},
    {"/initiatives", "read", "Find initiatives", show_initiatives, true, "@search @pages @choice"},
    {"/initiatives/values/{name}", "read", "All values of one facet of the initiatives found",
     show_initiative_values, true, "@search name @pages"},
    {"/initiatives/{id}", "read", "Everything known of one initiative", show_initiative, true, ""},
    {"/records/{key}/source", "read", "A record's text as published", show_source, false, ""},
    {"/countries", "read", "Countries", show_countries, true, "@pages"},
    {"/countries/{code}", "read", "One country", show_country, true, "table @pages"},
    {"/groupings", "read", "Groupings of countries", show_groupings, true, "@pages"},
    {"/groupings/{code}", "read", "One grouping", show_grouping, true, "table @pages"},
    {"/compare", "read", "Two of a kind side by side", show_compare, true, "a! b! table @pages"},
    {"/organizations", "read", "Organizations", show_organizations, true, "name country @pages"},
    {"/organizations/{id}", "read", "One organization", show_organization, true, "table @pages"},
    {"/reports", "read", "All reports", show_reports, true, "@order"},
    {"/reports/{name}", "read", "One report", show_report, true, "@pages"},
    {"/measure", "read", "Contributions measured by a methodology", show_measure, true,
     "@measure @order"},
    {"/measure/items", "read", "Measured items in money", show_measure_items, true,
     "@measure @order"},
    {"/measure/rows", "read", "Contributions behind a measured figure", show_measure_rows, true,
     "@measure item page per_page"},
    {"/measure/left-out", "read", "Contributions that are not in the sums, and why",
     show_measure_left_out, true, "@measure reason page per_page sort"},
    {"/measure/needs", "read", "Prices that a measurement is missing", show_measure_needs, true,
     "@measure @pages"},
    {"/measure/spread", "read", "The same contributions under every method", show_measure_spread,
     true, "@measure @order"},
    {"/measure/mirror", "read", "Providers' and recipients' figures side by side",
     show_measure_mirror, true, "@measure @pages"},
    {"/measure/country-sheet", "read", "One row a contribution and item, as a country reports it",
     show_country_sheet, true, "@measure @pages"},
    {"/bridge", "read", "Why two methodologies give two answers", show_bridge, true, "@bridge"},
    {"/bridge/rows", "read", "Contributions that two methodologies value differently",
     show_bridge_rows, true, "@bridge page per_page"},
    {"/methodologies", "read", "Methodologies of measurement", show_methodologies, true, "@order"},
    {"/methodologies/draft", "read", "Try a draft of a methodology", show_draft, false, "from"},
    {"/methodologies/{name}", "read", "One methodology, its rules in words", show_methodology, true,
     "with table @pages"},
    {"/methodologies/{name}/methodology.yaml", "read", "A methodology's text",
     show_methodology_text, false, ""},
    {"/prices", "read", "Prices by which contributions are valued", show_prices, true,
     "series country key year set @pages"},
    {"/data", "read", "Imports and findings", show_data, true, "@pages"},
    {"/data/findings", "read", "Findings one by one", show_findings, true,
     "rule file severity provider recipient facilitator organization @pages"},
    {"/check", "read", "Check a file: is it valid?", show_check, false, ""},
    {"/sheet", "read", "Read a sheet of one's own", show_sheet_start, false, ""},
    {"/about", "read", "What Austral is and how it counts", show_about, true, ""},
    {"/api", "read", "The API for programs", show_api, true, ""},
};

/// Writers of a table's twins.
void add_twins(Pages& pages) {
  pages.twins["json"] = [](const Table& table, const Request&) {
    return json(sheet::write_json(table));
  };
  for (const auto& [name, format] :
       {std::pair<std::string, sheet::TableFormat>{"csv", sheet::TableFormat::csv},
        {"xlsx", sheet::TableFormat::xlsx}}) {
    pages.twins[name] = [format, name](const Table& table, const Request& request) {
      sheet::WriteOptions options;
      options.with_bom = format == sheet::TableFormat::csv;  // spreadsheets take it for UTF-8
      options.language = request.language;
      return file(sheet::write_table(table, format, options),
                  std::string(sheet::content_type(format)), table.name + "." + name);
    };
  }
}

/// A route for each report, so that each knows its own filters and no others.
void add_reports(Router& router, const Route& pattern) {
  for (const auto& report : review::reports()) {
    Route route = pattern;
    const std::string name(report.name);
    route.pattern = "/reports/" + name;
    route.title = get_language("en").t("report." + name + ".title");
    route.parameters = std::string(report.filters) + " " + pattern.parameters;
    if (name == "breakdown")  // the one report that takes several values of a filter
      route.parameters = "by perspective price_year @filters " + std::string(pattern.parameters);
    if (name == "flows") route.parameters += " sum";
    route.handler = [name, show = pattern.handler](const Request& request) {
      Request named = request;
      named.placeholders.emplace_back("name", name);
      return show(named);
    };
    router.add(std::move(route));
  }
}

/// Two routes a format of records: of all that a search finds, and of one initiative.
void add_exports(Router& router, const std::shared_ptr<const Site>& site) {
  const auto add = [&](const char* pattern, const standards::ExportFormat& format,
                       const char* parameters, auto show) {
    Route route{
        "GET", pattern + std::string(format.name), "read", std::string(format.title),
        [site, &format, show](const Request& request) { return show(*site, request, format); }};
    route.parameters = parameters;
    route.content_type = format.content_type.substr(0, format.content_type.find(';'));
    router.add(std::move(route));
  };
  for (const auto& format : standards::export_formats()) {
    if (format.taken == standards::Taken::organisations) continue;
    add("/initiatives/as/", format, "@search", &export_initiatives);
    add("/initiatives/{id}/as/", format, "", &export_initiative);
  }
}

/// All that answers depend on beside the request: what the register holds, whether its links are
/// drawn (which has no revision of its own), the cube and the words that readers are given, the
/// day.
std::string state_of(store::Database& database, Cubes& cubes, WordIndex& words) {
  return std::to_string(store::revision_of(database)) +
         (registry::links_are_current(database) ? " linked, cube " : " unlinked, cube ") +
         cubes.state() + ", words " + words.state() + " " +
         to_timestamp(now_milliseconds()).substr(0, 10);
}

/// Reads tables that would otherwise be read while the first reader waits.
void warm_up() {
  codes::find_rate("EUR", Date{});
  codes::edition();
  registry::framework_rules();
}

}  // namespace

void add_pages(Router& router, const std::shared_ptr<const Site>& site) {
  for (const auto& page : page_routes) {
    Route route{"GET",
                page.pattern,
                page.right,
                page.title,
                [site, show = page.show](const Request& request) { return show(*site, request); },
                page.table};
    route.parameters = page.parameters;
    if (page.table) route.parameters += " @figure";
    route.keepable = true;
    if (route.pattern == "/initiatives/{id}") route.schema = "Initiative";
    if (route.pattern.ends_with("/source")) route.content_type = "text/plain";
    if (route.pattern.ends_with(".yaml")) route.content_type = "application/yaml";
    if (route.pattern == "/reports/{name}")
      add_reports(router, route);
    else
      router.add(std::move(route));
  }
  add_exports(router, site);
  add_measure_files(router, site);
  add_draft(router, site);
  add_check(router, site);
  add_sheet_routes(router, site);
}

void serve(const SiteOptions& options) {
  {
    const auto database = store::open_register(options.address, store::Access::create);
    if (!registry::links_are_current(*database)) registry::draw_links(*database);
  }
  warm_up();
  ServerOptions server;
  server.listen = options.listen;
  server.workers = options.workers;
  server.ready = options.ready;
  AccessLog log([](std::string_view lines) { std::cerr << lines; });
  if (options.access_log) server.access_log = [&log](std::string_view line) { log.add(line); };

  auto pool = std::make_shared<store::Pool>(options.address, store::Access::read_only, 16);
  const auto revision = [pool] { return std::to_string(store::revision_of(*pool->lend())); };
  auto assets = std::make_shared<const Assets>();
  auto pages = std::make_shared<Pages>(assets, revision);
  pages->map_note = options.map_note;
  add_twins(*pages);
  // Their own connections: readers who wait for a cube must not hold the last one.
  const auto following =
      std::make_shared<store::Pool>(options.address, store::Access::read_only, 3);
  const auto cubes = std::make_shared<Cubes>(following);
  const auto words = std::make_shared<WordIndex>(
      following,
      options.index.empty() ? search::default_index_path(options.address) : options.index);
  Router router;
  Site parts{assets, pages, pool, cubes, &router};
  parts.words = words;
  // A file that arrives faster than it is judged holds a worker: one stays for everybody else.
  const unsigned workers = options.workers ? options.workers : std::thread::hardware_concurrency();
  parts.checks = std::make_shared<Turns>(std::clamp(workers, 2u, 5u) - 1);
  parts.address = options.address;
  parts.allow_import = options.allow_import;
  parts.sheets = std::make_shared<SheetDesk>();
  const auto site = std::make_shared<const Site>(std::move(parts));
  const auto first_cube = std::async(std::launch::async, [cubes, pool] {
    const auto database = pool->lend();
    cubes->get(*database);
    cubes->measure(*database);  // ready, or nearly, when the first reader comes
  });

  add_fixed_routes(router, assets, [revision] { return Health{revision(), true}; });
  add_pages(router, site);
  add_openapi(router);
  router.guard = make_guard(options.allow_import);
  router.error_page = [pages](const Request& request, int status, const std::string& message) {
    return pages->show_error(request, status, message);
  };
  router.error_log = [](std::string_view message) {
    std::cerr << "austral: a request failed on our side: " << message << "\n";
  };
  Answers answers(router, [pool, cubes, words] { return state_of(*pool->lend(), *cubes, *words); });
  Server(server, service_of(router, answers)).run();
}

}  // namespace austral::web
