// Countries and organizations: the lists of them.
#include "base/error.hpp"
#include "base/text.hpp"
#include "codes/code_list.hpp"
#include "codes/country.hpp"
#include "codes/organization.hpp"
#include "registry/organization_store.hpp"
#include "review/reports.hpp"
#include "store/journal.hpp"
#include "web/pages/pages.hpp"
#include "web/pages/parts.hpp"

namespace austral::web {
Response show_countries(const Site& site, const Request& request) {
  const auto& language = get_language(request.language);
  const auto database = site.pool->lend();
  review::ReportQuestion question;
  question.language = language.code();
  question.cube = site.cubes->get(*database);
  auto table = review::make_report(*database, review::get_report("countries"), question);
  if (request.twin.empty())
    table = select_columns(table, {"country", "name", "provides", "receives", "facilitates",
                                   "given_usd", "received_usd"});
  Page page;
  page.page_size = 300;  // a map wants them all
  page.charts = {{.kind = "map",
                  .x = "name",
                  .y = "receives provides received_usd given_usd",
                  .code = "country",
                  .title = language.t("countries.chart.map")},
                 {.kind = "bars",
                  .x = "name",
                  .y = "provides receives given_usd received_usd",
                  .title = language.t("countries.chart.bars")}};
  page.section = "countries";
  page.title = language.t("nav.countries");
  page.summary = language.t("countries.summary", {{"count", std::int64_t(table.rows.size())}});
  return site.pages->show_table(request, std::move(table), std::move(page));
}

Response show_organizations(const Site& site, const Request& request) {
  const auto& language = get_language(request.language);
  const auto database = site.pool->lend();
  auto arrangement = read_arrangement(request);
  arrangement.sort.clear();
  std::string country;
  if (const auto given = request.find_query("country"); given && !given->empty()) {
    const auto* found = codes::find_country_named(*given);
    if (!found)
      throw Error(Kind::invalid,
                  "'" + *given + "' is no country: use a code such as KE, or a name.");
    country = found->alpha2;
  }
  const auto words = request.find_query("name").value_or("");
  const bool all = !request.twin.empty();
  const auto found = registry::list_organizations(
      *database, words, country, all ? 0 : arrangement.offset(), all ? 0 : arrangement.limit());
  Table table;
  table.name = "organizations";
  table.title = language.t("nav.organizations");
  table.definition = language.t("organizations.definition");
  table.source = language.t("source.records");
  table.revision = std::to_string(store::revision_of(*database));
  table.columns = {{"name", language.t("field.name"), ColumnKind::text, "", ""},
                   {"reference", language.t("field.reference"), ColumnKind::code, "", ""},
                   {"type", language.t("field.type"), ColumnKind::text, "", ""},
                   {"country", language.t("field.country"), ColumnKind::text, "", ""},
                   {"initiatives", language.t("field.initiatives"), ColumnKind::number, "", ""}};
  const auto& types = codes::get_list("OrganisationType");
  for (const auto& line : found.lines) {
    const auto* known = codes::find_organization(line.id);
    table.rows.push_back(
        {line.name.empty() && known ? std::string(known->label) : line.name,
         line.id.starts_with("name:") ? std::string() : line.id,
         line.type.empty() ? std::string() : std::string(types.label(line.type, language.code())),
         line.country.empty() ? std::string() : codes::country_name(line.country, language.code()),
         line.initiatives});
    table.links.push_back("/organizations/" + percent_encode(line.id));
  }
  table.total_rows = std::size_t(found.total);
  Page page;
  page.section = "organizations";
  page.title = table.title;
  page.summary = language.t("organizations.summary", {{"count", found.total}});
  if (all) return site.pages->show_table(request, std::move(table), std::move(page));
  add_filter_form(page.view, request,
                  {make_input("name", language.t("field.name"), words),
                   make_input("country", language.t("field.country"),
                              request.find_query("country").value_or(""))},
                  {{"name", language.t("field.name")}, {"country", language.t("field.country")}});

  return show_cut_table(*site.pages, request, table, std::move(page), std::move(arrangement), {});
}

}  // namespace austral::web
