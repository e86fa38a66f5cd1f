// Measures the questions that the peers of the cube are asked too, with the sums to compare.
#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "review/cube.hpp"
#include "store/schema.hpp"

namespace {

using namespace austral;

constexpr int rounds = 15;

/// Units: milliseconds; `processor` sums all threads and says what a busy machine hides.
struct Taken {
  double wall = 0, processor = 0;
};

/// Units: megabytes. `name` is a line of the kernel's account of this process.
long resident(const std::string& name) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with(name + ":")) return std::stol(line.substr(name.size() + 1)) / 1000;
  return 0;
}

template <class Work>
Taken time_of(const Work& work) {
  const auto start = std::chrono::steady_clock::now();
  const std::clock_t begun = std::clock();
  work();
  const std::chrono::duration<double, std::milli> wall = std::chrono::steady_clock::now() - start;
  return {wall.count(), 1000.0 * double(std::clock() - begun) / CLOCKS_PER_SEC};
}

double middle(std::vector<double> all) {
  std::sort(all.begin(), all.end());
  return all[all.size() / 2];
}

template <class Work>
Taken median_of(const Work& work) {
  std::vector<double> wall, processor;
  for (int i = 0; i < rounds; ++i) {
    const Taken taken = time_of(work);
    wall.push_back(taken.wall);
    processor.push_back(taken.processor);
  }
  return {middle(wall), middle(processor)};
}

void tell(const std::string& name, const Taken& taken, const std::string& more = {}) {
  fmt::print("Austral\t{}\t{:.1f}\t{:.1f}\t{}\n", name, taken.wall, taken.processor, more);
}

void ask(const review::Cube& cube, const std::string& name, const review::CubeQuestion& question) {
  review::CubeAnswer answer;
  const Taken taken = median_of([&] { answer = cube.group(question); });
  const auto& total = answer.total;
  tell(name, taken,
       fmt::format("({}, {}, {}, {}, {})", answer.rows.size(), total.contributions,
                   total.budgeted_cents.value_or(0), total.committed_cents.value_or(0),
                   total.disbursed_cents.value_or(0)));
}

/// Providers by how many contributions they bring, most first.
std::vector<std::string> list_providers(const review::Cube& cube) {
  auto rows = cube.group({{"provider"}, {}, {}, {}, {}, {}}).rows;
  std::stable_sort(rows.begin(), rows.end(), [](const auto& left, const auto& right) {
    return left.sums.contributions > right.sums.contributions;
  });
  std::vector<std::string> providers;
  for (const auto& row : rows)
    if (row.values[0].size() == 2) providers.push_back(row.values[0]);
  return providers;
}

}  // namespace

int main(int count, char** words) {
  if (count != 2) {
    fmt::print("usage: bench_cube_sums REGISTER\n");
    return 2;
  }
  const auto database = store::open_register(words[1], store::Access::read_only);
  std::shared_ptr<const review::Cube> cube;
  const Taken building = time_of([&] { cube = review::Cube::build(*database); });
  tell("build", building,
       fmt::format("{} initiatives, {} contributions, {} MB; the process {} MB, at most {} MB",
                   cube->size(), cube->contributions(), cube->memory() / 1'000'000,
                   resident("VmRSS"), resident("VmHWM")));
  const auto providers = list_providers(*cube);
  review::CubeQuestion question;
  question.by = {"recipient", "sector", "year"};
  ask(*cube, "all contributions", question);
  question.filters = {{registry::Dimension::provider, providers.front()}};
  ask(*cube, "largest provider", question);
  question.filters = {{registry::Dimension::provider, providers[providers.size() / 3]}};
  ask(*cube, "middle provider", question);

  const review::Selection all(cube->size(), true);
  tell("two facets of all", median_of([&] {
         cube->count(all, registry::Dimension::recipient, 20);
         cube->count(all, registry::Dimension::publisher, 20);
       }));
  for (const std::string sort : {"updated", "disbursed_usd", "title"}) {
    cube->list(all, sort, true, 0, 50, database.get());
    tell("first 50 of all by " + sort,
         median_of([&] { cube->list(all, sort, true, 0, 50, database.get()); }));
  }
  return 0;
}
