// What the fuzz targets of sheets share: bytes as a file, and reading all that a file gives.
#pragma once

#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/error.hpp"
#include "base/text.hpp"
#include "standards/sheet/workbook.hpp"

namespace austral::sheet {

/// A file in memory, so that no run touches the disk.
inline std::string path_of_bytes(const std::uint8_t* data, std::size_t size) {
  static int handle = -1;
  if (handle < 0) handle = ::memfd_create("sheet", 0);
  if (handle < 0 || ::ftruncate(handle, 0) != 0) std::abort();
  if (size > 0 && ::pwrite(handle, data, size, 0) != ssize_t(size)) std::abort();
  return "/proc/self/fd/" + std::to_string(handle);
}

/// Reads some rows of every sheet; stops the program where a promise of workbook.hpp is broken.
inline void read_all(const std::string& path, const WorkbookOptions& options = {}) {
  constexpr std::size_t most_rows = 3'000, most_sheets = 5;
  try {
    const auto book = open_workbook(path, options);
    if (book->sheets().empty()) std::abort();
    for (std::size_t i = 0; i < book->sheets().size() && i < most_sheets; ++i) {
      const auto reader = book->open(i);
      SheetRow row;
      std::size_t rows = 0;
      while (rows < most_rows && reader->next(row)) {
        ++rows;
        if (row.cells.empty()) std::abort();
        for (std::size_t k = 0; k < row.cells.size(); ++k) {
          const auto& cell = row.cells[k];
          if (k > 0 && cell.column <= row.cells[k - 1].column) std::abort();
          if (cell.text.empty() || cell.kind == CellKind::empty) std::abort();
          if ((cell.kind == CellKind::date) != cell.date.has_value()) std::abort();
          if (row.find(cell.column) != &cell) std::abort();
        }
      }
      if (reader->damaged() && reader->findings().empty()) std::abort();
      for (const auto& finding : reader->findings())
        if (!is_valid_utf8(finding.message)) std::abort();
    }
  } catch (const Error&) {
  }
}

}  // namespace austral::sheet
