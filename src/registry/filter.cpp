// Understands filters as people write them.
#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "codes/code_list.hpp"
#include "codes/country.hpp"
#include "codes/organization.hpp"
#include "registry/initiative_store.hpp"

namespace austral::registry {
namespace {

std::string status_code(std::string_view value) {
  const auto& list = codes::get_list("ActivityStatus");
  if (list.find(value)) return std::string(value);
  const std::string folded = fold(value);
  for (const auto& code : list.all())
    for (const auto& [language, label] : code.labels)
      if (fold(label) == folded || fold(label).starts_with(folded + "/"))
        return std::string(code.code);
  std::string known;
  for (const auto& code : list.all())
    known += (known.empty() ? "" : ", ") + std::string(code.code) + " " +
             std::string(label_of(code, "en"));
  throw Error(Kind::invalid, "'" + std::string(value) + "' is no status; use one of " + known);
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
  throw Error(Kind::invalid,
              "'" + std::string(value) +
                  "' is no sector; use a DAC category (3 digits, such as 140 water) or a CRS "
                  "purpose (5 digits, such as 14030)");
}

Filter parse_goal(std::string_view value) {
  if (codes::get_list("goal").find(value)) return {Dimension::goal, std::string(value)};
  if (codes::get_list("target").find(value)) return {Dimension::target, std::string(value)};
  throw Error(Kind::invalid,
              "'" + std::string(value) +
                  "' is no Sustainable Development Goal (1 to 17) or target (such as 6.1)");
}

Filter parse_year(std::string_view value) {
  if (value.size() == 4 &&
      std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; }))
    return {Dimension::year, std::string(value)};
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
  if (name == "provider") return parse_partner(Dimension::provider, value);
  if (name == "recipient") return parse_partner(Dimension::recipient, value);
  if (name == "facilitator") return parse_partner(Dimension::facilitator, value);
  if (name == "sector") return parse_sector(value);
  if (name == "goal") return parse_goal(value);
  if (name == "year") return parse_year(value);
  if (name == "framework")
    return {Dimension::framework, std::string(to_string(parse_framework(value)))};
  if (name == "status") return {Dimension::status, status_code(value)};
  return {parse_dimension(name), std::string(trim(value))};
}

}  // namespace austral::registry
