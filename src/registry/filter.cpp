// Understands filters as people write them.
#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "codes/code_list.hpp"
#include "codes/country.hpp"
#include "codes/grouping.hpp"
#include "codes/organization.hpp"
#include "registry/initiative_store.hpp"

namespace austral::registry {
namespace {

/// A code by itself or by its label in any language; `what` and `hint` go into the refusal.
std::string find_code(const codes::CodeList& list, std::string_view value, const std::string& what,
                      const std::string& hint) {
  value = trim(value);
  if (list.find(value)) return std::string(value);
  const std::string folded = fold(value);
  for (const auto& code : list.all()) {
    if (fold(code.code) == folded) return std::string(code.code);
    for (const auto& [language, label] : code.labels)
      if (const auto name = fold(label); name == folded || name.starts_with(folded + "/"))
        return std::string(code.code);
  }
  throw Error(Kind::invalid, "'" + std::string(value) + "' is no " + what + "; use " + hint);
}

/// `1 one, 2 two ...`, for short lists.
std::string list_codes(const codes::CodeList& list) {
  std::string known;
  for (const auto& code : list.all())
    known += (known.empty() ? "one of " : ", ") + std::string(code.code) + " " +
             std::string(label_of(code, "en"));
  return known;
}

/// Files hold codes that no list has, and those stay findable: short ones with a digit.
bool looks_like_code(std::string_view value) {
  constexpr std::size_t longest_code = 6;
  return value.size() <= longest_code &&
         std::any_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; }) &&
         std::all_of(value.begin(), value.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                  c == '.';
         });
}

Filter parse_listed(Dimension dimension, std::string_view value, const char* list_name,
                    const std::string& what) {
  const auto& list = codes::get_list(list_name);
  value = trim(value);
  if (looks_like_code(value) && !list.find(value)) return {dimension, std::string(value)};
  return {dimension, find_code(list, value, what, list_codes(list))};
}

/// `dac:298`, `m49:002`, `own:X`: a list and its code; else a region's name or bare code.
Filter parse_region(std::string_view value) {
  value = trim(value);
  const auto colon = value.find(':');
  if (colon != std::string_view::npos && colon > 0 && colon + 1 < value.size())
    return {Dimension::region, std::string(value)};
  const std::string folded = fold(value);
  for (const char* vocabulary : {"dac", "m49"})
    for (const auto& code : codes::get_list("region-" + std::string(vocabulary)).all()) {
      bool named = code.code == value;
      for (const auto& [language, label] : code.labels) named = named || fold(label) == folded;
      if (named) return {Dimension::region, std::string(vocabulary) + ":" + std::string(code.code)};
    }
  throw Error(Kind::invalid, "'" + std::string(value) +
                                 "' is no region; use a list and its code, such as dac:298 or "
                                 "m49:002, or the region's name");
}

Filter parse_grouping(Dimension dimension, std::string_view value) {
  const std::string folded = fold(trim(value));
  std::string known;
  for (const auto& grouping : codes::all_groupings()) {
    if (fold(grouping.code) == folded) return {dimension, std::string(grouping.code)};
    for (const auto& [language, label] : grouping.labels)
      if (fold(label) == folded) return {dimension, std::string(grouping.code)};
    known += (known.empty() ? "" : ", ") + std::string(grouping.code);
  }
  throw Error(Kind::invalid,
              "'" + std::string(value) + "' is no grouping of countries; use one of " + known);
}

/// Institutions go before countries' three letters: CAF is the bank before it is the Central
/// African Republic.
Filter parse_partner(Dimension dimension, std::string_view value) {
  value = trim(value);
  const bool alpha2 = value.size() == 2;
  if (!alpha2 && codes::find_organization(value)) return {dimension, std::string(value)};
  if (const auto* country = codes::find_country_named(value))
    return {dimension, std::string(country->alpha2)};
  // Recipients are countries; files hold unknown codes too, and those stay findable.
  if (dimension == Dimension::recipient && value.size() > 3 && !value.starts_with("region:"))
    throw Error(Kind::invalid,
                "'" + std::string(value) +
                    "' is no country; use an ISO 3166 code such as KE, or its name in "
                    "English, French, Spanish, Portuguese, Arabic, Russian or Chinese");
  return {dimension, std::string(value)};  // an organization's reference
}

