// Units of quantities that are no money: what each measures, how it converts, what people call it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/decimal.hpp"

namespace austral::codes {

/// One unit; the views live as long as the program.
struct Unit {
  std::string_view code;    ///< `person-day`, or of UN/CEFACT Recommendation 20: `TNE`
  std::string_view source;  ///< `austral`, or `rec20`
  /// `person-time`, `persons`, `mass`, `count` ...: only units of one measure convert.
  std::string_view measures;
  /// Units: base units of its measure (the unit whose factor is 1). Nothing where a methodology's
  /// conventions say it (hours a day, working days a year).
  std::optional<Decimal> factor;
  std::vector<std::pair<std::string_view, std::string_view>>
      labels;  ///< language, label in the singular; English first

  bool by_convention() const { return !factor; }
};

/// All units, by code.
const std::vector<Unit>& units();

/// By code or by name in any language, in singular or plural (`person days`, `tonnes`); nullptr for
/// what no unit is called, also for currencies.
const Unit* find_unit(std::string_view text);

/// The codes of units that are spelt most nearly alike, the nearest first. Shape: at most three.
std::vector<std::string_view> nearest_units(std::string_view text);

/// The label in a language, else in English.
std::string_view label_of(const Unit& unit, std::string_view language);

}  // namespace austral::codes
