// JSON that holds a list of objects, read as a sheet: members are columns, nested ones are named by
// their path, and lists stand in one cell with a line for each of their items.
#pragma once

#include <memory>
#include <string>

#include "standards/sheet/workbook.hpp"

namespace austral::mapping {

/// nullptr for a file that does not begin as JSON does. Throws: Error::not_found; Error::invalid
/// for JSON without a list of objects, or too large.
std::unique_ptr<sheet::Workbook> open_json_workbook(const std::string& path);

}  // namespace austral::mapping
