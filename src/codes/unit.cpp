// Reads the table of units and finds them by what people call them.
#include "codes/unit.hpp"

#include <algorithm>
#include <numeric>
#include <unordered_map>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/tsv.hpp"

namespace austral::codes {
namespace {

/// `Person-Days` and `person day` are one name: folded, words apart, without the s of plurals.
std::string to_unit_name(std::string_view text) {
  std::string name = fold(text);
  for (char& letter : name)
    if (letter == '-' || letter == '_' || letter == '.') letter = ' ';
  std::string singular;
  for (const auto word : split(name, ' ')) {
    if (word.empty()) continue;
    if (!singular.empty()) singular += ' ';
    singular += word.size() > 3 && word.back() == 's' ? word.substr(0, word.size() - 1) : word;
  }
  return singular;
}

struct UnitTable {
  std::vector<Unit> units;
  std::unordered_map<std::string, std::size_t> names;
};

UnitTable read_units() {
  static const TsvTable table = read_embedded_table("data/codes/units.tsv");
  static constexpr std::string_view languages[] = {"en", "fr", "es", "pt", "ar", "ru", "zh"};
  const auto code = table.column("code"), source = table.column("source"),
             measures = table.column("measures"), factor = table.column("factor"),
             also = table.column("also");
  UnitTable all;
  for (const auto row : table.rows()) {
    const std::size_t place = all.units.size();
    Unit unit{row[code], row[source], row[measures], {}, {}};
    unit.factor = parse_decimal(row[factor]);
    AUSTRAL_ASSERT(unit.factor || row[factor] == "convention");
    all.names.emplace(to_unit_name(row[code]), place);
    for (const auto language : languages) {
      const auto label = row[table.column(language)];
      if (label.empty()) continue;
      unit.labels.emplace_back(language, label);
      all.names.emplace(to_unit_name(label), place);
    }
    for (const auto name : split(row[also], '|')) all.names.emplace(to_unit_name(name), place);
    all.units.push_back(std::move(unit));
  }
  all.names.erase("");
  return all;
}

const UnitTable& unit_table() {
  static const UnitTable table = read_units();
  return table;
}

/// How many letters must be put in, taken out or changed.
std::size_t letters_between(std::string_view left, std::string_view right) {
  std::vector<std::size_t> row(right.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t(0));
  for (std::size_t i = 1; i <= left.size(); ++i) {
    std::size_t corner = row[0]++;
    for (std::size_t j = 1; j <= right.size(); ++j) {
      const std::size_t changed = corner + (left[i - 1] != right[j - 1]);
      corner = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, changed});
    }
  }
  return row.back();
}

}  // namespace

const std::vector<Unit>& units() { return unit_table().units; }

const Unit* find_unit(std::string_view text) {
  const auto& table = unit_table();
  const auto found = table.names.find(to_unit_name(text));
  return found == table.names.end() ? nullptr : &table.units[found->second];
}

std::vector<std::string_view> nearest_units(std::string_view text) {
  constexpr std::size_t most = 3, longest = 60;
  const auto& table = unit_table();
  const std::string wanted = to_unit_name(text.substr(0, longest));
  const std::size_t far = std::max<std::size_t>(1, wanted.size() / 3) + 1;
  std::vector<std::size_t> distances(table.units.size(), far);
  for (const auto& [name, place] : table.names) {
    auto& least = distances[place];
    least = std::min(least, letters_between(wanted, name));
  }
  std::vector<std::size_t> order(table.units.size());
  std::iota(order.begin(), order.end(), std::size_t(0));
  std::stable_sort(order.begin(), order.end(), [&](std::size_t left, std::size_t right) {
    return distances[left] < distances[right];
  });
  std::vector<std::string_view> near;
  for (const auto place : order)
    if (near.size() < most && distances[place] < far) near.push_back(table.units[place].code);
  return near;
}

std::string_view label_of(const Unit& unit, std::string_view language) {
  for (const auto& [lang, label] : unit.labels)
    if (lang == language) return label;
  return unit.labels.empty() ? unit.code : unit.labels.front().second;
}

}  // namespace austral::codes
