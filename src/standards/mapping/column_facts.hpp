// What the cells of a column look like: shares of countries, dates, amounts ... among its values.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "standards/mapping/fields.hpp"
#include "standards/mapping/rows.hpp"

namespace austral::mapping {

/// A column as its cells show it. Shares are in per cent of the filled cells that were looked at.
struct ColumnFacts {
  std::size_t column = 0;
  std::string header;
  std::size_t filled = 0, distinct = 0;
  std::size_t mean_length = 0;
  int numbers = 0, years = 0, dates = 0, addresses = 0, emails = 0, countries = 0, currencies = 0,
      words = 0, spaced = 0;
  std::string split;  ///< separator of countries, or `line` where many cells hold lists
  std::vector<std::string> samples;  ///< distinct values, the first met
  bool unique() const { return filled > 1 && distinct == filled; }
};

/// Takes cells of a column one by one; keeps no more than it needs.
class ColumnLooker {
 public:
  void add(const RowCell& cell);
  ColumnFacts finish(std::size_t column, std::string header) const;

 private:
  void add_item(const RowCell& cell);

  std::size_t cells_ = 0, lists_ = 0;
  std::size_t filled_ = 0, length_ = 0, numbers_ = 0, years_ = 0, dates_ = 0, words_ = 0,
              spaced_ = 0;
  std::set<std::string> distinct_;
  std::vector<std::string> values_;  // distinct ones, limited
};

/// How many per cent of a column's values the field can read: codes, names, numbers ...
int share_readable(const ColumnFacts& facts, const Field& field);

/// A header as words for comparison: `srcUsageYear (MM/DD)` is `src usage year`.
std::string header_words(std::string_view header);

}  // namespace austral::mapping
