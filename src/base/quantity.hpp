// A number with its unit: 120 USD, 30 person-days, 4 tonnes; money is one kind of it.
#pragma once

#include <boost/describe.hpp>
#include <string>

#include "base/decimal.hpp"

namespace austral {

/// A decimal amount of a unit. Units: an ISO 4217 code for money, else a unit name or UN/CEFACT
/// code.
struct Quantity {
  Decimal amount;
  std::string unit;
};
BOOST_DESCRIBE_STRUCT(Quantity, (), (amount, unit))

}  // namespace austral
