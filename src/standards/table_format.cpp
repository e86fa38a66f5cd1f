// Recognises tables by their header, wherever it stands among the first rows of a sheet.
#include "base/error.hpp"
#include "base/text.hpp"
#include "standards/format.hpp"
#include "standards/sheet/workbook.hpp"

namespace austral::standards {
namespace {

constexpr int most_rows_looked_at = 30;
constexpr std::size_t most_sheets_looked_at = 50;

const Format* find_format_of(const sheet::SheetRow& row) {
  std::vector<std::string> cells;
  for (const auto& cell : row.cells) {
    if (cells.size() <= cell.column) cells.resize(cell.column + 1);
    cells[cell.column] = trim(cell.text);
  }
  for (const auto& format : formats())
    if (format.is_header && format.is_header(cells)) return &format;
  return nullptr;
}

}  // namespace

const Format* find_table_format(const std::string& path) {
  try {
    const auto book = sheet::open_workbook(path);
    for (std::size_t i = 0; i < book->sheets().size() && i < most_sheets_looked_at; ++i) {
      const auto reader = book->open(i);
      sheet::SheetRow row;
      for (int n = 0; n < most_rows_looked_at && reader->next(row); ++n)
        if (const auto* format = find_format_of(row)) return format;
    }
  } catch (const Error& error) {
    if (error.kind() == Kind::not_found) throw;
  }
  return nullptr;
}

}  // namespace austral::standards
