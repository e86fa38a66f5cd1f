// What filters let through: initiatives by their facets, money by its own values and parts.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "codes/grouping.hpp"
#include "review/cube_columns.hpp"

namespace austral::review {

/// One flag a number; empty: all pass.
using Flags = std::vector<char>;

/// Filters by dimension: values of one dimension widen, dimensions narrow.
using Wanted = std::map<registry::Dimension, std::vector<std::string>>;
Wanted sort_filters(const std::vector<registry::Filter>& filters);

/// What a dimension's values are read from; `code` is what a split's code is in that dimension.
std::string code_in(registry::Dimension dimension, const std::string& code);

/// The numbers of a dictionary that are wanted.
Flags flag_values(const Dictionary& names, const std::vector<std::string>& wanted);
/// The years that `year`, `since` and `until` together let through; empty: all.
Flags flag_years(const Cube::Columns& columns, const Wanted& wanted);
/// The numbers of years as years; 0: not known.
std::vector<int> list_years(const Cube::Columns& columns);

/// For each country and year of the cube, the groupings it is a member of.
class MemberTable {
 public:
  /// `groupings` are codes, or nothing: all of `kind`.
  MemberTable(const Cube::Columns& columns, const Dictionary& countries,
              const std::vector<std::string>& groupings);
  /// Shape: places in the list of groupings given. Nothing for who is in none of them.
  const std::vector<std::uint32_t>& of(std::uint32_t country, std::uint32_t year) const {
    const auto row = row_of_[country];
    return row < 0 ? none_ : lists_[std::size_t(row) * years_ + year];
  }

 private:
  std::size_t years_ = 0;
  std::vector<std::int32_t> row_of_;
  std::vector<std::vector<std::uint32_t>> lists_;
  std::vector<std::uint32_t> none_;
};

/// Which contributions, and which of their parts, filters let through.
struct MoneyFilter {
  Selection initiatives;  ///< by what is asked of initiatives alone
  Flags provider, recipient, year, flow_type;
  std::unique_ptr<MemberTable> provider_in, recipient_in;
  Flags sectors, goals, modalities;  ///< by the codes of splits
};
MoneyFilter filter_money(const Cube::Columns& columns, const Wanted& wanted);
/// The initiatives that have all.
Selection select_initiatives(const Cube::Columns& columns, const Wanted& wanted);

}  // namespace austral::review
