// Countries from our table, their names from ICU.
#include "codes/country.hpp"

#include <unicode/locid.h>
#include <unicode/ucurr.h>
#include <unicode/unistr.h>

#include <unordered_map>

#include "base/catalogue.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "base/tsv.hpp"

namespace austral::codes {
namespace {

std::vector<Country> read_countries() {
  const TsvTable table = read_embedded_table("data/codes/countries.tsv");
  const auto alpha2 = table.column("alpha2"), alpha3 = table.column("alpha3"),
             m49 = table.column("m49");
  const auto region = table.column("region"), subregion = table.column("subregion"),
             dac = table.column("dac");
  const auto provider = table.column("dac_provider"), currency = table.column("currency");
  std::vector<Country> countries;
  for (const auto row : table.rows())
    countries.push_back({row[alpha2], row[alpha3], row[m49], row[region], row[subregion], row[dac],
                         row[provider], row[currency]});
  return countries;
}

using Places = std::unordered_map<std::string, std::size_t>;

/// How names are compared: folded, with one kind of apostrophe.
std::string name_key(std::string_view name) {
  std::string key = fold(name);
  constexpr std::string_view typographic = "\u2019";
  for (auto at = key.find(typographic); at != std::string::npos; at = key.find(typographic, at))
    key.replace(at, typographic.size(), "'");
  return key;
}

/// Every name a person may type; names that fit several countries point at none.
const Places& places_by_name() {
  static const Places places = [] {
    Places all;
    const auto& countries = all_countries();
    constexpr std::size_t several = SIZE_MAX;
    const auto add = [&](std::string_view name, std::size_t place) {
      const auto [it, is_new] = all.emplace(name_key(name), place);
      if (!is_new && it->second != place) it->second = several;
    };
    for (std::size_t i = 0; i < countries.size(); ++i)
      for (const auto& language : catalogue_languages())
        add(country_name(countries[i].alpha2, language), i);
    const TsvTable table = read_embedded_table("data/codes/country_names.tsv");
    const auto country = table.column("country"), name = table.column("name");
    for (const auto row : table.rows()) {
      const auto* found = find_country(row[country]);
      AUSTRAL_ASSERT(found);
      add(row[name], std::size_t(found - countries.data()));
    }
    std::erase_if(all, [](const auto& item) { return item.second == several; });
    return all;
  }();
  return places;
}

/// A name without its leading article, as in "the Gambia" or "l'Égypte".
std::string_view without_article(std::string_view key) {
  for (const std::string_view article :
       {"the ", "la ", "le ", "les ", "l'", "el ", "los ", "las ", "o ", "a "})
    if (key.starts_with(article)) return key.substr(article.size());
  return key;
}

const Places& places_by_code() {
  static const Places places = [] {
    Places all;
    const auto& countries = all_countries();
    for (std::size_t i = 0; i < countries.size(); ++i)
      for (const auto code : {countries[i].alpha2, countries[i].alpha3, countries[i].m49})
        if (!code.empty()) all.emplace(code, i);
    return all;
  }();
  return places;
}

std::string to_utf8(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

}  // namespace

const std::vector<Country>& all_countries() {
  static const std::vector<Country> countries = read_countries();
  return countries;
}

const Country* find_country(std::string_view code) {
  if (code.size() < 2 || code.size() > 3) return nullptr;
  std::string upper(code);
  for (char& letter : upper)
    if (letter >= 'a' && letter <= 'z') letter -= 'a' - 'A';
  const auto place = places_by_code().find(upper);
  return place == places_by_code().end() ? nullptr : &all_countries()[place->second];
}

const Country* find_country_named(std::string_view name) {
  if (const auto* country = find_country(trim(name))) return country;
  const std::string key = name_key(name);
  auto place = places_by_name().find(key);
  if (place == places_by_name().end())
    place = places_by_name().find(std::string(without_article(key)));
  return place == places_by_name().end() ? nullptr : &all_countries()[place->second];
}

const Country* find_country_by_provider_number(std::string_view dac_provider) {
  if (dac_provider.empty()) return nullptr;
  for (const auto& country : all_countries())
    if (country.dac_provider == dac_provider) return &country;
  for (const auto& country : all_countries())
    if (country.dac == dac_provider) return &country;
  return nullptr;
}

std::string country_name(std::string_view alpha2, std::string_view language) {
  // Asked for in every row of every table: looked up in ICU once.
  static const auto names = [] {
    std::unordered_map<std::string, std::string> all;
    for (const auto& country : all_countries())
      for (const auto& one : catalogue_languages()) {
        icu::UnicodeString name;
        icu::Locale("und", std::string(country.alpha2).c_str())
            .getDisplayCountry(icu::Locale(one.c_str()), name);
        all[std::string(country.alpha2) + one] = to_utf8(name);
      }
    return all;
  }();
  auto found = names.find(std::string(alpha2) + std::string(language));
  if (found == names.end()) found = names.find(std::string(alpha2) + "en");
  return found == names.end() ? std::string(alpha2) : found->second;
}

std::string currency_name(std::string_view code, std::string_view language) {
  UErrorCode status = U_ZERO_ERROR;
  int32_t length = 0;
  // Of a currency without a name ICU gives the very letters back that it was asked with.
  auto currency = icu::UnicodeString::fromUTF8(icu::StringPiece(code.data(), int32_t(code.size())));
  const UChar* name = ucurr_getName(currency.getTerminatedBuffer(), std::string(language).c_str(),
                                    UCURR_LONG_NAME, nullptr, &length, &status);
  if (U_FAILURE(status) || !name) return std::string(code);
  return to_utf8(icu::UnicodeString(name, length));
}

std::string language_name(std::string_view code, std::string_view language) {
  icu::UnicodeString name;
  icu::Locale(std::string(code).c_str())
      .getDisplayLanguage(icu::Locale(std::string(language).c_str()), name);
  return to_utf8(name);
}

}  // namespace austral::codes
