// Lists of objects in a JSON text, cut into records with one text a field.
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "standards/sheet/cell_findings.hpp"
#include "standards/sheet/workbook.hpp"

namespace austral::sheet {

/// Between the values of a list in one cell: mappings split them with `split: line`.
constexpr std::string_view json_joint = "\n";

/// One list of objects, by the keys that lead to it.
struct JsonTable {
  std::string name;  ///< `data.flows`; empty: the whole text is the list
  std::uint64_t records = 0;
  std::vector<std::string> columns;  ///< in the order in which they are first seen
  std::unordered_map<std::string, std::size_t> places;
  bool geographic = false;  ///< of GeoJSON: its fields stand in `properties`
};

/// Reads a JSON text block by block: first for the tables in it, then for the records of one.
class JsonRecords {
 public:
  /// Collects tables into `tables`.
  JsonRecords(std::vector<JsonTable>& tables, CellFindings& found);
  /// Collects the records of a table into `ready`, as rows.
  JsonRecords(const JsonTable& table, CellFindings& found);
  ~JsonRecords();
  JsonRecords(const JsonRecords&) = delete;
  JsonRecords& operator=(const JsonRecords&) = delete;

  /// False when the text is no JSON from there on; the reason stands in the findings.
  bool feed(std::string_view bytes);
  bool finish();
  std::deque<SheetRow> ready;

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace austral::sheet
