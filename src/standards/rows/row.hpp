// A row in a standard's own words: its columns by a Field, the same for every standard of rows.
#pragma once

#include <string>
#include <utility>

#include "standards/rows/line.hpp"

namespace austral::rows {

/// A row that has nothing in it.
Line empty_line(const Columns& columns);

/// Shape: `Field` counts the columns of `all` in their order.
template <class Field, const Columns& (*all)()>
class Row {
 public:
  explicit Row(Line line) : line(std::move(line)) {}
  Row() : line(empty_line(all())) {}
  std::string& operator[](Field field) { return line.values[std::size_t(field)]; }
  const std::string& operator[](Field field) const { return line.values[std::size_t(field)]; }
  std::string place(Field field) const { return line.cell(all(), std::size_t(field)); }

  Line line;
};

/// The lines of rows, for what looks at columns alone.
template <class AnyRow>
std::vector<Line> lines_of(const std::vector<AnyRow>& rows) {
  std::vector<Line> lines;
  for (const auto& row : rows) lines.push_back(row.line);
  return lines;
}

}  // namespace austral::rows
