// Rows on their way out: cells that no spreadsheet computes, lines of text, and the one writer of
// activity files, whatever their standard.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "standards/export.hpp"
#include "standards/rows/line.hpp"

namespace austral::rows {

/// The column that holds what stood under other columns, as JSON.
inline constexpr std::string_view others_header = "OtherColumns";

/// One cell of a file: words like a formula get an apostrophe, which the reader takes away.
std::string to_cell(std::string_view value);

/// The name beside a code in a list; empty where the list has none.
std::string label_beside(std::string_view list, std::string_view code, const std::string& language);
/// The name of a channel of delivery.
std::string channel_label(const std::string& code);

/// An activity file of a standard.
struct FileRules {
  std::string_view name;   ///< of the format, before its rules: `tossd`
  std::string_view title;  ///< in messages: `TOSSD`
  char separator = ',';
  const Columns& (*columns)();
  std::size_t written = 0;  ///< the first so many columns have their own; others go to OtherColumns
  /// The rows that a record came from; none for a record of another format.
  std::vector<Line> (*to_lines)(const registry::Record& record);
  std::vector<Line> (*fold_foreign)(const registry::Record& record, const std::string& language,
                                    Findings& findings);
  void (*add_labels)(Line& line, const std::string& language);
};
std::unique_ptr<standards::Writer> open_writer(const FileRules& rules);

}  // namespace austral::rows
