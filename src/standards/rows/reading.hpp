// The values of a row brought to one form: what every standard of rows does with its codes, lists
// and figures, and what it says by cell when they are wrong.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/decimal.hpp"
#include "base/finding.hpp"
#include "standards/rows/line.hpp"

namespace austral::rows {

bool in_list(std::string_view list, std::string_view code);
/// ASCII letters alone.
std::string upper_code(std::string code);

/// One row on its way to one form; a standard derives from it. Rules are `STANDARD.code.unknown`.
class RowReading {
 protected:
  RowReading(Line& line, const Columns& columns, std::string_view standard, Findings& findings)
      : line_(line), columns_(columns), standard_(standard), findings_(findings) {}

  std::string& value(std::size_t column) { return line_.values[column]; }
  std::string place(std::size_t column) const { return line_.cell(columns_, column); }
  void add(Severity severity, std::string_view rule, std::size_t column, std::string message);
  void add_unknown(std::size_t column, std::string_view code, std::string_view list,
                   std::string_view list_words);

  void ask_for(std::size_t column, Severity severity = Severity::error);
  /// Names of known providers are dropped.
  void read_provider(std::size_t code, std::size_t name);
  void read_recipient(std::size_t code, std::size_t name);
  void read_channel(std::size_t code, std::size_t name);
  /// `refined`: purposes of seven digits refine those of five.
  void read_sector(std::size_t purpose, std::size_t purpose_name, std::size_t sector,
                   std::size_t sector_name, bool refined);
  void read_goals(std::size_t goals);
  /// The figure in plain digits; nothing when it is none. `power`: what it is scaled by when it is
  /// counted; 0 for what is kept alone.
  std::optional<Decimal> read_figure(std::size_t column, int power);

  Line& line_;
  const Columns& columns_;
  std::string standard_;
  Findings& findings_;
};

/// Whether a row is the header of a standard: five known columns, its number among them, and the
/// provider or the year.
bool is_header(const std::vector<std::string>& cells, const Columns& columns, std::size_t number,
               std::size_t provider, std::size_t year);

/// What rows of one record have in common; empty where one of the columns is.
std::string key_of(const Line& line, std::initializer_list<std::size_t> columns);

}  // namespace austral::rows
