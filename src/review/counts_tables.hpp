// What CubeCounts keeps beside its answers: whole counts, and who has money of whom.
#pragma once

#include <array>
#include <bit>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "review/counts.hpp"
#include "review/cube_columns.hpp"

namespace austral::review {

inline constexpr std::size_t room_for_counts = 16u << 20;  ///< Units: bytes

using Numbers = std::vector<std::uint32_t>;

inline std::size_t selection_bytes(const Selection& selection) {
  return selection.words().size() * 8;
}

template <class Use>
void each_place_of(const Selection& among, Use&& use) {
  const auto& words = among.words();
  for (std::size_t i = 0; i < words.size(); ++i)
    for (auto word = words[i]; word != 0; word &= word - 1)
      use(i * 64 + std::size_t(std::countr_zero(word)));
}

/// Dimensions that have a column of their own.
inline bool has_column(registry::Dimension dimension) {
  using registry::Dimension;
  switch (dimension) {
    case Dimension::none:
    case Dimension::sector_block:
    case Dimension::provider_in:
    case Dimension::recipient_in:
    case Dimension::since:
    case Dimension::until: return false;
    default: return true;
  }
}

/// Years narrow one another, so they are one choice.
inline bool is_of_years(registry::Dimension dimension) {
  using registry::Dimension;
  return dimension == Dimension::year || dimension == Dimension::since ||
         dimension == Dimension::until;
}

/// Tells filters from all others.
std::string name_filters(const std::vector<registry::Filter>& filters);

/// Initiatives by each value's number; `count` of them are among.
Numbers count_numbers(const FacetColumn& column, const Selection& among, std::size_t count);
Numbers count_numbers(const FacetColumn& column, const std::vector<std::uint32_t>& places);

struct CubeCounts::Tables {
  /// For each recipient of contributions, the initiatives that have one of it.
  struct Holders {
    Numbers first, places;

    explicit Holders(const Cube::Columns& columns)
        : first(columns.facet(registry::Dimension::recipient).names.size() + 1, 0) {
      const auto each = [&](auto&& use) {
        Numbers last(first.size(), 0);  // the place that had it last, and one
        for (std::uint32_t place = 0; place < columns.keys.size(); ++place)
          for (auto at = columns.first_bundle[place]; at < columns.first_bundle[place + 1]; ++at)
            if (const auto recipient = columns.occasion(at).recipient;
                std::exchange(last[recipient], place + 1) != place + 1)
              use(recipient, place);
      };
      each([&](std::uint32_t number, std::uint32_t) { ++first[number + 1]; });
      for (std::size_t i = 1; i < first.size(); ++i) first[i] += first[i - 1];
      places.resize(first.back());
      Numbers next(first.begin(), first.end() - 1);
      each([&](std::uint32_t number, std::uint32_t place) { places[next[number]++] = place; });
    }
  };

  std::once_flag received_made;
  std::unique_ptr<Holders> received;  ///< by recipient
  std::array<std::once_flag, facet_columns> whole_made;
  std::array<Numbers, facet_columns> whole;  ///< counts of all initiatives

  const Holders& get_received(const Cube::Columns& columns) {
    std::call_once(received_made, [&] { received = std::make_unique<Holders>(columns); });
    return *received;
  }
  const Numbers& get_whole(const Cube::Columns& columns, registry::Dimension dimension) {
    const auto number = std::size_t(dimension);
    std::call_once(whole_made[number], [&] {
      const auto size = columns.keys.size();
      whole[number] = count_numbers(columns.facets[number], Selection(size, true), size);
    });
    return whole[number];
  }
};

}  // namespace austral::review
