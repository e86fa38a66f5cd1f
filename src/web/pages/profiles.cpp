// One country or one organization in full: what it gives, gets and takes part in.
#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "codes/code_list.hpp"
#include "codes/country.hpp"
#include "registry/organization_store.hpp"
#include "registry/record_store.hpp"
#include "review/grouping_profiles.hpp"
#include "review/reports.hpp"
#include "web/pages/pages.hpp"
#include "web/pages/parts.hpp"
#include "web/pages/profile_parts.hpp"

namespace austral::web {
namespace {

using review::Subject;

void put_links(Page& page, boost::json::array links) {
  page.view["has_links"] = !links.empty();
  page.view["links"] = std::move(links);
}

void put_facts(Page& page, boost::json::array facts) {
  page.view["has_facts"] = !facts.empty();
  page.view["facts"] = std::move(facts);
}

void put_figures(Page& page, boost::json::array figures) {
  page.view["has_figures"] = !figures.empty();
  page.view["figures"] = std::move(figures);
}

View compare_link(const Subject& subject, const Language& language) {
  return View{{"title", language.t("profile.compare")},
              {"link", "/compare?a=" + percent_encode(subject.code)}};
}

/// `KE, KEN, M49 404`.
std::string list_codes(const codes::Country& country) {
  return std::string(country.alpha2) + ", " + std::string(country.alpha3) +
         (country.m49.empty() ? "" : ", M49 " + std::string(country.m49));
}

std::vector<Part> country_parts(const ProfileSource& source) {
  const auto& code = source.subject.code;
  const auto& language = source.language;
  std::vector<Part> parts;
  auto sides = source.subject.sides();
  // What a country does most comes first.
  std::stable_sort(sides.begin(), sides.end(), [&](const auto& left, const auto& right) {
    return review::sum_side(*source.cube, left).initiatives >
           review::sum_side(*source.cube, right).initiatives;
  });
  for (const auto& side : sides) {
    const bool helps = side.role == "facilitator";
    const std::string partners = side.role == "recipient" ? "provider" : "recipient";
    auto part = make_side_part(
        source, side,
        helps ? std::vector<std::string>{partners, "sector", "year"}
              : std::vector<std::string>{"year", partners, "sector", "goal", "framework"},
        true);
    if (!helps && !part.sections.empty())
      part.sections.push_back(
          {side.role + "_flows",
           [&source, side] { return review::make_side_flows(*source.cube, source.names, side); },
           "", "-year", 10});
    parts.push_back(std::move(part));
  }
  Part near{"near", language.t("profile.neighbours.part"), "", {}};
  near.sections = {
      {"neighbours",
       [&source, code] { return review::make_neighbours(*source.cube, source.names, code); },
       language.t("profile.neighbours.nothing"), "", 12},
      {"memberships",
       [&source, code] { return review::make_memberships(*source.cube, source.names, code); },
       language.t("profile.memberships.nothing"), "", 100}};
  parts.push_back(std::move(near));
  return parts;
}

boost::json::array organization_facts(store::Database& database,
                                      const registry::OrganizationLine& line,
                                      const Language& language) {
  boost::json::array facts;
  if (!line.id.starts_with("name:"))
    facts.push_back(make_fact(language.t("field.reference"), line.id));
  if (!line.type.empty())
    facts.push_back(make_fact(
        language.t("field.type"),
        std::string(codes::get_list("OrganisationType").label(line.type, language.code()))));
  if (!line.country.empty())
    facts.push_back(make_fact(
        language.t("field.country"),
        {{codes::country_name(line.country, language.code()), "/countries/" + line.country, ""}}));
  std::vector<FactValue> files;
  for (const auto key : registry::find_organization_records(database, line.id))
    for (const auto& version : registry::list_versions(database, key))
      if (version.in_force)
        files.push_back({version.file, "/records/" + std::to_string(key) + "/source",
                         write_day(version.updated.substr(0, 10), language)});
  if (!files.empty()) facts.push_back(make_fact(language.t("profile.organization.files"), files));
  return facts;
}

std::vector<Part> organization_parts(const ProfileSource& source) {
  const auto& language = source.language;
  const auto& code = source.subject.code;
  const Arguments name = {{"name", source.name}};
  std::vector<Part> parts;
  Part roles{"roles", language.t("profile.roles.part", name), "", {}};
  roles.sections = {
      {"overview",
       [&source] { return review::make_overview(*source.cube, source.names, source.subject); },
       language.t("profile.side.organization.nothing", name), "", 100}};
  parts.push_back(std::move(roles));
  parts.push_back(make_side_part(
      source, source.subject.side("organization"),
      {"year", "recipient", "provider", "organization", "sector", "goal", "framework"}, true));
  const auto provides = source.subject.side("provider");
  if (review::sum_side(*source.cube, provides).initiatives > 0)
    parts.push_back(
        make_side_part(source, provides, {"year", "recipient", "sector", "framework"}, false));
  if (!registry::find_organization_records(source.database, code).empty()) {
    Part own{"own", language.t("profile.budgets.part"), "", {}};
    own.sections = {
        {"budgets",
         [&source, code] { return review::make_own_budgets(source.database, source.names, code); },
         language.t("profile.budgets.nothing"), "-from", 20}};
    parts.push_back(std::move(own));
  }
  return parts;
}

/// Figures and links above the tables, where all of them are shown; says whether they are.
bool add_head(Page& page, const Request& request, const ProfileSource& source) {
  if (!request.twin.empty() || request.find_query("table")) return false;
  put_figures(page, role_figures(source));
  put_links(page, {compare_link(source.subject, source.language)});
  return true;
}

}  // namespace

Response show_country(const Site& site, const Request& request) {
  const auto& language = get_language(request.language);
  const auto* country = codes::find_country_named(request.placeholder("code"));
  if (!country)
    throw Error(Kind::not_found,
                "'" + request.placeholder("code") +
                    "' is no country: use an ISO 3166 code such as KE, or a name.");
  const std::string code(country->alpha2);
  if (request.placeholder("code") != code)
    return redirect("/countries/" + code + (request.twin.empty() ? "" : "." + request.twin) +
                    (request.raw_query.empty() ? "" : "?" + request.raw_query));
  const auto database = site.pool->lend();
  review::Names names(*database, language.code());
  const Subject subject{Subject::Kind::country, code};
  const ProfileSource source{site,    *database, site.cubes->count(*database), names,
                             subject, language,  names.country(code)};
  Page page;
  page.section = "countries";
  page.title = source.name;
  page.crumbs = {{language.t("nav.countries"), "/countries"}};
  page.summary =
      language.t("country.summary", {{"name", source.name}, {"codes", list_codes(*country)}});
  add_head(page, request, source);
  return show_sections(site, request, std::move(page), country_parts(source));
}

Response show_organization(const Site& site, const Request& request) {
  const auto& language = get_language(request.language);
  const auto database = site.pool->lend();
  const auto& id = request.placeholder("id");
  const auto line = registry::find_organization(*database, id);
  if (!line) throw Error(Kind::not_found, "No organization '" + id + "' was met in any record.");
  review::Names names(*database, language.code());
  const Subject subject{Subject::Kind::organization, id};
  const ProfileSource source{site,    *database, site.cubes->count(*database), names,
                             subject, language,  names.organization(id)};
  Page page;
  page.section = "organizations";
  page.title = source.name;
  page.crumbs = {{language.t("nav.organizations"), "/organizations"}};
  page.summary = language.t("organization.summary", {{"count", line->initiatives}});
  if (add_head(page, request, source))
    put_facts(page, organization_facts(*database, *line, language));
  return show_sections(site, request, std::move(page), organization_parts(source));
}

}  // namespace austral::web
