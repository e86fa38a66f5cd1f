// austral template: a form that an office fills offline, and what it changed when it comes back.
#include <fmt/format.h>

#include <algorithm>
#include <iostream>

#include "base/error.hpp"
#include "cli/commands.hpp"
#include "cli/searching.hpp"
#include "registry/export_store.hpp"
#include "registry/fact_store.hpp"
#include "registry/record_store.hpp"
#include "review/exports.hpp"
#include "standards/export.hpp"
#include "standards/form/compare.hpp"
#include "store/journal.hpp"
#include "store/schema.hpp"

namespace austral::cli {
namespace {

constexpr std::size_t most_initiatives = 20'000;  // the workbook is made in memory

struct TemplateArguments {
  CommonOptions common;
  SearchArguments search;
  bool empty = false;
};

int compare(const TemplateArguments& arguments, const std::string& path) {
  const auto database = store::open_register(arguments.common.address, store::Access::read_only);
  const auto form = form::read_form(path);
  const auto comparison = form::compare_form(*database, form);
  for (const auto* findings : {&form.findings, &comparison.findings})
    for (const auto& finding : *findings)
      std::cerr << "austral: " << finding.place << ": " << finding.message << "\n";
  print_table(form::list_changes(comparison), arguments.common);
  return form.damaged ? damaged : done;
}

std::vector<form::GivenRecord> list_given(store::Database& database,
                                          const std::vector<std::int64_t>& keys) {
  std::vector<form::GivenRecord> given;
  for (const auto& kept : registry::list_records_of(database, keys)) {
    form::GivenRecord one;
    one.record = registry::get_record(database, kept.key);
    one.key = kept.key;
    for (const auto& version : registry::list_versions(database, kept.key))
      if (version.in_force) one.version = version.version;
    given.push_back(std::move(one));
  }
  return given;
}

int write_template(TemplateArguments arguments) {
  if (arguments.common.output.empty())
    throw Error(Kind::invalid, "a form is a workbook; say where it goes: -o form.xlsx");
  form::FormHead head;
  head.language = arguments.common.language;
  if (arguments.empty) {
    form::write_form(arguments.common.output, head, {});
    return done;
  }
  const auto database = store::open_register(arguments.common.address, store::Access::read_only);
  auto question = read_search(arguments.search);
  question.limit = 0;
  question.sort = "identifier";
  remark_empty_filters(*database, question);
  auto keys = question.words.empty()
                  ? registry::find_keys(*database, question)
                  : find_by_words(*database, arguments.search, question, arguments.common.address,
                                  arguments.common.language, "relevance")
                        .keys;
  if (keys.size() > most_initiatives)
    throw Error(Kind::invalid, fmt::format("{} initiatives are too many for one form; ask for at "
                                           "most {}, for instance by --publisher or --year",
                                           keys.size(), most_initiatives));
  std::sort(keys.begin(), keys.end());
  head.query = review::describe_search(*database, question, head.language);
  head.revision = store::revision_of(*database);
  head.date = standards::date_of_revision(*database, head.revision);
  form::write_form(arguments.common.output, head, list_given(*database, keys));
  return done;
}

int run_template(const TemplateArguments& arguments) {
  const auto& words = arguments.search.words;
  if (words.empty() || words.front() != "compare") return write_template(arguments);
  if (words.size() != 2)
    throw Error(Kind::invalid, "say which form: austral template compare form.xlsx");
  return compare(arguments, words[1]);
}

}  // namespace

std::function<int()> prepare_template(CLI::App& app) {
  auto arguments = std::make_shared<TemplateArguments>();
  add_register_option(app, arguments->common.address);
  add_search_options(app, arguments->search);
  app.add_option("-o,--output", arguments->common.output, "Write to this file")->type_name("FILE");
  app.add_option("--language,--lang", arguments->common.language,
                 "Language of titles and lists: en fr es pt ar ru zh")
      ->capture_default_str();
  app.add_option("--format", arguments->common.format, "Of compare: table, csv, json or xlsx")
      ->capture_default_str();
  app.add_flag("--empty", arguments->empty, "A form without initiatives");
  return [arguments] { return run_template(*arguments); };
}

}  // namespace austral::cli
