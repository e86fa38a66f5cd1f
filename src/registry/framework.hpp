// Framework of collaboration: South-South, triangular, multilateral support or other, by rules that
// are data.
#pragma once

#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/roles.hpp"

namespace austral::registry {

/// TOSSD's FC01, FC02, FC03; `other` is everything else. Source: TOSSD Reporting Instructions.
enum class Framework { other, south_south, triangular, multilateral_support };
BOOST_DESCRIBE_ENUM(Framework, other, south_south, triangular, multilateral_support)

std::string_view to_string(Framework framework);
/// Throws: Error::invalid naming the four; TOSSD codes (FC01) are understood too.
Framework parse_framework(std::string_view text);

/// The coded facts that rules may ask about.
struct FrameworkFacts {
  Roles roles;
  std::vector<std::string> tags;  ///< FC01, FC02, FC03
  std::string collaboration_type;
  int year = 0;  ///< whose memberships count; 0 when no date is known: then the latest
};

/// What a rule concluded.
struct FrameworkAnswer {
  Framework framework = Framework::other;
  std::string rule = "none";  ///< id of the rule that fired
  std::string reason;         ///< the facts it fired on, in codes
};

/// One condition of a rule: a name of the fixed vocabulary and its value.
struct FrameworkCondition {
  std::string name;
  std::string value;
};

struct FrameworkRule {
  std::string id;
  Framework framework = Framework::other;
  std::vector<FrameworkCondition> conditions;
  std::string because;
};

/// Rules in their order, as read from YAML (data/rules/framework.yaml is the shipped one).
class FrameworkRules {
 public:
  /// Throws: Error::invalid naming line and condition when the text is no rule file.
  explicit FrameworkRules(const std::string& yaml);
  /// The first rule whose conditions all hold.
  FrameworkAnswer answer(const FrameworkFacts& facts) const;
  const std::vector<FrameworkRule>& all() const { return rules_; }
  const FrameworkRule* find(std::string_view id) const;

 private:
  std::vector<FrameworkRule> rules_;
};

/// The rules inside the binary.
const FrameworkRules& framework_rules();

}  // namespace austral::registry
