// Asks a methodology's conditions of contributions: what a trait alone answers, and what needs to
// know who, to whom and when.
#pragma once

#include <string_view>
#include <vector>

#include "measurement/facts.hpp"
#include "measurement/methodology.hpp"

namespace austral::measurement {

/// Who, to whom and when: what a trait does not say. Empty texts: not stated.
struct Setting {
  std::string_view provider, recipient;
  int year = 0;
};

/// True for a field that asks about the setting.
bool asks_setting(std::string_view field);
bool asks_setting(const std::vector<Condition>& any);

/// Whether one of the conditions holds; no conditions hold always.
bool holds(const std::vector<Condition>& any, const Trait& trait, const Setting& setting);

}  // namespace austral::measurement
