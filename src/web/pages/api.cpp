// The API for people: what can be asked, with lines that work, and the list of addresses.
#include "base/text.hpp"
#include "web/pages/pages.hpp"
#include "web/pages/parts.hpp"

namespace austral::web {
namespace {

std::string parameter_words(const Route& route) {
  std::string words;
  for (const auto& parameter : route.known)
    if (parameter.name != "lang") words += (words.empty() ? "" : ", ") + parameter.name;
  return words;
}

/// The addresses that programs ask, a line each.
Table list_addresses(const std::vector<Route>& routes, const Language& language) {
  Table table;
  table.name = "api";
  table.title = language.t("api.addresses");
  table.definition = language.t("api.addresses.text");
  table.columns = {{"address", language.t("field.address"), ColumnKind::code, "", ""},
                   {"what", language.t("field.definition"), ColumnKind::text, "", ""},
                   {"forms", language.t("field.forms"), ColumnKind::text, "", ""},
                   {"parameters", language.t("field.parameters"), ColumnKind::text, "",
                    language.t("field.parameters.definition")}};
  for (const auto& route : routes) {
    if (!route.table && route.content_type != "application/json") continue;
    table.rows.push_back({route.pattern, route.title,
                          std::string(route.table ? ".json .csv .xlsx" : "json"),
                          parameter_words(route)});
  }
  table.total_rows = table.rows.size();
  return table;
}

}  // namespace

Response show_api(const Site& site, const Request& request) {
  const auto& language = get_language(request.language);
  auto table = list_addresses(site.router->routes(), language);
  Page page;
  page.section = "about";
  page.template_name = "api";
  page.title = language.t("api.title");
  page.summary = language.t("api.summary");
  page.crumbs = {{language.t("nav.about"), "/about"}};
  if (!request.twin.empty())
    return site.pages->show_table(request, std::move(table), std::move(page));
  boost::json::array examples, rules;
  // Never the host that the request names: a kept answer would hand it to other readers.
  for (const auto& [name, address] :
       {std::pair{"list", "/initiatives.json?recipient=MZ&sector=140"},
        std::pair{"csv", "/initiatives.csv?q=water"},
        std::pair{"report", "/reports/flows.json?provider=BR"},
        std::pair{"description", "/api/openapi.json"}})
    examples.push_back(
        View{{"text", language.t(std::string("api.example.") + name)},
             {"address", address},
             {"line", "curl --compressed \"$AUSTRAL" + std::string(address) + "\""}});
  for (const auto* name : {"forms", "exact", "refusals", "fresh", "size", "cors", "language"})
    rules.push_back(make_fact(language.t(std::string("api.rule.") + name),
                              language.t(std::string("api.rule.") + name + ".text")));
  page.view["examples"] = std::move(examples);
  page.view["facts"] = std::move(rules);
  Arrangement arrangement;
  arrangement.page_size = table.rows.size();
  arrangement.sortable = std::vector<std::string>{};
  page.view["html_table"] = render_table(table, arrangement, request, language);
  return site.pages->show(request, page);
}

}  // namespace austral::web
