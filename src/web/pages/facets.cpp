// The panel of facets beside a list of initiatives: counts, choices, and all values of one facet.
#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "review/names.hpp"
#include "store/journal.hpp"
#include "web/pages/explore.hpp"
#include "web/pages/pages.hpp"

namespace austral::web {
namespace {

using registry::Dimension;

/// One facet of the panel.
struct PanelFacet {
  const char* name;  ///< of the filter in the address
  Dimension dimension;
  std::size_t shown;  ///< values in the panel; the others are one link away
  bool open;
};

constexpr PanelFacet panel_facets[] = {
    {"framework", Dimension::framework, 4, true},
    {"provider", Dimension::provider, 6, true},
    {"recipient", Dimension::recipient, 6, true},
    {"sector", Dimension::category, 6, true},
    {"goal", Dimension::goal, 5, false},
    {"status", Dimension::status, 6, false},
    {"facilitator", Dimension::facilitator, 5, false},
    {"publisher", Dimension::publisher, 5, false},
    {"organization", Dimension::organization, 5, false},
    {"critical_area", Dimension::critical_area, 5, false},
    {"modality", Dimension::modality, 5, false},
    {"flow_type", Dimension::flow_type, 4, false},
    {"region", Dimension::region, 5, false},
};

/// Values that are, or may be, organizations of the register.
bool names_organizations(Dimension dimension) {
  return dimension == Dimension::provider || dimension == Dimension::facilitator ||
         dimension == Dimension::publisher || dimension == Dimension::organization;
}

const PanelFacet* find_panel_facet(std::string_view name) {
  for (const auto& facet : panel_facets)
    if (name == facet.name) return &facet;
  return nullptr;
}

/// The value in the address that was understood as this one, if any.
const GivenFilter* find_given(const Exploring& exploring, const PanelFacet& facet,
                              const std::string& value) {
  for (const auto& given : exploring.filters)
    if (given.name == facet.name && given.filter.dimension == facet.dimension &&
        given.filter.value == value)
      return &given;
  return nullptr;
}

View value_view(const PanelFacet& facet, const registry::FacetCount& count,
                const Exploring& exploring, const Request& request, review::Names& names,
                const Language& language) {
  const auto* given = find_given(exploring, facet, count.value);
  return View{{"text", names.value(facet.dimension, count.value)},
              {"count", language.number(count.initiatives)},
              {"chosen", given != nullptr},
              {"link", given ? link_without(request, facet.name, given->value)
                             : link_adding(request, facet.name, count.value)}};
}

/// The address of all values of a facet under the same filters.
std::string values_path(const Request& request, const PanelFacet& facet, const char* twin = "") {
  return link_with("/initiatives/values/" + std::string(facet.name) + twin, request.query,
                   {{"page", ""}, {"sort", ""}, {"view", ""}, {"by", ""}, {"per_page", ""}});
}

View facet_view(const PanelFacet& facet, const std::vector<registry::FacetCount>& counts,
                const Exploring& exploring, const Request& request, review::Names& names) {
  const auto& language = get_language(request.language);
  boost::json::array values;
  bool any_chosen = false, more = false;
  for (const auto& count : counts) {
    auto value = value_view(facet, count, exploring, request, names, language);
    const bool chosen = value["chosen"].as_bool();
    any_chosen = any_chosen || chosen;
    if (values.size() < facet.shown || chosen)
      values.push_back(std::move(value));
    else
      more = true;
  }
  const bool empty = values.empty();
  return View{{"name", facet.name},
              {"title", language.t("field." + std::string(facet.name))},
              {"open", facet.open || any_chosen},
              {"empty", empty},
              {"values", std::move(values)},
              {"action", request.path},
              {"kept", hidden_fields(request, {})},
              {"typed", more},
              {"values_link", more ? values_path(request, facet, ".json") : ""},
              {"more_link", more ? values_path(request, facet) : ""}};
}

View year_view(const Exploring& exploring, const Request& request, const Language& language) {
  const auto given = [&](const char* name) { return request.find_query(name).value_or(""); };
  const bool chosen = std::any_of(
      exploring.filters.begin(), exploring.filters.end(), [](const GivenFilter& filter) {
        return filter.name == "since" || filter.name == "until" || filter.name == "year";
      });
  return View{{"name", "years"},
              {"title", language.t("field.year")},
              {"open", true},
              {"chosen", chosen},
              {"years", true},
              {"since", given("since")},
              {"until", given("until")},
              {"action", request.path},
              {"kept", hidden_fields(request, {"since", "until"})}};
}

Table values_table(const PanelFacet& facet, const review::Found& found, review::Names& names,
                   const Language& language, const std::string& part) {
  Table table;
  table.name = facet.name;
  table.title = language.t("field." + std::string(facet.name));
  table.definition = language.t("facet.definition");
  table.source = language.t("source.records");
  table.revision = std::to_string(found.cube->revision());
  table.columns = {{"name", language.t("field.name"), ColumnKind::text, "", ""},
                   {"code", language.t("field.code"), ColumnKind::code, "", ""},
                   {"initiatives", language.t("field.initiatives"), ColumnKind::number, "", ""}};
  const auto counts = review::count_found(found, facet.dimension, 0);
  std::vector<std::string> codes;
  for (const auto& count : counts) codes.push_back(count.value);
  names.expect(codes);
  const auto wanted = fold(part);
  for (const auto& count : counts) {
    const auto name = names.value(facet.dimension, count.value);
    if (!wanted.empty() && fold(name).find(wanted) == std::string::npos &&
        fold(count.value).find(wanted) == std::string::npos)
      continue;
    table.rows.push_back({name, count.value, count.initiatives});
  }
  table.total_rows = table.rows.size();
  return table;
}

}  // namespace

boost::json::array facet_views(const review::Found& found, const Exploring& exploring,
                               const Request& request, store::Database& database) {
  const auto& language = get_language(request.language);
  review::Names names(database, language.code());
  std::vector<std::vector<registry::FacetCount>> counts;
  std::vector<std::string> codes;
  for (const auto& facet : panel_facets) {
    counts.push_back(review::count_found(found, facet.dimension, facet.shown + 1));
    if (names_organizations(facet.dimension))
      for (const auto& count : counts.back()) codes.push_back(count.value);
  }
  names.expect(codes);
  boost::json::array views;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const auto& facet = panel_facets[i];
    auto view = facet_view(facet, counts[i], exploring, request, names);
    if (!view["empty"].as_bool()) views.push_back(std::move(view));
    if (std::string_view(facet.name) == "recipient")
      views.push_back(year_view(exploring, request, language));
  }
  return views;
}

