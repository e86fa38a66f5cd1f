// Bundles contributions that are alike.
#include "review/cube_bundles.hpp"

#include <algorithm>
#include <tuple>

#include "base/error.hpp"
#include "base/text.hpp"
#include "registry/coding.hpp"

namespace austral::review {
namespace {

using registry::Dimension;

constexpr unsigned number_bits = 28;  // of a provider, a recipient or a year
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

/// Stops at the largest number.
void add_magnitude(std::uint64_t& all, std::uint64_t more) {
  if (__builtin_add_overflow(all, more, &all)) all = std::numeric_limits<std::uint64_t>::max();
}

std::vector<std::uint32_t> translate(const Dictionary& from, Dictionary& to) {
  std::vector<std::uint32_t> numbers;
  for (std::uint32_t i = 0; i < from.size(); ++i) numbers.push_back(to.number(from.text(i)));
  return numbers;
}

}  // namespace

std::uint32_t Occasions::number(const Occasion& occasion) {
  AUSTRAL_ASSERT(occasion.recipient >> number_bits == 0 && occasion.year >> number_bits == 0);
  const auto key = std::uint64_t(occasion.flag) << 2 * number_bits |
                   std::uint64_t(occasion.recipient) << number_bits | occasion.year;
  const auto [found, is_new] = numbers_.emplace(key, std::uint32_t(all_.size()));
  if (is_new) all_.push_back(occasion);
  return found->second;
}

std::uint32_t BundleBuilder::OwnLists::of(std::string_view text) {
  if (text == last) return number;
  last = text;
  return number = text.empty() ? 0 : mixes.intern(reduce(codes, registry::read_weights(text))) + 1;
}

std::uint32_t BundleBuilder::number_terms(std::string_view modality, std::string_view flow_type) {
  if (last_modality_ == modality && last_flow_type_ == flow_type) return last_term_;
  last_modality_ = modality;
  last_flow_type_ = flow_type;
  return last_term_ = term_numbers_
                          .emplace(std::pair{last_modality_, last_flow_type_},
                                   std::uint32_t(term_numbers_.size()))
                          .first->second;
}

void BundleBuilder::mark() {
  append_to(first_bundle_, std::uint32_t(counts_.size()));
  append_to(first_, std::uint32_t(cents_.size()));
  append_to(first_sectors_, std::uint32_t(own_sectors_.at.size()));
  append_to(first_goals_, std::uint32_t(own_goals_.at.size()));
}

void BundleBuilder::finish() {
  close_initiative();
  mark();
  drop(told_);
  occasions_.finish();
  for (auto* lists : {&sectors_, &goals_}) lists->mixes.finish();
}

void BundleBuilder::add(const registry::ContributionFact& fact) {
  const auto flag = flag_of(fact);
  if (!flag) return;
  if (keys_.empty() || keys_.back() != fact.initiative) {
    close_initiative();
    append_to(keys_, fact.initiative);
    mark();
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
  add_magnitude(magnitude_, told.cents < 0 ? 0 - std::uint64_t(told.cents) : told.cents);
}

void BundleBuilder::add_bundle(const Told& told, std::size_t contributions, std::int64_t sum) {
  const auto mask = (std::uint64_t(1) << number_bits) - 1;
  const auto at = std::uint32_t(counts_.size());
  append_to(counts_, std::uint8_t(contributions));
  contributions_ += contributions;
  occasion_.push_back(occasions_.number({std::uint32_t(told.who & mask), std::uint32_t(told.when),
                                         std::uint8_t(told.who >> 2 * number_bits)}));
  provider_.push_back(std::uint32_t(told.who >> number_bits & mask));
  terms_.push_back(std::uint32_t(told.when >> 32));
  sums_.push_back(sum);
  const auto own = [&](OwnMixes& mixes, std::uint32_t list) {
    if (list == 0) return;
    append_to(mixes.at, at);
    append_to(mixes.mix, list - 1);
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
    }
    if (to - from > 1)
      for (auto at = from; at < to; ++at) cents_.push_back(told_[at].cents);
    add_bundle(told_[from], to - from, sum);
    from = to;
  }
  told_.clear();
}

/// Gives the builders' numbers those of the columns, place after place.
class BundleJoiner {
 public:
  BundleJoiner(std::vector<BundleBuilder>& builders, Cube::Columns& to)
      : builders_(builders), to_(to), translations_(builders.size()) {}
  void find_initiatives();
  void translate_numbers();
  void add_bundles();
  void add_amounts();

