// The columns of the cube: numbered texts, whole numbers in as few bytes as they need, interned
// lists.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <deque>
#include <limits>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "review/cube.hpp"

namespace austral::review {

/// Texts numbered in the order in which they were met; 0 is the empty one.
class Dictionary {
 public:
  Dictionary() { number(""); }
  std::uint32_t number(std::string_view text) {
    if (const auto found = numbers_.find(text); found != numbers_.end()) return found->second;
    const auto next = std::uint32_t(texts_.size());
    numbers_.emplace(texts_.emplace_back(text), next);
    return next;
  }
  std::optional<std::uint32_t> find(std::string_view text) const {
    const auto found = numbers_.find(text);
    if (found == numbers_.end()) return std::nullopt;
    return found->second;
  }
  const std::string& text(std::uint32_t number) const { return texts_[number]; }
  std::size_t size() const { return texts_.size(); }
  std::size_t memory() const { return texts_.size() * (sizeof(std::string) + 56); }

 private:
  std::deque<std::string> texts_;
  std::unordered_map<std::string_view, std::uint32_t> numbers_;
};

/// Appends without the doubling that would leave a register's column half empty.
template <class T>
void append_to(std::vector<T>& column, T value) {
  if (column.size() == column.capacity()) column.reserve(column.size() + column.size() / 8 + 4096);
  column.push_back(value);
}

/// Asks for large pages under memory that is read in no order. A wish: without, all is as before.
void enlarge_pages(const void* memory, std::size_t bytes);
template <class T>
void enlarge_pages(const std::vector<T>& column) {
  enlarge_pages(column.data(), column.size() * sizeof(T));
}

/// Whole numbers in one, two or four bytes each, as the largest of them needs.
class Packed {
 public:
  void push_back(std::uint32_t value) {
    while (width_ < 4 && value >> (8 * width_) != 0) widen();
    if (width_ == 1)
      append_to(bytes_, std::uint8_t(value));
    else if (width_ == 2)
      append_to(pairs_, std::uint16_t(value));
    else
      append_to(fours_, value);
  }
  [[gnu::always_inline]] std::uint32_t operator[](std::size_t at) const {
    return width_ == 1 ? bytes_[at] : width_ == 2 ? pairs_[at] : fours_[at];
  }
  std::size_t size() const { return bytes_.size() + pairs_.size() + fours_.size(); }
  std::size_t memory() const { return size() * width_; }
  void enlarge() const {
    enlarge_pages(bytes_);
    enlarge_pages(pairs_);
    enlarge_pages(fours_);
  }
  /// Calls `use` with the numbers as a pointer of their own width.
  template <class Use>
  decltype(auto) visit(Use&& use) const {
    if (width_ == 1) return use(bytes_.data());
    if (width_ == 2) return use(pairs_.data());
    return use(fours_.data());
  }

 private:
  void widen() {
    if (width_ == 1)
      pairs_.assign(bytes_.begin(), bytes_.end());
    else
      fours_.assign(pairs_.begin(), pairs_.end());
    if (width_ == 1)
      bytes_ = {};
    else
      pairs_ = {};
    width_ *= 2;
  }
  unsigned width_ = 1;
  std::vector<std::uint8_t> bytes_;
  std::vector<std::uint16_t> pairs_;
  std::vector<std::uint32_t> fours_;
};

/// Cents in four bytes each; the few that do not fit stand apart.
class Amounts {
 public:
  void push_back(std::int64_t cents) {
    const auto small = std::int32_t(cents);
    const bool fits = small == cents && small != apart;
    if (!fits) {
      append_to(apart_at_, std::uint32_t(small_.size()));
      append_to(apart_, cents);
    }
    append_to(small_, fits ? small : apart);
  }
  std::int64_t operator[](std::size_t at) const {
    return small_[at] != apart ? small_[at] : find_apart(at);
  }
  std::size_t size() const { return small_.size(); }
  std::size_t memory() const { return small_.size() * 4 + apart_.size() * 12; }
  void enlarge() const { enlarge_pages(small_); }

 private:
  static constexpr std::int32_t apart = std::numeric_limits<std::int32_t>::min();
  std::int64_t find_apart(std::size_t at) const;

  std::vector<std::int32_t> small_;
  std::vector<std::uint32_t> apart_at_;  // ascending
  std::vector<std::int64_t> apart_;
};

/// A number of a dictionary, and the part of the whole that it has.
struct Weighted {
  std::uint32_t value = 0, weight = 1;
  bool operator==(const Weighted&) const = default;
};

/// Distinct lists, each kept once; list 0 is the empty one.
class Mixes {
 public:
  explicit Mixes(bool weighted = false) : weighted_(weighted) {}
  std::uint32_t intern(const std::vector<Weighted>& list);
  std::size_t size() const { return first_.size() - 1; }
  const std::uint32_t* begin(std::uint32_t mix) const { return values_.data() + first_[mix]; }
  const std::uint32_t* end(std::uint32_t mix) const { return values_.data() + first_[mix + 1]; }
  std::size_t length(std::uint32_t mix) const { return first_[mix + 1] - first_[mix]; }
  /// Has a list brought near that is read soon: first where it stands, somewhat later itself.
  /// Inlined always: the compiler drops calls of a function that only fetches.
  [[gnu::always_inline]] void fetch_place(std::uint32_t mix) const {
    __builtin_prefetch(&first_[mix]);
  }
  [[gnu::always_inline]] void fetch(std::uint32_t mix) const { __builtin_prefetch(begin(mix)); }
  /// Only of weighted lists.
  const std::uint32_t* weights(std::uint32_t mix) const { return weights_.data() + first_[mix]; }
  std::size_t memory() const {
    return (first_.size() + values_.size() + weights_.size() + slots_.size()) * 4;
  }
  /// Nothing is interned after.
  void finish() {
    slots_ = {};
    hashes_ = {};
    for (const auto* column : {&first_, &values_, &weights_}) enlarge_pages(*column);
  }

