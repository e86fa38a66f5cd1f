// Answers a question for sums: several threads scan a share of the initiatives each, and their
// tables are put together.
#include <sched.h>

#include <algorithm>
#include <exception>
#include <thread>

#include "review/cube_plan.hpp"

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

struct Partial {
  Tally tally;
  Cell total;
  std::exception_ptr failure;
};

std::vector<Partial> scan_shares(const Plan& plan, const std::vector<std::size_t>& places) {
  std::vector<Partial> partials;
  for (std::size_t i = 1; i < places.size(); ++i) partials.push_back({Tally(plan.keys), {}, {}});
  const auto run = [&](std::size_t i) {
    try {
      scan(plan, places[i], places[i + 1], partials[i].tally, partials[i].total);
    } catch (...) {
      partials[i].failure = std::current_exception();
    }
  };
  std::vector<std::thread> threads;
  for (std::size_t i = 1; i < partials.size(); ++i) threads.emplace_back(run, i);
  run(0);
  for (auto& thread : threads) thread.join();
  for (const auto& partial : partials)
    if (partial.failure) std::rethrow_exception(partial.failure);
  return partials;
}

CubeSums to_sums(const Cell& cell) {
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
  auto partials = scan_shares(plan, divide(*columns_, threads));
  auto& first = partials.front();
  for (std::size_t i = 1; i < partials.size(); ++i) {
    first.total.add(partials[i].total);
    for (const auto& cell : partials[i].tally.cells()) first.tally.at(cell.key).add(cell);
  }
  auto& cells = first.tally.cells();
  std::sort(cells.begin(), cells.end(),
            [](const Cell& left, const Cell& right) { return left.key < right.key; });
  CubeAnswer answer;
  answer.revision = columns_->revision;
  answer.total = to_sums(first.total);
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