 private:
  using Numbers = std::vector<std::uint32_t>;
  /// A builder's numbers as those of the columns.
  struct Translation {
    Numbers occasions, providers, terms, sectors, goals;
  };
  /// An initiative's contributions: which builder has them, and where.
  struct Where {
    std::uint32_t builder = none, at = 0;
  };
  static constexpr auto none = std::numeric_limits<std::uint32_t>::max();

  Numbers translate_occasions(const BundleBuilder& from);
  Numbers translate_terms(const BundleBuilder& from);
  static Numbers translate_own(SplitColumn& to, const BundleBuilder::OwnLists& from);
  void add_own(SplitColumn& to, const OwnMixes& own, const Numbers& mixes, const Numbers& first,
               const Where& where);
  Dictionary& names(Dimension dimension) { return to_.facets[std::size_t(dimension)].names; }
  /// Calls `use` with each initiative's place and contributions, `skip` where it has none.
  template <class Use>
  void each_place(const Use& use) const {
    constexpr std::size_t soon = 8;
    const auto size = where_.size();
    for (std::size_t place = 0; place < size; ++place) {
      if (place + soon < size) fetch(where_[to_.turns[place + soon]]);
      use(where_[to_.turns[place]]);
    }
  }
  void fetch(const Where& where) const {
    if (where.builder == none) return;
    const auto& from = builders_[where.builder];
    __builtin_prefetch(&from.first_bundle_[where.at]);
    __builtin_prefetch(&from.first_[where.at]);
  }

