// Numbers and days as people write them into cells, read with what the mapping says of their form.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/date.hpp"
#include "base/decimal.hpp"

namespace austral::mapping {

/// Which mark separates decimals; neither: told by the number itself.
struct NumberForm {
  bool comma = false, point = false;
};

/// `1,250,000.50`, `1.250.000,50`, `1 250 000`, `(500)`, `12 %`, digits of any script.
std::optional<Decimal> read_number(std::string_view text, NumberForm form, std::string& remedy);

/// value * 10^zeros, exactly; nothing when 64 bits cannot hold it.
std::optional<Decimal> times_ten(Decimal value, int zeros);

/// `2015`, `2015.0`, 1900 to 2100; nothing for anything else.
std::optional<int> read_year(std::string_view text);

/// `form`: `dmy`, `mdy` or `ymd` for days written in digits.
std::optional<Date> read_date(std::string_view text, std::string_view form, std::string& remedy);

}  // namespace austral::mapping
