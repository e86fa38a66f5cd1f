// Follows compiled paths over a record's tree, without making lists where a yes or no is enough.
#include "standards/validation/paths.hpp"

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <limits>

#include "standards/validation/paths_parts.hpp"

namespace austral::validation {
namespace {

using Part = Expression::Kind;

/// Nearly all that is compared is a vocabulary or a type of one or two letters.
bool is_same(std::string_view left, std::string_view right) {
  if (left.size() != right.size()) return false;
  if (left.empty() || left[0] != right[0]) return left.empty();
  return left.size() == 1 || left == right;
}

template <class Thing>
[[gnu::always_inline]] inline bool is_named(const Thing& thing, const Step& step) {
  return step.word ? thing.word() == step.word : thing.name_text() == step.name;
}

/// Follows the steps from `at` on; `visit` returns false to stop, and so does this.
template <class Visit>
class Follower {
 public:
  Follower(const Steps& steps, const Scope& scope, Visit& visit)
      : steps_(steps), scope_(scope), visit_(visit) {}

  bool follow(Node node, std::size_t at) const {
    const Step& step = steps_[at];
    switch (step.axis) {
      case Step::Axis::self: return reach(node, at);
      case Step::Axis::parent: return !node.parent() || reach(node.parent(), at);
      case Step::Axis::attribute: {
        auto attribute = node.first_attribute();
        while (attribute && !is_named(attribute, step)) attribute = attribute.next_attribute();
        return !attribute || visit_(Item{node, attribute});
      }
      case Step::Axis::text: return follow_texts(node);
      case Step::Axis::child: break;
    }
    std::size_t passed = 0;
    if (step.word && scope_.children && node == scope_.children->parent()) {
      for (const auto child : scope_.children->named(step.word))
        if (!try_child(child, step, at, passed)) return false;
      return true;
    }
    for (auto child = node.first_child(); child; child = child.next_sibling())
      if (is_named(child, step) && !try_child(child, step, at, passed)) return false;
    return true;
  }

 private:
  bool try_child(Node child, const Step& step, std::size_t at, std::size_t& passed) const {
    const Scope inside{child, scope_.value, nullptr};
    for (const auto& test : step.tests)
      if (!holds(test, inside)) return true;
    ++passed;
    if (step.position && passed != step.position) return true;
    return reach(child, at);
  }
  bool reach(Node node, std::size_t at) const {
    return at + 1 == steps_.size() ? visit_(Item{node, {}}) : follow(node, at + 1);
  }
  bool follow_texts(Node node) const {
    for (auto child = node.first_child(); child; child = child.next_sibling())
      if ((child.type() == node_pcdata || child.type() == node_cdata) &&
          !child.value_text().empty() && !visit_(Item{child, {}}))
        return false;
    return true;
  }

