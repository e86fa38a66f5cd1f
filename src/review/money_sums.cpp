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
    const auto fits = [&](const Flags& flags, const Packed& column) {
      return flags.empty() || flags[column[at]] != 0;
    };
    if (!fits(provider_, columns_.provider) || !fits(recipient_, columns_.recipient) ||
        !fits(year_, columns_.year) || !fits(terms_, columns_.terms))
      return false;
    if (!provider_in_ && !recipient_in_) return true;
    const auto year = columns_.year[at] ? columns_.year[at] : columns_.began[place];
    const auto is_member = [&](const auto& table, const Packed& column) {
      return !table || !table->of(column[at], year).empty();
    };
    return is_member(provider_in_, columns_.provider) &&
           is_member(recipient_in_, columns_.recipient);
  }

  std::uint32_t mix_of(std::size_t at, std::uint32_t of_initiative) {
    const auto& own = split_->own;
    while (own_ < own.at.size() && own.at[own_] < at) ++own_;
    return own_ < own.at.size() && own.at[own_] == at ? own.mix[own_] : of_initiative;
  }

  void add_initiative(std::size_t place) {
    const auto from = columns_.first_bundle[place], to = columns_.first_bundle[place + 1];
    if (!split_) {
      for (auto at = from; at < to; ++at)
        if (is_counted(at) && passes(at, place)) add(at, columns_.sums[at]);
      return;
    }
    const auto& own = split_->own.at;
    own_ = std::size_t(std::lower_bound(own.begin() + std::ptrdiff_t(own_), own.end(), from) -
                       own.begin());
    std::size_t part = split_->parts_first[place];
    for (auto at = from; at < to; ++at) {
      const auto mix = mix_of(at, split_->of[place]);
      const auto *code = split_->coarse.data() + split_->coarse_first[mix],
                 *end = split_->coarse.data() + split_->coarse_first[mix + 1];
      const auto parts = part;
      if (end - code > 1) part += std::size_t(end - code);
      if (!is_counted(at) || !passes(at, place)) continue;
      if (end - code == 1) {
        if (coarse_[*code]) add(at, columns_.sums[at]);
        continue;
      }
      bool any = false;
      std::int64_t cents = 0;
      for (const auto* one = code; one != end; ++one) {
        if (!coarse_[*one]) continue;
        any = true;
        overflown_ |=
            __builtin_add_overflow(cents, split_->parts[parts + std::size_t(one - code)], &cents);
      }
      if (any) add(at, cents);
    }
  }

  bool is_counted(std::size_t at) const {
    const auto flag = columns_.flags[at];
    return (flag & perspective_) && (flag & kind_bits) < measured_kinds.size();
  }

  void add(std::size_t at, std::int64_t cents) {
    const auto flag = columns_.flags[at];
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
  std::size_t own_ = 0;  // place in the bundles' own splits
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
