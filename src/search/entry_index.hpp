// Makes an index of texts that stand in no register: for measuring, by the same code.
#pragma once

#include <string>
#include <vector>

#include "search/document.hpp"

namespace austral::search {

/// Writes a new index of the entries; an Index opens it.
void write_index(const std::string& path, const std::vector<Entry>& entries);

}  // namespace austral::search
