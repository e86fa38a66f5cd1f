// Finds the published codes that the words of a question name, in any of the languages.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "search/question.hpp"
#include "search/search.hpp"

namespace austral::search {

/// A code that a question names.
struct FoundConcept {
  ConceptMatch match;
  std::vector<std::string> terms;   ///< any of them makes an initiative one of the code
  std::vector<std::size_t> places;  ///< of the question's words that name it, ascending
  bool whole = true;                ///< all significant words of a name were found
};

/// Shape: in the order of the question's words. A name inside a longer one that was found too is
/// left out.
std::vector<FoundConcept> find_concepts(const TypedQuestion& question);

/// Words of the names of all codes, for spelling.
std::vector<std::string> concept_words();

}  // namespace austral::search
