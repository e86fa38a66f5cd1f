// Stands in for the code lists, the ruleset and the whole-file checks until their rooms are filled.
#include "standards/validation/validation.hpp"

namespace austral::validation {

struct Together::State {};
Together::Together() = default;
Together::~Together() = default;
void Together::add(const Ties&, Faults&) {}
Together::Broken Together::finish() { return {}; }
Ties find_ties(const Subject&) { return {}; }

void check_codes(const Subject&, Faults&) {}
void check_rules(const Subject&, std::string_view, Faults&) {}

}  // namespace austral::validation
