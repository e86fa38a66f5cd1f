// Takes numbers in words apart: every script's digits, every habit of grouping.
#include "standards/sheet/number_words.hpp"

#include <unicode/uchar.h>
#include <unicode/ucurr.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "standards/sheet/size_words.hpp"
#include "standards/sheet/values.hpp"

namespace austral::sheet {
namespace {

// Of plain_signs(): the Arabic marks, which can mean but one thing.
constexpr char sure_decimal = '\x02', sure_group = '\x03';
constexpr std::size_t most_digits = 60;

bool is_mark(char c) {
  return c == '.' || c == ',' || c == ' ' || c == '\'' || c == sure_decimal || c == sure_group;
}

/// Groups of three, or of two before the last three as in South Asia.
bool grouped_well(const std::vector<std::string_view>& groups) {
  if (groups.size() < 2) return true;
  if (groups.front().empty() || groups.back().size() != 3) return false;
  const auto all = [&](std::size_t size) {
    return std::all_of(groups.begin() + 1, groups.end() - 1,
                       [size](std::string_view group) { return group.size() == size; });
  };
  return (groups.front().size() <= 3 && all(3)) || (groups.front().size() <= 2 && all(2));
}

/// Removes the marks of one kind that group the digits; false when they do not.
bool ungroup(std::string& digits, char mark) {
  const auto groups = split(digits, mark);
  if (!grouped_well(groups)) return false;
  std::erase(digits, mark);
  return true;
}

bool is_currency(std::string_view text) {
  int32_t i = 0;
  UChar32 c = 0;
  const auto size = int32_t(text.size());
  while (i < size) {
    U8_NEXT(text.data(), i, size, c);
    if (c >= 0 && u_charType(c) == U_CURRENCY_SYMBOL) return true;
  }
  if (text.size() == 3 && std::all_of(text.begin(), text.end(), [](char letter) {
        return (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z');
      })) {
    UChar code[4] = {};
    for (int k = 0; k < 3; ++k) code[k] = UChar(text[std::size_t(k)] & ~0x20);
    UErrorCode error = U_ZERO_ERROR;
    return ucurr_isAvailable(code, -2.0e14, 2.0e14, &error);  // from 4400 BC on: old ones too
  }
  static constexpr std::array words = {"rs",   "rs.",  "kr",    "kr.",       "fr.",     "sfr",
                                       "руб",  "руб.", "р.",    "元",        "円",      "人民币",
                                       "美元", "欧元", "euro",  "euros",     "dollars", "ر.س",
                                       "د.إ",  "ج.م",  "دولار", "us dollars"};
  const std::string small = fold(text);
  return std::any_of(words.begin(), words.end(),
                     [&](const char* word) { return small == fold(word); });
}

/// Sign, percent and currency that stand before or behind the digits; false for other words.
bool read_beside(std::string text, NumberParts& out) {
  for (const char c : {'%', '+', '-'}) {
    const auto at = text.find(c);
    if (at == std::string::npos) continue;
    if (c == '%') out.percent = true;
    if (c == '-') out.negative = true;
    text.erase(at, 1);
  }
  std::string_view rest = trim(text);
  if (rest.empty()) return true;
  if (out.currency.empty() && is_currency(rest)) {
    out.currency = rest;
    return true;
  }
  // `1.234,5 mil`, `2,3 milhões de reais`
  const auto words = read_money_words(rest);
  if (!words || (words->sized && out.zeros > 0)) return false;
  if (words->names_money() && !out.currency.empty()) return false;
  if (words->sized) out.zeros = words->zeros;
  if (words->names_money())
    out.currency = words->currency.empty() ? words->either : words->currency;
  return true;
}

/// Decides what the marks between the digits are.
void weigh_marks(std::string body, NumberParts& out) {
  for (const char mark : {sure_group, '\'', ' '}) {
    if (body.find(mark) == std::string::npos) continue;
    const auto decimal = body.find_last_of(std::string(".,") + sure_decimal);
    std::string before = body.substr(0, decimal);
    if (!ungroup(before, mark)) return;
    body = before + (decimal == std::string::npos ? "" : body.substr(decimal));
    if (body.find(mark) != std::string::npos) return;
  }
  const auto count = [&](char c) { return std::count(body.begin(), body.end(), c); };
  char decimal = 0;
  const auto points = count('.'), commas = count(','), sure = count(sure_decimal);
  if (sure == 1) {
    decimal = sure_decimal;
  } else if (points > 0 && commas > 0) {
    decimal = body.rfind('.') > body.rfind(',') ? '.' : ',';
    if (count(decimal) != 1) return;
  } else if (points == 1 || commas == 1) {
    decimal = points == 1 ? '.' : ',';
  }
  const auto at = decimal == 0 ? std::string::npos : body.find(decimal);
  out.before = body.substr(0, at);
  out.behind = at == std::string::npos ? "" : body.substr(at + 1);
  bool groups = false;
  for (const char mark : {'.', ','}) {
    if (out.before.find(mark) == std::string::npos) continue;
    if (!ungroup(out.before, mark)) return;
    groups = true;
    if (decimal == 0) out.mark = mark == '.' ? ',' : '.', out.groups_tell = true;
  }
  if (out.behind.find_first_not_of("0123456789") != std::string::npos) return;
  if (decimal == 0) {
    out.verdict = NumberParts::whole;
    return;
  }
  out.mark = decimal == sure_decimal ? char(0) : decimal;
  const bool may_group = out.behind.size() == 3 && !out.before.empty() && out.before.size() <= 3 &&
                         out.before[0] != '0' && !groups && out.mark != 0 && out.exponent.empty();
  out.verdict = may_group ? NumberParts::doubtful : NumberParts::decimals;
}

}  // namespace

std::string plain_signs(std::string_view words) {
  std::string out;
  const auto size = int32_t(words.size());
  for (int32_t i = 0; i < size;) {
    const int32_t start = i;
    UChar32 c = 0;
    U8_NEXT(words.data(), i, size, c);
    if (c < 0x80) {
      if (c >= 0) out += c == '`' ? '\'' : c == '\t' || c == '\n' || c == '\r' ? ' ' : char(c);
      continue;
    }
    const int digit = u_charDigitValue(c);
    const auto kind = u_charType(c);
    if (digit >= 0 && kind == U_DECIMAL_DIGIT_NUMBER) {
      out += char('0' + digit);
    } else if (kind == U_SPACE_SEPARATOR) {
      out += ' ';
    } else if (kind == U_FORMAT_CHAR || c == 0xFEFF) {
    } else if (c == 0x66B) {
      out += sure_decimal;
    } else if (c == 0x66C) {
      out += sure_group;
    } else if (c == 0x2019 || c == 0x2018 || c == 0x2BC || c == 0xB4 || c == 0x2032) {
      out += '\'';
    } else if (c == 0x2212 || c == 0x2013 || c == 0x2014 || c == 0x2010 || c == 0x2011 ||
               c == 0xFE63 || c == 0xFF0D) {
      out += '-';
    } else if (c == 0x66A || c == 0xFF05) {
      out += '%';
    } else if (c == 0x60C || c == 0xFF0C || c == 0x3001) {
      out += ',';
    } else if (c >= 0xFF01 && c <= 0xFF5E) {
      out += char(c - 0xFEE0);
    } else {
      out += words.substr(std::size_t(start), std::size_t(i - start));
    }
  }
  return out;
}

NumberParts take_number_apart(std::string_view words) {
  NumberParts out;
  const std::string plain = plain_signs(words);
  std::string_view text = trim(plain);
  if (text.size() > 2 && text.front() == '(' && text.back() == ')') {
    out.negative = true;
    text = trim(text.substr(1, text.size() - 2));
  }
  auto first = text.find_first_of("0123456789");
  if (first == std::string_view::npos) return out;
  auto last = text.find_last_of("0123456789");
  if (first > 0 &&
      (text[first - 1] == '.' || text[first - 1] == ',' || text[first - 1] == sure_decimal) &&
      (first == 1 || text[first - 2] == ' ' || text[first - 2] == '-' || text[first - 2] == '+'))
    --first;
  std::string body(text.substr(first, last + 1 - first));
  std::string behind(text.substr(last + 1));
  // `12.` and `12,-` have an empty decimal part.
  if (!behind.empty() && (behind[0] == '.' || behind[0] == ',') &&
      std::count_if(body.begin(), body.end(), is_mark) == 0)
    behind.erase(0, behind.size() > 1 && behind[1] == '-' ? 2 : 1);
  const auto power = body.find_first_of("eE");
  if (power != std::string::npos) {
    out.exponent = body.substr(power + 1);
    body.resize(power);
    const std::string_view digits =
        std::string_view(out.exponent)
            .substr(!out.exponent.empty() && (out.exponent[0] == '-' || out.exponent[0] == '+')
                        ? 1
                        : 0);
    if (digits.empty() || digits.size() > 3 ||
        digits.find_first_not_of("0123456789") != std::string_view::npos)
      return out;
  }
  if (body.size() > 2 * most_digits || body.empty()) return out;
  for (const char c : body)
    if (!is_digit(c) && !is_mark(c)) return out;
  if (body.back() == ' ' || !read_beside(std::string(text.substr(0, first)), out) ||
      !read_beside(behind, out))
    return out;
  weigh_marks(body, out);
  return out;
}

}  // namespace austral::sheet
