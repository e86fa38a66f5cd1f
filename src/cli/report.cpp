// austral report: one of THE TABLE of reports, or the list of them.
#include <set>

#include "base/catalogue.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/commands.hpp"
#include "review/reports.hpp"
#include "store/schema.hpp"

namespace austral::cli {
namespace {

struct ReportArguments {
  CommonOptions common;
  std::string name;
  bool list = false;
  std::vector<std::pair<std::string, std::vector<std::string>>> filters;
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

std::string describe_filter(const std::string& name) {
  if (name == "by") return "Dimensions of a breakdown, separated by commas";
  if (name == "perspective") return "Whose records are asked: reconciled, provider or recipient";
  if (name == "price_year") return "US dollars at the prices of that year";
  return "Filter by " + name;
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
  for (const auto& [name, values] : arguments.filters)
    for (const auto& value : values)
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
  std::set<std::string> names;
  for (const auto& report : review::reports())
    for (const auto name : split(report.filters, ' '))
      if (!name.empty() && name != "initiative") names.emplace(name);
  arguments->filters.reserve(names.size());  // the options point into it
  for (const auto& name : names) {
    auto& values = arguments->filters.emplace_back(name, std::vector<std::string>{}).second;
    const auto option = name == "price_year" ? std::string("--prices,--price_year") : "--" + name;
    app.add_option(option, values, describe_filter(name))->type_name("VALUE")->take_all();
  }
  app.add_option("--limit", arguments->limit, "At most so many rows; 0: all");
  return [arguments] { return make(*arguments); };
}

}  // namespace austral::cli
