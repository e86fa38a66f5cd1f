// Profiles: what a country, an organization or a grouping gives, gets and takes part in, as tables
// made of the cube.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/table.hpp"
#include "review/counts.hpp"
#include "review/names.hpp"

namespace austral::review {

/// One side of somebody: the initiatives in which they stand so.
struct Side {
  std::string role;    ///< `provider`, `recipient`, `facilitator`, `organization`: names its words
  std::string filter;  ///< what the list of initiatives calls it: `provider`, `provider_in` ...
  std::string value;   ///< the code of a country, an organization or a grouping

  registry::Filter filter_of() const;
  /// The address of the list of these initiatives, narrowed by more filters (name and value).
  std::string path(const std::vector<std::pair<std::string, std::string>>& more = {}) const;
};

/// Somebody with a profile.
struct Subject {
  enum class Kind { country, organization, grouping };
  Kind kind = Kind::country;
  std::string code;

  std::string path() const;  ///< the profile's address
  Side side(std::string_view role) const;
  /// The sides that are told in full: of an organization, that it takes part.
  std::vector<Side> sides() const;
  /// All ways to take part that the subject can have, an organization's functions among them.
  std::vector<Side> roles() const;
};

/// The subject's name in the language of `names`.
std::string name_subject(const Subject& subject, Names& names);

/// What everything in one side adds up to, each initiative and contribution once.
CubeSums sum_side(CubeCounts& cube, const Side& side);

/// One row a role in which the subject stands.
/// Shape: role, initiatives, budgeted_usd, committed_usd, disbursed_usd, unpriced.
Table make_overview(CubeCounts& cube, Names& names, const Subject& subject);

/// One side by a dimension of the cube: `recipient`, `provider`, `sector`, `goal`, `year`,
/// `framework`; most initiatives first, years newest first. The note gives what all rows add up to.
/// Shape: the dimension's name, name, initiatives, budgeted_usd, committed_usd, disbursed_usd,
/// unpriced.
Table make_breakdown(CubeCounts& cube, Names& names, const Side& side, std::string_view by);

/// Each year, partner and framework of a provider or recipient, every line opening onto its
/// contributions. Shape: year, partner, name, framework, then as make_breakdown().
Table make_side_flows(CubeCounts& cube, Names& names, const Side& side);

/// Organizations in the same initiatives. Shape: organization, name, initiatives.
Table make_companions(CubeCounts& cube, Names& names, const Side& side);

/// How well a side is told: by whom, and what its records leave out.
/// Shape: measure, initiatives, share (of the side's initiatives).
Table make_quality(store::Database& database, CubeCounts& cube, Names& names, const Side& side);

/// What an organization's own files plan and spent, as published.
/// Shape: kind, name (for whom), from, until, amount, currency, status.
Table make_own_budgets(store::Database& database, Names& names, const std::string& organization);

}  // namespace austral::review
