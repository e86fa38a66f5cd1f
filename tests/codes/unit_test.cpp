// Units: every name leads to its own unit, factors are exact, currencies are none.
#include "codes/unit.hpp"

#include <gtest/gtest.h>

#include <map>

#include "codes/exchange_rate.hpp"

namespace austral::codes {
namespace {

TEST(Units, every_code_and_label_leads_to_its_own_unit) {
  ASSERT_GT(units().size(), 60u);
  for (const auto& unit : units()) {
    ASSERT_NE(find_unit(unit.code), nullptr) << unit.code;
    EXPECT_EQ(find_unit(unit.code)->code, unit.code);
    ASSERT_FALSE(unit.labels.empty());
    EXPECT_EQ(unit.labels.front().first, "en");
    for (const auto& [language, label] : unit.labels)
      EXPECT_EQ(find_unit(label)->code, unit.code) << language << " " << label;
  }
}

TEST(Units, no_unit_is_a_currency) {
  for (const auto& unit : units()) EXPECT_FALSE(is_currency(unit.code)) << unit.code;
  EXPECT_EQ(find_unit("BRL"), nullptr);
}

TEST(Units, each_measure_has_one_base_or_several_of_the_same_size) {
  std::map<std::string_view, int> bases;
  for (const auto& unit : units()) {
    bases[unit.measures] += unit.factor == Decimal{1, 0};
    if (unit.factor) EXPECT_GT(*unit.factor, Decimal{}) << unit.code;
  }
  for (const auto& [measure, count] : bases) EXPECT_GE(count, 1) << measure;
}

TEST(Units, are_found_by_what_people_call_them) {
  const std::map<std::string_view, std::string_view> names = {
      {"person days", "person-day"},
      {"Person-Days", "person-day"},
      {"jours-personnes", "person-day"},
      {"horas técnicas", "person-hour"},
      {"person_months", "person-month"},
      {"meses-persona", "person-month"},
      {"tonnes", "TNE"},
      {"metric tons", "TNE"},
      {"t", "TNE"},
      {"boxes", "BX"},
      {" kg ", "KGM"},
      {"litres", "LTR"},
      {"pieces", "H87"},
      {"hectares", "HAR"},
      {"scholarships", "scholarship"},
      {"bolsas", "scholarship"},
      {"knowledge products", "knowledge-product"},
      {"volunteer days", "volunteer-day"},
      {"人日", "person-day"},
      {"тонн", "TNE"},
      {"hours", "HUR"},
      {"months", "MON"}};
  for (const auto& [name, code] : names) {
    ASSERT_NE(find_unit(name), nullptr) << name;
    EXPECT_EQ(find_unit(name)->code, code) << name;
  }
  for (const auto nothing : {"", " ", "furlongs of cloth", "s", "USD"})
    EXPECT_EQ(find_unit(nothing), nullptr) << nothing;
}

TEST(Units, what_is_mistyped_is_told_its_nearest) {
  ASSERT_FALSE(nearest_units("persn-days").empty());
  EXPECT_EQ(nearest_units("persn-days").front(), "person-day");
  EXPECT_EQ(nearest_units("tonness").front(), "TNE");
  EXPECT_TRUE(nearest_units("qqqqqqqqqqqqqqqq").empty());
}

/// Source: BIPM, The International System of Units, 9th edition; international pound of 1959.
TEST(Units, sizes_are_exact) {
  EXPECT_EQ(find_unit("TNE")->factor, (Decimal{1000, 0}));
  EXPECT_EQ(find_unit("LBR")->factor, (Decimal{45359237, 8}));
  EXPECT_EQ(find_unit("HAR")->factor, (Decimal{10000, 0}));
  EXPECT_EQ(find_unit("HUR")->factor, (Decimal{3600, 0}));
  EXPECT_TRUE(find_unit("person-hour")->by_convention());
  EXPECT_TRUE(find_unit("MON")->by_convention());
  EXPECT_FALSE(find_unit("person-day")->by_convention());
}

}  // namespace
}  // namespace austral::codes
