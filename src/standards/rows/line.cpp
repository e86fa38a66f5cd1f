// Matches headers, and writes and reads a record's rows as JSON.
#include "standards/rows/line.hpp"

#include <boost/json.hpp>

#include "base/error.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "base/tsv.hpp"
#include "standards/rows/row.hpp"
#include "standards/sheet/workbook.hpp"

namespace austral::rows {
namespace {

Home parse_home(std::string_view word) {
  static const std::pair<std::string_view, Home> homes[] = {
      {"key", Home::key},    {"record", Home::record}, {"list", Home::list},
      {"part", Home::part},  {"amount", Home::amount}, {"label", Home::label},
      {"extra", Home::extra}};
  for (const auto& [name, home] : homes)
    if (name == word) return home;
  throw Error(Kind::invalid, "'" + std::string(word) + "' is no home of a column");
}

}  // namespace

std::string match_key(std::string_view header) {
  std::string key;
  for (const char c : fold(header))
    if (c != ' ' && c != '_' && c != '-' && c != '\'') key += c;
  return key;
}

Columns::Columns(const char* table) {
  const TsvTable rows = read_embedded_table(table);
  const auto name = rows.column("name"), home = rows.column("home"), also = rows.column("also");
  const auto call = [this](std::string_view spelling) {
    spelled_.emplace(spelling, columns_.size());
    places_.emplace(match_key(spelling), columns_.size());
  };
  for (const auto row : rows.rows()) {
    call(row[name]);
    if (!row[also].empty())
      for (const auto other : split(row[also], '|')) call(other);
    columns_.push_back({row[name], parse_home(row[home])});
  }
}

std::size_t Columns::find(std::string_view header) const {
  if (const auto same = spelled_.find(header); same != spelled_.end()) return same->second;
  const auto place = places_.find(match_key(header));
  return place == places_.end() ? none : place->second;
}

Line empty_line(const Columns& columns) {
  Line line;
  line.values.resize(columns.size());
  line.headers.resize(columns.size());
  line.cells.resize(columns.size(), standards::RowPlace::nowhere);
  return line;
}

std::string Line::cell(const Columns& columns, std::size_t column) const {
  if (place && cells[column] != standards::RowPlace::nowhere)
    return sheet::name_cell(place->sheet, cells[column], place->row);
  const std::string name(headers[column].empty() ? columns.name(column)
                                                 : std::string_view(headers[column]));
  if (place) return "row " + std::to_string(place->row) + ", column '" + name + "'";
  return "row " + std::to_string(n + 1) + " of the record, column '" + name + "'";
}

/// What our own CSV writer (and a spreadsheet's user) puts before words that look like a formula.
std::string_view trim_cell(std::string_view cell) {
  cell = trim(cell);
  if (cell.size() > 1 && cell[0] == '\'' &&
      std::string_view("=+-@\t\r").find(cell[1]) != std::string_view::npos)
    cell.remove_prefix(1);
  return trim(cell);
}

void append_row(std::string& json, const NamedCells& cells) {
  json += "{\"columns\":{";
  bool first = true;
  for (const auto& [name, text] : cells) {
    if (text.empty()) continue;
    if (!first) json += ',';
    first = false;
    append_json_string(json, make_valid_utf8(name));
    json += ':';
    append_json_string(json, make_valid_utf8(text));
  }
  json += "}}";
}

std::string join_rows(const std::vector<std::string>& rows,
                      const std::vector<std::pair<std::string, std::string>>& file) {
  std::string json = "{\"rows\":[";
  for (std::size_t i = 0; i < rows.size(); ++i) json += (i ? "," : "") + rows[i];
  json += "]";
  if (!file.empty()) {
    json += ",\"file\":{";
    for (std::size_t i = 0; i < file.size(); ++i) {
      if (i) json += ',';
      append_json_string(json, file[i].first);
      json += ':';
      append_json_string(json, file[i].second);
    }
    json += "}";
  }
  return json + "}";
}

namespace {

std::string_view text_in(const boost::json::value& value) {
  if (!value.is_string()) throw Error(Kind::invalid, "a cell of a kept row is no text");
  return value.get_string();
}

/// A later column of the same standard column stands beside, unless the first was empty.
void put(Line& line, const Columns& columns, std::string_view name, std::string_view text,
         std::uint32_t cell) {
  const auto column = columns.find(name);
  if (column == Columns::none || !line.values[column].empty()) {
    line.others.emplace_back(name, trim_cell(text));
    return;
  }
  line.values[column] = trim_cell(text);
  line.headers[column] = name;
  line.cells[column] = cell;
}

void read_others(Line& line, const Columns& columns) {
  for (std::size_t i = 0; i < line.others.size(); ++i) {
    if (match_key(line.others[i].first) != "othercolumns") continue;
    boost::system::error_code error;
    const auto json = boost::json::parse(line.others[i].second, error);
    if (error || !json.is_object()) return;
    line.others.erase(line.others.begin() + std::ptrdiff_t(i));
    for (const auto& item : json.get_object()) {
      if (!item.value().is_string()) continue;
      const auto text = trim(std::string_view(item.value().get_string()));
      // Columns that an export has no room for stand here under their own names.
      const auto column = columns.find(item.key());
      if (column != Columns::none && columns.name(column) == item.key() &&
          line.values[column].empty())
        line.values[column] = text;
      else
        line.others.emplace_back(item.key(), text);
    }
    return;
  }
}

}  // namespace

std::vector<Line> read_rows(std::string_view json, const Columns& columns,
                            const std::vector<standards::RowPlace>& places) {
  boost::system::error_code error;
  const auto parsed = boost::json::parse(json, error);
  if (error || !parsed.is_object() || !parsed.get_object().contains("rows") ||
      !parsed.get_object().at("rows").is_array())
    throw Error(Kind::invalid, "the kept rows of a record are not JSON of the form {\"rows\":[]}");
  std::vector<Line> lines;
  for (const auto& row : parsed.get_object().at("rows").get_array()) {
    auto& line = lines.emplace_back(empty_line(columns));
    line.n = lines.size() - 1;
    if (line.n < places.size()) line.place = &places[line.n];
    const auto* cells = row.is_object() ? row.get_object().if_contains("columns") : nullptr;
    if (!cells || !cells->is_object()) throw Error(Kind::invalid, "a kept row has no columns");
    std::size_t i = 0;
    for (const auto& cell : cells->get_object()) {
      const bool known = line.place && i < line.place->columns.size();
      put(line, columns, cell.key(), text_in(cell.value()),
          known ? line.place->columns[i] : standards::RowPlace::nowhere);
      ++i;
    }
    read_others(line, columns);
  }
  if (const auto* file = parsed.get_object().if_contains("file"); file && file->is_object())
    for (const auto& item : file->get_object())
      for (auto& line : lines) {
        const auto column = columns.find(item.key());
        if (column != Columns::none && line.values[column].empty())
          line.values[column] = text_in(item.value());
      }
  return lines;
}

}  // namespace austral::rows
