// Why two methodologies give two answers to the same facts, row by row, adding up exactly.
#pragma once

#include <optional>
#include <vector>

#include "measurement/measure.hpp"

namespace austral::measurement {

enum class BridgeCause : std::uint8_t {
  only_left,   ///< the right one leaves it out: `why` says for what reason
  only_right,  ///< the left one leaves it out
  method,      ///< both value it, by different methods
  prices,      ///< by the same method, at other rates or prices of another year
  same         ///< both give the same value
};
BOOST_DESCRIBE_ENUM(BridgeCause, only_left, only_right, method, prices, same)

struct BridgeRow {
  std::uint32_t fact = 0;
  BridgeCause cause{};
  std::optional<std::uint16_t> left_item, right_item;
  std::optional<LeftOut> why;  ///< of the side that leaves it out; nothing: it only counts it
  std::uint16_t rule = 0;      ///< an exclusion of that side
  Amount left, right;
  Amount difference() const { return right - left; }
};

/// Rows of one cause, reason and pair of items.
struct BridgeStep {
  BridgeRow like;  ///< cause, items, why and rule; amounts are the sums
  std::int64_t rows = 0;
};

/// left + the differences of all steps = right, to the twelfth decimal.
struct Bridge {
  Amount left, right;
  std::vector<BridgeStep> steps;  ///< the largest difference first
  std::vector<BridgeRow> rows;    ///< those with a difference
};

/// Both answers are of the same facts. Throws: Error::invalid for other facts, or two currencies.
Bridge bridge(const Answer& left, const Answer& right);

/// One pair of partners in one year, as providers' and as recipients' records tell it.
struct MirrorRow {
  std::uint32_t provider = 0, recipient = 0;  ///< numbers in Facts::partners
  int year = 0;
  Amount by_provider, by_recipient;
  std::int64_t provider_rows = 0, recipient_rows = 0;
};
/// Shape: ordered by provider, recipient (by their codes), year.
std::vector<MirrorRow> mirror(std::shared_ptr<const Methodology> methodology,
                              std::shared_ptr<const Facts> facts,
                              std::shared_ptr<const PriceList> prices,
                              const MeasureOptions& options = {});

}  // namespace austral::measurement
