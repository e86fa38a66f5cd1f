// Separators, digits and months of cells' words.
#include "standards/mapping/cell_numbers.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.hpp"

namespace austral::mapping {
namespace {

/// Digits of Arabic, Persian and full-width form as 0-9; their separators and spaces as ours.
std::string plain_digits(std::string_view text) {
  struct Range {
    std::string_view zero;
    std::size_t last;
  };
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const auto rest = text.substr(i);
    bool taken = false;
    for (const std::string_view zero : {"\u0660", "\u06F0", "\uFF10"}) {
      if (rest.size() < zero.size() ||
          rest.substr(0, zero.size() - 1) != zero.substr(0, zero.size() - 1))
        continue;
      const int digit = static_cast<unsigned char>(rest[zero.size() - 1]) -
                        static_cast<unsigned char>(zero.back());
      if (digit < 0 || digit > 9) continue;
      out += char('0' + digit);
      i += zero.size();
      taken = true;
      break;
    }
    if (taken) continue;
    static constexpr std::array<std::pair<std::string_view, char>, 8> marks = {{{"\u066B", ','},
                                                                                {"\u066C", '\''},
                                                                                {"\u00A0", ' '},
                                                                                {"\u202F", ' '},
                                                                                {"\u2009", ' '},
                                                                                {"\u2019", '\''},
                                                                                {"\u2212", '-'},
                                                                                {"\uFF0C", ','}}};
    for (const auto& [mark, plain] : marks)
      if (rest.starts_with(mark)) {
        out += plain;
        i += mark.size();
        taken = true;
        break;
      }
    if (!taken) out += text[i++];
  }
  return out;
}

/// Whether a mark that stands once may part thousands: 1 to 3 digits before, three behind.
bool may_group(std::string_view digits, std::size_t at) {
  return at >= 1 && at <= 3 && digits.size() - at - 1 == 3 && digits[0] != '0';
}

std::string without(std::string_view text, char mark) {
  std::string out;
  for (const char c : text)
    if (c != mark) out += c;
  return out;
}

std::size_t count(std::string_view text, char mark) {
  std::size_t n = 0;
  for (const char c : text) n += c == mark;
  return n;
}

/// The mark that parts decimals; 0 when none does.
char decimal_mark(std::string_view digits, NumberForm form) {
  if (form.comma) return ',';
  if (form.point) return '.';
  const auto commas = count(digits, ','), points = count(digits, '.');
  if (commas && points) return digits.rfind(',') > digits.rfind('.') ? ',' : '.';
  if (commas == 1) return may_group(digits, digits.find(',')) ? 0 : ',';
  if (points == 1) return '.';
  return 0;
}

int month_number(std::string_view word) {
  static constexpr std::array<std::string_view, 12> starts = {
      "jan",      "feb|fev|fév", "mar",     "apr|abr|avr", "may|mai", "jun|juin",
      "jul|juil", "aug|ago|aou", "sep|set", "oct|out",     "nov",     "dec|dic|dez|dec"};
  const std::string folded = fold(word);
  for (std::size_t month = 0; month < starts.size(); ++month)
    for (const auto start : split(starts[month], '|'))
      if (folded.starts_with(start)) return int(month) + 1;
  return 0;
}

/// The words and numbers of a day: `12`, `Mar`, `2012`.
std::vector<std::string> pieces_of(std::string_view text) {
  std::vector<std::string> pieces;
  std::string piece;
  for (const char c : text) {
    if (std::string_view(" -/.,").find(c) == std::string_view::npos) {
      piece += c;
      continue;
    }
    if (!piece.empty() && piece != "de") pieces.push_back(piece);
    piece.clear();
  }
  if (!piece.empty()) pieces.push_back(piece);
  return pieces;
}

int as_number(const std::string& piece) {
  if (piece.empty() || piece.size() > 4) return -1;
  for (const char c : piece)
    if (!is_digit(c)) return -1;
  return std::stoi(piece);
}

int full_year(const std::string& piece) {
  const int year = as_number(piece);
  if (piece.size() == 4) return year;
  return year < 0 ? -1 : year + (year < 50 ? 2000 : 1900);
}

}  // namespace

std::optional<Decimal> read_number(std::string_view text, NumberForm form, std::string& remedy) {
  std::string digits = plain_digits(trim(text));
  bool negative = false;
  if (digits.size() > 2 && digits.front() == '(' && digits.back() == ')') {
    negative = true;
    digits = digits.substr(1, digits.size() - 2);
  }
  if (!digits.empty() && digits.back() == '%') digits.pop_back();
  digits = without(without(trim(digits), ' '), '\'');
  if (digits.starts_with('-')) {
    negative = !negative;
    digits.erase(0, 1);
  }
  const char mark = decimal_mark(digits, form);
  for (const char other : {',', '.'})
    if (other != mark) digits = without(digits, other);
  if (mark && count(digits, mark) > 1) {
    remedy = "say which mark parts decimals: `form: comma` or `form: point`";
    return std::nullopt;
  }
  for (char& c : digits)
    if (c == ',') c = '.';
  auto number = parse_decimal(digits);
  if (!number) {
    remedy = "write digits alone, and the currency in a column of its own";
    return std::nullopt;
  }
  if (negative) number->mantissa = -number->mantissa;
  return number;
}

std::optional<Decimal> times_ten(Decimal value, int zeros) {
  const int fewer = std::min(zeros, value.scale);
  value.scale -= fewer;
  Decimal factor{1, 0};
  for (int i = fewer; i < zeros; ++i) factor.mantissa *= 10;
  return multiply(value, factor, value.scale);
}

std::optional<int> read_year(std::string_view text) {
  const auto number = parse_decimal(text);
  if (!number) return std::nullopt;
  const Decimal year = normalise(*number);
  if (year.scale != 0 || year.mantissa < 1900 || year.mantissa > 2100) return std::nullopt;
  return int(year.mantissa);
}

std::optional<Date> read_date(std::string_view text, std::string_view form, std::string& remedy) {
  const std::string plain = plain_digits(text);
  if (const auto date = parse_date(plain)) return date;
  if (plain.size() > 10 && plain[10] == ' ')
    if (const auto date = parse_date(std::string_view(plain).substr(0, 10))) return date;
  const auto pieces = pieces_of(std::string_view(plain).substr(0, plain.find(':')));
  if (pieces.size() >= 3) {
    if (const int month = month_number(pieces[1]); month && as_number(pieces[1]) < 0)
      return make_date(full_year(pieces[2]), month, as_number(pieces[0]));
    if (const int month = month_number(pieces[0]); month && as_number(pieces[0]) < 0)
      return make_date(full_year(pieces[2]), month, as_number(pieces[1]));
    if (pieces[0].size() == 4)
      return make_date(as_number(pieces[0]), as_number(pieces[1]), as_number(pieces[2]));
    if (form == "ymd")
      return make_date(full_year(pieces[0]), as_number(pieces[1]), as_number(pieces[2]));
    const int first = as_number(pieces[0]), second = as_number(pieces[1]);
    if (form == "dmy" || (form.empty() && (first > 12 || first == second)))
      return make_date(full_year(pieces[2]), second, first);
    if (form == "mdy" || (form.empty() && second > 12))
      return make_date(full_year(pieces[2]), first, second);
    remedy = "say whether the day or the month comes first: `form: dmy` or `form: mdy`";
    return std::nullopt;
  }
  if (pieces.size() == 2)
    if (const int month = month_number(pieces[0]); month && as_number(pieces[0]) < 0)
      return make_date(full_year(pieces[1]), month, 1);
  return std::nullopt;
}

}  // namespace austral::mapping
