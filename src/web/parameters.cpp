// Holds THE TABLE of query parameters and checks queries against it.
#include "web/parameters.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <numeric>

#include "base/error.hpp"
#include "base/text.hpp"

namespace austral::web {
namespace {

constexpr std::int64_t last_page = 1'000'000;

struct ParameterSet {
  std::string_view name, words;
};

constexpr ParameterSet parameter_sets[] = {
    {"@filters",
     "provider* recipient* facilitator* sector* goal* year* since until framework* status* "
     "publisher* organization* critical_area* modality* flow_type* region* marker* "
     "provider_in* recipient_in* funds* answers_for* manages* carries_out*"},
    {"@search", "q @filters perspective price_year view by*"},
    {"@order", "sort page"},
    {"@pages", "@order per_page"},
    {"@choice", "columns* grain"},
    {"@measured",
     "provider* recipient* year perspective method price_year kinds sector* goal* framework* "
     "publisher* provider_in* recipient_in* modality*"},
    {"@measure", "methodology @measured"},
    {"@bridge", "first second @measured"},
    {"@figure", "embed chart"}};

/// Shape: in the order of THE TABLE's words; sets are put in where they are named.
void add_words(std::string_view words, std::vector<Parameter>& parameters) {
  for (auto word : split(words, ' ')) {
    if (word.empty()) continue;
    const auto* set = std::find_if(std::begin(parameter_sets), std::end(parameter_sets),
                                   [&](const auto& one) { return one.name == word; });
    if (set != std::end(parameter_sets)) {
      add_words(set->words, parameters);
      continue;
    }
    const bool repeatable = word.ends_with('*');
    const bool needed = word.ends_with('!');
    if (repeatable || needed) word.remove_suffix(1);
    const auto named = [&](const Parameter& one) { return one.name == word; };
    if (std::any_of(parameters.begin(), parameters.end(), named)) continue;
    const auto& table = all_parameters();
    const auto found = std::find_if(table.begin(), table.end(), named);
    parameters.push_back(
        found == table.end() ? Parameter{std::string(word), ParameterType::words, ""} : *found);
    parameters.back().repeatable = repeatable;
    parameters.back().needed = needed;
  }
}

bool consists_of(std::string_view text, std::string_view more) {
  return std::all_of(text.begin(), text.end(), [&](char c) {
    return (c >= 'a' && c <= 'z') || is_digit(c) || more.find(c) != std::string_view::npos;
  });
}

bool is_number(const Parameter& parameter, std::string_view value) {
  std::int64_t number = 0;
  const auto read = std::from_chars(value.data(), value.data() + value.size(), number);
  return read.ec == std::errc() && read.ptr == value.data() + value.size() &&
         number >= parameter.least && number <= parameter.most;
}

bool fits_type(const Parameter& parameter, std::string_view value) {
  switch (parameter.type) {
    case ParameterType::number: return is_number(parameter, value);
    case ParameterType::choice: {
      const auto allowed = split(parameter.allowed, ' ');
      return std::find(allowed.begin(), allowed.end(), value) != allowed.end();
    }
    case ParameterType::list: return consists_of(value, "_.,");
    case ParameterType::order: return consists_of(value.substr(value.starts_with('-')), "_.");
    case ParameterType::tag: return value.size() <= 35 && consists_of(fold(value), "-");
    case ParameterType::words: return true;
  }
  return true;
}

std::string remedy_for(const Parameter& parameter) {
  switch (parameter.type) {
    case ParameterType::number:
      return "use a whole number from " + std::to_string(parameter.least) + " to " +
             std::to_string(parameter.most);
    case ParameterType::choice: {
      std::string known;
      for (const auto value : split(parameter.allowed, ' '))
        known += (known.empty() ? "" : ", ") + std::string(value);
      return "use one of " + known;
    }
    case ParameterType::list:
      return "use names separated by commas, such as " + std::string(parameter.example);
    case ParameterType::order:
      return "use a column's name, with - before it for the greatest first, such as " +
             std::string(parameter.example);
    case ParameterType::tag:
      return "use a language's code, such as " + std::string(parameter.example);
    case ParameterType::words: break;
  }
  return "use another value";
}

[[noreturn]] void refuse_name(std::string_view given, const std::vector<Parameter>& known) {
  std::vector<std::string> names;
  for (const auto& one : known) names.emplace_back(one.name);
  std::string all;
  for (const auto& name : names) all += (all.empty() ? "" : ", ") + name;
  const auto near = nearest_name(given, names);
  throw Error(Kind::invalid, "This address does not know the parameter '" + shorten(given, 80) +
                                 "'" + (near.empty() ? "" : "; did you mean '" + near + "'?") +
                                 (near.empty() ? ". It knows: " : " It knows: ") + all + ".");
}

}  // namespace

const std::vector<Parameter>& all_parameters() {
  using enum ParameterType;
  static const std::vector<Parameter> table = {
      {"q", words, "water"},
      {"provider", words, "BR"},
      {"recipient", words, "MZ"},
      {"facilitator", words, "JP"},
      {"sector", words, "140"},
      {"goal", words, "6"},
      {"year", words, "2015"},
      {"since", number, "2010", "", 1900, 2200},
      {"until", number, "2020", "", 1900, 2200},
      {"framework", words, "south_south"},
      {"status", words, "2"},
      {"publisher", words, "XM-DAC-41114"},
      {"organization", words, "XM-DAC-41114"},
      {"critical_area", words, "a"},
      {"modality", words, "C01"},
      {"flow_type", words, "10"},
      {"region", words, "1:298"},
      {"marker", words, "1"},
      {"provider_in", words, "ldc"},
      {"recipient_in", words, "ldc"},
      {"funds", words, "XM-DAC-41114"},
      {"answers_for", words, "XM-DAC-41114"},
      {"manages", words, "XM-DAC-41114"},
      {"carries_out", words, "XM-DAC-41114"},
      {"perspective", choice, "reconciled", "reconciled provider recipient"},
      {"price_year", number, "2020", "", 1980, 2100},
      {"view", choice, "list", "list table groups map years"},
      {"by", list, "provider,year"},
      {"sort", order, "-start"},
      {"page", number, "1", "", 1, last_page},
      {"per_page", choice, "50", "25 50 100 250"},
      {"columns", list, "title,providers"},
      {"grain", choice, "initiative", "initiative contribution participation"},
      {"embed", choice, "1", "1"},
      {"chart", number, "1", "", 1, 20},
      {"sum", choice, "year", "year partners"},
      {"kind", words, "disbursed"},
      {"initiative", number, "1", "", 0, std::numeric_limits<std::int64_t>::max()},
      {"name", words, "ministry"},
      {"country", words, "BR"},
      {"rule", words, ""},
      {"severity", choice, "error", "remark warning error damage"},
      {"table", list, ""},
      {"methodology", words, "unctad"},
      {"first", words, "unctad"},
      {"second", words, "tossd"},
      {"with", words, "tossd"},
      {"from", words, "country-template"},
      {"method", words, "M1"},
      {"kinds", words, "commitment"},
      {"item", words, "B1"},
      {"reason", words, "no_price"},
      {"area", choice, "provider", "provider recipient"},
      {"series", words, "ppp"},
      {"key", words, "senior"},
      {"set", words, "austral"},
      {"a", words, "KE"},
      {"b", words, "TZ"},
      {"file", number, "1", "", 0, std::numeric_limits<std::int64_t>::max()},
      {"format", choice, "json", "page html csv json"},
      {"filename", words, "activities.xml"},
      {"lang", tag, "fr"}};
  return table;
}

std::vector<Parameter> read_parameters(std::string_view words) {
  std::vector<Parameter> parameters;
  add_words(words, parameters);
  add_words("lang", parameters);
  return parameters;
}

void check_parameters(const std::vector<Parameter>& known, const Fields& query) {
  for (std::size_t i = 0; i < query.size(); ++i) {
    const auto& [name, value] = query[i];
    if (is_mark_of_others(name)) continue;
    const auto found = std::find_if(known.begin(), known.end(),
                                    [&](const Parameter& one) { return one.name == name; });
    if (found == known.end()) refuse_name(name, known);
    const auto again = [&](const auto& earlier) { return earlier.first == name; };
    if (!found->repeatable && std::any_of(query.begin(), query.begin() + std::ptrdiff_t(i), again))
      throw Error(Kind::invalid, "The parameter '" + name + "' is there more than once; here it " +
                                     "takes one value: leave the others out.");
    if (!value.empty() && !fits_type(*found, value))
      throw Error(Kind::invalid, "The parameter '" + name + "' cannot be '" + shorten(value, 80) +
                                     "': " + remedy_for(*found) + ".");
  }
}

std::string nearest_name(std::string_view given, const std::vector<std::string>& known) {
  if (given.size() > 40) return "";  // nobody mistypes that much, and the work grows with it
  std::string best;
  std::size_t best_distance = std::max<std::size_t>(1, given.size() / 3) + 1;
  for (const auto& name : known) {
    // Levenshtein's distance, a row at a time.
    std::vector<std::size_t> row(name.size() + 1);
    std::iota(row.begin(), row.end(), 0);
    for (std::size_t i = 0; i < given.size(); ++i) {
      std::size_t diagonal = row[0];
      row[0] = i + 1;
      for (std::size_t j = 0; j < name.size(); ++j) {
        const auto changed = diagonal + (given[i] != name[j]);
        diagonal = row[j + 1];
        row[j + 1] = std::min({changed, diagonal + 1, row[j] + 1});
      }
    }
    if (row.back() < best_distance) {
      best_distance = row.back();
      best = name;
    }
  }
  return best;
}

}  // namespace austral::web
