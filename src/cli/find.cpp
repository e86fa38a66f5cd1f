// austral find: initiatives by words and filters, as a table or a file.
#include <algorithm>
#include <iostream>

#include "base/text.hpp"
#include "cli/commands.hpp"
#include "codes/grouping.hpp"
#include "registry/fact_store.hpp"
#include "review/exports.hpp"
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
  std::string index, sort, grain, columns;
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

/// Initiatives in the order asked for; `keys` holds at most as many as are wanted.
struct Found {
  std::int64_t total = 0;
  std::vector<std::int64_t> keys;
};

/// In the order of a column: the whole list in that order, of which the found ones are kept.
Found sort_found(store::Database& database, registry::Question question,
                 const std::vector<std::int64_t>& found) {
  const auto limit = question.limit;
  question.words.clear();
  question.limit = 0;
  Found sorted;
  for (const auto key : registry::find_keys(database, question))
    if (std::binary_search(found.begin(), found.end(), key)) {
      ++sorted.total;
      if (limit == 0 || sorted.total <= limit) sorted.keys.push_back(key);
    }
  return sorted;
}

Found find_by_words(store::Database& database, const FindArguments& arguments,
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
  Found found{std::int64_t(answer.total), {}};
  for (const auto& hit : answer.hits) found.keys.push_back(hit.initiative);
  return found;
}

registry::Question read_question(const FindArguments& arguments) {
  registry::Question question;
  for (const auto& word : arguments.words)
    question.words += (question.words.empty() ? "" : " ") + word;
  for (const auto& [name, values] : arguments.filters)
    for (const auto& value : values)
      question.filters.push_back(registry::parse_filter(name, value));
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
  if (!trim(question.words).empty()) found = find_by_words(*database, arguments, question);
  for (const auto& filter : question.filters)
    if (registry::count_initiatives(*database, {filter}) == 0)
      std::cerr << "austral: no initiative has '" << filter.value << "' as "
                << boost::describe::enum_to_string(filter.dimension, "that") << "\n";
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
  app.add_option("--grain", arguments->grain,
                 "One row is an initiative, a contribution or a participation");
  app.add_option("--columns", arguments->columns, "Names of columns, in the order wanted")
      ->type_name("NAME,NAME");
  return [arguments] { return find_all(*arguments); };
}

}  // namespace austral::cli
