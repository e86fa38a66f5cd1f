// austral report: one of THE TABLE of reports, or the list of them.
#include "base/catalogue.hpp"
#include "base/error.hpp"
#include "cli/commands.hpp"
#include "review/reports.hpp"
#include "store/schema.hpp"

namespace austral::cli {
namespace {

struct ReportArguments {
  CommonOptions common;
  std::string name;
  bool list = false;
  std::vector<std::pair<std::string, std::string>> filters = {
      {"provider", ""}, {"recipient", ""}, {"year", ""}, {"framework", ""}, {"kind", ""}};
  std::int64_t limit = 0;
};

Table list_reports(const std::string& language) {
  const auto& words = get_language(language);
  Table table;
  table.name = "reports";
  table.title = "Reports";
  table.columns = {{"name", "Name", ColumnKind::code, "", ""},
                   {"title", "Title", ColumnKind::text, "", ""},
                   {"filters", "Filters", ColumnKind::text, "", ""},
                   {"definition", "What it counts", ColumnKind::text, "", ""}};
  for (const auto& report : review::reports())
    table.rows.push_back({std::string(report.name),
                          words.t("report." + std::string(report.name) + ".title"),
                          std::string(report.filters),
                          words.t("report." + std::string(report.name) + ".definition")});
  return table;
}

int make(const ReportArguments& arguments) {
  if (arguments.list || arguments.name.empty()) {
    print_table(list_reports(arguments.common.language), arguments.common);
    return done;
  }
  const auto& report = review::get_report(arguments.name);
  const auto database = store::open_register(arguments.common.address, store::Access::read_only);
  review::ReportQuestion question;
  question.language = arguments.common.language;
  question.limit = arguments.limit;
  for (const auto& [name, value] : arguments.filters)
    if (!value.empty()) review::add_filter(question, name, value);
  print_table(review::make_report(*database, report, question), arguments.common);
  return done;
}

}  // namespace

std::function<int()> prepare_report(CLI::App& app) {
  auto arguments = std::make_shared<ReportArguments>();
  add_register_option(app, arguments->common.address);
  add_table_options(app, arguments->common);
  app.add_flag("--list", arguments->list, "List the reports");
  app.add_option("name", arguments->name, "The report's name");
  for (auto& [name, value] : arguments->filters)
    app.add_option("--" + name, value, "Filter by " + name)->type_name("VALUE");
  app.add_option("--limit", arguments->limit, "At most so many rows; 0: all");
  return [arguments] { return make(*arguments); };
}

}  // namespace austral::cli
