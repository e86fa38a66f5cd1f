// Calendar days without clock or zone: reading ISO dates, writing them, counting between them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace austral {

/// A day of the proleptic Gregorian calendar. Units: days since 1970-01-01.
struct Date {
  std::int32_t days = 0;
  auto operator<=>(const Date&) const = default;
};

/// Reads `YYYY-MM-DD`, also with a time or zone behind it (`T...`, `Z`, `+03:00`), spaces trimmed.
/// A time is read for its form only; the day is the one written, whatever the zone.
/// Returns nothing for text that is no real day (2023-02-30) or a year outside 1000..9999.
std::optional<Date> parse_date(std::string_view text);

/// Makes a day; nothing if there is no such day.
std::optional<Date> make_date(int year, int month, int day);

std::string to_string(Date date);  ///< `YYYY-MM-DD`
int year_of(Date date);
int month_of(Date date);
Date today();  ///< in UTC

/// Now, in UTC. Units: milliseconds since 1970-01-01.
std::int64_t now_milliseconds();
/// `YYYY-MM-DDThh:mm:ss.mmmZ`
std::string to_timestamp(std::int64_t milliseconds);

}  // namespace austral
