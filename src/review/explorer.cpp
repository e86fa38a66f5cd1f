// Puts word search and cube together.
#include "review/explorer.hpp"

#include <algorithm>
#include <set>

#include "base/error.hpp"

namespace austral::review {
namespace {

search::WordQuestion word_question(const Exploration& question) {
  search::WordQuestion asked;
  asked.words = question.words;
  asked.language = question.language;
  return asked;
}

bool asks_words(const Exploration& question) {
  return question.words.find_first_not_of(" \t\r\n") != std::string::npos;
}

}  // namespace

Found explore(std::shared_ptr<CubeCounts> counts, const std::shared_ptr<const search::Index>& index,
              Exploration question) {
  Found found;
  if (asks_words(question)) {
    if (!index)
      throw Error(Kind::unavailable,
                  "the index of words is being made; filters work meanwhile, words in a moment");
    found.matched = counts->match(*index, word_question(question));
  }
  found.scope = counts->choose(question.filters, found.matched);
  found.size = counts->size(found.scope);
  found.question = std::move(question);
  found.cube = counts->cube();
  found.counts = std::move(counts);
  return found;
}

FoundPage list_found(store::Database& database, const Found& found, std::string_view sort,
                     bool descending, std::size_t offset, std::size_t limit) {
  FoundPage page;
  if (found.matched) page.words = found.matched->matches.said;
  page.words.total = found.size;
  if (!found.matched || sort != "relevance") {
    page.keys = found.counts->list(found.scope, sort, descending, offset, limit, &database);
    return page;
  }
  const auto& places = *found.matched->places;
  const auto& initiatives = *found.scope.initiatives();
  const auto is_found = [&](std::uint32_t document) {
    const auto place = places[document];
    return place != Matched::no_place && initiatives.has(place);
  };
  page.words.hits = found.matched->matches.rank(offset, limit, is_found, page.words.total);
  for (const auto& hit : page.words.hits) page.keys.push_back(hit.initiative);
  return page;
}

CubeSums sum_found(const Found& found, Perspective perspective, std::optional<int> price_year) {
  return found.counts->total(found.scope, perspective, price_year);
}

std::vector<FacetCount> count_found(const Found& found, registry::Dimension dimension,
                                    std::size_t limit) {
  std::vector<registry::Filter> others;
  std::vector<std::string> chosen;
  for (const auto& filter : found.question.filters)
    if (filter.dimension == dimension)
      chosen.push_back(filter.value);
    else
      others.push_back(filter);
  if (chosen.empty()) return found.counts->count(found.scope, dimension, limit);
  const auto scope = found.counts->choose(std::move(others), found.matched);
  return found.counts->count(scope, dimension, limit, chosen);
}

}  // namespace austral::review
