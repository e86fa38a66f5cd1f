// Answers a question for sums: several threads scan a share of the initiatives each, and their
// tables are put together.
#include <sched.h>

#include <algorithm>
#include <exception>
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
  const auto& first = columns.first;
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

Groups scan_shares_quickly(const Plan& plan, const std::vector<std::size_t>& places) {
  std::vector<QuickTable> tables;
  for (std::size_t i = 1; i < places.size(); ++i) tables.emplace_back(plan.keys);
  run_shares(tables.size(),
             [&](std::size_t i) { scan_quickly(plan, places[i], places[i + 1], tables[i]); });
  Groups groups;
  for (const auto& table : tables) table.add_to_total(groups.total);
  if (plan.groups.empty()) return groups;
  for (std::uint64_t key = 0; key < plan.keys; ++key) {
    TallyCell cell;
    cell.key = key;
    for (const auto& table : tables) table.add_to(key, cell);
    if (cell.initiatives != 0 || cell.contributions != 0) groups.cells.push_back(cell);
  }
  return groups;
}

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

}  // namespace

CubeAnswer Cube::group(const CubeQuestion& question) const {
  Plan plan = make_plan(*columns_, question);
  const auto useful = std::max<std::size_t>(1, contributions() / worth_a_thread);
  const auto threads =
      question.threads ? std::size_t(question.threads)
                       : std::min({useful, std::size_t(most_threads), std::size_t(usable_cores())});
  const auto places = divide(*columns_, threads);
  const auto [cells, total] =
      is_quick(plan) ? scan_shares_quickly(plan, places) : scan_shares(plan, places);
  CubeAnswer answer;
  answer.revision = columns_->revision;
  answer.total = to_sums(total);
  const auto texts = std::make_shared<CubeValues::Texts>();
  for (auto& group : plan.groups) texts->push_back(std::move(group.values));
  answer.rows.reserve(cells.size());
  for (const auto& cell : cells) {
    std::array<std::uint32_t, 4> places = {};
    auto rest = cell.key;
    for (std::size_t n = 0; n < plan.groups.size(); ++n) {
      places[n] = std::uint32_t(rest / plan.groups[n].stride);
      rest %= plan.groups[n].stride;
    }
    answer.rows.push_back({CubeValues(texts, places), to_sums(cell)});
  }
  return answer;
}

}  // namespace austral::review
