// Reads the rules and tries them in order.
#include "registry/framework.hpp"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <functional>
#include <map>

#include "base/embedded.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "codes/grouping.hpp"

namespace austral::registry {
namespace {

/// Groupings as rules write them: `developing`, `developing not dac`, `developed or dac`, from left
/// to right.
bool is_in(const Partner& partner, const std::string& groupings, int year) {
  if (partner.multilateral) return false;
  bool in = false, exclude = false;
  for (const auto word : split(groupings, ' ')) {
    if (word == "not") exclude = true;
    if (word == "not" || word == "or") continue;
    const bool member = codes::is_member(word, partner.code, year);
    in = exclude ? in && !member : in || member;
    exclude = false;
  }
  return in;
}

/// Whether the text is groupings joined by `or` and `not`.
bool are_groupings(const std::string& text) {
  const auto words = split(text, ' ');
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool joint = words[i] == "or" || words[i] == "not";
    if (joint != (i % 2 == 1) || (!joint && !codes::find_grouping(words[i]))) return false;
  }
  return words.size() % 2 == 1;
}

bool any_in(const std::vector<Partner>& partners, const std::string& groupings, int year) {
  return std::any_of(partners.begin(), partners.end(),
                     [&](const Partner& partner) { return is_in(partner, groupings, year); });
}

bool any_with(const std::vector<Partner>& partners, bool Partner::*member) {
  return std::any_of(partners.begin(), partners.end(),
                     [&](const Partner& partner) { return partner.*member; });
}

/// A provider that is not itself the only recipient, so that a country's own money is not
/// cooperation.
bool provides_to_others(const Partner& partner, const Roles& roles) {
  return roles.recipients.empty() ||
         std::any_of(roles.recipients.begin(), roles.recipients.end(),
                     [&](const Partner& recipient) { return recipient.code != partner.code; });
}

bool provider_in(const FrameworkFacts& facts, const std::string& grouping) {
  return std::any_of(
      facts.roles.providers.begin(), facts.roles.providers.end(), [&](const Partner& partner) {
        return is_in(partner, grouping, facts.year) && provides_to_others(partner, facts.roles);
      });
}

using Test = std::function<bool(const FrameworkFacts&, const std::string&)>;

/// The fixed vocabulary of conditions.
const std::map<std::string, Test, std::less<>>& tests() {
  static const std::map<std::string, Test, std::less<>> all = {
      {"tag",
       [](const FrameworkFacts& facts, const std::string& value) {
         return std::find(facts.tags.begin(), facts.tags.end(), value) != facts.tags.end();
       }},
      {"collaboration_type",
       [](const FrameworkFacts& facts, const std::string& value) {
         return facts.collaboration_type == value;
       }},
      {"provider_in", provider_in},
      {"another_provider_in", provider_in},
      {"no_provider_in",
       [](const FrameworkFacts& facts, const std::string& groupings) {
         return !any_in(facts.roles.providers, groupings, facts.year);
       }},
      {"provider_multilateral",
       [](const FrameworkFacts& facts, const std::string& value) {
         return any_with(facts.roles.providers, &Partner::multilateral) == (value == "true");
       }},
      {"provider_southern",
       [](const FrameworkFacts& facts, const std::string& value) {
         return any_with(facts.roles.providers, &Partner::southern) == (value == "true");
       }},
      {"recipient_in",
       [](const FrameworkFacts& facts, const std::string& groupings) {
         return any_in(facts.roles.recipients, groupings, facts.year);
       }},
      {"facilitator_in",
       [](const FrameworkFacts& facts, const std::string& groupings) {
         return any_in(facts.roles.facilitators, groupings, facts.year);
       }},
      {"facilitator_multilateral",
       [](const FrameworkFacts& facts, const std::string& value) {
         return any_with(facts.roles.facilitators, &Partner::multilateral) == (value == "true");
       }},
  };
  return all;
}

std::string list_codes(const std::vector<Partner>& partners) {
  std::string list;
  for (std::size_t i = 0; i < partners.size() && i < 12; ++i)
    list += (i ? ", " : "") + partners[i].code +
            (partners[i].reason.empty() ? "" : " (" + partners[i].reason + ")");
  if (partners.size() > 12) list += ", and " + std::to_string(partners.size() - 12) + " more";
  return list;
}

std::string describe_facts(const FrameworkFacts& facts) {
  std::string text;
  const auto add = [&](std::string_view name, const std::string& value) {
    if (value.empty()) return;
    if (!text.empty()) text += "; ";
    text += std::string(name) + ": " + value;
  };
  std::string tags;
  for (const auto& tag : facts.tags) tags += (tags.empty() ? "" : ", ") + tag;
  add("tags", tags);
  add("collaboration type", facts.collaboration_type);
  add("providers", list_codes(facts.roles.providers));
  add("recipients", list_codes(facts.roles.recipients));
  add("facilitators", list_codes(facts.roles.facilitators));
  add("memberships of", facts.year ? std::to_string(facts.year) : "the latest year");
  return text;
}

Error refuse(const YAML::Node& node, const std::string& what) {
  return Error(Kind::invalid,
               "framework rules, line " + std::to_string(node.Mark().line + 1) + ": " + what);
}

FrameworkCondition read_condition(const YAML::Node& name, const YAML::Node& value) {
  FrameworkCondition condition{name.as<std::string>(), value.as<std::string>()};
  if (!tests().contains(condition.name))
    throw refuse(name, "no condition is called '" + condition.name + "'");
  if (condition.name.ends_with("_in") && !are_groupings(condition.value))
    throw refuse(value, condition.name + ": '" + condition.value +
                            "' is no grouping of countries, nor several joined by 'or' and 'not'");
  const bool yes_or_no =
      condition.name.ends_with("_multilateral") || condition.name.ends_with("_southern");
  if (yes_or_no && condition.value != "true" && condition.value != "false")
    throw refuse(value, condition.name + ": '" + condition.value + "' is neither true nor false");
  return condition;
}

FrameworkRule read_rule(const YAML::Node& node) {
  for (const char* part : {"id", "framework", "when", "because"})
    if (!node[part]) throw refuse(node, std::string("a rule needs '") + part + "'");
  FrameworkRule rule;
  rule.id = node["id"].as<std::string>();
  try {
    rule.framework = parse_framework(node["framework"].as<std::string>());
  } catch (const Error& error) {
    throw refuse(node["framework"], error.what());
  }
  rule.because = node["because"].as<std::string>();
  if (!node["when"].IsMap() || node["when"].size() == 0)
    throw refuse(node["when"],
                 "rule '" + rule.id + "' has no conditions; it would hold for everything");
  for (const auto& item : node["when"])
    rule.conditions.push_back(read_condition(item.first, item.second));
  return rule;
}

}  // namespace

