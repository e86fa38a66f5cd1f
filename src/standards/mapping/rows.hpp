// The rows of a workbook as a mapping sees them: headers found, sections and empty cells filled
// in, rows that are no data left out, and every row accounted for.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/finding.hpp"
#include "standards/mapping/mapping.hpp"
#include "standards/sheet/workbook.hpp"

namespace austral::mapping {

/// One filled cell under its header.
struct RowCell {
  std::string header;
  std::size_t column = 0;  ///< from 0; no_column of what stands in no cell of the row
  sheet::CellKind kind = sheet::CellKind::words;
  std::string text;
  std::optional<Date> date;
  std::string form;  ///< what the whole column tells of how it is written: `comma`, `dmy`
};
inline constexpr std::size_t no_column = std::size_t(-1);

/// One row of data.
struct DataRow {
  std::size_t table = 0;  ///< of the mapping
  std::string sheet;
  std::uint64_t number = 0;  ///< 0: read again from a kept source
  std::vector<RowCell> cells;

  /// The cell under a header, compared folded; nullptr where it is empty.
  const RowCell* find(std::string_view header) const;
};

/// Where the rows of one sheet went; the parts add up to `rows`.
struct RowTally {
  std::string sheet;
  std::uint64_t rows = 0, above = 0, headers = 0, sections = 0, tags = 0, totals = 0, notes = 0,
                data = 0;
  std::map<std::string, std::uint64_t> left_out;  ///< by the reason a mapping gives
};

bool holds(const Condition& condition, const DataRow& row);

/// Folds a header for comparison; remembers what it folded.
const std::string& fold_header(std::string_view header);

/// A column's name with {year} in it fits a header: the year.
std::optional<int> match_year(std::string_view pattern, std::string_view header);

/// A sheet's name as a mapping gives it, both folded: `*` stands for any letters.
bool fits_glob(std::string_view pattern, std::string_view name);

/// How many of a table's rules find their column among headers.
struct HeaderFit {
  std::size_t found = 0, rules = 0;
  bool is_header() const { return found * 2 >= rules && found >= std::min<std::size_t>(2, rules); }
};
HeaderFit fit_headers(const Mapping& mapping, std::size_t table,
                      const std::vector<std::string>& headers);

/// The names of a row of headers: texts with their columns; empty ones get `Column F`, repeated
/// ones a number.
struct Header {
  std::size_t column = 0;
  std::string name;
};
std::vector<Header> name_headers(const std::vector<sheet::SheetRow>& rows);

/// Whether a row with one text in its first column, and nothing beside it, is a note.
enum class NoteLikeness {
  none,
  at_the_end,  ///< where no row of data follows
  sure         ///< by its first words
};
NoteLikeness judge_note(const sheet::SheetRow& row, const std::vector<Header>& headers);
Finding tell_note(const DataRow& row);

/// The merged cells of a sheet, and the headers that they stand in or below.
struct MergesOfSheet {
  const std::vector<sheet::SheetMerge>& merges;
  const std::vector<std::pair<std::uint64_t, std::uint64_t>>& header_rows;  ///< first, last
  const std::vector<Header>& headers;
  std::string sheet;
  std::vector<std::string> fill;  ///< columns whose empty cells repeat the one above
};
/// Merged headers stand for each of their columns; merged data is a question to the mapping.
Findings tell_merges(const MergesOfSheet& sheet);

/// Reads all tables of a mapping from a workbook, row by row.
class TableRows {
 public:
  /// `only_sheet` empty: the sheets that the mapping names.
  TableRows(sheet::Workbook& workbook, const Mapping& mapping, std::string only_sheet);
  ~TableRows();

  /// Throws: Error::invalid when the column of the identifier is missing.
  bool next(DataRow& row);
  bool damaged() const;
  std::uint64_t bytes_read() const;
  const Findings& findings() const;  ///< complete at the end
  const std::vector<RowTally>& tallies() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace austral::mapping
