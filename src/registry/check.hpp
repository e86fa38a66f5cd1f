// What is wrong or weak in a record, whatever its format: the one check before the one save.
#pragma once

#include "base/finding.hpp"
#include "registry/record.hpp"

namespace austral::registry {

/// Findings about codes that no list knows, shares that do not add up, dates out of order, and a
/// record without identifier or publisher (severity `damage`: it cannot be registered).
Findings check(const Record& record);

}  // namespace austral::registry
