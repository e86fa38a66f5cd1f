// Judges codes: one walk over a subject beside the tree of the elements that take codes.
#include <fmt/format.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/tsv.hpp"
#include "standards/validation/codes_list.hpp"
#include "standards/validation/paths_tree.hpp"
#include "standards/validation/validation.hpp"

namespace austral::validation {
namespace {

/// Outside the official rules' numbers: the official validator takes withdrawn codes silently.
constexpr const char* withdrawn_code_rule = "austral.1";

/// One attribute (or text) of an element and the list that its codes come from.
struct CodeRule {
  std::string attribute;  ///< empty: the element's text
  Word word = 0;          ///< of the attribute
  const CodeSet* set = nullptr;
  std::string_view id, category;
  Word linked = 0;  ///< the attribute that must have `value`, or none
  std::string value;
  bool of_parent = false;  ///< `linked` stands on the element's parent
  bool or_absent = false;  ///< no `linked`, or an empty one, counts as `value`
};

/// What one version of the standard asks.
struct CodeRules {
  PathTree tree;
  std::vector<std::vector<CodeRule>> rules;  ///< by place
  CodeRule language;                         ///< xml:lang of any element
};

/// Throws: Error::invalid for a name that no schema has.
Word get_word(std::string_view name) {
  if (const Word word = find_word(name)) return word;
  throw Error(Kind::invalid, fmt::format("no IATI schema has an attribute {}", name));
}

bool names_version(std::string_view versions, std::string_view version) {
  return !version.empty() && versions.find(version) != versions.npos;
}

CodeRules read_rules(std::string_view version) {
  CodeRules all;
  const TsvTable table = read_embedded_table("data/rules/iati_code_rules.tsv");
  const auto at = [&](const char* name) { return table.column(name); };
  for (const auto row : table.rows()) {
    if (!names_version(row[at("versions")], version)) continue;
    CodeRule rule;
    rule.attribute = row[at("attribute")] == "text()" ? "" : row[at("attribute")];
    rule.set = &get_code_set(row[at("list")]);
    rule.id = row[at("id")];
    rule.category = row[at("category")];
    std::string_view linked = row[at("linked")];
    rule.of_parent = linked.starts_with("../");
    if (!linked.empty()) rule.linked = get_word(linked.substr(linked.find('@') + 1));
    if (!rule.attribute.empty()) rule.word = get_word(rule.attribute);
    rule.value = row[at("value")];
    rule.or_absent = row[at("or_absent")] == "yes";
    if (row[at("path")].empty()) {
      all.language = std::move(rule);
      continue;
    }
    const auto place = all.tree.add(row[at("path")]);
    if (all.rules.size() <= place) all.rules.resize(place + 1);
    all.rules[place].push_back(std::move(rule));
  }
  all.rules.resize(all.tree.size());
  return all;
}

const CodeRules* find_rules(std::string_view version) {
  static const CodeRules v201 = read_rules("2.01"), v202 = read_rules("2.02"),
                         v203 = read_rules("2.03");
  return version == "2.03"   ? &v203
         : version == "2.02" ? &v202
         : version == "2.01" ? &v201
                             : nullptr;
}

bool applies(const CodeRule& rule, Node element) {
  if (!rule.linked) return true;
  const auto bearer = rule.of_parent ? element.parent() : element;
  auto attribute = bearer.first_attribute();
  while (attribute && attribute.word() != rule.linked) attribute = attribute.next_attribute();
  const auto value = attribute.value_text();
  return value.empty() ? rule.or_absent : rule.value == value;
}

constexpr std::size_t longest_code = 200;  // bytes of a value in a report

void report_code(const Subject& subject, Node element, const CodeRule& rule, std::string_view code,
                 CodeSet::State state, Faults& faults) {
  const bool crowded = is_crowded();
  const auto kind = kind_of(&rule, crowded ? std::string_view() : code);
  if (is_told(kind)) return;
  Fault fault;
  fault.kind = kind;
  const std::string_view list = rule.set->name();
  if (state == CodeSet::State::absent) {
    fault.id = rule.id;
    fault.weight = Weight::error;
    fault.message =
        crowded ? fmt::format("Further codes are not of the list {}", list)
        : code.empty()
            ? fmt::format("The code is empty; it must be one of the list {}", list)
            : fmt::format("\"{}\" is not a code of the list {}", shorten(code, longest_code), list);
    fault.remedy = rule.set->advise(code);
  } else {
    fault.id = withdrawn_code_rule;
    fault.weight = Weight::warning;
    fault.message = crowded
                        ? fmt::format("Further codes of the list {} are withdrawn", list)
                        : fmt::format("The code \"{}\" of the list {} is withdrawn", code, list);
    fault.remedy = fmt::format(
        "Old records may keep it; use a code that is in force in what is new. The list {}: {}",
        list, rule.set->address());
  }
  fault.category = rule.category;
  fault.where = describe_place(element, rule.attribute);
  fault.found = shorten(code, longest_code);
  fault.offset = offset_of(subject, element, rule.attribute);
  faults.push_back(std::move(fault));
}

/// One subject's walk.
class CodeWalk {
 public:
  CodeWalk(const Subject& subject, const CodeRules& rules, Faults& faults)
      : subject_(subject), rules_(rules), faults_(faults) {}

