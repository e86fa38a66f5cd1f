// Several rows folded into one record and unfolded again: what all rows agree on is said once, what
// differs is kept row by row.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/record.hpp"
#include "standards/rows/line.hpp"

namespace austral::rows {

/// Keeps as Extras (`tossd/SalaryCost`, `tossd/row 2/SalaryCost`) what a record has no word for.
class Fold {
 public:
  Fold(const std::vector<Line>& lines, const Columns& columns, std::string_view standard)
      : lines_(lines), columns_(columns), prefix_(std::string(standard) + "/") {}

  /// Whether all rows have the same value of a column.
  bool agrees(std::size_t column) const;
  /// Extras for the columns that have no home in the record, for all values on which rows differ,
  /// and for what stands under columns that the standard does not have.
  std::vector<registry::Extra> extras() const;

 private:
  void keep(std::vector<registry::Extra>& extras, std::string_view name, bool whole,
            const std::function<std::string_view(const Line&)>& value) const;

  const std::vector<Line>& lines_;
  const Columns& columns_;
  std::string prefix_;
};

/// What a Fold kept, asked for again.
class Unfold {
 public:
  Unfold(const registry::Record& record, const Columns& columns, std::string_view standard);

  std::size_t rows() const { return rows_; }
  /// A column's kept value in a row; nothing when the record's own fields tell it.
  std::optional<std::string_view> find(std::size_t row, std::size_t column) const;
  /// What stood under other columns, with their names.
  std::vector<std::pair<std::string, std::string>> others(std::size_t row) const;

 private:
  struct Kept {
    std::optional<std::string_view> of_all;
    std::map<std::size_t, std::string_view> by_row;
  };
  const Columns& columns_;
  std::map<std::size_t, Kept> kept_;
  std::vector<std::pair<std::string_view, Kept>> others_;
  std::size_t rows_ = 1;
};

}  // namespace austral::rows
