// Judges one element and all below it by a schema; what it finds goes to its owner's faults.
#pragma once

#include <string>
#include <string_view>

#include "standards/validation/schema.hpp"
#include "standards/validation/validation.hpp"

namespace austral::validation {

/// One walk over a subject (or a stranger beside the subjects) by one schema.
class ShapeWalk {
 public:
  ShapeWalk(const Subject& subject, const Schema& schema, Faults& faults);

  /// The element has this type.
  void check(Node node, const Type& type);
  /// The element belongs to another namespace: only what the standard knows inside it is judged.
  void check_foreign(Node node);
  /// The attributes of the element alone.
  void check_attributes(Node node, const Type& type);
  /// Whether the element's name belongs to another namespace.
  bool is_foreign(Node node) const;

 private:
  struct Child {
    Node node;
    std::size_t slot;  // no_slot: no place for it at all
  };
  static constexpr std::size_t no_slot = ~std::size_t{0};

  void check_inside(Node node, const Type& type);
  bool check_sequence(Node node, const Type& type);
  bool may_step_back(const Type& type, std::size_t at) const;
  bool check_choice(Node node, const Type& type);
  void check_text(Node node, const Type& type);
  void check_simple(Node node, const Type& type);
  void check_anything(Node node);
  void check_foreign_attribute(Node node, Attribute attribute);
  bool fits(const Slot& slot, Node node) const;
  std::size_t find_slot(const Type& type, Node node, std::size_t from, std::size_t to) const;
  std::string_view find_namespace(Node node, std::string_view prefix) const;
  std::string_view find_default(Node node) const;
  bool is_declaration(std::string_view name) const;
  bool is_foreign_name(Node node, std::string_view name, bool attribute) const;

  // What to say (shape_words.cpp).
  void explain_sequence(Node node, const Type& type);
  void step_back(const Type& type, std::vector<std::size_t>& slots) const;
  void explain_stray(Node child, Node node, const Type& type);
  void say_missing(Node node, const Type& type, std::size_t slot);
  void say_too_many(Node child, Node node, const Slot& slot);
  void say_misplaced(Node child, Node node, const Type& type, std::size_t slot);
  void say_unknown_attribute(Node node, const Type& type, std::string_view name,
                             std::string_view value);
  void say_missing_attribute(Node node, const AttributeRule& rule);
  void say_bad_attribute(Node node, const AttributeRule& rule, std::string_view value);
  void say_bad_text(Node node, Lexical type, std::string_view text);
  void say_text(Node text, Node node, const Type& type);
  void say(Node node, std::string_view attribute, std::string message, std::string remedy,
           std::string_view found);

  const Subject& subject_;
  const Schema& schema_;
  Faults& faults_;
  std::size_t said_ = 0;                    // faults, listed or not
  mutable Node known_parent_;               // whose namespace of names without a prefix is known
  mutable std::string_view known_default_;  // that namespace
  bool plain_ = true;                       // no name without a prefix belongs to a namespace
};

}  // namespace austral::validation
