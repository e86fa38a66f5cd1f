// The elements that some rule names, as a tree of numbers to walk beside the document.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace austral::validation {

/// One number a path of element names; built once, then only read.
class PathTree {
 public:
  using Place = std::uint16_t;
  static constexpr Place root = 0;     ///< above every path
  static constexpr Place none = 0xffff;  ///< an element that no path names

  PathTree();
  /// The place of `iati-activity/transaction/sector`, made where there is none.
  Place add(std::string_view path);
  /// The place of a child, or `none`. `name` ends with a zero byte.
  Place child(Place parent, const char* name) const;
  std::size_t size() const { return names_.size(); }

 private:
  struct Slot {
    std::uint64_t key = 0;
    Place place = none;
  };
  Place add_child(Place parent, std::string_view name);
  void grow();

  std::vector<std::string> names_;
  std::vector<Place> parents_;
  std::vector<Slot> slots_;
};

}  // namespace austral::validation
