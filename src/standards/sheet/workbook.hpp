// Tables on their way in: sheets of a workbook or lines of a delimited text, row by row, in flat
// memory, with everything that is odd about a cell said and nothing guessed silently.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/finding.hpp"

namespace austral::sheet {

/// What the file itself says a cell holds; delimited text knows only `empty` and `words`.
enum class CellKind { empty, words, number, date, truth, fault };

/// One cell that is not empty.
struct SheetCell {
  std::size_t column = 0;  ///< from 0
  CellKind kind = CellKind::words;
  std::string text;  ///< words as they stand; numbers as plain decimal text, `.` and no sign
                     ///< but `-`; `true`, `false`; a fault's own name (`#N/A`)
  std::optional<Date> date;  ///< of `date`
  bool formula = false;      ///< the value is what the writing program last computed
};

/// One row with its cells in the order of columns.
struct SheetRow {
  std::uint64_t number = 0;  ///< as the file counts its rows or lines, from 1
  std::vector<SheetCell> cells;

  /// The cell of a column, or nothing.
  const SheetCell* find(std::size_t column) const;
};

/// A sheet as its workbook lists it.
struct SheetInfo {
  std::string name;  ///< of a delimited text: empty
  bool hidden = false;
};

/// How a delimited text is to be read where the reader's own finding is not wanted.
struct WorkbookOptions {
  std::string member;    ///< of an archive with several tables
  std::string encoding;  ///< ICU's name; empty: found
  char separator = 0;    ///< 0: found
};

/// Cells that are one: the value belongs to the first of them.
struct SheetMerge {
  std::size_t column = 0, last_column = 0;  ///< from 0
  std::uint64_t row = 0, last_row = 0;      ///< from 1
};

/// The rows of one sheet, from first to last; empty rows are left out.
class SheetReader {
 public:
  virtual ~SheetReader() = default;
  virtual bool next(SheetRow& row) = 0;
  virtual const Findings& findings() const = 0;  ///< their `place` is a cell: `Sheet1!B7`
  virtual bool damaged() const = 0;
  virtual std::uint64_t bytes_read() const = 0;  ///< of the file on disk
  /// Known in full at the end of the sheet alone; at most the first 10,000.
  virtual const std::vector<SheetMerge>& merges() const;
};

/// A file of tables.
class Workbook {
 public:
  virtual ~Workbook() = default;
  virtual std::string format() const = 0;  ///< `xlsx`, `xls`, `ods`, `csv`
  virtual const std::vector<SheetInfo>& sheets() const = 0;
  virtual std::unique_ptr<SheetReader> open(std::size_t sheet) = 0;
  virtual const Findings& findings() const = 0;  ///< about the file as a whole
};

/// Opens a workbook or delimited text, also in a zip archive or gzip, by its bytes and never by its
/// name. Throws: Error::not_found; Error::invalid saying what the file is when it has no table.
std::unique_ptr<Workbook> open_workbook(const std::string& path,
                                        const WorkbookOptions& options = {});

/// The tables inside a zip archive, by the names of their files; none for any other file, workbooks
/// among them.
std::vector<std::string> list_members(const std::string& path);

/// `Sheet1!B7`; without a sheet's name `B7`. `column` from 0, `row` from 1.
std::string name_cell(std::string_view sheet, std::size_t column, std::uint64_t row);

}  // namespace austral::sheet
