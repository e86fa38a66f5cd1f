// Reads number formats and serial days exactly, in whole numbers.
#include "standards/sheet/cell_forms.hpp"

#include <algorithm>
#include <charconv>
#include <cstdio>

#include "base/text.hpp"

namespace austral::sheet {
namespace {

constexpr int digits_shown = 15;
constexpr int largest_exponent = 400;            // a double ends at 308
constexpr std::int64_t last_serial = 2'958'465;  // 9999-12-31
constexpr std::int32_t days_to_1900 = -25'569;   // 1899-12-30
constexpr std::int32_t days_to_1904 = -24'107;   // 1904-01-01
constexpr std::int64_t seconds_a_day = 86'400;

bool holds(std::string_view text, char small) {
  return text.find(small) != std::string_view::npos ||
         text.find(char(small - 32)) != std::string_view::npos;
}

/// The letters of a format's first section that stand for something, without texts and colours.
std::string letters_of(std::string_view code, bool& elapsed) {
  std::string out;
  for (std::size_t i = 0; i < code.size(); ++i) {
    const char c = code[i];
    if (c == ';') break;
    if (c == '"') {
      i = std::min(code.find('"', i + 1), code.size());
    } else if (c == '\\' || c == '_' || c == '*') {
      ++i;
    } else if (c == '[') {
      const auto close = std::min(code.find(']', i), code.size());
      const std::string_view inside = code.substr(i + 1, close - i - 1);
      if (!inside.empty() && inside.find_first_not_of("hHmMsS") == std::string_view::npos)
        elapsed = true;
      i = close;
    } else {
      out += c;
    }
  }
  return out;
}

/// A number's digits and where its point stands among them.
struct Digits {
  bool negative = false, written_whole = true;
  std::string digits;
  long point = 0;
};

bool read_digits(std::string_view text, Digits& out) {
  text = trim(text);
  if (text.starts_with('-') || text.starts_with('+')) {
    out.negative = text[0] == '-';
    text.remove_prefix(1);
  }
  bool seen_point = false;
  std::size_t i = 0;
  for (; i < text.size() && (is_digit(text[i]) || text[i] == '.'); ++i) {
    if (text[i] != '.') {
      out.digits += text[i];
      if (!seen_point) ++out.point;
    } else if (seen_point) {
      return false;
    } else {
      seen_point = true;
    }
  }
  if (out.digits.empty() || out.digits.size() > 1000) return false;
  out.written_whole = !seen_point;
  if (i == text.size()) return true;
  if (text[i] != 'e' && text[i] != 'E') return false;
  out.written_whole = false;
  text.remove_prefix(i + 1);
  if (text.starts_with('+')) text.remove_prefix(1);
  int exponent = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), exponent);
  if (error != std::errc() || end != text.data() + text.size()) return false;
  if (exponent > largest_exponent || exponent < -largest_exponent) return false;
  out.point += exponent;
  return true;
}

void strip_leading_zeros(Digits& number) {
  const auto first = number.digits.find_first_not_of('0');
  const std::size_t zeros = first == std::string::npos ? number.digits.size() : first;
  number.digits.erase(0, zeros);
  number.point -= long(zeros);
}

/// To 15 significant digits, a half away from zero as spreadsheets show it.
void round_away_traces(Digits& number) {
  if (number.digits.size() <= digits_shown || number.written_whole) return;
  const bool up = number.digits[digits_shown] >= '5';
  number.digits.resize(digits_shown);
  if (up) {
    int i = digits_shown - 1;
    while (i >= 0 && number.digits[i] == '9') number.digits[i--] = '0';
    if (i >= 0) {
      ++number.digits[i];
    } else {
      number.digits.insert(0, "1");
      ++number.point;
    }
  }
  while (!number.digits.empty() && number.digits.back() == '0') number.digits.pop_back();
}

std::string two_digits(std::int64_t number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

std::string clock_text(std::int64_t seconds) {
  return two_digits(seconds / 3600) + ':' + two_digits(seconds / 60 % 60) + ':' +
         two_digits(seconds % 60);
}

}  // namespace

