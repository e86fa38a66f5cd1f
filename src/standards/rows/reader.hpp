// Reads a published table whose rows tell of records: finds its header, and brings together the
// rows of one record wherever they stand, in bounded memory.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "standards/format.hpp"
#include "standards/rows/line.hpp"

namespace austral::rows {

/// Looks at every row before the first record is handed over, for what only the whole file tells.
class Survey {
 public:
  virtual ~Survey() = default;
  virtual void see(const Line& line) = 0;
  /// Values that rows of this file have where they have none of their own: column and value.
  virtual std::vector<std::pair<std::string, std::string>> file_values() const { return {}; }
  virtual Findings findings() const { return {}; }
};

/// A standard as a table of rows.
struct Layout {
  std::string name;   ///< of the format: `tossd`
  std::string title;  ///< in messages: `TOSSD`
  const Columns& (*columns)();
  bool (*is_header)(const std::vector<std::string>& cells);
  /// Columns that every file of the standard has, by those that this one has.
  std::vector<std::size_t> (*contract)(const std::vector<bool>& has);
  /// What rows of one record have in common; empty: the row stands alone.
  std::string (*key_of)(const Line& line);
  std::function<std::unique_ptr<Survey>()> survey;
};

/// Throws: Error::not_found; Error::invalid for a file that is no table.
std::unique_ptr<standards::Reader> open_rows(const std::string& path, Layout layout);

}  // namespace austral::rows