  void visit(Node element, PathTree::Place place) {
    for (auto attribute = element.first_attribute(); attribute;
         attribute = attribute.next_attribute()) {
      const Word name = attribute.word();
      if (name == rules_.language.word) judge_language(element, attribute.value_text());
      if (place == PathTree::none) continue;
      for (const auto& rule : rules_.rules[place])
        if (rule.word == name && applies(rule, element))
          judge(element, rule, attribute.value_text());
    }
    if (place == PathTree::none) return;
    for (const auto& rule : rules_.rules[place])
      if (rule.attribute.empty()) judge(element, rule, element.child_value());
  }

 private:
  /// Tags of languages mean the same in capitals (RFC 5646, 2.1.1).
  void judge_language(Node element, std::string_view tag) {
    const char small[] = {tag.size() == 2 ? char(tag[0] | 0x20) : '\0',
                          tag.size() == 2 ? char(tag[1] | 0x20) : '\0'};
    const std::string_view same(small, 2);
    judge(element, rules_.language,
          rules_.language.set->find(same) == CodeSet::State::active ? same : tag);
  }
  void judge(Node element, const CodeRule& rule, std::string_view code) {
    const auto state = rule.set->find(code);
    if (state != CodeSet::State::active) report_code(subject_, element, rule, code, state, faults_);
  }

  const Subject& subject_;
  const CodeRules& rules_;
  Faults& faults_;
};

}  // namespace

void check_codes(const Subject& subject, Faults& faults) {
  const CodeRules* rules = find_rules(subject.version);
  if (!rules || !subject.node) return;
  CodeWalk walk(subject, *rules, faults);
  // No recursion: how deep a file nests is up to whoever wrote it.
  thread_local std::vector<PathTree::Place> places;
  places.assign(1, rules->tree.child(PathTree::root, subject.node.word()));
  auto node = subject.node;
  walk.visit(node, places.back());
  while (true) {
    if (auto child = node.first_child()) {
      node = child;
      places.push_back(PathTree::none);
    } else {
      while (node != subject.node && !node.next_sibling()) {
        node = node.parent();
        places.pop_back();
      }
      if (node == subject.node) return;
      node = node.next_sibling();
    }
    if (node.type() != node_element) continue;
    const auto above = places[places.size() - 2];
    places.back() =
        above == PathTree::none ? PathTree::none : rules->tree.child(above, node.word());
    walk.visit(node, places.back());
  }
}

}  // namespace austral::validation
