// Goes over runs of initiatives: first the keys of a run's contributions, column by column, then
// their amounts.
#include "review/cube_quick.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <bit>

#include "review/cube_split.hpp"

namespace austral::review {
namespace {

constexpr std::uint64_t most_quick_keys = std::uint64_t(1) << 19;
constexpr std::size_t run_length = 2048;  // contributions
/// Stays below zero whatever else is added.
constexpr std::int64_t stopped = std::numeric_limits<std::int64_t>::min() / 8;
constexpr std::uint64_t one_unpriced = std::uint64_t(1) << 32 | 1;

/// What one list of a split means to the question: its groups, and how to divide by its weights.
class QuickMix {
 public:
  static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

  void read(const Mixes& mixes, std::uint32_t mix, const Adds& adds);
  bool has(std::uint32_t mix) const { return mix_ == mix; }
  std::size_t groups() const { return groups_.size(); }
  std::uint64_t group(std::size_t n) const { return groups_[n]; }
  bool whole() const { return whole_; }  ///< one group has all of it
  /// Calls `use` with what each group adds and its cents; gives their sum.
  template <class Use>
  std::int64_t divide(std::int64_t cents, Use&& use);

 private:
  void split(std::int64_t cents);

  std::uint32_t mix_ = none;
  bool whole_ = false, apart_ = false;  // apart_: each part is a group
  const std::uint32_t* weights_ = nullptr;
  std::uint64_t sum_ = 1, inverse_ = 0;  // inverse_: 2^64 - 1 divided by the sum
  std::vector<std::uint64_t> groups_, rests_;
  std::vector<std::uint32_t> group_of_;
  std::vector<std::int64_t> sums_, parts_;
};

void QuickMix::read(const Mixes& mixes, std::uint32_t mix, const Adds& adds) {
  mix_ = mix;
  groups_.clear();
  group_of_.clear();
  const auto length = mixes.length(mix);
  const auto* values = mixes.begin(mix);
  bool excludes = false;
  for (std::size_t i = 0; i < std::max<std::size_t>(1, length); ++i) {
    const auto add = adds[length == 0 ? 0 : values[i]];
    if (add < 0) {
      excludes = true;
      group_of_.push_back(none);
      continue;
    }
    const auto found = std::find(groups_.begin(), groups_.end(), std::uint64_t(add));
    group_of_.push_back(std::uint32_t(found - groups_.begin()));
    if (found == groups_.end()) groups_.push_back(std::uint64_t(add));
  }
  whole_ = groups_.size() == 1 && !excludes;
  apart_ = groups_.size() == length && !excludes;
  if (whole_ || groups_.empty()) return;
  weights_ = mixes.weights(mix);
  sum_ = 0;
  for (std::size_t i = 0; i < length; ++i) sum_ += weights_[i];
  inverse_ = std::numeric_limits<std::uint64_t>::max() / sum_;
  parts_.resize(length);
  rests_.resize(length);
  sums_.resize(groups_.size());
}

/// As split_cents, dividing by a multiplication that is one short at most.
void QuickMix::split(std::int64_t cents) {
  const auto amount = cents < 0 ? 0 - std::uint64_t(cents) : std::uint64_t(cents);
  const auto count = parts_.size();
  if (amount > inverse_) return split_cents(cents, weights_, count, parts_.data());
  auto left = amount;
  for (std::size_t i = 0; i < count; ++i) {
    const auto product = amount * weights_[i];
    auto part = std::uint64_t(QuickWide(product) * inverse_ >> 64);
    auto rest = product - part * sum_;
    const auto more = std::uint64_t(rest >= sum_);
    part += more;
    rest -= more * sum_;
    rests_[i] = rest;
    left -= part;
    parts_[i] = std::int64_t(part);
  }
  if (count == 2) {
    const auto up = std::uint64_t(left > 0 && rests_[0] >= rests_[1]);
    parts_[0] += std::int64_t(up);
    parts_[1] += std::int64_t(left - up);
    left = 0;
  }
  for (; left > 0; --left) {
    const auto largest =
        std::size_t(std::max_element(rests_.begin(), rests_.end()) - rests_.begin());
    ++parts_[largest];
    rests_[largest] = 0;
  }
  if (cents < 0)
    for (auto& part : parts_) part = -part;
}

template <class Use>
std::int64_t QuickMix::divide(std::int64_t cents, Use&& use) {
  split(cents);
  if (apart_) {
    for (std::size_t i = 0; i < parts_.size(); ++i) use(groups_[i], parts_[i]);
    return cents;
  }
  std::fill(sums_.begin(), sums_.end(), 0);
  std::int64_t all = 0;
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    if (group_of_[i] == none) continue;
    sums_[group_of_[i]] += parts_[i];
    all += parts_[i];
  }
  for (std::size_t i = 0; i < groups_.size(); ++i) use(groups_[i], sums_[i]);
  return all;
}

class QuickScan {
 public:
  QuickScan(const Plan& plan, QuickTable& table)
      : plan_(plan), columns_(plan.columns), table_(table), grouped_(!plan.groups.empty()) {
    prepare(plan.provider, columns_.provider);
    prepare(plan.recipient, columns_.recipient);
    prepare(plan.year, columns_.year);
    prepare(plan.terms, columns_.terms);
    if (!plan.sectors.empty() || !plan.goals.empty()) {
      split_ = plan.sectors.empty() ? &columns_.goals : &columns_.sectors;
      split_adds_ = plan.sectors.empty() ? &plan.goals : &plan.sectors;
    }
  }
  void count(std::size_t from, std::size_t to);
  void sum(std::size_t from, std::size_t to);

