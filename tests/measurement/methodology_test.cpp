// Methodologies: those that are shipped, the one of the documentation, and the bad ones.
#include "measurement/methodology.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

#include "base/error.hpp"
#include "codes/code_list.hpp"
#include "measurement/example_facts.hpp"
#include "measurement/sums.hpp"

namespace austral::measurement {
namespace {

using registry::Framework;

std::string read_text(const std::string& path) {
  std::ifstream file(std::string(AUSTRAL_SOURCE_DIR) + "/" + path);
  std::stringstream all;
  all << file.rdbuf();
  return all.str();
}

/// The example of the documentation, as it stands there.
std::string documented_example() {
  const auto page = read_text("docs/methodologies.md");
  const std::string begin = "```yaml\n", end = "\n```";
  const auto from = page.find(begin) + begin.size();
  return page.substr(from, page.find(end, from) + 1 - from);
}

TEST(Methodology, ShippedOnesAreThere) {
  std::set<std::string> names;
  for (const auto& one : shipped_methodologies()) {
    EXPECT_TRUE(names.insert(one.name).second) << one.name;
    EXPECT_EQ(one.digest.size(), shipped_methodologies()[0].digest.size());
    for (const auto* language : {"en", "fr", "es", "pt"}) {
      EXPECT_TRUE(one.title.contains(language)) << one.name;
      for (const auto& item : one.items) EXPECT_TRUE(item.title.contains(language)) << item.code;
      for (const auto& group : one.groups)
        EXPECT_TRUE(group.title.contains(language)) << group.code;
    }
    for (const auto& item : one.items) {
      EXPECT_NE(item.status, "") << one.name << " " << item.code;
      EXPECT_NE(item.source, "") << one.name << " " << item.code;
    }
  }
  EXPECT_EQ(names, (std::set<std::string>{"amexcid", "cobradi", "country-template", "oda-cash",
                                          "sdg-17-3-1", "tossd", "unctad"}));
}

bool stands_in(std::string_view list, const std::string& value) {
  const auto& codes = codes::get_list(list).all();
  const bool all = value.ends_with('*');
  const std::string begin = all ? value.substr(0, value.size() - 1) : value;
  return std::any_of(codes.begin(), codes.end(), [&](const auto& one) {
    return all ? one.code.starts_with(begin) : one.code == value;
  });
}

/// A code that no list has is a slip: its rule would never hold.
TEST(Methodology, ShippedOnesAskForPublishedCodes) {
  const std::map<std::string, std::vector<std::string>> lists = {
      {"modality", {"tossd-modality", "AidType"}},
      {"finance_type", {"tossd-instrument", "FinanceType"}},
      {"flow_type", {"FlowType"}},
      {"detail.pillar", {"tossd-pillar"}},
      {"detail.keyword", {"tossd-keyword"}}};
  const auto check = [&](const std::vector<Condition>& all) {
    for (const auto& when : all)
      for (const auto* fields : {&when.any, &when.none})
        for (const auto& [field, values] : *fields) {
          const auto known = lists.find(field);
          if (known == lists.end()) continue;
          for (const auto& value : values) {
            if (value == "none" || (field == "detail.pillar" && value == "0")) continue;
            EXPECT_TRUE(std::any_of(known->second.begin(), known->second.end(),
                                    [&](const auto& list) { return stands_in(list, value); }))
                << field << " " << value;
          }
        }
  };
  for (const auto& one : shipped_methodologies()) {
    check(one.scope);
    for (const auto& exclusion : one.exclusions) check(exclusion.when);
    for (const auto& item : one.items) check(item.when);
  }
}

/// Every instrument of the published lists has its place among the items of group A.
TEST(Methodology, UnctadPlacesEveryInstrument) {
  HandMade facts;
  std::vector<std::string> types;
  for (const auto* list : {"tossd-instrument", "FinanceType"})
    for (const auto& one : codes::get_list(list).all()) {
      Gift gift;
      gift.finance_type = one.code;
      facts.add("USD", "1", gift);
      types.emplace_back(one.code);
    }
  const auto places = places_of(facts.measure(shipped_named("unctad")));
  std::map<std::string, std::string> by_type;
  for (std::size_t n = 0; n < types.size(); ++n) by_type[types[n]] = places[n];
  const std::map<std::string, std::string> expected = {{"110", "A1"},
                                                       {"211", "A1"},
                                                       {"3100", "A1"},
                                                       {"421", "A3"},
                                                       {"410", "A3"},
                                                       {"453", "A3"},
                                                       {"4221", "A3"},
                                                       {"610", "A4"},
                                                       {"638", "A4"},
                                                       {"310", "A5"},
                                                       {"311", "A5"},
                                                       {"431", "A6"},
                                                       {"520", "A6"},
                                                       {"1100", "A6"},
                                                       {"1102", "A6"},
                                                       {"2100", "A9"},
                                                       {"3", "A9"},
                                                       {"710", "private-market"},
                                                       {"911", "private-market"}};
  for (const auto& [type, item] : expected) EXPECT_EQ(by_type[type], item) << type;
}

TEST(Methodology, UnctadPlacesModalitiesAndTerms) {
  HandMade facts;
  const auto add = [&](const std::string& modality, const std::string& type,
                       std::vector<std::pair<std::string, std::string>> details = {}) {
    Gift gift;
    gift.modality = modality;
    gift.finance_type = type;
    gift.details = std::move(details);
    facts.add("USD", "1", gift);
  };
  add("B01", "110");
  add("B02a", "110");
  add("", "");
  add("H00", "110");
  add("C01", "110");
  add("C01", "110", {{"delivery", "complete-project"}});
  add("", "421", {{"concessionality", "1"}});
  add("", "421", {{"concessionality", "0"}, {"grant_element", "40"}});
  add("", "421", {{"grant_element", "35"}});
  add("", "421", {{"grant_element", "34.9999"}});
  add("H03", "110");
  add("D02", "110");
  add("J01", "");
  Gift north;
  north.framework = Framework::triangular;
  north.provider = "DE";
  facts.add("USD", "1", north);
  EXPECT_EQ(places_of(facts.measure(shipped_named("unctad"))),
            (std::vector<std::string>{"A1", "A5", "A9", "A9", "A1", "B7", "A2", "A3", "A2", "A3",
                                      "B9", "B4", "B6", "borne-by-others"}));
}

/// Source: metadata of indicator 17.3.1 as in the shared reference on standards, sections 1.2, 2.1
/// and 3.3.
TEST(Methodology, IndicatorKeepsSouthSouthApart) {
  HandMade facts;
  const auto add = [&](Gift gift) { facts.add("USD", "1", gift); };
  const auto loan = [](const std::string& name, const std::string& value) {
    Gift gift{"DE", "UG", Framework::other, "C01", "421"};
    if (!name.empty()) gift.details = {{name, value}};
    return gift;
  };
  add({"DE", "UG", Framework::other, "C01", "110"});
  add(loan("grant_element", "35"));
  add(loan("grant_element", "34.9999"));
  add(loan("concessionality", "1"));
  add(loan("concessionality", "0"));
  add(loan("", ""));
  add({"DE", "UG", Framework::other, "", ""});
  add({"US", "UG", Framework::other, "", "110", "30"});
  add({"US", "UG", Framework::other, "", "710"});
  add({"US", "UG", Framework::other, "", "", "", {{"mobilised", "yes"}}});
  add({"CN", "UG", Framework::south_south, "C01", "110"});
  add({"CN", "UG", Framework::south_south, "D011", "110"});
  add({"BR", "UG", Framework::triangular, "C01", "110"});
  add({"DE", "UG", Framework::triangular, "C01", "110"});
  add({"BR", "UG", Framework::other, "C01", "110"});
  add({"DE", "UG", Framework::other, "C01", "110", "", {{"keyword", "NON-17.3.1"}}});
  add({"DE", "UG", Framework::other, "C01", "110", "", {{"pillar", "21"}}});
  add({"XX-NGO-1", "UG", Framework::other, "C01", "110"});
  add({"DE", "FR", Framework::other, "C01", "110"});
  const auto answer = facts.measure(shipped_named("sdg-17-3-1"));
  EXPECT_EQ(places_of(answer),
            (std::vector<std::string>{"a", "b", "c", "b", "c", "u", "u", "f", "d", "e", "SSC-A1",
                                      "SSC-B1", "SSC-A1", "a", "southern-providers", "NON-17.3.1",
                                      "pillar-II", "official-or-private", "developed-recipient"}));
  const auto items = sum_items(answer);
  EXPECT_EQ(to_string(sum_of(answer, items, "a-c"), 0), "8");
  EXPECT_EQ(to_string(sum_of(answer, items, "SSC"), 0), "3");
}

TEST(Methodology, TossdFollowsStatedPillars) {
  HandMade facts;
  const auto add = [&](const std::string& recipient, const std::string& modality,
                       const std::string& pillar) {
    Gift gift;
    gift.recipient = recipient;
    gift.modality = modality;
    if (!pillar.empty()) gift.details = {{"pillar", pillar}};
    facts.add("USD", "1", gift);
  };
  add("UG", "C01", "1");
  add("UG", "C01", "21");
  add("UG", "C01", "22");
  add("UG", "C01", "2");
  add("UG", "C01", "");
  add("998", "C01", "");
  add("UG", "G01", "");
  add("UG", "G01", "1");
  add("998", "", "1");
  EXPECT_EQ(places_of(facts.measure(shipped_named("tossd"))),
            (std::vector<std::string>{"I.C", "II.A", "II.B", "II.0", "I.C", "II.R", "II.R", "I.G",
                                      "I.0"}));
}

TEST(Methodology, CashViewSeesMoneyAlone) {
  HandMade facts;
  const auto add = [&](const std::string& unit, const std::string& modality,
                       const std::string& type) {
    Gift gift;
    gift.modality = modality;
    gift.finance_type = type;
    facts.add(unit, "1", gift);
  };
  add("USD", "C01", "110");
  add("USD", "", "421");
  add("USD", "", "");
  add("USD", "D011", "110");
  add("USD", "J01", "110");
  add("USD", "E02", "110");
  add("USD", "F01", "610");
  add("person-day", "D011", "");
  EXPECT_EQ(places_of(facts.measure(shipped_named("oda-cash"))),
            (std::vector<std::string>{"G", "L", "N", "in-kind", "in-kind", "imputed", "debt-relief",
                                      "no-money"}));
}

/// The formula of an hour: hours times monthly pay over monthly hours.
TEST(Methodology, BrazilPricesHours) {
  HandMade facts;
  Gift gift;
  gift.provider = "BR";
  gift.details = {{"monthly", "16000"}, {"currency", "BRL"}};
  facts.add("person-hour", "20", gift).add("person-day", "5", gift);
  gift.provider = "AR";
  facts.add("BRL", "5", gift);
  const auto answer = facts.measure(shipped_named("cobradi"));
  EXPECT_EQ(sum_of(answer, "horas"), "6000.00");
  EXPECT_EQ(count_of(answer, "horas.n"), "60");
  EXPECT_EQ(places_of(answer)[2], "scope");
}

// Figures: docs/methodologies.md says them of its own example.
TEST(Methodology, DocumentedExampleIsTrue) {
  const auto example = read_methodology(documented_example());
  HandMade facts;
  facts.add("person-hour", "80",
            {"KE", "UG", Framework::south_south, "D011", "", "", {{"grade", "senior"}}});
  facts.add("KES", "500000");
  facts.add("USD", "1000",
            {"KE", "UG", Framework::south_south, "", "421", "", {{"grant_element", "40.3350"}}});
  facts.add("KES", "7", {"KE", "UG", Framework::south_south, "", "", "30"});
  facts.price("daily_rate", "senior", "200", "USD");
  facts.price("institutional_factor", "", "0.1").price("exchange_rate", "KES", "100", "KES");
  const auto answer = facts.measure(example);
  EXPECT_EQ(sum_of(answer, "B1"), "2200.00");
  EXPECT_EQ(count_of(answer, "C1"), "10");
  EXPECT_EQ(sum_of(answer, "A2"), "5000.00");
  EXPECT_EQ(sum_of(answer, "A1"), "1000.00");
  EXPECT_EQ(places_of(answer)[3], "private");
  EXPECT_EQ(to_string(sum_of(answer, sum_items(answer), "A+B"), 2), "8200.00");
  const auto page = read_text("docs/methodologies.md");
  for (const auto* figure : {"2200.00", "5000.00", "8200.00", "40.3350"})
    EXPECT_NE(page.find(figure), std::string::npos) << figure;
}

}  // namespace
}  // namespace austral::measurement
