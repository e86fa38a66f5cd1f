// All names of codes that a question can hold, with the terms that stand for each code in the
// index.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "registry/initiative.hpp"

namespace austral::search {

/// A code, or a grouping of countries (dimension none).
struct Concept {
  registry::Dimension dimension = registry::Dimension::none;
  std::string code;
  std::vector<std::string> terms;
};

/// One name of a concept in one language: its significant words' terms.
struct ConceptName {
  std::size_t owner = 0;  ///< place in ConceptNames::concepts
  std::string language;
  std::string folded;  ///< the whole name
  std::vector<std::string> stems;
  double weight = 0;  ///< of all stems together
};

/// Built once from the code lists and data/search.
struct ConceptNames {
  std::vector<Concept> concepts;
  std::vector<ConceptName> names;
  std::unordered_map<std::string, std::vector<std::size_t>> by_stem;  ///< places in names
  std::unordered_map<std::string, double> weights;                    ///< of stems
  std::vector<std::size_t> chinese;                                   ///< places in names
};
const ConceptNames& concept_names();

}  // namespace austral::search
