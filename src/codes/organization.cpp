// Reads an organization's home out of its reference, by published tables only.
#include "codes/organization.hpp"

#include <array>
#include <unordered_map>
#include <unordered_set>

#include "base/text.hpp"
#include "base/tsv.hpp"
#include "codes/country.hpp"

namespace austral::codes {
namespace {

/// Numbers of the DAC and CRS lists stand bare in the table and with this prefix in IATI files.
constexpr std::string_view dac_prefix = "XM-DAC-";

bool is_upper_pair(std::string_view text) {
  return text.size() >= 2 && text[0] >= 'A' && text[0] <= 'Z' && text[1] >= 'A' && text[1] <= 'Z';
}

const std::unordered_map<std::string_view, KnownOrganization>& known_organizations() {
  static const auto all = [] {
    std::unordered_map<std::string_view, KnownOrganization> organizations;
    const TsvTable table = read_embedded_table("data/codes/organizations.tsv");
    const auto ref = table.column("ref"), label = table.column("label"),
               country = table.column("country");
    const auto type = table.column("type"), southern = table.column("southern");
    for (const auto row : table.rows())
      organizations[row[ref]] = {row[ref], row[label], row[country], row[type],
                                 row[southern] == "1"};
    return organizations;
  }();
  return all;
}

const std::unordered_map<std::string_view, std::string_view>& id_prefixes() {
  static const auto all = [] {
    std::unordered_map<std::string_view, std::string_view> prefixes;
    const TsvTable table = read_embedded_table("data/codes/id_prefixes.tsv");
    const auto prefix = table.column("prefix"), country = table.column("country");
    for (const auto row : table.rows()) prefixes[row[prefix]] = row[country];
    return prefixes;
  }();
  return all;
}

/// `XM-DAC-5-7`, `5-7` or `5`: a DAC provider number, with an agency's number behind it.
const Country* find_provider_number(std::string_view ref) {
  if (ref.starts_with(dac_prefix))
    ref.remove_prefix(dac_prefix.size());
  else
    return nullptr;
  const auto number = ref.substr(0, ref.find('-'));
  return find_country_by_provider_number(number);
}

/// "Government of Egypt" in a language of the register, also with an office named behind it
/// ("Government of Kenya - National Treasury"); nothing else is read out of names.
const Country* find_government(std::string_view name) {
  static constexpr std::array<std::string_view, 16> openings = {
      "royal government of ", "government of ",   "govt of ",          "govt. of ",
      "gouvernement de ",     "gouvernement du ", "gouvernement des ", "gouvernement d'",
      "gobierno de ",         "gobierno del ",    "governo de ",       "governo da ",
      "governo do ",          "governo das ",     "правительство ",    "حكومة "};
  std::string folded = fold(name);
  constexpr std::string_view chinese = "政府";
  if (folded.ends_with(chinese))
    return find_country_named(folded.substr(0, folded.size() - chinese.size()));
  if (folded.starts_with("republic of ") || folded.starts_with("republica de "))
    return find_country_named(folded);
  for (const auto opening : openings) {
    if (!folded.starts_with(opening)) continue;
    const auto rest = std::string_view(folded).substr(opening.size());
    if (const auto* country = find_country_named(rest)) return country;
    const auto office = rest.find(" - ");
    return office == std::string_view::npos ? nullptr : find_country_named(rest.substr(0, office));
  }
  return nullptr;
}

/// A government that is named by its country alone, or behind a comma: "Italy", "Ministry of
/// Finance, Saudi Arabia".
const Country* find_government_by_country(std::string_view name) {
  const auto comma = name.rfind(',');
  return find_country_named(trim(comma == std::string_view::npos ? name : name.substr(comma + 1)));
}

/// Whether a label could be that of an office of any state ("Ministry of Health").
bool is_common(std::string_view folded) {
  static const auto words = [] {
    std::unordered_set<std::string> all;
    const TsvTable table = read_embedded_table("data/codes/common_words.tsv");
    for (const auto row : table.rows()) all.insert(fold(row[0]));
    return all;
  }();
  std::string word;
  const auto is_word_common = [&] {
    const bool common = word.empty() || words.contains(word);
    word.clear();
    return common;
  };
  for (const char c : folded) {
    const bool between = c == ' ' || c == ',' || c == '(' || c == ')' || c == '/' || c == '&';
    if (!between && !(c == '-' && word.empty()))
      word += c;
    else if (!is_word_common())
      return false;
  }
  return is_word_common();
}

/// The organization whose published label the name is, word for word; nullptr when several differ,
/// or when an office of any state could be called so.
const KnownOrganization* find_labelled(std::string_view name) {
  static const auto labels = [] {
    std::unordered_map<std::string, const KnownOrganization*> all;
    for (const auto& [ref, one] : known_organizations()) {
      auto label = fold(one.label);
      if (is_common(label)) continue;
      const auto [place, is_new] = all.emplace(std::move(label), &one);
      if (is_new || !place->second) continue;
      const auto& other = *place->second;
      if (other.country != one.country || other.type != one.type || other.southern != one.southern)
        place->second = nullptr;
    }
    return all;
  }();
  const auto found = labels.find(fold(name));
  return found == labels.end() ? nullptr : found->second;
}

Home of_country(std::string_view alpha2, std::string_view reason) {
  return {std::string(alpha2), false, false, reason};
}

}  // namespace

const KnownOrganization* find_organization(std::string_view ref) {
  const auto& all = known_organizations();
  auto found = all.find(ref);
  if (found == all.end() && ref.starts_with(dac_prefix))
    found = all.find(ref.substr(dac_prefix.size()));
  return found == all.end() ? nullptr : &found->second;
}

namespace {

Home conclude_home(std::string_view ref, std::string_view type, std::string_view name) {
  const auto* known = ref.empty() ? find_labelled(name) : find_organization(ref);
  if (known) {
    if (!known->country.empty()) return of_country(known->country, "organization list");
    if (known->type == "40" || known->southern)
      return {"", true, known->southern, "organization list"};
  }
  if (type != "40") {
    if (const auto* country = find_provider_number(ref))
      return of_country(country->alpha2, "DAC provider number");
    if (is_upper_pair(ref) && (ref.size() == 2 || ref[2] == '-')) {
      const auto second = ref.size() > 3 ? ref.find('-', 3) : std::string_view::npos;
      const auto agency = id_prefixes().find(ref.substr(0, second));
      if (agency != id_prefixes().end() && !agency->second.empty())
        return of_country(agency->second, "registration agency");
      if (const auto* country = find_country(ref.substr(0, 2)))
        return of_country(country->alpha2, "country prefix of the reference");
    }
    if (const auto* country = find_government(name))
      return of_country(country->alpha2, "named as a government");
    if (type == "10")
      if (const auto* country = find_government_by_country(name))
        return of_country(country->alpha2, "a government named by its country");
  }
  if (type == "40") return {"", true, false, "organization type 40"};
  return {};
}

}  // namespace

Home find_home(std::string_view ref, std::string_view type, std::string_view name) {
  // The same few organizations stand in every transaction of a file.
  constexpr std::size_t most_homes = 4096;
  thread_local std::unordered_map<std::string, Home> known;
  if (known.size() >= most_homes) known.clear();
  ref = trim(ref);
  std::string key;
  key.reserve(ref.size() + type.size() + name.size() + 2);
  key.append(ref).append(1, '\n').append(type).append(1, '\n').append(name);
  const auto [place, is_new] = known.try_emplace(std::move(key));
  if (is_new) place->second = conclude_home(ref, type, name);
  return place->second;
}

}  // namespace austral::codes
