// Goes over initiatives and their contributions once and adds them up.
#include <algorithm>

#include "review/cube_plan.hpp"
#include "review/cube_split.hpp"

namespace austral::review {
namespace {

using Keys = std::vector<std::uint64_t>;

/// A part of a contribution: the group it goes to so far, and its cents.
struct MoneyPart {
  std::uint64_t key = 0;
  std::int64_t cents = 0;
};

/// Puts each of `count` numbers behind each key.
void cross(Keys& keys, const std::uint64_t* adds, std::size_t count) {
  if (count == 1) {
    for (auto& key : keys) key += adds[0];
    return;
  }
  const auto before = keys.size();
  for (std::size_t i = 1; i < count; ++i)
    for (std::size_t k = 0; k < before; ++k) keys.push_back(keys[k] + adds[i]);
  if (count == 0)
    keys.clear();
  else
    for (std::size_t k = 0; k < before; ++k) keys[k] += adds[0];
}

class Scan {
 public:
  Scan(const Plan& plan, Tally& tally, TallyCell& total)
      : plan_(plan), columns_(plan.columns), tally_(tally), total_(total) {}

  void start(std::size_t from) {
    const auto first = columns_.first_bundle[from];
    sectors_ = seek(columns_.sectors, first);
    goals_ = seek(columns_.goals, first);
  }
  void count(std::size_t place);
  void sum(std::size_t place);

 private:
  static std::size_t seek(const SplitColumn& column, std::uint32_t first) {
    const auto& at = column.own.at;
    return std::size_t(std::lower_bound(at.begin(), at.end(), first) - at.begin());
  }
  void cross_list(Keys& keys, const ListAdds& list, std::size_t place) {
    adds_.clear();
    each_add(list, place, [&](std::uint64_t add) { adds_.push_back(add); });
    cross(keys, adds_.data(), adds_.size());
  }
  void cross_countries(Keys& keys, const MemberAdds& members, std::size_t place);
  void cross_members(Keys& keys, const MemberAdds& members, std::uint32_t country,
                     std::uint32_t year);
  /// Key of one bundle by what is its own; `excluded` where filters stop it.
  std::int64_t find_key(std::size_t at) const;
  void sum_bundle(std::size_t place, std::size_t at, unsigned measure, std::int64_t key,
                  std::size_t first);
  /// The parts of `count` contributions at once, where nothing rounds each on its own.
  void sum_parts(std::size_t place, std::size_t at, unsigned measure, std::uint32_t count,
                 bool priced);
  void split_over(const Mixes& mixes, std::uint32_t mix, const Adds& adds);
  void split_modalities(std::uint32_t term);
  std::uint32_t mix_of(const SplitColumn& column, std::size_t& cursor, std::size_t place,
                       std::size_t at);
  void merge_parts();
  static void add(TallyCell& cell, unsigned measure, std::int64_t cents, std::uint32_t count,
                  bool priced) {
    cell.contributions += count;
    if (priced)
      cell.add_cents(measure, cents);
    else
      cell.unpriced += count;
  }

