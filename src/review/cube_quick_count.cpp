// Counts initiatives in a table of all possible groups.
#include <algorithm>

#include "review/cube_quick.hpp"
#include "review/cube_quick_places.hpp"

namespace austral::review {
namespace {

constexpr std::uint64_t no_limit = std::numeric_limits<std::uint64_t>::max();

/// Neighbouring groups that an initiative's list covers: counted up at the first, down after the
/// last (`no_limit`: where the dimension ends).
struct Stretch {
  std::uint64_t first = 0, after = no_limit;
};

/// The lists of one dimension as stretches, so that twenty years cost as much as one.
struct Stretches {
  std::size_t counting = 0;  // none: as many as there are
  std::uint64_t stride = 1, length = 0;
  std::vector<std::uint32_t> first;  // by list, and the end
  std::vector<Stretch> all;
};

/// The years, if they are asked for: no other lists are as long and as dense.
Stretches find_stretches(const Plan& plan) {
  Stretches found;
  found.counting = plan.countings.size();
  const auto& years = plan.columns.facet(registry::Dimension::year);
  for (std::size_t n = 0; n < plan.countings.size(); ++n)
    if (plan.countings[n].lists.column == &years) found.counting = n;
  if (found.counting == plan.countings.size()) return found;
  const auto& group = plan.groups[found.counting];
  const auto& adds = plan.countings[found.counting].lists.by_value;
  found.stride = group.stride;
  const auto block = found.counting == 0 ? plan.keys : plan.groups[found.counting - 1].stride;
  found.length = block / group.stride;
  found.first = {0};
  std::vector<std::uint64_t> sorted;
  for (std::uint32_t mix = 0; mix < years.mixes.size(); ++mix) {
    sorted.clear();
    if (mix == 0 && adds[0] >= 0) sorted.push_back(std::uint64_t(adds[0]));
    for (const auto* year = years.mixes.begin(mix); year != years.mixes.end(mix); ++year)
      if (adds[*year] >= 0) sorted.push_back(std::uint64_t(adds[*year]));
    std::sort(sorted.begin(), sorted.end());
    sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
    for (std::size_t i = 0; i < sorted.size(); ++i) {
      if (i == 0 || sorted[i] != sorted[i - 1] + group.stride) found.all.push_back({sorted[i]});
      const auto after = sorted[i] + group.stride;
      found.all.back().after = after < found.stride * found.length ? after : no_limit;
    }
    found.first.push_back(std::uint32_t(found.all.size()));
  }
  return found;
}

/// What each list of a dimension adds to the keys.
class Lists {
 public:
  explicit Lists(const ListAdds& lists) : lists_(lists) {}
  /// Has what is read soon brought near: first where a list stands, somewhat later itself.
  [[gnu::always_inline]] void fetch_place(std::size_t place) const {
    const auto mix = lists_.column->of[place];
    if (lists_.direct)
      lists_.column->mixes.fetch_place(mix);
    else
      __builtin_prefetch(&lists_.first[mix]);
  }
  [[gnu::always_inline]] void fetch(std::size_t place) const {
    const auto mix = lists_.column->of[place];
    if (lists_.direct)
      lists_.column->mixes.fetch(mix);
    else
      __builtin_prefetch(lists_.adds.data() + lists_.first[mix]);
  }
  std::size_t most(std::size_t place) const {
    const auto mix = lists_.column->of[place];
    return std::max<std::size_t>(1, lists_.column->mixes.length(mix));
  }
  template <class Use>
  [[gnu::always_inline]] void each(std::size_t place, const Use& use) const {
    each_add(lists_, place, use);
  }

 private:
  const ListAdds& lists_;
};

class QuickCount {
 public:
  QuickCount(const Plan& plan, QuickTable& table)
      : plan_(plan), table_(table), stretches_(find_stretches(plan)) {
    for (std::size_t n = 0; n < plan.countings.size(); ++n)
      if (n != stretches_.counting) lists_.emplace_back(plan.countings[n].lists);
  }
  void count(std::size_t from, std::size_t to);

