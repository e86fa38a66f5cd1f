// A ruleset: cases such as "the paths lead somewhere" or "the sum is 100", compiled once.
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "standards/validation/validation.hpp"

namespace austral::validation {

/// One case of a ruleset as it is written down. Lists are joined by `|`.
struct RuleCase {
  std::string id;
  Weight weight = Weight::error;
  std::string category;
  std::string context;    ///< the elements that are judged
  std::string foreach;    ///< judged once for each text found here, which `$1` stands for
  std::string kind;       ///< `atleast_one`, `strict_sum`, ... (docs/validation.md)
  std::string condition;  ///< else the case is not judged
  std::string except;     ///< `NOT_EXISTING_ORG_ID`, `NOT_EXISTING_ORG_ID_PREFIX`, or empty
  std::string paths;
  std::array<std::string, 3> parts;  ///< what the kind needs besides
  std::string message, remedy;
};

/// Compiled cases. Pure once made; safe on many threads.
class Ruleset {
 public:
  /// Throws: Error::invalid for a case that cannot be read.
  explicit Ruleset(const std::vector<RuleCase>& cases);
  Ruleset(Ruleset&&) noexcept;
  ~Ruleset();

  /// `today` is an ISO date-time.
  void check(const Subject& subject, std::string_view today, Faults& faults) const;

 private:
  struct Group;  // cases with the same elements to judge
  struct Name {
    std::string text;
    Word word = 0;
  };
  std::vector<Name> anywhere_;  // elements that are judged wherever they stand
  std::vector<Group> groups_;
};

/// The cases of a version from data/rules/iati_rules.tsv; none of 1.0x.
std::vector<RuleCase> read_rule_cases(std::string_view version);

/// Whether an organization identifier is that of a publisher in the register of publishers.
bool is_publisher(std::string_view identifier);
/// Whether an identifier begins with one of those and a hyphen.
bool begins_with_publisher(std::string_view identifier);
/// Whether a prefix (`GB-CHC`) is that of a known register of organizations.
bool is_identifier_prefix(std::string_view prefix);

}  // namespace austral::validation
