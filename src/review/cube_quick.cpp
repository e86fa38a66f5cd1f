// Goes over runs of initiatives: first the keys of a run's contributions, column by column, then
// their amounts.
#include "review/cube_quick.hpp"

#include <algorithm>
#include <bit>

#include "review/cube_quick_mix.hpp"

namespace austral::review {
namespace {

constexpr std::uint64_t most_quick_keys = std::uint64_t(1) << 19;
constexpr std::size_t run_length = 2048;  // bundles
/// Stays below zero whatever else is added.
constexpr std::int32_t stopped = std::numeric_limits<std::int32_t>::min() / 8;
constexpr std::uint64_t no_limit = std::numeric_limits<std::uint64_t>::max();

/// Numbers of one column turned into what they add to the keys; 32 bits hold every slot.
struct Look {
  std::vector<std::int32_t> adds;
  const Packed* column = nullptr;
};

/// Neighbouring groups that an initiative's list covers: counted up at the first, down after the
/// last (`no_limit`: where the dimension ends).
struct Stretch {
  std::uint64_t first = 0, after = no_limit;
};

/// The lists of one dimension as stretches, so that twenty years cost as much as one.
struct Stretches {
  std::size_t counting = 0;
  std::uint64_t stride = 1, length = 0;
  std::vector<std::uint32_t> first;  // by list, and the end
  std::vector<Stretch> all;
};

class QuickScan {
 public:
  QuickScan(const Plan& plan, QuickTable& table)
      : plan_(plan), columns_(plan.columns), table_(table), grouped_(!plan.groups.empty()) {
    prepare(plan.provider, columns_.provider);
    prepare(plan.recipient, columns_.recipient);
    prepare(plan.year, columns_.year);
    prepare(plan.terms, columns_.terms);
    for (std::size_t flag = 0; flag < flag_adds_.size(); ++flag) {
      const auto measure = plan.measure_of_flag[flag & ~std::size_t(unpriced_bit)];
      flag_adds_[flag] = measure < 0 ? stopped : measure * std::int32_t(table.keys());
    }
    if (!plan.sectors.empty() || !plan.goals.empty()) {
      split_ = plan.sectors.empty() ? &columns_.goals : &columns_.sectors;
      split_adds_ = plan.sectors.empty() ? &plan.goals : &plan.sectors;
      prepare_coarse();
    }
  }
  void count(std::size_t from, std::size_t to);
  void sum(std::size_t from, std::size_t to);

 private:
  void prepare(const Adds& adds, const Packed& column);
  void prepare_coarse();
  void count_one(std::size_t place, const Stretches& stretches);
  void find_keys(std::size_t from, std::size_t to);
  void sum_one(std::size_t place, std::size_t run);
  void sum_whole(std::size_t from, std::size_t to, std::size_t run);
  void sum_coarse(std::size_t place, std::size_t from, std::size_t to, std::size_t run);
  [[gnu::always_inline]] void fetch_coarse(std::size_t place) const {
    const auto& of = split_->of;
    if (place + fetch_early >= of.size()) return;
    __builtin_prefetch(&split_->coarse_first[of[place + fetch_early]]);
    __builtin_prefetch(&split_->coarse[split_->coarse_first[of[place + fetch_late]]]);
  }
  void sum_each(std::size_t place, std::size_t from, std::size_t to, std::size_t run);
  void add_split(QuickMix& mix, std::uint64_t slot, unsigned measure, std::int64_t cents,
                 std::uint64_t counts);
  void move_own(std::size_t at) {
    const auto& own = split_->own.at;
    while (own_ < own.size() && own[own_] < at) ++own_;
    next_own_ = own_ < own.size() ? own[own_] : std::numeric_limits<std::size_t>::max();
  }
  unsigned measure_of(std::size_t bundle) const {
    return unsigned(plan_.measure_of_flag[columns_.flags[bundle] & ~unpriced_bit]);
  }
  /// A bundle's contributions, and above bit 32 those without a dollar amount.
  std::uint64_t counts_of(std::size_t bundle) const {
    const std::uint64_t count = columns_.counts[bundle];
    return columns_.flags[bundle] & unpriced_bit ? count << 32 | count : count;
  }
  void add(std::uint64_t slot, std::int64_t cents, std::uint64_t counts) {
    const MoneySlot money = {std::uint64_t(cents), counts};
    for (const auto base : bases_) table_.add(base + slot, money);
  }
  void add_total(unsigned measure, std::int64_t cents, std::uint64_t counts) {
    table_.add_total(measure, MoneySlot{std::uint64_t(cents), counts});
  }

