// How somebody's own sheet becomes records: a mapping is data, read from YAML, proposed from
// headers and values, corrected by a person and kept for next year's sheet.
#pragma once

#include <boost/describe.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/digest.hpp"

namespace austral::mapping {

/// What a row must hold for something to apply to it.
enum class Test { is, is_not, starts, contains, empty, filled };
BOOST_DESCRIBE_ENUM(Test, is, is_not, starts, contains, empty, filled)

/// A test of one column's cell. Words are compared folded (base/text.hpp): neither case nor
/// accents matter.
struct Condition {
  std::string column;
  Test test = Test::is;
  std::vector<std::string> words;  ///< any of them; none for `empty` and `filled`
  std::string because;             ///< said with the number of rows that were left out
  bool operator==(const Condition&) const = default;
};

/// How one field of a record comes from the sheet.
struct FieldRule {
  std::string field;  ///< of THE TABLE of fields (fields.hpp): `title`, `amount`, `recipient` ...
  std::size_t item = 1;  ///< which of several contributions, documents ...: `amount 2` is 2
  std::string lang;      ///< of texts: `title fr`
  std::vector<std::string> columns;  ///< headers; the first that is filled, or all with `join`
  std::string value;                 ///< a constant, or what stands where the cell is empty
  std::string join;                  ///< what stands between the cells of several columns
  std::string split;                 ///< separator of several values in a cell
  std::string prefix;                ///< before each value: `AIDDATA-`
  std::string part;  ///< `before` or `after` the last separator in a value: `before ,`
  std::string form;  ///< words about how a value is written: `dmy`, `million`, `comma`
  std::vector<std::pair<std::string, std::string>> values;  ///< cell's words -> what is meant
  bool once = false;  ///< of amounts: repeated in further rows of an initiative, it is the same
  std::optional<Condition> when;
  bool operator==(const FieldRule&) const = default;
};

/// One table of a workbook. A sheet may hold several, one below another.
struct TableRule {
  std::string sheet;            ///< by name, `*` for any letters; empty: the first with the header
  std::uint64_t header = 0;     ///< row of the headers; 0: found by their names
  std::size_t header_rows = 1;  ///< headers may be spread over rows: `Budget` over `2015`
  bool sections = false;        ///< a row with one cell names what the rows below belong to
  std::vector<std::string> fill;  ///< columns whose empty cells repeat the cell above
  std::vector<Condition> leave_out;
  std::vector<FieldRule> fields;
  bool operator==(const TableRule&) const = default;
};

/// A mapping of one kind of sheet. Shape and words of its YAML: docs/mappings.md.
struct Mapping {
  std::string name;  ///< `brazil-2005-2011`
  std::string title;
  std::string source;             ///< who publishes such sheets, and where
  std::string language;           ///< of texts
  bool grouped = false;           ///< rows with one identifier are one initiative
  std::vector<FieldRule> fields;  ///< of all tables
  std::vector<TableRule> tables;  ///< at least one
  bool operator==(const Mapping&) const = default;
};

/// Columns that stand for something else than a cell of the row.
inline constexpr std::string_view section_column = "(section)", sheet_column = "(sheet)",
                                  start_column = "(start)";  ///< the day the initiative began
/// In a column's name: any year, which is then the contribution's (`Budget {year}`).
inline constexpr std::string_view year_mark = "{year}";

/// Throws: Error::invalid naming line, word and remedy.
Mapping read_mapping(std::string_view yaml);
/// The same mapping as YAML; read_mapping() gives it back.
std::string write_mapping(const Mapping& mapping);
/// What is wrong with a mapping that was put together by other means than read_mapping(); empty
/// when nothing is.
std::vector<std::string> check_mapping(const Mapping& mapping);
/// Names a mapping's content, whatever its layout: 16 hexadecimal digits.
std::string digest_of(const Mapping& mapping);

/// Calls `visit(rule)` for every rule that applies to a table's rows.
template <class Visit>
void for_each_rule(const Mapping& mapping, std::size_t table, Visit visit) {
  for (const auto& rule : mapping.fields) visit(rule);
  for (const auto& rule : mapping.tables[table].fields) visit(rule);
}

/// The nearest of `words` to a mistyped one; empty when none is near.
std::string nearest_word(std::string_view word, const std::vector<std::string>& words);

}  // namespace austral::mapping
