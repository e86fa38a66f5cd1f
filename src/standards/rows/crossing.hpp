// The border that every standard of rows crosses in the same way: what all rows of a record agree
// on stands in the record, what differs with each row's money.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/record.hpp"
#include "standards/rows/fold.hpp"
#include "standards/rows/line.hpp"

namespace austral::rows {

/// A text of which no language is told.
registry::Texts unnamed(std::string_view text);
/// The first text; empty when there is none.
std::string_view only_text(const registry::Texts& texts);
registry::Classification code_of(const char* scheme, std::string_view code,
                                 std::string_view name = {});
void add_once(std::vector<registry::Classification>& all, registry::Classification one);
void add_once(std::vector<registry::Place>& all, registry::Place one);

/// The organization behind a channel of delivery: its own code where it has one, else the name as
/// reported beside the channel's kind.
registry::Party channel_party(std::string_view channel, std::string_view name,
                              std::string_view reported);

/// What stands in a record's identifier: `XM-DAC-431` + `-TOSSD-` + number + `-2024`.
struct RecordNumber {
  std::string number, year;
};
/// Nothing for a record whose identifier is not of that form.
std::optional<RecordNumber> find_number(const registry::Record& record, std::string_view mark);

/// The rows that a record came from: `common`, the amounts that `tell_amount` puts into the row of
/// each, and what was kept row by row.
std::vector<Line> unfold_rows(
    const registry::Record& record, const Unfold& unfold, const Columns& columns,
    const Line& common,
    const std::function<void(const registry::Contribution&, Line&)>& tell_amount);

/// What the reference to another system's number is called.
inline constexpr std::string_view number_type = "ProjectNumber";

/// Crosses the border once for the rows of one activity and year; a standard derives from it.
class Crossing {
 protected:
  Crossing(std::vector<Line> lines, const Columns& columns, std::string_view standard)
      : lines_(std::move(lines)),
        columns_(columns),
        standard_(standard),
        fold_(lines_, columns, standard) {}

  const std::string& value(std::size_t column, std::size_t row = 0) const {
    return lines_[row].values[column];
  }
  bool agrees(std::size_t column) const { return fold_.agrees(column); }

  /// Keeps as an Extra what all rows agree on and the record's own fields do not tell.
  void keep_whole(std::size_t column);
  /// The same for one row.
  void keep(std::size_t row, std::size_t column);

  /// Publisher, identifier, the activity that this is a year of, who funds; false without a year
  /// of four digits, provider and number.
  bool map_identity(registry::Party provider, std::size_t year, std::size_t provider_column,
                    std::size_t number, std::string_view mark);
  void map_number(std::string_view number);
  void add_participation(registry::Function function, registry::Party party);

  /// Exact, or false when 64 bits do not hold it. Shape: `power` 3 for thousands, 6 for millions.
  bool add_amount(registry::ContributionKind kind, std::size_t row, std::size_t column, int power,
                  std::string_view unit);

  /// `put_whole(row)` for the record when all rows are alike, else `put_one(row, contribution)`
  /// for each amount; without any amount all rows stand in the record.
  template <class PutWhole, class PutOne>
  void spread(bool whole, PutWhole&& put_whole, PutOne&& put_one) {
    if (whole) return put_whole(std::size_t(0));
    if (record_.contributions.empty())
      for (std::size_t row = 0; row < lines_.size(); ++row) put_whole(row);
    for (std::size_t i = 0; i < record_.contributions.size(); ++i)
      put_one(row_of_[i], record_.contributions[i]);
  }
  /// The same of classifications: `add(list, row)`.
  template <class Add>
  void classify(std::size_t column, Add&& add) {
    spread(
        agrees(column), [&](std::size_t row) { add(record_.classifications, row); },
        [&](std::size_t row, registry::Contribution& one) { add(one.classifications, row); });
  }
  void map_recipients(std::size_t code, std::size_t name);
  void map_sectors(std::size_t category);
  void map_goals(std::size_t goals);
  void map_finance_types(std::size_t type);
  void map_channels(std::size_t channel, std::size_t name, std::size_t reported);

  /// Says which rows are the same as the one before in every column.
  void report_twice(std::size_t number, Findings& findings) const;

  std::vector<Line> lines_;
  const Columns& columns_;
  std::string standard_;
  Fold fold_;
  registry::Record record_;
  std::vector<std::size_t> row_of_;  // of each contribution
  int year_ = 0;

 private:
  std::string row_path(std::size_t row) const;
};

}  // namespace austral::rows
