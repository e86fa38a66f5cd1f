// Bundles contributions that are alike, and splits their amounts beforehand.
#include "review/cube_bundles.hpp"

#include <algorithm>
#include <tuple>

#include "base/error.hpp"
#include "base/text.hpp"
#include "registry/coding.hpp"
#include "review/cube_filters.hpp"
#include "review/cube_split.hpp"

namespace austral::review {
namespace {

using registry::Dimension;

constexpr unsigned number_bits = 28;  // of a provider or a recipient
constexpr std::size_t most_alike = std::numeric_limits<std::uint8_t>::max();
/// A sum beyond begins another bundle, so that no bundle's sum is too large for its number.
constexpr std::int64_t most_cents = std::int64_t(1) << 62;

/// What nobody counts has no flag.
std::optional<std::uint8_t> flag_of(const registry::ContributionFact& fact) {
  std::uint8_t flag = 0;
  while (flag < measured_kinds.size() && measured_kinds[flag].kind != fact.kind) ++flag;
  if (flag == measured_kinds.size()) return std::nullopt;
  if (fact.counted) flag |= perspective_bit(Perspective::reconciled);
  if (fact.by_provider) flag |= perspective_bit(Perspective::provider);
  if (fact.by_recipient) flag |= perspective_bit(Perspective::recipient);
  if (flag <= kind_bits) return std::nullopt;
  return fact.usd_cents ? flag : flag | unpriced_bit;
}

/// The same numbers by another dictionary.
Packed translate(const Packed& numbers, const std::vector<std::uint32_t>& to) {
  Packed translated;
  for (std::size_t i = 0; i < numbers.size(); ++i) translated.push_back(to[numbers[i]]);
  return translated;
}

std::vector<std::uint32_t> translate(const Dictionary& from, Dictionary& to) {
  std::vector<std::uint32_t> numbers;
  for (std::uint32_t i = 0; i < from.size(); ++i) numbers.push_back(to.number(from.text(i)));
  return numbers;
}

}  // namespace

std::uint32_t BundleBuilder::number_terms(std::string_view modality, std::string_view flow_type) {
  if (last_modality_ == modality && last_flow_type_ == flow_type) return last_term_;
  last_modality_ = modality;
  last_flow_type_ = flow_type;
  return last_term_ = term_numbers_
                          .emplace(std::pair{last_modality_, last_flow_type_},
                                   std::uint32_t(term_numbers_.size()))
                          .first->second;
}

void BundleBuilder::add(const registry::ContributionFact& fact) {
  const auto flag = flag_of(fact);
  if (!flag) return;
  if (keys_.empty() || keys_.back() != fact.initiative) {
    close_initiative();
    append_to(keys_, fact.initiative);
    append_to(first_bundle_, std::uint32_t(flags_.size()));
    append_to(first_, std::uint32_t(cents_.size()));
  }
  if (fact.year != last_year_) {
    last_year_ = fact.year;
    last_year_number_ = fact.year ? years_.number(std::to_string(*fact.year)) : 0;
  }
  auto& told = told_.emplace_back();
  const std::uint64_t provider = providers_.of(fact.provider),
                      recipient = recipients_.of(fact.recipient);
  AUSTRAL_ASSERT(provider >> number_bits == 0 && recipient >> number_bits == 0);
  told.who = std::uint64_t(*flag) << 2 * number_bits | provider << number_bits | recipient;
  told.coding = std::uint64_t(sectors_.of(fact.sectors)) << 32 | goals_.of(fact.goals);
  told.when = std::uint64_t(number_terms(fact.modality, fact.flow_type)) << 32 | last_year_number_;
  told.cents = fact.usd_cents.value_or(0);
}

void BundleBuilder::add_bundle(const Told& told, std::size_t contributions, std::int64_t sum) {
  const auto mask = (std::uint64_t(1) << number_bits) - 1;
  const auto at = std::uint32_t(flags_.size());
  append_to(flags_, std::uint8_t(told.who >> 2 * number_bits));
  append_to(counts_, std::uint8_t(contributions));
  provider_.push_back(std::uint32_t(told.who >> number_bits & mask));
  recipient_.push_back(std::uint32_t(told.who & mask));
  year_.push_back(std::uint32_t(told.when));
  terms_.push_back(std::uint32_t(told.when >> 32));
  sums_.push_back(sum);
  const auto own = [&](OwnMixes& mixes, std::uint32_t text) {
    if (text == 0) return;
    append_to(mixes.at, at);
    append_to(mixes.mix, text);
  };
  own(own_sectors_, std::uint32_t(told.coding >> 32));
  own(own_goals_, std::uint32_t(told.coding));
}

void BundleBuilder::close_initiative() {
  std::sort(told_.begin(), told_.end(), [](const Told& left, const Told& right) {
    return std::tie(left.who, left.coding, left.when) <
           std::tie(right.who, right.coding, right.when);
  });
  for (std::size_t from = 0; from < told_.size();) {
    std::int64_t sum = 0;
    auto to = from;
    for (; to < told_.size() && to - from < most_alike && told_[to].is_like(told_[from]); ++to) {
      std::int64_t more = 0;
      if (to != from && (__builtin_add_overflow(sum, told_[to].cents, &more) || more > most_cents ||
                         more < -most_cents))
        break;
      sum = to == from ? told_[to].cents : more;
      cents_.push_back(told_[to].cents);
    }
    add_bundle(told_[from], to - from, sum);
    from = to;
  }
  AUSTRAL_ASSERT(cents_.size() < std::numeric_limits<std::uint32_t>::max());
  told_.clear();
}

/// Initiatives without contributions have an empty span.
void BundleBuilder::join_places(Cube::Columns& to) {
  append_to(keys_, std::numeric_limits<std::int64_t>::max());
  append_to(first_bundle_, std::uint32_t(flags_.size()));
  append_to(first_, std::uint32_t(cents_.size()));
  to.first_bundle.clear();
  to.first.clear();
  std::size_t at = 0;
  for (const auto key : to.keys) {
    // What belongs to no initiative is left to the one before, and counted by nobody.
    for (; keys_[at] < key; ++at)
      std::fill(flags_.begin() + first_bundle_[at], flags_.begin() + first_bundle_[at + 1],
                kind_bits);
    append_to(to.first_bundle, first_bundle_[at]);
    append_to(to.first, first_[at]);
    if (keys_[at] == key) ++at;
  }
  std::fill(flags_.begin() + first_bundle_[at], flags_.end(), kind_bits);
  append_to(to.first_bundle, std::uint32_t(flags_.size()));
  append_to(to.first, std::uint32_t(cents_.size()));
  keys_ = {};
  first_bundle_ = {};
  first_ = {};
}

void BundleBuilder::join_numbers(Cube::Columns& to) {
  const auto join = [&](Packed& from, Packed& column, Dictionary& names, Dimension dimension) {
    column = translate(from, translate(names, to.facets[std::size_t(dimension)].names));
    from = {};
    names = {};
  };
  join(provider_, to.provider, providers_.names, Dimension::provider);
  join(recipient_, to.recipient, recipients_.names, Dimension::recipient);
  join(year_, to.year, years_, Dimension::year);
}

void BundleBuilder::join_terms(Cube::Columns& to) {
  to.term_list.resize(term_numbers_.size());
  auto& modalities = to.facets[std::size_t(Dimension::modality)].names;
  auto& flow_types = to.facets[std::size_t(Dimension::flow_type)].names;
  for (const auto& [texts, number] : term_numbers_) {
    auto& term = to.term_list[number];
    for (const auto one : split(texts.first, ';'))
      if (!one.empty()) term.modalities.push_back(modalities.number(one));
    term.flow_type = flow_types.number(texts.second);
  }
  to.terms = std::move(terms_);
}

void BundleBuilder::join_own(SplitColumn& to, const Numbers& texts, OwnMixes& own) {
  std::vector<std::uint32_t> mixes = {0};
  for (std::uint32_t i = 1; i < texts.names.size(); ++i)
    mixes.push_back(to.mixes.intern(reduce(to.codes, registry::read_weights(texts.names.text(i)))));
  for (auto& mix : own.mix) mix = mixes[mix];
  to.own = std::move(own);
}

void BundleBuilder::join(Cube::Columns& to) {
  close_initiative();
  join_places(to);
  join_numbers(to);
  join_terms(to);
  join_own(to.sectors, sectors_, own_sectors_);
  join_own(to.goals, goals_, own_goals_);
  to.flags = std::move(flags_);
  to.counts = std::move(counts_);
  to.sums = std::move(sums_);
  to.cents = std::move(cents_);
}

namespace {

/// Numbers the coarse codes, and lists those of each mix.
void list_coarse(SplitColumn& split, Dimension coarse) {
  Dictionary numbers;
  for (std::uint32_t code = 0; code < split.codes.size(); ++code)
    split.coarse_of.push_back(numbers.number(code_in(coarse, split.codes.text(code))));
  split.coarse_codes = numbers.size();
  split.coarse_first = {0};
  for (std::uint32_t mix = 0; mix < split.mixes.size(); ++mix) {
    const auto from = std::ptrdiff_t(split.coarse.size());
    const auto add = [&](std::uint32_t one) {
      if (std::find(split.coarse.begin() + from, split.coarse.end(), one) == split.coarse.end())
        append_to(split.coarse, one);
    };
    for (const auto* code = split.mixes.begin(mix); code != split.mixes.end(mix); ++code)
      add(split.coarse_of[*code]);
    if (split.mixes.length(mix) == 0) add(0);
    append_to(split.coarse_first, std::uint32_t(split.coarse.size()));
  }
}

/// Sums the parts of a bundle's contributions by coarse code.
class BundleSplitter {
 public:
  explicit BundleSplitter(SplitColumn& split) : split_(split) {}
  void read(std::uint32_t mix) {
    if (mix == mix_) return;
    mix_ = mix;
    const auto from = split_.coarse.begin() + split_.coarse_first[mix];
    const auto to = split_.coarse.begin() + split_.coarse_first[mix + 1];
    parts_.resize(split_.mixes.length(mix));
    sums_.resize(std::size_t(to - from));
    slots_.clear();
    for (const auto* code = split_.mixes.begin(mix); code != split_.mixes.end(mix); ++code)
      slots_.push_back(std::size_t(std::find(from, to, split_.coarse_of[*code]) - from));
  }
  bool is_whole() const { return sums_.size() < 2; }
  void split(const Amounts& cents, std::size_t from, std::size_t to) {
    std::fill(sums_.begin(), sums_.end(), 0);
    for (auto at = from; at < to; ++at) {
      split_cents(cents[at], split_.mixes.weights(mix_), parts_.size(), parts_.data());
      for (std::size_t i = 0; i < parts_.size(); ++i) sums_[slots_[i]] += parts_[i];
    }
    for (const auto sum : sums_) split_.parts.push_back(sum);
  }

