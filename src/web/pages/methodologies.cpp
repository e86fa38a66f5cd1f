// Methodologies: the list, one with its rules in words and its text, two compared part by part.
#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "measurement/tables.hpp"
#include "review/names.hpp"
#include "web/pages/measure.hpp"
#include "web/pages/sections.hpp"

namespace austral::web {
namespace {

using measurement::Methodology;

Table rules_table(const char* name, const std::string& title, const std::string& definition,
                  const Methodology& rules, std::vector<Column> columns) {
  Table table;
  table.name = name;
  table.title = title;
  table.definition = definition;
  table.source = rules.source;
  table.columns = std::move(columns);
  return table;
}

std::string input_words(const measurement::InputSource& input, const Language& language) {
  std::string words;
  const auto add = [&](const std::string& key, const std::string& value) {
    words += (words.empty() ? "" : language.t("methodology.input.or")) +
             language.t("methodology.input." + key, {{"name", value}});
  };
  if (!input.quantity.empty()) add("quantity", input.quantity);
  if (!input.detail.empty()) add("detail", input.detail);
  if (!input.price.empty()) {
    const auto key = "price." + input.price + ".title";
    add("price", language.has(key) ? language.t(key) : input.price);
  }
  if (!input.convention.empty()) add("convention", input.convention);
  if (input.otherwise) add("otherwise", to_string(*input.otherwise));
  return words;
}

/// Methods that an item names, each with its formula and where its inputs come from.
Table methods_table(const Methodology& rules, const Language& language) {
  auto table = rules_table(
      "methods", language.t("methodology.methods"), language.t("methodology.methods.what"), rules,
      {{"method", language.t("measure.column.method"), ColumnKind::code, "", ""},
       {"what", language.t("measure.column.method_title"), ColumnKind::text, "", ""},
       {"formula", language.t("measure.column.formula"), ColumnKind::text, "", ""},
       {"inputs", language.t("methodology.inputs"), ColumnKind::text, "", ""},
       {"source", language.t("measure.column.source"), ColumnKind::text, "", ""}});
  std::vector<bool> used(rules.methods.size());
  for (const auto& item : rules.items)
    for (const auto method : item.methods) used[method] = true;
  for (std::size_t n = 0; n < rules.methods.size(); ++n) {
    if (!used[n]) continue;
    const auto& method = rules.methods[n];
    std::string inputs;
    for (std::size_t i = 0; i < method.inputs.size(); ++i)
      inputs += (inputs.empty() ? "" : "; ") + method.formula.names()[i] + ": " +
                input_words(method.inputs[i], language);
    table.rows.push_back({method.id, std::string(measurement::pick(method.title, language.code())),
                          method.formula.text(), inputs, method.source});
  }
  return table;
}

/// What is left out, and why: the scope first, then the exclusions.
Table boundaries_table(const Methodology& rules, const Language& language) {
  auto table = rules_table("boundaries", language.t("methodology.boundaries"),
                           language.t("methodology.boundaries.what"), rules,
                           {{"code", language.t("measure.column.code"), ColumnKind::code, "", ""},
                            {"why", language.t("measure.column.why"), ColumnKind::text, "", ""}});
  if (!rules.scope_why.empty())
    table.rows.push_back(
        {std::string("scope"), std::string(measurement::pick(rules.scope_why, language.code()))});
  for (const auto& one : rules.exclusions)
    table.rows.push_back({one.code, std::string(measurement::pick(one.why, language.code()))});
  return table;
}

Table totals_table(const Methodology& rules, const Language& language) {
  auto table = rules_table("totals", language.t("methodology.totals"),
                           language.t("methodology.totals.what"), rules,
                           {{"code", language.t("measure.column.code"), ColumnKind::code, "", ""},
                            {"item", language.t("measure.column.title"), ColumnKind::text, "", ""},
                            {"of", language.t("methodology.of"), ColumnKind::text, "", ""}});
  for (const auto& group : rules.groups)
    table.rows.push_back({group.code, std::string(measurement::pick(group.title, language.code())),
                          language.t(std::string("methodology.kind.") +
                                     boost::describe::enum_to_string(group.kind, ""))});
  for (const auto& total : rules.totals) {
    std::string of;
    for (const auto& part : total.of) of += (of.empty() ? "" : " + ") + part;
    table.rows.push_back(
        {total.code, std::string(measurement::pick(total.title, language.code())), of});
  }
  return table;
}

boost::json::array rules_facts(const Methodology& rules, const Language& language) {
  std::string kinds;
  for (const auto& kind : rules.kinds) {
    registry::ContributionKind known{};
    boost::describe::enum_from_string(kind.c_str(), known);
    kinds += (kinds.empty() ? "" : ", ") + review::kind_label(known, language);
  }
  std::string conventions;
  for (const auto& [name, value] : rules.conventions)
    conventions += (conventions.empty() ? "" : "; ") + name + " = " + to_string(value);
  boost::json::array facts{
      make_fact(language.t("measure.column.status"), language.t("measure.status." + rules.status)),
      make_fact(language.t("measure.column.version"), rules.version),
      make_fact(language.t("measure.column.source"), rules.source),
      make_fact(language.t("measure.column.currency"), rules.currency),
      make_fact(language.t("methodology.kinds"), kinds),
      make_fact(language.t("methodology.rates"),
                language.t(std::string("methodology.rates.") +
                           boost::describe::enum_to_string(rules.rates, ""))),
      make_fact(language.t("methodology.prices"),
                rules.price_year ? language.t("measure.note.constant",
                                              {{"year", std::to_string(*rules.price_year)}})
                                 : language.t("measure.note.current"))};
  if (!conventions.empty())
    facts.push_back(make_fact(language.t("methodology.conventions"), conventions));
  facts.push_back(make_fact(language.t("measure.column.hash"), rules.digest));
  return facts;
}

Table items_of(const Methodology& rules, const Language& language, bool for_page) {
  auto table = measurement::methodology_table(rules, language.code());
  table.name = "items";
  if (!for_page) return table;
  table.title = language.t("methodology.items");
  table.definition = language.t("measure.methodology.definition");
  for (auto& row : table.rows)
    row[2] = std::get<std::string>(row[1]) + " · " + std::get<std::string>(row[2]);
  table = select_columns(table, {"item", "rule", "methods", "unit", "status", "source"});
  drop_empty_columns(table);
  return table;
}

}  // namespace

Response show_methodologies(const Site& site, const Request& request) {
  const auto& language = get_language(request.language);
  const auto database = site.pool->lend();
  const auto all = measurement::list_methodologies(*database);
  auto table = measurement::methodologies_table(all, language.code());
  for (std::size_t n = 0; n < all.size(); ++n) {
    const bool is_newest = n + 1 == all.size() || all[n + 1].name != all[n].name;
    table.links.push_back(
        "/methodologies/" +
        percent_encode(is_newest ? all[n].name : all[n].name + "@" + all[n].version));
  }
  Page page;
  page.section = "measure";
  page.title = table.title;
  page.summary = language.t("methodologies.summary", {{"count", std::int64_t(all.size())}});
  page.crumbs = {{language.t("nav.measure"), "/measure"}};
  if (request.twin.empty())
    table = select_columns(table, {"title", "version", "status", "currency", "items", "source"});
  page.view["empty"] = View{{"title", language.t("draft.title")},
                            {"text", language.t("draft.invitation")},
                            {"links", boost::json::array{View{{"title", language.t("draft.open")},
                                                              {"link", "/methodologies/draft"}}}}};
  return site.pages->show_table(request, std::move(table), std::move(page));
}

Response show_methodology(const Site& site, const Request& request) {
  const auto& language = get_language(request.language);
  const auto database = site.pool->lend();
  const auto named = request.placeholder("name");
  const auto rules = measurement::get_methodology(*database, named);
  const auto with = request.find_query("with").value_or("");
  const bool for_page = request.twin.empty();
  std::vector<Part> parts;
  Measures::Rules other;
  if (!with.empty()) {
    other = measurement::get_methodology(*database, with);
    Part compared{"compared",
                  language.t("methodology.compared"),
                  language.t("measure.compared.definition"),
                  {}};
    compared.sections = {
        {"methodologies_compared",
         [&] { return measurement::compared_methodologies_table(*rules, *other, language.code()); },
         language.t("methodology.compared.same"), "", 30}};
    parts.push_back(std::move(compared));
  }
  Part items{"rules", language.t("methodology.rules"), "", {}};
  items.sections = {{"items", [&] { return items_of(*rules, language, for_page); }, "", "", 200},
                    {"boundaries", [&] { return boundaries_table(*rules, language); },
                     language.t("methodology.boundaries.none"), "", 100},
                    {"totals", [&] { return totals_table(*rules, language); }, "", "", 100}};
  parts.push_back(std::move(items));
  Part methods{"methods-part", language.t("methodology.methods"), "", {}};
  methods.sections = {{"methods", [&] { return methods_table(*rules, language); },
                       language.t("methodology.methods.none"), "", 100}};
  parts.push_back(std::move(methods));
  Page page;
  page.section = "measure";
  page.title = std::string(measurement::pick(rules->title, language.code()));
  page.summary = std::string(measurement::pick(rules->about, language.code()));
  page.crumbs = {{language.t("nav.measure"), "/measure"},
                 {language.t("measure.methodologies.title"), "/methodologies"}};
  if (for_page && !request.find_query("table")) {
    const auto link = "/methodologies/" + percent_encode(named);
    page.view["has_facts"] = true;
    page.view["facts"] = rules_facts(*rules, language);
    page.view["has_links"] = true;
    page.view["links"] = boost::json::array{
        View{{"title", language.t("methodology.measure")},
             {"link", link_with("/measure", {}, {{"methodology", named}})}},
        View{{"title", language.t("methodology.text")}, {"link", link + "/methodology.yaml"}},
        View{{"title", language.t("methodology.change")},
             {"link", link_with("/methodologies/draft", {}, {{"from", named}})}}};
    auto choice = methodology_field(*database, "with", other.get(), language);
    page.view["compare_form"] = View{{"action", link},
                                     {"fields", boost::json::array{std::move(choice)}},
                                     {"button", language.t("compare.show")}};
  }
  return show_sections(site, request, std::move(page), parts);
}

Response show_methodology_text(const Site& site, const Request& request) {
  const auto database = site.pool->lend();
  const auto rules = measurement::get_methodology(*database, request.placeholder("name"));
  return file(rules->text, "application/yaml; charset=utf-8",
              rules->name + "-" + rules->version + ".yaml");
}

}  // namespace austral::web
