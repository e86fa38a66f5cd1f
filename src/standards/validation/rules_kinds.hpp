// The kinds of cases a ruleset is made of, compiled, and how each is judged at one element.
#pragma once

#include <cstdint>
#include <optional>
#include <regex>
#include <string>
#include <vector>

#include "standards/validation/paths.hpp"
#include "standards/validation/rules.hpp"

namespace austral::validation {

/// A pattern; those that only forbid some characters are read without a machine.
class Pattern {
 public:
  /// Throws: Error::invalid.
  explicit Pattern(const std::string& text);
  bool matches(std::string_view text) const;

 private:
  std::string forbidden_;
  std::optional<std::regex> regex_;
};

/// What a failed case points at.
struct Blame {
  Items items;        ///< the first is where the fault stands; none: the element itself
  std::string found;  ///< in place of the first item's text
  void clear() {
    items.clear();
    found.clear();
  }
};

/// One compiled case.
class Rule {
 public:
  /// Throws: Error::invalid for a case that cannot be read.
  explicit Rule(const RuleCase& written);

  const RuleCase& written() const { return written_; }
  const std::optional<Path>& each() const { return each_; }
  /// Whether the case holds at the scope's element, or is not to be judged there. `now` is in
  /// milliseconds since 1970-01-01.
  bool passes(const Scope& scope, std::int64_t now, Blame& blame) const;
  /// Dates behind the first one, which the official validator does not look at.
  void find_later_dates(const Scope& scope, std::int64_t now, Items& late) const;

 private:
  using Judge = bool (Rule::*)(const Scope&, std::int64_t, Blame&) const;
  static Judge find_judge(const std::string& kind);
  void compile_parts();
  bool is_excepted(const Scope& scope) const;
  std::optional<std::int64_t> find_moment(const std::optional<Path>& path, const Scope& scope,
                                          std::int64_t now, Item& item) const;

  bool at_least_one(const Scope& scope, std::int64_t now, Blame& blame) const;
  bool no_more_than_one(const Scope& scope, std::int64_t now, Blame& blame) const;
  bool only_one_of(const Scope& scope, std::int64_t now, Blame& blame) const;
  bool all_or_none(const Scope& scope, std::int64_t now, Blame& blame) const;
  bool one_or_all(const Scope& scope, std::int64_t now, Blame& blame) const;
  bool unique(const Scope& scope, std::int64_t now, Blame& blame) const;
  bool sum(const Scope& scope, std::int64_t now, Blame& blame) const;
  bool strict_sum(const Scope& scope, std::int64_t now, Blame& blame) const;
  bool date_order(const Scope& scope, std::int64_t now, Blame& blame) const;
  bool date_now(const Scope& scope, std::int64_t now, Blame& blame) const;
  bool between_dates(const Scope& scope, std::int64_t now, Blame& blame) const;
  bool time_limit(const Scope& scope, std::int64_t now, Blame& blame) const;
  bool regex_matches(const Scope& scope, std::int64_t now, Blame& blame) const;
  bool regex_no_matches(const Scope& scope, std::int64_t now, Blame& blame) const;
  bool starts_with(const Scope& scope, std::int64_t now, Blame& blame) const;
  bool if_then(const Scope& scope, std::int64_t now, Blame& blame) const;
  bool range(const Scope& scope, std::int64_t now, Blame& blame) const;
  bool no_spaces(const Scope& scope, std::int64_t now, Blame& blame) const;
  template <class Passes>
  bool judge_each(const Scope& scope, Blame& blame, Passes passes) const;

  RuleCase written_;
  Judge judge_;
  std::optional<Path> each_, paths_, first_, second_, third_;
  std::vector<Path> excluded_;
  std::optional<Condition> condition_, if_, then_;
  std::optional<Pattern> pattern_;
  double low_ = 0, high_ = 0;
  bool until_now_ = false;  ///< `second_` is the present
  bool by_prefix_ = false;  ///< against the known registers of organizations
};

}  // namespace austral::validation
