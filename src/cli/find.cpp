// austral find: initiatives by words and filters, as a table or a file.
#include <algorithm>
#include <iostream>

#include "base/text.hpp"
#include "cli/commands.hpp"
#include "codes/grouping.hpp"
#include "registry/fact_store.hpp"
#include "review/names.hpp"
#include "review/reports.hpp"
#include "search/search.hpp"
#include "store/schema.hpp"

namespace austral::cli {
namespace {

constexpr std::int64_t lines_on_a_terminal = 50;

struct FindArguments {
  CommonOptions common;
  std::vector<std::string> words;
  std::vector<std::pair<std::string, std::vector<std::string>>> filters;
  std::int64_t limit = -1;
  std::string index, sort;
};

/// The keys of initiatives that fit the filters, ascending.
std::vector<std::int64_t> list_keys(store::Database& database,
                                    const std::vector<registry::Filter>& filters) {
  std::vector<std::int64_t> keys;
  registry::read_initiative_facts(database, filters, [&](const registry::InitiativeFact& fact) {
    keys.push_back(fact.key);
    return true;
  });
  return keys;
}

/// What was understood, for the person who typed it.
void remark(store::Database& database, const search::WordAnswer& answer,
            const std::string& language) {
  review::Names names(database, language);
  for (const auto& match : answer.concepts) {
    std::cerr << "austral: understood '" << match.words << "' as ";
    const auto* grouping = codes::find_grouping(match.code);
    if (match.dimension == registry::Dimension::none && grouping)
      std::cerr << "grouping " << grouping->label << "\n";
    else if (match.dimension == registry::Dimension::year)
      std::cerr << "year " << match.code << "\n";
    else
      std::cerr << boost::describe::enum_to_string(match.dimension, "") << " " << match.code << " "
                << names.value(match.dimension, match.code) << "\n";
  }
  if (!answer.suggestion.empty())
    std::cerr << "austral: did you mean: " << answer.suggestion << "\n";
  if (answer.loosened)
    std::cerr << "austral: no initiative has all of these words; these have some\n";
}

/// In the order of a column: the whole list in that order, of which the found ones are kept.
registry::InitiativePage sort_found(store::Database& database, registry::Question question,
                                    const std::vector<std::int64_t>& found) {
  const auto limit = question.limit;
  question.words.clear();
  question.limit = 0;
  registry::InitiativePage page;
  for (auto& line : registry::find_initiatives(database, question).lines)
    if (std::binary_search(found.begin(), found.end(), line.key)) {
      ++page.total;
      if (limit == 0 || page.total <= limit) page.lines.push_back(std::move(line));
    }
  return page;
}

registry::InitiativePage find_by_words(store::Database& database, const FindArguments& arguments,
                                       const registry::Question& question) {
  const std::string path = arguments.index.empty()
                               ? search::default_index_path(arguments.common.address)
                               : arguments.index;
  {
    Progress progress("indexing", 0, "documents");
    search::update_index(database, path, false, &progress);
  }
  const search::Index index(path);
  search::WordQuestion words;
  words.words = question.words;
  words.language = arguments.common.language;
  words.limit = question.limit > 0 ? std::size_t(question.limit) : index.size();
  search::Allowed allowed;
  std::vector<std::int64_t> keys;
  if (!question.filters.empty()) {
    keys = list_keys(database, question.filters);
    allowed = [&](std::int64_t key) { return std::binary_search(keys.begin(), keys.end(), key); };
  }
  const auto answer = index.find(words, allowed);
  remark(database, answer, arguments.common.language);
  if (arguments.sort != "relevance") return sort_found(database, question, index.match(words));
  std::vector<std::int64_t> hits;
  for (const auto& hit : answer.hits) hits.push_back(hit.initiative);
  return {std::int64_t(answer.total), registry::list_lines(database, hits)};
}

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
  const bool has_words = !trim(question.words).empty();
  if (arguments.sort != "relevance") question.sort = arguments.sort;
  Table table =
      review::list_initiatives(*database,
                               has_words ? find_by_words(*database, arguments, question)
                                         : registry::find_initiatives(*database, question),
                               arguments.common.language);
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
                 "Words in any language; of a title in double quotes: side by side");
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
  app.add_option("--sort", arguments->sort,
                 "relevance (of words), start, title, disbursed_usd ... (as columns are called)")
      ->default_val("relevance");
  app.add_option("--index", arguments->index, "The folder of the index of words")
      ->type_name("PATH");
  app.add_option("--limit", arguments->limit, "At most so many; 0: all");
  return [arguments] { return find_all(*arguments); };
}

}  // namespace austral::cli
