// About: how the register counts, the rules of frameworks, and the editions of its tables.
#include "codes/code_list.hpp"
#include "registry/framework.hpp"
#include "review/names.hpp"
#include "web/pages/pages.hpp"
#include "web/pages/parts.hpp"

namespace austral::web {

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
  for (const auto& rule : registry::framework_rules().all()) {
    std::string conditions;
    for (const auto& condition : rule.conditions)
      conditions += (conditions.empty() ? "" : ", ") + condition.name + ": " + condition.value;
    rules.push_back(make_fact(
        review::framework_label(rule.framework, language),
        {{review::rule_words(rule.id, language), "", rule.id + " (" + conditions + ")"}}));
  }
  editions.push_back(make_fact(language.t("about.version"), AUSTRAL_VERSION));
  editions.push_back(make_fact(language.t("about.codes"), codes::edition()));
  page.view["groups"] = boost::json::array{
      make_group(language.t("about.counting"), "", std::move(counting)),
      make_group(language.t("about.rules"), language.t("about.rules.text"), std::move(rules)),
      make_group(language.t("about.editions"), "", std::move(editions))};
  return site.pages->show(request, page);
}

}  // namespace austral::web
