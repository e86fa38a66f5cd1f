// Data: what was imported, from whom, and what was found wrong or weak.
#include "base/date.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "registry/import_store.hpp"
#include "review/reports.hpp"
#include "store/journal.hpp"
#include "web/pages/pages.hpp"
#include "web/pages/parts.hpp"

namespace austral::web {
namespace {

std::string severity_label(Severity severity, const Language& language) {
  return language.t(std::string("severity.") + boost::describe::enum_to_string(severity, "remark"));
}

Table make_imports(store::Database& database, const Language& language) {
  Table table;
  table.name = "imports";
  table.title = language.t("data.imports");
  table.definition = language.t("data.imports.definition");
  table.revision = std::to_string(store::revision_of(database));
  const auto count = [&](const char* name) {
    return Column{name, language.t(std::string("field.import.") + name), ColumnKind::number, "",
                  ""};
  };
  table.columns = {{"file", language.t("field.file"), ColumnKind::text, "", ""},
                   {"imported", language.t("field.imported"), ColumnKind::date, "", ""},
                   {"bytes", language.t("field.bytes"), ColumnKind::number, "bytes", ""},
                   count("read"),
                   count("new"),
                   count("changed"),
                   count("unchanged"),
                   count("findings"),
                   {"damage", language.t("field.damage"), ColumnKind::text, "",
                    language.t("field.damage.definition")}};
  for (const auto& line : registry::list_imports(database, 0)) {
    table.rows.push_back({line.name, to_timestamp(line.started).substr(0, 10), line.bytes,
                          line.read, line.added, line.changed, line.unchanged, line.findings,
                          line.damage.empty() ? language.t("data.whole") : line.damage});
    table.links.push_back("/data/findings?file=" + std::to_string(line.key));
  }
  table.total_rows = table.rows.size();
  return table;
}

View make_finding_group(store::Database& database, const Language& language) {
  boost::json::array facts;
  for (const auto& group : registry::group_findings(database))
    facts.push_back(make_fact(severity_label(group.severity, language),
                              {{group.rule, "/data/findings?rule=" + percent_encode(group.rule),
                                language.t("data.times", {{"count", group.count}}) + " · " +
                                    shorten(group.message, 160)}}));
  return make_group(language.t("data.findings"), language.t("data.findings.text"),
                    std::move(facts));
}

/// Whose initiatives findings can be asked about.
constexpr const char* finding_sides[] = {"provider", "recipient", "facilitator", "organization"};

registry::FindingQuestion read_finding_question(const Request& request) {
  registry::FindingQuestion question;
  question.rule = request.find_query("rule").value_or("");
  question.import_file = std::atoll(request.find_query("file").value_or("0").c_str());
  if (const auto severity = request.find_query("severity"); severity && !severity->empty()) {
    Severity wanted{};
    if (!boost::describe::enum_from_string(severity->c_str(), wanted))
      throw Error(Kind::invalid, "'" + *severity +
                                     "' is no weight of findings; use remark, warning, error or "
                                     "damage");
    question.severity = wanted;
  }
  for (const auto* side : finding_sides)
    if (const auto value = request.find_query(side); value && !value->empty())
      question.about = registry::parse_filter(side, *value);
  return question;
}

void add_finding_filters(View& view, const Request& request,
                         const registry::FindingQuestion& question, store::Database& database) {
  const auto& language = get_language(request.language);
  std::vector<Option> severities;
  for (const auto severity :
       {Severity::damage, Severity::error, Severity::warning, Severity::remark})
    severities.push_back(
        {boost::describe::enum_to_string(severity, ""), severity_label(severity, language), ""});
  std::vector<std::pair<std::string, std::string>> titles = {
      {"rule", language.t("field.rule")},
      {"severity", language.t("field.severity")},
      {"file", language.t("field.file")}};
  for (const auto* side : finding_sides)
    titles.emplace_back(side, language.t(std::string("field.") + std::string(side)));
  const auto names = name_filter_values(database, language);
  add_filter_form(view, request,
                  {make_input("rule", language.t("field.rule"), question.rule),
                   make_select("severity", language.t("field.severity"), severities,
                               request.find_query("severity").value_or(""))},
                  titles, [&](const std::string& name, const std::string& value) {
                    if (name == "severity") return language.t(std::string("severity.") + value);
                    return name == "rule" || name == "file" ? value : names(name, value);
                  });
}

}  // namespace

Response show_data(const Site& site, const Request& request) {
  const auto& language = get_language(request.language);
  const auto database = site.pool->lend();
  auto table = make_imports(*database, language);
  Page page;
  page.section = "data";
  page.title = language.t("nav.data");
  page.summary = language.t("data.summary", {{"count", std::int64_t(table.total_rows)}});
  if (!request.twin.empty())
    return site.pages->show_table(request, std::move(table), std::move(page));
  page.template_name = "details";
  page.view["has_links"] = true;
  page.view["links"] =
      boost::json::array{View{{"title", language.t("check.title")}, {"link", "/check"}},
                         View{{"title", language.t("data.read_sheet")}, {"link", "/sheet"}}};
  page.view["groups"] = boost::json::array{make_finding_group(*database, language)};
  auto arrangement = read_arrangement(request);
  arrange(table, arrangement, language);
  page.view["html_table"] = render_table(table, arrangement, request, language);
  return site.pages->show(request, page);
}

Response show_findings(const Site& site, const Request& request) {
  const auto& language = get_language(request.language);
  const auto database = site.pool->lend();
  auto arrangement = read_arrangement(request);
  arrangement.sort.clear();
  const bool all = !request.twin.empty();
  auto question = read_finding_question(request);
  if (!all) {
    question.offset = arrangement.offset();
    question.limit = arrangement.limit();
  }
  std::int64_t total = 0;
  const auto lines = registry::list_findings(*database, question, &total);
  Table table;
  table.name = "findings";
  table.title = language.t("data.findings");
  table.definition = language.t("data.findings.text");
  table.revision = std::to_string(store::revision_of(*database));
  table.columns = {{"record", language.t("field.identifier"), ColumnKind::code, "", ""},
                   {"severity", language.t("field.severity"), ColumnKind::text, "", ""},
                   {"rule", language.t("field.rule"), ColumnKind::code, "", ""},
                   {"place", language.t("field.place"), ColumnKind::text, "", ""},
                   {"message", language.t("field.message"), ColumnKind::text, "", ""},
                   {"file", language.t("field.file"), ColumnKind::text, "", ""}};
  for (const auto& line : lines) {
    table.rows.push_back({line.identifier, severity_label(line.finding.severity, language),
                          line.finding.rule, line.finding.place, line.finding.message, line.file});
    table.links.push_back(line.identifier.empty() ? "" : review::initiative_path(line.identifier));
  }
  table.total_rows = std::size_t(total);
  Page page;
  page.section = "data";
  page.title = table.title;
  page.crumbs = {{language.t("nav.data"), "/data"}};
  if (all) return site.pages->show_table(request, std::move(table), std::move(page));
  add_finding_filters(page.view, request, question, *database);
  return show_cut_table(*site.pages, request, table, std::move(page), std::move(arrangement), {});
}

}  // namespace austral::web
