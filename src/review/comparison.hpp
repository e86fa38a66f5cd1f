// Two of a kind side by side: two countries, two organizations, two groupings.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "review/profiles.hpp"

namespace austral::review {

/// What a person may mean by what they typed: a country, a grouping or organizations, by code or
/// name in any of the languages; the likeliest first. Shape: at most `limit`.
std::vector<Subject> find_subjects(store::Database& database, std::string_view typed,
                                   std::size_t limit = 8);

/// Two subjects of one kind.
struct Pair {
  Subject a, b;
};

/// The same figures of both. Shape: role, measure (initiatives, or committed or disbursed dollars),
/// a, b.
Table compare_overview(CubeCounts& cube, Names& names, const Pair& pair);

/// One side of both by a dimension, as make_breakdown() has it. Shape: the dimension, name,
/// a_initiatives, b_initiatives, a_disbursed_usd, b_disbursed_usd.
Table compare_breakdown(CubeCounts& cube, Names& names, const Pair& pair, std::string_view role,
                        std::string_view by);

/// Partners that stand beside both. Shape: partner, name, role,
/// a_initiatives, b_initiatives.
Table compare_partners(CubeCounts& cube, Names& names, const Pair& pair);

/// Initiatives in which both stand, whatever their roles. Shape: identifier, title, start; at most
/// `limit`, total_rows of all.
Table compare_initiatives(store::Database& database, CubeCounts& cube, Names& names,
                          const Pair& pair, std::size_t limit);

}  // namespace austral::review
