// Rows as the JSON that is kept as a record's source, cell for cell, and back.
#include <boost/json.hpp>

#include "base/error.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "standards/mapping/apply.hpp"

namespace austral::mapping {
namespace {

using sheet::CellKind;

constexpr std::string_view kind_letters = "ewndtf";  // in the order of CellKind

void append_cells(std::string& out, const DataRow& row) {
  std::string kinds;
  bool any_kind = false;
  out += "\"columns\":{";
  bool first = true;
  for (const auto& cell : row.cells) {
    out += first ? "" : ",";
    first = false;
    append_json_string(out,
                       is_valid_utf8(cell.header) ? cell.header : make_valid_utf8(cell.header));
    out += ':';
    const std::string text =
        cell.kind == CellKind::date && cell.date ? to_string(*cell.date) : cell.text;
    append_json_string(out, is_valid_utf8(text) ? text : make_valid_utf8(text));
    kinds += kind_letters[std::size_t(cell.kind)];
    any_kind = any_kind || cell.kind != CellKind::words;
  }
  out += '}';
  if (any_kind) out += ",\"kinds\":\"" + kinds + "\"";
  std::string forms;
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    if (row.cells[i].form.empty()) continue;
    forms +=
        (forms.empty() ? "\"" : ",\"") + std::to_string(i) + "\":\"" + row.cells[i].form + "\"";
  }
  if (!forms.empty()) out += ",\"forms\":{" + forms + "}";
}

[[noreturn]] void refuse() {
  throw Error(Kind::invalid, "this is no row that was read by a mapping");
}

DataRow read_row(const boost::json::value& json) {
  if (!json.is_object()) refuse();
  const auto& object = json.get_object();
  DataRow row;
  if (const auto* table = object.if_contains("table")) {
    if (!table->is_int64() || table->get_int64() < 0) refuse();
    row.table = std::size_t(table->get_int64());
  }
  std::string_view kinds;
  if (const auto* letters = object.if_contains("kinds")) {
    if (!letters->is_string()) refuse();
    kinds = letters->get_string();
  }
  const auto* columns = object.if_contains("columns");
  if (!columns || !columns->is_object()) refuse();
  for (const auto& [header, text] : columns->get_object()) {
    if (!text.is_string()) refuse();
    RowCell cell;
    cell.header = std::string(header);
    cell.column = no_column;
    cell.text = std::string(text.get_string());
    const std::size_t n = row.cells.size();
    if (n < kinds.size()) {
      const auto kind = kind_letters.find(kinds[n]);
      if (kind == std::string_view::npos) refuse();
      cell.kind = CellKind(kind);
    }
    if (cell.kind == CellKind::date) cell.date = parse_date(cell.text);
    row.cells.push_back(std::move(cell));
  }
  if (const auto* forms = object.if_contains("forms")) {
    if (!forms->is_object()) refuse();
    for (std::size_t i = 0; i < row.cells.size(); ++i)
      if (const auto* form = forms->get_object().if_contains(std::to_string(i));
          form && form->is_string())
        row.cells[i].form = std::string(form->get_string());
  }
  return row;
}

}  // namespace

std::string write_rows(const std::vector<DataRow>& rows) {
  std::string out = "{\"rows\":[";
  for (std::size_t i = 0; i < rows.size(); ++i) {
    out += i ? ",{" : "{";
    if (rows[i].table) out += "\"table\":" + std::to_string(rows[i].table) + ",";
    append_cells(out, rows[i]);
    out += '}';
  }
  return out + "]}";
}

std::string name_edition(const KnownMapping& known) {
  return "mapping@" + known.mapping->name + "/" + known.digest;
}

std::string digest_in(std::string_view format) {
  const auto slash = format.find('/');
  return std::string(slash == std::string_view::npos ? "" : format.substr(slash + 1));
}

KeptRows read_rows(std::string_view text) {
  boost::system::error_code error;
  const auto json = boost::json::parse(text, error);
  if (error || !json.is_object()) refuse();
  const auto& object = json.get_object();
  KeptRows kept;
  if (const auto* digest = object.if_contains("digest")) {
    if (!digest->is_string()) refuse();
    kept.digest = std::string(digest->get_string());
  }
  const auto* rows = object.if_contains("rows");
  if (!rows || !rows->is_array() || rows->get_array().empty()) refuse();
  for (const auto& row : rows->get_array()) kept.rows.push_back(read_row(row));
  return kept;
}

}  // namespace austral::mapping
