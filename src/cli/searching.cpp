// Reading a search from the command line, and finding what it asks for.
#include "cli/searching.hpp"

#include <algorithm>
#include <iostream>

#include "base/progress.hpp"
#include "base/text.hpp"
#include "codes/grouping.hpp"
#include "registry/fact_store.hpp"
#include "review/names.hpp"
#include "search/search.hpp"

namespace austral::cli {
namespace {

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

}  // namespace

Found find_by_words(store::Database& database, const SearchArguments& arguments,
                    const registry::Question& question, const std::string& address,
                    const std::string& language, const std::string& sort) {
  const std::string path =
      arguments.index.empty() ? search::default_index_path(address) : arguments.index;
  {
    Progress progress("indexing", 0, "documents");
    search::update_index(database, path, false, &progress);
  }
  const search::Index index(path);
  search::WordQuestion words;
  words.words = question.words;
  words.language = language;
  words.limit = question.limit > 0 ? std::size_t(question.limit) : index.size();
  search::Allowed allowed;
  std::vector<std::int64_t> keys;
  if (!question.filters.empty()) {
    keys = list_keys(database, question.filters);
    allowed = [&](std::int64_t key) { return std::binary_search(keys.begin(), keys.end(), key); };
  }
  const auto answer = index.find(words, allowed);
  remark(database, answer, language);
  if (sort != "relevance") return sort_found(database, question, index.match(words));
  Found found{std::int64_t(answer.total), {}};
  for (const auto& hit : answer.hits) found.keys.push_back(hit.initiative);
  return found;
}

registry::Question read_search(const SearchArguments& arguments) {
  registry::Question question;
  for (const auto& word : arguments.words)
    question.words += (question.words.empty() ? "" : " ") + word;
  for (const auto& [name, values] : arguments.filters)
    for (const auto& value : values)
      question.filters.push_back(registry::parse_filter(name, value));
  return question;
}

void remark_empty_filters(store::Database& database, const registry::Question& question) {
  for (const auto& filter : question.filters)
    if (registry::count_initiatives(database, {filter}) == 0)
      std::cerr << "austral: no initiative has '" << filter.value << "' as "
                << boost::describe::enum_to_string(filter.dimension, "that") << "\n";
}

void add_search_options(CLI::App& app, SearchArguments& arguments) {
  app.add_option("words", arguments.words,
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
  arguments.filters.reserve(filters.size());  // the options point into it
  for (const auto& [name, help] : filters) {
    auto& values = arguments.filters.emplace_back(name, std::vector<std::string>{}).second;
    app.add_option(std::string("--") + name, values, help)->type_name("VALUE")->take_all();
  }
  app.add_option("--index", arguments.index, "The folder of the index of words")->type_name("PATH");
}

}  // namespace austral::cli
