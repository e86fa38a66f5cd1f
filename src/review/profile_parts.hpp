// What the tables of profiles, groupings and comparisons share.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "review/profiles.hpp"
#include "review/report_rows.hpp"

namespace austral::review {

/// A table with the words `profile.NAME.title` and `.definition`, said of `subject`.
/// Shape: columns are `column.profile.NAME` in the catalogue.
Table begin_profile_table(CubeCounts& cube, const Language& words, std::string name,
                          const std::string& key, const std::string& subject,
                          const std::vector<ColumnShape>& columns);

/// Dollars of a sum; nothing where nothing was published.
Cell usd_or_unknown(const std::optional<std::int64_t>& cents);

/// Alpha-2 and sums of everybody who stands on one side of any initiative, by a dimension.
std::vector<CubeRow> sum_by(CubeCounts& cube, std::string_view by,
                            std::vector<registry::Filter> filters = {});

/// A value of a cube's dimension in words; an empty one is not stated.
std::string name_value(Names& names, std::string_view by, const std::string& value);

/// What the list of initiatives calls a dimension of the cube.
std::string filter_name(std::string_view by);

}  // namespace austral::review
