// Judges a subject by a ruleset: each group of cases at each of its elements.
#include "standards/validation/rules.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "standards/validation/rules_kinds.hpp"
#include "standards/validation/rules_values.hpp"

namespace austral::validation {

/// Where the elements of a group stand.
struct RuleContext {
  std::string root;          ///< what the subject must be called; empty: anything
  std::string anywhere;      ///< elements of this name at any depth, or empty: the subject itself
  std::optional<Path> rest;  ///< from there
};

namespace {

/// Outside the official rules' numbers: the official validator looks at the first date alone.
constexpr const char* later_date_rule = "austral.2";
constexpr std::size_t longest_found = 200;  // characters of a value in a report

/// `/iati-activities/iati-activity/budget` is `budget` of a subject called `iati-activity`.
RuleContext read_context(const std::string& written) {
  RuleContext context;
  std::string rest;
  for (auto part : split(written, '|')) {
    part = trim(part);
    for (const std::string_view root : {"iati-activity", "iati-organisation"}) {
      const std::string whole = fmt::format(
          "/{}/{}", root == "iati-activity" ? "iati-activities" : "iati-organisations", root);
      for (const std::string& begin : {whole, fmt::format("//{}", root)})
        if (part.starts_with(begin)) {
          context.root = root;
          part.remove_prefix(begin.size());
          break;
        }
    }
    if (part.starts_with("//")) {
      const auto end = std::min(part.find('/', 2), part.size());
      context.anywhere = part.substr(2, end - 2);
      part.remove_prefix(end);
    }
    if (part.starts_with('/')) part.remove_prefix(1);
    if (!part.empty()) rest += (rest.empty() ? "" : "|") + std::string(part);
  }
  if (!rest.empty()) context.rest.emplace(rest);
  return context;
}

std::string list_place(const Item& item, std::size_t more) {
  auto node = item.node;
  if (node.type() != node_element) node = node.parent();
  std::string place = describe_place(node, item.attribute.name());
  if (more > 0) place += fmt::format(" and {} more", more);
  return place;
}

/// A container has no value of its own: its text would be that of all inside it.
bool holds_elements(Node node) {
  for (const auto child : node.children())
    if (child.type() == node_element) return true;
  return false;
}

/// One subject's judgement.
class RuleWalk {
 public:
  RuleWalk(const Subject& subject, std::int64_t now, const Children& children, Faults& faults)
      : subject_(subject), now_(now), children_(children), faults_(faults) {}

  void judge(const Rule& rule, Node element) {
    Scope scope{element, {}, &children_};
    if (!rule.each()) return judge_once(rule, scope);
    find_values(rule, scope);
    for (const auto value : values_) {
      scope.value = value;
      judge_once(rule, scope);
    }
  }

 private:
  /// Each text once; several cases in a row ask the same of the same element.
  void find_values(const Rule& rule, const Scope& scope) {
    if (valued_ == scope.node && values_of_ == rule.each()->text()) return;
    valued_ = scope.node;
    values_of_ = rule.each()->text();
    values_.clear();
    Items items;
    rule.each()->select(scope, items);
    for (const auto& item : items) {
      const auto value = item.attribute.value_text();
      if (std::find(values_.begin(), values_.end(), value) == values_.end())
        values_.push_back(value);
    }
  }

  void judge_once(const Rule& rule, const Scope& scope) {
    blame_.clear();
    if (!rule.passes(scope, now_, blame_)) tell(rule, scope);
    late_.clear();
    rule.find_later_dates(scope, now_, late_);
    for (const auto& item : late_) tell_late(rule, item);
  }

