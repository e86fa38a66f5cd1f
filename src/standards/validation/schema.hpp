// The IATI schemas of all versions as tables in memory: what may stand inside what.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "standards/validation/lexical.hpp"
#include "standards/validation/tree.hpp"

namespace austral::validation {

struct Type;

/// One attribute that an element may have.
struct AttributeRule {
  std::string name;
  Word word = 0;
  Lexical type = Lexical::string;
  bool required = false;
};

/// One kind of child at its place; `any` stands for elements of other namespaces.
struct Slot {
  static constexpr std::uint32_t unbounded = ~0u;

  std::string name;
  Word word = 0;
  const Type* type = nullptr;
  std::uint32_t low = 0;
  std::uint32_t high = unbounded;
  std::uint32_t position = 0;  ///< in a sequence
  bool any = false;
};

/// What an element may hold.
struct Type {
  enum class Content { nothing, sequence, choice, simple, anything };

  Content content = Content::nothing;
  bool mixed = false;              ///< text may stand between the elements
  bool needs_one = false;          ///< a choice that must not be empty
  bool other_namespaces = false;   ///< attributes of other namespaces may stand here
  Lexical text = Lexical::string;  ///< of `simple`
  std::vector<Slot> slots;         ///< of a sequence, in order
  std::vector<AttributeRule> attributes;
  std::uint32_t required = 0;  ///< how many attributes are
};

/// One version's schema of activity or organisation files.
class Schema {
 public:
  /// The type of an element that is declared at the top; none when there is no such element.
  const Type* find_element(std::string_view name) const;

 private:
  friend class SchemaTable;
  std::unordered_map<std::string, Type> types_;
  std::unordered_map<std::string, const Type*> elements_;
};

/// The schema of `2.03` (also of `1.0` and `1.00`: read as 1.01); none for an unknown version.
const Schema* find_schema(std::string_view version, bool organisations);

/// Whether the official validator judges this version: 2.01, 2.02 or 2.03.
bool is_supported(std::string_view version);

}  // namespace austral::validation
