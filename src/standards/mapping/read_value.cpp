// Cells as values of fields: codes and names through the lists, numbers and days by their forms.
#include "standards/mapping/read_value.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "codes/code_list.hpp"
#include "codes/country.hpp"
#include "standards/mapping/names.hpp"
#include "standards/sheet/values.hpp"

namespace austral::mapping {
namespace {

bool has_form(std::string_view form, std::string_view word) {
  for (const auto one : split(form, ' '))
    if (one == word) return true;
  return false;
}

std::optional<CellValue> as_text(std::string text) {
  CellValue value;
  value.text = std::move(text);
  return value;
}

std::optional<CellValue> read_code(const Field& field, std::string_view text,
                                   ReadProblem& problem) {
  if (const auto code = find_code_named(field.list, text)) return as_text(*code);
  problem.expected = "a code or name of the list " + std::string(field.list);
  auto near = nearest_label(field.list, text);
  if (const auto everyday = find_everyday_code(field.list, text))
    if (const auto* code = codes::get_list(field.list).find(*everyday))
      near = codes::label_of(*code, "en");
  problem.remedy = near.empty() ? "pair the cell's words with a code under `values:`"
                                : "if '" + near + "' is meant, pair them under `values:`";
  return std::nullopt;
}

std::optional<CellValue> read_sector(std::string_view text, ReadProblem& problem) {
  if (const auto sector = find_sector_named(text)) {
    auto value = as_text(sector->code);
    value->scheme = sector->scheme;
    return value;
  }
  problem.expected = "a sector of the DAC: five or three digits, or its name";
  const auto near = nearest_label("purpose", text);
  problem.remedy = (near.empty() ? std::string() : "nearest is '" + near + "'; ") +
                   "pair the words with a code under `values:`, or use `sector_own`";
  return std::nullopt;
}

std::optional<CellValue> read_goal(std::string_view text, ReadProblem& problem) {
  if (const auto goal = find_goal_named(text)) {
    auto value = as_text(goal->code);
    value->scheme = goal->scheme;
    return value;
  }
  problem.expected = "a goal or target, such as 6 or 6.1";
  problem.remedy = "pair the words with a number under `values:`";
  return std::nullopt;
}

std::optional<CellValue> read_place(std::string_view text, bool regions_too, ReadProblem& problem) {
  const auto place = find_place_named(text);
  if (place && (regions_too || place->kind == "country")) {
    auto value = as_text(place->code);
    value->scheme = place->kind == "country" ? "country" : place->vocabulary;
    return value;
  }
  problem.expected = regions_too ? "a country or region by code or name" : "a country";
  problem.remedy = "write its name as the UN does, or pair the words with a code under `values:`";
  return std::nullopt;
}

/// What the rule says goes before what the column's values tell.
sheet::ColumnShape shape_of(const ReadHints& hints) {
  sheet::ColumnShape shape;
  for (const auto form : {hints.column, hints.form}) {
    if (has_form(form, "comma")) shape.tell_mark(sheet::DecimalMark::comma);
    if (has_form(form, "point")) shape.tell_mark(sheet::DecimalMark::point);
    if (has_form(form, "dmy")) shape.tell_order(sheet::DayOrder::day_first);
    if (has_form(form, "mdy")) shape.tell_order(sheet::DayOrder::month_first);
  }
  return shape;
}

/// value * 10^zeros, exactly; nothing when 64 bits cannot hold it.
std::optional<Decimal> times_ten(Decimal value, int zeros) {
  const int fewer = std::min(zeros, value.scale);
  value.scale -= fewer;
  Decimal factor{1, 0};
  for (int i = fewer; i < zeros; ++i) factor.mantissa *= 10;
  return multiply(value, factor, value.scale);
}

std::optional<CellValue> read_amount(const ReadHints& hints, const sheet::SheetCell& cell,
                                     ReadProblem& problem) {
  CellValue value;
  auto reading = sheet::read_number(cell, shape_of(hints));
  problem.remedy = reading.trouble;
  if (reading.value) {
    int zeros = 0;
    // A cell that says `2 million` by itself means what it says.
    for (const auto& [word, count] : amount_sizes)
      if (has_form(hints.form, word) && !reading.sized) zeros = count;
    if (has_form(hints.form, "fraction") && !reading.percent) zeros = 2;
    value.number = times_ten(*reading.value, zeros);
    if (value.number && hints.field->reads == Reads::ratio && reading.percent)
      value.number = divide(*value.number, {100, 0}, std::min(value.number->scale + 2, 18));
    if (!value.number) problem.remedy = "the number is larger than can be counted";
  }
  value.currency = std::move(reading.currency);
  value.guessed = reading.guessed;
  if (value.number) return value;
  problem.expected = "a number such as 1250000 or 1,250,000.50";
  return std::nullopt;
}

std::optional<CellValue> read_day(const ReadHints& hints, const sheet::SheetCell& cell,
                                  ReadProblem& problem) {
  const auto reading = sheet::read_date(cell, shape_of(hints));
  if (!reading.first) {
    problem.expected = hints.field->reads == Reads::year ? "a year such as 2015"
                                                         : "a date such as 2015-03-31, or a year";
    problem.remedy = reading.trouble;
    return std::nullopt;
  }
  CellValue value;
  value.text = cell.text;
  const bool is_end = hints.field->name.starts_with("end") || hints.field->name == "period_end";
  value.date = is_end ? reading.last : *reading.first;
  value.guessed = reading.guessed;
  switch (reading.precision) {
    case sheet::DatePrecision::day: break;
    case sheet::DatePrecision::month: value.exactness = "month"; break;
    case sheet::DatePrecision::quarter: value.exactness = "quarter"; break;
    case sheet::DatePrecision::year:
    case sheet::DatePrecision::years: value.exactness = "year"; break;
  }
  return value;
}

std::optional<CellValue> read_flag(std::string_view text, ReadProblem& problem) {
  if (const auto flag = sheet::read_truth(text)) return as_text(*flag ? "1" : "0");
  problem.expected = "yes or no";
  problem.remedy = "pair the cell's words with yes and no under `values:`";
  return std::nullopt;
}

std::optional<CellValue> read_kind(std::string_view text, ReadProblem& problem) {
  if (const auto kind = find_kind_named(text))
    return as_text(boost::describe::enum_to_string(*kind, ""));
  problem.expected = "a kind of contribution:";
  for (const auto& name : kind_names()) problem.expected += " " + name;
  problem.remedy = "pair the cell's words with one of them under `values:`";
  return std::nullopt;
}

std::optional<CellValue> read_currency(std::string_view text, ReadProblem& problem) {
  if (const auto code = find_currency_named(text)) return as_text(*code);
  problem.expected = "a currency's code, such as USD";
  problem.remedy = "pair the cell's words with a code under `values:`";
  return std::nullopt;
}

}  // namespace

std::optional<CellValue> read_cell(const ReadHints& hints, sheet::CellKind kind,
                                   std::string_view text, std::optional<Date> date,
                                   ReadProblem& problem) {
  const auto bare = trim(text);
  const sheet::SheetCell cell{0, kind, std::string(bare), date, false};
  switch (hints.field->reads) {
    case Reads::text:
    case Reads::word:
    case Reads::url:
    case Reads::list_of_urls: return as_text(std::string(bare));
    case Reads::code: return read_code(*hints.field, bare, problem);
    case Reads::sector: return read_sector(bare, problem);
    case Reads::goal: return read_goal(bare, problem);
    case Reads::place: return read_place(bare, true, problem);
    case Reads::country: return read_place(bare, false, problem);
    case Reads::amount:
    case Reads::ratio:
    case Reads::share: return read_amount(hints, cell, problem);
    case Reads::date:
    case Reads::year: return read_day(hints, cell, problem);
    case Reads::currency: return read_currency(bare, problem);
    case Reads::contribution: return read_kind(bare, problem);
    case Reads::flag: return read_flag(bare, problem);
  }
  return std::nullopt;
}

}  // namespace austral::mapping
