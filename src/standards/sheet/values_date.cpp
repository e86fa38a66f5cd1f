// Days out of cells, by the habit of their column.
#include <charconv>

#include "base/text.hpp"
#include "standards/sheet/cell_forms.hpp"
#include "standards/sheet/date_words.hpp"
#include "standards/sheet/values.hpp"

namespace austral::sheet {
namespace {

Date last_of_month(int year, int month) {
  const auto next = month == 12 ? make_date(year + 1, 1, 1) : make_date(year, month + 1, 1);
  return Date{next->days - 1};
}

DateReading make_span(int year, int month, int last_year, int last_month, DatePrecision precision) {
  DateReading out;
  out.first = make_date(year, month, 1);
  if (out.first) out.last = last_of_month(last_year, last_month);
  out.precision = precision;
  return out;
}

DateReading make_day(int year, int month, int day) {
  DateReading out;
  out.first = make_date(year, month, day);
  if (out.first)
    out.last = *out.first;
  else
    out.trouble = "there is no such day in the calendar";
  return out;
}

DateReading place_parts(const DateParts& parts, const ColumnShape& shape, std::string_view words) {
  DateReading out;
  const int year = parts.year;
  switch (parts.verdict) {
    case DateVerdict::day: out = make_day(year, parts.month, parts.day); break;
    case DateVerdict::either: {
      const bool month_first = shape.order() == DayOrder::month_first;
      out = month_first ? make_day(year, parts.first, parts.second)
                        : make_day(year, parts.second, parts.first);
      out.guessed = shape.order() == DayOrder::unknown;
      break;
    }
    case DateVerdict::month:
      out = make_span(year, parts.month, year, parts.month, DatePrecision::month);
      break;
    case DateVerdict::quarter:
      out = make_span(year, parts.first * 3 - 2, year, parts.first * 3, DatePrecision::quarter);
      break;
    case DateVerdict::year: out = make_span(year, 1, year, 12, DatePrecision::year); break;
    case DateVerdict::years:
      out = make_span(year, 1, parts.second, 12, DatePrecision::years);
      break;
    default: break;
  }
  out.guessed = out.guessed || parts.short_year;
  if (out.first) return out;
  const std::string& why = parts.trouble.empty() ? out.trouble : parts.trouble;
  out.trouble = "\"" + shorten(trim(words), 60) + "\" is no day that can be read" +
                (why.empty() ? "" : ": " + why) + "; write it as YYYY-MM-DD";
  return out;
}

}  // namespace

DateReading read_date(std::string_view words, const ColumnShape& shape) {
  return place_parts(take_date_apart(words), shape, words);
}

DateReading read_date(const SheetCell& cell, const ColumnShape& shape) {
  DateReading out;
  if (cell.date) {
    out.first = cell.date;
    out.last = *cell.date;
    return out;
  }
  if (cell.kind == CellKind::words) return read_date(cell.text, shape);
  if (cell.kind != CellKind::number) {
    out.trouble = cell.kind == CellKind::empty
                      ? "the cell is empty"
                      : "\"" + shorten(cell.text, 40) + "\" is no day; write it as YYYY-MM-DD";
    return out;
  }
  std::uint64_t number = 0;
  const auto& text = cell.text;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  constexpr std::uint64_t first_day_number = 10000101, day_1927 = 10'000, day_2119 = 80'000;
  if (whole && (number < 3000 || number >= first_day_number)) return read_date(text, shape);
  if (error == std::errc() && number >= day_1927 && number <= day_2119) {
    SheetCell day = cell;
    show_as(day, CellForm::date, false);
    out.first = day.date;
    out.last = day.date.value_or(Date{});
    out.guessed = true;
    if (out.first) return out;
  }
  out.trouble = "the number " + shorten(text, 30) + " is no day; write it as YYYY-MM-DD";
  return out;
}

}  // namespace austral::sheet
