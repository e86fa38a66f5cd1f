// The CRS door: opens activity files, brings the rows of one activity and year together and reads
// them.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "standards/format.hpp"

namespace austral::crs {

/// Whether a row is the header of a CRS activity file.
bool is_header(const std::vector<std::string>& cells);

/// Throws: Error::not_found; Error::invalid for a file that is no table.
std::unique_ptr<standards::Reader> open(const std::string& path);

/// Reads the rows of one activity in one year; pure, safe on many threads.
standards::Reading read(const standards::Fragment& fragment);

}  // namespace austral::crs