  std::vector<BundleBuilder>& builders_;
  Cube::Columns& to_;
  std::vector<Where> where_;  // by turn
  std::vector<Translation> translations_;
  Occasions occasions_;
  std::map<std::pair<std::string, std::string>, std::uint32_t> term_numbers_;
};

void BundleJoiner::find_initiatives() {
  where_.resize(to_.keys.size());
  std::size_t turn = 0;
  for (std::uint32_t builder = 0; builder < builders_.size(); ++builder) {
    const auto& keys = builders_[builder].keys_;
    for (std::uint32_t at = 0; at < keys.size(); ++at) {
      while (turn < to_.keys.size() && to_.keys[turn] < keys[at]) ++turn;
      if (turn < to_.keys.size() && to_.keys[turn] == keys[at]) where_[turn] = {builder, at};
    }
  }
}

BundleJoiner::Numbers BundleJoiner::translate_occasions(const BundleBuilder& from) {
  const auto recipients = translate(from.recipients_.names, names(Dimension::recipient));
  const auto years = translate(from.years_, names(Dimension::year));
  Numbers numbers;
  for (const auto& one : from.occasions_.all())
    numbers.push_back(occasions_.number({recipients[one.recipient], years[one.year], one.flag}));
  return numbers;
}

BundleJoiner::Numbers BundleJoiner::translate_terms(const BundleBuilder& from) {
  Numbers numbers(from.term_numbers_.size());
  for (const auto& [texts, number] : from.term_numbers_) {
    const auto [found, is_new] = term_numbers_.emplace(texts, std::uint32_t(to_.term_list.size()));
    numbers[number] = found->second;
    if (!is_new) continue;
    auto& term = to_.term_list.emplace_back();
    for (const auto one : split(texts.first, ';'))
      if (!one.empty()) term.modalities.push_back(names(Dimension::modality).number(one));
    term.flow_type = names(Dimension::flow_type).number(texts.second);
  }
  return numbers;
}

BundleJoiner::Numbers BundleJoiner::translate_own(SplitColumn& to,
                                                  const BundleBuilder::OwnLists& from) {
  const auto codes = translate(from.codes, to.codes);
  Numbers mixes;
  std::vector<Weighted> list;
  for (std::uint32_t mix = 0; mix < from.mixes.size(); ++mix) {
    list.clear();
    for (std::size_t i = 0; i < from.mixes.length(mix); ++i)
      list.push_back({codes[from.mixes.begin(mix)[i]], from.mixes.weights(mix)[i]});
    mixes.push_back(to.mixes.intern(list));
  }
  return mixes;
}

void BundleJoiner::translate_numbers() {
  for (std::size_t i = 0; i < builders_.size(); ++i) {
    auto& from = builders_[i];
    auto& to = translations_[i];
    to.occasions = translate_occasions(from);
    to.providers = translate(from.providers_.names, names(Dimension::provider));
    to.terms = translate_terms(from);
    to.sectors = translate_own(to_.sectors, from.sectors_);
    to.goals = translate_own(to_.goals, from.goals_);
    from.sectors_ = BundleBuilder::OwnLists();
    from.goals_ = BundleBuilder::OwnLists();
    add_magnitude(to_.magnitude, from.magnitude_);
  }
  to_.occasion_list = occasions_.take();
}

void BundleJoiner::add_own(SplitColumn& to, const OwnMixes& own, const Numbers& mixes,
                           const Numbers& first, const Where& where) {
  const auto& from = builders_[where.builder];
  const auto moved = std::uint32_t(to_.counts.size()) - from.first_bundle_[where.at];
  for (auto i = first[where.at]; i < first[where.at + 1]; ++i) {
    append_to(to.own.at, own.at[i] + moved);
    append_to(to.own.mix, mixes[own.mix[i]]);
  }
}

void BundleJoiner::add_bundles() {
  std::size_t bundles = 0;
  for (const auto& one : builders_) bundles += one.counts_.size();
  to_.counts.reserve(bundles);
  for (auto* column : {&to_.occasions, &to_.provider, &to_.terms}) column->reserve(bundles);
  to_.first_bundle.clear();
  to_.first_bundle.reserve(to_.keys.size() + 1);
  each_place([&](const Where& where) {
    to_.first_bundle.push_back(std::uint32_t(to_.counts.size()));
    if (where.builder == none) return;
    const auto& from = builders_[where.builder];
    const auto& translation = translations_[where.builder];
    add_own(to_.sectors, from.own_sectors_, translation.sectors, from.first_sectors_, where);
    add_own(to_.goals, from.own_goals_, translation.goals, from.first_goals_, where);
    for (auto at = from.first_bundle_[where.at]; at < from.first_bundle_[where.at + 1]; ++at) {
      to_.occasions.push_back(translation.occasions[from.occasion_[at]]);
      to_.provider.push_back(translation.providers[from.provider_[at]]);
      to_.terms.push_back(translation.terms[from.terms_[at]]);
      to_.counts.push_back(from.counts_[at]);
    }
  });
  to_.first_bundle.push_back(std::uint32_t(to_.counts.size()));
}

void BundleJoiner::add_amounts() {
  std::size_t bundles = 0, contributions = 0;
  for (auto& one : builders_) {
    bundles += one.sums_.size();
    contributions += one.cents_.size();
    one.occasion_ = one.provider_ = one.terms_ = Packed();
    one.own_sectors_ = one.own_goals_ = OwnMixes();
  }
  AUSTRAL_ASSERT(contributions < std::numeric_limits<std::uint32_t>::max());
  to_.sums.reserve(bundles);
  to_.cents.reserve(contributions);
  to_.first.clear();
  to_.first.reserve(to_.keys.size() + 1);
  each_place([&](const Where& where) {
    to_.first.push_back(std::uint32_t(to_.cents.size()));
    if (where.builder == none) return;
    const auto& from = builders_[where.builder];
    for (auto at = from.first_bundle_[where.at]; at < from.first_bundle_[where.at + 1]; ++at)
      to_.sums.push_back(from.sums_[at]);
    for (auto at = from.first_[where.at]; at < from.first_[where.at + 1]; ++at)
      to_.cents.push_back(from.cents_[at]);
  });
  to_.first.push_back(std::uint32_t(to_.cents.size()));
}

void join_bundles(std::vector<BundleBuilder>& builders, Cube::Columns& to) {
  BundleJoiner joiner(builders, to);
  joiner.find_initiatives();
  joiner.translate_numbers();
  joiner.add_bundles();
  joiner.add_amounts();
  builders.clear();
}

}  // namespace austral::review