  const Plan& plan_;
  const Cube::Columns& columns_;
  Tally& tally_;
  TallyCell& total_;
  std::size_t sectors_ = 0, goals_ = 0;  // places in the contributions' own splits
  Keys keys_, bases_, adds_;
  std::vector<MoneyPart> parts_, next_;
  std::vector<std::int64_t> cents_;
  std::vector<std::uint32_t> equal_;
};

void Scan::cross_members(Keys& keys, const MemberAdds& members, std::uint32_t country,
                         std::uint32_t year) {
  const auto& groupings = members.table->of(country, year);
  if (groupings.empty()) return;
  Keys adds;
  for (const auto grouping : groupings) adds.push_back((grouping + 1) * members.stride);
  cross(keys, adds.data(), adds.size());
}

void Scan::cross_countries(Keys& keys, const MemberAdds& members, std::size_t place) {
  const auto& column = columns_.facet(members.side);
  const auto mix = column.of[place];
  Keys adds;
  for (const auto* value = column.mixes.begin(mix); value != column.mixes.end(mix); ++value)
    for (const auto grouping : members.table->of(*value, columns_.began[place]))
      adds.push_back((grouping + 1) * members.stride);
  std::sort(adds.begin(), adds.end());
  adds.erase(std::unique(adds.begin(), adds.end()), adds.end());
  if (!adds.empty()) cross(keys, adds.data(), adds.size());
}

void Scan::count(std::size_t place) {
  const auto records = columns_.records[place];
  ++total_.initiatives;
  total_.records += records;
  if (plan_.countings.empty()) return;
  keys_.assign(1, 0);
  for (const auto& counting : plan_.countings) {
    if (counting.members >= 0)
      cross_countries(keys_, plan_.members[std::size_t(counting.members)], place);
    else
      cross_list(keys_, counting.lists, place);
  }
  for (const auto key : keys_) {
    auto& cell = tally_.at(key);
    ++cell.initiatives;
    cell.records += records;
  }
}

std::int64_t Scan::find_key(std::size_t at) const {
  std::int64_t key = 0;
  const auto& occasion = columns_.occasion(at);
  const auto look = [&](const Adds& adds, std::uint32_t number) {
    if (adds.empty()) return true;
    key += adds[number];
    return adds[number] >= 0;
  };
  if (!look(plan_.provider, columns_.provider[at]) || !look(plan_.recipient, occasion.recipient) ||
      !look(plan_.year, occasion.year) || !look(plan_.terms, columns_.terms[at]))
    return excluded;
  return key;
}

std::uint32_t Scan::mix_of(const SplitColumn& column, std::size_t& cursor, std::size_t place,
                           std::size_t at) {
  const auto& own = column.own;
  while (cursor < own.at.size() && own.at[cursor] < at) ++cursor;
  return cursor < own.at.size() && own.at[cursor] == at ? own.mix[cursor] : column.of[place];
}

void Scan::split_over(const Mixes& mixes, std::uint32_t mix, const Adds& adds) {
  const auto length = mixes.length(mix);
  const auto* values = mixes.begin(mix);
  if (length <= 1) {
    const auto add = adds[length == 0 ? 0 : values[0]];
    if (add < 0) return parts_.clear();
    for (auto& part : parts_) part.key += std::uint64_t(add);
    return;
  }
  cents_.resize(length);
  next_.clear();
  for (const auto& part : parts_) {
    split_cents(part.cents, mixes.weights(mix), length, cents_.data());
    for (std::size_t i = 0; i < length; ++i)
      if (adds[values[i]] >= 0)
        next_.push_back({part.key + std::uint64_t(adds[values[i]]), cents_[i]});
  }
  parts_.swap(next_);
}

void Scan::split_modalities(std::uint32_t term) {
  const auto& values = columns_.term_list[term].modalities;
  equal_.assign(values.size(), 1);
  cents_.resize(values.size());
  next_.clear();
  for (const auto& part : parts_) {
    split_cents(part.cents, equal_.data(), values.size(), cents_.data());
    for (std::size_t i = 0; i < values.size(); ++i)
      if (const auto add = plan_.modalities[values[i]]; add >= 0)
        next_.push_back({part.key + std::uint64_t(add), cents_[i]});
  }
  parts_.swap(next_);
}

/// Several parts of one contribution in one group are one contribution there.
void Scan::merge_parts() {
  for (std::size_t i = 1; i < parts_.size(); ++i)
    for (std::size_t k = 0; k < i; ++k)
      if (parts_[k].key == parts_[i].key) {
        parts_[k].cents += parts_[i].cents;
        parts_[i--] = parts_.back();
        parts_.pop_back();
        break;
      }
}

void Scan::sum_bundle(std::size_t place, std::size_t at, unsigned measure, std::int64_t key,
                      std::size_t first) {
  const bool priced = !(columns_.occasion(at).flag & unpriced_bit);
  const std::uint32_t count = columns_.counts[at];
  const auto whole = plan_.sectors.empty() && plan_.goals.empty() &&
                     (plan_.several.empty() || !plan_.several[columns_.terms[at]]);
  if (!priced || (whole && !plan_.deflation)) {
    parts_.assign(1, {std::uint64_t(key), priced ? columns_.sums[at] : 0});
    return sum_parts(place, at, measure, count, priced);
  }
  for (std::uint32_t n = 0; n < count; ++n) {
    auto cents = std::optional(columns_.cents_of(at, first, n));
    if (plan_.deflation)
      cents = plan_.deflation->convert(*cents, plan_.years[columns_.occasion(at).year]);
    parts_.assign(1, {std::uint64_t(key), cents.value_or(0)});
    sum_parts(place, at, measure, 1, cents.has_value());
  }
}

void Scan::sum_parts(std::size_t place, std::size_t at, unsigned measure, std::uint32_t count,
                     bool priced) {
  if (!plan_.sectors.empty())
    split_over(columns_.sectors.mixes, mix_of(columns_.sectors, sectors_, place, at),
               plan_.sectors);
  if (!plan_.goals.empty())
    split_over(columns_.goals.mixes, mix_of(columns_.goals, goals_, place, at), plan_.goals);
  if (!plan_.several.empty() && plan_.several[columns_.terms[at]])
    split_modalities(columns_.terms[at]);
  if (parts_.empty()) return;
  std::int64_t sum = 0;
  for (const auto& part : parts_) sum += part.cents;
  add(total_, measure, sum, count, priced);
  if (plan_.groups.empty()) return;
  merge_parts();
  const Keys* bases = &bases_;
  if (!plan_.members.empty()) {
    const auto& occasion = columns_.occasion(at);
    const auto year = occasion.year ? occasion.year : columns_.began[place];
    keys_ = bases_;
    for (const auto& members : plan_.members)
      cross_members(keys_, members,
                    members.side == registry::Dimension::provider ? columns_.provider[at]
                                                                  : occasion.recipient,
                    year);
    bases = &keys_;
  }
  for (const auto base : *bases)
    for (const auto& part : parts_)
      add(tally_.at(base + part.key), measure, part.cents, count, priced);
}

void Scan::sum(std::size_t place) {
  const auto from = columns_.first_bundle[place], to = columns_.first_bundle[place + 1];
  if (from == to) return;
  std::size_t cents = columns_.first[place];
  bases_.assign(1, 0);
  for (const auto& list : plan_.initiative_lists) cross_list(bases_, list, place);
  for (std::size_t at = from; at < to; cents += columns_.cents_kept(at++)) {
    const auto& occasion = columns_.occasion(at);
    const auto measure = plan_.measure_of_flag[occasion.flag];
    if (measure < 0) continue;
    const auto key = find_key(at);
    if (key < 0) continue;
    const auto year = occasion.year ? occasion.year : columns_.began[place];
    if (plan_.provider_in && plan_.provider_in->of(columns_.provider[at], year).empty()) continue;
    if (plan_.recipient_in && plan_.recipient_in->of(occasion.recipient, year).empty()) continue;
    sum_bundle(place, at, unsigned(measure), key, cents);
  }
}

}  // namespace

void scan(const Plan& plan, std::size_t from, std::size_t to, Tally& tally, TallyCell& total) {
  if (from == to) return;
  Scan one(plan, tally, total);
  one.start(from);
  for (std::size_t place = from; place < to; ++place) {
    if (plan.initiatives.has(place)) one.count(place);
    if (plan.money.has(place)) one.sum(place);
  }
}

}  // namespace austral::review
