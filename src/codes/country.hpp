// Countries: ISO 3166 and M49 codes, DAC numbers, and names in the reader's language from ICU.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace austral::codes {

struct Country {
  std::string_view alpha2;
  std::string_view alpha3;
  std::string_view m49;
  std::string_view region;  ///< M49 region
  std::string_view subregion;
  std::string_view dac;           ///< DAC/CRS recipient number
  std::string_view dac_provider;  ///< DAC/CRS provider number
  std::string_view currency;
};

const std::vector<Country>& all_countries();
/// By alpha-2, alpha-3 or M49 code, in any case; nullptr when there is none.
const Country* find_country(std::string_view code);
/// By name in any of the languages, or by code: what a person types. nullptr when nothing or
/// several fit.
const Country* find_country_named(std::string_view name);
/// By DAC number: the DAC numbers a country once, whether it provides or receives.
const Country* find_country_by_provider_number(std::string_view dac_provider);
/// Name for readers of a language; the code itself when it is no country. Source: ICU (CLDR).
std::string country_name(std::string_view alpha2, std::string_view language);
/// Name of a currency or a language for readers of a language. Source: ICU (CLDR).
std::string currency_name(std::string_view code, std::string_view language);
std::string language_name(std::string_view code, std::string_view language);

}  // namespace austral::codes
