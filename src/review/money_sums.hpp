// Adds up the money of some initiatives, bundle by bundle, where no amount has to be split anew.
#pragma once

#include <optional>

#include "review/cube.hpp"
#include "review/cube_filters.hpp"

namespace austral::review {

/// The contributions of these initiatives that the filters of money let through, as Cube::group()
/// adds them up; initiatives and records are left at 0. `among` has been narrowed by what is asked
/// of initiatives alone. Nothing where the filters ask for parts of amounts that are not split
/// beforehand, or sums do not fit.
std::optional<CubeSums> sum_money(const Cube::Columns& columns, const Wanted& wanted,
                                  Perspective perspective, const Selection& among);

}  // namespace austral::review
