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

Found explore(std::shared_ptr<const Cube> cube, std::shared_ptr<const search::Index> index,
              Exploration question) {
  Found found;
  auto chosen = cube->select(question.filters);
  if (asks_words(question)) {
    if (!index)
      throw Error(Kind::unavailable,
                  "the index of words is being made; filters work meanwhile, words in a moment");
    const auto keys = index->match(word_question(question));
    auto by_words = std::make_shared<const Selection>(cube->select_keys(keys));
    chosen &= *by_words;
    found.by_words = std::move(by_words);
    found.index = std::move(index);
  }
  found.question = std::move(question);
  found.cube = std::move(cube);
  found.initiatives = std::make_shared<const Selection>(std::move(chosen));
  return found;
}

FoundPage list_found(store::Database& database, const Found& found, std::string_view sort,
                     bool descending, std::size_t offset, std::size_t limit) {
  FoundPage page;
  const bool ranked = found.index && sort == "relevance";
  if (found.index) {
    auto asked = word_question(found.question);
    asked.offset = ranked ? offset : 0;
    asked.limit = ranked ? limit : 0;
    page.words = found.index->find(asked, [&](std::int64_t key) {
      const auto place = found.cube->find_place(key);
      return place && found.initiatives->has(*place);
    });
  }
  if (ranked)
    for (const auto& hit : page.words.hits) page.keys.push_back(hit.initiative);
  else
    page.keys = found.cube->list(*found.initiatives, sort, descending, offset, limit, &database);
  return page;
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
  if (chosen.empty()) return found.cube->count(*found.initiatives, dimension, limit);
  auto among = found.cube->select(others);
  if (found.by_words) among &= *found.by_words;
  return found.cube->count(among, dimension, limit, chosen);
}

}  // namespace austral::review
