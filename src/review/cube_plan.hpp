// A question to the cube turned into tables, so that the scan only looks up and adds.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "codes/deflator.hpp"
#include "review/cube_filters.hpp"
#include "review/cube_tally.hpp"

namespace austral::review {

/// What a number adds to a group's key; `excluded` where a filter does not let it through.
using Adds = std::vector<std::int64_t>;
inline constexpr std::int64_t excluded = -1;

/// What the values of a column's lists add. Shape: where two values add the same, `direct` is
/// false and each list's distinct numbers are in `adds`; `first` has one more than there are lists.
struct ListAdds {
  const FacetColumn* column = nullptr;
  Adds by_value;
  bool direct = true;
  std::vector<std::uint32_t> first;
  std::vector<std::uint64_t> adds;
};
/// Calls `use` with each distinct number that an initiative's values add.
template <class Use>
void each_add(const ListAdds& list, std::size_t place, Use&& use) {
  const auto mix = list.column->of[place];
  if (!list.direct) {
    for (auto i = list.first[mix]; i < list.first[mix + 1]; ++i) use(list.adds[i]);
    return;
  }
  const auto look = [&](std::uint32_t value) {
    if (list.by_value[value] >= 0) use(std::uint64_t(list.by_value[value]));
  };
  if (mix == 0) return look(0);
  const auto& mixes = list.column->mixes;
  for (const auto *value = mixes.begin(mix), *end = mixes.end(mix); value != end; ++value)
    look(*value);
}

/// Groupings as a dimension: by country and year.
struct MemberAdds {
  registry::Dimension side = registry::Dimension::provider;
  std::unique_ptr<MemberTable> table;
  std::uint64_t stride = 0;  ///< place p of the table adds (p + 1) * stride; in none adds 0
};

/// One thing an initiative is counted by: its lists, or the groupings of its countries.
struct Counting {
  ListAdds lists;
  int members = -1;  ///< place in Plan::members
};

/// One of the dimensions asked for.
struct GroupColumn {
  std::vector<std::string> values;  ///< ascending; the first is the empty one
  std::uint64_t stride = 1;
};

struct Plan {
  const Cube::Columns& columns;
  Selection initiatives, money;
  std::vector<GroupColumn> groups;
  std::uint64_t keys = 1;

  std::array<std::int8_t, 256> measure_of_flag;  ///< -1: not asked
  Adds provider, recipient, year, terms;         ///< empty: adds nothing
  std::unique_ptr<MemberTable> provider_in, recipient_in;
  std::vector<MemberAdds> members;
  std::vector<ListAdds> initiative_lists;  ///< of money, by its initiative
  Adds sectors, goals, modalities;         ///< by code of the split; empty: not split
  std::vector<char> several;               ///< by term: its modalities are split
  std::vector<Counting> countings;
  std::optional<codes::Deflation> deflation;
  std::vector<int> years;  ///< by number; 0: not known
};

/// Throws: Error::invalid for an unknown dimension, or more than four.
Plan make_plan(const Cube::Columns& columns, const CubeQuestion& question);

/// Sums a span of initiatives.
void scan(const Plan& plan, std::size_t from, std::size_t to, Tally& tally, TallyCell& total);

}  // namespace austral::review
