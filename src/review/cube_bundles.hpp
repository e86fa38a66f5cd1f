// Takes contributions in and gives bundles out: those of an initiative that are alike in all but
// their amounts stand together.
#pragma once

#include <map>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "registry/coding.hpp"
#include "registry/fact_store.hpp"
#include "review/cube_columns.hpp"

namespace austral::review {

/// Numbers occasions.
class Occasions {
 public:
  std::uint32_t number(const Occasion& occasion);
  const std::vector<Occasion>& all() const { return all_; }
  std::vector<Occasion> take() { return std::move(all_); }
  /// Nothing is numbered after.
  void finish() { numbers_ = {}; }

 private:
  std::vector<Occasion> all_;
  std::unordered_map<std::uint64_t, std::uint32_t> numbers_;
};

/// Weights without a common divisor; all equal where none is above zero.
std::vector<Weighted> reduce(Dictionary& codes, const registry::Weights& weights);

/// Has numbers of its own, so that others read beside it; BundleJoiner makes them those of the
/// columns.
class BundleBuilder {
 public:
  /// In the order of the initiatives.
  void add(const registry::ContributionFact& fact);
  /// After the last one.
  void finish();
  std::size_t contributions() const { return contributions_; }

 private:
  friend class BundleJoiner;
  /// One contribution of the initiative being read: what makes it like another, and its cents.
  struct Told {
    std::uint64_t who = 0, coding = 0, when = 0;
    std::int64_t cents = 0;
    bool is_like(const Told& other) const {
      return who == other.who && coding == other.coding && when == other.when;
    }
  };
  /// Remembers the last text: neighbours have the same.
  struct Numbers {
    Dictionary names;
    std::string last;
    std::uint32_t number = 0;
    std::uint32_t of(std::string_view text) {
      if (text != last) {
        last = text;
        number = names.number(text);
      }
      return number;
    }
  };

  /// Lists of codes that contributions have of their own, under numbers of their own and plus one;
  /// 0: none.
  struct OwnLists {
    Dictionary codes;
    Mixes mixes{true};
    std::string last;
    std::uint32_t number = 0;
    std::uint32_t of(std::string_view text);
  };

  void mark();
  void close_initiative();
  void add_bundle(const Told& told, std::size_t contributions, std::int64_t sum);
  std::uint32_t number_terms(std::string_view modality, std::string_view flow_type);

  std::vector<Told> told_;  // of the initiative being read
  std::vector<std::int64_t> keys_;
  // By initiative: where its bundles, its contributions and its own splits begin.
  std::vector<std::uint32_t> first_bundle_, first_, first_sectors_, first_goals_;
  Occasions occasions_;
  Packed occasion_, provider_, terms_;
  std::vector<std::uint8_t> counts_;
  Amounts sums_, cents_;
  std::uint64_t magnitude_ = 0;
  std::size_t contributions_ = 0;
  OwnMixes own_sectors_, own_goals_;  // numbers of the lists below

  Numbers providers_, recipients_;
  OwnLists sectors_, goals_;
  Dictionary years_;
  std::optional<int> last_year_;
  std::uint32_t last_year_number_ = 0;
  std::map<std::pair<std::string, std::string>, std::uint32_t> term_numbers_ = {{{}, 0}};
  std::string last_modality_, last_flow_type_;
  std::uint32_t last_term_ = 0;
};

/// Gives all initiatives their places.
void order_initiatives(Cube::Columns& columns);

/// Puts all into the columns, whose initiatives have their places; the builders, which stand in the
/// order of their initiatives, are emptied. What belongs to no initiative is left out.
void join_bundles(std::vector<BundleBuilder>& builders, Cube::Columns& to);

/// Splits the bundles' amounts over the coarse codes that most questions ask for.
void split_bundles(const Cube::Columns& columns, SplitColumn& split, registry::Dimension coarse);

}  // namespace austral::review
