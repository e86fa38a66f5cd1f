// The small language in which rules name places and state conditions, compiled once: the part of
// XPath 1.0 that the published rulesets use.
#pragma once

#include <bitset>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "standards/validation/tree.hpp"

namespace austral::validation {

/// Where a path leads: an element, a text, or (with `attribute`) an attribute of `node`.
struct Item {
  Node node;
  Attribute attribute;
};
using Items = std::vector<Item>;

/// The text of an attribute, or all text inside an element; `scratch` holds what is put together.
std::string_view text_of(const Item& item, std::string& scratch);
/// A number as XPath reads one; not a number for anything else.
double read_number(std::string_view text);

/// What stands in one element: its children by name, so that a hundred paths do not search them a
/// hundred times, and which names occur below it at all, so that most paths need not be followed.
class Children {
 public:
  /// Forgets the former element. `wanted` is called with every element inside, and the element.
  template <class Wanted>
  void read(Node parent, Wanted wanted) {
    start(parent);
    for (Node node = parent;;) {
      if (node.type() == node_element) {
        present_[node.word()] = true;
        wanted(node);
      }
      if (const Node child = node.first_child()) {
        node = child;
        continue;
      }
      Node next;
      while (node != parent && !(next = node.next_sibling())) node = node.parent();
      if (node == parent) return;
      node = next;
    }
  }
  void read(Node parent) {
    read(parent, [](Node) {});
  }
  Node parent() const { return parent_; }
  /// Whether an element of this name stands somewhere inside.
  bool has(Word name) const { return present_[name]; }
  const std::vector<Node>& named(Word name) const { return by_name_[name]; }

 private:
  static constexpr std::size_t most_words = 2048;  // names that some schema knows
  void start(Node parent);

  Node parent_;
  std::bitset<most_words> present_;
  std::vector<std::vector<Node>> by_name_;
  std::vector<Word> used_;
};

/// From where a path is followed.
struct Scope {
  Node node;
  std::string_view value;              ///< what `'$1'` stands for
  const Children* children = nullptr;  ///< of some element; used where a path passes it
};

struct Expression;  // a condition's tree
struct Step;

/// Steps from an element to what is below, beside or on it.
class Path {
 public:
  /// Alternatives are joined by `|`. Throws: Error::invalid naming the text and the place.
  explicit Path(std::string_view text);
  Path(Path&&) noexcept;
  Path& operator=(Path&&) noexcept;
  ~Path();

  /// Adds all, one alternative after the other, each in the document's order.
  void select(const Scope& scope, Items& items) const;
  bool exists(const Scope& scope) const;
  /// The first in the document's order of the first alternative that leads anywhere.
  Item find_first(const Scope& scope) const;
  const std::string& text() const { return text_; }

 private:
  std::string text_;
  std::vector<std::vector<Step>> alternatives_;
};

/// What holds or does not hold at an element.
class Condition {
 public:
  /// Throws: Error::invalid naming the text and the place.
  explicit Condition(std::string_view text);
  Condition(Condition&&) noexcept;
  Condition& operator=(Condition&&) noexcept;
  ~Condition();

  /// As XPath's boolean(): a path holds when it leads somewhere.
  bool holds(const Scope& scope) const;
  const std::string& text() const { return text_; }

 private:
  std::string text_;
  std::unique_ptr<Expression> tree_;
};

}  // namespace austral::validation
