// What readers of workbooks say and do alike.
#include "standards/sheet/row_queue.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace austral::sheet {

bool append_within(std::string& text, std::string_view bytes, std::size_t& row_bytes) {
  if (text.size() + bytes.size() > longest_cell || row_bytes + bytes.size() > longest_row)
    return false;
  row_bytes += bytes.size();
  text += bytes;
  return true;
}

void tell_cut(CellFindings& found, const std::string& place) {
  found.add(Severity::error, "cell.long", place,
            "the text was cut: a cell may hold 4 MB and a row 64 MB here; a cell of Excel ends at "
            "32,767 characters");
}

void settle_row(SheetRow& row, const std::string& sheet, CellFindings& found) {
  const auto before = [](const SheetCell& a, const SheetCell& b) { return a.column < b.column; };
  if (!std::is_sorted(row.cells.begin(), row.cells.end(), before))
    std::stable_sort(row.cells.begin(), row.cells.end(), before);
  const auto same = [&](const SheetCell& a, const SheetCell& b) {
    if (a.column != b.column) return false;
    found.add(Severity::warning, "cell.twice", name_cell(sheet, a.column, row.number),
              "the cell stands twice in the file; the first was read");
    return true;
  };
  row.cells.erase(std::unique(row.cells.begin(), row.cells.end(), same), row.cells.end());
}

void tell_formula(CellFindings& found, const std::string& place) {
  found.add(Severity::remark, "cell.formula", place,
            "the value is what the formula gave when the workbook was last saved");
}

void tell_empty_formula(CellFindings& found, const std::string& place) {
  found.add(Severity::warning, "cell.formula.empty", place,
            "the formula has no computed value in the file; open the workbook in a spreadsheet "
            "program and save it");
}

void tell_fault(CellFindings& found, const std::string& place, std::string_view fault) {
  found.add(Severity::warning, "cell.fault", place,
            "the cell shows the error " + shorten(fault, 20));
}

void tell_merged(CellFindings& found, const std::string& place) {
  found.add(Severity::remark, "cell.merged", place,
            "cells are merged; their value belongs to the first of them, the others are empty");
}

void tell_hidden_row(CellFindings& found, const std::string& place) {
  found.add(Severity::remark, "row.hidden", place,
            "rows are hidden; they were read like the others");
}

void tell_hidden_column(CellFindings& found, const std::string& place) {
  found.add(Severity::remark, "column.hidden", place,
            "columns are hidden; they were read like the others");
}

}  // namespace austral::sheet
