// How somebody's own sheet becomes records: a mapping is data, read from YAML, proposed from
// headers and values, corrected by a person and kept for next year's sheet.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/finding.hpp"
#include "registry/record.hpp"
#include "standards/sheet/workbook.hpp"

namespace austral::mapping {

/// How one field of a record comes from the sheet.
struct FieldRule {
  std::string field;   ///< of THE TABLE of fields (fields.hpp): `title`, `amount`, `recipient` ...
  std::string column;  ///< its header as it stands; empty: `value` for every row
  std::string value;   ///< a constant, or what stands where the cell is empty
  std::string lang;    ///< of texts
  std::string split;   ///< separator of several values in a cell
  std::string form;    ///< dates: `dmy`, `mdy`, `ymd`, `year`; amounts: `million`, `thousand`
  std::vector<std::pair<std::string, std::string>> values;  ///< cell's words -> code
};

/// A mapping of one kind of sheet. Shape and words of its YAML: docs/mappings.md.
struct Mapping {
  std::string name;  ///< `brazil-2005-2011`
  std::string title;
  std::string source;        ///< who publishes such sheets, and where
  std::string sheet;         ///< by name; empty: the first with the header
  std::uint64_t header = 0;  ///< row of the headers; 0: found by their names
  std::string identifier_prefix;
  std::vector<FieldRule> fields;
};

/// Throws: Error::invalid naming line, word and remedy.
Mapping read_mapping(std::string_view yaml);
/// The same mapping as YAML; read_mapping() gives it back.
std::string write_mapping(const Mapping& mapping);

}  // namespace austral::mapping
