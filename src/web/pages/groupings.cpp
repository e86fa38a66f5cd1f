// Groupings of countries: the list of them, and one with its members and what they share.
#include "base/error.hpp"
#include "base/text.hpp"
#include "codes/grouping.hpp"
#include "review/grouping_profiles.hpp"
#include "web/pages/pages.hpp"
#include "web/pages/parts.hpp"
#include "web/pages/profile_parts.hpp"

namespace austral::web {

Response show_groupings(const Site& site, const Request& request) {
  const auto& language = get_language(request.language);
  const auto database = site.pool->lend();
  review::Names names(*database, language.code());
  auto table = review::make_groupings(*site.cubes->count(*database), names);
  Page page;
  page.section = "groupings";
  page.title = language.t("nav.groupings");
  page.summary = language.t("groupings.summary", {{"count", std::int64_t(table.rows.size())}});
  if (request.twin.empty()) {
    table = select_columns(table, {"name", "grouping_kind", "members", "provides", "given_usd",
                                   "receives", "received_usd"});
    round_money(table, 0, language);
  }
  return site.pages->show_table(request, std::move(table), std::move(page));
}

Response show_grouping(const Site& site, const Request& request) {
  const auto& language = get_language(request.language);
  const auto& code = request.placeholder("code");
  const auto* grouping = codes::find_grouping(code);
  if (!grouping)
    throw Error(Kind::not_found, "'" + code +
                                     "' is no grouping of countries; /groupings lists "
                                     "those there are.");
  const auto database = site.pool->lend();
  review::Names names(*database, language.code());
  const review::Subject subject{review::Subject::Kind::grouping, code};
  const ProfileSource source{site,    *database, site.cubes->count(*database), names,
                             subject, language,  names.grouping(code)};
  Page page;
  page.section = "groupings";
  page.title = source.name;
  page.crumbs = {{language.t("nav.groupings"), "/groupings"}};
  page.summary = language.t("grouping.summary", {{"name", source.name}});
  Part members{"who", language.t("profile.members.part"), "", {}};
  members.sections = {
      {"members", [&] { return review::make_members(*source.cube, names, code); },
       language.t("profile.members.nothing"), "name", 100},
      {"exchange", [&] { return review::make_exchange(*source.cube, names, code); }, "", "", 10}};
  std::vector<Part> parts = {std::move(members)};
  for (const auto& side : subject.sides())
    parts.push_back(make_side_part(
        source, side, {"year", "provider", "recipient", "sector", "goal", "framework"}, false));
  if (request.twin.empty() && !request.find_query("table")) {
    page.view["has_figures"] = true;
    page.view["figures"] = role_figures(source);
    page.view["has_facts"] = true;
    page.view["facts"] = boost::json::array{
        make_fact(language.t("field.code"), code),
        make_fact(language.t("field.kind"),
                  language.t(std::string("grouping.") + std::string(grouping->kind)))};
    page.view["has_links"] = true;
    page.view["links"] = boost::json::array{View{{"title", language.t("profile.compare")},
                                                 {"link", "/compare?a=" + percent_encode(code)}}};
  }
  return show_sections(site, request, std::move(page), parts);
}

}  // namespace austral::web
