// Adds up bundles and their parts, run by run: first where each bundle goes, then its parts.
#include <algorithm>

#include "review/cube_quick_money.hpp"
#include "review/cube_quick_places.hpp"

namespace austral::review {
namespace {

constexpr std::size_t run_length = 1024;  // bundles
constexpr std::int32_t not_met = std::numeric_limits<std::int32_t>::min();

/// What each coarse code adds. Nothing where a coarse code's parts go to different groups.
std::optional<std::vector<std::int32_t>> add_coarse(const SplitColumn& split, const Adds& adds) {
  std::vector<std::int32_t> coarse(split.coarse_codes, not_met);
  for (std::size_t code = 0; code < adds.size(); ++code) {
    const auto add = adds[code] < 0 ? no_slot : std::int32_t(adds[code]);
    auto& known = coarse[split.coarse_of[code]];
    if (known != not_met && known != add) return std::nullopt;
    known = add;
  }
  return coarse;
}

class BundleSum {
 public:
  BundleSum(const Plan& plan, QuickTable& table)
      : plan_(plan),
        columns_(plan.columns),
        table_(table),
        slots_(plan, table),
        adder_(table),
        plain_(plan.initiative_lists.empty() && plan.columns.magnitude >> 63 == 0) {}
  void split(const SplitColumn& split, const std::vector<std::int32_t>& coarse);
  void sum(std::size_t from, std::size_t to);

 private:
  void sum_chunk(const std::uint32_t* places, std::size_t size);
  void sum_run(std::size_t from, std::size_t to);
  void sum_wholes(std::size_t from, std::size_t to, const std::int32_t* slots);
  template <class Tag>
  void sum_parts(const Tag* tags, std::size_t from, std::size_t to, const std::int32_t* slots);
  void sum_carefully(std::size_t place, const std::int32_t* slots);
  void sum_bundle(std::size_t at, std::int32_t slot, std::size_t tag, std::size_t end,
                  std::size_t part);
  void add(std::int32_t slot, std::int64_t cents, std::uint64_t count) {
    table_.add_magnitude(cents < 0 ? 0 - std::uint64_t(cents) : std::uint64_t(cents));
    for (const auto base : bases_) adder_.add(std::int32_t(base) + slot, cents, count);
  }
  void fetch(std::size_t place) const;

