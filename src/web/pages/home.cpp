// The first page: what is in the register, and the ways in.
#include "registry/import_store.hpp"
#include "review/names.hpp"
#include "review/reports.hpp"
#include "web/pages/pages.hpp"
#include "web/pages/parts.hpp"

namespace austral::web {
namespace {

boost::json::array make_figures(const registry::RegisterSize& size, const Language& language) {
  const auto figure = [&](std::int64_t value, const char* name, const char* link) {
    const std::string key = std::string("home.figure.") + name;
    return make_figure(language.number(value), "", language.t(key), language.t(key + ".definition"),
                       link);
  };
  return {figure(size.initiatives, "initiatives", "/initiatives"),
          figure(size.countries, "countries", "/countries"),
          figure(size.organizations, "organizations", "/organizations"),
          figure(size.contributions, "contributions", "/reports/contributions"),
          figure(size.publishers, "publishers", "/reports/publishers"),
          figure(size.findings, "findings", "/data")};
}

boost::json::array make_doors(const Language& language) {
  boost::json::array doors;
  for (const auto* name : {"initiatives", "countries", "organizations", "reports", "data", "about"})
    doors.push_back(View{{"title", language.t(std::string("nav.") + name)},
                         {"text", language.t(std::string("home.door.") + name)},
                         {"link", std::string("/") + name}});
  return doors;
}

/// Initiatives by framework of collaboration: the register in four lines.
Table count_frameworks(store::Database& database, const review::Cube& cube,
                       const Language& language) {
  Table table;
  table.name = "frameworks";
  table.title = language.t("home.frameworks.title");
  table.definition = language.t("home.frameworks.definition");
  table.source = language.t("source.records");
  table.columns = {{"framework", language.t("field.framework"), ColumnKind::text, "", ""},
                   {"initiatives", language.t("field.initiatives"), ColumnKind::number, "", ""},
                   {"disbursed_usd", language.t("field.disbursed"), ColumnKind::money, "USD",
                    language.t("field.disbursed.definition")}};
  review::CubeQuestion by_framework;
  by_framework.by = {"framework"};
  std::map<std::string, std::int64_t> disbursed;
  for (const auto& [values, sums] : cube.group(by_framework).rows)
    disbursed[values[0]] = sums.disbursed_cents.value_or(0);
  review::Names names(database, language.code());
  for (const auto& one : cube.count(cube.select({}), registry::Dimension::framework)) {
    table.rows.push_back({names.value(registry::Dimension::framework, one.value), one.initiatives,
                          Decimal{disbursed[one.value], 2}});
    table.links.push_back("/initiatives?framework=" + one.value);
  }
  table.total_rows = table.rows.size();
  return table;
}

}  // namespace

Response show_home(const Site& site, const Request& request) {
  const auto& language = get_language(request.language);
  const auto database = site.pool->lend();
  const auto cube = site.cubes->get(*database);
  const auto size = site.cubes->measure(*database);
  Page page;
  page.template_name = "home";
  page.section = "home";
  page.title = language.t("home.title");
  page.summary = language.t("home.summary", {{"initiatives", size.initiatives},
                                             {"countries", size.countries},
                                             {"publishers", size.publishers},
                                             {"first", std::to_string(size.first_year)},
                                             {"last", std::to_string(size.last_year)}});
  auto table = count_frameworks(*database, *cube, language);
  if (size.records == 0) {
    page.summary = language.t("home.nothing");
    page.view["empty"] =
        View{{"title", language.t("home.empty.title")},
             {"text", language.t("home.empty.text")},
             {"links",
              boost::json::array{View{{"title", language.t("nav.about")}, {"link", "/about"}}}}};
  }
  page.view["figures"] = make_figures(size, language);
  page.view["doors"] = make_doors(language);
  if (!request.twin.empty())
    return site.pages->show_table(request, std::move(table), std::move(page));
  Arrangement arrangement;
  arrangement.charts = {{.kind = "bars", .x = "framework", .y = "initiatives disbursed_usd"}};
  arrangement.sortable = std::vector<std::string>{};
  Request frameworks = request;  // the table's downloads are the home page's twins
  frameworks.path = "/home";
  page.view["html_table"] =
      size.records ? render_table(table, arrangement, frameworks, language) : "";
  return site.pages->show(request, page);
}

}  // namespace austral::web
