// Small words for reading pugixml's tree: names as numbers to switch over, texts, attributes.
#pragma once

#include <cstdint>
#include <pugixml.hpp>
#include <string_view>

namespace austral::iati {

/// A name as a number (FNV-1a), so that a switch can tell elements apart.
constexpr std::uint64_t word(std::string_view name) {
  std::uint64_t hash = 0xcbf29ce484222325u;
  for (const char c : name) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001b3u;
  }
  return hash;
}

inline std::string_view trimmed(std::string_view text) {
  const auto space = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
  while (!text.empty() && space(text.front())) text.remove_prefix(1);
  while (!text.empty() && space(text.back())) text.remove_suffix(1);
  return text;
}

/// The elements inside a node, in order.
template <class Visit>
void each_element(pugi::xml_node node, Visit visit) {
  for (auto child = node.first_child(); child; child = child.next_sibling())
    if (child.type() == pugi::node_element) visit(child);
}

}  // namespace austral::iati
