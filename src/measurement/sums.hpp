// What an answer adds up to: by item and total, under every method that applies, and printed so
// that the parts add up.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "measurement/measure.hpp"

namespace austral::measurement {

/// One item's sum. A counted item has quantities by unit, and by the values of its detail (sex).
struct ItemSum {
  Amount amount;
  std::int64_t rows = 0, initiatives = 0;
  std::map<std::string, Amount> quantities;                     ///< by unit
  std::map<std::pair<std::string, std::string>, Amount> apart;  ///< by unit and the detail's value
  std::map<std::size_t, std::int64_t> methods;                  ///< rows by method
};
/// Shape: one for each of the methodology's items. An item that counts initiatives has the number
/// of those with a measured contribution as its quantity.
std::vector<ItemSum> sum_items(const Answer& answer);

/// Of a group, an item or a total by its code. Throws: Error::not_found.
Amount sum_of(const Answer& answer, const std::vector<ItemSum>& items, std::string_view code);

/// An item's facts under one method: those that it cannot value keep the value they have.
struct MethodSum {
  std::size_t method = 0;
  std::int64_t rows = 0;  ///< that it values
  Amount sum;
};
struct Spread {
  Amount smallest, largest;
  std::vector<MethodSum> methods;  ///< that value at least one row
  /// largest / smallest - 1 in per cent, one decimal; nothing where the smallest is not above zero.
  std::optional<Decimal> per_cent() const;
};
/// Shape: one for each item; counted ones have none of it.
std::vector<Spread> spread_items(const Answer& answer);
/// Of a group, item or total: the sums of the smallest and of the largest.
Spread spread_of(const Answer& answer, const std::vector<Spread>& items, std::string_view code);

/// Rounds so that the parts add up to their rounded sum: largest remainder, ties to the earlier.
std::vector<Amount> round_parts(const std::vector<Amount>& parts, int digits);
/// The same to another sum than their own, which is rounded already.
std::vector<Amount> round_parts(const std::vector<Amount>& parts, int digits, const Amount& sum);
/// Half-even, as an amount.
Amount round_whole(const Amount& amount, int digits);

}  // namespace austral::measurement
