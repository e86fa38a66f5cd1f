// Tables on their way out: for a terminal, a statistician's CSV, a program's JSON, a clerk's XLSX.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/table.hpp"

namespace austral::sheet {

/// The forms a table can leave in; `table` is aligned text for a terminal.
enum class TableFormat { table, csv, json, xlsx };

/// Throws: Error::invalid naming the four.
TableFormat parse_table_format(std::string_view text);
/// For HTTP: `text/csv; charset=utf-8` and the like.
std::string_view content_type(TableFormat format);

/// What differs from reader to reader.
struct WriteOptions {
  bool with_bom = false;        ///< CSV: begin with a byte order mark, by which Excel knows UTF-8
  std::size_t columns = 0;      ///< terminal: columns to fit into; 0 = as wide as it gets
  std::string language = "en";  ///< XLSX: sheets run from right to left for `ar`
};

/// The whole table at once.
std::string write_table(const Table& table, TableFormat format, const WriteOptions& options = {});

/// A table going out part by part; whatever its length, it holds one part of it.
class TableWriter {
 public:
  virtual ~TableWriter() = default;
  /// The bytes that are ready after these rows; the first time with the head.
  /// Shape: as many cells a row as the head has columns.
  virtual std::string write(const std::vector<std::vector<Cell>>& rows) = 0;
  /// The rest, once.
  virtual std::string finish() = 0;
};

/// Takes a table's head (its rows do not matter; its total_rows do). For csv, json and xlsx.
std::unique_ptr<TableWriter> open_writer(Table head, TableFormat format,
                                         const WriteOptions& options = {});

/// What appends the next part of the table's file; false when nothing follows.
std::function<bool(std::string&)> write_parts(TableStream stream, TableFormat format,
                                              const WriteOptions& options = {});

/// RFC 4180 with the columns' names as header. Unknown = empty. Words that a spreadsheet would take
/// for a formula (beginning with = + - @, tab or CR) get an apostrophe before them; numbers do not.
/// Source: RFC 4180, sections 2 and 3; OWASP, CSV Injection.
std::string write_csv(const Table& table, const WriteOptions& options = {});

/// One object with the table's members; `rows` are objects by column name. Whole numbers are JSON
/// numbers; decimals, and all of a money or share column, are strings, so that no reader rounds
/// them. The one JSON shape of tables, for pages, commands and downloads alike.
std::string write_json(const Table& table);

/// A workbook with the rows and, on its last sheet, what they mean (About). Rows beyond the
/// 1,048,575 that Excel holds below a header go on in a further sheet. Numbers of more than 15
/// digits and days before March 1900 are written as text, since Excel cannot hold them.
/// Source: ECMA-376 part 1, 18 (SpreadsheetML).
std::string write_xlsx(const Table& table, const WriteOptions& options = {});
std::unique_ptr<TableWriter> open_xlsx(Table head, const WriteOptions& options);

/// Aligned text. Fits `columns` by shortening texts, the longest column first, then headings;
/// figures and codes are never cut.
std::string write_terminal(const Table& table, const WriteOptions& options = {});

/// How many rows there are in all, also when the table is one page of them.
std::size_t count_all_rows(const Table& table);
/// A column's title with its unit: `Amount (USD)`.
std::string heading_of(const Column& column);

}  // namespace austral::sheet
