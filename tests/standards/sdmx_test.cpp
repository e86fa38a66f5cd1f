// SDMX keys, CSV and XML of a small answer: dimensions in their order, sums that agree with ours.
#include "standards/sdmx/sdmx.hpp"

#include <gtest/gtest.h>

#include <map>
#include <pugixml.hpp>

#include "measurement/example_facts.hpp"
#include "measurement/sums.hpp"

namespace austral::sdmx {
namespace {

using measurement::Gift;
using measurement::HandMade;

Gift gift_of(const std::string& provider, const std::string& recipient, int year) {
  Gift gift;
  gift.provider = provider;
  gift.recipient = recipient;
  gift.year = year;
  gift.finance_type = "110";
  return gift;
}

/// Money of two countries and an institution in two years, days of an expert, persons by sex.
HandMade made_up() {
  HandMade made;
  made.add("USD", "1000.25", gift_of("KE", "UG", 2023));
  made.add("USD", "2000.50", gift_of("KE", "MZ", 2024));
  made.add("USD", "300.125", gift_of("BR", "MZ", 2024));
  made.add("USD", "77.77", gift_of("XI-IATI-OFID", "MZ", 2024));
  auto days = gift_of("BR", "MZ", 2024);
  days.finance_type.clear();
  days.details = {{"daily_rate", "400"}, {"currency", "USD"}};
  made.add("person-day", "10", days);
  for (const auto* sex : {"F", "F", "M", ""}) {
    auto expert = gift_of("BR", "MZ", 2024);
    expert.finance_type.clear();
    if (*sex) expert.details = {{"sex", sex}};
    made.add("expert", "1", expert);
  }
  return made;
}

std::vector<std::string> split(const std::string& line, char by) {
  std::vector<std::string> parts{""};
  for (const char c : line)
    if (c == by)
      parts.emplace_back();
    else
      parts.back() += c;
  return parts;
}

std::vector<std::vector<std::string>> lines_of(const std::string& csv) {
  std::vector<std::vector<std::string>> rows;
  std::size_t at = 0;
  for (auto end = csv.find("\r\n"); end != std::string::npos; end = csv.find("\r\n", at)) {
    rows.push_back(split(csv.substr(at, end - at), ','));
    at = end + 2;
  }
  EXPECT_EQ(at, csv.size());
  return rows;
}

// Source: the query of the world's series of foreign direct investment in the SDG data structure,
// series GF_FRN_FDI, area 1: fifteen positions, fourteen points between them (K33).
TEST(Sdmx, QueryKeyOfAWorldSeries) {
  const auto key = query_key({"*", "*", "GF_FRN_FDI", "1"});
  EXPECT_EQ(key, "..GF_FRN_FDI.1...........");
  EXPECT_EQ(std::count(key.begin(), key.end(), '.'), 14);
  EXPECT_EQ(key_dimensions().size(), 15u);
  EXPECT_EQ(split(query_key(values_of({})), '.').size(), 15u);
}

TEST(Sdmx, CsvHasTheDimensionsInTheirOrder) {
  const auto answer = made_up().measure(measurement::shipped_named("unctad"));
  const auto rows = lines_of(write_csv(observe(answer, Area::provider)));
  ASSERT_FALSE(rows.empty());
  std::vector<std::string> head = {"DATAFLOW"};
  for (const auto name : key_dimensions()) head.emplace_back(name);
  for (const auto* name :
       {"TIME_PERIOD", "OBS_VALUE", "UNIT_MEASURE", "UNIT_MULT", "NATURE", "OBS_STATUS"})
    head.emplace_back(name);
  EXPECT_EQ(rows[0], head);
  for (std::size_t n = 1; n < rows.size(); ++n) ASSERT_EQ(rows[n].size(), head.size()) << n;
}

/// Series, area, sex and year of a row of the CSV.
using Place = std::tuple<std::string, std::string, std::string, std::string>;

std::map<Place, std::string> values_in(const measurement::Answer& answer, Area area) {
  std::map<Place, std::string> values;
  const auto rows = lines_of(write_csv(observe(answer, area)));
  for (std::size_t n = 1; n < rows.size(); ++n) {
    const auto& row = rows[n];
    const bool fresh = values.emplace(Place{row[3], row[4], row[5], row[16]}, row[17]).second;
    EXPECT_TRUE(fresh) << row[3] << " " << row[4] << " " << row[16];
  }
  return values;
}

// 1000.25 + 2000.50 of Kenya (M49 404), 300.125 and 10 * 400 of Brazil (076), 77.77 of an
// institution that has no area: half to even, 300.125 is 300.12, the world's sum is rounded once.
TEST(Sdmx, FiguresAddUp) {
  const auto answer = made_up().measure(measurement::shipped_named("unctad"));
  const auto values = values_in(answer, Area::provider);
  const auto value = [&](const std::string& series, const std::string& area,
                         const std::string& year, const std::string& sex = "_T") {
    const auto found = values.find({series, area, sex, year});
    return found == values.end() ? std::string("none") : found->second;
  };
  EXPECT_EQ(value("SSC_UNCTAD_A1", "404", "2023"), "1000.25");
  EXPECT_EQ(value("SSC_UNCTAD_A1", "404", "2024"), "2000.50");
  EXPECT_EQ(value("SSC_UNCTAD_A1", "076", "2024"), "300.12");
  EXPECT_EQ(value("SSC_UNCTAD_A1", "1", "2024"), "2378.40");  // 2378.395, half to even
  EXPECT_EQ(value("SSC_UNCTAD_B1", "076", "2024"), "4000.00");
  EXPECT_EQ(value("SSC_UNCTAD_A_AND_B", "1", "2024"), "6378.40");
  EXPECT_EQ(value("SSC_UNCTAD_C1", "076", "2024"), "4");
  EXPECT_EQ(value("SSC_UNCTAD_C1", "076", "2024", "F"), "2");
  EXPECT_EQ(value("SSC_UNCTAD_C1", "076", "2024", "M"), "1");
  EXPECT_EQ(value("SSC_UNCTAD_C1", "076", "2024", "_U"), "1");
  const auto received = values_in(answer, Area::recipient);
  EXPECT_EQ(received.at({"SSC_UNCTAD_A1", "508", "_T", "2024"}), "2378.40");
  EXPECT_EQ(received.at({"SSC_UNCTAD_A1", "800", "_T", "2023"}), "1000.25");
}

// The world's figures of all years are what sum_items() says, item by item.
TEST(Sdmx, TheWorldIsTheItemsSum) {
  const auto answer = made_up().measure(measurement::shipped_named("unctad"));
  const auto sums = measurement::sum_items(answer);
  std::map<std::string, measurement::Amount> world;
  for (const auto& one : observe(answer, Area::provider))
    if (one.key.ref_area == "1" && one.unit_measure == "USD")
      world[one.key.series] += *measurement::parse_amount(one.value);
  for (std::size_t n = 0; n < sums.size(); ++n) {
    const auto& code = answer.methodology->items[n].code;
    if (sums[n].rows == 0 || !sums[n].quantities.empty()) continue;
    // Two years, each rounded to cents.
    auto apart = world.at("SSC_UNCTAD_" + code) - sums[n].amount;
    if (apart < measurement::Amount{}) apart = measurement::Amount{} - apart;
    EXPECT_LE(apart, measurement::Amount::of_cents(1)) << code;
  }
}

TEST(Sdmx, FormulasAreEstimates) {
  const auto answer = made_up().measure(measurement::shipped_named("unctad"));
  for (const auto& one : observe(answer, Area::provider)) {
    if (one.key.series == "SSC_UNCTAD_B1") EXPECT_EQ(one.nature, "E");
    if (one.key.series == "SSC_UNCTAD_A1") EXPECT_EQ(one.nature, "C");
    EXPECT_EQ(one.key.reporting_type, one.key.ref_area == "1" ? "G" : "N");
  }
}

TEST(Sdmx, XmlHoldsTheSameAndIsWellFormed) {
  const auto answer = made_up().measure(measurement::shipped_named("unctad"));
  const auto observations = observe(answer, Area::provider);
  const auto text = write_xml(observations, *make_date(2026, 1, 31), "An \"Office\" & <sons>");
  pugi::xml_document document;
  ASSERT_TRUE(document.load_buffer(text.data(), text.size(), pugi::parse_full));
  const auto set = document.document_element().child("message:DataSet");
  std::size_t at = 0;
  for (const auto series : set.children("Series")) {
    std::vector<std::string> names, values;
    for (const auto attribute : series.attributes()) {
      names.emplace_back(attribute.name());
      values.emplace_back(attribute.value());
    }
    ASSERT_EQ(names.size(), 16u);
    for (std::size_t n = 0; n < 15; ++n) EXPECT_EQ(names[n], key_dimensions()[n]);
    EXPECT_EQ(names[15], "UNIT_MEASURE");
    for (const auto observation : series.children("Obs")) {
      ASSERT_LT(at, observations.size());
      values.resize(15);
      EXPECT_EQ(values, values_of(observations[at].key));
      EXPECT_EQ(observation.attribute("TIME_PERIOD").as_int(), observations[at].year);
      EXPECT_EQ(observation.attribute("OBS_VALUE").value(), observations[at].value);
      ++at;
    }
  }
  EXPECT_EQ(at, observations.size());
  EXPECT_GT(at, 10u);
}

// What no code of SDMX may have is not written, and what XML may not have is escaped.
TEST(Sdmx, OddLettersAreEscaped) {
  Observation odd;
  odd.key.series = "A<B&\"C\"";
  odd.year = 2024;
  odd.value = "1";
  odd.unit_measure = "USD";
  odd.nature = "C";
  const auto text = write_xml({odd}, *make_date(2026, 1, 31), "a<b>&\"");
  pugi::xml_document document;
  ASSERT_TRUE(document.load_buffer(text.data(), text.size(), pugi::parse_full));
  const auto message = document.document_element();
  EXPECT_EQ(
      std::string(message.child("message:DataSet").child("Series").attribute("SERIES").value()),
      odd.key.series);
  const std::string sender =
      message.child("message:Header").child("message:Sender").attribute("id").value();
  EXPECT_EQ(sender.find_first_of("<>&\""), std::string::npos);
}

}  // namespace
}  // namespace austral::sdmx
