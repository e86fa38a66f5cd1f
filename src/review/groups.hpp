// Answers of the cube as tables: codes and names of each dimension, counts, dollars, where to look.
#pragma once

#include <string>
#include <string_view>

#include "base/table.hpp"
#include "review/cube.hpp"

namespace austral::review {

/// The name under which a list of initiatives is filtered by a dimension of the cube: `sector` for
/// sector_block, sector and purpose, `recipient_in` for recipient.KIND.
std::string filter_of(std::string_view dimension);

/// Shape: for each dimension a column with its code (`recipient`) and, where codes have names, one
/// with its name (`recipient_name`); then initiatives, records, contributions, dollars. Each row
/// opens onto `list` (a site path, with its own query or without) narrowed to the group. Notes tell
/// the total, and why rows do not add up to it where they overlap.
Table tabulate_groups(store::Database& database, const CubeQuestion& question,
                      const CubeAnswer& answer, const std::string& language,
                      const std::string& list = "/initiatives");

}  // namespace austral::review
