// Countries and organizations: the lists, and one of each with its partners and initiatives.
#include "base/text.hpp"
#include "codes/country.hpp"
#include "codes/grouping.hpp"
#include "codes/organization.hpp"
#include "registry/organization_store.hpp"
#include "registry/record_store.hpp"
#include "review/names.hpp"
#include "review/reports.hpp"
#include "store/journal.hpp"
#include "web/pages/flow_sums.hpp"
#include "web/pages/pages.hpp"
#include "web/pages/parts.hpp"

namespace austral::web {
namespace {

using registry::Dimension;

boost::json::array grouping_facts(const codes::Country& country, const Language& language) {
  std::map<std::string, std::vector<FactValue>> kinds;
  for (const auto& span : codes::memberships_of(country.alpha2)) {
    const auto* grouping = codes::find_grouping(span.grouping);
    if (!grouping) continue;
    std::string years;
    if (span.from || span.to)
      years = (span.from ? std::to_string(span.from) : "…") + "–" +
              (span.to ? std::to_string(span.to) : "");
    kinds[std::string(grouping->kind)].push_back({std::string(grouping->label), "", years});
  }
  boost::json::array facts;
  facts.push_back(make_fact(language.t("field.codes"),
                            std::string(country.alpha2) + ", " + std::string(country.alpha3) +
                                (country.m49.empty() ? "" : ", M49 " + std::string(country.m49))));
  for (const auto& [kind, values] : kinds) {
    const std::string key = "grouping." + kind;
    facts.push_back(make_fact(language.has(key) ? language.t(key) : kind, values));
  }
  return facts;
}

/// How many initiatives a code stands in, by role, as figures with links to the lists.
boost::json::array role_figures(store::Database& database, const std::string& code,
                                const Language& language) {
  boost::json::array figures;
  for (const auto& [name, dimension] :
       {std::pair{"provider", Dimension::provider}, std::pair{"recipient", Dimension::recipient},
        std::pair{"facilitator", Dimension::facilitator}}) {
    const auto count = registry::count_initiatives(database, {{dimension, code}});
    figures.push_back(
        make_figure(language.number(count), language.t("unit.initiatives"),
                    language.t(std::string("role.") + name), "",
                    count ? "/initiatives?" + std::string(name) + "=" + percent_encode(code) : ""));
  }
  return figures;
}

/// Flows in which a partner stands on either side.
Table make_partner_flows(const Site& site, store::Database& database, const std::string& code,
                         const Language& language) {
  review::ReportQuestion given, received;
  given.cube = received.cube = site.cubes->get(database);
  given.language = received.language = language.code();
  given.provider = code;
  received.recipient = code;
  const auto& report = review::get_report("flows");
  Table table = review::make_report(database, report, given);
  const Table other = review::make_report(database, report, received);
  for (std::size_t i = 0; i < other.rows.size(); ++i) {
    if (std::get<std::string>(other.rows[i][0]) == code) continue;  // both sides: listed already
    table.rows.push_back(other.rows[i]);
    table.links.push_back(other.links[i]);
  }
  table.total_rows = table.rows.size();
  return table;
}

Table page_columns(const Table& table) {
  return select_columns(table, {"provider_name", "recipient_name", "year", "framework",
                                "initiatives", "budgeted_usd", "committed_usd", "disbursed_usd"});
}

/// What a partner provided and received year by year: `?sum=year`, and the figure above the flows.
Response show_years(const Site& site, const Request& request, Table sums, Page page) {
  page.charts = {{.kind = "lines", .x = "year", .y = "provided_usd received_usd"}};
  page.page_size = 200;
  page.title += ": " + sums.title;
  if (request.twin.empty()) round_money(sums, 0, get_language(request.language));
  return site.pages->show_table(request, std::move(sums), std::move(page));
}

/// Who provided to whom where a partner stands on either side: `?sum=partners`.
Response show_pairs(const Site& site, const Request& request, Table sums, Page page) {
  page.charts = {{.kind = "matrix",
                  .x = "provider_name",
                  .y = "disbursed_usd committed_usd budgeted_usd",
                  .series = "recipient_name"}};
  page.page_size = 200;
  page.title += ": " + sums.title;
  if (request.twin.empty()) round_money(sums, 0, get_language(request.language));
  return site.pages->show_table(request, std::move(sums), std::move(page));
}

std::string render_years(Table sums, const Request& request, const Language& language) {
  if (sums.rows.empty() || is_embedded(request)) return "";
  round_money(sums, 0, language);
  Arrangement arrangement;
  arrangement.charts = {{.kind = "lines", .x = "year", .y = "provided_usd received_usd"}};
  arrangement.folded = true;
  Request own = request;
  own.query = {{"sum", "year"}};
  return render_table(sums, arrangement, own, language);
}

Response show_partner(const Site& site, const Request& request, store::Database& database,
                      const std::string& code, Page page) {
  const auto& language = get_language(request.language);
  auto table = make_partner_flows(site, database, code, language);
  auto years = sum_flows_by_side(table, code, language);
  if (request.find_query("sum") == "year")
    return show_years(site, request, std::move(years), std::move(page));
  if (request.find_query("sum") == "partners")
    return show_pairs(site, request, sum_flows_by_pair(table, 12, language), std::move(page));
  if (!request.twin.empty())
    return site.pages->show_table(request, std::move(table), std::move(page));
  page.view["html_charts"] = render_years(std::move(years), request, language);
  page.template_name = "details";
  page.view["facts_first"] = true;
  page.view["figures"] = role_figures(database, code, language);
  page.view["has_figures"] = true;
  auto arrangement = read_arrangement(request);
  if (arrangement.sort.empty()) {
    arrangement.sort = "year";
    arrangement.descending = true;
  }
  table = page_columns(table);
  arrange(table, arrangement, language);
  round_money(table, 0, language);
  page.view["html_table"] = render_table(table, arrangement, request, language);
  return site.pages->show(request, page);
}

}  // namespace

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

Response show_country(const Site& site, const Request& request) {
  const auto& language = get_language(request.language);
  const auto* country = codes::find_country_named(request.placeholder("code"));
  if (!country)
    throw Error(Kind::not_found,
                "'" + request.placeholder("code") +
                    "' is no country: use an ISO 3166 code such as KE, or a name.");
  const std::string code(country->alpha2);
  if (request.placeholder("code") != code)
    return redirect("/countries/" + code + (request.twin.empty() ? "" : "." + request.twin));
  const auto database = site.pool->lend();
  Page page;
  page.section = "countries";
  page.title = codes::country_name(code, language.code());
  page.crumbs = {{language.t("nav.countries"), "/countries"}};
  page.summary = language.t("country.summary");
  page.view["facts"] = grouping_facts(*country, language);
  return show_partner(site, request, *database, code, std::move(page));
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

Response show_organization(const Site& site, const Request& request) {
  const auto& language = get_language(request.language);
  const auto database = site.pool->lend();
  const auto& id = request.placeholder("id");
  const auto line = registry::find_organization(*database, id);
  if (!line) throw Error(Kind::not_found, "No organization '" + id + "' was met in any record.");
  review::Names names(*database, language.code());
  Page page;
  page.section = "organizations";
  page.title = names.organization(id);
  page.crumbs = {{language.t("nav.organizations"), "/organizations"}};
  page.summary = language.t("organization.summary", {{"count", line->initiatives}});
  boost::json::array facts;
  if (!id.starts_with("name:")) facts.push_back(make_fact(language.t("field.reference"), id));
  facts.push_back(make_fact(
      language.t("field.type"),
      std::string(codes::get_list("OrganisationType").label(line->type, language.code()))));
  if (!line->country.empty())
    facts.push_back(make_fact(language.t("field.country"),
                              {{codes::country_name(line->country, language.code()),
                                "/countries/" + line->country, ""}}));
  for (const auto& [name, dimension] :
       {std::pair{"publisher", Dimension::publisher}, std::pair{"funds", Dimension::funds},
        std::pair{"answers_for", Dimension::answers_for}, std::pair{"manages", Dimension::manages},
        std::pair{"carries_out", Dimension::carries_out},
        std::pair{"organization", Dimension::organization}}) {
    const auto count = registry::count_initiatives(*database, {{dimension, id}});
    if (count == 0) continue;
    facts.push_back(
        make_fact(language.t(std::string("function.") + name),
                  {{language.t("count.initiatives", {{"count", count}}),
                    "/initiatives?" + std::string(name) + "=" + percent_encode(id), ""}}));
  }
  page.view["facts"] = std::move(facts);
  return show_partner(site, request, *database, id, std::move(page));
}

}  // namespace austral::web
