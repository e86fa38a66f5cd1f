// Records on their way out as IATI 2.03: as they came where they came as IATI, else from what the
// register knows.
#pragma once

#include <string>
#include <string_view>

#include "base/finding.hpp"
#include "registry/record.hpp"

namespace austral::iati {

/// A record as an <iati-activity> or <iati-organisation> of version 2.03, valid by the schema where
/// the record has what the schema requires; what it lacks, or what 2.03 has no place for, is said
/// in `findings`.
std::string write_record(const registry::Record& record, Findings& findings);

/// A source as published (`format` as kept: `iati-2.01`), brought to version 2.03 with nothing
/// lost; what was changed is said in `findings`.
std::string write_source(std::string_view source, std::string_view format, Findings& findings);

}  // namespace austral::iati
