// A measurement as a workbook whose formulas recompute every figure in a spreadsheet program.
#pragma once

#include <string>

#include "measurement/frozen.hpp"

namespace austral::measured {

/// Writes XLSX: sheet `Table` (items, groups and totals as sums over the rows), sheet `Rows` (a
/// contribution a row: inputs in cells of their own, the method's formula over them, conversion,
/// amount), sheet `Counted`, sheet `Left out`, sheet `About` (methodology, prices, revision). Cells
/// with formulas hold our own result, so that it shows where nothing computes; amounts are rounded
/// after summing, as ours are. Texts that begin like formulas stay texts.
/// Throws: Error::unavailable for a file that cannot be written; Error::invalid for more rows than
/// a sheet has (1,048,575).
void write_book(const measurement::Answer& answer, const measurement::Identifiers& identifiers,
                const std::string& language, const std::string& path);

}  // namespace austral::measured
