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

/// Gives a column's memory back, which `= {}` would keep.
template <class T>
void drop(std::vector<T>& column) {
  std::vector<T>().swap(column);
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
  void reserve(std::size_t size) {
    wished_ = size;
    if (width_ == 1)
      bytes_.reserve(size);
    else if (width_ == 2)
      pairs_.reserve(size);
    else
      fours_.reserve(size);
  }
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
  /// Has a number brought near that is read soon.
  [[gnu::always_inline]] void fetch(std::size_t at) const {
    visit([&](const auto* numbers) { __builtin_prefetch(numbers + at); });
  }

 private:
  void widen() {
    if (width_ == 1)
      pairs_.assign(bytes_.begin(), bytes_.end());
    else
      fours_.assign(pairs_.begin(), pairs_.end());
    if (width_ == 1)
      drop(bytes_);
    else
      drop(pairs_);
    width_ *= 2;
    reserve(wished_);
  }
  unsigned width_ = 1;
  std::size_t wished_ = 0;
  std::vector<std::uint8_t> bytes_;
  std::vector<std::uint16_t> pairs_;
  std::vector<std::uint32_t> fours_;
};

/// Cents in four bytes each; the few that do not fit stand apart.
class Amounts {
 public:
  /// Stands for an amount that does not fit.
  static constexpr std::int32_t apart = std::numeric_limits<std::int32_t>::min();
  void reserve(std::size_t size) { small_.reserve(size); }
  void push_back(std::int64_t cents) {
    const auto small = std::int32_t(cents);
    const bool fits = small == cents && small != apart;
    if (!fits) {
      append_to(apart_at_, std::uint32_t(small_.size()));
      append_to(apart_, cents);
    }
    append_to(small_, fits ? small : apart);
  }
  [[gnu::always_inline]] std::int64_t operator[](std::size_t at) const {
    return small_[at] != apart ? small_[at] : find_apart(at);
  }
  [[gnu::always_inline]] void fetch(std::size_t at) const {
    __builtin_prefetch(small_.data() + at);
  }
  const std::int32_t* small() const { return small_.data(); }
  std::size_t size() const { return small_.size(); }
  std::size_t memory() const { return small_.size() * 4 + apart_.size() * 12; }
  void enlarge() const { enlarge_pages(small_); }

 private:
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
    drop(slots_);
    drop(hashes_);
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
/// The bits of a flag: its kind (0..4, measured_kinds), then the three perspectives, then
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

/// What a bundle is (its flag), and who received it when, as numbers of the facets' dictionaries.
struct Occasion {
  std::uint32_t recipient = 0, year = 0;
  std::uint8_t flag = kind_bits;
};

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

  // Split beforehand over what most questions ask for, the coarse codes: categories, goals. Each
  // bundle has as many parts as its list has coarse codes, at least one.
  std::vector<std::uint32_t> coarse_of;  ///< by code; numbers of their own, 0: the empty one
  std::size_t coarse_codes = 1;
  /// By part: its coarse code, below it whether it is all of its bundle, and whether it is its
  /// bundle's first.
  Packed tags;
  Amounts parts;  ///< of the tags that are not all of their bundle: sums of contributions' parts
  std::vector<std::uint32_t> first_tag, first_part;  ///< by initiative, and the end
  std::size_t memory() const;
};

inline constexpr std::uint32_t first_bit = 1, whole_bit = 2;
inline constexpr unsigned tag_bits = 2;

struct Cube::Columns {
  std::int64_t revision = 0;

  // Initiatives stand in places where neighbours are alike (cube_order.cpp). Their turn is their
  // place in the order of their keys.
  std::vector<std::int64_t> keys;     ///< by turn, ascending
  std::vector<std::uint32_t> places;  ///< by turn
  std::vector<std::uint32_t> turns;   ///< by place

  // By initiative.
  std::vector<std::int32_t> start, end, updated;
  Amounts budgeted, committed, disbursed;
  Packed records, began;  ///< `began` numbers a year of facets[year]; 0: not known
  std::array<FacetColumn, facet_columns> facets;
  SplitColumn sectors, goals;

  // By initiative, and the end: where its bundles and its contributions' cents begin.
  std::vector<std::uint32_t> first_bundle = {0}, first = {0};

  // By bundle: contributions of an initiative that are alike in all but their amounts. Most
  // questions add up bundles; only what rounds each contribution on its own looks at these.
  Packed occasions;
  std::vector<Occasion> occasion_list;
  Packed provider;
  Packed terms;  ///< modality and flow type, numbered together
  std::vector<Term> term_list;
  std::vector<std::uint8_t> counts;  ///< contributions, at least one
  Amounts sums;
  /// By contribution of bundles that have several, in their order.
  Amounts cents;
  std::size_t contributions = 0;
  /// Any contributions together are no more cents than this, whatever their signs. Shape: the
  /// largest number where it would be larger.
  std::uint64_t magnitude = 0;

  /// The cents of one of a bundle's contributions; `first` is where those of the bundle begin.
  std::int64_t cents_of(std::size_t bundle, std::size_t first, std::size_t n) const {
    return counts[bundle] == 1 ? sums[bundle] : cents[first + n];
  }
  /// How many cents a bundle's contributions have of their own.
  std::size_t cents_kept(std::size_t bundle) const {
    return counts[bundle] == 1 ? 0 : counts[bundle];
  }
  const Occasion& occasion(std::size_t bundle) const { return occasion_list[occasions[bundle]]; }

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
