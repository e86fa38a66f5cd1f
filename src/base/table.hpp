// What every report returns and every page and file renders: typed columns, rows and provenance.
#pragma once

#include <boost/describe.hpp>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/decimal.hpp"

namespace austral {

/// What a column holds; the renderers align, format and type by it.
enum class ColumnKind {
  text,    ///< words
  code,    ///< a code of a published list; never grouped or summed
  number,  ///< a count
  money,   ///< an amount in the unit named by the column's `unit`
  share,   ///< per cent
  date,    ///< ISO date
  year     ///< a calendar year, never grouped
};
BOOST_DESCRIBE_ENUM(ColumnKind, text, code, number, money, share, date, year)

/// One column. `name` is stable (CSV, JSON, API); `title` is for people, already in the reader's
/// language.
struct Column {
  std::string name;
  std::string title;
  ColumnKind kind = ColumnKind::text;
  std::string unit;        ///< shown beside the title: `USD`, `%`
  std::string definition;  ///< what this is, one sentence; may be empty
};

/// A value: nothing (unknown, shown as such and never as zero), a text, a whole number, or a
/// decimal.
using Cell = std::variant<std::monostate, std::string, std::int64_t, Decimal>;

/// Rows under typed columns, with all that a reader needs to trust them.
/// Shape: every row has as many cells as there are columns; `links`, when not empty, one entry a
/// row.
struct Table {
  std::string name;  ///< stable: `flows`
  std::string title;
  std::string definition;  ///< what is counted, and what is not
  std::string source;      ///< where the rows come from
  std::string revision;    ///< the register's revision the answer was made at
  std::vector<Column> columns;
  std::vector<std::vector<Cell>> rows;
  std::vector<std::string> links;  ///< where a row opens to (site path), or empty
  std::vector<std::string> notes;  ///< remarks a reader must see with the figures
  std::size_t total_rows = 0;      ///< of all, when `rows` is one page of them; else rows.size()
  std::string query;               ///< what was asked, in words; empty: everything
  std::string query_url;           ///< the same as an address
  std::string licence;             ///< who may do what with the rows
  std::string made;                ///< when: an ISO time
};

/// The same rows with only these columns, in this order; a name that the table lacks is left out.
Table select_columns(const Table& table, const std::vector<std::string>& names);

/// A table too long to hold: its head, and what appends the next rows.
struct TableStream {
  Table head;  ///< without rows; total_rows 0 where nobody knows before the end
  /// Appends some rows, fewer than fill memory; false when none follow (it may append the last).
  std::function<bool(std::vector<std::vector<Cell>>& rows)> next;
};
TableStream select_columns(TableStream stream, const std::vector<std::string>& names);

}  // namespace austral
