// Splits cents by whole weights with the largest remainder, as base split_by_weights does, without
// lists of its own.
#pragma once

#include <cstddef>
#include <cstdint>

namespace austral::review {

/// Shape: `parts` has room for `count`, which is at least one; the parts add up to `total`; ties go
/// to the earlier part. Weights are above zero.
void split_cents(std::int64_t total, const std::uint32_t* weights, std::size_t count,
                 std::int64_t* parts);

}  // namespace austral::review