  void tell(const Rule& rule, const Scope& scope) {
    const RuleCase& written = rule.written();
    const auto kind = kind_of(&rule);
    if (is_told(kind)) return;
    if (blame_.items.empty()) blame_.items.push_back({scope.node, {}});
    const Item& first = blame_.items.front();
    Fault fault;
    fault.kind = kind;
    fault.id = written.id;
    fault.weight = written.weight;
    fault.category = written.category;
    fault.message = written.message;
    fault.remedy = written.remedy;
    fault.where = list_place(first, blame_.items.size() - 1);
    std::string scratch;
    fault.found = !blame_.found.empty() ? blame_.found
                  : first.attribute || (first.node != scope.node && !holds_elements(first.node))
                      ? std::string(text_of(first, scratch))
                      : std::string();
    fault.found = shorten(fault.found, longest_found);
    place(fault, first);
    faults_.push_back(std::move(fault));
  }

  void tell_late(const Rule& rule, const Item& item) {
    const RuleCase& written = rule.written();
    Fault fault;
    fault.id = later_date_rule;
    fault.weight = Weight::advisory;
    fault.category = written.category;
    fault.message =
        fmt::format("{} (rule {}; the official validator looks at the first date alone)",
                    written.message, written.id);
    fault.remedy = written.remedy;
    fault.where = list_place(item, 0);
    fault.found = shorten(item.attribute.value(), longest_found);
    place(fault, item);
    faults_.push_back(std::move(fault));
  }

  void place(Fault& fault, const Item& item) const {
    const auto node = item.node.type() == node_element ? item.node : item.node.parent();
    fault.offset = offset_of(subject_, node, item.attribute.name_text());
  }

  const Subject& subject_;
  std::int64_t now_;
  const Children& children_;
  Faults& faults_;
  Node valued_;  // whose `values_` are those of `values_of_`
  std::string_view values_of_;
  std::vector<std::string_view> values_;
  Blame blame_;
  Items late_;
};

}  // namespace

struct Ruleset::Group {
  RuleContext context;
  std::vector<Rule> rules;
};

Ruleset::Ruleset(const std::vector<RuleCase>& cases) {
  for (const auto& written : cases) {
    if (groups_.empty() || written.context != groups_.back().rules.front().written().context) {
      groups_.push_back({read_context(written.context), {}});
      const auto& name = groups_.back().context.anywhere;
      if (!name.empty()) anywhere_.push_back({name, find_word(name)});
    }
    groups_.back().rules.emplace_back(written);
  }
}

Ruleset::Ruleset(Ruleset&&) noexcept = default;
Ruleset::~Ruleset() = default;

void Ruleset::check(const Subject& subject, std::string_view today, Faults& faults) const {
  thread_local Children children;
  thread_local std::vector<Node> deep;
  deep.clear();
  children.read(subject.node, [&](Node node) {
    for (const auto& name : anywhere_)
      if (name.word ? name.word == node.word() : name.text == node.name_text())
        return deep.push_back(node);
  });
  RuleWalk walk(subject, read_moment(today).value_or(0), children, faults);
  const auto judge_at = [&](const Group& group, Node element) {
    thread_local Items elements;
    elements.clear();
    if (group.context.rest)
      group.context.rest->select({element, {}, &children}, elements);
    else
      elements.push_back({element, {}});
    for (const auto& item : elements)
      for (const auto& rule : group.rules) walk.judge(rule, item.node);
  };
  for (const auto& group : groups_) {
    if (!group.context.root.empty() && group.context.root != subject.node.name_text()) continue;
    if (group.context.anywhere.empty()) {
      judge_at(group, subject.node);
      continue;
    }
    for (const Node node : deep)
      if (node.name_text() == group.context.anywhere) judge_at(group, node);
  }
}

void check_rules(const Subject& subject, std::string_view today, Faults& faults) {
  static const Ruleset v201(read_rule_cases("2.01")), v202(read_rule_cases("2.02")),
      v203(read_rule_cases("2.03"));
  const Ruleset* ruleset = subject.version == "2.03"   ? &v203
                           : subject.version == "2.02" ? &v202
                           : subject.version == "2.01" ? &v201
                                                       : nullptr;
  if (ruleset && subject.node) ruleset->check(subject, today, faults);
}

}  // namespace austral::validation
