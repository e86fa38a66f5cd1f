// Values contributions: finds the inputs of a method's formula, converts its result, and keeps what
// equal contributions share.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "measurement/measure.hpp"

namespace austral::measurement {

/// A factor times a whole number, in 128 bits where they suffice.
class Factor {
 public:
  Factor() = default;
  explicit Factor(const Ratio& value);
  /// amount * 10^-scale times the factor. Units: 10^-12.
  Amount of(std::int64_t amount, int scale) const;

 private:
  Ratio exact_;
  Amount::Whole up_ = 0, down_ = 0;  ///< down_ 0: does not fit
};

/// All inputs of a formula as they were found, and what turns its result into the currency asked
/// for.
struct Worked {
  std::vector<UsedInput> inputs;
  std::size_t quantity = 0;  ///< which of them is the contribution's own
  Ratio of_one;              ///< of the formula's unit in one of the contribution's
  std::string currency;      ///< of the result
  UsedInput rate, deflation;
};

/// Values under one methodology, price list and price year; not for several threads at once.
class Valuation {
 public:
  /// Of an answer that is made or being made.
  explicit Valuation(const Answer& answer);
  ~Valuation();

  /// Whether a method can value a unit at all.
  bool fits(std::size_t method, std::uint32_t trait);
  /// Nothing where a price is missing: needs_of() has it.
  std::optional<Amount> value(const Fact& fact, std::size_t method);
  Explanation explain(const Fact& fact, std::size_t method);

  /// Everything that was looked up and found.
  struct Used {
    std::set<const Price*> prices;
    std::map<std::string, Decimal> rates;
    std::map<int, Decimal> deflators;
  };
  const Used& used() const { return used_; }
  /// What is missing for it.
  const std::vector<PriceNeed>& needs_of(const Fact& fact, std::size_t method);

 private:
  struct Plan;
  struct PlanKey {
    std::uint32_t trait, provider, recipient, epoch, period;
    std::uint16_t method;
    bool operator==(const PlanKey&) const = default;
  };
  struct PlanHash {
    std::size_t operator()(const PlanKey& key) const;
  };
  /// The first trait with the same unit and the same details as far as a method asks for them.
  std::uint32_t alike(std::size_t method, std::uint32_t trait);
  PlanKey key_of(const Fact& fact, std::size_t method);
  Plan make_plan(const Fact& fact, std::size_t method);
  const Plan& plan_of(const Fact& fact, std::size_t method);
  std::optional<UsedInput> find_input(const Fact& fact, const Method& method, std::size_t n,
                                      const std::string& currency);
  std::optional<Worked> work_out(const Fact& fact, std::size_t method);
  std::optional<UsedInput> find_in_prices(const Fact& fact, const InputSource& source,
                                          const std::string& currency);
  std::optional<UsedInput> find_rate(const Fact& fact, const std::string& currency);
  std::optional<UsedInput> find_deflation(const Fact& fact);
  std::string result_currency(const Fact& fact, const std::vector<UsedInput>& inputs) const;

  const Methodology& methodology_;
  const Facts& facts_;
  const PriceList& prices_;
  const RateBook& rates_;
  std::optional<int> price_year_;
  std::vector<std::int32_t> epochs_;               ///< days on which some price begins or has ended
  std::vector<std::vector<signed char>> fits_;     ///< by method and trait; -1 not yet known
  std::vector<std::vector<std::uint32_t>> alike_;  ///< by method and trait: one more; 0 not known
  std::unordered_map<std::string, std::uint32_t> first_alike_;
  std::unordered_map<PlanKey, Plan, PlanHash> plans_;
  Used used_;
  std::vector<PriceNeed> needs_;  ///< of the plan that is being made
};

}  // namespace austral::measurement