  const Steps& steps_;
  const Scope& scope_;
  Visit& visit_;
};

/// Whether all the names that the steps go through stand somewhere in the record.
bool may_lead(const Steps& steps, const Scope& scope) {
  if (!scope.children) return true;
  for (const auto& step : steps) {
    if (step.axis == Step::Axis::parent) return true;
    if (step.axis == Step::Axis::child && step.word && !scope.children->has(step.word))
      return false;
  }
  return true;
}

template <class Visit>
bool follow_all(const std::vector<Steps>& alternatives, const Scope& scope, Visit visit) {
  for (const auto& steps : alternatives)
    if (may_lead(steps, scope) && !Follower<Visit>(steps, scope, visit).follow(scope.node, 0))
      return false;
  return true;
}

bool leads_somewhere(const std::vector<Steps>& paths, const Scope& scope) {
  return !follow_all(paths, scope, [](const Item&) { return false; });
}

std::size_t count_items(const std::vector<Steps>& paths, const Scope& scope) {
  std::size_t count = 0;
  follow_all(paths, scope, [&](const Item&) { return ++count, true; });
  return count;
}

double number_of(const Expression& expression, const Scope& scope) {
  switch (expression.kind) {
    case Part::number: return expression.number;
    case Part::count: return double(count_items(expression.paths, scope));
    case Part::sum:
      return number_of(expression.parts[0], scope) + number_of(expression.parts[1], scope);
    case Part::text: return read_number(expression.text);
    case Part::variable: return read_number(scope.value);
    case Part::to_number: return number_of(expression.parts[0], scope);
    case Part::path: {
      double number = std::numeric_limits<double>::quiet_NaN();
      follow_all(expression.paths, scope, [&](const Item& item) {
        std::string scratch;
        number = read_number(text_of(item, scratch));
        return false;
      });
      return number;
    }
    default: return holds(expression, scope) ? 1 : 0;
  }
}

bool compare_numbers(Part kind, double left, double right) {
  switch (kind) {
    case Part::equal: return left == right;
    case Part::unequal: return left != right;
    case Part::less: return left < right;
    case Part::less_equal: return left <= right;
    case Part::greater: return left > right;
    default: return left >= right;
  }
}

Part turned(Part kind) {
  return kind == Part::less            ? Part::greater
         : kind == Part::greater       ? Part::less
         : kind == Part::less_equal    ? Part::greater_equal
         : kind == Part::greater_equal ? Part::less_equal
                                       : kind;
}

bool is_literal(const Expression& side) {
  return side.kind == Part::text || side.kind == Part::variable;
}
std::string_view literal_of(const Expression& side, const Scope& scope) {
  return side.kind == Part::variable ? scope.value : std::string_view(side.text);
}

/// A path compares as true when one of the places it leads to does.
bool compare_path(Part kind, const Expression& path, const Expression& other, const Scope& scope) {
  std::string scratch;
  if (is_literal(other) && (kind == Part::equal || kind == Part::unequal)) {
    const std::string_view wanted = literal_of(other, scope);
    return !follow_all(path.paths, scope, [&](const Item& item) {
      return is_same(text_of(item, scratch), wanted) != (kind == Part::equal);
    });
  }
  const double number = number_of(other, scope);
  return !follow_all(path.paths, scope, [&](const Item& item) {
    return !compare_numbers(kind, read_number(text_of(item, scratch)), number);
  });
}

bool compare_sides(const Expression& expression, const Scope& scope) {
  const auto& left = expression.parts[0];
  const auto& right = expression.parts[1];
  if (left.kind == Part::path) return compare_path(expression.kind, left, right, scope);
  if (right.kind == Part::path) return compare_path(turned(expression.kind), right, left, scope);
  if (is_literal(left) && is_literal(right) &&
      (expression.kind == Part::equal || expression.kind == Part::unequal))
    return (literal_of(left, scope) == literal_of(right, scope)) ==
           (expression.kind == Part::equal);
  return compare_numbers(expression.kind, number_of(left, scope), number_of(right, scope));
}

bool is_xml_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_xpath_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

bool holds(const Expression& expression, const Scope& scope) {
  const auto& parts = expression.parts;
  switch (expression.kind) {
    case Part::either: return holds(parts[0], scope) || holds(parts[1], scope);
    case Part::both: return holds(parts[0], scope) && holds(parts[1], scope);
    case Part::negation: return !holds(parts[0], scope);
    case Part::path: return leads_somewhere(expression.paths, scope);
    case Part::text:
    case Part::variable: return !literal_of(expression, scope).empty();
    case Part::number:
    case Part::count:
    case Part::sum:
    case Part::to_number: {
      const double number = number_of(expression, scope);
      return number != 0 && !std::isnan(number);
    }
    default: return compare_sides(expression, scope);
  }
}

std::string_view text_of(const Item& item, std::string& scratch) {
  if (item.attribute) return item.attribute.value_text();
  if (item.node.type() != node_element) return item.node.value_text();
  const auto first = item.node.first_child();
  if (!first) return {};
  if (!first.next_sibling() && first.type() != node_element)
    return first.type() == node_pcdata || first.type() == node_cdata ? first.value_text()
                                                                     : std::string_view();
  scratch.clear();
  for (auto node = first; node != item.node;) {
    if (node.type() == node_pcdata || node.type() == node_cdata) scratch += node.value_text();
    if (node.first_child()) {
      node = node.first_child();
      continue;
    }
    while (node != item.node && !node.next_sibling()) node = node.parent();
    if (node != item.node) node = node.next_sibling();
  }
  return scratch;
}

double read_number(std::string_view text) {
  while (!text.empty() && is_xml_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_xml_space(text.back())) text.remove_suffix(1);
  std::size_t digits = 0, points = 0;
  for (std::size_t i = !text.empty() && text[0] == '-'; i < text.size(); ++i) {
    if (is_xpath_digit(text[i]))
      ++digits;
    else if (text[i] != '.' || ++points > 1)
      return std::numeric_limits<double>::quiet_NaN();
  }
  if (digits == 0) return std::numeric_limits<double>::quiet_NaN();
  double number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  return read.ec == std::errc::result_out_of_range ? std::strtod(std::string(text).c_str(), nullptr)
                                                   : number;
}

void Children::start(Node parent) {
  present_.reset();
  for (const auto name : used_) by_name_[name].clear();
  used_.clear();
  parent_ = parent;
  if (by_name_.empty()) by_name_.resize(most_words);
  for (auto child = parent.first_child(); child; child = child.next_sibling()) {
    const Word name = child.word();
    if (!name || child.type() != node_element) continue;
    if (by_name_[name].empty()) used_.push_back(name);
    by_name_[name].push_back(child);
  }
}

Path::Path(std::string_view text) : text_(text), alternatives_(parse_path(text)) {}
Path::Path(Path&&) noexcept = default;
Path& Path::operator=(Path&&) noexcept = default;
Path::~Path() = default;

void Path::select(const Scope& scope, Items& items) const {
  follow_all(alternatives_, scope, [&](const Item& item) { return items.push_back(item), true; });
}
bool Path::exists(const Scope& scope) const { return leads_somewhere(alternatives_, scope); }
Item Path::find_first(const Scope& scope) const {
  Item first;
  follow_all(alternatives_, scope, [&](const Item& item) { return first = item, false; });
  return first;
}

Condition::Condition(std::string_view text)
    : text_(text), tree_(std::make_unique<Expression>(parse_condition(text))) {}
Condition::Condition(Condition&&) noexcept = default;
Condition& Condition::operator=(Condition&&) noexcept = default;
Condition::~Condition() = default;
bool Condition::holds(const Scope& scope) const { return validation::holds(*tree_, scope); }

}  // namespace austral::validation
