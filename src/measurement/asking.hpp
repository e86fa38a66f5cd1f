// A question as people ask it, and its answer from a register: the same for commands and pages.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "measurement/measure.hpp"
#include "measurement/methodology_store.hpp"
#include "store/database.hpp"

namespace austral::measurement {

struct Asking {
  std::string methodology = "unctad";  ///< a name, or `NAME@VERSION`
  FactQuestion facts;
  MeasureOptions options;
};

/// Understands what people write. `name`: year (`2015` or `2010-2015`), provider, recipient (names
/// or codes), perspective, method, price_year, methodology, or a filter of lists of initiatives.
/// Throws: Error::invalid naming what can be given.
void add_choice(Asking& asking, std::string_view name, std::string_view value);
/// The names that add_choice() understands beside filters.
const std::vector<std::string>& choice_names();

/// Reads facts and prices and measures them.
Answer answer(store::Database& database, const Asking& asking);
/// The same by a methodology at hand (a file that is being tried).
Answer answer(store::Database& database, const Asking& asking,
              std::shared_ptr<const Methodology> methodology);

}  // namespace austral::measurement