Response show_initiative_values(const Site& site, const Request& request) {
  const auto& language = get_language(request.language);
  const auto* facet = find_panel_facet(request.placeholder("name"));
  if (!facet) {
    std::string known;
    for (const auto& one : panel_facets)
      known += (known.empty() ? "" : ", ") + std::string(one.name);
    throw Error(Kind::not_found, "Initiatives have no facet '" + request.placeholder("name") +
                                     "'; there are: " + known + ".");
  }
  const auto database = site.pool->lend();
  const auto exploring = read_exploring(request);
  const auto found = find_for(site, *database, exploring, language.code());
  review::Names names(*database, language.code());
  const auto part = request.find_query("name").value_or("");
  auto table = values_table(*facet, found, names, language, part);
  Request list = request;
  list.path = "/initiatives";
  std::erase_if(list.query, [](const auto& field) {
    return field.first == "name" || field.first == "sort" || field.first == "page";
  });
  for (const auto& row : table.rows)
    table.links.push_back(link_adding(list, facet->name, std::get<std::string>(row[1])));
  Page page;
  page.section = "initiatives";
  page.title = table.title;
  page.crumbs = {{language.t("nav.initiatives"), link_with("/initiatives", list.query, {})}};
  page.summary = language.t("facet.summary", {{"count", std::int64_t(table.rows.size())}});
  page.first_order = "-initiatives";
  View field{{"name", "name"},       {"title", language.t("facet.part")},
             {"value", part},        {"type", "text"},
             {"has_options", false}, {"hint", ""}};
  page.view["has_filters"] = true;
  page.view["action"] = request.path;
  page.view["fields"] = boost::json::array{std::move(field)};
  page.view["kept"] = hidden_fields(request, {"name"});
  add_chips(page.view, exploring, list, *database);
  return site.pages->show_table(request, std::move(table), std::move(page));
}

}  // namespace austral::web
