// The facts that are measured: every part of every contribution, as columns, with what it was.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/decimal.hpp"
#include "registry/initiative_store.hpp"
#include "store/database.hpp"

namespace austral::measurement {

/// Texts by their number; number 0 is the empty text. Moved, never copied: its texts are viewed.
class Words {
 public:
  Words() { add(""); }
  Words(Words&&) = default;
  Words& operator=(Words&&) = default;
  std::uint32_t add(std::string_view text);
  std::optional<std::uint32_t> find(std::string_view text) const;
  const std::string& operator[](std::uint32_t n) const { return texts_[n]; }
  std::size_t size() const { return texts_.size(); }

 private:
  std::unordered_map<std::string_view, std::uint32_t> numbers_;
  std::deque<std::string> texts_;
};

/// What rules ask of a contribution besides who, where and when. Many contributions share one.
struct Trait {
  registry::ContributionKind kind = registry::ContributionKind::none;
  registry::Framework framework = registry::Framework::other;
  std::string unit;  ///< ISO 4217, or a code of codes/unit.hpp; as it was said where it is neither
  std::vector<std::string> modalities;
  std::string finance_type, flow_type, collaboration;
  /// Its details (grade, sex, age ...) and the classifications a rule may ask for (concessionality,
  /// keyword, pillar, financing-arrangement), its own or its record's, and the terms of its loan.
  /// Shape: name, value; a name may stand several times (registry/detail.hpp).
  std::vector<std::pair<std::string, std::string>> details;
  auto operator<=>(const Trait&) const = default;
  /// The first value of that name; empty when it has none.
  std::string_view detail(std::string_view name) const;
};

/// One part of one contribution.
struct Fact {
  std::int64_t initiative = 0, record = 0;
  std::int32_t n = 0, part = 0;
  std::uint32_t trait = 0;
  std::uint32_t provider = 0, recipient = 0;  ///< numbers in Facts::partners
  std::int32_t day = 0;                       ///< days since 1970-01-01; 0 with year 0: not known
  std::int16_t year = 0;
  std::int8_t scale = 0;
  bool counted = false;   ///< in the reconciled perspective
  std::int8_t sides = 0;  ///< registry::provider_side | recipient_side
  bool superseded = false;
  std::int64_t amount = 0;  ///< Units: 10^-scale of the trait's unit
  /// The undivided amount, of which this is one recipient's part; `amount` where it was not split.
  /// Details are those of the whole. Units: as `amount`.
  std::int64_t whole = 0;
};

/// All facts that were asked for. Shape: ordered by initiative, record, n, part.
struct Facts {
  std::int64_t revision = 0;
  std::vector<Fact> rows;
  std::vector<Trait> traits;
  Words partners;
};

/// A contribution of several modalities becomes as many facts in equal parts that add up to it (the
/// way the cube counts them), each with a trait of one modality. Facts keep their order.
void split_modalities(Facts& facts);

/// Which facts: years, partners; empty members do not restrict.
struct FactQuestion {
  std::optional<int> first_year, last_year;
  std::vector<std::string> providers, recipients;
  /// Of initiatives; groupings choose all that were ever a member (registry/scope_store.hpp).
  std::vector<registry::Filter> filters;
};

/// Reads the register as it is at one moment, with two connections side by side where it is large.
/// Contributions without a unit, a day or a partner are there too. The answer is the same whether
/// one connection reads (up to so many initiatives in the register) or two.
Facts read_facts(store::Database& database, const FactQuestion& question = {},
                 std::int64_t alone_up_to = 20'000);

}  // namespace austral::measurement
