// One table of slots for all places: a step is one look into it.
#include "standards/validation/paths_tree.hpp"

#include <algorithm>

#include "base/error.hpp"

namespace austral::validation {

PathTree::PathTree() : slots_(64) {}

void PathTree::put(const Slot& slot) {
  std::size_t at = slot_of(slot.parent, slot.name);
  while (slots_[at & (slots_.size() - 1)].place != none) ++at;
  slots_[at & (slots_.size() - 1)] = slot;
}

PathTree::Place PathTree::add(std::string_view path) {
  Place place = root;
  while (!path.empty()) {
    const std::string_view name = path.substr(0, path.find('/'));
    path.remove_prefix(std::min(name.size() + 1, path.size()));
    const Word word = find_word(name);
    if (!word) throw Error(Kind::invalid, "no IATI schema has <" + std::string(name) + ">");
    Place next = child(place, word);
    if (next == none) {
      next = static_cast<Place>(count_++);
      if (count_ * 4 > slots_.size()) {
        auto former = std::move(slots_);
        slots_.assign(former.size() * 2, Slot());
        for (const auto& slot : former)
          if (slot.place != none) put(slot);
      }
      put({place, word, next});
    }
    place = next;
  }
  return place;
}

}  // namespace austral::validation