  const Plan& plan_;
  const Cube::Columns& columns_;
  QuickTable& table_;
  bool grouped_;
  std::vector<Look> looks_;
  std::array<std::int32_t, 256> flag_adds_;  // the slots of a measure follow those of another
  const SplitColumn* split_ = nullptr;
  const Adds* split_adds_ = nullptr;
  std::vector<std::int32_t> coarse_adds_;  // empty: asked more finely than split beforehand
  bool coarse_apart_ = true;               // each coarse code is a group of its own
  std::size_t own_ = 0;                    // place in the bundles' own splits
  std::size_t next_own_ = std::numeric_limits<std::size_t>::max();  // bundle of that place
  QuickMix of_initiative_, of_bundle_;
  std::vector<std::int32_t> keys_;
  std::vector<std::uint64_t> bases_ = {0}, next_;
};

void QuickScan::prepare(const Adds& adds, const Packed& column) {
  if (adds.empty()) return;
  auto& look = looks_.emplace_back();
  look.column = &column;
  for (const auto add : adds) look.adds.push_back(add < 0 ? stopped : std::int32_t(add));
}

/// Nothing where a coarse code's parts go to different groups, or a price is asked that rounds
/// each contribution.
void QuickScan::prepare_coarse() {
  if (plan_.deflation) return;
  const auto& adds = *split_adds_;
  std::vector<std::int32_t> by_code(split_->coarse_codes, std::numeric_limits<std::int32_t>::min());
  for (std::size_t code = 0; code < adds.size(); ++code) {
    const auto add = adds[code] < 0 ? -1 : std::int32_t(adds[code]);
    auto& known = by_code[split_->coarse_of[code]];
    if (known != std::numeric_limits<std::int32_t>::min() && known != add) return;
    known = add;
  }
  auto sorted = by_code;
  std::sort(sorted.begin(), sorted.end());
  const auto let = std::lower_bound(sorted.begin(), sorted.end(), 0);
  coarse_apart_ = std::adjacent_find(let, sorted.end()) == sorted.end();
  coarse_adds_ = std::move(by_code);
}

/// Calls `use` with each place of a set within a span.
template <class Use>
void each_place(const Selection& places, std::size_t from, std::size_t to, Use&& use) {
  for (std::size_t start = from / 64 * 64; start < to; start += 64) {
    auto word = places.words()[start / 64];
    if (start < from) word &= ~std::uint64_t(0) << (from - start);
    if (to - start < 64) word &= (std::uint64_t(1) << (to - start)) - 1;
    for (; word != 0; word &= word - 1) use(start + std::size_t(std::countr_zero(word)));
  }
}

/// Every sum of one number of each list.
void cross_lists(const std::vector<ListAdds>& lists, std::size_t place,
                 std::vector<std::uint64_t>& keys, std::vector<std::uint64_t>& next) {
  keys.assign(1, 0);
  for (const auto& list : lists) {
    next.clear();
    each_add(list, place, [&](std::uint64_t add) {
      for (const auto key : keys) next.push_back(key + add);
    });
    keys.swap(next);
  }
}

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

void QuickScan::count_one(std::size_t place, const Stretches& stretches) {
  const auto records = columns_.records[place];
  table_.add_initiative(records);
  if (!grouped_) return;
  bases_.assign(1, 0);
  for (std::size_t n = 0; n < plan_.countings.size(); ++n) {
    if (n == stretches.counting) continue;
    fetch_adds(plan_.countings[n].lists, place);
    next_.clear();
    each_add(plan_.countings[n].lists, place, [&](std::uint64_t add) {
      for (const auto base : bases_) next_.push_back(base + add);
    });
    bases_.swap(next_);
  }
  const auto counts = std::uint64_t(records) << 32 | 1;
  if (stretches.first.empty()) {
    for (const auto base : bases_) table_.count(base, counts);
    return;
  }
  const auto mix = columns_.facet(registry::Dimension::year).of[place];
  for (auto at = stretches.first[mix]; at < stretches.first[mix + 1]; ++at) {
    const auto stretch = stretches.all[at];
    for (const auto base : bases_) table_.count(base + stretch.first, counts);
    if (stretch.after == no_limit) continue;
    for (const auto base : bases_) table_.count(base + stretch.after, 0 - counts);
  }
}

void QuickScan::count(std::size_t from, std::size_t to) {
  const auto stretches = find_stretches(plan_);
  each_place(plan_.initiatives, from, to, [&](std::size_t place) { count_one(place, stretches); });
  table_.add_waiting();
  if (!stretches.first.empty()) table_.add_up_counts(stretches.stride, stretches.length);
  bases_.assign(1, 0);
}

void QuickScan::find_keys(std::size_t from, std::size_t to) {
  const auto size = to - from;
  keys_.resize(size);
  auto* keys = keys_.data();
  for (std::size_t i = 0; i < size; ++i) keys[i] = flag_adds_[columns_.flags[from + i]];
  for (const auto& look : looks_)
    look.column->visit([&, adds = look.adds.data()](const auto* numbers) {
      for (std::size_t i = 0; i < size; ++i) keys[i] += adds[numbers[from + i]];
    });
}

void QuickScan::add_split(QuickMix& mix, std::uint64_t slot, unsigned measure, std::int64_t cents,
                          std::uint64_t counts) {
  if (mix.groups() == 0) return;
  if (mix.whole()) {
    add_total(measure, cents, counts);
    return add(slot + mix.group(0), cents, counts);
  }
  const auto all = mix.divide(
      cents, [&](std::uint64_t group, std::int64_t part) { add(slot + group, part, counts); });
  add_total(measure, all, counts);
}

void QuickScan::sum_whole(std::size_t from, std::size_t to, std::size_t run) {
  for (std::size_t at = from; at < to; ++at) {
    const auto slot = keys_[at - run];
    if (slot < 0) continue;
    const auto cents = columns_.sums[at];
    const auto counts = counts_of(at);
    table_.add_magnitude(cents);
    add_total(measure_of(at), cents, counts);
    if (grouped_) add(std::uint64_t(slot), cents, counts);
  }
}

void QuickScan::sum_coarse(std::size_t place, std::size_t from, std::size_t to, std::size_t run) {
  const auto* coarse_first = split_->coarse_first.data();
  const auto* coarse = split_->coarse.data();
  fetch_coarse(place);
  const auto of_initiative = split_->of[place];
  std::size_t part = split_->parts_first[place];
  for (std::size_t at = from; at < to; ++at) {
    if (next_own_ < at) move_own(at);
    const auto mix = next_own_ == at ? split_->own.mix[own_] : of_initiative;
    const auto *code = coarse + coarse_first[mix], *end = coarse + coarse_first[mix + 1];
    const auto parts = part;
    if (end - code > 1) part += std::size_t(end - code);
    const auto slot = keys_[at - run];
    if (slot < 0) continue;
    const auto counts = counts_of(at);
    if (end - code == 1) {
      if (coarse_adds_[*code] < 0) continue;
      const auto cents = columns_.sums[at];
      table_.add_magnitude(cents);
      add_total(measure_of(at), cents, counts);
      add(std::uint64_t(slot + coarse_adds_[*code]), cents, counts);
      continue;
    }
    std::int64_t all = 0;
    bool any = false;
    for (const auto* one = code; one != end; ++one) {
      const auto group = coarse_adds_[*one];
      if (group < 0) continue;
      const auto cents = split_->parts[parts + std::size_t(one - code)];
      table_.add_magnitude(cents);
      all = std::int64_t(std::uint64_t(all) + std::uint64_t(cents));
      any = true;
      // Several parts in one group are the same contributions there.
      const bool again = !coarse_apart_ && std::any_of(code, one, [&](std::uint32_t before) {
        return coarse_adds_[before] == group;
      });
      add(std::uint64_t(slot + group), cents, again ? 0 : counts);
    }
    if (any) add_total(measure_of(at), all, counts);
  }
}

/// One contribution after another: for constant prices, and for splits finer than those made
/// beforehand.
void QuickScan::sum_each(std::size_t place, std::size_t from, std::size_t to, std::size_t run) {
  if (split_ && !of_initiative_.has(split_->of[place]))
    of_initiative_.read(split_->mixes, split_->of[place], *split_adds_);
  std::size_t contribution = columns_.first[place];
  for (std::size_t at = from; at < to; contribution += columns_.counts[at++]) {
    const auto slot = keys_[at - run];
    if (slot < 0) continue;
    const auto measure = measure_of(at);
    auto* mix = &of_initiative_;
    if (split_ && next_own_ < at) move_own(at);
    if (split_ && next_own_ == at) {
      mix = &of_bundle_;
      if (!mix->has(split_->own.mix[own_]))
        mix->read(split_->mixes, split_->own.mix[own_], *split_adds_);
    }
    const bool priced = !(columns_.flags[at] & unpriced_bit);
    const auto end = contribution + columns_.counts[at];
    for (auto one = contribution; one < end; ++one) {
      auto cents = priced ? std::optional(columns_.cents[one]) : std::nullopt;
      if (plan_.deflation && cents)
        cents = plan_.deflation->convert(*cents, plan_.years[columns_.year[at]]);
      const std::uint64_t counts = cents ? 1 : std::uint64_t(1) << 32 | 1;
      table_.add_magnitude(cents.value_or(0));
      if (split_) {
        add_split(*mix, std::uint64_t(slot), measure, cents.value_or(0), counts);
      } else {
        add_total(measure, cents.value_or(0), counts);
        add(std::uint64_t(slot), cents.value_or(0), counts);
      }
    }
  }
}

void QuickScan::sum_one(std::size_t place, std::size_t run) {
  const std::size_t from = columns_.first_bundle[place], to = columns_.first_bundle[place + 1];
  if (from == to) return;
  if (!plan_.initiative_lists.empty()) cross_lists(plan_.initiative_lists, place, bases_, next_);
  if (split_ && next_own_ < from) move_own(from);
  if (split_ && !coarse_adds_.empty())
    sum_coarse(place, from, to, run);
  else if (split_ || plan_.deflation)
    sum_each(place, from, to, run);
  else
    sum_whole(from, to, run);
}

void QuickScan::sum(std::size_t from, std::size_t to) {
  const auto& first = columns_.first_bundle;
  if (split_) {
    const auto& at = split_->own.at;
    own_ = std::size_t(std::lower_bound(at.begin(), at.end(), first[from]) - at.begin());
    move_own(first[from]);
  }
  std::size_t known = from, run = 0;  // keys are known up to there, from there
  each_place(plan_.money, from, to, [&](std::size_t place) {
    if (place >= known) {
      for (known = place + 1;
           known < to && plan_.money.has(known) && first[known + 1] - first[place] <= run_length;)
        ++known;
      run = first[place];
      find_keys(run, first[known]);
    }
    sum_one(place, run);
  });
}

}  // namespace

bool is_quick(const Plan& plan) {
  return plan.members.empty() && !plan.provider_in && !plan.recipient_in &&
         (plan.sectors.empty() || plan.goals.empty()) && plan.keys <= most_quick_keys &&
         std::find(plan.several.begin(), plan.several.end(), 1) == plan.several.end();
}

void scan_quickly(const Plan& plan, std::size_t from, std::size_t to, QuickTable& table) {
  if (from == to) return;
  QuickScan scan(plan, table);
  scan.count(from, to);
  scan.sum(from, to);
  table.add_waiting();
}

}  // namespace austral::review
