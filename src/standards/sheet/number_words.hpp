// The parts of a number in words: sign, digits, marks, currency.
#pragma once

#include <string>
#include <string_view>

namespace austral::sheet {

/// A number taken apart, before it is decided what its marks mean.
struct NumberParts {
  enum Verdict {
    none,      ///< no number
    whole,     ///< no decimals
    decimals,  ///< `mark` stands before decimals and can be nothing else
    doubtful   ///< `1,234`: `mark` may stand before decimals or thousands
  } verdict = none;
  char mark = 0;               ///< `.` or `,`; 0: another one, or none
  bool groups_tell = false;    ///< the other mark groups thousands, which tells the column's habit
  std::string before, behind;  ///< digits
  std::string exponent;
  bool negative = false, percent = false;
  std::string currency;
  int zeros = 0;  ///< of a word beside it: `thousand` is 3
  std::string trouble;
};
NumberParts take_number_apart(std::string_view words);

}  // namespace austral::sheet
