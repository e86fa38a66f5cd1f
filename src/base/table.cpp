// Cutting tables to the columns that a page or a terminal has room for.
#include "base/table.hpp"

namespace austral {

Table select_columns(const Table& table, const std::vector<std::string>& names) {
  std::vector<std::size_t> places;
  for (const auto& name : names)
    for (std::size_t i = 0; i < table.columns.size(); ++i)
      if (table.columns[i].name == name) places.push_back(i);
  Table selected = table;
  selected.columns.clear();
  for (const auto place : places) selected.columns.push_back(table.columns[place]);
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    selected.rows[row].clear();
    for (const auto place : places) selected.rows[row].push_back(table.rows[row][place]);
  }
  return selected;
}

}  // namespace austral
