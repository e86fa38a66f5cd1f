// Takes contributions in and gives bundles out: those of an initiative that are alike in all but
// their amounts stand together.
#pragma once

#include <map>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "registry/fact_store.hpp"
#include "review/cube_columns.hpp"

namespace austral::review {

/// Weights without a common divisor; all equal where none is above zero.
std::vector<Weighted> reduce(Dictionary& codes, const registry::Weights& weights);

/// Has numbers of its own, so that initiatives can be read beside it; join() makes them those of
/// the columns.
class BundleBuilder {
 public:
  /// In the order of the initiatives.
  void add(const registry::ContributionFact& fact);
  /// Puts all into the columns, whose initiatives are complete.
  void join(Cube::Columns& to);

 private:
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

  void close_initiative();
  void add_bundle(const Told& told, std::size_t contributions, std::int64_t sum);
  std::uint32_t number_terms(std::string_view modality, std::string_view flow_type);
  void join_places(Cube::Columns& to);
  void join_numbers(Cube::Columns& to);
  void join_terms(Cube::Columns& to);
  static void join_own(SplitColumn& to, const Numbers& texts, OwnMixes& own);

  std::vector<Told> told_;  // of the initiative being read
  std::vector<std::int64_t> keys_;
  std::vector<std::uint32_t> first_bundle_, first_;
  Packed provider_, recipient_, year_, terms_;
  std::vector<std::uint8_t> flags_, counts_;
  Amounts sums_, cents_;
  OwnMixes own_sectors_, own_goals_;  // numbers of their texts, until they are joined

  Numbers providers_, recipients_, sectors_, goals_;
  Dictionary years_;
  std::optional<int> last_year_;
  std::uint32_t last_year_number_ = 0;
  std::map<std::pair<std::string, std::string>, std::uint32_t> term_numbers_ = {{{}, 0}};
  std::string last_modality_, last_flow_type_;
  std::uint32_t last_term_ = 0;
};

/// Splits the bundles' amounts over the coarse codes that most questions ask for.
void split_bundles(const Cube::Columns& columns, SplitColumn& split, registry::Dimension coarse);

}  // namespace austral::review
