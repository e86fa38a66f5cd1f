// The elements that some rule names, as a tree of numbers to walk beside the document.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "standards/validation/tree.hpp"

namespace austral::validation {

/// One number a path of element names; built once, then only read.
class PathTree {
 public:
  using Place = std::uint16_t;
  static constexpr Place root = 0;       ///< above every path
  static constexpr Place none = 0xffff;  ///< an element that no path names

  PathTree();
  /// The place of `iati-activity/transaction/sector`, made where there is none.
  /// Throws: Error::invalid for a name that no schema has.
  Place add(std::string_view path);
  /// The place of a child by the number of its name, or `none`.
  Place child(Place parent, Word name) const {
    for (std::size_t at = slot_of(parent, name);; ++at) {
      const Slot& slot = slots_[at & (slots_.size() - 1)];
      if (slot.place == none) return none;
      if (slot.parent == parent && slot.name == name) return slot.place;
    }
  }
  std::size_t size() const { return count_; }

 private:
  struct Slot {
    Place parent = none;
    Word name = 0;
    Place place = none;
  };
  static std::size_t slot_of(Place parent, Word name) {
    return ((std::uint32_t{parent} << 16 | name) * 0x9E3779B1u) >> 16;
  }
  void put(const Slot& slot);

  std::vector<Slot> slots_;
  std::size_t count_ = 1;
};

}  // namespace austral::validation
