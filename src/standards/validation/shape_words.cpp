// What the schema's judgement says: which element or attribute, what is wrong, how to mend it.
#include <algorithm>
#include <string>
#include <vector>

#include "base/text.hpp"
#include "standards/validation/shape.hpp"

namespace austral::validation {
namespace {

std::string tag(std::string_view name) { return "<" + shorten(name, 60) + ">"; }
std::string tag(Node node) { return tag(std::string_view(node.name())); }

/// How many letters differ (Levenshtein), up to `most`.
std::size_t distance(std::string_view a, std::string_view b, std::size_t most) {
  if (a.size() > b.size() + most || b.size() > a.size() + most || a.size() > 60) return most + 1;
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] != b[j - 1])});
      diagonal = above;
    }
  }
  return row[b.size()];
}

/// The known name that was probably meant.
template <class Named>
std::string nearest(std::string_view name, const std::vector<Named>& known) {
  const Named* best = nullptr;
  std::size_t least = 3;
  for (const auto& one : known) {
    const auto differ = distance(name, one.name, 2);
    if (differ < least && differ < one.name.size()) least = differ, best = &one;
  }
  return best ? best->name : std::string();
}

/// Where a child belongs: "after <a> and before <c>".
std::string place_in(const Type& type, std::size_t slot) {
  std::string words;
  if (slot > 0) words = "after " + tag(type.slots[slot - 1].name);
  if (slot + 1 < type.slots.size() && !type.slots[slot + 1].any)
    words += (words.empty() ? "" : " and ") + ("before " + tag(type.slots[slot + 1].name));
  return words.empty() ? "the only one" : words;
}

std::string list_attributes(const Type& type) {
  std::string list;
  for (const auto& rule : type.attributes) list += (list.empty() ? "" : ", ") + rule.name;
  return list;
}

constexpr const char* this_rule = "0.3.1";

std::string all_text(Node node) {
  std::string text;
  for (const auto child : node.children())
    if (child.type() == node_pcdata || child.type() == node_cdata) text += child.value();
  return text;
}

/// For each member of a list of slots whether it belongs to a longest run that never falls: those
/// outside it are the fewest to move.
std::vector<bool> find_longest_run(const std::vector<std::size_t>& slots) {
  std::vector<std::size_t> tails, previous(slots.size());
  for (std::size_t i = 0; i < slots.size(); ++i) {
    const auto above =
        std::upper_bound(tails.begin(), tails.end(), slots[i],
                         [&](std::size_t slot, std::size_t tail) { return slot < slots[tail]; });
    previous[i] = above == tails.begin() ? ~std::size_t{0} : *(above - 1);
    if (above == tails.end())
      tails.push_back(i);
    else
      *above = i;
  }
  std::vector<bool> kept(slots.size(), false);
  if (tails.empty()) return kept;
  for (std::size_t i = tails.back(); i != ~std::size_t{0}; i = previous[i]) kept[i] = true;
  return kept;
}

}  // namespace

void ShapeWalk::say(Node node, std::string_view attribute, std::string message, std::string remedy,
                    std::string_view found) {
  ++said_;
  if (is_crowded()) message = "further faults of other kinds";
  const std::uint64_t kind = kind_of(this_rule, message);
  if (is_told(kind)) return;
  Fault fault;
  fault.kind = kind;
  fault.id = "0.3.1";
  fault.weight = Weight::critical;
  fault.category = "schema";
  fault.message = std::move(message);
  fault.remedy = std::move(remedy);
  fault.where = describe_place(node, attribute);
  fault.found = shorten(found, 200);
  fault.offset =
      attribute.empty() ? offset_of(subject_, node) : offset_of(subject_, node, attribute);
  faults_.push_back(std::move(fault));
}

/// Elements that may stand behind those of other namespaces (see may_step_back) count as in place.
void ShapeWalk::step_back(const Type& type, std::vector<std::size_t>& slots) const {
  for (std::size_t any = 1; any < type.slots.size(); ++any) {
    if (!may_step_back(type, any)) continue;
    std::size_t early = 0;  // behind the last one that must stand before both
    for (std::size_t i = 0; i < slots.size(); ++i)
      if (slots[i] + 1 < any) early = i + 1;
    bool behind = false, filled = type.slots[any - 1].low == 0;
    for (std::size_t i = early; i < slots.size(); ++i) {
      filled = filled || slots[i] + 1 == any;
      behind = behind || (filled && slots[i] == any);
      if (behind && slots[i] + 1 == any) slots[i] = any;
    }
  }
}

