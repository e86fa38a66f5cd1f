// Units that turn into one another: hours into days by a methodology's conventions, kilograms into
// tonnes by fact.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "measurement/ratio.hpp"

namespace austral::measurement {

/// hours_per_day, days_per_year, hours_per_year ...: what a methodology agrees on.
using Conventions = std::map<std::string, Decimal>;

/// How many of `to` one of `from` is; nothing where they measure different things, or a convention
/// that is needed is missing or zero.
std::optional<Ratio> convert_unit(std::string_view from, std::string_view to,
                                  const Conventions& conventions);

/// Whether `unit` is meant by a rule's value: the unit itself, what it measures (`person-time`,
/// `persons`, `missions` ...), `goods` for what has a UN/CEFACT unit other than time, or `money`
/// for any currency.
bool is_unit(std::string_view unit, std::string_view asked);
/// Whether a rule may ask for it.
bool is_unit_word(std::string_view asked);
/// The units that are no money and that `asked` means.
std::vector<std::string_view> units_meant(std::string_view asked);

}  // namespace austral::measurement
