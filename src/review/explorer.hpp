// From words and filters to the initiatives that fit: their number, their pages, their facets.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "review/counts.hpp"
#include "search/search.hpp"

namespace austral::review {

/// Which initiatives a reader wants.
struct Exploration {
  std::string words;            ///< empty: any
  std::string language = "en";  ///< the reader's
  std::vector<registry::Filter> filters;
};

/// The initiatives that fit, at the cube's revision.
struct Found {
  Exploration question;
  std::shared_ptr<CubeCounts> counts;
  std::shared_ptr<const Cube> cube;
  std::shared_ptr<const Matched> matched;  ///< where words were asked
  Scope scope;
  std::size_t size = 0;  ///< how many fit
};

/// Throws: Error::unavailable when words are asked and there is no index yet.
Found explore(std::shared_ptr<CubeCounts> counts, const std::shared_ptr<const search::Index>& index,
              Exploration question);

/// One page of what was found. `words` tells what the words were taken for.
struct FoundPage {
  std::vector<std::int64_t> keys;
  search::WordAnswer words;
};
/// `sort` is `relevance` (only with words) or a column of Cube::list.
FoundPage list_found(store::Database& database, const Found& found, std::string_view sort,
                     bool descending, std::size_t offset, std::size_t limit);

/// What all that was found adds up to.
CubeSums sum_found(const Found& found, Perspective perspective, std::optional<int> price_year);

/// How many of the initiatives have each value, as if the dimension's own filters were not set:
/// what choosing a value would show. Most first; chosen values are among them.
std::vector<FacetCount> count_found(const Found& found, registry::Dimension dimension,
                                    std::size_t limit);

}  // namespace austral::review