  const Plan& plan_;
  const Cube::Columns& columns_;
  QuickTable& table_;
  SlotFinder slots_;
  MoneyAdder adder_;
  /// Each bundle goes as a whole to one group, or each of its parts to one of its own, and their
  /// sums fit whatever is asked: what is all together can be read off the table.
  bool plain_;
  const SplitColumn* split_ = nullptr;
  std::vector<std::int32_t> tag_adds_;
  SlotFinder::Counted counted_;
  std::vector<std::uint64_t> bases_ = {0}, next_;
};

void BundleSum::split(const SplitColumn& split, const std::vector<std::int32_t>& coarse) {
  split_ = &split;
  for (const auto add : coarse) tag_adds_.insert(tag_adds_.end(), 1u << tag_bits, add);
  auto sorted = coarse;
  std::erase(sorted, not_met);
  std::sort(sorted.begin(), sorted.end());
  plain_ = plain_ && (sorted.empty() || sorted.front() >= 0) &&
           std::adjacent_find(sorted.begin(), sorted.end()) == sorted.end();
}

void BundleSum::sum(std::size_t from, std::size_t to) {
  each_places(plan_.money, from, to,
              [&](const std::uint32_t* places, std::size_t size) { sum_chunk(places, size); });
  adder_.finish();
  if (plain_) table_.add_up_money(counted_.all, counted_.unpriced);
}

/// Everything that is read of an initiative which does not follow the one before.
void BundleSum::fetch(std::size_t place) const {
  const auto at = columns_.first_bundle[place];
  slots_.fetch(at);
  __builtin_prefetch(columns_.counts.data() + at);
  columns_.sums.fetch(at);
  if (!split_) return;
  split_->tags.fetch(split_->first_tag[place]);
  split_->parts.fetch(split_->first_part[place]);
}

/// Neighbours are summed together.
void BundleSum::sum_chunk(const std::uint32_t* places, std::size_t size) {
  const auto& first = columns_.first_bundle;
  for (std::size_t i = 0; i < size;) {
    auto end = i + 1;
    while (end < size && places[end] == places[end - 1] + 1 &&
           first[places[end] + 1] - first[places[i]] <= run_length)
      ++end;
    for (auto soon = i + fetch_late; soon < std::min(size, end + fetch_late); ++soon)
      if (places[soon] != places[soon - 1] + 1) fetch(places[soon]);
    sum_run(places[i], places[end - 1] + 1);
    i = end;
  }
}

void BundleSum::sum_run(std::size_t from, std::size_t to) {
  const auto first = columns_.first_bundle[from], end = columns_.first_bundle[to];
  if (first == end) return;
  const auto* slots = slots_.find(first, end);
  if (plain_) {
    const auto more = slots_.count(first, end);
    counted_.all += more.all;
    counted_.unpriced += more.unpriced;
  }
  if (!plain_)
    for (auto place = from; place < to; ++place)
      sum_carefully(place, slots + (columns_.first_bundle[place] - first));
  else if (split_)
    split_->tags.visit([&](const auto* tags) { sum_parts(tags, from, to, slots); });
  else
    sum_wholes(first, end, slots);
}

void BundleSum::sum_wholes(std::size_t from, std::size_t to, const std::int32_t* slots) {
  const auto* counts = columns_.counts.data();
  for (auto at = from; at < to;) {
    auto room = adder_.make_room();
    const auto end = std::min(to, at + MoneyAdder::at_once);
    for (; at < end; ++at) room.add(slots[at - from], columns_.sums[at], counts[at]);
    adder_.take(room);
  }
}

template <class Tag>
void BundleSum::sum_parts(const Tag* tags, std::size_t from, std::size_t to,
                          const std::int32_t* slots) {
  const auto* adds = tag_adds_.data();
  const auto first = columns_.first_bundle[from];
  const auto* counts = columns_.counts.data() + first;
  const auto *sums = columns_.sums.small() + first, *parts = split_->parts.small();
  std::ptrdiff_t bundle = -1;
  std::size_t part = split_->first_part[from];
  for (std::size_t at = split_->first_tag[from], last = split_->first_tag[to]; at < last;) {
    auto room = adder_.make_room();
    for (const auto end = std::min(last, at + MoneyAdder::at_once); at < end; ++at) {
      const auto tag = tags[at];
      const bool whole = tag & whole_bit;
      bundle += tag & first_bit;
      const auto slot = slots[bundle] + adds[tag];
      const std::uint64_t count = counts[bundle];
      std::int64_t cents = *(whole ? sums + bundle : parts + part);
      if (cents == Amounts::apart) [[unlikely]]
        cents = whole ? columns_.sums[first + std::size_t(bundle)] : split_->parts[part];
      part += !whole;
      room.add(slot, cents, count);
    }
    adder_.take(room);
  }
}

/// The parts of one bundle; several in one group are the same contributions there.
void BundleSum::sum_bundle(std::size_t at, std::int32_t slot, std::size_t tag, std::size_t end,
                           std::size_t part) {
  std::uint64_t all = 0;
  bool any = false;
  for (auto one = tag; one < end; ++one) {
    const auto number = split_->tags[one];
    const auto cents = number & whole_bit ? columns_.sums[at] : split_->parts[part++];
    const auto group = tag_adds_[number];
    if (group < 0) continue;
    bool again = false;
    for (auto before = tag; before < one && !again; ++before)
      again = tag_adds_[split_->tags[before]] == group;
    all += std::uint64_t(cents);
    any = true;
    add(slot + group, cents, again ? 0 : columns_.counts[at]);
  }
  if (any) table_.add_total(slots_.plane_of(at), MoneySlot{all, columns_.counts[at]});
}

void BundleSum::sum_carefully(std::size_t place, const std::int32_t* slots) {
  if (!plan_.initiative_lists.empty()) cross_lists(plan_.initiative_lists, place, bases_, next_);
  const std::size_t from = columns_.first_bundle[place], to = columns_.first_bundle[place + 1];
  std::size_t tag = split_ ? split_->first_tag[place] : 0;
  std::size_t part = split_ ? split_->first_part[place] : 0;
  const std::size_t last = split_ ? split_->first_tag[place + 1] : 0;
  for (auto at = from; at < to; ++at) {
    const auto slot = slots[at - from];
    if (!split_) {
      if (slot < 0) continue;
      const auto cents = columns_.sums[at];
      table_.add_total(slots_.plane_of(at), MoneySlot{std::uint64_t(cents), columns_.counts[at]});
      add(slot, cents, columns_.counts[at]);
      continue;
    }
    auto end = tag + 1;
    while (end < last && !(split_->tags[end] & first_bit)) ++end;
    if (slot >= 0) sum_bundle(at, slot, tag, end, part);
    if (!(split_->tags[tag] & whole_bit)) part += end - tag;
    tag = end;
  }
}

}  // namespace

bool sum_bundles(const Plan& plan, std::size_t from, std::size_t to, QuickTable& table) {
  if (plan.deflation) return false;  // rounds each contribution
  const bool by_goals = !plan.goals.empty();
  const auto& split = by_goals ? plan.columns.goals : plan.columns.sectors;
  const auto& adds = by_goals ? plan.goals : plan.sectors;
  const auto coarse = add_coarse(split, adds);
  if (!coarse) return false;
  BundleSum sum(plan, table);
  if (!adds.empty()) sum.split(split, *coarse);
  sum.sum(from, to);
  return true;
}

}  // namespace austral::review