 private:
  SplitColumn& split_;
  std::uint32_t mix_ = std::numeric_limits<std::uint32_t>::max();
  std::vector<std::size_t> slots_;
  std::vector<std::int64_t> parts_, sums_;
};

}  // namespace

void split_bundles(const Cube::Columns& columns, SplitColumn& split, Dimension coarse) {
  list_coarse(split, coarse);
  BundleSplitter of_initiative(split), of_bundle(split);
  std::size_t own = 0;
  for (std::size_t place = 0; place < columns.keys.size(); ++place) {
    append_to(split.parts_first, std::uint32_t(split.parts.size()));
    if (columns.first_bundle[place] == columns.first_bundle[place + 1]) continue;
    of_initiative.read(split.of[place]);
    std::size_t contribution = columns.first[place];
    for (auto at = columns.first_bundle[place]; at < columns.first_bundle[place + 1]; ++at) {
      while (own < split.own.at.size() && split.own.at[own] < at) ++own;
      const bool is_own = own < split.own.at.size() && split.own.at[own] == at;
      if (is_own) of_bundle.read(split.own.mix[own]);
      auto& splitter = is_own ? of_bundle : of_initiative;
      const auto end = contribution + columns.counts[at];
      if (!splitter.is_whole()) splitter.split(columns.cents, contribution, end);
      contribution = end;
    }
  }
  AUSTRAL_ASSERT(split.parts.size() < std::numeric_limits<std::uint32_t>::max());
}

}  // namespace austral::review
