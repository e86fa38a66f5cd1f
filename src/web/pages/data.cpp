// Data: what was imported, from whom, and what was found wrong or weak.
#include "base/date.hpp"
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
  const auto rule = request.find_query("rule").value_or("");
  const auto file = std::atoll(request.find_query("file").value_or("0").c_str());
  const bool all = !request.twin.empty();
  std::int64_t total = 0;
  const auto lines =
      registry::list_findings(*database, rule, file, 0, all ? 0 : arrangement.offset(),
                              all ? 0 : arrangement.limit(), &total);
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
  add_filter_form(page.view, request, {make_input("rule", language.t("field.rule"), rule)},
                  {{"rule", language.t("field.rule")}, {"file", language.t("field.file")}});
  return show_cut_table(*site.pages, request, table, std::move(page), std::move(arrangement), {});
}

}  // namespace austral::web