void ShapeWalk::explain_sequence(Node node, const Type& type) {
  const std::size_t before = said_;
  std::vector<Child> children;
  std::vector<std::size_t> slots;
  std::vector<std::uint32_t> counts(type.slots.size(), 0);
  for (Node child = node.first_child(); child; child = child.next_sibling()) {
    if (child.type() != node_element) continue;
    const std::size_t slot = find_slot(type, child, 0, type.slots.size());
    if (slot == no_slot) {
      explain_stray(child, node, type);
      continue;
    }
    if (++counts[slot] > type.slots[slot].high) say_too_many(child, node, type.slots[slot]);
    children.push_back({child, slot});
    slots.push_back(slot);
  }
  step_back(type, slots);
  const auto kept = find_longest_run(slots);
  for (std::size_t i = 0; i < children.size(); ++i)
    if (!kept[i]) say_misplaced(children[i].node, node, type, children[i].slot);
  for (std::size_t i = 0; i < counts.size(); ++i)
    if (counts[i] < type.slots[i].low) say_missing(node, type, i);
  if (said_ == before)
    say(node, {}, "the elements inside " + tag(node) + " do not stand in the schema's order",
        "Put them into the order that the standard gives for " + tag(node), {});
}

void ShapeWalk::explain_stray(Node child, Node node, const Type& type) {
  if (is_foreign(child)) {
    say(child, {}, "an element of another namespace stands inside " + tag(node),
        "Remove it, or move it to a place where the schema lets others add elements", child.name());
    return;
  }
  const std::string_view name = child.name();
  if (type.content == Type::Content::simple) {
    say(child, {}, tag(child) + " stands inside " + tag(node) + ", which holds text only",
        "Put the text directly into " + tag(node), {});
    return;
  }
  const std::string meant = nearest(name, type.slots);
  std::string remedy = "Remove it";
  if (name.find(':') != std::string_view::npos)
    remedy = "Declare its prefix with xmlns:..., or remove it";
  else if (!meant.empty() && meant[0] != '#')
    remedy = "Write " + tag(meant);
  else if (schema_.find_element(name))
    remedy = "Remove it, or move it to where it belongs";
  say(child, {},
      tag(child) + " is not an element of " + tag(node) + " in IATI " +
          std::string(subject_.version),
      remedy, {});
}

void ShapeWalk::say_missing(Node node, const Type& type, std::size_t slot) {
  const std::string name = type.slots[slot].any ? "an element" : tag(type.slots[slot].name);
  say(node, {}, name + " is missing in " + tag(node),
      "Add it; its place in " + tag(node) + " is " + place_in(type, slot), {});
}

void ShapeWalk::say_too_many(Node child, Node node, const Slot& slot) {
  say(child, {},
      tag(child) + " stands more than " +
          (slot.high == 1 ? std::string("once") : std::to_string(slot.high) + " times") + " in " +
          tag(node),
      "Keep one " + tag(child) + " and remove the others", {});
}

void ShapeWalk::say_misplaced(Node child, Node node, const Type& type, std::size_t slot) {
  const std::string name = type.slots[slot].any ? "an element of another namespace" : tag(child);
  say(child, {}, name + " stands at the wrong place in " + tag(node),
      "Move it: its place is " + place_in(type, slot), {});
}

void ShapeWalk::say_unknown_attribute(Node node, const Type& type, std::string_view name,
                                      std::string_view value) {
  const std::string meant = nearest(name, type.attributes);
  const std::string known = list_attributes(type);
  std::string remedy = known.empty() ? "Remove it: " + tag(node) + " has no attributes"
                                     : "Remove it; " + tag(node) + " may have: " + known;
  if (!meant.empty()) remedy = "Write '" + meant + "'";
  say(node, name,
      "the attribute '" + shorten(name, 60) + "' does not belong to " + tag(node) + " in IATI " +
          std::string(subject_.version),
      remedy, value);
}

void ShapeWalk::say_missing_attribute(Node node, const AttributeRule& rule) {
  say(node, {}, "the attribute '" + rule.name + "' is missing in " + tag(node),
      "Add " + rule.name + "=\"...\"" +
          (rule.type == Lexical::string ? std::string()
                                        : ": " + std::string(name_of(rule.type)) + ", " +
                                              std::string(how_to_write(rule.type))),
      {});
}

void ShapeWalk::say_bad_attribute(Node node, const AttributeRule& rule, std::string_view value) {
  const bool empty = trim(value).empty();
  say(node, rule.name,
      "the attribute '" + rule.name + "' of " + tag(node) + (empty ? " is empty" : "") +
          (empty ? "; it must be " : " is not ") + std::string(name_of(rule.type)),
      "Write " + std::string(how_to_write(rule.type)), value);
}

void ShapeWalk::say_bad_text(Node node, Lexical type, std::string_view text) {
  const bool empty = trim(text).empty();
  say(node, {},
      tag(node) + (empty ? " is empty; it must hold " : " does not hold ") +
          std::string(name_of(type)),
      "Write " + std::string(how_to_write(type)), text);
}

void ShapeWalk::say_text(Node text, Node node, const Type& type) {
  const bool narrative = std::any_of(type.slots.begin(), type.slots.end(),
                                     [](const Slot& slot) { return slot.name == "narrative"; });
  const std::string found(trim(all_text(node)));
  const std::size_t before = faults_.size();
  say(node, {}, "text stands directly inside " + tag(node),
      narrative ? "Put it into <narrative>...</narrative> inside " + tag(node)
                : "Remove it; " + tag(node) + " holds no text of its own",
      found);
  if (faults_.size() > before) faults_.back().offset = offset_of(subject_, text);
}

}  // namespace austral::validation
