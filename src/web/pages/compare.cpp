// Two countries, two organizations or two groupings side by side, named as people name them.
#include "base/error.hpp"
#include "base/text.hpp"
#include "codes/country.hpp"
#include "codes/grouping.hpp"
#include "registry/organization_store.hpp"
#include "review/comparison.hpp"
#include "web/pages/pages.hpp"
#include "web/pages/parts.hpp"
#include "web/pages/sections.hpp"

namespace austral::web {
namespace {

using review::Subject;

constexpr std::int64_t most_suggested = 150;  // organizations in the list that comes with the form

/// What was typed, and whom it may mean.
struct Asked {
  std::string typed;
  std::vector<Subject> candidates;
};

/// The two that are meant: of the same kind, the likeliest of each; the kind that `a` most likely
/// is goes first.
std::optional<review::Pair> find_pair(const Asked& a, const Asked& b) {
  for (const auto& left : a.candidates)
    for (const auto& right : b.candidates)
      if (left.kind == right.kind) return review::Pair{left, right};
  return std::nullopt;
}

/// Why there is nothing to compare yet, in the reader's words; empty where nothing was asked.
std::string explain(const Asked& a, const Asked& b, const Language& language) {
  for (const auto* asked : {&a, &b})
    if (!asked->typed.empty() && asked->candidates.empty())
      return language.t("compare.unknown", {{"typed", asked->typed}});
  if (a.typed.empty() || b.typed.empty()) return {};
  return language.t("compare.kinds", {{"a", a.typed}, {"b", b.typed}});
}

boost::json::array make_suggestions(store::Database& database, const Language& language) {
  std::vector<std::string> names;
  for (const auto& country : codes::all_countries())
    names.push_back(codes::country_name(country.alpha2, language.code()));
  for (const auto& grouping : codes::all_groupings())
    names.push_back(std::string(codes::grouping_label(grouping.code, language.code())));
  for (const auto& line : registry::list_organizations(database, "", "", 0, most_suggested).lines)
    if (!line.name.empty()) names.push_back(line.name);
  boost::json::array suggestions;
  for (auto& name : names) suggestions.push_back(boost::json::string(name));
  return suggestions;
}

Response show_form(const Site& site, const Request& request, store::Database& database, Asked a,
                   Asked b) {
  const auto& language = get_language(request.language);
  const auto trouble = explain(a, b, language);
  if (!request.twin.empty())
    throw Error(Kind::invalid, trouble.empty() ? language.t("compare.ask") : trouble);
  review::Names names(database, language.code());
  const auto shown = [&](const Asked& asked) {
    return asked.candidates.empty() ? asked.typed
                                    : review::name_subject(asked.candidates.front(), names);
  };
  Page page;
  page.template_name = "compare";
  page.section = "countries";
  page.title = language.t("compare.title");
  page.summary = language.t("compare.summary");
  page.status = trouble.empty() ? 200 : 400;
  page.view["trouble"] = trouble;
  page.view["a"] = shown(a);
  page.view["b"] = shown(b);
  page.view["suggestions"] = make_suggestions(database, language);
  return site.pages->show(request, page);
}

const char* section_of(Subject::Kind kind) {
  return kind == Subject::Kind::country        ? "countries"
         : kind == Subject::Kind::organization ? "organizations"
                                               : "groupings";
}

/// Both compared: what the tables are made of while the page is.
struct Comparing {
  store::Database& database;
  std::shared_ptr<review::CubeCounts> cube;
  review::Names& names;
  review::Pair pair;
  const Language& language;
};

Part make_role_part(const Comparing& comparing, const std::string& role) {
  const auto& language = comparing.language;
  Part part{"side-" + role, language.t(std::string("compare.part.") + role), "", {}};
  std::vector<std::string> dimensions = {"year", "sector", "goal"};
  if (role != "recipient") dimensions.insert(dimensions.begin(), "recipient");
  if (role != "provider") dimensions.insert(dimensions.begin(), "provider");
  for (const auto& by : dimensions) {
    TableSection section{role + "_" + by + "s",
                         [&comparing, role, by] {
                           return review::compare_breakdown(*comparing.cube, comparing.names,
                                                            comparing.pair, role, by);
                         },
                         language.t("compare.nothing")};
    if (by == "year") {
      section.rows = 300;
      section.charts = {{.kind = "lines", .x = "year", .y = "a_disbursed_usd b_disbursed_usd"}};
      section.folded = true;
    }
    part.sections.push_back(std::move(section));
  }
  return part;
}

std::vector<Part> make_parts(const Comparing& comparing) {
  const auto& language = comparing.language;
  std::vector<Part> parts;
  Part figures{"figures", language.t("compare.part.figures"), "", {}};
  figures.sections = {{"overview",
                       [&comparing] {
                         return review::compare_overview(*comparing.cube, comparing.names,
                                                         comparing.pair);
                       },
                       language.t("compare.nothing"), "", 100}};
  parts.push_back(std::move(figures));
  Part common{"common", language.t("compare.part.common"), "", {}};
  common.sections = {{"shared_initiatives",
                      [&comparing] {
                        return review::compare_initiatives(comparing.database, *comparing.cube,
                                                           comparing.names, comparing.pair, 100);
                      },
                      language.t("compare.initiatives.nothing"), "", 10},
                     {"shared_partners",
                      [&comparing] {
                        return review::compare_partners(*comparing.cube, comparing.names,
                                                        comparing.pair);
                      },
                      language.t("compare.partners.nothing"), "", 12}};
  parts.push_back(std::move(common));
  if (comparing.pair.a.kind == Subject::Kind::organization)
    parts.push_back(make_role_part(comparing, "organization"));
  else
    for (const auto* role : {"provider", "recipient"})
      parts.push_back(make_role_part(comparing, role));
  return parts;
}

}  // namespace

Response show_compare(const Site& site, const Request& request) {
  const auto& language = get_language(request.language);
  const auto database = site.pool->lend();
  Asked a{request.find_query("a").value_or(""), {}}, b{request.find_query("b").value_or(""), {}};
  a.candidates = review::find_subjects(*database, a.typed);
  b.candidates = review::find_subjects(*database, b.typed);
  const auto pair = find_pair(a, b);
  if (!pair) return show_form(site, request, *database, std::move(a), std::move(b));
  review::Names names(*database, language.code());
  const Comparing comparing{*database, site.cubes->count(*database), names, *pair, language};
  const auto name_a = review::name_subject(pair->a, names),
             name_b = review::name_subject(pair->b, names);
  Page page;
  page.section = section_of(pair->a.kind);
  page.title = language.t("compare.both", {{"a", name_a}, {"b", name_b}});
  page.summary = language.t("compare.both.summary");
  page.crumbs = {{language.t("compare.title"), "/compare"}};
  if (request.twin.empty() && !request.find_query("table")) {
    page.view["has_links"] = true;
    page.view["links"] =
        boost::json::array{View{{"title", language.t("compare.profile", {{"name", name_a}})},
                                {"link", pair->a.path()}},
                           View{{"title", language.t("compare.profile", {{"name", name_b}})},
                                {"link", pair->b.path()}},
                           View{{"title", language.t("compare.others")},
                                {"link", "/compare?a=" + percent_encode(a.typed)}}};
  }
  return show_sections(site, request, std::move(page), make_parts(comparing));
}

}  // namespace austral::web
