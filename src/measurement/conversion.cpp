// Converts units: by their published factors, and people's time by a methodology's conventions.
#include "measurement/conversion.hpp"

#include <algorithm>

#include "codes/exchange_rate.hpp"
#include "codes/unit.hpp"

namespace austral::measurement {
namespace {

std::optional<Ratio> convention(const Conventions& conventions, const char* name) {
  const auto found = conventions.find(name);
  if (found == conventions.end() || found->second.is_zero()) return std::nullopt;
  return to_ratio(found->second);
}

/// The time of people, whoever they are: experts', trainees' and volunteers' days are days.
bool is_peoples_time(std::string_view measures) { return measures.ends_with("-time"); }

/// Working days in one unit of people's time.
std::optional<Ratio> days_in(std::string_view unit, const Conventions& conventions) {
  const auto days_per_year = convention(conventions, "days_per_year");
  const auto span = unit.substr(unit.find('-') + 1);
  if (span == "day") return Ratio(1);
  if (span == "week") return convention(conventions, "days_per_week");
  if (span == "year") return days_per_year;
  if (span == "month" && days_per_year) return *days_per_year / 12;
  if (span == "hour")
    if (const auto hours = convention(conventions, "hours_per_day")) return Ratio(1) / *hours;
  return std::nullopt;
}

bool is_goods(const codes::Unit& unit) { return unit.source == "rec20" && unit.measures != "time"; }

}  // namespace

std::optional<Ratio> convert_unit(std::string_view from, std::string_view to,
                                  const Conventions& conventions) {
  if (from == to) return Ratio(1);
  const auto *one = codes::find_unit(from), *other = codes::find_unit(to);
  if (!one || !other) return std::nullopt;
  if (is_peoples_time(one->measures) && is_peoples_time(other->measures)) {
    const auto left = days_in(one->code, conventions), right = days_in(other->code, conventions);
    if (!left || !right) return std::nullopt;
    return *left / *right;
  }
  if (one->measures != other->measures || !one->factor || !other->factor) return std::nullopt;
  return to_ratio(*one->factor) / to_ratio(*other->factor);
}

bool is_unit(std::string_view unit, std::string_view asked) {
  if (unit == asked) return true;
  if (asked == "money") return codes::is_currency(unit);
  if (codes::is_currency(unit)) return false;
  const auto* known = codes::find_unit(unit);
  return known && (known->code == asked || known->measures == asked ||
                   (asked == "goods" && is_goods(*known)));
}

bool is_unit_word(std::string_view asked) {
  if (asked == "money" || asked == "goods" || codes::is_currency(asked)) return true;
  const auto& all = codes::units();
  return codes::find_unit(asked) || std::any_of(all.begin(), all.end(), [&](const auto& unit) {
           return unit.measures == asked;
         });
}

std::vector<std::string_view> units_meant(std::string_view asked) {
  std::vector<std::string_view> meant;
  for (const auto& unit : codes::units())
    if (is_unit(unit.code, asked)) meant.push_back(unit.code);
  return meant;
}

}  // namespace austral::measurement
