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

void split_modalities(Facts& facts) {
  const auto several = [&](const Trait& trait) { return trait.modalities.size() > 1; };
  if (std::none_of(facts.traits.begin(), facts.traits.end(), several)) return;
  std::vector<std::vector<std::uint32_t>> single(facts.traits.size());
  for (std::size_t n = 0, size = facts.traits.size(); n < size; ++n) {
    if (!several(facts.traits[n])) continue;
    const Trait whole = facts.traits[n];
    for (const auto& modality : whole.modalities) {
      single[n].push_back(std::uint32_t(facts.traits.size()));
      facts.traits.push_back(whole);
      facts.traits.back().modalities = {modality};
    }
  }
  std::vector<Fact> rows;
  rows.reserve(facts.rows.size());
  for (const auto& fact : facts.rows) {
    const auto& traits = single[fact.trait];
    if (traits.empty()) {
      rows.push_back(fact);
      continue;
    }
    const auto parts = split_by_weights(fact.amount, std::vector<Decimal>(traits.size(), {1, 0}));
    for (std::size_t n = 0; n < traits.size(); ++n) {
      rows.push_back(fact);
      rows.back().trait = traits[n];
      rows.back().amount = parts[n];
    }
  }
  facts.rows = std::move(rows);
}

}  // namespace austral::measurement
