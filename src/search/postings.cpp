// Lists put together.
#include "search/postings.hpp"

#include <algorithm>
#include <utility>

namespace austral::search {
namespace {

std::uint8_t add_counts(unsigned left, unsigned right) {
  return std::uint8_t(std::min(most_counted, left + right));
}

/// Few: put in order.
void unite_few(const std::vector<SharedPostings>& lists, std::size_t most, Postings& all) {
  std::vector<std::pair<std::uint32_t, std::uint8_t>> pairs;
  pairs.reserve(most);
  for (const auto& list : lists)
    for (std::size_t i = 0; i < list->size(); ++i)
      pairs.emplace_back(list->documents[i], list->counts[i]);
  std::sort(pairs.begin(), pairs.end());
  all.documents.reserve(most);
  all.counts.reserve(most);
  for (const auto& [document, count] : pairs)
    if (!all.documents.empty() && all.documents.back() == document) {
      all.counts.back() = add_counts(all.counts.back(), count);
    } else {
      all.documents.push_back(document);
      all.counts.push_back(count);
    }
}

}  // namespace

std::size_t leap(const std::vector<std::uint32_t>& documents, std::size_t from,
                 std::uint32_t wanted) {
  std::size_t step = 1, to = from;
  while (to < documents.size() && documents[to] < wanted) {
    from = to + 1;
    to += step;
    step *= 2;
  }
  to = std::min(to, documents.size());
  return std::size_t(std::lower_bound(documents.begin() + std::ptrdiff_t(from),
                                      documents.begin() + std::ptrdiff_t(to), wanted) -
                     documents.begin());
}

SharedPostings unite(const std::vector<SharedPostings>& lists, std::size_t bound) {
  if (lists.size() == 1) return lists.front();
  auto all = std::make_shared<Postings>();
  std::size_t most = 0;
  bool any_dense = false;
  for (const auto& list : lists) {
    most += list->size();
    any_dense = any_dense || !list->dense.empty();
  }
  if (!any_dense && !are_dense(most, bound)) {
    unite_few(lists, most, *all);
    return all;
  }
  all->dense = make_dense(bound);
  auto* counts = all->dense.data();
  const auto add = [&](std::uint32_t document, std::uint8_t count) {
    all->held += counts[document] == 0;
    counts[document] = add_counts(counts[document], count);
  };
  for (const auto& list : lists) {
    if (!list->dense.empty()) {
      each_dense(list->dense, 0, list->dense.size(), add);
      continue;
    }
    for (std::size_t i = 0; i < list->documents.size(); ++i)
      add(list->documents[i], list->counts[i]);
  }
  return all;
}

}  // namespace austral::search
