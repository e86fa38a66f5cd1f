// Reads the cells of one row of a price list.
#include "standards/prices/price_row.hpp"

#include <algorithm>

#include "base/catalogue.hpp"
#include "base/text.hpp"
#include "codes/country.hpp"
#include "codes/exchange_rate.hpp"
#include "codes/unit.hpp"
#include "standards/rows/line.hpp"

namespace austral::prices {
namespace {

using measurement::Price;
using Column = PriceColumn;

/// What a price is for one of: times in the words of its series, other units by their codes.
std::string unit_meant(std::string_view words) {
  static const std::pair<std::string_view, std::string_view> all[] = {
      {"MON", "month"}, {"monthly", "month"}, {"DAY", "day"},     {"daily", "day"},
      {"ANN", "year"},  {"yearly", "year"},   {"annual", "year"}, {"annually", "year"},
      {"HUR", "hour"},  {"hourly", "hour"}};
  std::string unit = fold(words);
  for (const std::string_view per : {"per ", "a ", "por ", "par ", "/"})
    if (unit.starts_with(per)) unit.erase(0, per.size());
  if (const auto* known = codes::find_unit(unit)) unit = known->code;
  for (const auto& [word, meant] : all)
    if (unit == word) return std::string(meant);
  return codes::find_unit(unit) ? unit : std::string(trim(words));
}

/// The one code of a currency among the words of a cell: `BRL`, `brl`, `AFN Afghani`.
std::string currency_in(std::string_view words) {
  std::string whole(trim(words));
  for (auto& c : whole)
    if (c >= 'a' && c <= 'z') c = char(c - 32);
  if (codes::is_currency(whole)) return whole;
  std::string found, word;
  for (const char c : std::string(trim(words)) + " ") {
    if (c >= 'A' && c <= 'Z') {
      word += c;
      continue;
    }
    const bool other_letter = (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
    if (!other_letter && word.size() == 3 && codes::is_currency(word)) {
      if (!found.empty() && found != word) return {};
      found = word;
    }
    word = other_letter ? word + "_" : "";
  }
  return found;
}

/// Whether every word stands in the name of the currency in some language (`Afghani`, `Real`).
bool is_named(std::string_view code, std::string_view words) {
  const std::string asked = fold(words);
  return std::ranges::any_of(catalogue_languages(), [&](const std::string& language) {
    const std::string name = " " + fold(codes::currency_name(code, language)) + " ";
    const auto parts = split(asked, ' ');
    return !asked.empty() && std::ranges::all_of(parts, [&](std::string_view part) {
      return name.find(" " + std::string(part) + " ") != std::string::npos;
    });
  });
}

/// Whether a code was the only one in use in all of that year, so that a name cannot mean another.
bool is_alone_in(std::string_view code, int year) {
  const auto* currency = codes::find_currency(code);
  if (!currency || (currency->first_year && *currency->first_year >= year)) return false;
  if (currency->last_year && *currency->last_year <= year) return false;
  return std::ranges::none_of(codes::all_currencies(), [&](const codes::Currency& other) {
    return other.successor == code && (!other.last_year || *other.last_year >= year);
  });
}

class RowReader {
 public:
  RowReader(const PriceLayout& layout, const sheet::SheetRow& row, sheet::CellFindings& findings)
      : layout_(layout), row_(row), findings_(findings) {}

  RowReading read(const std::string& set, const std::string& source) {
    if (text(Column::value).empty() && is_note()) return {std::nullopt, true};
    read_.row = row_.number;
    price_.set = set;
    price_.source = text(Column::source).empty() ? source : text(Column::source);
    price_.key = collapse_spaces(text(Column::key));
    read_series();
    read_span();
    read_value();
    read_country();
    read_currency();
    read_unit();
    if (bad_) return {};
    for (const auto& finding : measurement::check_price(price_))
      add(finding.severity, column_of(finding.rule), finding.rule, finding.message);
    if (bad_) return {};
    return {std::move(read_), false};
  }

 private:
  const sheet::SheetCell* cell(Column column) const {
    const auto at = layout_.place(column);
    return at ? row_.find(*at) : nullptr;
  }
  std::string text(Column column) const {
    const auto* found = cell(column);
    return found ? std::string(rows::trim_cell(found->text)) : std::string();
  }

  void add(Severity severity, Column column, std::string_view rule, std::string_view message) {
    bad_ = bad_ || severity >= Severity::error;
    findings_.add(severity, rule, layout_.cell(column, row_.number), message);
  }

  static Column column_of(std::string_view rule) {
    static const std::pair<std::string_view, Column> all[] = {
        {"price.series", Column::series},   {"price.key", Column::key},
        {"price.country", Column::country}, {"price.currency", Column::currency},
        {"price.unit", Column::unit},       {"price.source", Column::source},
        {"price.span", Column::to},         {"price.rate.key", Column::key}};
    for (const auto& [beginning, column] : all)
      if (rule.starts_with(beginning)) return column;
    return Column::value;
  }

  /// A footnote, a heading between the rows, a row of the template that nobody filled.
  bool is_note() {
    for (const Column column : {Column::from, Column::to, Column::effective, Column::period})
      if (row_.cells.size() > 1 && !text(column).empty()) return false;
    findings_.add(Severity::remark, "price.note", layout_.cell(Column::value, row_.number),
                  "the row has neither a value nor a day; it was read past");
    return true;
  }

  void read_series() {
    if (layout_.rates) {
      price_.series = "exchange_rate";
      return;
    }
    const auto named = text(Column::series);
    const auto* series = named.empty() ? layout_.series : find_series_named(named);
    if (series) {
      price_.series = series->name;
      return;
    }
    std::string names;
    for (const auto& one : measurement::price_series())
      names += (names.empty() ? "" : ", ") + std::string(one.name);
    add(Severity::error, Column::series, "price.series.unknown",
        (named.empty() ? "the row names no series" : "'" + named + "' is no series of prices") +
            "; write one of " + names);
  }

  std::optional<sheet::DateReading> read_day(Column column) {
    const auto* found = cell(column);
    if (!found || trim(found->text).empty()) return std::nullopt;
    std::string words(trim(found->text));
    const bool month = words.size() == 7 && (words[4] == 'M' || words[4] == 'm');
    if (month) words[4] = '-';  // SDMX writes 2015M03
    auto day = month ? sheet::read_date(words, layout_.shape(column))
                     : sheet::read_date(*found, layout_.shape(column));
    if (!day.first) add(Severity::error, column, "price.day", day.trouble);
    return day;
  }

  void read_span() {
    if (const auto from = read_day(Column::from); from && from->first) {
      price_.from = *from->first;
      has_from_ = true;
    }
    if (const auto effective = read_day(Column::effective); !has_from_ && effective) {
      if (!effective->first) return;
      price_.from = *effective->first;
      has_from_ = read_.until_next = true;
    }
    if (const auto period = read_day(Column::period); !has_from_ && period) {
      if (!period->first) return;
      take_period(*period);
    }
    if (const auto to = read_day(Column::to); to && to->first) price_.to = to->last;
    if (!has_from_ && !bad_)
      add(Severity::error, Column::from, "price.from.missing",
          "from when does it hold? Write the first day in the column 'from', or a year in 'year'");
  }

  /// A day under `date` stands for its year or month where a further column says so.
  void take_period(const sheet::DateReading& period) {
    const auto frequency = fold(text(Column::frequency));
    const int year = year_of(*period.first), month = month_of(*period.first);
    price_.from = *period.first;
    price_.to = period.last;
    if (frequency == "a" || frequency == "annual" || frequency == "yearly") {
      price_.from = *make_date(year, 1, 1);
      price_.to = *make_date(year, 12, 31);
    } else if (frequency == "m" || frequency == "monthly") {
      price_.from = *make_date(year, month, 1);
      price_.to = Date{
          (month == 12 ? *make_date(year + 1, 1, 1) : *make_date(year, month + 1, 1)).days - 1};
    }
    has_from_ = true;
  }

  void read_value() {
    const auto* found = cell(Column::value);
    if (!found || trim(found->text).empty()) {
      add(Severity::error, Column::value, "price.value.missing",
          "the row has no value; write it, or take the row out");
      return;
    }
    auto number = sheet::read_number(*found, layout_.shape(Column::value));
    if (!number.value) {
      add(Severity::error, Column::value, "price.value", number.trouble);
      return;
    }
    if (number.guessed)
      add(Severity::warning, Column::value, "price.value.guessed",
          "'" + shorten(found->text, 40) + "' was read as " + to_string(*number.value) +
              "; the column does not tell which mark stands before the decimals");
    price_.value = normalise(*number.value);
    beside_value_ = number.currency;
    if (number.percent) take_percent();
  }

  void take_percent() {
    const auto* series = measurement::find_price_series(price_.series);
    if (series && series->ratio && price_.value.scale <= 16) {
      price_.value.scale += 2;
      price_.value = normalise(price_.value);
      return;
    }
    add(Severity::error, Column::value, "price.value",
        "a value in per cent is no " + (price_.series.empty() ? "price" : price_.series) +
            "; write the value itself");
  }

  void read_country() {
    if (layout_.rates) return;  // a rate is its code's, whatever country it stands beside
    const auto words = text(Column::country);
    if (words.empty()) return;
    if (const auto* country = codes::find_country_named(words))
      price_.country = country->alpha2;
    else
      add(Severity::error, Column::country, "price.country.unknown",
          "'" + shorten(words, 60) + "' is no country; write its two letters, such as BR");
  }

  void read_currency() {
    const auto* series = measurement::find_price_series(price_.series);
    if (!series || !series->money) return;
    const bool rate = price_.series == "exchange_rate";
    std::string words;
    for (const Column column : {Column::currency_code, Column::currency}) {
      if (!price_.currency.empty()) break;
      if (words.empty()) words = text(column);
      price_.currency = currency_in(text(column));
    }
    if (price_.currency.empty() && rate) price_.currency = currency_in(price_.key);
    if (price_.currency.empty() && words.empty()) price_.currency = currency_in(beside_value_);
    if (price_.currency.empty() && !words.empty()) find_by_country(words);
    check_beside();
    if (rate && !price_.currency.empty()) {
      if (price_.key.empty() || currency_in(price_.key) == price_.currency)
        price_.key = price_.currency;
    }
  }

  /// A name without a code (`Afghani`) beside a country whose only currency of that year bears it.
  void find_by_country(const std::string& words) {
    const auto* country = codes::find_country_named(text(Column::country));
    if (country && has_from_ && is_named(country->currency, words) &&
        is_alone_in(country->currency, year_of(price_.from))) {
      price_.currency = country->currency;
      add(Severity::remark, Column::currency, "price.currency.named",
          "'" + shorten(words, 40) + "' was taken for " + price_.currency +
              ", the only currency of that name and country in that year");
      return;
    }
    add(Severity::error, Column::currency, "price.currency.unknown",
        "'" + shorten(words, 40) +
            "' does not tell which currency; write its code of ISO 4217, such as BRL");
  }

  void check_beside() {
    const auto beside = currency_in(beside_value_);
    if (!beside.empty() && beside != price_.currency)
      add(Severity::error, Column::value, "price.currency.two",
          "the value is in " + beside + " and the row in " + price_.currency +
              "; write one of them");
  }

  void read_unit() {
    const auto* series = measurement::find_price_series(price_.series);
    if (!series) return;
    const auto words = text(Column::unit);
    price_.unit = words.empty() ? std::string(series->unit) : unit_meant(words);
  }

  const PriceLayout& layout_;
  const sheet::SheetRow& row_;
  sheet::CellFindings& findings_;
  ReadPrice read_;
  Price& price_ = read_.price;
  std::string beside_value_;
  bool has_from_ = false, bad_ = false;
};

}  // namespace

RowReading read_price_row(const PriceLayout& layout, const sheet::SheetRow& row,
                          const std::string& set, const std::string& source,
                          sheet::CellFindings& findings) {
  return RowReader(layout, row, findings).read(set, source);
}

}  // namespace austral::prices
