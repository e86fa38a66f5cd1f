// One row of a published table with its cells under the standard's own columns, and the JSON in
// which the rows of one record are kept as their source.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/finding.hpp"
#include "standards/format.hpp"

namespace austral::rows {

/// Where a column's value goes in a Record.
enum class Home {
  key,     ///< tells the record: provider, identifier, year
  record,  ///< a field of the record
  list,    ///< a classification; a record has those of all its rows
  part,    ///< of the record where all rows agree, else of each row's contributions
  amount,  ///< a contribution
  label,   ///< the name of a code beside it: not kept where our lists know the code
  extra    ///< an Extra, as it stands
};

/// One column of a standard.
struct Column {
  std::string_view name;  ///< as published
  Home home = Home::extra;
};

/// The columns of a standard in their published order, found by name as spelled, else without
/// regard to case, spaces, underscores and hyphens.
class Columns {
 public:
  /// Reads a table of data/ with the columns `name`, `home` and `also` (other names, by `|`).
  explicit Columns(const char* table);
  static constexpr std::size_t none = std::size_t(-1);
  std::size_t find(std::string_view header) const;  ///< `none` for what the standard has not
  const std::vector<Column>& all() const { return columns_; }
  std::size_t size() const { return columns_.size(); }
  std::string_view name(std::size_t column) const { return columns_[column].name; }

 private:
  std::vector<Column> columns_;
  std::unordered_map<std::string_view, std::size_t> spelled_;
  std::unordered_map<std::string, std::size_t> places_;
};

/// How headers are compared.
std::string match_key(std::string_view header);

/// A row: one value a column of the standard, trimmed; what other columns hold stands beside.
struct Line {
  std::vector<std::string> values;
  std::vector<std::pair<std::string, std::string>> others;
  std::vector<std::string> headers;  ///< as the file calls the columns that it has, else empty
  std::vector<std::uint32_t> cells;  ///< where they stand in the sheet, where that is known
  const standards::RowPlace* place = nullptr;
  std::size_t n = 0;  ///< row of the record, from 0

  /// The place of a column's cell in words: `Sheet1!B7`, else `row 2, column 'provider'`.
  std::string cell(const Columns& columns, std::size_t column) const;
};

/// Cells of one row by the file's own headers; empty cells are left out.
using NamedCells = std::vector<std::pair<std::string_view, std::string_view>>;

/// Appends `{"columns":{...}}`. Texts are made valid UTF-8.
void append_row(std::string& json, const NamedCells& cells);
/// The source text of a record: its rows, and what the file as a whole adds to their meaning.
/// Shape: `{"rows":[...],"file":{"BaseYear":"2024"}}`.
std::string join_rows(const std::vector<std::string>& rows,
                      const std::vector<std::pair<std::string, std::string>>& file);
/// Reads what join_rows() wrote; values of the file are put in where a row has none of its own.
/// Throws: Error::invalid for anything else.
std::vector<Line> read_rows(std::string_view json, const Columns& columns,
                            const std::vector<standards::RowPlace>& places);

/// A cell without space around it, and without the apostrophe before words like a formula.
std::string_view trim_cell(std::string_view cell);

}  // namespace austral::rows
