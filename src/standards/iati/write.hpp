// Records on their way out as IATI 2.03: as they came where they came as IATI, else from what the
// register knows.
#pragma once

#include <string>
#include <string_view>

#include "base/finding.hpp"
#include "registry/record.hpp"

namespace austral::iati {

/// A record as an <iati-activity> or <iati-organisation> of version 2.03, valid by the schema where
/// the record has the days and identifiers that the schema cannot do without; texts and codes that
/// it lacks are written empty. What 2.03 has no place for goes along in elements of our own
/// namespace, which iati::read takes in again; all this is said in `findings`. Read again, it is
/// the same record in in_order().
std::string write_record(const registry::Record& record, Findings& findings);

/// A source as published (`format` as kept: `iati-2.01`), brought to version 2.03 with nothing
/// lost; what was changed is said in `findings`. `updated` is the record's date, which it takes
/// along where the file around it told it. Empty when it is no IATI record.
std::string write_source(std::string_view source, std::string_view format, std::string_view updated,
                         Findings& findings);

}  // namespace austral::iati
