// austral find: initiatives by words and filters, as a table or a file.
#include <algorithm>
#include <iostream>

#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/searching.hpp"
#include "registry/fact_store.hpp"
#include "review/exports.hpp"
#include "review/reports.hpp"
#include "store/schema.hpp"

namespace austral::cli {
namespace {

constexpr std::int64_t lines_on_a_terminal = 50;

struct FindArguments {
  CommonOptions common;
  SearchArguments search;
  std::int64_t limit = -1;
  std::string sort, grain, columns;
};

registry::Question read_question(const FindArguments& arguments) {
  auto question = read_search(arguments.search);
  question.limit = arguments.limit >= 0                 ? arguments.limit
                   : arguments.common.format == "table" ? lines_on_a_terminal
                                                        : 0;
  if (arguments.sort != "relevance") question.sort = arguments.sort;
  return question;
}

/// Rows at the grain and with the columns asked for: all at once for a terminal, else as they come.
void print_export(const std::shared_ptr<store::Database>& database,
                  const registry::Question& question, const review::KeyFinder& find_keys,
                  const FindArguments& arguments) {
  review::ExportQuestion asked;
  asked.language = arguments.common.language;
  if (!arguments.grain.empty()) asked.grain = review::parse_grain(arguments.grain);
  for (const auto name : split(arguments.columns, ','))
    if (!trim(name).empty()) asked.columns.emplace_back(trim(name));
  asked.query = review::describe_search(*database, question, asked.language);
  auto stream = review::export_initiatives(database, asked, find_keys);
  if (arguments.common.format != "table") {
    print_stream(std::move(stream), arguments.common);
    return;
  }
  Table table = std::move(stream.head);
  while (stream.next(table.rows)) {
  }
  table.total_rows = std::max(table.total_rows, table.rows.size());
  print_table(table, arguments.common);
}

/// The columns that tell initiatives apart, as many as a terminal holds.
void print_lines(store::Database& database, const registry::Question& question,
                 const std::optional<Found>& found, const FindArguments& arguments) {
  const auto page =
      found ? registry::InitiativePage{found->total, registry::list_lines(database, found->keys)}
            : registry::find_initiatives(database, question);
  print_table(select_columns(review::list_initiatives(database, page, arguments.common.language),
                             {"identifier", "title", "providers", "recipients", "framework",
                              "start", "disbursed_usd"}),
              arguments.common);
}

int find_all(const FindArguments& arguments) {
  const std::shared_ptr<store::Database> database =
      store::open_register(arguments.common.address, store::Access::read_only);
  const auto question = read_question(arguments);
  std::optional<Found> found;
  if (!trim(question.words).empty())
    found = find_by_words(*database, arguments.search, question, arguments.common.address,
                          arguments.common.language, arguments.sort);
  remark_empty_filters(*database, question);
  if (arguments.common.format == "table" && arguments.grain.empty() && arguments.columns.empty()) {
    print_lines(*database, question, found, arguments);
    return done;
  }
  print_export(
      database, question,
      [&](store::Database& snapshot) {
        return found ? found->keys : registry::find_keys(snapshot, question);
      },
      arguments);
  return done;
}

}  // namespace

std::function<int()> prepare_find(CLI::App& app) {
  auto arguments = std::make_shared<FindArguments>();
  add_register_option(app, arguments->common.address);
  add_table_options(app, arguments->common);
  add_search_options(app, arguments->search);
  app.add_option("--sort", arguments->sort,
                 "relevance (of words), start, title, disbursed_usd ... (as columns are called)")
      ->default_val("relevance");
  app.add_option("--limit", arguments->limit, "At most so many; 0: all");
  app.add_option("--grain", arguments->grain,
                 "One row is an initiative, a contribution or a participation");
  app.add_option("--columns", arguments->columns, "Names of columns, in the order wanted")
      ->type_name("NAME,NAME");
  return [arguments] { return find_all(*arguments); };
}

}  // namespace austral::cli
