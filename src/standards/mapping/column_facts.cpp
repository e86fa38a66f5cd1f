// Looks at cells; names are tried against the lists only for a limited number of distinct values.
#include "standards/mapping/column_facts.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "codes/country.hpp"
#include "standards/mapping/draft.hpp"
#include "standards/mapping/names.hpp"
#include "standards/mapping/read_value.hpp"

namespace austral::mapping {
namespace {

constexpr std::size_t most_values = 120;
constexpr std::size_t most_distinct = 5000;

int percent(std::size_t part, std::size_t whole) {
  return whole == 0 ? 0 : int(part * 100 / whole);
}

bool is_country(std::string_view text) {
  text = trim(text);
  return text.size() > 1 && text.size() < 60 &&
         (codes::find_country_named(text) || find_place_named(text));
}

/// Share of pieces that are countries, when cells are split by a separator.
int count_countries(const std::vector<std::string>& values, std::string_view separator) {
  std::size_t pieces = 0, found = 0;
  for (const auto& value : values) {
    std::string_view rest = value;
    for (bool more = true; more;) {
      const auto at = separator.empty() ? std::string_view::npos : rest.find(separator);
      more = at != std::string_view::npos;
      ++pieces;
      found += is_country(rest.substr(0, at));
      if (more) rest.remove_prefix(at + separator.size());
    }
  }
  return percent(found, pieces);
}

template <class Check>
int share_of(const std::vector<std::string>& values, Check check) {
  return percent(std::size_t(std::count_if(values.begin(), values.end(), check)), values.size());
}

}  // namespace

void ColumnLooker::add(const RowCell& cell) {
  const auto text = trim(cell.text);
  if (means_nothing(text)) return;
  ++filled_;
  length_ += text.size();
  if (distinct_.size() < most_distinct && distinct_.emplace(text).second &&
      values_.size() < most_values)
    values_.emplace_back(text);
  static const Field amount{"", Group::record, Reads::amount, "", false, ""};
  static const Field day{"", Group::record, Reads::date, "", false, ""};
  ReadProblem ignored;
  const bool number = read_cell({&amount, "", ""}, cell.kind, text, {}, ignored).has_value();
  const auto date = read_cell({&day, "dmy", ""}, cell.kind, text, cell.date, ignored);
  const bool year = number && date && text.size() <= 6;
  numbers_ += number && !year;
  years_ += year;
  dates_ += date && !year && !number;
  words_ += !number && !date;
  spaced_ += text.find(' ') != std::string_view::npos;
}

ColumnFacts ColumnLooker::finish(std::size_t column, std::string header) const {
  ColumnFacts facts;
  facts.column = column;
  facts.header = std::move(header);
  facts.filled = filled_;
  facts.distinct = distinct_.size();
  facts.mean_length = filled_ ? length_ / filled_ : 0;
  facts.numbers = percent(numbers_, filled_);
  facts.years = percent(years_, filled_);
  facts.dates = percent(dates_, filled_);
  facts.words = percent(words_, filled_);
  facts.spaced = percent(spaced_, filled_);
  facts.samples = values_;
  facts.addresses =
      share_of(values_, [](const std::string& value) { return !find_urls(value).empty(); });
  facts.emails = share_of(values_, [](const std::string& value) {
    const auto at = value.find('@');
    return at != std::string::npos && at > 0 && value.find('.', at) != std::string::npos &&
           value.find(' ') == std::string::npos;
  });
  facts.currencies = share_of(values_, [](const std::string& value) {
    return value.size() < 30 && find_currency_named(value).has_value();
  });
  facts.countries = count_countries(values_, "");
  for (const std::string_view separator : {";", ", ", "|", "/", ",", "\n"}) {
    const int share = count_countries(values_, separator);
    if (share > facts.countries + 5) {
      facts.countries = share;
      facts.split = separator == "\n" ? "line" : std::string(trim(separator));
    }
  }
  return facts;
}

int share_readable(const ColumnFacts& facts, const Field& field) {
  switch (field.reads) {
    case Reads::amount: return facts.numbers;
    case Reads::share: return facts.numbers;
    case Reads::year: return facts.years;
    case Reads::date: return facts.dates + facts.years;
    case Reads::place:
    case Reads::country: return facts.countries;
    case Reads::currency: return facts.currencies;
    case Reads::url:
    case Reads::list_of_urls: return facts.addresses;
    default: break;
  }
  return share_of(facts.samples, [&](const std::string& value) {
    ReadProblem ignored;
    return read_cell({&field, "", ""}, sheet::CellKind::words, value, {}, ignored).has_value();
  });
}

std::string header_words(std::string_view header) {
  std::string spaced;
  bool lower_before = false;
  int brackets = 0;
  for (const char c : header) {
    if (c == '(' || c == '[') ++brackets;
    const bool inside = brackets > 0;
    if ((c == ')' || c == ']') && brackets > 0) --brackets;
    if (inside) continue;
    if (std::string_view("_-/.:,*").find(c) != std::string_view::npos) {
      spaced += ' ';
      lower_before = false;
      continue;
    }
    if (c >= 'A' && c <= 'Z' && lower_before) spaced += ' ';
    lower_before = c >= 'a' && c <= 'z';
    spaced += c;
  }
  std::string words = fold(spaced);
  if (words.empty()) words = fold(header);
  return words;
}

}  // namespace austral::mapping
