// The border: the standard's words on one side, the register's on the other.
#pragma once

#include <string_view>

#include "base/finding.hpp"
#include "registry/record.hpp"
#include "standards/iati/activity.hpp"

namespace austral::iati {

/// Says the same in the register's words. `file_updated` is used where the record has no date-time.
registry::Record to_record(const Activity& activity, std::string_view file_updated,
                           Findings& findings);

}  // namespace austral::iati
