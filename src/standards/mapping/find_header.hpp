// Which row of a workbook holds the headers, where nothing says so: below titles, over one row or
// two.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "standards/sheet/workbook.hpp"

namespace austral::mapping {

struct FoundHeader {
  std::size_t sheet = 0;
  std::vector<sheet::SheetRow> rows;  ///< one, or two where the second fills the gaps of the first
};

/// `names`: headers that are known, as header_words(). Throws: Error::invalid when no row looks
/// like headers.
FoundHeader find_header(sheet::Workbook& workbook, const std::string& only_sheet,
                        const std::set<std::string>& names);

}  // namespace austral::mapping
