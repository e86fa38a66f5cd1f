// Turns a case as it is written into what can be judged quickly.
#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "base/error.hpp"
#include "base/text.hpp"
#include "standards/validation/rules_kinds.hpp"
#include "standards/validation/rules_values.hpp"

namespace austral::validation {
namespace {

[[noreturn]] void refuse_case(const RuleCase& written, const std::string& what) {
  throw Error(Kind::invalid, fmt::format("rule {} ({}): {}", written.id, written.kind, what));
}

/// The characters of `^[^...]+$`, or nothing when the pattern says more.
std::optional<std::string> read_forbidden(std::string_view pattern) {
  if (!pattern.starts_with("^[^") || !pattern.ends_with("]+$")) return {};
  pattern = pattern.substr(3, pattern.size() - 6);
  std::string forbidden;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    char c = pattern[i];
    if (c == '\\' && i + 1 < pattern.size()) c = pattern[++i];
    const bool plain = pattern[i] != '-' && pattern[i] != ']' && pattern[i] != '[';
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (!plain || (letter && i > 0 && pattern[i - 1] == '\\')) return {};
    forbidden += c;
  }
  return forbidden;
}

double read_limit(const RuleCase& written, const std::string& text, double absent) {
  if (text.empty()) return absent;
  const double limit = read_loose_number(text);
  if (std::isnan(limit)) refuse_case(written, "\"" + text + "\" is not a number");
  return limit;
}

void compile_path(std::optional<Path>& path, const std::string& text) {
  if (!text.empty()) path.emplace(text);
}

}  // namespace

Pattern::Pattern(const std::string& text) {
  if (auto forbidden = read_forbidden(text)) {
    forbidden_ = std::move(*forbidden);
    return;
  }
  try {
    regex_.emplace(text, std::regex::ECMAScript);
  } catch (const std::regex_error&) {
    throw Error(Kind::invalid, "\"" + text + "\" is not a pattern");
  }
}

bool Pattern::matches(std::string_view text) const {
  if (regex_) return std::regex_search(text.begin(), text.end(), *regex_);
  return !text.empty() && text.find_first_of(forbidden_) == text.npos;
}

Rule::Judge Rule::find_judge(const std::string& kind) {
  static const std::pair<const char*, Judge> judges[] = {
      {"atleast_one", &Rule::at_least_one},
      {"no_more_than_one", &Rule::no_more_than_one},
      {"only_one_of", &Rule::only_one_of},
      {"dependent", &Rule::all_or_none},
      {"one_or_all", &Rule::one_or_all},
      {"unique", &Rule::unique},
      {"sum", &Rule::sum},
      {"strict_sum", &Rule::strict_sum},
      {"date_order", &Rule::date_order},
      {"date_now", &Rule::date_now},
      {"between_dates", &Rule::between_dates},
      {"time_limit", &Rule::time_limit},
      {"regex_matches", &Rule::regex_matches},
      {"regex_no_matches", &Rule::regex_no_matches},
      {"startswith", &Rule::starts_with},
      {"if_then", &Rule::if_then},
      {"range", &Rule::range},
      {"no_spaces", &Rule::no_spaces},
  };
  for (const auto& [name, judge] : judges)
    if (kind == name) return judge;
  return nullptr;
}

Rule::Rule(const RuleCase& written) : written_(written), judge_(find_judge(written.kind)) {
  if (!judge_) refuse_case(written_, "there is no such kind of rule");
  compile_path(paths_, written_.paths);
  compile_path(each_, written_.foreach);
  if (!written_.condition.empty()) condition_.emplace(written_.condition);
  compile_parts();
}

void Rule::compile_parts() {
  const auto& [first, second, third] = written_.parts;
  const std::string& kind = written_.kind;
  if (kind == "regex_matches" || kind == "regex_no_matches") {
    pattern_.emplace(first);
  } else if (kind == "range") {
    low_ = read_limit(written_, first, -std::numeric_limits<double>::infinity());
    high_ = read_limit(written_, second, std::numeric_limits<double>::infinity());
  } else if (kind == "sum" || kind == "strict_sum") {
    low_ = read_limit(written_, first, 0);
  } else if (kind == "if_then") {
    if_.emplace(first);
    then_.emplace(second);
  } else if (kind == "only_one_of" || kind == "dependent") {
    for (const auto part : split(kind == "dependent" ? written_.paths : first, '|'))
      excluded_.emplace_back(trim(part));
  } else if (kind == "startswith") {
    by_prefix_ = first == "ORG-ID-PREFIX";
    if (!by_prefix_) compile_path(first_, first);
  } else if (kind == "one_or_all") {
    compile_path(first_, first);
    if (second != "lang" && second != "sector" && second != "currency")
      refuse_case(written_, "\"" + second + "\" is not known");
  } else {
    until_now_ = kind == "date_order" && second == "NOW";
    compile_path(first_, first);
    if (!until_now_) compile_path(second_, second);
    compile_path(third_, third);
  }
}

}  // namespace austral::validation
