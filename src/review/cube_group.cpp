// Answers a question for sums: several threads scan a share of the initiatives each, and their
// tables are put together.
#include <sched.h>

#include <algorithm>
#include <exception>
#include <numeric>
#include <thread>

#include "review/cube_quick.hpp"

namespace austral::review {
namespace {

constexpr unsigned most_threads = 8;
constexpr std::size_t worth_a_thread = 100'000;  // contributions

unsigned usable_cores() {
  cpu_set_t cores;
  if (sched_getaffinity(0, sizeof cores, &cores) == 0) return unsigned(CPU_COUNT(&cores));
  return std::max(1u, std::thread::hardware_concurrency());
}

/// Places that divide initiatives so that each share has about as many contributions.
std::vector<std::size_t> divide(const Cube::Columns& columns, std::size_t shares) {
  std::vector<std::size_t> places = {0};
  const auto& first = columns.first_bundle;
  for (std::size_t i = 1; i < shares; ++i) {
    const auto wanted = std::uint32_t(std::uint64_t(first.back()) * i / shares);
    const auto place =
        std::size_t(std::lower_bound(first.begin(), first.end() - 1, wanted) - first.begin());
    places.push_back(std::max(places.back(), place));
  }
  places.push_back(columns.keys.size());
  return places;
}

/// Runs `work` for each share on a thread of its own.
template <class Work>
void run_shares(std::size_t shares, const Work& work) {
  std::vector<std::exception_ptr> failures(shares);
  const auto run = [&](std::size_t i) {
    try {
      work(i);
    } catch (...) {
      failures[i] = std::current_exception();
    }
  };
  std::vector<std::thread> threads;
  for (std::size_t i = 1; i < shares; ++i) threads.emplace_back(run, i);
  run(0);
  for (auto& thread : threads) thread.join();
  for (const auto& failure : failures)
    if (failure) std::rethrow_exception(failure);
}

/// Groups ascending by their keys, and what all add up to.
struct Groups {
  std::vector<TallyCell> cells;
  TallyCell total;
};

CubeSums to_sums(const TallyCell& cell) {
  CubeSums sums;
  sums.initiatives = cell.initiatives;
  sums.records = cell.records;
  sums.contributions = cell.contributions;
  sums.unpriced = cell.unpriced;
  const auto cents = [&](Measure measure) {
    return cell.priced >> unsigned(measure) & 1 ? std::optional(cell.cents[unsigned(measure)])
                                                : std::nullopt;
  };
  sums.budgeted_cents = cents(Measure::budgeted);
  sums.committed_cents = cents(Measure::committed);
  sums.disbursed_cents = cents(Measure::disbursed);
  sums.pledged_cents = cents(Measure::pledged);
  return sums;
}

/// The values of a group, as places in the texts of each dimension.
CubeValues values_of(const Plan& plan, const std::shared_ptr<const CubeValues::Texts>& texts,
                     std::uint64_t key) {
  std::array<std::uint32_t, 4> places = {};
  for (std::size_t n = 0; n < plan.groups.size(); ++n) {
    places[n] = std::uint32_t(key / plan.groups[n].stride);
    key %= plan.groups[n].stride;
  }
  return {texts, places};
}

Groups scan_shares(const Plan& plan, const std::vector<std::size_t>& places) {
  struct Partial {
    Tally tally;
    TallyCell total;
  };
  std::vector<Partial> partials;
  for (std::size_t i = 1; i < places.size(); ++i) partials.push_back({Tally(plan.keys), {}});
  run_shares(partials.size(), [&](std::size_t i) {
    scan(plan, places[i], places[i + 1], partials[i].tally, partials[i].total);
  });
  auto& first = partials.front();
  for (std::size_t i = 1; i < partials.size(); ++i) {
    first.total.add(partials[i].total);
    for (const auto& cell : partials[i].tally.cells()) first.tally.at(cell.key).add(cell);
  }
  auto& cells = first.tally.cells();
  std::sort(cells.begin(), cells.end(),
            [](const TallyCell& left, const TallyCell& right) { return left.key < right.key; });
  return {std::move(cells), first.total};
}

/// Nothing where sums might not fit: then the slow way finds out.
bool answer_quickly(const Plan& plan, const std::vector<std::size_t>& places,
                    const std::shared_ptr<const CubeValues::Texts>& texts, CubeAnswer& answer) {
  std::vector<QuickTable> tables;
  const auto shares = places.size() - 1;
  for (std::size_t i = 0; i < shares; ++i) tables.emplace_back(plan.keys);
  run_shares(shares,
             [&](std::size_t i) { scan_quickly(plan, places[i], places[i + 1], tables[i]); });
  auto& all = tables.front();
  const auto key_at = [&](std::size_t share) { return plan.keys * share / shares; };
  for (std::size_t i = 1; i < shares; ++i) all.merge_total(tables[i]);
  if (all.magnitude() >> 63 != 0) return false;
  answer.total = to_sums(all.total());
  if (plan.groups.empty()) return true;
  std::vector<std::vector<std::uint32_t>> keys(shares);
  run_shares(shares, [&](std::size_t i) {
    for (std::size_t k = 1; k < shares; ++k) all.merge(tables[k], key_at(i), key_at(i + 1));
    keys[i] = all.list_keys(key_at(i), key_at(i + 1));
  });
  std::vector<std::size_t> rows = {0};
  for (const auto& some : keys) rows.push_back(rows.back() + some.size());
  answer.rows.reserve(rows.back());
  wish_large_pages(answer.rows.data(), rows.back() * sizeof(CubeRow));
  answer.rows.resize(rows.back());
  run_shares(shares, [&](std::size_t i) {
    // Counted apart, or the threads would wait for one another at each row.
    const auto holder = std::make_shared<std::shared_ptr<const CubeValues::Texts>>(texts);
    const std::shared_ptr<const CubeValues::Texts> own(holder, texts.get());
    auto row = answer.rows.begin() + std::ptrdiff_t(rows[i]);
    for (const auto key : keys[i]) *row++ = {values_of(plan, own, key), to_sums(all.at(key))};
  });
  return true;
}

}  // namespace

CubeAnswer Cube::group(const CubeQuestion& question) const {
  Plan plan = make_plan(*columns_, question);
  const auto useful = std::max<std::size_t>(1, contributions() / worth_a_thread);
  const auto threads =
      question.threads ? std::size_t(question.threads)
                       : std::min({useful, std::size_t(most_threads), std::size_t(usable_cores())});
  const auto places = divide(*columns_, threads);
  CubeAnswer answer;
  answer.revision = columns_->revision;
  const auto texts = std::make_shared<CubeValues::Texts>();
  for (auto& group : plan.groups) texts->push_back(std::move(group.values));
  if (is_quick(plan) && answer_quickly(plan, places, texts, answer)) return answer;
  const auto [cells, total] = scan_shares(plan, places);
  answer.total = to_sums(total);
  answer.rows.reserve(cells.size());
  for (const auto& cell : cells)
    answer.rows.push_back({values_of(plan, texts, cell.key), to_sums(cell)});
  return answer;
}

}  // namespace austral::review
