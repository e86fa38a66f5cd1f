// Reads the register as facts in the order of their initiatives: what columns in memory and exports
// are built from.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "registry/initiative_store.hpp"
#include "store/database.hpp"

namespace austral::registry {

/// One initiative as its own row tells it; the views live until the next one.
struct InitiativeFact {
  std::int64_t key = 0;
  std::int64_t records = 0;
  std::string_view start_date, end_date, updated;  ///< ISO dates, or empty
  std::optional<int> year;  ///< in which it began: memberships of that year count
  std::string_view facets;  ///< FacetReader walks over it (registry/facet.hpp)
  std::int64_t budgeted_cents = 0, committed_cents = 0, disbursed_cents = 0;
};

/// One part of one contribution; the views live until the next one.
struct ContributionFact {
  std::int64_t initiative = 0;
  ContributionKind kind = ContributionKind::none;
  bool counted = false;       ///< in the reconciled perspective
  bool by_provider = false;   ///< counted where only providers' records are asked
  bool by_recipient = false;  ///< counted where only recipients' records are asked
  std::optional<int> year;
  std::string_view provider, recipient;  ///< as ContributionPart has them
  std::optional<std::int64_t> usd_cents;
  /// Its own coding where it differs from its initiative's facets, else empty. Shape: `CODE:WEIGHT`
  /// one behind another with `;` (purposes or categories by length; goals): read_weights() of
  /// registry/coding.hpp, and sector_weights() and goal_weights() for those of the initiative.
  std::string_view sectors, goals;
  /// Its own or its record's; empty when not stated. Several modalities: `C01;D01`, equal weights.
  std::string_view modality, flow_type;
};

/// A span of initiatives' keys, both ends inclusive; without ends: all.
struct KeySpan {
  std::optional<std::int64_t> first, last;
};
/// Spans of about equally many initiatives that together hold all, to read with as many
/// connections side by side. Shape: at least one and at most `spans`, ascending.
std::vector<KeySpan> split_keys(store::Database& database, std::size_t spans);

/// Hands over initiatives by key, ascending; `on_fact` returns false to stop. `scope` holds facets
/// (several of one dimension widen, several dimensions narrow; computed ones hold at least what
/// they mean, see scope_store.hpp); empty: all.
void read_initiative_facts(store::Database& database, const std::vector<Filter>& scope,
                           const std::function<bool(const InitiativeFact&)>& on_fact,
                           const KeySpan& span = {});
/// Hands over contributions by initiative, record, place; same scope.
void read_contribution_facts(store::Database& database, const std::vector<Filter>& scope,
                             const std::function<bool(const ContributionFact&)>& on_fact,
                             const KeySpan& span = {});

/// The keys of all initiatives in the order of a text column (`title`, `identifier`, `publisher`),
/// bytewise, those without a text last, equals by key. Throws: Error::invalid for another column.
std::vector<std::int64_t> list_keys_by(store::Database& database, std::string_view column);

/// The lines of these initiatives in the order of `keys`; keys that are there no more are left out.
std::vector<InitiativeLine> list_lines(store::Database& database,
                                       const std::vector<std::int64_t>& keys);

}  // namespace austral::registry
