// Follows the number and date grammar of ECMAScript, since verdicts hang on its corners.
#include "standards/validation/rules_values.hpp"

#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <string>

#include "base/text.hpp"

namespace austral::validation {
namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr std::int64_t day_length = 86'400'000;  // milliseconds

double read_radix(std::string_view digits, int base) {
  if (digits.empty()) return not_a_number;
  double number = 0;
  for (const char c : digits) {
    const int value = c >= '0' && c <= '9'   ? c - '0'
                      : c >= 'a' && c <= 'f' ? c - 'a' + 10
                      : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                             : 99;
    if (value >= base) return not_a_number;
    number = number * base + value;
  }
  return number;
}

/// Takes the characters of a date one after the other.
class MomentReader {
 public:
  explicit MomentReader(std::string_view text) : rest_(text) {}

  std::optional<std::int64_t> read() {
    int year = 0, month = 1, day = 1;
    if (!read_year(year)) return {};
    if (take('-')) {
      if (!read_two(month) || month < 1 || month > 12) return {};
      if (take('-') && (!read_two(day) || day < 1 || day > 31)) return {};
    }
    std::int64_t moment = count_days(year, month, day) * day_length;
    if ((take('T') || take('t') || take(' ')) && !read_time(moment)) return {};
    if (!read_zone(moment) || !rest_.empty()) return {};
    return moment;
  }

 private:
  bool take(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  bool read_digits(std::size_t count, int& number) {
    if (rest_.size() < count) return false;
    number = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (rest_[i] < '0' || rest_[i] > '9') return false;
      number = number * 10 + (rest_[i] - '0');
    }
    rest_.remove_prefix(count);
    return true;
  }
  bool read_two(int& number) { return read_digits(2, number); }
  bool read_year(int& year) {
    const bool before = take('-');
    if (!before && !take('+')) return read_digits(4, year);
    if (!read_digits(6, year)) return false;
    if (before) year = -year;
    return true;
  }
  bool read_time(std::int64_t& moment) {
    int hour = 0, minute = 0, second = 0;
    if (!read_two(hour) || !take(':') || !read_two(minute)) return false;
    if (take(':') && !read_two(second)) return false;
    if (minute > 59 || second > 59) return false;
    std::int64_t fraction = 0, unit = 100;
    if (take('.')) {
      if (rest_.empty() || rest_.front() < '0' || rest_.front() > '9') return false;
      for (; !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9'; unit /= 10) {
        fraction += unit * (rest_.front() - '0');
        rest_.remove_prefix(1);
      }
    }
    if (hour > 24 || (hour == 24 && (minute || second || fraction))) return false;
    moment += ((hour * 60 + minute) * 60 + second) * std::int64_t{1000} + fraction;
    return true;
  }
  bool read_zone(std::int64_t& moment) {
    if (take('Z') || take('z')) return true;
    const bool east = take('+');
    if (!east && !take('-')) return true;
    int hours = 0, minutes = 0;
    if (!read_two(hours)) return false;
    take(':');
    if (!rest_.empty() && !read_two(minutes)) return false;
    const std::int64_t shift = (hours * 60 + minutes) * std::int64_t{60'000};
    moment += east ? -shift : shift;
    return true;
  }

  /// Days since 1970-01-01 in the proleptic Gregorian calendar; the day may lie behind the month.
  static std::int64_t count_days(int year, int month, int day) {
    const std::int64_t y = month <= 2 ? year - 1 : year;
    const std::int64_t era = (y >= 0 ? y : y - 399) / 400;
    const std::int64_t year_of_era = y - era * 400;
    const std::int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    const std::int64_t day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146'097 + day_of_era - 719'468;
  }

  std::string_view rest_;
};

}  // namespace

double read_loose_number(std::string_view text) {
  text = trim(text);
  if (text.empty()) return 0;
  if (text.size() > 2 && text[0] == '0') {
    if (text[1] == 'x' || text[1] == 'X') return read_radix(text.substr(2), 16);
    if (text[1] == 'o' || text[1] == 'O') return read_radix(text.substr(2), 8);
    if (text[1] == 'b' || text[1] == 'B') return read_radix(text.substr(2), 2);
  }
  const bool negative = text.front() == '-';
  if (negative || text.front() == '+') text.remove_prefix(1);
  const double sign = negative ? -1 : 1;
  if (text == "Infinity") return sign * std::numeric_limits<double>::infinity();
  std::size_t digits = 0, at = 0;
  for (bool point = false; at < text.size(); ++at) {
    if (text[at] >= '0' && text[at] <= '9')
      ++digits;
    else if (text[at] == '.' && !point)
      point = true;
    else
      break;
  }
  if (digits == 0) return not_a_number;
  if (at < text.size()) {
    if (text[at] != 'e' && text[at] != 'E') return not_a_number;
    ++at;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
    if (at == text.size()) return not_a_number;
    for (; at < text.size(); ++at)
      if (text[at] < '0' || text[at] > '9') return not_a_number;
  }
  double number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec == std::errc::result_out_of_range)
    number = std::strtod(std::string(text).c_str(), nullptr);
  return sign * number;
}

double round_to_four(double number) {
  if (!std::isfinite(number) || std::abs(number) >= 1e21) return number;
  char digits[64];
  const int size = std::snprintf(digits, sizeof digits, "%.4f", number);
  return size > 0 ? std::strtod(digits, nullptr) : number;
}

std::optional<std::int64_t> read_moment(std::string_view text) {
  text = trim(text);
  if (text.empty()) return {};
  return MomentReader(text).read();
}

}  // namespace austral::validation