CellForm form_of_code(std::string_view code) {
  bool elapsed = false;
  const std::string letters = letters_of(code, elapsed);
  if (elapsed) return CellForm::time;
  if (letters.find_first_of("0#?@") != std::string::npos &&
      !(holds(letters, 'y') || holds(letters, 's')))
    return CellForm::figure;
  std::string rest = letters;
  for (const char* word : {"General", "GENERAL", "Standard", "AM/PM", "am/pm", "A/P"})
    for (std::size_t at; (at = rest.find(word)) != std::string::npos;)
      rest.replace(at, std::string_view(word).size(), word[0] == 'A' || word[0] == 'a' ? "h" : "");
  const bool clock = holds(rest, 'h') || holds(rest, 's');
  if (holds(rest, 'y') || holds(rest, 'd')) return CellForm::date;
  if (clock) return CellForm::time;
  // `mmm` alone is a month, `b` and `e` are years of other eras.
  return holds(rest, 'm') || holds(rest, 'e') || holds(rest, 'b') ? CellForm::date
                                                                  : CellForm::figure;
}

CellForm form_of_builtin(unsigned number) {
  if ((number >= 18 && number <= 21) || (number >= 45 && number <= 47)) return CellForm::time;
  if (number >= 32 && number <= 35) return CellForm::time;
  if ((number >= 14 && number <= 17) || number == 22 || (number >= 27 && number <= 36) ||
      (number >= 50 && number <= 58))
    return CellForm::date;
  return CellForm::figure;
}

std::string plain_number(std::string_view text, bool keep_all) {
  Digits number;
  if (!read_digits(text, number)) return {};
  const std::size_t written = number.digits.size();
  const long whole_digits = number.point;
  strip_leading_zeros(number);
  if (!keep_all) round_away_traces(number);
  std::string out;
  if (number.negative && !number.digits.empty()) out += '-';
  const long size = long(number.digits.size());
  if (number.point <= 0) {
    out += '0';
  } else {
    out += number.digits.substr(0, std::size_t(std::min(number.point, size)));
    if (number.point > size) out.append(std::size_t(number.point - size), '0');
  }
  if (size > number.point) {
    out += '.';
    if (number.point < 0) out.append(std::size_t(-number.point), '0');
    out += number.digits.substr(std::size_t(std::max(number.point, 0L)));
  } else if (size == 0 && long(written) > whole_digits && whole_digits > 0) {
    out += '.' + std::string(std::size_t(long(written) - whole_digits), '0');  // `0.00` stays so
  }
  return out;
}

DayOddity show_as(SheetCell& cell, CellForm form, bool from_1904) {
  if (form == CellForm::figure) return {};
  const auto point = cell.text.find('.');
  const std::string whole = cell.text.substr(0, point);
  std::int64_t serial = 0;
  const auto [end, error] = std::from_chars(whole.data(), whole.data() + whole.size(), serial);
  const std::int64_t last = from_1904 ? last_serial - 1462 : last_serial;
  if (error != std::errc() || *end != '\0' || cell.text[0] == '-' || serial > last)
    return {"cell.date.range",
            "the number " + shorten(cell.text, 30) +
                " is formatted as a date but is no day between 1900 and 9999; it was read as a "
                "number"};
  std::string fraction = point == std::string::npos ? "" : cell.text.substr(point + 1);
  fraction.resize(12, '0');
  std::int64_t parts = 0;  // of a day, in millionths of millionths
  std::from_chars(fraction.data(), fraction.data() + 12, parts);
  constexpr std::int64_t one = 1'000'000'000'000;
  std::int64_t seconds =
      std::int64_t((__int128(parts) * seconds_a_day * 2 + one) / (2 * __int128(one)));
  if (seconds == seconds_a_day) ++serial, seconds = 0;
  if (form == CellForm::time || (serial == 0 && !from_1904)) {
    cell.kind = CellKind::words;
    cell.text = clock_text(serial * seconds_a_day + seconds);
    return {};
  }
  if (serial == 60 && !from_1904) {
    cell.kind = CellKind::words;
    cell.text = "1900-02-29";
    return {"cell.date.never",
            "29 February 1900 is a day that spreadsheets have and the calendar has not; "
            "write the right date"};
  }
  std::int32_t days = from_1904 ? days_to_1904 : days_to_1900;
  if (serial < 60 && !from_1904) ++days;
  cell.kind = CellKind::date;
  cell.date = Date{days + std::int32_t(serial)};
  cell.text = to_string(*cell.date);
  if (seconds > 0) cell.text += 'T' + clock_text(seconds);
  return {};
}

void show_iso_date(SheetCell& cell, std::string_view text) {
  cell.text = std::string(trim(text));
  cell.date = parse_date(cell.text);
  cell.kind = cell.date ? CellKind::date : CellKind::words;
  if (cell.date && cell.text.ends_with("T00:00:00")) cell.text.resize(10);
}

}  // namespace austral::sheet