 private:
  void count_chunk(const std::uint32_t* places, std::size_t size);
  std::size_t cross(std::size_t place);
  void count_groups(std::size_t place, std::uint32_t more);
  /// Calls `use` with each key of an initiative, by what its lists but the years add.
  template <class Use>
  void each_key(std::size_t place, const Use& use);

  const Plan& plan_;
  QuickTable& table_;
  Stretches stretches_;
  std::vector<Lists> lists_;
  std::vector<std::uint64_t> keys_ = {0}, next_;
};

/// Every sum of one number of each list but the last; gives how many.
std::size_t QuickCount::cross(std::size_t place) {
  std::size_t size = 1;
  keys_[0] = 0;
  for (std::size_t n = 0; n + 1 < lists_.size(); ++n) {
    const auto room = size * lists_[n].most(place);
    if (next_.size() < room) next_.resize(2 * room);
    if (keys_.size() < room) keys_.resize(2 * room);
    const auto* keys = keys_.data();
    auto* to = next_.data();
    lists_[n].each(place, [&](std::uint64_t add) {
      for (std::size_t i = 0; i < size; ++i) *to++ = keys[i] + add;
    });
    size = std::size_t(to - next_.data());
    keys_.swap(next_);
  }
  return size;
}

template <class Use>
[[gnu::always_inline]] inline void QuickCount::each_key(std::size_t place, const Use& use) {
  if (lists_.empty()) return use(0);
  if (lists_.size() == 1) return lists_[0].each(place, use);
  if (lists_.size() == 2)
    return lists_[0].each(place, [&](std::uint64_t one) {
      lists_[1].each(place, [&](std::uint64_t other) { use(one + other); });
    });
  const auto size = cross(place);
  const auto* keys = keys_.data();
  lists_.back().each(place, [&](std::uint64_t add) {
    for (std::size_t i = 0; i < size; ++i) use(keys[i] + add);
  });
}

[[gnu::always_inline]] inline void QuickCount::count_groups(std::size_t place, std::uint32_t more) {
  auto *initiatives = table_.initiatives(), *more_records = table_.more_records();
  const auto count = [&](std::uint64_t key, std::uint32_t sign) {
    initiatives[key] += sign;
    if (more != 0) [[unlikely]]
      more_records[key] += sign * more;
  };
  if (stretches_.first.empty()) return each_key(place, [&](std::uint64_t key) { count(key, 1); });
  const auto mix = plan_.columns.facet(registry::Dimension::year).of[place];
  const auto* first = stretches_.all.data() + stretches_.first[mix];
  const auto* end = stretches_.all.data() + stretches_.first[mix + 1];
  each_key(place, [&](std::uint64_t key) {
    for (const auto* stretch = first; stretch != end; ++stretch) {
      count(key + stretch->first, 1);
      if (stretch->after != no_limit) count(key + stretch->after, std::uint32_t(-1));
    }
  });
}

void QuickCount::count_chunk(const std::uint32_t* places, std::size_t size) {
  const auto& records = plan_.columns.records;
  std::uint64_t all_more = 0;
  for (std::size_t i = 0; i < size; ++i) {
    const auto more = records[places[i]] - 1;
    all_more += std::uint64_t(std::int32_t(more));
    if (plan_.groups.empty()) continue;
    if (i + fetch_early < size)
      for (const auto& list : lists_) list.fetch_place(places[i + fetch_early]);
    if (i + fetch_late < size)
      for (const auto& list : lists_) list.fetch(places[i + fetch_late]);
    count_groups(places[i], more);
  }
  table_.add_initiatives(size, all_more);
}

void QuickCount::count(std::size_t from, std::size_t to) {
  each_places(plan_.initiatives, from, to,
              [&](const std::uint32_t* places, std::size_t size) { count_chunk(places, size); });
  if (!stretches_.first.empty()) table_.add_up_counts(stretches_.stride, stretches_.length);
}

}  // namespace

void count_quickly(const Plan& plan, std::size_t from, std::size_t to, QuickTable& table) {
  QuickCount(plan, table).count(from, to);
}

}  // namespace austral::review
