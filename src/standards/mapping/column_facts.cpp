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
      const auto parts = separator.empty() ? std::vector<std::string>{std::string(rest)}
                                           : part_places(rest.substr(0, at));
      pieces += parts.size();
      for (const auto& part : parts) found += is_country(part);
      if (more) rest.remove_prefix(at + separator.size());
    }
  }
  return percent(found, pieces);
}

template <class Check>
int share_of(const std::vector<std::string>& values, Check check) {
  return percent(std::size_t(std::count_if(values.begin(), values.end(), check)), values.size());
}

/// Short forms and spellings that headers of any sheet use.
std::string spell_out(std::string_view word) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 20> forms = {
      {{"src", "source"},
       {"dest", "destination"},
       {"dst", "destination"},
       {"org", "organization"},
       {"orgs", "organizations"},
       {"organisation", "organization"},
       {"organisations", "organizations"},
       {"amt", "amount"},
       {"desc", "description"},
       {"descr", "description"},
       {"proj", "project"},
       {"impl", "implementing"},
       {"curr", "currency"},
       {"ctry", "country"},
       {"cntry", "country"},
       {"programme", "program"},
       {"benef", "beneficiary"},
       {"dept", "department"},
       {"yr", "year"},
       {"prov", "provider"}}};
  for (const auto& [shortened, whole] : forms)
    if (word == shortened) return std::string(whole);
  return std::string(word);
}

}  // namespace

void ColumnLooker::add(const RowCell& cell) {
  ++cells_;
  const auto text = trim(cell.text);
  // Items of a list, a line each; texts of several paragraphs are longer.
  if (text.find('\n') != std::string_view::npos && text.size() < 2000) {
    const auto lines = split(text, '\n');
    const bool listed = text.size() / lines.size() < 60;
    lists_ += listed;
    if (listed) {
      for (const auto line : lines)
        add_item({cell.header, cell.column, cell.kind, std::string(line), {}, {}});
      return;
    }
  }
  add_item(cell);
}

void ColumnLooker::add_item(const RowCell& cell) {
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
  const bool year = date && (number ? text.size() <= 6 : date->exactness == "year");
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
  if (lists_ * 4 > cells_) facts.split = "line";
  facts.countries = count_countries(values_, "");
  for (const std::string_view separator : {";", ", ", "|", "/", ",", "、", "،"}) {
    const int share = count_countries(values_, separator);
    if (share > facts.countries + 5) {
      facts.countries = share;
      facts.split = std::string(trim(separator));
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
    return read_cell({&field, "", ""}, sheet::CellKind::words, value, {}, ignored).has_value() ||
           (field.reads == Reads::code && find_everyday_code(field.list, value));
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
  std::string folded = fold(spaced);
  if (folded.empty()) folded = fold(header);
  std::string words;
  for (const auto word : split(folded, ' ')) words += (words.empty() ? "" : " ") + spell_out(word);
  return words;
}

}  // namespace austral::mapping
