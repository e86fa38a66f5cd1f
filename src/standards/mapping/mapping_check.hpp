// What makes a mapping one that can be used: each rule for itself, and all of them together.
#pragma once

#include <string>
#include <vector>

#include "standards/mapping/mapping.hpp"

namespace austral::mapping {

/// Faults of one rule, each with its remedy. The rule's field exists.
std::vector<std::string> check_rule(const FieldRule& rule);
/// Faults of a mapping beyond those of its rules.
std::vector<std::string> check_whole(const Mapping& mapping);

/// Words that a rule's `form` may hold.
std::vector<std::string> form_words(const FieldRule& rule);

}  // namespace austral::mapping
