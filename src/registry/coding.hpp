// What records and contributions are about, as weights to split amounts by: sectors, goals; and how
// they are carried out.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "registry/initiative.hpp"

namespace austral::registry {

/// Codes and their weights; only the weights' proportions matter.
/// Units: millionths of what is coded, where percentages are published.
using Weights = std::map<std::string, std::int64_t, std::less<>>;

/// Shape: `CODE:WEIGHT` one behind another with `;`, ascending by code; empty for none.
std::string write_weights(const Weights& weights);
/// Reads what write_weights() wrote. Throws: Error::invalid for anything else.
Weights read_weights(std::string_view text);

/// Whether a scheme tells how something is carried out: DAC types of aid (`aid-type`), TOSSD's
/// modalities (`modality`), which refine them under codes of the same series.
bool is_modality(std::string_view scheme);

/// What one source (a record, or a contribution of its own) is coded as.
struct Coding {
  Weights sectors;     ///< purposes; of sources without a purpose: categories
  Weights categories;  ///< as published beside purposes; else those of `sectors`
  Weights goals;       ///< goals; of sources without a goal: those of their targets
  Weights targets;
};

/// Published percentages are the weights, a negative one is none; what has no percentage beside
/// others that have gets nothing; where nobody publishes one, all are equal. Shape: weights of a
/// kind add up to at most the whole.
Coding read_coding(const std::vector<Classification>& classifications);

/// The mean of several sources; those that do not say anything of a kind do not count for it.
Coding find_mean(const std::vector<Coding>& sources);

/// A record's own coding, of each kind that it says nothing about: the mean of its contributions'.
Coding code_record(const Record& record);

/// The dimensions purpose, category, goal and target of a coding; a category's share is that of
/// its purposes, and what is only published beside them has none.
std::vector<Facet> to_facets(const Coding& coding);

/// The weights by which amounts of an initiative are split, taken from its facets: purposes with
/// their shares, and what a category has beyond its purposes.
Weights sector_weights(const std::vector<Facet>& facets);
Weights goal_weights(const std::vector<Facet>& facets);

/// Fills sectors, goals, modality and flow_type of all parts. Shape: one record a member, in the
/// order of the members.
void code_parts(Assembly& assembly, const std::vector<Member>& members,
                const std::vector<Coding>& codings, const Coding& whole);

}  // namespace austral::registry
