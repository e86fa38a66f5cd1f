// The parts of a day in words: numbers, names of months in seven languages, quarters, years.
#pragma once

#include <string>
#include <string_view>

namespace austral::sheet {

/// What a text about time gives.
enum class DateVerdict {
  none,     ///< no day
  day,      ///< year, month, day
  either,   ///< `first` and `second` are day and month, or month and day
  month,    ///< year, month
  quarter,  ///< year, `first` from 1 to 4
  year,     ///< year alone
  years,    ///< from `year` to `second`: `2014/15`
  refused   ///< a calendar or number that is not taken: `trouble` says why
};

/// A day or longer time taken apart, before it is decided which number is the day.
struct DateParts {
  DateVerdict verdict = DateVerdict::none;
  int year = 0, month = 0, day = 0;
  int first = 0, second = 0;
  bool short_year = false;  ///< two digits; the century was guessed
  std::string trouble;
};
DateParts take_date_apart(std::string_view words);

}  // namespace austral::sheet
