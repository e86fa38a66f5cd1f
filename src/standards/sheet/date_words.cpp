// Takes days in words apart, in seven languages and any order.
#include "standards/sheet/date_words.hpp"

#include <unicode/udat.h>
#include <unicode/ustring.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <vector>

#include "base/text.hpp"
#include "standards/sheet/values.hpp"

namespace austral::sheet {
namespace {

constexpr std::size_t longest_date = 80, most_tokens = 8;
constexpr int first_year = 1800, last_year = 2199;
constexpr int century_turn = 69;  // POSIX: 69-99 are 1969-1999, 00-68 are 2000-2068

/// A run of digits or of letters, and the sign before it.
struct Token {
  std::string word;  ///< folded; empty for a number
  int number = 0;
  std::size_t digits = 0;
  char before = 0;
};

using Months = std::map<std::string, int, std::less<>>;

void add_months(Months& months, const char* language) {
  UErrorCode error = U_ZERO_ERROR;
  UDateFormat* const format =
      udat_open(UDAT_MEDIUM, UDAT_MEDIUM, language, nullptr, -1, nullptr, 0, &error);
  if (U_FAILURE(error)) return;
  for (const auto kind :
       {UDAT_MONTHS, UDAT_SHORT_MONTHS, UDAT_STANDALONE_MONTHS, UDAT_STANDALONE_SHORT_MONTHS})
    for (int i = 0; i < 12; ++i) {
      UErrorCode trouble = U_ZERO_ERROR;
      UChar name[64];
      const int32_t size = udat_getSymbols(format, kind, i, name, 64, &trouble);
      char bytes[200];
      int32_t length = 0;
      u_strToUTF8(bytes, sizeof bytes, &length, name, size, &trouble);
      if (U_FAILURE(trouble)) continue;
      std::string folded = fold(std::string_view(bytes, std::size_t(length)));
      while (!folded.empty() && folded.back() == '.') folded.pop_back();
      const bool word = folded.find_first_of("0123456789") == std::string::npos;
      if (word && folded.size() > 2) months.emplace(folded, i + 1);
    }
  udat_close(format);
}

/// Names and short names of months. Source: Unicode CLDR, by ICU.
const Months& months() {
  static const Months all = [] {
    Months out;
    for (const char* language :
         {"en", "fr", "es", "pt", "pt_PT", "ru", "ar", "ar_DZ", "ar_MA", "ar_SY", "ar_IQ", "ar_EG"})
      add_months(out, language);
    out.emplace("sept", 9);
    return out;
  }();
  return all;
}

bool is_letter(char c) { return (c & 0x80) || (c >= 'a' && c <= 'z'); }

std::vector<Token> tokens_of(const std::string& text) {
  std::vector<Token> out;
  char before = 0;
  for (std::size_t i = 0; i < text.size() && out.size() < most_tokens;) {
    const std::size_t start = i;
    Token token;
    token.before = before;
    if (is_digit(text[i])) {
      while (i < text.size() && is_digit(text[i])) ++i;
      token.digits = i - start;
      if (token.digits > 8) return {};
      std::from_chars(text.data() + start, text.data() + i, token.number);
    } else if (is_letter(text[i])) {
      while (i < text.size() && is_letter(text[i])) ++i;
      token.word = text.substr(start, i - start);
    } else {
      before = before == 0 || before == ' ' ? text[i] : before;
      ++i;
      continue;
    }
    before = 0;
    out.push_back(std::move(token));
  }
  return out;
}

/// Without a time of day behind the day: ` 10:39:00 pm`, `T00:00:00.000Z`.
std::string_view without_clock(std::string_view text) {
  const auto colon = text.find(':');
  if (colon == std::string_view::npos || colon < 3) return text;
  auto at = colon;
  while (at > 0 && is_digit(text[at - 1])) --at;
  if (at == colon || colon - at > 2 || at < 4) return text;
  const char before = text[at - 1];
  if (before == 't' && is_digit(text[at - 2])) return text.substr(0, at - 1);
  if (before != ' ') return text;
  text = trim(text.substr(0, at));
  while (text.ends_with(',')) text.remove_suffix(1);
  return text;
}

bool is_year(int number) { return number >= first_year && number <= last_year; }

DateParts refuse(std::string trouble) {
  DateParts out;
  out.verdict = DateVerdict::refused;
  out.trouble = std::move(trouble);
  return out;
}

/// A year of another calendar, by its size.
DateParts refuse_year(int year) {
  const std::string number = std::to_string(year);
  if (year >= 2400 && year <= 2700)
    return refuse("the year " + number +
                  " looks like one of the Buddhist calendar; write the Gregorian year (" +
                  std::to_string(year - 543) + "?)");
  if (year >= 1300 && year <= 1500)
    return refuse("the year " + number +
                  " looks like one of the Hijri or Persian calendar; write the Gregorian day");
  return refuse("the year " + number + " is not between 1800 and 2199");
}

bool set_year(DateParts& out, const Token& token) {
  if (token.digits == 4) {
    out.year = token.number;
  } else if (token.digits == 2) {
    out.short_year = true;
    out.year = token.number + (token.number >= century_turn ? 1900 : 2000);
  }
  return out.year != 0;
}

DateParts check(DateParts parts) {
  if (parts.verdict == DateVerdict::none || parts.verdict == DateVerdict::refused) return parts;
  if (!is_year(parts.year)) return refuse_year(parts.year);
  if (parts.verdict == DateVerdict::day && !make_date(parts.year, parts.month, parts.day))
    return refuse("there is no such day in the calendar");
  return parts;
}

DateParts read_words(const std::vector<Token>& tokens, std::size_t named, int month) {
  DateParts out;
  out.month = month;
  std::vector<const Token*> numbers;
  for (std::size_t i = 0; i < tokens.size(); ++i)
    if (i != named && tokens[i].digits > 0) numbers.push_back(&tokens[i]);
  if (numbers.size() == 1 && (numbers[0]->digits == 4 || numbers[0]->digits == 2)) {
    // `Mar 14` may be a day or a year; only four digits are a year for certain.
    if (numbers[0]->digits == 2 && numbers[0]->before == ' ') return {};
    out.verdict = set_year(out, *numbers[0]) ? DateVerdict::month : DateVerdict::none;
  } else if (numbers.size() == 2) {
    const bool year_first = numbers[0]->digits == 4;
    const Token& day = *numbers[year_first ? 1 : 0];
    if (day.digits > 2 || !set_year(out, *numbers[year_first ? 0 : 1])) return {};
    out.day = day.number;
    out.verdict = DateVerdict::day;
  }
  return out;
}

DateParts read_numbers(const std::vector<Token>& t) {
  DateParts out;
  if (t.size() == 3 && t[0].digits == 4) {
    if (t[1].digits > 2 || t[2].digits > 2) return {};
    out = {DateVerdict::day, t[0].number, t[1].number, t[2].number};
  } else if (t.size() == 3 && t[0].digits <= 2 && t[1].digits <= 2) {
    if (!set_year(out, t[2])) return {};
    out.first = t[0].number, out.second = t[1].number;
    out.verdict = DateVerdict::either;
    if (out.first > 12 || out.second > 12 || out.first == out.second) {
      const bool day_first = out.first > 12 || out.first == out.second;
      out.verdict = DateVerdict::day;
      out.day = day_first ? out.first : out.second;
      out.month = day_first ? out.second : out.first;
    } else if (out.first == 0 || out.second == 0) {
      return refuse("there is no such day in the calendar");
    }
  } else if (t.size() == 2 && t[0].digits == 4 && t[1].before != ' ') {
    const int next = t[0].number + 1;
    out.year = t[0].number, out.second = t[1].number;
    if (t[1].digits == 4 && t[1].number >= t[0].number && t[1].number <= t[0].number + 50) {
      out.verdict = DateVerdict::years;
    } else if (t[1].digits <= 2 && t[1].number >= 1 && t[1].number <= 12) {
      // `2010/11` is a fiscal year with a stroke, a month with a hyphen as ISO 8601 writes it.
      const bool fiscal = t[1].before == '/' && t[1].number == next % 100 && t[1].digits == 2;
      out.verdict = fiscal ? DateVerdict::years : DateVerdict::month;
      if (fiscal) out.second = next;
      out.month = t[1].number;
    } else if (t[1].digits == 2 && t[1].number == next % 100) {
      out.verdict = DateVerdict::years;
      out.second = next;
    }
  } else if (t.size() == 2 && t[0].digits <= 2 && t[1].digits == 4 && t[1].before != ' ') {
    if (t[0].number < 1 || t[0].number > 12) return {};
    out = {DateVerdict::month, t[1].number, t[0].number};
  } else if (t.size() == 1 && t[0].digits == 4) {
    out = {DateVerdict::year, t[0].number};
  } else if (t.size() == 1 && t[0].digits == 8) {
    out = {DateVerdict::day, t[0].number / 10000, t[0].number / 100 % 100, t[0].number % 100};
  }
  return out;
}

/// `Q1 2014`, `2014 T1`, `1er trimestre 2014`.
DateParts read_quarter(const std::vector<Token>& tokens) {
  DateParts out;
  bool named = false;
  for (const auto& token : tokens) {
    static const std::vector<std::string> words = {
        "q", "qtr", "quarter", "t", "trim", "trimestre", "кв", "квартал", "季度", "第", "الربع"};
    static const std::vector<std::string> endings = {"er", "e",  "eme", "o",  "st", "nd",
                                                     "rd", "th", "de",  "of", "i",  "г"};
    if (token.digits == 4)
      out.year = token.number;
    else if (token.digits == 1 && token.number >= 1 && token.number <= 4)
      out.first = token.number;
    else if (std::find(words.begin(), words.end(), token.word) != words.end())
      named = true;
    else if (std::find(endings.begin(), endings.end(), token.word) == endings.end())
      return {};
  }
  if (named && out.year != 0 && out.first != 0) out.verdict = DateVerdict::quarter;
  return out;
}

/// `2014年3月12日`
DateParts read_chinese(const std::vector<Token>& tokens) {
  DateParts out;
  for (std::size_t i = 0; i + 1 < tokens.size(); i += 2) {
    const Token& number = tokens[i];
    const std::string& unit = tokens[i + 1].word;
    if (number.digits == 0) return {};
    if (unit == "年" && number.digits == 4)
      out.year = number.number, out.verdict = DateVerdict::year;
    else if (unit == "月" && out.year != 0)
      out.month = number.number, out.verdict = DateVerdict::month;
    else if ((unit == "日" || unit == "号") && out.month != 0)
      out.day = number.number, out.verdict = DateVerdict::day;
    else
      return {};
  }
  if (tokens.size() % 2 != 0 || out.month > 12) return {};
  return out;
}

}  // namespace

DateParts take_date_apart(std::string_view words) {
  if (words.size() > longest_date) return {};
  const std::string plain = fold(plain_signs(words));
  const auto tokens = tokens_of(std::string(without_clock(plain)));
  if (tokens.empty()) return {};
  const auto is_number = [](const Token& token) { return token.digits > 0; };
  if (std::none_of(tokens.begin(), tokens.end(), is_number)) return {};
  if (std::all_of(tokens.begin(), tokens.end(), is_number)) return check(read_numbers(tokens));
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const auto month = months().find(tokens[i].word);
    if (month != months().end()) return check(read_words(tokens, i, month->second));
  }
  if (tokens.size() >= 2 && tokens[1].word == "年") return check(read_chinese(tokens));
  if ((tokens[0].word == "fy" || tokens[0].word == "year" || tokens[0].word == "ano" ||
       tokens[0].word == "ejercicio" || tokens[0].word == "exercice") &&
      std::all_of(tokens.begin() + 1, tokens.end(), is_number))
    return check(read_numbers({tokens.begin() + 1, tokens.end()}));
  if (tokens.size() == 2 && tokens[0].digits == 4 &&
      (tokens[1].word == "г" || tokens[1].word == "год"))
    return check(read_numbers({tokens[0]}));
  return check(read_quarter(tokens));
}

}  // namespace austral::sheet
