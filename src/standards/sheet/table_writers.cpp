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

class CsvWriter : public TableWriter {
 public:
  CsvWriter(Table head, const WriteOptions& options) : head_(std::move(head)) {
    if (options.with_bom) ready_ = "\xEF\xBB\xBF";
    for (std::size_t i = 0; i < head_.columns.size(); ++i) {
      if (i > 0) ready_ += ',';
      const std::string& name = head_.columns[i].name;
      append_csv_text(ready_, name, starts_like_formula(name));
    }
    ready_ += "\r\n";
  }

  std::string write(const std::vector<std::vector<Cell>>& rows) override {
    std::string out = finish();
    for (const auto& row : rows) {
      const std::size_t start = out.size();
      for (std::size_t i = 0; i < row.size(); ++i) {
        if (i > 0) out += ',';
        append_csv_cell(out, row[i], head_.columns[i].kind);
      }
      if (out.size() == start) out += "\"\"";  // readers would take an empty line for no row
      out += "\r\n";
    }
    return out;
  }

  std::string finish() override {
    std::string out;
    out.swap(ready_);
    return out;
  }

 private:
  Table head_;
  std::string ready_;
};

class JsonWriter : public TableWriter {
 public:
  explicit JsonWriter(Table head) : head_(std::move(head)) {
    ready_ = "{\n";
    append_member(ready_, "name", head_.name);
    append_member(ready_, "title", head_.title);
    append_member(ready_, "definition", head_.definition);
    append_member(ready_, "source", head_.source);
    append_member(ready_, "revision", head_.revision);
    if (!head_.query.empty()) append_member(ready_, "query", head_.query);
    if (!head_.query_url.empty()) append_member(ready_, "query_url", head_.query_url);
    if (!head_.licence.empty()) append_member(ready_, "licence", head_.licence);
    if (!head_.made.empty()) append_member(ready_, "made", head_.made);
    append_json_list(ready_, "columns", head_.columns,
                     [&](const Column& column) { append_json_column(ready_, column); });
    ready_ += ",\n\"rows\":[";
    for (const auto& column : head_.columns) {
      std::string name;
      append_json_text(name, column.name);
      names_.push_back(name + ":");
    }
  }

  std::string write(const std::vector<std::vector<Cell>>& rows) override {
    std::string out;
    out.swap(ready_);
    for (const auto& row : rows) {
      out += count_++ == 0 ? "\n{" : ",\n{";
      for (std::size_t i = 0; i < row.size(); ++i) {
        if (i > 0) out += ',';
        out += names_[i];
        append_json_cell(out, row[i], head_.columns[i].kind);
      }
      out += '}';
    }
    return out;
  }

  std::string finish() override {
    std::string out = write({});
    out += "],\n\"total_rows\":";
    append_integer(out, std::int64_t(std::max(head_.total_rows, count_)));
    out += ",\n";
    append_json_list(out, "notes", head_.notes,
                     [&](const std::string& note) { append_json_text(out, note); });
    out += "\n}\n";
    return out;
  }

 private:
  Table head_;
  std::vector<std::string> names_;
  std::string ready_;
  std::size_t count_ = 0;
};

std::string write_whole(const Table& table, TableFormat format, const WriteOptions& options) {
  Table head = table;
  head.rows.clear();
  const auto writer = open_writer(std::move(head), format, options);
  std::string out = writer->write(table.rows);
  out += writer->finish();
  return out;
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
    case TableFormat::table: return "text/plain; charset=utf-8";
    case TableFormat::csv: return "text/csv; charset=utf-8; header=present";
    case TableFormat::json: return "application/json";
    case TableFormat::xlsx:
      return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  }
  AUSTRAL_ASSERT(false);
}

std::string write_table(const Table& table, TableFormat format, const WriteOptions& options) {
  for (const auto& row : table.rows) AUSTRAL_ASSERT(row.size() == table.columns.size());
  switch (format) {
    case TableFormat::table: return write_terminal(table, options);
    case TableFormat::csv: return write_csv(table, options);
    case TableFormat::json: return write_json(table);
    case TableFormat::xlsx: return write_xlsx(table, options);
  }
  AUSTRAL_ASSERT(false);
}

std::unique_ptr<TableWriter> open_writer(Table head, TableFormat format,
                                         const WriteOptions& options) {
  switch (format) {
    case TableFormat::csv: return std::make_unique<CsvWriter>(std::move(head), options);
    case TableFormat::json: return std::make_unique<JsonWriter>(std::move(head));
    case TableFormat::xlsx: return open_xlsx(std::move(head), options);
    case TableFormat::table:
      break;  // needs all rows before the first: its columns are as wide as their widest text
  }
  AUSTRAL_ASSERT(false);
}

std::function<bool(std::string&)> write_parts(TableStream stream, TableFormat format,
                                              const WriteOptions& options) {
  std::shared_ptr<TableWriter> writer = open_writer(std::move(stream.head), format, options);
  return [writer = std::move(writer), next = std::move(stream.next)](std::string& out) {
    std::vector<std::vector<Cell>> rows;
    const bool more = next(rows);
    out += writer->write(rows);
    if (!more) out += writer->finish();
    return more;
  };
}

std::string write_csv(const Table& table, const WriteOptions& options) {
  return write_whole(table, TableFormat::csv, options);
}

std::string write_json(const Table& table) { return write_whole(table, TableFormat::json, {}); }

std::string write_xlsx(const Table& table, const WriteOptions& options) {
  return write_whole(table, TableFormat::xlsx, options);
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