Filter parse_sector(std::string_view value) {
  if (codes::get_list("category").find(value)) return {Dimension::category, std::string(value)};
  if (codes::get_list("purpose").find(value)) return {Dimension::purpose, std::string(value)};
  if (codes::get_list("block").find(value)) return {Dimension::sector_block, std::string(value)};
  throw Error(
      Kind::invalid,
      "'" + std::string(value) +
          "' is no sector; use a block (3 digits, such as 100 social infrastructure), a DAC "
          "category (3 digits, such as 140 water) or a CRS purpose (5 digits, such as "
          "14030)");
}

Filter parse_goal(std::string_view value) {
  if (codes::get_list("goal").find(value)) return {Dimension::goal, std::string(value)};
  if (codes::get_list("target").find(value)) return {Dimension::target, std::string(value)};
  throw Error(Kind::invalid,
              "'" + std::string(value) +
                  "' is no Sustainable Development Goal (1 to 17) or target (such as 6.1)");
}

Filter parse_status(std::string_view value) {
  const auto& list = codes::get_list("ActivityStatus");
  return {Dimension::status, find_code(list, value, "status", list_codes(list))};
}

Filter parse_target(std::string_view value) {
  value = trim(value);
  if (looks_like_code(value)) return {Dimension::target, std::string(value)};
  return {Dimension::target,
          find_code(codes::get_list("target"), value, "target of a Sustainable Development Goal",
                    "its number, such as 6.1")};
}

Filter parse_block(std::string_view value) {
  const auto& list = codes::get_list("block");
  return {Dimension::sector_block, find_code(list, value, "block of sectors", list_codes(list))};
}

Filter parse_year(Dimension dimension, std::string_view value) {
  value = trim(value);
  if (value.size() == 4 &&
      std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; }))
    return {dimension, std::string(value)};
  throw Error(Kind::invalid,
              "'" + std::string(value) + "' is no year; use four digits, such as 2015");
}

}  // namespace

std::string to_pattern(std::string_view word) {
  std::string pattern = "%";
  for (const char letter : word) {
    if (letter == '%' || letter == '_' || letter == '\\') pattern += '\\';
    pattern += letter;
  }
  return pattern + "%";
}

Filter parse_filter(std::string_view name, std::string_view value) {
  if (name == "sector") return parse_sector(trim(value));
  const auto dimension = parse_dimension(name);
  switch (dimension) {
    case Dimension::provider:
    case Dimension::recipient:
    case Dimension::facilitator: return parse_partner(dimension, value);
    case Dimension::goal: return parse_goal(trim(value));
    case Dimension::year:
    case Dimension::since:
    case Dimension::until: return parse_year(dimension, value);
    case Dimension::framework: return {dimension, std::string(to_string(parse_framework(value)))};
    case Dimension::status: return parse_status(value);
    case Dimension::modality: return parse_listed(dimension, value, "modality", "modality");
    case Dimension::flow_type: return parse_listed(dimension, value, "FlowType", "type of flow");
    case Dimension::marker: return parse_listed(dimension, value, "PolicyMarker", "policy marker");
    case Dimension::target: return parse_target(value);
    case Dimension::critical_area:
      return parse_listed(dimension, value, "critical-area", "critical area of paragraph 12");
    case Dimension::region: return parse_region(value);
    case Dimension::provider_in:
    case Dimension::recipient_in: return parse_grouping(dimension, value);
    case Dimension::sector_block: return parse_block(value);
    default: return {dimension, std::string(trim(value))};
  }
}

}  // namespace austral::registry