 private:
  struct Look {
    Adds adds;
    const Packed* column;
  };
  void prepare(const Adds& adds, const Packed& column) {
    if (adds.empty()) return;
    looks_.push_back({adds, &column});
    for (auto& add : looks_.back().adds)
      if (add < 0) add = stopped;
  }
  void count_one(std::size_t place);
  void find_keys(std::size_t from, std::size_t to);
  void sum_one(std::size_t place, std::size_t run);
  void add_split(QuickMix& mix, std::uint64_t key, unsigned measure, std::int64_t cents,
                 std::uint64_t counts);
  void move_own(std::size_t at) {
    const auto& own = split_->own.at;
    while (own_ < own.size() && own[own_] < at) ++own_;
    next_own_ = own_ < own.size() ? own[own_] : std::numeric_limits<std::size_t>::max();
  }
  void add(std::uint64_t key, unsigned measure, std::int64_t cents, std::uint64_t counts) {
    if (!grouped_) return;
    const MoneySlot money = {std::uint64_t(cents), counts};
    for (const auto base : bases_) table_.add(base + key, measure, money);
  }
  void add_total(unsigned measure, std::int64_t cents, std::uint64_t counts) {
    table_.add_total(measure, MoneySlot{std::uint64_t(cents), counts});
  }

  const Plan& plan_;
  const Cube::Columns& columns_;
  QuickTable& table_;
  bool grouped_;
  std::vector<Look> looks_;
  const SplitColumn* split_ = nullptr;
  const Adds* split_adds_ = nullptr;
  std::size_t own_ = 0;  // place in the contributions' own splits
  std::size_t next_own_ = std::numeric_limits<std::size_t>::max();  // contribution of that place
  QuickMix of_initiative_, of_contribution_;
  std::vector<std::int64_t> keys_;
  std::vector<std::uint64_t> bases_ = {0}, next_;
};

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

/// Every sum of one number of each list; the last list is left to `use`.
template <class Lists, class Of>
void cross_lists(const Lists& lists, std::size_t count, const Of& of, std::size_t place,
                 std::vector<std::uint64_t>& keys, std::vector<std::uint64_t>& next) {
  keys.assign(1, 0);
  for (std::size_t n = 0; n < count; ++n) {
    next.clear();
    each_add(of(lists[n]), place, [&](std::uint64_t add) {
      for (const auto key : keys) next.push_back(key + add);
    });
    keys.swap(next);
  }
}

void QuickScan::count_one(std::size_t place) {
  const auto records = columns_.records[place];
  table_.add_initiative(records);
  if (!grouped_) return;
  const auto of = [](const Counting& counting) -> const ListAdds& { return counting.lists; };
  const auto last = plan_.countings.size() - 1;
  cross_lists(plan_.countings, last, of, place, bases_, next_);
  next_.clear();
  each_add(of(plan_.countings[last]), place, [&](std::uint64_t add) { next_.push_back(add); });
  const auto counts = std::uint64_t(records) << 32 | 1;
  for (const auto base : bases_)
    for (const auto add : next_) table_.count(base + add, counts);
}

void QuickScan::count(std::size_t from, std::size_t to) {
  each_place(plan_.initiatives, from, to, [&](std::size_t place) { count_one(place); });
  bases_.assign(1, 0);
}

void QuickScan::find_keys(std::size_t from, std::size_t to) {
  const auto size = to - from;
  keys_.assign(size, 0);
  auto* keys = keys_.data();
  for (const auto& look : looks_)
    look.column->visit([&, adds = look.adds.data()](const auto* numbers) {
      for (std::size_t i = 0; i < size; ++i) keys[i] += adds[numbers[from + i]];
    });
}

void QuickScan::add_split(QuickMix& mix, std::uint64_t key, unsigned measure, std::int64_t cents,
                          std::uint64_t counts) {
  if (mix.groups() == 0) return;
  if (mix.whole()) {
    add_total(measure, cents, counts);
    return add(key + mix.group(0), measure, cents, counts);
  }
  const auto all = mix.divide(cents, [&](std::uint64_t group, std::int64_t part) {
    add(key + group, measure, part, counts);
  });
  add_total(measure, all, counts);
}

void QuickScan::sum_one(std::size_t place, std::size_t run) {
  const std::size_t from = columns_.first[place], to = columns_.first[place + 1];
  if (from == to) return;
  if (!plan_.initiative_lists.empty())
    cross_lists(
        plan_.initiative_lists, plan_.initiative_lists.size(),
        [](const ListAdds& list) -> const ListAdds& { return list; }, place, bases_, next_);
  if (split_ && !of_initiative_.has(split_->of[place]))
    of_initiative_.read(split_->mixes, split_->of[place], *split_adds_);
  if (next_own_ < from) move_own(from);
  for (std::size_t at = from; at < to; ++at) {
    const auto measure = plan_.measure_of_flag[columns_.flags[at]];
    const auto key = keys_[at - run];
    if (measure < 0 || key < 0) continue;
    auto cents = columns_.cents[at];
    if (plan_.deflation && cents != unpriced)
      cents = plan_.deflation->convert(cents, plan_.years[columns_.year[at]]).value_or(unpriced);
    std::uint64_t counts = 1;
    if (cents == unpriced) {
      cents = 0;
      counts = one_unpriced;
    }
    table_.add_magnitude(cents);
    if (split_) {
      if (next_own_ < at) move_own(at);
      if (next_own_ == at && !of_contribution_.has(split_->own.mix[own_]))
        of_contribution_.read(split_->mixes, split_->own.mix[own_], *split_adds_);
      add_split(next_own_ == at ? of_contribution_ : of_initiative_, std::uint64_t(key),
                unsigned(measure), cents, counts);
    } else {
      add_total(unsigned(measure), cents, counts);
      add(std::uint64_t(key), unsigned(measure), cents, counts);
    }
  }
}

void QuickScan::sum(std::size_t from, std::size_t to) {
  const auto& first = columns_.first;
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

constexpr std::size_t large_page = std::size_t(2) << 20;

void add_slot(const MoneySlot& slot, unsigned measure, TallyCell& cell) {
  const auto contributions = std::uint32_t(slot[1]), unpriced = std::uint32_t(slot[1] >> 32);
  if (contributions == 0) return;
  if (contributions > unpriced) cell.add_cents(measure, std::int64_t(slot[0]));
  cell.contributions += contributions;
  cell.unpriced += unpriced;
}

}  // namespace

void* allocate_zeroes(std::size_t bytes) {
  auto* memory = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  if (bytes >= large_page) madvise(memory, bytes, MADV_HUGEPAGE);  // a wish
  return memory;
}

void free_zeroes(void* memory, std::size_t bytes) { munmap(memory, bytes); }

void QuickTable::merge(const QuickTable& other, std::uint64_t from, std::uint64_t to) {
  for (auto key = from; key < to; ++key) initiatives_[key] += other.initiatives_[key];
  for (unsigned measure = 0; measure < 4; ++measure) {
    if (other.total_[measure][1] == 0) continue;
    for (auto at = measure * keys_ + from; at < measure * keys_ + to; ++at)
      money_[at] += other.money_[at];
  }
}

void QuickTable::merge_total(const QuickTable& other) {
  for (unsigned measure = 0; measure < 4; ++measure) total_[measure] += other.total_[measure];
  all_initiatives_ += other.all_initiatives_;
  all_records_ += other.all_records_;
  magnitude_ += other.magnitude_;
}

bool QuickTable::has(std::uint64_t key) const {
  if (initiatives_[key] != 0) return true;
  for (unsigned measure = 0; measure < 4; ++measure)
    if (total_[measure][1] != 0 && money_[measure * keys_ + key][1] != 0) return true;
  return false;
}

TallyCell QuickTable::at(std::uint64_t key) const {
  TallyCell cell;
  cell.key = key;
  cell.initiatives = std::uint32_t(initiatives_[key]);
  cell.records = std::uint32_t(initiatives_[key] >> 32);
  for (unsigned measure = 0; measure < 4; ++measure)
    if (total_[measure][1] != 0) add_slot(money_[measure * keys_ + key], measure, cell);
  return cell;
}

TallyCell QuickTable::total() const {
  TallyCell cell;
  cell.initiatives = std::uint32_t(all_initiatives_);
  cell.records = std::uint32_t(all_records_);
  for (unsigned measure = 0; measure < 4; ++measure) add_slot(total_[measure], measure, cell);
  return cell;
}

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
}

}  // namespace austral::review
