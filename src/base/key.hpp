// Keys of rows: whole numbers made by the program, rising with time, unique across processes.
#pragma once

#include <cstdint>

namespace austral {

/// A positive 63-bit number: 41 bits of milliseconds since 2020, 9 bits naming this process, 13
/// bits of a counter. Keys made later by one process are greater. Thread-safe. No database sequence
/// is ever needed.
std::int64_t make_key();

}  // namespace austral
