// One table of slots for all places: a step costs one pass over the name and one comparison.
#include "standards/validation/paths_tree.hpp"

#include <cstring>

#include "base/error.hpp"

namespace austral::validation {
namespace {

constexpr std::uint64_t factor = 0x100000001b3u;

std::uint64_t start_of(PathTree::Place parent) {
  return (0xcbf29ce484222325u ^ parent) * 0x9e3779b97f4a7c15u;
}

std::uint64_t key_of(PathTree::Place parent, std::string_view name) {
  std::uint64_t key = start_of(parent);
  for (const char c : name) key = (key ^ static_cast<unsigned char>(c)) * factor;
  return key;
}

std::size_t slot_of(std::uint64_t key, std::size_t slots) { return (key >> 20) & (slots - 1); }

}  // namespace

PathTree::PathTree() : names_(1), parents_(1, none), slots_(64) {}

void PathTree::grow() {
  std::vector<Slot> larger(slots_.size() * 2);
  for (const auto& slot : slots_) {
    if (slot.place == none) continue;
    std::size_t at = slot_of(slot.key, larger.size());
    while (larger[at].place != none) at = (at + 1) & (larger.size() - 1);
    larger[at] = slot;
  }
  slots_ = std::move(larger);
}

PathTree::Place PathTree::add_child(Place parent, std::string_view name) {
  const std::string terminated(name);
  if (const Place known = child(parent, terminated.c_str()); known != none) return known;
  AUSTRAL_ASSERT(names_.size() < none);
  if (names_.size() * 4 > slots_.size()) grow();
  const auto place = static_cast<Place>(names_.size());
  names_.push_back(terminated);
  parents_.push_back(parent);
  const std::uint64_t key = key_of(parent, name);
  std::size_t at = slot_of(key, slots_.size());
  while (slots_[at].place != none) at = (at + 1) & (slots_.size() - 1);
  slots_[at] = {key, place};
  return place;
}

PathTree::Place PathTree::add(std::string_view path) {
  Place place = root;
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/'), path.size());
    place = add_child(place, path.substr(0, end));
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return place;
}

PathTree::Place PathTree::child(Place parent, const char* name) const {
  std::uint64_t key = start_of(parent);
  for (const char* c = name; *c; ++c) key = (key ^ static_cast<unsigned char>(*c)) * factor;
  std::size_t at = slot_of(key, slots_.size());
  for (; slots_[at].place != none; at = (at + 1) & (slots_.size() - 1)) {
    if (slots_[at].key != key) continue;
    const Place place = slots_[at].place;
    if (parents_[place] == parent && names_[place] == name) return place;
  }
  return none;
}

}  // namespace austral::validation
