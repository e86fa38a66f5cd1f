// The form of our own: records as a workbook that an office fills offline, and records from it.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.hpp"
#include "registry/record.hpp"
#include "standards/form/columns.hpp"
#include "standards/form/leaves.hpp"
#include "standards/format.hpp"
#include "standards/sheet/workbook.hpp"

namespace austral::form {

/// First words of the hidden first row of every sheet; the sheet's name follows.
inline constexpr std::string_view form_mark = "austral.form.1/";

/// A record on its way into a form, with what is compared when it comes back.
struct GivenRecord {
  registry::Record record;
  std::int64_t key = 0, version = 0;  ///< 0: not of a register
};

/// What the form says of itself.
struct FormHead {
  std::string language = "en";
  std::string query;  ///< what was asked for, in words; may be empty
  std::string date;   ///< of the revision
  std::int64_t revision = 0;
};

/// Writes the form. Throws: Error::invalid for more rows than a sheet holds, Error::unavailable
/// for a file that cannot be written.
void write_form(const std::string& path, const FormHead& head,
                const std::vector<GivenRecord>& records);

/// One row as laid out, in the register's words.
struct LaidRow {
  std::string item;                ///< hidden: number of the element and exact forms of numbers
  std::vector<std::string> cells;  ///< Shape: one a column of the sheet
};
/// Rows of each sheet, by its name. Every value of the record stands in exactly one cell.
using Layout = std::map<std::string_view, std::vector<LaidRow>>;
Layout lay_out(const registry::Record& record);

/// A record as the sheet has it.
struct SheetRecord {
  std::int64_t key = 0, version = 0;  ///< as given out; 0 for one that the office added
  std::string identifier;
  Leaves leaves;  ///< elements numbered as given out, added ones from `added_from`
  std::map<std::string, std::string> cells;  ///< path -> cell that it stands in
  standards::RowPlace place;                 ///< of its row among the initiatives
  std::string rows;                          ///< its rows as JSON, as they stand
};
inline constexpr std::size_t added_from = 1'000'000;

/// A form as read back.
struct ReadForm {
  std::vector<SheetRecord> records;
  std::map<std::pair<std::int64_t, std::int64_t>, std::string> given;  ///< key, version: identifier
  Findings findings;
  bool damaged = false;
};

bool is_form(const std::string& path);
/// Throws: Error::invalid for a workbook that is no form; as open_workbook().
ReadForm read_form(const std::string& path);

/// The value of a cell as a column takes it, or why it does not: what the reader does, and what
/// decides whether a value of a record can stand in a column.
struct TakenValue {
  std::string text;
  std::string trouble;    ///< empty: taken
  bool doubtful = false;  ///< taken as it stands, though no list has it
};
TakenValue take_cell(const FormColumn& column, std::string_view scheme,
                     const sheet::SheetCell& cell);

/// Plain enough to stand in a cell as it is: no control characters, no outer spaces, not too long.
bool is_plain(std::string_view text);

// For THE TABLE of formats.
bool recognise_nothing(std::string_view first_bytes);
std::unique_ptr<standards::Reader> open_form(const std::string& path);
standards::Reading read_fragment(const standards::Fragment& fragment);

}  // namespace austral::form
