// Calendar arithmetic on whole days, by the 400-year cycle of the Gregorian calendar.
#include "base/date.hpp"

#include <chrono>

#include "base/text.hpp"

namespace austral {
namespace {

constexpr std::int32_t days_a_cycle = 146097;  // 400 Gregorian years
constexpr std::int32_t epoch_shift = 719468;   // from 0000-03-01 to 1970-01-01

struct Civil {
  int year, month, day;
};

bool is_leap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int days_in_month(int year, int month) {
  static constexpr unsigned char lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : lengths[month - 1];
}

// Years are counted from March, so that the leap day is the last of its year.
std::int32_t count_days(int year, int month, int day) {
  const int shifted_year = month <= 2 ? year - 1 : year;
  const int shifted_month = month > 2 ? month - 3 : month + 9;
  const int cycle = (shifted_year >= 0 ? shifted_year : shifted_year - 399) / 400;
  const int year_of_cycle = shifted_year - cycle * 400;
  const int day_of_year = (153 * shifted_month + 2) / 5 + day - 1;
  const int day_of_cycle =
      year_of_cycle * 365 + year_of_cycle / 4 - year_of_cycle / 100 + day_of_year;
  return cycle * days_a_cycle + day_of_cycle - epoch_shift;
}

Civil civil_of(std::int32_t days) {
  const std::int64_t shifted = std::int64_t(days) + epoch_shift;
  const std::int64_t cycle = (shifted >= 0 ? shifted : shifted - (days_a_cycle - 1)) / days_a_cycle;
  const int day_of_cycle = int(shifted - cycle * days_a_cycle);
  const int year_of_cycle = (day_of_cycle - day_of_cycle / 1460 + day_of_cycle / 36524 -
                             day_of_cycle / (days_a_cycle - 1)) /
                            365;
  const int day_of_year =
      day_of_cycle - (365 * year_of_cycle + year_of_cycle / 4 - year_of_cycle / 100);
  const int shifted_month = (5 * day_of_year + 2) / 153;
  const int day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
  const int month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
  return {int(cycle * 400) + year_of_cycle + (month <= 2 ? 1 : 0), month, day};
}

// -1 where one of the characters is no digit.
int read_digits(std::string_view text, std::size_t from, std::size_t count) {
  if (text.size() < from + count) return -1;
  int number = 0;
  for (std::size_t i = from; i < from + count; ++i) {
    if (!is_digit(text[i])) return -1;
    number = number * 10 + (text[i] - '0');
  }
  return number;
}

bool drop_two_digits(std::string_view& rest) {
  if (read_digits(rest, 0, 2) < 0) return false;
  rest.remove_prefix(2);
  return true;
}

bool is_zone(std::string_view rest) {
  if (rest.empty() || rest == "Z" || rest == "z") return true;
  if (rest[0] != '+' && rest[0] != '-') return false;
  rest.remove_prefix(1);
  if (!drop_two_digits(rest)) return false;
  if (rest.starts_with(':')) rest.remove_prefix(1);
  return rest.empty() || (drop_two_digits(rest) && rest.empty());
}

bool is_time(std::string_view rest) {
  if (rest.empty()) return true;  // a bare `T` is found in the field
  if (!drop_two_digits(rest)) return false;
  for (int part = 0; part < 2 && rest.starts_with(':'); ++part) {
    rest.remove_prefix(1);
    if (!drop_two_digits(rest)) return false;
  }
  if (rest.starts_with('.') || rest.starts_with(',')) {
    rest.remove_prefix(1);
    if (rest.empty() || !is_digit(rest[0])) return false;
    while (!rest.empty() && is_digit(rest[0])) rest.remove_prefix(1);
  }
  while (rest.starts_with(' ')) rest.remove_prefix(1);
  return is_zone(rest);
}

void append_padded(std::string& out, int number, int width) {
  char digits[12];
  for (int i = width - 1; i >= 0; --i, number /= 10) digits[i] = char('0' + number % 10);
  out.append(digits, std::size_t(width));
}

void append_date(std::string& out, std::int32_t days) {
  const Civil civil = civil_of(days);
  if (civil.year < 0) out += '-';
  const int year = civil.year < 0 ? -civil.year : civil.year;
  append_padded(out, year, year > 9999 ? 7 : 4);
  out += '-';
  append_padded(out, civil.month, 2);
  out += '-';
  append_padded(out, civil.day, 2);
}

}  // namespace

std::optional<Date> parse_date(std::string_view text) {
  text = trim(text);
  if (text.size() < 10 || text[4] != '-' || text[7] != '-') return {};
  const int year = read_digits(text, 0, 4);
  const int month = read_digits(text, 5, 2);
  const int day = read_digits(text, 8, 2);
  if (year < 0 || month < 0 || day < 0) return {};
  if (text.size() > 10) {
    const char mark = text[10];
    const bool time = mark == 'T' || mark == 't' || mark == ' ';
    if (time ? !is_time(text.substr(11)) : !is_zone(text.substr(10))) return {};
  }
  return make_date(year, month, day);
}

std::optional<Date> make_date(int year, int month, int day) {
  if (year < 1000 || year > 9999 || month < 1 || month > 12) return {};
  if (day < 1 || day > days_in_month(year, month)) return {};
  return Date{count_days(year, month, day)};
}

std::string to_string(Date date) {
  std::string out;
  append_date(out, date.days);
  return out;
}

int year_of(Date date) { return civil_of(date.days).year; }
int month_of(Date date) { return civil_of(date.days).month; }

Date today() {
  constexpr std::int64_t milliseconds_a_day = 86'400'000;
  return Date{std::int32_t(now_milliseconds() / milliseconds_a_day)};
}

std::int64_t now_milliseconds() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(since).count();
}

std::string to_timestamp(std::int64_t milliseconds) {
  constexpr std::int64_t milliseconds_a_day = 86'400'000;
  std::int64_t days = milliseconds / milliseconds_a_day;
  std::int64_t rest = milliseconds % milliseconds_a_day;
  if (rest < 0) {
    rest += milliseconds_a_day;
    --days;
  }
  std::string out;
  append_date(out, std::int32_t(days));
  out += 'T';
  append_padded(out, int(rest / 3'600'000), 2);
  out += ':';
  append_padded(out, int(rest / 60'000 % 60), 2);
  out += ':';
  append_padded(out, int(rest / 1000 % 60), 2);
  out += '.';
  append_padded(out, int(rest % 1000), 3);
  out += 'Z';
  return out;
}

}  // namespace austral
