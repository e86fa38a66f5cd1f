// Choosing a writer, and the two plain ones: CSV and JSON.
#include "standards/sheet/table_writers.hpp"

#include <algorithm>
#include <charconv>

#include "base/date.hpp"
#include "base/error.hpp"
#include "base/json.hpp"
#include "base/text.hpp"

namespace austral::sheet {
namespace {

bool holds_words(ColumnKind kind) { return kind == ColumnKind::text || kind == ColumnKind::code; }

bool starts_like_formula(std::string_view text) {
  return !text.empty() && std::string_view("=+-@\t\r").find(text[0]) != std::string_view::npos;
}

// A text that stands in a column of figures is safe only if it is a figure.
bool needs_guard(std::string_view text, ColumnKind kind) {
  if (!starts_like_formula(text)) return false;
  return holds_words(kind) || !parse_decimal(text);
}

void append_integer(std::string& out, std::int64_t number) {
  char digits[24];
  out.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
}

// A semicolon is quoted too: Excel separates by it in countries that write decimals with a comma.
void append_csv_text(std::string& out, std::string_view text, bool guarded) {
  const bool quoted = guarded || text.find_first_of(",;\"\r\n\t") != std::string_view::npos ||
                      text.starts_with(' ') || text.ends_with(' ');
  if (!quoted) {
    out += text;
    return;
  }
  out += guarded ? "\"'" : "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

void append_csv_cell(std::string& out, const Cell& cell, ColumnKind kind) {
  if (const auto* number = std::get_if<std::int64_t>(&cell)) {
    append_integer(out, *number);
  } else if (const auto* decimal = std::get_if<Decimal>(&cell)) {
    out += to_string(*decimal);
  } else if (const auto* text = std::get_if<std::string>(&cell)) {
    const bool guarded = needs_guard(*text, kind);
    if (is_valid_utf8(*text))
      append_csv_text(out, *text, guarded);
    else
      append_csv_text(out, make_valid_utf8(*text), guarded);
  }
}

void append_json_text(std::string& out, std::string_view text) {
  if (is_valid_utf8(text))
    append_json_string(out, text);
  else
    append_json_string(out, make_valid_utf8(text));
}

void append_member(std::string& out, std::string_view name, std::string_view text) {
  append_json_string(out, name);
  out += ':';
  append_json_text(out, text);
  out += ",\n";
}

void append_json_cell(std::string& out, const Cell& cell, ColumnKind kind) {
  const bool as_text = kind == ColumnKind::money || kind == ColumnKind::share;
  if (const auto* number = std::get_if<std::int64_t>(&cell)) {
    if (as_text) out += '"';
    append_integer(out, *number);
    if (as_text) out += '"';
  } else if (const auto* decimal = std::get_if<Decimal>(&cell)) {
    append_json(out, *decimal);
  } else if (const auto* text = std::get_if<std::string>(&cell)) {
    append_json_text(out, *text);
  } else {
    out += "null";
  }
}

void append_json_column(std::string& out, const Column& column) {
  out += "{\"name\":";
  append_json_text(out, column.name);
  out += ",\"title\":";
  append_json_text(out, column.title);
  out += ",\"kind\":";
  append_json(out, column.kind);
  out += ",\"unit\":";
  append_json_text(out, column.unit);
  out += ",\"definition\":";
  append_json_text(out, column.definition);
  out += '}';
}

template <class Items, class Append>
void append_json_list(std::string& out, std::string_view name, const Items& items, Append append) {
  append_json_string(out, name);
  out += ":[";
  std::string_view before = "\n";
  for (const auto& item : items) {
    out += before;
    append(item);
    before = ",\n";
  }
  out += "]";
}

}  // namespace

TableFormat parse_table_format(std::string_view text) {
  if (text == "table") return TableFormat::table;
  if (text == "csv") return TableFormat::csv;
  if (text == "json") return TableFormat::json;
  if (text == "xlsx") return TableFormat::xlsx;
  throw Error(Kind::invalid,
              "no table format '" + std::string(text) + "'; there are table, csv, json and xlsx");
}

std::string_view content_type(TableFormat format) {
  switch (format) {
    case TableFormat::table:
      return "text/plain; charset=utf-8";
    case TableFormat::csv:
      return "text/csv; charset=utf-8; header=present";
    case TableFormat::json:
      return "application/json";
    case TableFormat::xlsx:
      return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  }
  AUSTRAL_ASSERT(false);
}

std::string write_table(const Table& table, TableFormat format, const WriteOptions& options) {
  for (const auto& row : table.rows) AUSTRAL_ASSERT(row.size() == table.columns.size());
  switch (format) {
    case TableFormat::table:
      return write_terminal(table, options);
    case TableFormat::csv:
      return write_csv(table, options);
    case TableFormat::json:
      return write_json(table);
    case TableFormat::xlsx:
      return write_xlsx(table, options);
  }
  AUSTRAL_ASSERT(false);
}

std::string write_csv(const Table& table, const WriteOptions& options) {
  std::string out = options.with_bom ? "\xEF\xBB\xBF" : "";
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (i > 0) out += ',';
    const std::string& name = table.columns[i].name;
    append_csv_text(out, name, starts_like_formula(name));
  }
  out += "\r\n";
  for (const auto& row : table.rows) {
    const std::size_t start = out.size();
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i > 0) out += ',';
      append_csv_cell(out, row[i], table.columns[i].kind);
    }
    if (out.size() == start) out += "\"\"";  // readers would take an empty line for no row
    out += "\r\n";
  }
  return out;
}

std::string write_json(const Table& table) {
  std::string out = "{\n";
  append_member(out, "name", table.name);
  append_member(out, "title", table.title);
  append_member(out, "definition", table.definition);
  append_member(out, "source", table.source);
  append_member(out, "revision", table.revision);
  append_json_list(out, "columns", table.columns,
                   [&](const Column& column) { append_json_column(out, column); });
  out += ",\n";
  append_json_list(out, "rows", table.rows, [&](const std::vector<Cell>& row) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      out += i == 0 ? '{' : ',';
      append_json_text(out, table.columns[i].name);
      out += ':';
      append_json_cell(out, row[i], table.columns[i].kind);
    }
    out += row.empty() ? "{}" : "}";
  });
  out += ",\n\"total_rows\":";
  append_integer(out, static_cast<std::int64_t>(count_all_rows(table)));
  out += ",\n";
  append_json_list(out, "notes", table.notes,
                   [&](const std::string& note) { append_json_text(out, note); });
  out += "\n}\n";
  return out;
}

std::size_t count_all_rows(const Table& table) {
  return std::max(table.total_rows, table.rows.size());
}

std::string heading_of(const Column& column) {
  std::string heading = column.title.empty() ? column.name : column.title;
  if (!column.unit.empty()) heading += " (" + column.unit + ")";
  return heading;
}

}  // namespace austral::sheet
