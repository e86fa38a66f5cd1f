// Puts initiatives where neighbours are alike: what is read and added to for one of them is still
// near for the next.
#include <algorithm>
#include <numeric>

#include "review/cube_bundles.hpp"

namespace austral::review {
namespace {

using registry::Dimension;

/// Where each list of a column stands in the order of its values.
std::vector<std::uint32_t> rank_lists(const Mixes& mixes) {
  std::vector<std::uint32_t> order(mixes.size()), ranks(mixes.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](std::uint32_t left, std::uint32_t right) {
    return std::lexicographical_compare(mixes.begin(left), mixes.end(left), mixes.begin(right),
                                        mixes.end(right));
  });
  for (std::uint32_t i = 0; i < order.size(); ++i) ranks[order[i]] = i;
  return ranks;
}

/// By recipients, then by sectors, then as they stand.
std::vector<std::uint32_t> find_order(const Cube::Columns& columns) {
  const auto& recipients = columns.facet(Dimension::recipient);
  const auto& categories = columns.facet(Dimension::category);
  const auto by_recipient = rank_lists(recipients.mixes),
             by_category = rank_lists(categories.mixes);
  std::vector<std::pair<std::uint64_t, std::uint32_t>> all(columns.keys.size());
  for (std::uint32_t i = 0; i < all.size(); ++i)
    all[i] = {std::uint64_t(by_recipient[recipients.of[i]]) << 32 | by_category[categories.of[i]],
              i};
  std::sort(all.begin(), all.end());
  std::vector<std::uint32_t> order(all.size());
  for (std::size_t i = 0; i < all.size(); ++i) order[i] = all[i].second;
  return order;
}

template <class Column>
void put_in_order(Column& column, const std::vector<std::uint32_t>& order) {
  Column ordered;
  ordered.reserve(order.size());
  for (const auto at : order) ordered.push_back(column[at]);
  column = std::move(ordered);
}

}  // namespace

void order_initiatives(Cube::Columns& columns) {
  auto order = find_order(columns);
  for (auto& facet : columns.facets)
    if (facet.of.size() > 0) put_in_order(facet.of, order);
  for (auto* column : {&columns.records, &columns.began, &columns.sectors.of, &columns.goals.of})
    put_in_order(*column, order);
  for (auto* column : {&columns.budgeted, &columns.committed, &columns.disbursed})
    put_in_order(*column, order);
  for (auto* column : {&columns.start, &columns.end, &columns.updated})
    put_in_order(*column, order);
  columns.keys.shrink_to_fit();
  columns.places.resize(order.size());
  for (std::uint32_t place = 0; place < order.size(); ++place) columns.places[order[place]] = place;
  columns.turns = std::move(order);
}

}  // namespace austral::review
