// Frozen answers: everything that a figure was computed from in one file, so that anybody can
// compute it again.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "measurement/measure.hpp"

namespace austral::measurement {

/// An initiative as people know it, by its key in the register that answered.
using Identifiers = std::map<std::int64_t, std::string>;

/// Writes methodology and methods with their hash, what was asked, the revision, the prices, rates
/// and deflators that were used, the facts, and the results to the twelfth decimal. JSON; the same
/// answer has the same bytes.
std::string write_frozen(const Answer& answer, const Identifiers& identifiers);

/// What was read back: the answer computed anew from what the file holds, and nothing else.
struct Frozen {
  Answer answer;
  Identifiers identifiers;
};
/// Throws: Error::invalid for a file that is no frozen answer, naming where it is damaged.
Frozen read_frozen(std::string_view json);

/// Computes a frozen answer again. Shape: what differs from what the file says, one line each;
/// empty where every byte is the same.
std::vector<std::string> recompute(std::string_view json);

}  // namespace austral::measurement
