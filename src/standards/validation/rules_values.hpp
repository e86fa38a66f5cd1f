// Numbers and dates as the official validator understands them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace austral::validation {

/// A number as JavaScript's Number() reads it: an empty text is 0, `1e2` is 100; else not a number.
double read_loose_number(std::string_view text);

/// The number rounded to four decimals, as a sum of percentages is compared.
double round_to_four(double number);

/// A date with or without time and zone, as JavaScript's Date reads the ISO forms: without a zone
/// it is UTC, and 31 February is 3 March. Units: milliseconds since 1970-01-01.
std::optional<std::int64_t> read_moment(std::string_view text);

}  // namespace austral::validation
