// The schema's judgement: children by their content model, attributes, texts, namespaces.
#include "standards/validation/shape.hpp"

#include <algorithm>
#include <cstring>

#include "base/error.hpp"

namespace austral::validation {
namespace {

constexpr std::string_view schema_instance = "http://www.w3.org/2001/XMLSchema-instance";

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

bool is_white(std::string_view text) { return std::all_of(text.begin(), text.end(), is_space); }

bool is_prefixed(std::string_view name) { return name.find(':') != std::string_view::npos; }

bool is_text(Node node) { return node.type() == node_pcdata || node.type() == node_cdata; }

}  // namespace

ShapeWalk::ShapeWalk(const Subject& subject, const Schema& schema, Faults& faults)
    : subject_(subject), schema_(schema), faults_(faults) {
  plain_ = !subject.declares_default;
  for (const auto& [prefix, uri] : subject.around ? *subject.around : Namespaces())
    plain_ = plain_ && (!prefix.empty() || uri.empty());
}

/// The namespace a prefix (empty: none) stands for at a node; empty: no namespace.
std::string_view ShapeWalk::find_namespace(Node node, std::string_view prefix) const {
  if (prefix == "xml") return "http://www.w3.org/XML/1998/namespace";
  for (; node.type() == node_element; node = node.parent())
    for (auto attribute = node.first_attribute(); attribute;
         attribute = attribute.next_attribute()) {
      if (attribute.word()) continue;
      const std::string_view name = attribute.name_text();
      if (name.substr(0, 5) != "xmlns") continue;
      if (prefix.empty() ? name.size() == 5
                         : name.size() > 6 && name[5] == ':' && name.substr(6) == prefix)
        return attribute.value();
    }
  if (subject_.around)
    for (const auto& [declared, uri] : *subject_.around)
      if (declared == prefix) return uri;
  return {};
}

/// The namespace of names without a prefix: what an element does not declare is its parent's, and
/// mostly the same parent is asked again.
std::string_view ShapeWalk::find_default(Node node) const {
  for (auto attribute = node.first_attribute(); attribute; attribute = attribute.next_attribute())
    if (!attribute.word() && attribute.name_text() == "xmlns") return attribute.value();
  if (!known_parent_ || node.parent() != known_parent_) {
    known_parent_ = node.parent();
    known_default_ = find_namespace(known_parent_, {});
  }
  return known_default_;
}

bool ShapeWalk::is_foreign_name(Node node, std::string_view name, bool attribute) const {
  const auto colon = name.find(':');
  if (colon == std::string_view::npos) return !attribute && !plain_ && !find_default(node).empty();
  return !find_namespace(node, name.substr(0, colon)).empty();
}

bool ShapeWalk::is_foreign(Node node) const {
  return is_foreign_name(node, node.name_text(), false);
}

bool ShapeWalk::is_declaration(std::string_view name) const {
  return name.substr(0, 5) == "xmlns" && (name.size() == 5 || name[5] == ':');
}

void ShapeWalk::check(Node node, const Type& type) {
  check_attributes(node, type);
  if (type.content == Type::Content::simple)
    check_simple(node, type);
  else if (type.content == Type::Content::anything)
    check_anything(node);
  else
    check_inside(node, type);
}

void ShapeWalk::check_attributes(Node node, const Type& type) {
  std::uint32_t required = 0;
  for (auto attribute = node.first_attribute(); attribute; attribute = attribute.next_attribute()) {
    const AttributeRule* rule = nullptr;
    if (const Word word = attribute.word())
      for (const auto& known : type.attributes)
        if (known.word == word) {
          rule = &known;
          break;
        }
    if (rule) {
      required += rule->required;
      if (rule->type != Lexical::string && !is_lexical(rule->type, attribute.value_text()))
        say_bad_attribute(node, *rule, attribute.value_text());
      continue;
    }
    const std::string_view name = attribute.name_text();
    if (is_declaration(name)) {
      continue;
    } else if (is_foreign_name(node, name, true)) {
      if (!type.other_namespaces &&
          find_namespace(node, name.substr(0, name.find(':'))) != schema_instance)
        say_unknown_attribute(node, type, name, attribute.value_text());
      else
        check_foreign_attribute(node, attribute);
    } else if (type.content != Type::Content::anything) {
      say_unknown_attribute(node, type, name, attribute.value_text());
    }
  }
  if (required == type.required) return;
  for (const auto& rule : type.attributes)
    if (rule.required && !node.attribute(rule.name)) say_missing_attribute(node, rule);
}

/// The few attributes of other namespaces that the schema knows: xml:lang and its kin, xsi:nil.
void ShapeWalk::check_foreign_attribute(Node node, Attribute attribute) {
  const std::string_view name = attribute.name_text(), value = attribute.value_text();
  const auto uri = find_namespace(node, name.substr(0, name.find(':')));
  const auto local = name.substr(name.find(':') + 1);
  if (uri == schema_instance && local == "nil")
    say(node, name, "the attribute 'xsi:nil' stands on <" + std::string(node.name()) + ">",
        "Remove it: IATI has no empty values; leave the element out", value);
  if (name == "xml:lang" && !is_lexical(Lexical::language_or_empty, value))
    say_bad_attribute(node, {"xml:lang", 0, Lexical::language_or_empty, false}, value);
  if (name == "xml:space" && value != "default" && value != "preserve")
    say(node, name, "the attribute 'xml:space' is neither 'default' nor 'preserve'", "Remove it",
        value);
  if (name == "xml:base" && !is_lexical(Lexical::any_uri, value))
    say_bad_attribute(node, {"xml:base", 0, Lexical::any_uri, false}, value);
}

bool ShapeWalk::fits(const Slot& slot, Node node) const {
  if (slot.any) return (!plain_ || is_prefixed(node.name_text())) && is_foreign(node);
  return slot.word == node.word() && (plain_ || !is_foreign(node));
}

std::size_t ShapeWalk::find_slot(const Type& type, Node node, std::size_t from,
                                 std::size_t to) const {
  for (std::size_t i = from; i < to; ++i)
    if (fits(type.slots[i], node)) return i;
  return no_slot;
}

void ShapeWalk::check_inside(Node node, const Type& type) {
  if (!type.mixed) check_text(node, type);
  if (type.content == Type::Content::sequence) {
    if (!check_sequence(node, type)) explain_sequence(node, type);
  } else {
    check_choice(node, type);
  }
}

/// Behind elements of other namespaces libxml2 also takes those that may stand right before them in
/// any number (by the letter of the schema they would be out of place), and it gives the verdict.
bool ShapeWalk::may_step_back(const Type& type, std::size_t at) const {
  return at > 0 && at < type.slots.size() && type.slots[at].any &&
         type.slots[at].high == Slot::unbounded && !type.slots[at - 1].any &&
         type.slots[at - 1].high == Slot::unbounded;
}

/// Walks the children and the slots side by side. False when they do not fit together.
bool ShapeWalk::check_sequence(Node node, const Type& type) {
  bool good = true;
  std::size_t at = 0;
  std::uint32_t count = 0;  // in slot `at`
  for (Node child = node.first_child(); child; child = child.next_sibling()) {
    if (child.type() != node_element) continue;
    std::size_t slot = find_slot(type, child, at, type.slots.size());
    if (slot == no_slot && may_step_back(type, at) && fits(type.slots[at - 1], child)) {
      slot = --at;
      count = std::max(type.slots[at].low, 1u);
    } else if (slot == no_slot) {
      good = false;
      slot = find_slot(type, child, 0, at);
    } else if (slot == at) {
      good = ++count <= type.slots[at].high && good;
    } else {
      for (; at < slot; ++at, count = 0) good = count >= type.slots[at].low && good;
      count = 1;
    }
    if (slot == no_slot) continue;
    if (type.slots[slot].any)
      check_foreign(child);
    else
      check(child, *type.slots[slot].type);
  }
  for (; at < type.slots.size(); ++at, count = 0) good = count >= type.slots[at].low && good;
  return good;
}

/// A repeated choice, or nothing at all: each child for itself.
bool ShapeWalk::check_choice(Node node, const Type& type) {
  bool found = false;
  for (Node child = node.first_child(); child; child = child.next_sibling()) {
    if (child.type() != node_element) continue;
    found = true;
    const std::size_t slot = find_slot(type, child, 0, type.slots.size());
    if (slot == no_slot)
      explain_stray(child, node, type);
    else if (type.slots[slot].any)
      check_foreign(child);
    else
      check(child, *type.slots[slot].type);
  }
  if (type.needs_one && !found)
    say(node, {}, "<" + std::string(node.name()) + "> is empty",
        "Put at least one element into it, or remove it", {});
  return found;
}

void ShapeWalk::check_text(Node node, const Type& type) {
  for (Node child = node.first_child(); child; child = child.next_sibling())
    if (is_text(child) && !is_white(child.value_text())) return say_text(child, node, type);
}

void ShapeWalk::check_simple(Node node, const Type& type) {
  std::string joined;
  std::string_view text;
  for (Node child = node.first_child(); child; child = child.next_sibling()) {
    if (child.type() == node_element) {
      explain_stray(child, node, type);
    } else if (type.text != Lexical::string) {
      if (!text.empty()) text = joined = std::string(text) + child.value();
      if (text.empty()) text = child.value_text();
    }
  }
  if (!is_lexical(type.text, text)) say_bad_text(node, type.text, text);
}

/// An element whose content the schema leaves open: what it knows by name is still judged.
void ShapeWalk::check_anything(Node node) {
  for (Node child = node.first_child(); child; child = child.next_sibling()) {
    if (child.type() != node_element) continue;
    const Type* known = is_foreign(child) ? nullptr : schema_.find_element(child.name());
    if (known)
      check(child, *known);
    else
      check_foreign(child);
  }
}

void ShapeWalk::check_foreign(Node node) {
  for (auto attribute = node.first_attribute(); attribute; attribute = attribute.next_attribute())
    if (is_prefixed(attribute.name_text()) && !is_declaration(attribute.name_text()))
      check_foreign_attribute(node, attribute);
  check_anything(node);
}

void check_shape(const Subject& subject, Faults& faults) {
  const Schema* schema = find_schema(subject.version, subject.organisation);
  if (!schema) return;
  const Type* type = schema->find_element(subject.node.name());
  if (!type) return;
  ShapeWalk(subject, *schema, faults).check(subject.node, *type);
}

}  // namespace austral::validation