std::string_view to_string(Framework framework) {
  return boost::describe::enum_to_string(framework, "other");
}

Framework parse_framework(std::string_view text) {
  Framework framework{};
  if (boost::describe::enum_from_string(std::string(text).c_str(), framework)) return framework;
  if (text == "FC01") return Framework::south_south;
  if (text == "FC02") return Framework::triangular;
  if (text == "FC03") return Framework::multilateral_support;
  throw Error(Kind::invalid,
              "'" + std::string(text) +
                  "' is no framework of collaboration; use south_south (FC01), triangular "
                  "(FC02), multilateral_support (FC03) or other");
}

FrameworkRules::FrameworkRules(const std::string& yaml) {
  try {
    const auto root = YAML::Load(yaml);
    if (!root["rules"]) throw refuse(root, "there is no list 'rules'");
    for (const auto& node : root["rules"]) rules_.push_back(read_rule(node));
  } catch (const YAML::Exception& error) {
    throw Error(Kind::invalid, std::string("framework rules: ") + error.what());
  }
}

FrameworkAnswer FrameworkRules::answer(const FrameworkFacts& facts) const {
  for (const auto& rule : rules_) {
    const bool fits =
        std::all_of(rule.conditions.begin(), rule.conditions.end(), [&](const auto& condition) {
          return tests().find(condition.name)->second(facts, condition.value);
        });
    if (fits) return {rule.framework, rule.id, describe_facts(facts)};
  }
  return {Framework::other, "none", describe_facts(facts)};
}

const FrameworkRule* FrameworkRules::find(std::string_view id) const {
  for (const auto& rule : rules_)
    if (rule.id == id) return &rule;
  return nullptr;
}

const FrameworkRules& framework_rules() {
  static const FrameworkRules rules{std::string(get_embedded_file("data/rules/framework.yaml"))};
  return rules;
}

}  // namespace austral::registry
