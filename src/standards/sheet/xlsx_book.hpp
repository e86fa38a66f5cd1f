// A workbook of Office Open XML on its way in: its parts, styles and sheets.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "standards/sheet/archive.hpp"
#include "standards/sheet/cell_findings.hpp"
#include "standards/sheet/cell_forms.hpp"
#include "standards/sheet/string_pool.hpp"
#include "standards/sheet/workbook.hpp"

namespace austral::sheet {

/// What the sheets of a workbook share.
struct XlsxBook {
  std::string path;
  std::shared_ptr<Spool> kept;  ///< the file behind `path` when it is a temporary one
  std::vector<SheetInfo> sheets;
  std::vector<std::string> parts;  ///< of each sheet; empty: missing
  std::vector<CellForm> forms;     ///< of each cell style
  bool from_1904 = false;
  std::string strings_part;
  std::shared_ptr<const StringPool> strings;  ///< read when a sheet is first opened
  CellFindings findings;
};

/// Throws: Error::invalid when it is no workbook, saying what is missing.
std::shared_ptr<XlsxBook> read_xlsx_book(const std::string& path, std::shared_ptr<Spool> kept);
std::unique_ptr<SheetReader> open_xlsx_sheet(const std::shared_ptr<XlsxBook>& book,
                                             std::size_t sheet);
/// What the writer calls `_x000D_` is a carriage return. Source: ECMA-376 part 1, 22.4.2.4.
void decode_escapes(std::string& text);

}  // namespace austral::sheet
