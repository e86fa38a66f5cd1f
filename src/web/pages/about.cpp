// About: how the register counts, the rules of frameworks, and the editions of its tables.
#include "codes/code_list.hpp"
#include "registry/framework.hpp"
#include "review/names.hpp"
#include "web/pages/pages.hpp"
#include "web/pages/parts.hpp"

namespace austral::web {

namespace {

/// The rules of frameworks as a table, for the page's twins.
Table list_rules(const Language& language) {
  Table table;
  table.name = "rules";
  table.title = language.t("about.rules");
  table.definition = language.t("about.rules.text");
  table.revision = codes::edition();
  table.columns = {{"rule", language.t("field.rule"), ColumnKind::code, "", ""},
                   {"framework", language.t("field.framework"), ColumnKind::text, "", ""},
                   {"conditions", language.t("field.framework_facts"), ColumnKind::text, "", ""},
                   {"because", language.t("field.definition"), ColumnKind::text, "", ""}};
  for (const auto& rule : registry::framework_rules().all()) {
    std::string conditions;
    for (const auto& condition : rule.conditions)
      conditions += (conditions.empty() ? "" : ", ") + condition.name + ": " + condition.value;
    table.rows.push_back({rule.id, review::framework_label(rule.framework, language), conditions,
                          review::rule_words(rule.id, language)});
  }
  return table;
}

}  // namespace

Response show_about(const Site& site, const Request& request) {
  const auto& language = get_language(request.language);
  Page page;
  page.section = "about";
  page.template_name = "details";
  page.title = language.t("about.title");
  page.summary = language.t("about.summary");
  boost::json::array counting, rules, editions;
  for (const auto* name : {"initiative", "money", "split", "rates", "unknown", "joined", "kept"})
    counting.push_back(make_fact(language.t(std::string("about.count.") + name),
                                 language.t(std::string("about.count.") + name + ".text")));
  auto table = list_rules(language);
  for (const auto& row : table.rows)
    rules.push_back(
        make_fact(std::get<std::string>(row[1]),
                  {{std::get<std::string>(row[3]), "",
                    std::get<std::string>(row[0]) + " (" + std::get<std::string>(row[2]) + ")"}}));
  if (!request.twin.empty())
    return site.pages->show_table(request, std::move(table), std::move(page));
  editions.push_back(make_fact(language.t("about.version"), AUSTRAL_VERSION));
  editions.push_back(make_fact(language.t("about.codes"), codes::edition()));
  page.view["groups"] = boost::json::array{
      make_group(language.t("about.counting"), "", std::move(counting)),
      make_group(language.t("about.rules"), language.t("about.rules.text"), std::move(rules)),
      make_group(language.t("about.editions"), "", std::move(editions))};
  return site.pages->show(request, page);
}

}  // namespace austral::web
