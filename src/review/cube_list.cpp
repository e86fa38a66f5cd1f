// Counts the values of a selection's facets, and lists a page of it in an order.
#include <algorithm>
#include <bit>

#include "base/date.hpp"
#include "base/error.hpp"
#include "registry/fact_store.hpp"
#include "review/cube_filters.hpp"

namespace austral::review {
namespace {

using registry::Dimension;

template <class Use>
void for_each_place(const Selection& among, Use&& use) {
  const auto& words = among.words();
  for (std::size_t i = 0; i < words.size(); ++i)
    for (auto word = words[i]; word != 0; word &= word - 1)
      use(i * 64 + std::size_t(std::countr_zero(word)));
}

/// Initiatives by each list of a column.
std::vector<std::int64_t> count_mixes(const FacetColumn& column, const Selection& among) {
  std::vector<std::int64_t> counts(column.mixes.size(), 0);
  column.of.visit([&](const auto* mixes) {
    for_each_place(among, [&](std::size_t place) { ++counts[mixes[place]]; });
  });
  return counts;
}

using Counts = std::map<std::string, std::int64_t>;

Counts count_values(const FacetColumn& column, const Selection& among) {
  const auto mixes = count_mixes(column, among);
  std::vector<std::int64_t> values(column.names.size(), 0);
  for (std::uint32_t mix = 1; mix < mixes.size(); ++mix)
    if (mixes[mix] != 0)
      for (const auto* value = column.mixes.begin(mix); value != column.mixes.end(mix); ++value)
        values[*value] += mixes[mix];
  Counts counts;
  for (std::uint32_t value = 0; value < values.size(); ++value)
    if (values[value] != 0) counts[column.names.text(value)] = values[value];
  return counts;
}

Counts count_blocks(const FacetColumn& categories, const Selection& among) {
  const auto mixes = count_mixes(categories, among);
  Counts counts;
  for (std::uint32_t mix = 1; mix < mixes.size(); ++mix) {
    if (mixes[mix] == 0) continue;
    std::vector<std::string> blocks;
    for (const auto* value = categories.mixes.begin(mix); value != categories.mixes.end(mix);
         ++value)
      blocks.push_back(block_of(categories.names.text(*value)));
    std::sort(blocks.begin(), blocks.end());
    blocks.erase(std::unique(blocks.begin(), blocks.end()), blocks.end());
    for (const auto& block : blocks) counts[block] += mixes[mix];
  }
  return counts;
}

Counts count_members(const Cube::Columns& columns, Dimension side, const Selection& among) {
  const auto& column = columns.facet(side);
  std::vector<std::string> codes;
  for (const auto& grouping : codes::all_groupings()) codes.emplace_back(grouping.code);
  const MemberTable members(columns, column.names, codes);
  const auto years = columns.facet(Dimension::year).names.size();
  std::map<std::uint64_t, std::int64_t> pairs;
  std::vector<std::uint32_t> dense(column.mixes.size() * years, 0);
  for_each_place(among, [&](std::size_t place) {
    ++dense[std::size_t(column.of[place]) * years + columns.began[place]];
  });
  std::vector<std::int64_t> counts(codes.size(), 0);
  std::vector<char> seen(codes.size());
  for (std::size_t pair = 0; pair < dense.size(); ++pair) {
    if (dense[pair] == 0) continue;
    std::fill(seen.begin(), seen.end(), 0);
    const auto mix = std::uint32_t(pair / years);
    for (const auto* value = column.mixes.begin(mix); value != column.mixes.end(mix); ++value)
      for (const auto grouping : members.of(*value, std::uint32_t(pair % years)))
        if (!std::exchange(seen[grouping], 1)) counts[grouping] += dense[pair];
  }
  Counts found;
  for (std::size_t i = 0; i < codes.size(); ++i)
    if (counts[i] != 0) found[codes[i]] = counts[i];
  return found;
}

/// An initiative's turn and what it is ordered by, the first first.
struct Ranked {
  std::uint64_t rank = 0;
  std::uint32_t turn = 0;
  auto operator<=>(const Ranked&) const = default;
};

constexpr std::uint64_t unknown_rank = std::numeric_limits<std::uint64_t>::max();

/// An order in which what is not known stands last either way.
std::uint64_t rank_of(std::int64_t value, bool known, bool descending) {
  if (!known) return unknown_rank;
  const auto rank = std::uint64_t(value) ^ (std::uint64_t(1) << 63);
  return descending ? ~rank - 1 : rank;
}

/// Where the first value of each list stands among the texts.
std::vector<std::uint32_t> rank_texts(const FacetColumn& column) {
  std::vector<std::uint32_t> order(column.names.size()), ranks(column.names.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(), [&](std::uint32_t left, std::uint32_t right) {
    return column.names.text(left) < column.names.text(right);
  });
  for (std::uint32_t i = 0; i < order.size(); ++i) ranks[order[i]] = i;
  return ranks;
}

}  // namespace

std::vector<FacetCount> Cube::count(const Selection& among, Dimension dimension, std::size_t limit,
                                    const std::vector<std::string>& keep) const {
  const auto& columns = *columns_;
  Counts counts =
      dimension == Dimension::sector_block ? count_blocks(columns.facet(Dimension::category), among)
      : dimension == Dimension::provider_in  ? count_members(columns, Dimension::provider, among)
      : dimension == Dimension::recipient_in ? count_members(columns, Dimension::recipient, among)
      : dimension == Dimension::since || dimension == Dimension::until
          ? count_values(columns.facet(Dimension::year), among)
          : count_values(columns.facet(dimension), among);
  for (const auto& value : keep) counts.emplace(value, 0);
  std::vector<FacetCount> found;
  for (const auto& [value, initiatives] : counts) found.push_back({value, initiatives});
  std::stable_sort(found.begin(), found.end(), [](const FacetCount& left, const FacetCount& right) {
    return left.initiatives > right.initiatives;
  });
  if (limit == 0 || found.size() <= limit) return found;
  const auto is_kept = [&](const FacetCount& one) {
    return std::find(keep.begin(), keep.end(), one.value) != keep.end();
  };
  std::size_t room =
      limit - std::min(limit, std::size_t(std::count_if(found.begin(), found.end(), is_kept)));
  std::vector<FacetCount> cut;
  for (auto& one : found)
    if (is_kept(one) || (room > 0 && room-- > 0)) cut.push_back(std::move(one));
  return cut;
}

std::vector<std::int64_t> Cube::list(const Selection& among, std::string_view sort, bool descending,
                                     std::size_t offset, std::size_t limit,
                                     store::Database* database) const {
  const auto& columns = *columns_;
  std::vector<Ranked> ranked;
  const auto rank = [&](auto&& of) {
    for_each_place(among, [&](std::size_t place) {
      ranked.push_back({of(place), columns.turns[place]});
    });
  };
  const auto by_amount = [&](const Amounts& column) {
    rank([&](std::size_t place) {
      const auto cents = column[place];
      return rank_of(cents, cents != 0, descending);
    });
  };
  const auto by_day = [&](const std::vector<std::int32_t>& column, std::int32_t latest) {
    rank([&](std::size_t place) {
      const auto day = column[place];
      if (day == no_day) return unknown_rank;
      // What has begun comes before placeholders far in the future.
      constexpr auto later = std::uint64_t(1) << 62;
      const auto days = std::uint64_t(std::int64_t(day) - std::numeric_limits<std::int32_t>::min());
      const auto order = descending ? (std::uint64_t(1) << 32) - days : days;
      return day > latest ? order + later : order;
    });
  };
  const auto by_value = [&](Dimension dimension) {
    const auto& column = columns.facet(dimension);
    const auto ranks = rank_texts(column);
    rank([&](std::size_t place) {
      const auto mix = column.of[place];
      return mix == 0 ? unknown_rank : rank_of(ranks[*column.mixes.begin(mix)], true, descending);
    });
  };
  constexpr auto no_limit = std::numeric_limits<std::int32_t>::max();
  if (sort == "start")
    by_day(columns.start, descending ? today().days : no_limit);
  else if (sort == "end")
    by_day(columns.end, no_limit);
  else if (sort == "updated")
    by_day(columns.updated, no_limit);
  else if (sort == "budgeted_usd")
    by_amount(columns.budgeted);
  else if (sort == "committed_usd")
    by_amount(columns.committed);
  else if (sort == "disbursed_usd")
    by_amount(columns.disbursed);
  else if (sort == "records")
    rank([&](std::size_t place) { return rank_of(columns.records[place], true, descending); });
  else if (sort == "framework")
    by_value(Dimension::framework);
  else if (sort == "status")
    by_value(Dimension::status);
  else {
    const auto& ranks = text_ranks(sort, database);
    rank([&](std::size_t place) {
      return rank_of(ranks[place], ranks[place] != 0xffffffffu, descending);
    });
  }
  const auto from = std::min(offset, ranked.size());
  const auto to = limit == 0 ? ranked.size() : std::min(ranked.size(), from + limit);
  std::partial_sort(ranked.begin(), ranked.begin() + std::ptrdiff_t(to), ranked.end());
  std::vector<std::int64_t> keys;
  for (std::size_t i = from; i < to; ++i) keys.push_back(columns.keys[ranked[i].turn]);
  return keys;
}

const std::vector<std::uint32_t>& Cube::text_ranks(std::string_view sort,
                                                   store::Database* database) const {
  const auto& columns = *columns_;
  if (sort != "title" && sort != "identifier" && sort != "publisher")
    throw Error(Kind::invalid, "initiatives cannot be sorted by '" + std::string(sort) + "'");
  const std::lock_guard lock(columns.order_mutex);
  if (const auto found = columns.ranks.find(sort); found != columns.ranks.end())
    return found->second;
  if (!database)
    throw Error(Kind::invalid, "'" + std::string(sort) + "' is sorted in the register");
  std::vector<std::uint32_t> ranks(size(), 0xffffffffu);
  std::uint32_t rank = 0;
  for (const auto key : registry::list_keys_by(*database, sort))
    if (const auto place = find_place(key)) ranks[*place] = rank++;
  return columns.ranks.emplace(sort, std::move(ranks)).first->second;
}

}  // namespace austral::review
