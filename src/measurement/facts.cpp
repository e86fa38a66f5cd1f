// Texts by number, and details by name.
#include "measurement/facts.hpp"

#include <algorithm>

namespace austral::measurement {

std::uint32_t Words::add(std::string_view text) {
  if (const auto known = find(text)) return *known;
  const auto number = std::uint32_t(texts_.size());
  numbers_.emplace(texts_.emplace_back(text), number);
  return number;
}

std::optional<std::uint32_t> Words::find(std::string_view text) const {
  const auto found = numbers_.find(text);
  if (found == numbers_.end()) return std::nullopt;
  return found->second;
}

std::string_view Trait::detail(std::string_view name) const {
  const auto found = std::find_if(details.begin(), details.end(),
                                  [&](const auto& one) { return one.first == name; });
  return found == details.end() ? std::string_view() : std::string_view(found->second);
}

}  // namespace austral::measurement
