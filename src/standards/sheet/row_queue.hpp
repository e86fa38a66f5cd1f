// Rows that a reader has finished, in the shape that all readers hand over.
#pragma once

#include <deque>
#include <string>

#include "standards/sheet/cell_findings.hpp"
#include "standards/sheet/workbook.hpp"

namespace austral::sheet {

constexpr std::size_t widest_sheet = 16'384;
constexpr std::uint64_t longest_sheet = 1'048'576;
constexpr std::size_t longest_cell = 4 << 20;  ///< a cell of Excel ends at 32,767 characters
constexpr std::size_t longest_row = 64 << 20;
constexpr std::size_t most_merges = 10'000;  ///< that are kept

/// Appends to a cell's text; false, and nothing appended, beyond the limits.
bool append_within(std::string& text, std::string_view bytes, std::size_t& row_bytes);
void tell_cut(CellFindings& found, const std::string& place);

/// Puts a row's cells in the order of columns; of two in one place the first stays, and it is said.
void settle_row(SheetRow& row, const std::string& sheet, CellFindings& found);

/// The remarks that readers of workbooks share.
void tell_formula(CellFindings& found, const std::string& place);
void tell_empty_formula(CellFindings& found, const std::string& place);
void tell_fault(CellFindings& found, const std::string& place, std::string_view fault);
void tell_merged(CellFindings& found, const std::string& place);
void tell_hidden_row(CellFindings& found, const std::string& place);
void tell_hidden_column(CellFindings& found, const std::string& place);

}  // namespace austral::sheet