 private:
  bool equals(std::uint32_t mix, const std::vector<Weighted>& list) const;
  void grow();

  bool weighted_;
  std::vector<std::uint32_t> first_ = {0, 0};
  std::vector<std::uint32_t> values_, weights_;
  std::vector<std::uint32_t> slots_;  // open addressing: mix + 1, or 0
  std::vector<std::uint64_t> hashes_ = {0};
};

/// The lists of one dimension, and which of them each initiative has.
struct FacetColumn {
  Dictionary names;
  Mixes mixes;
  Packed of;
};

inline constexpr std::size_t facet_columns = 22;  ///< registry::Dimension's own numbers
inline constexpr std::int32_t no_day = std::numeric_limits<std::int32_t>::min();

/// What a contribution is counted as.
enum class Measure : std::uint8_t { budgeted, committed, disbursed, pledged };
/// The bits of a bundle's flag: its kind (0..4, measured_kinds), then the three perspectives, then
/// whether its contributions have no dollar amount.
inline constexpr std::uint8_t kind_bits = 7;
inline constexpr std::uint8_t perspective_bit(Perspective perspective) {
  return std::uint8_t(8 << int(perspective));
}
inline constexpr std::uint8_t unpriced_bit = 64;
struct MeasuredKind {
  registry::ContributionKind kind;
  Measure measure;
};
inline constexpr std::array<MeasuredKind, 5> measured_kinds = {
    {{registry::ContributionKind::budget, Measure::budgeted},
     {registry::ContributionKind::commitment, Measure::committed},
     {registry::ContributionKind::disbursement, Measure::disbursed},
     {registry::ContributionKind::expenditure, Measure::disbursed},
     {registry::ContributionKind::pledge, Measure::pledged}}};

/// A split that only some bundles have of their own: their places and lists, ascending.
struct OwnMixes {
  std::vector<std::uint32_t> at, mix;
  std::size_t memory() const { return (at.size() + mix.size()) * 4; }
};

/// How a contribution is carried out: numbers of the facets' dictionaries.
struct Term {
  std::vector<std::uint32_t> modalities;  ///< equal parts of it
  std::uint32_t flow_type = 0;
};

/// Codes over which amounts are split: sectors (the finest published), goals with their targets.
struct SplitColumn {
  Dictionary codes;
  Mixes mixes{true};
  Packed of;     ///< by initiative
  OwnMixes own;  ///< by bundle

  // Split beforehand over what most questions ask for, the coarse codes: categories, goals.
  std::vector<std::uint32_t> coarse_of;  ///< by code; numbers of their own, 0: the empty one
  std::size_t coarse_codes = 1;
  std::vector<std::uint32_t> coarse_first;  ///< by mix, and the end
  std::vector<std::uint32_t> coarse;        ///< the distinct coarse codes of each mix; never none
  std::vector<std::uint32_t> parts_first;   ///< by initiative
  Amounts parts;  ///< of each bundle whose mix has several coarse codes: the sums of its parts
  std::size_t memory() const;
};

struct Cube::Columns {
  std::int64_t revision = 0;

  // By initiative, in the order of their keys.
  std::vector<std::int64_t> keys;
  std::vector<std::int32_t> start, end, updated;
  std::vector<std::int64_t> budgeted, committed, disbursed;
  Packed records, began;  ///< `began` numbers a year of facets[year]; 0: not known
  std::array<FacetColumn, facet_columns> facets;
  SplitColumn sectors, goals;

  // By initiative, and the end: where its bundles and its contributions begin.
  std::vector<std::uint32_t> first_bundle = {0}, first = {0};

  // By bundle: contributions of an initiative that are alike in all but their amounts. Most
  // questions add up bundles; only what rounds each contribution on its own looks at these.
  Packed provider, recipient, year;  ///< numbers of their facets' dictionaries
  Packed terms;                      ///< modality and flow type, numbered together
  std::vector<Term> term_list;
  std::vector<std::uint8_t> flags;
  std::vector<std::uint8_t> counts;  ///< contributions, at least one
  Amounts sums;
  /// By contribution, in the order of their bundles.
  Amounts cents;

  /// By provider: the initiatives that have a contribution of it, ascending.
  std::vector<std::uint32_t> provided_first, provided;

  /// Places in the order of a text column, made when first asked for.
  mutable std::mutex order_mutex;
  mutable std::map<std::string, std::vector<std::uint32_t>, std::less<>> ranks;

  const FacetColumn& facet(registry::Dimension dimension) const {
    return facets[std::size_t(dimension)];
  }
};

/// The sector block of a category or purpose: `140` and `14030` are of `100`.
std::string block_of(std::string_view sector);

}  // namespace austral::review
