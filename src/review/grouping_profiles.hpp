// Groupings of countries: what their members give and get, in the years of their membership.
#pragma once

#include <string>
#include <vector>

#include "base/table.hpp"
#include "review/counts.hpp"
#include "review/names.hpp"

namespace austral::review {

/// All groupings by kind. Shape: grouping, name, grouping_kind, members (today), provides,
/// given_usd, receives, received_usd.
Table make_groupings(CubeCounts& cube, Names& names);

/// Who belongs to a grouping, and since when; figures are those of the years of membership.
/// Shape: country, name, years, provides, given_usd, receives, received_usd.
Table make_members(CubeCounts& cube, Names& names, const std::string& grouping);

/// What stays among members and what crosses the grouping's border. Shape: three rows of
/// exchange, initiatives, committed_usd, disbursed_usd: among members, from members to others,
/// from others to members. An initiative with a member and another on the same side counts among
/// members only, so that the rows add up to what members provide, and to what they receive.
Table make_exchange(CubeCounts& cube, Names& names, const std::string& grouping);

/// The groupings of a country, today's first. Shape: grouping, name, grouping_kind, years.
Table make_memberships(CubeCounts& cube, Names& names, const std::string& country);

/// Countries in the same income group, economic communities and regional commission, those that
/// share most first; the country itself leads. Shape: country, name, shared (labels), provides,
/// given_usd, receives, received_usd. Links lead to the comparison of both.
Table make_neighbours(CubeCounts& cube, Names& names, const std::string& country);

}  // namespace austral::review
