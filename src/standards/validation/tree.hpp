// One record as a tree in memory, made for judging: quick to build, to walk and to build anew.
#pragma once

#include <cstdint>
#include <cstring>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace austral::validation {

/// What stands in a tree: elements and texts; comments and instructions are left out.
enum NodeKind : std::uint8_t { node_null, node_document, node_element, node_pcdata, node_cdata };

/// The number of an element's or attribute's name that some IATI schema knows; 0: of no other name.
using Word = std::uint16_t;
Word find_word(std::string_view name);

struct AttributeData {
  const char* name = "";
  const char* value = "";
  AttributeData* next = nullptr;
  std::uint32_t value_size = 0;
  std::uint16_t name_size = 0;
  Word word = 0;
};

struct NodeData {
  const char* name = "";
  const char* value = "";
  NodeData* parent = nullptr;
  NodeData* first_child = nullptr;
  NodeData* last_child = nullptr;
  NodeData* next = nullptr;
  NodeData* previous = nullptr;
  AttributeData* first_attribute = nullptr;
  std::uint32_t offset = 0;  // of `<`, or of the text
  std::uint32_t value_size = 0;
  std::uint16_t name_size = 0;
  Word word = 0;
  NodeKind kind = node_null;
};

/// An attribute, or none. Texts end with a zero byte and live as long as the tree's parse.
class Attribute {
 public:
  Attribute() = default;
  explicit Attribute(const AttributeData* data) : data_(data) {}
  explicit operator bool() const { return data_ != nullptr; }
  const char* name() const { return data_ ? data_->name : ""; }
  const char* value() const { return data_ ? data_->value : ""; }
  std::string_view name_text() const {
    return data_ ? std::string_view(data_->name, data_->name_size) : std::string_view();
  }
  std::string_view value_text() const {
    return data_ ? std::string_view(data_->value, data_->value_size) : std::string_view();
  }
  Word word() const { return data_ ? data_->word : Word(0); }
  Attribute next_attribute() const { return Attribute(data_ ? data_->next : nullptr); }
  bool operator==(const Attribute&) const = default;

 private:
  const AttributeData* data_ = nullptr;
};

/// Things that follow each other, for a range-based for.
template <class Thing, Thing (Thing::*Next)() const>
class Chain {
 public:
  class Iterator {
   public:
    explicit Iterator(Thing at) : at_(at) {}
    Thing operator*() const { return at_; }
    Iterator& operator++() { return at_ = (at_.*Next)(), *this; }
    bool operator==(const Iterator&) const = default;

   private:
    Thing at_;
  };
  explicit Chain(Thing first) : first_(first) {}
  Iterator begin() const { return Iterator(first_); }
  Iterator end() const { return Iterator(Thing()); }

 private:
  Thing first_;
};

/// An element, a text, or nothing: every question may be asked of nothing.
class Node {
 public:
  Node() = default;
  explicit Node(const NodeData* data) : data_(data) {}
  explicit operator bool() const { return data_ != nullptr; }
  bool operator==(const Node&) const = default;

  NodeKind type() const { return data_ ? data_->kind : node_null; }
  const char* name() const { return data_ ? data_->name : ""; }
  const char* value() const { return data_ ? data_->value : ""; }
  std::string_view name_text() const {
    return data_ ? std::string_view(data_->name, data_->name_size) : std::string_view();
  }
  std::string_view value_text() const {
    return data_ ? std::string_view(data_->value, data_->value_size) : std::string_view();
  }
  Word word() const { return data_ ? data_->word : Word(0); }
  /// Where it begins in the text that was parsed. Units: bytes
  std::uint32_t offset() const { return data_ ? data_->offset : 0; }
  const void* identity() const { return data_; }

  Node parent() const { return Node(data_ ? data_->parent : nullptr); }
  Node first_child() const { return Node(data_ ? data_->first_child : nullptr); }
  Node last_child() const { return Node(data_ ? data_->last_child : nullptr); }
  Node next_sibling() const { return Node(data_ ? data_->next : nullptr); }
  Node previous_sibling() const { return Node(data_ ? data_->previous : nullptr); }
  Attribute first_attribute() const { return Attribute(data_ ? data_->first_attribute : nullptr); }

  Node next_sibling(std::string_view name) const {
    Node node = next_sibling();
    while (node && node.name_text() != name) node = node.next_sibling();
    return node;
  }
  Node previous_sibling(std::string_view name) const {
    Node node = previous_sibling();
    while (node && node.name_text() != name) node = node.previous_sibling();
    return node;
  }
  Node child(std::string_view name) const {
    Node node = first_child();
    while (node && node.name_text() != name) node = node.next_sibling();
    return node;
  }
  Attribute attribute(std::string_view name) const {
    Attribute attribute = first_attribute();
    while (attribute && attribute.name_text() != name) attribute = attribute.next_attribute();
    return attribute;
  }
  /// The first text directly inside.
  const char* child_value() const {
    for (Node node = first_child(); node; node = node.next_sibling())
      if (node.type() == node_pcdata || node.type() == node_cdata) return node.value();
    return "";
  }
  const char* child_value(std::string_view name) const { return child(name).child_value(); }
  auto children() const {
    return Chain<Node, static_cast<Node (Node::*)() const>(&Node::next_sibling)>(first_child());
  }
  auto attributes() const {
    return Chain<Attribute, &Attribute::next_attribute>(first_attribute());
  }

 private:
  const NodeData* data_ = nullptr;
};

/// Parses one record after the other into the same memory. What it is given has mostly been checked
/// to be well-formed already; other text is refused or read as far as it goes, safely.
class Tree {
 public:
  Tree();
  ~Tree();
  Tree(Tree&&) noexcept;
  Tree& operator=(Tree&&) noexcept;

  /// Forgets the former record. White space between elements is left out, but a text of white space
  /// alone is kept. False when `text` holds no whole element.
  bool parse(std::string_view text);
  /// Whether `xmlns=` stands somewhere: only then can a name without a prefix be foreign.
  bool declares_default() const;
  Node document() const;
  Node document_element() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace austral::validation
