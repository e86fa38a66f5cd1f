// Countries by code and by name in the seven languages, and organizations' homes.
#include "codes/country.hpp"

#include <gtest/gtest.h>

#include "codes/organization.hpp"

namespace austral::codes {
namespace {

constexpr const char* languages[] = {"en", "fr", "es", "ar", "ru", "zh", "pt"};

struct Named {
  const char* alpha2;
  const char* names[7];  // in the order of languages
};

/// Source: UN Statistics Division, Standard country or area codes (M49), names in the six UN
/// languages; Portuguese: names used by the Community of Portuguese Language Countries.
constexpr Named known_names[] = {
    {"DE", {"Germany", "Allemagne", "Alemania", "ألمانيا", "Германия", "德国", "Alemanha"}},
    {"EG", {"Egypt", "Égypte", "Egipto", "مصر", "Египет", "埃及", "Egito"}},
    {"BR", {"Brazil", "Brésil", "Brasil", "البرازيل", "Бразилия", "巴西", "Brasil"}},
    {"CN", {"China", "Chine", "China", "الصين", "Китай", "中国", "China"}},
    {"KE", {"Kenya", "Kenya", nullptr, "كينيا", "Кения", "肯尼亚", nullptr}},
    {"AO", {"Angola", "Angola", "Angola", "أنغولا", "Ангола", "安哥拉", "Angola"}},
    {"CU", {"Cuba", "Cuba", "Cuba", "كوبا", "Куба", "古巴", "Cuba"}},
};

TEST(CountryNames, are_those_of_the_united_nations) {
  for (const auto& known : known_names)
    for (std::size_t i = 0; i < std::size(languages); ++i)
      if (known.names[i]) {
        EXPECT_EQ(country_name(known.alpha2, languages[i]), known.names[i]) << languages[i];
      }
  EXPECT_EQ(country_name("ZZ9", "en"), "ZZ9");
}

const char* alpha2_of(std::string_view name) {
  const auto* country = find_country_named(name);
  return country ? country->alpha2.data() : "";
}

std::string found(std::string_view name) { return std::string(alpha2_of(name), 0, 2); }

TEST(CountryNames, are_found_in_every_language_and_spelling) {
  for (const auto& known : known_names)
    for (const char* name : known.names)
      if (name) EXPECT_EQ(found(name), known.alpha2) << name;
  for (const auto& [name, alpha2] : {std::pair{"  brésil ", "BR"},
                                     {"BRESIL", "BR"},
                                     {"bra", "BR"},
                                     {"076", "BR"},
                                     {"Cote d'Ivoire", "CI"},
                                     {"Côte d’Ivoire", "CI"},
                                     {"Ivory Coast", "CI"}})
    EXPECT_EQ(found(name), alpha2) << name;
}

/// Source: M49 and UNTERM, short and formal names.
TEST(CountryNames, of_the_united_nations_are_found_where_everyday_names_differ) {
  for (const auto& [name, alpha2] : {std::pair{"Viet Nam", "VN"},
                                     {"Bolivia (Plurinational State of)", "BO"},
                                     {"Republic of Korea", "KR"},
                                     {"Democratic People's Republic of Korea", "KP"},
                                     {"Lao People's Democratic Republic", "LA"},
                                     {"United Republic of Tanzania", "TZ"},
                                     {"Russian Federation", "RU"},
                                     {"Syrian Arab Republic", "SY"},
                                     {"Iran (Islamic Republic of)", "IR"},
                                     {"the Gambia", "GM"},
                                     {"Cabo Verde", "CV"},
                                     {"Eswatini", "SZ"},
                                     {"Democratic Republic of the Congo", "CD"},
                                     {"République démocratique du Congo", "CD"},
                                     {"Congo", "CG"},
                                     {"Republic of Moldova", "MD"},
                                     {"Türkiye", "TR"},
                                     {"Turkey", "TR"},
                                     {"l'Égypte", "EG"},
                                     {"الجزائر", "DZ"},
                                     {"大韩民国", "KR"}})
    EXPECT_EQ(found(name), alpha2) << name;
}

TEST(CountryNames, nonsense_and_ambiguity_find_nothing) {
  for (const char* name :
       {"", " ", "Atlantis", "South", "Guineaa", "%", "x", "''; DROP TABLE", "Government", "999"})
    EXPECT_EQ(found(name), "") << name;
}

TEST(Countries, are_those_of_iso_3166) {
  EXPECT_EQ(all_countries().size(),
            250u);  // Source: ISO 3166-1, 249 entries, and XK as used by the UN system
  for (const auto& country : all_countries()) {
    EXPECT_EQ(find_country(country.alpha2), &country);
    EXPECT_EQ(find_country(country.alpha3), &country);
    EXPECT_NE(country_name(country.alpha2, "en"), country.alpha2) << country.alpha2;
  }
  EXPECT_EQ(find_country("de"), find_country("DEU"));
  EXPECT_EQ(find_country("276"), find_country("DE"));
  EXPECT_EQ(find_country("germany"), nullptr);
}

TEST(CurrencyNames, are_given_in_the_readers_language) {
  EXPECT_EQ(currency_name("USD", "en"), "US Dollar");
  EXPECT_EQ(currency_name("QQQ", "en"), "QQQ");
  EXPECT_EQ(language_name("fr", "fr"), "français");
}

struct HomeCase {
  const char *ref, *type, *name, *country;
  bool multilateral, southern;
};

/// Source: OECD DAC/CRS code lists (5 Germany, 12 United Kingdom, 41114 UNDP, 46002 AfDB, 46008
/// CAF) and the list of registration agencies of org-id.guide.
TEST(Homes, are_told_by_reference) {
  for (const HomeCase& one :
       std::initializer_list<HomeCase>{{"XM-DAC-5-7", "10", "Federal Ministry", "DE", false, false},
                                       {"XM-DAC-12-1", "10", "", "GB", false, false},
                                       {"XM-DAC-41114", "40", "UNDP", "", true, false},
                                       {"41114", "40", "UNDP", "", true, false},
                                       {"XM-DAC-41114", "", "UNDP", "", true, false},
                                       {"XM-DAC-46008", "", "CAF", "", true, true},
                                       {"46002", "40", "African Development Bank", "", true, true},
                                       {"BR-CNPJ-00000000000191", "10", "", "BR", false, false},
                                       {"BR-GOV-1", "10", "", "BR", false, false},
                                       {"GB-COH-213890", "21", "", "GB", false, false},
                                       {"GB-GOV-1", "10", "", "GB", false, false},
                                       {"US-USAGOV", "10", "", "US", false, false},
                                       {" KE-NCB-OP_218 ", "22", "", "KE", false, false},
                                       {"", "40", "Some Fund", "", true, false}}) {
    const auto home = find_home(one.ref, one.type, one.name);
    EXPECT_EQ(home.country, one.country) << one.ref;
    EXPECT_EQ(home.multilateral, one.multilateral) << one.ref;
    EXPECT_EQ(home.southern, one.southern) << one.ref;
  }
}

TEST(Homes, a_government_is_read_out_of_its_name) {
  for (const auto& [name, country] : {std::pair{"Government of Egypt", "EG"},
                                      {"GOVERNMENT OF EGYPT", "EG"},
                                      {"Government of the Arab Republic of Egypt", "EG"},
                                      {"Gouvernement de l'Égypte", "EG"},
                                      {"Gouvernement d'Égypte", "EG"},
                                      {"Gobierno de Egipto", "EG"},
                                      {"Governo do Egito", "EG"},
                                      {"حكومة مصر", "EG"},
                                      {"埃及政府", "EG"},
                                      {"Government of the Federal Republic of Germany", "DE"},
                                      {"Government of South Africa - National Treasury", "ZA"},
                                      {"Gobierno de la República Dominicana", "DO"},
                                      {"Royal Government of Bhutan", "BT"},
                                      {"Republic of Korea", "KR"}})
    EXPECT_EQ(find_home("", "10", name).country, country) << name;
}

TEST(Homes, a_government_may_be_called_by_its_country_and_an_institution_by_its_label) {
  EXPECT_EQ(find_home("", "10", "Italy").country, "IT");
  EXPECT_EQ(find_home("00187", "10", "MINISTRY OF COMMERCE, CHINA").country, "CN");
  // Labels of the DAC list of agencies that any state could use: without a reference no country's.
  for (const auto* name :
       {"Ministry of Health", "MINISTRY OF AGRICULTURE", "Miscellaneous",
        "Ministry of Foreign Affairs and Trade", "Export-Import Bank", "Ministerio de Salud"})
    EXPECT_EQ(find_home("", "10", name).country, "") << name;
  EXPECT_EQ(find_home("", "22", "Italy").country,
            "");  // what is no government may be called anything
  EXPECT_EQ(find_home("", "", "Georgia").country, "");
  const auto* bank = find_organization("46008");
  ASSERT_TRUE(bank);
  EXPECT_TRUE(find_home("", "", bank->label).southern);
  EXPECT_TRUE(find_home("", "", bank->label).multilateral);
  EXPECT_FALSE(find_home("ZZ", "", bank->label).southern);  // a reference goes before a name
}

TEST(Homes, nonsense_tells_nothing) {
  for (const char* name :
       {"Egypt Air", "Friends of Egypt", "Government of Atlantis", "Governments", "",
        "Government accountability office of Egypt", "Bank of the South-South"}) {
    const auto home = find_home("", "", name);
    EXPECT_EQ(home.country, "") << name;
    EXPECT_FALSE(home.multilateral) << name;
  }
  for (const char* ref :
       {"", "-", "XX-1", "ABC", "DE", "12345678", "de-1", "D", "EGYPT-1", "XI-IATI-OTHER"})
    EXPECT_TRUE(find_home(ref, "", "").country.empty() || std::string(ref) == "DE") << ref;
}

}  // namespace
}  // namespace austral::codes
