// Every rule fires and does not fire; memberships of the right year; errors of rule files name
// their place.
#include "registry/framework.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "registry/initiative.hpp"
#include "registry/synthetic.hpp"

namespace austral::registry {
namespace {

using synthetic::country;
using synthetic::make_record;
using synthetic::party;

struct Case {
  const char* rule;
  std::vector<std::string> funds, manages;
  std::vector<std::string> recipients;
  const char* tag = "";
  const char* collaboration = "";
  int year = 2015;
};

FrameworkAnswer answer(const Case& one) {
  Record record = make_record("XX-1", "A");
  record.dates = {{"2", make_date(one.year, 3, 1), {}}};
  for (const auto& ref : one.funds) record.participations.push_back({Function::funds, party(ref)});
  for (const auto& ref : one.manages)
    record.participations.push_back({Function::manages, party(ref)});
  for (const auto& code : one.recipients) record.places.push_back(country(code));
  if (*one.tag) record.classifications.push_back({"framework", one.tag, {}, "", "", {}});
  record.collaboration_type = one.collaboration;
  return assemble({{1, &record, true}}).framework;
}

TEST(Framework, each_rule_fires_on_its_facts_alone) {
  for (const Case& one : std::initializer_list<Case>{
           {"tag-triangular", {"GB-GOV-1"}, {}, {"KE"}, "FC02"},
           {"tag-south-south", {"GB-GOV-1"}, {}, {"KE"}, "FC01"},
           {"tag-support", {"GB-GOV-1"}, {}, {"KE"}, "FC03"},
           {"collaboration-triangular", {"GB-GOV-1"}, {}, {"KE"}, "", "8"},
           {"partners-triangular", {"BR-GOV-1", "XM-DAC-701"}, {}, {"MZ"}},
           {"none", {"BR-GOV-1", "XM-DAC-701", "XM-DAC-41114"}, {}, {"MZ"}},
           {"none", {"XM-DAC-701"}, {}, {"MZ"}},
           {"partners-support", {"BR-GOV-1", "XM-DAC-41114"}, {}, {"MZ"}},
           {"none", {"XM-DAC-41114"}, {}, {"MZ"}},
           {"partners-facilitated", {"BR-GOV-1"}, {"DE-GOV-1"}, {"MZ"}},
           {"partners-south-south", {"BR-GOV-1"}, {"XM-DAC-41114"}, {"MZ"}},
           {"partners-south-south", {"BR-GOV-1"}, {"KE-GOV-1"}, {"MZ"}},
           {"partners-south-south", {"BR-GOV-1"}, {}, {"MZ", "AO"}},
           {"none", {"BR-GOV-1"}, {}, {"DE"}},
           {"none", {"BR-GOV-1"}, {}, {}},
           {"none", {"BR-GOV-1"}, {}, {"BR"}},              // its own money
           {"none", {"BR-GOV-1", "GB-GOV-1"}, {}, {"BR"}},  // co-financing of what it receives
           {"southern-institution", {"XM-DAC-46008"}, {}, {"AR"}},
           {"none", {"XM-DAC-46008", "GB-GOV-1"}, {}, {"AR"}},
           {"none", {"XM-DAC-46008"}, {}, {"DE"}},
           {"none", {"GB-GOV-1"}, {"BR-GOV-1"}, {"KE"}, "FC09", "1"}})
    EXPECT_EQ(answer(one).rule, one.rule) << one.rule << ": " << answer(one).reason;
}

TEST(Framework, every_shipped_rule_has_a_case_that_fires) {
  EXPECT_EQ(framework_rules().all().size(), 9u);
  for (const auto& rule : framework_rules().all())
    EXPECT_EQ(framework_rules().find(rule.id), &rule);
}

/// Source: Korea, member of the Development Assistance Committee since 1 January 2010 (OECD).
TEST(Framework, memberships_are_those_of_the_year) {
  EXPECT_EQ(answer({"", {"KR-GOV-010"}, {}, {"KE"}, "", "", 2009}).rule, "partners-south-south");
  EXPECT_EQ(answer({"", {"KR-GOV-010"}, {}, {"KE"}, "", "", 2010}).rule, "none");
}

TEST(Framework, words_never_matter) {
  Record record = make_record("GB-GOV-1", "A");
  record.title = {{"en", "South-South and triangular cooperation FC01"}};
  record.descriptions = {{"1", {{"es", "Cooperación Sur-Sur"}}}};
  record.places = {country("KE")};
  record.classifications = {{"target", "17.6", {}, "", "", {{"en", "South-South cooperation"}}},
                            {"tag-99", "FC01x", {}, "", "", {{"en", "South-South"}}}};
  EXPECT_EQ(assemble({{1, &record, true}}).framework.framework, Framework::other);
}

TEST(Framework, says_what_it_fired_on) {
  const auto said = answer({"", {"BR-GOV-1"}, {}, {"MZ"}});
  EXPECT_EQ(said.framework, Framework::south_south);
  EXPECT_NE(said.reason.find("providers: BR"), std::string::npos) << said.reason;
  EXPECT_NE(said.reason.find("memberships of: 2015"), std::string::npos);
}

TEST(FrameworkRuleFiles, are_refused_with_line_and_condition) {
  const auto refusal = [](const std::string& when, const std::string& framework = "other") {
    try {
      FrameworkRules("rules:\n  - id: x\n    framework: " + framework +
                     "\n    because: y\n    when: " + when + "\n");
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), Kind::invalid);
      return std::string(error.what());
    }
    return std::string("accepted");
  };
  EXPECT_EQ(refusal("{tag: FC01}"), "accepted");
  EXPECT_EQ(refusal("{provider_in: developed or dac not oecd}"), "accepted");
  for (const auto& [when, word] : {std::pair{"{colour: red}", "colour"},
                                   {"{provider_in: martians}", "martians"},
                                   {"{provider_in: developing dac}", "developing dac"},
                                   {"{provider_in: not dac}", "not dac"},
                                   {"{provider_in: developing or}", "developing or"},
                                   {"{provider_multilateral: maybe}", "maybe"}}) {
    const auto said = refusal(when);
    EXPECT_NE(said.find("line 5"), std::string::npos) << said;
    EXPECT_NE(said.find(word), std::string::npos) << said;
  }
  EXPECT_NE(refusal("{}").find("no conditions"), std::string::npos);
  EXPECT_NE(refusal("{tag: FC01}", "north").find("line 3"), std::string::npos)
      << refusal("{tag: x}", "north");
  EXPECT_THROW(FrameworkRules("rules: [{id: x}]"), Error);
  EXPECT_THROW(FrameworkRules("nothing: 1"), Error);
  EXPECT_THROW(FrameworkRules("rules: [\n"), Error);
}

TEST(FrameworkRuleFiles, false_means_false) {
  const FrameworkRules rules(
      "rules:\n  - id: x\n    framework: other\n    because: y\n    when: {provider_multilateral: "
      "false}\n");
  FrameworkFacts facts;
  EXPECT_EQ(rules.answer(facts).rule, "x");
  facts.roles.providers = {{"41114", true, false, ""}};
  EXPECT_EQ(rules.answer(facts).rule, "none");
}

}  // namespace
}  // namespace austral::registry
