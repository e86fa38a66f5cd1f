// Cutting tables to the columns that a page or a terminal has room for.
#include "base/table.hpp"

namespace austral {
namespace {

std::vector<std::size_t> places_of(const Table& table, const std::vector<std::string>& names) {
  std::vector<std::size_t> places;
  for (const auto& name : names)
    for (std::size_t i = 0; i < table.columns.size(); ++i)
      if (table.columns[i].name == name) places.push_back(i);
  return places;
}

template <class Item>
std::vector<Item> pick_places(const std::vector<Item>& items,
                              const std::vector<std::size_t>& places) {
  std::vector<Item> picked;
  picked.reserve(places.size());
  for (const auto place : places) picked.push_back(items[place]);
  return picked;
}

}  // namespace

Table select_columns(const Table& table, const std::vector<std::string>& names) {
  const auto places = places_of(table, names);
  Table selected = table;
  selected.columns = pick_places(table.columns, places);
  for (auto& row : selected.rows) row = pick_places(row, places);
  return selected;
}

TableStream select_columns(TableStream stream, const std::vector<std::string>& names) {
  auto places = places_of(stream.head, names);
  TableStream selected{select_columns(stream.head, names), {}};
  selected.next = [places = std::move(places),
                   inner = std::move(stream.next)](std::vector<std::vector<Cell>>& rows) {
    const std::size_t before = rows.size();
    const bool more = inner(rows);
    for (std::size_t i = before; i < rows.size(); ++i) rows[i] = pick_places(rows[i], places);
    return more;
  };
  return selected;
}

}  // namespace austral
