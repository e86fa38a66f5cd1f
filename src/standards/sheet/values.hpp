// What a person meant by the words of a cell: a number, a day, a yes; one habit a column, exact
// decimals, and what cannot be told is said.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/decimal.hpp"
#include "base/finding.hpp"
#include "standards/sheet/workbook.hpp"

namespace austral::sheet {

/// Which mark stands before the decimals.
enum class DecimalMark : std::uint8_t { unknown, point, comma };
/// What stands first in `03/04/2014`.
enum class DayOrder : std::uint8_t { unknown, day_first, month_first };

/// How a column writes its numbers and days, from all of its values.
class ColumnShape {
 public:
  void add(const SheetCell& cell);
  void add(std::string_view words);
  void merge(const ColumnShape& other);  ///< as if its values had been added here

  std::uint64_t filled() const { return filled_; }
  std::uint64_t numbers() const { return numbers_; }  ///< that read_number() reads
  std::uint64_t dates() const { return dates_; }      ///< that read_date() reads as a day
  std::uint64_t years() const { return years_; }      ///< whole numbers from 1900 to 2100
  std::uint64_t truths() const { return truths_; }    ///< that read_truth() reads

  DecimalMark mark() const;
  DayOrder order() const;
  /// What a person or a mapping says instead of what the values tell.
  void tell_mark(DecimalMark mark) { told_mark_ = mark; }
  void tell_order(DayOrder order) { told_order_ = order; }
  /// What cannot be decided, or speaks against what was; `place` names the column.
  Findings findings(std::string_view place) const;

 private:
  void add_number(std::string_view words);
  void add_date(std::string_view words);

  std::uint64_t filled_ = 0, numbers_ = 0, dates_ = 0, years_ = 0, truths_ = 0;
  std::uint64_t points_ = 0, commas_ = 0;              ///< decimal marks that can be nothing else
  std::uint64_t point_doubts_ = 0, comma_doubts_ = 0;  ///< `1.234`, `1,234`
  std::uint64_t day_first_ = 0, month_first_ = 0, order_doubts_ = 0;
  std::string point_sample_, comma_sample_, doubt_sample_;
  std::string day_sample_, month_sample_, order_sample_;
  DecimalMark told_mark_ = DecimalMark::unknown;
  DayOrder told_order_ = DayOrder::unknown;
};

/// A number as read, or why it is none.
struct NumberReading {
  std::optional<Decimal> value;
  bool percent = false;  ///< `12.5%` is 12.5 with this set
  bool sized = false;    ///< `2.5 million`: the value has the zeros of its word
  std::string currency;  ///< as it stands beside the number: `USD`, `R$`; empty: none
  bool guessed = false;  ///< the column does not tell whether `1,234` has decimals
  std::string trouble;   ///< without a value: what is wrong and how to mend it
};
NumberReading read_number(const SheetCell& cell, const ColumnShape& shape);
NumberReading read_number(std::string_view words, const ColumnShape& shape);

/// How exactly a time is given.
enum class DatePrecision : std::uint8_t { day, month, quarter, year, years };

/// A day or a longer time as read, or why it is none.
struct DateReading {
  std::optional<Date> first;  ///< its first day
  Date last;                  ///< its last day; of a day the same
  DatePrecision precision = DatePrecision::day;
  bool guessed = false;  ///< day and month could be the other way round, or the century
  std::string trouble;   ///< without a day: what is wrong and how to mend it
};
/// Number cells without a date's format are years (1900-2100), `20140331`, or serial days.
DateReading read_date(const SheetCell& cell, const ColumnShape& shape);
DateReading read_date(std::string_view words, const ColumnShape& shape);

/// Yes and no in the six UN languages and Portuguese, `1`, `0`, ticks and crosses.
std::optional<bool> read_truth(std::string_view words);

/// Digits of any script as 0-9, signs and spaces of any kind as ASCII ones, marks of direction left
/// out: what the readers above begin with.
std::string plain_signs(std::string_view words);

}  // namespace austral::sheet
