// Measures facts by a methodology: which item each belongs to, what it is worth and why, what is
// left out and why, and the sums.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "measurement/facts.hpp"
#include "measurement/methodology.hpp"
#include "measurement/price.hpp"
#include "measurement/rate_book.hpp"

namespace austral::measurement {

/// Whose records are asked: everybody's with double telling taken out, or one side's.
enum class Side { reconciled, provider, recipient };
BOOST_DESCRIBE_ENUM(Side, reconciled, provider, recipient)

struct MeasureOptions {
  Side side = Side::reconciled;
  /// Value every item that allows it by this method; nothing: by the methodology's preference.
  std::optional<std::string> method;
  std::optional<int> price_year;  ///< instead of the methodology's
  std::vector<std::string>
      kinds;             ///< instead of the methodology's: `commitment` where none is paid
  unsigned threads = 0;  ///< 0: as many as help; the answer is the same
};

/// Why a fact has no value.
enum class LeftOut : std::uint8_t {
  told_by_another,  ///< another record tells of the same money, or this side is not asked
  superseded,       ///< an original budget that a revised one replaces
  kind,             ///< not a kind of contribution that this methodology counts
  scope,            ///< outside the methodology's scope
  excluded,         ///< one of its exclusions: `rule` says which
  no_item,          ///< no item of the methodology takes it
  no_method,        ///< no method of the item values this unit
  no_price,         ///< a price or rate is missing: needs() lists it
  no_date,          ///< without a year no price fits
  too_large         ///< more than can be added up to twelve decimals
};
BOOST_DESCRIBE_ENUM(LeftOut, told_by_another, superseded, kind, scope, excluded, no_item, no_method,
                    no_price, no_date, too_large)

/// A fact under an item with its value. Shape: `fact` is a place in Facts::rows.
struct ValuedRow {
  std::uint32_t fact = 0;
  std::uint16_t item = 0, method = 0;
  Amount value;  ///< Units: the methodology's currency (of its price year)
};
/// A fact under a counted item. Units: the item's unit.
struct CountedRow {
  std::uint32_t fact = 0;
  std::uint16_t item = 0;
  Amount quantity;
};
struct LeftOutRow {
  std::uint32_t fact = 0;
  LeftOut why{};
  std::uint16_t rule = 0;  ///< of Methodology::exclusions, where `why` is excluded
};

/// What an answer has looked up: enough to compute it again elsewhere.
struct UsedPrices {
  std::vector<const Price*> prices;      ///< of Answer::prices, in its order
  std::map<std::string, Decimal> rates;  ///< `BRL 2015`: units for one US dollar
  std::map<int, Decimal> deflators;
};

/// Every fact is in `valued` or in `left_out`, once, unless it is only counted; counted ones may be
/// in both.
struct Answer {
  std::shared_ptr<const Methodology> methodology;
  std::shared_ptr<const Facts> facts;
  std::shared_ptr<const PriceList> prices;
  std::shared_ptr<const RateBook> rates;
  MeasureOptions options;
  std::vector<ValuedRow> valued;
  std::vector<CountedRow> counted;
  std::vector<LeftOutRow> left_out;
  std::vector<PriceNeed> needs;  ///< each once, sorted
  UsedPrices used;

  Amount sum_of(std::size_t item) const;
};

/// Throws: Error::invalid for a method that the methodology has not.
Answer measure(std::shared_ptr<const Methodology> methodology, std::shared_ptr<const Facts> facts,
               std::shared_ptr<const PriceList> prices, const MeasureOptions& options = {},
               std::shared_ptr<const RateBook> rates = nullptr);

/// One input of a row's formula, as it was found.
struct UsedInput {
  std::string name;
  Ratio value;
  std::string unit, currency;  ///< currency of money alone
  std::string source;  ///< `detail grade`, `salary, Ministry's pay table 2024, from 2024-01-01`
};
/// How one row came to its value.
struct Explanation {
  std::string method, formula;    ///< in names
  std::string spelled;            ///< in figures
  std::vector<UsedInput> inputs;  ///< one for each name of the formula
  UsedInput rate, deflation;
  Ratio share;           ///< this recipient's part of the whole contribution
  std::string currency;  ///< of the formula's result
  Ratio native;          ///< before conversion and rounding
  Ratio value;           ///< in the methodology's currency
};
Explanation explain(const Answer& answer, const ValuedRow& row);

}  // namespace austral::measurement
