// Tests each bundle by its own values, and takes of split amounts the parts made beforehand.
#include "review/money_sums.hpp"

#include <algorithm>

#include "review/counts_tables.hpp"

namespace austral::review {
namespace {

using registry::Dimension;

/// The codes of a split that fit all of these dimensions; empty where none is asked for.
Flags flag_split(const Dictionary& codes, const Wanted& wanted,
                 std::initializer_list<Dimension> dimensions) {
  Flags flags;
  for (const auto dimension : dimensions) {
    const auto asked = wanted.find(dimension);
    if (asked == wanted.end()) continue;
    if (flags.empty()) flags.assign(codes.size(), 1);
    for (std::uint32_t i = 0; i < codes.size(); ++i) {
      const auto code = code_in(dimension, codes.text(i));
      if (std::find(asked->second.begin(), asked->second.end(), code) == asked->second.end())
        flags[i] = 0;
    }
  }
  return flags;
}

class MoneySums {
 public:
  MoneySums(const Cube::Columns& columns, const Wanted& wanted, Perspective perspective)
      : columns_(columns), perspective_(perspective_bit(perspective)) {
    const auto flag = [&](Dimension dimension) {
      const auto asked = wanted.find(dimension);
      return asked == wanted.end() ? Flags{}
                                   : flag_values(columns.facet(dimension).names, asked->second);
    };
    provider_ = flag(Dimension::provider);
    recipient_ = flag(Dimension::recipient);
    year_ = flag_years(columns, wanted);
    if (const auto flows = flag(Dimension::flow_type); !flows.empty())
      for (const auto& term : columns.term_list) terms_.push_back(flows[term.flow_type]);
    const auto members = [&](Dimension dimension, Dimension side) {
      const auto asked = wanted.find(dimension);
      return asked == wanted.end()
                 ? nullptr
                 : std::make_unique<MemberTable>(columns, columns.facet(side).names, asked->second);
    };
    provider_in_ = members(Dimension::provider_in, Dimension::provider);
    recipient_in_ = members(Dimension::recipient_in, Dimension::recipient);
    prepare_split(wanted);
  }

  std::optional<CubeSums> add_up(const Selection& among) {
    if (must_split_) return std::nullopt;
    each_place_of(among, [&](std::size_t place) { add_initiative(place); });
    if (overflown_) return std::nullopt;
    for (const auto& [measure, sum] : {std::pair{Measure::budgeted, &CubeSums::budgeted_cents},
                                       std::pair{Measure::committed, &CubeSums::committed_cents},
                                       std::pair{Measure::disbursed, &CubeSums::disbursed_cents},
                                       std::pair{Measure::pledged, &CubeSums::pledged_cents}})
      if (priced_ >> unsigned(measure) & 1) sums_.*sum = cents_[unsigned(measure)];
    return sums_;
  }

 private:
  void prepare_split(const Wanted& wanted) {
    const auto sectors =
        flag_split(columns_.sectors.codes, wanted,
                   {Dimension::sector_block, Dimension::category, Dimension::purpose});
    const auto goals =
        flag_split(columns_.goals.codes, wanted, {Dimension::goal, Dimension::target});
    must_split_ = wanted.contains(Dimension::modality) || (!sectors.empty() && !goals.empty());
    if (must_split_ || (sectors.empty() && goals.empty())) return;
    split_ = goals.empty() ? &columns_.sectors : &columns_.goals;
    const auto& codes = goals.empty() ? sectors : goals;
    coarse_.assign(split_->coarse_codes, unknown);
    for (std::size_t code = 0; code < codes.size(); ++code) {
      auto& known = coarse_[split_->coarse_of[code]];
      must_split_ = must_split_ || (known != unknown && known != codes[code]);
      known = codes[code];
    }
    for (auto& known : coarse_) known = known == 1;
  }

  bool passes(std::size_t at, std::size_t place) const {
    const auto& occasion = columns_.occasion(at);
    const auto fits = [](const Flags& flags, std::uint32_t number) {
      return flags.empty() || flags[number] != 0;
    };
    const auto provider = columns_.provider[at];
    if (!fits(provider_, provider) || !fits(recipient_, occasion.recipient) ||
        !fits(year_, occasion.year) || !fits(terms_, columns_.terms[at]))
      return false;
    if (!provider_in_ && !recipient_in_) return true;
    const auto year = occasion.year ? occasion.year : columns_.began[place];
    const auto is_member = [&](const auto& table, std::uint32_t partner) {
      return !table || !table->of(partner, year).empty();
    };
    return is_member(provider_in_, provider) && is_member(recipient_in_, occasion.recipient);
  }

  void add_initiative(std::size_t place) {
    const auto from = columns_.first_bundle[place], to = columns_.first_bundle[place + 1];
    if (!split_) {
      for (auto at = from; at < to; ++at)
        if (is_counted(at) && passes(at, place)) add(at, columns_.sums[at]);
      return;
    }
    std::size_t tag = split_->first_tag[place], part = split_->first_part[place];
    const std::size_t last = split_->first_tag[place + 1];
    for (auto at = from; at < to; ++at) {
      const bool wanted = is_counted(at) && passes(at, place);
      bool any = false;
      std::int64_t cents = 0;
      do {
        const auto number = split_->tags[tag];
        const auto one = number & whole_bit ? columns_.sums[at] : split_->parts[part++];
        if (!coarse_[number >> tag_bits]) continue;
        any = true;
        overflown_ |= wanted && __builtin_add_overflow(cents, one, &cents);
      } while (++tag < last && !(split_->tags[tag] & first_bit));
      if (any && wanted) add(at, cents);
    }
  }

  bool is_counted(std::size_t at) const {
    const auto flag = columns_.occasion(at).flag;
    return (flag & perspective_) && (flag & kind_bits) < measured_kinds.size();
  }

  void add(std::size_t at, std::int64_t cents) {
    const auto flag = columns_.occasion(at).flag;
    const std::uint32_t count = columns_.counts[at];
    sums_.contributions += count;
    if (flag & unpriced_bit) {
      sums_.unpriced += count;
      return;
    }
    const auto measure = unsigned(measured_kinds[flag & kind_bits].measure);
    priced_ |= 1u << measure;
    overflown_ |= __builtin_add_overflow(cents_[measure], cents, &cents_[measure]);
  }

  static constexpr char unknown = 2;

  const Cube::Columns& columns_;
  std::uint8_t perspective_;
  Flags provider_, recipient_, year_, terms_;
  std::unique_ptr<MemberTable> provider_in_, recipient_in_;
  const SplitColumn* split_ = nullptr;
  Flags coarse_;
  bool must_split_ = false, overflown_ = false;
  std::array<std::int64_t, 4> cents_ = {};
  unsigned priced_ = 0;
  CubeSums sums_;
};

}  // namespace

std::optional<CubeSums> sum_money(const Cube::Columns& columns, const Wanted& wanted,
                                  Perspective perspective, const Selection& among) {
  return MoneySums(columns, wanted, perspective).add_up(among);
}

}  // namespace austral::review
