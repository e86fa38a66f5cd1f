// austral find: initiatives by words and filters, as a table or a file.
#include <iostream>

#include "base/text.hpp"
#include "cli/commands.hpp"
#include "review/reports.hpp"
#include "store/schema.hpp"

namespace austral::cli {
namespace {

constexpr std::int64_t lines_on_a_terminal = 50;

struct FindArguments {
  CommonOptions common;
  std::vector<std::string> words;
  std::vector<std::pair<std::string, std::vector<std::string>>> filters;
  std::int64_t limit = -1;
};

int find_all(const FindArguments& arguments) {
  const auto database = store::open_register(arguments.common.address, store::Access::read_only);
  registry::Question question;
  for (const auto& word : arguments.words)
    question.words += (question.words.empty() ? "" : " ") + word;
  for (const auto& [name, values] : arguments.filters)
    for (const auto& value : values)
      question.filters.push_back(registry::parse_filter(name, value));
  question.limit = arguments.limit >= 0                 ? arguments.limit
                   : arguments.common.format == "table" ? lines_on_a_terminal
                                                        : 0;
  Table table = review::list_initiatives(*database, question, arguments.common.language);
  // A terminal holds the columns that tell initiatives apart; csv, json and xlsx have them all.
  if (arguments.common.format == "table")
    table = select_columns(table, {"identifier", "title", "providers", "recipients", "framework",
                                   "start", "disbursed_usd"});
  if (table.total_rows == 0)
    for (const auto& filter : question.filters)
      if (registry::count_initiatives(*database, {filter}) == 0)
        std::cerr << "austral: no initiative has '" << filter.value << "' as "
                  << boost::describe::enum_to_string(filter.dimension, "that") << "\n";
  print_table(table, arguments.common);
  return done;
}

}  // namespace

std::function<int()> prepare_find(CLI::App& app) {
  auto arguments = std::make_shared<FindArguments>();
  add_register_option(app, arguments->common.address);
  add_table_options(app, arguments->common);
  app.add_option("words", arguments->words,
                 "Words that all must be in title, description or participants");
  static const std::vector<std::pair<const char*, const char*>> filters = {
      {"provider", "Country (name or code) or organization"},
      {"recipient", "Country (name or code)"},
      {"facilitator", "Country or organization"},
      {"sector", "DAC category (3 digits) or CRS purpose (5 digits)"},
      {"goal", "Sustainable Development Goal (6) or target (6.1)"},
      {"year", "A year in which it ran"},
      {"framework", "south_south, triangular, multilateral_support or other"},
      {"status", "IATI activity status, by code or word"},
      {"publisher", "The reporting organization's reference"},
      {"organization", "An organization taking part, by reference"},
      {"critical_area", "A critical area of paragraph 12"}};
  arguments->filters.reserve(filters.size());  // the options point into it
  for (const auto& [name, help] : filters) {
    auto& values = arguments->filters.emplace_back(name, std::vector<std::string>{}).second;
    app.add_option(std::string("--") + name, values, help)->type_name("VALUE")->take_all();
  }
  app.add_option("--limit", arguments->limit, "At most so many; 0: all");
  return [arguments] { return find_all(*arguments); };
}

}  // namespace austral::cli
