// Rows as a record: what a mapping makes of them, and every cell that it could not read.
#pragma once

#include <string>
#include <vector>

#include "base/finding.hpp"
#include "registry/record.hpp"
#include "standards/mapping/known.hpp"
#include "standards/mapping/mapping.hpp"
#include "standards/mapping/rows.hpp"

namespace austral::mapping {

/// What rows of one initiative say.
struct Applied {
  registry::Record record;
  Findings findings;  ///< their place is a cell: `Sheet1!B7`
  bool usable = true;
};

/// Pure: many threads at once. Shape: at least one row.
Applied apply_mapping(const Mapping& mapping, const std::vector<DataRow>& rows);

/// The identifier that a mapping gives a row; empty when its cells are, or no rule makes one.
std::string identifier_of(const Mapping& mapping, const DataRow& row);

/// What a rule takes from a row, before it is read.
struct Taken {
  std::string text;
  sheet::CellKind kind = sheet::CellKind::words;
  std::optional<Date> date;
  const RowCell* cell = nullptr;  ///< where it stood; nullptr: a constant
  int year = 0;                   ///< of the header of a wide table
};
/// Values keep their places: one that is nothing is empty.
std::vector<Taken> take_values(const FieldRule& rule, const DataRow& row);

/// The rows as the JSON text that is kept as a record's source: what the sheet says, and nothing of
/// the mapping, so that a row under a changed mapping is still the same source.
std::string write_rows(const std::vector<DataRow>& rows);
/// What write_rows() wrote.
struct KeptRows {
  std::string digest;  ///< of the mapping, where an older register has it in the text; else empty
  std::vector<DataRow> rows;
};
/// Throws: Error::invalid for any other text.
KeptRows read_rows(std::string_view text);

/// The format of a record's source, with the mapping's edition: `mapping@brazil/0123456789abcdef`.
std::string name_edition(const KnownMapping& known);
/// The mapping's digest in such a format; empty where it has none.
std::string digest_in(std::string_view format);

}  // namespace austral::mapping
