// Splits the bundles' amounts beforehand over categories and goals.
#include <algorithm>

#include "base/error.hpp"
#include "review/cube_bundles.hpp"
#include "review/cube_filters.hpp"
#include "review/cube_split.hpp"

namespace austral::review {
namespace {

using registry::Dimension;

/// The distinct coarse codes of each mix, never none.
struct CoarseLists {
  std::vector<std::uint32_t> first = {0}, codes;

  explicit CoarseLists(SplitColumn& split) {
    for (std::uint32_t mix = 0; mix < split.mixes.size(); ++mix) {
      const auto from = std::ptrdiff_t(codes.size());
      const auto add = [&](std::uint32_t one) {
        if (std::find(codes.begin() + from, codes.end(), one) == codes.end()) codes.push_back(one);
      };
      for (const auto* code = split.mixes.begin(mix); code != split.mixes.end(mix); ++code)
        add(split.coarse_of[*code]);
      if (split.mixes.length(mix) == 0) add(0);
      first.push_back(std::uint32_t(codes.size()));
    }
  }
  std::size_t length(std::uint32_t mix) const { return first[mix + 1] - first[mix]; }
};

/// Sums the parts of a bundle's contributions by coarse code.
class BundleSplitter {
 public:
  BundleSplitter(const CoarseLists& coarse, SplitColumn& split) : coarse_(coarse), split_(split) {}
  void read(std::uint32_t mix) {
    if (mix == mix_) return;
    mix_ = mix;
    const auto from = coarse_.codes.begin() + coarse_.first[mix];
    const auto to = coarse_.codes.begin() + coarse_.first[mix + 1];
    parts_.resize(split_.mixes.length(mix));
    sums_.resize(std::size_t(to - from));
    slots_.clear();
    for (const auto* code = split_.mixes.begin(mix); code != split_.mixes.end(mix); ++code)
      slots_.push_back(std::size_t(std::find(from, to, split_.coarse_of[*code]) - from));
  }
  /// `first`: where the cents of the bundle's contributions begin.
  void split(const Cube::Columns& columns, std::size_t bundle, std::size_t first) {
    const auto* codes = coarse_.codes.data() + coarse_.first[mix_];
    if (sums_.size() < 2) return split_.tags.push_back(*codes << tag_bits | whole_bit | first_bit);
    std::fill(sums_.begin(), sums_.end(), 0);
    for (std::size_t n = 0; n < columns.counts[bundle]; ++n) {
      split_cents(columns.cents_of(bundle, first, n), split_.mixes.weights(mix_), parts_.size(),
                  parts_.data());
      for (std::size_t i = 0; i < parts_.size(); ++i) sums_[slots_[i]] += parts_[i];
    }
    for (std::size_t i = 0; i < sums_.size(); ++i) {
      split_.tags.push_back(codes[i] << tag_bits | (i == 0 ? first_bit : 0));
      split_.parts.push_back(sums_[i]);
    }
  }

 private:
  const CoarseLists& coarse_;
  SplitColumn& split_;
  std::uint32_t mix_ = std::numeric_limits<std::uint32_t>::max();
  std::vector<std::size_t> slots_;
  std::vector<std::int64_t> parts_, sums_;
};

/// Calls `use` with each bundle and its mix, `begin` before with each initiative.
template <class Begin, class Use>
void each_mix(const Cube::Columns& columns, const SplitColumn& split, Begin&& begin, Use&& use) {
  std::size_t own = 0;
  for (std::size_t place = 0; place < columns.keys.size(); ++place) {
    begin();
    for (auto at = columns.first_bundle[place]; at < columns.first_bundle[place + 1]; ++at) {
      while (own < split.own.at.size() && split.own.at[own] < at) ++own;
      const bool is_own = own < split.own.at.size() && split.own.at[own] == at;
      use(at, is_own ? split.own.mix[own] : split.of[place], is_own);
    }
  }
}

}  // namespace

void split_bundles(const Cube::Columns& columns, SplitColumn& split, Dimension coarse) {
  Dictionary numbers;
  for (std::uint32_t code = 0; code < split.codes.size(); ++code)
    split.coarse_of.push_back(numbers.number(code_in(coarse, split.codes.text(code))));
  split.coarse_codes = numbers.size();
  const CoarseLists lists(split);
  std::size_t tags = 0, parts = 0;
  each_mix(
      columns, split, [] {},
      [&](std::size_t, std::uint32_t mix, bool) {
        const auto length = lists.length(mix);
        tags += length;
        parts += length > 1 ? length : 0;
      });
  AUSTRAL_ASSERT(tags < std::numeric_limits<std::uint32_t>::max());
  split.tags.reserve(tags);
  split.parts.reserve(parts);
  for (auto* first : {&split.first_tag, &split.first_part}) first->reserve(columns.keys.size() + 1);
  const auto mark = [&] {
    split.first_tag.push_back(std::uint32_t(split.tags.size()));
    split.first_part.push_back(std::uint32_t(split.parts.size()));
  };
  BundleSplitter of_initiative(lists, split), of_bundle(lists, split);
  std::size_t cents = 0;
  each_mix(columns, split, mark, [&](std::size_t at, std::uint32_t mix, bool is_own) {
    auto& splitter = is_own ? of_bundle : of_initiative;
    splitter.read(mix);
    splitter.split(columns, at, cents);
    cents += columns.cents_kept(at);
  });
  mark();
}

}  // namespace austral::review
