// One initiative: what it is, who takes part, why it has its framework, what each source says, its
// money.
#include "base/json.hpp"
#include "base/text.hpp"
#include "codes/code_list.hpp"
#include "codes/country.hpp"
#include "registry/import_store.hpp"
#include "registry/record_store.hpp"
#include "review/names.hpp"
#include "review/reports.hpp"
#include "web/pages/download.hpp"
#include "web/pages/pages.hpp"
#include "web/pages/parts.hpp"
#include "web/pages/record_parts.hpp"

namespace austral::web {
namespace {

using registry::Dimension;

std::vector<FactValue> name_values(review::Names& names, Dimension dimension, const char* filter,
                                   const std::vector<std::string>& values) {
  std::vector<FactValue> list;
  for (const auto& value : values) {
    const auto partner = review::partner_path(value);
    const bool is_partner = dimension == Dimension::provider || dimension == Dimension::recipient ||
                            dimension == Dimension::facilitator;
    list.push_back(
        {names.value(dimension, value),
         is_partner ? partner : "/initiatives?" + std::string(filter) + "=" + percent_encode(value),
         value});
  }
  return list;
}

boost::json::array make_main_facts(store::Database& database,
                                   const registry::InitiativeDetails& details,
                                   const Language& language) {
  const auto& line = details.initiative;
  review::Names names(database, language.code());
  std::map<Dimension, std::vector<std::string>> values;
  for (const auto& facet : registry::list_facets(database, line.key))
    values[facet.dimension].push_back(facet.value);
  const auto fact = [&](const char* name, Dimension dimension, const char* filter) {
    return make_fact(language.t(std::string("field.") + name),
                     name_values(names, dimension, filter, values[dimension]));
  };
  const std::string because = review::rule_words(line.rule, language);
  const std::string life =
      write_day(line.start_date, language) + " – " + write_day(line.end_date, language);
  boost::json::array facts = {
      make_fact(language.t("field.identifier"), line.identifier),
      fact("provider", Dimension::provider, ""),
      fact("recipient", Dimension::recipient, ""),
      make_fact(language.t("field.framework"),
                {{review::framework_label(line.framework, language),
                  "/initiatives?framework=" + std::string(registry::to_string(line.framework)),
                  because}}),
      make_fact(language.t("field.framework_facts"), {{line.reason, "", line.rule}}),
      fact("status", Dimension::status, "status"),
      make_fact(language.t("field.life"), line.start_date.empty() ? "" : life),
  };
  // What nobody stated is told where readers look for it first, and left out elsewhere.
  for (const auto& [name, dimension, filter] :
       {std::tuple{"facilitator", Dimension::facilitator, ""},
        std::tuple{"sector", Dimension::purpose, "sector"},
        std::tuple{"category", Dimension::category, "sector"},
        std::tuple{"goal", Dimension::goal, "goal"},
        std::tuple{"target", Dimension::target, "goal"},
        std::tuple{"critical_area", Dimension::critical_area, "critical_area"},
        std::tuple{"marker", Dimension::marker, "marker"},
        std::tuple{"region", Dimension::region, "region"},
        std::tuple{"modality", Dimension::modality, "modality"}})
    if (!values[dimension].empty()) facts.push_back(fact(name, dimension, filter));
  return facts;
}

boost::json::array make_money_figures(const registry::InitiativeLine& line,
                                      const Language& language) {
  boost::json::array figures;
  const auto add = [&](const char* name, const char* kind, std::int64_t cents) {
    if (cents == 0) return;
    review::ReportQuestion behind;
    behind.initiative = line.key;
    behind.kind = kind;
    figures.push_back(make_figure(write_usd(cents, language), "USD",
                                  language.t(std::string("field.") + name),
                                  language.t(std::string("field.") + name + ".definition"),
                                  review::contributions_path(behind)));
  };
  add("budgeted", "budgeted", line.budgeted_cents);
  add("committed", "committed", line.committed_cents);
  add("disbursed", "disbursed", line.disbursed_cents);
  return figures;
}

View make_links_group(const registry::InitiativeDetails& details, const Language& language) {
  boost::json::array facts;
  for (const auto& link : details.links) {
    const std::string key = "link." + link.kind;
    facts.push_back(make_fact(
        language.has(key) ? language.t(key) : link.kind,
        {{link.other_title.empty() ? link.other_identifier : link.other_title,
          review::initiative_path(link.other_identifier),
          link.other_publisher + " · " + language.t(link.joins ? "link.joined" : "link.shown")}}));
  }
  return make_group(language.t("initiative.links"), language.t("initiative.links.text"),
                    std::move(facts));
}

Table make_money_table(store::Database& database, const registry::InitiativeLine& line,
                       const Language& language) {
  review::ReportQuestion question;
  question.initiative = line.key;
  question.language = language.code();
  question.limit = 200;
  auto table = review::make_report(database, review::get_report("contributions"), question);
  return select_columns(table, {"day", "kind", "provider_name", "recipient_name", "amount",
                                "currency", "amount_usd"});
}

registry::InitiativeDetails get_details(store::Database& database, const std::string& identifier) {
  const auto line = registry::find_initiative_named(database, identifier);
  if (!line)
    throw Error(Kind::not_found,
                "No initiative has the identifier '" + identifier +
                    "'. It may have been published under another one: search by its title.");
  return registry::get_initiative(database, line->key);
}

}  // namespace

Response show_initiative(const Site& site, const Request& request) {
  const auto& language = get_language(request.language);
  const auto database = site.pool->lend();
  const auto details = get_details(*database, request.placeholder("id"));
  const auto& line = details.initiative;
  if (request.twin == "json") return json(to_json(details));
  auto table = make_money_table(*database, line, language);
  Page page;
  page.section = "initiatives";
  page.template_name = "details";
  page.title = line.title.empty() ? line.identifier : line.title;
  page.crumbs = {{language.t("nav.initiatives"), "/initiatives"}};
  if (!request.twin.empty()) {
    review::ReportQuestion question;
    question.initiative = line.key;
    question.language = language.code();
    return site.pages->show_table(
        request, review::make_report(*database, review::get_report("contributions"), question),
        page);
  }
  review::Names names(*database, language.code());
  page.summary =
      language.t(line.updated.empty() ? "initiative.summary.undated" : "initiative.summary",
                 {{"records", line.records},
                  {"publisher", names.organization(line.publisher)},
                  {"updated", write_day(line.updated, language)}});
  page.view["facts_first"] = true;
  page.view["facts"] = make_main_facts(*database, details, language);
  page.view["figures"] = make_money_figures(line, language);
  page.view["formats"] =
      view_record_formats("/initiatives/" + percent_encode(request.placeholder("id")), {});
  page.view["has_formats"] = true;
  page.view["has_figures"] = !page.view["figures"].get_array().empty();
  boost::json::array groups;
  for (const auto& one : details.records) add_record_groups(groups, *database, one, language);
  if (!details.links.empty()) groups.push_back(make_links_group(details, language));
  page.view["groups"] = std::move(groups);
  Arrangement arrangement;
  round_money(table, 2, language);
  arrangement.page_size = 200;
  arrangement.sortable = std::vector<std::string>{};
  page.view["html_table"] =
      table.rows.empty() ? "" : render_table(table, arrangement, request, language);
  return site.pages->show(request, page);
}

Response export_initiative(const Site& site, const Request& request,
                           const standards::ExportFormat& format) {
  const auto& identifier = request.placeholder("id");
  const auto key = get_details(*site.pool->lend(), identifier).initiative.key;
  Download download;
  download.query = get_language(request.language).t("field.identifier") + ": " + identifier;
  download.find_keys = [key](store::Database&) { return std::vector{key}; };
  std::string stem;
  for (const char c : identifier)
    stem += std::isalnum(static_cast<unsigned char>(c)) || c == '-' ? c : '-';
  return download_records(site, request, format, download, stem);
}

Response show_source(const Site& site, const Request& request) {
  const auto database = site.pool->lend();
  std::int64_t key = 0;
  const auto& text_key = request.placeholder("key");
  std::from_chars(text_key.data(), text_key.data() + text_key.size(), key);
  auto response = text(registry::get_source(*database, key));
  response.set("Content-Type", "text/plain; charset=utf-8");
  return response;
}

}  // namespace austral::web
