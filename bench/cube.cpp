// Measures the cube over a register: build, memory, sums, filters, counts and pages.
#include "review/cube.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include "store/schema.hpp"

using namespace austral;
using registry::Dimension;

namespace {

double milliseconds(const std::function<void()>& work) {
  const auto began = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began)
      .count();
}

/// The median of several runs.
void measure(const std::string& name, const std::function<std::size_t()>& work, int runs = 9) {
  std::vector<double> times;
  std::size_t found = 0;
  for (int i = 0; i < runs; ++i) times.push_back(milliseconds([&] { found = work(); }));
  std::sort(times.begin(), times.end());
  std::printf("%-58s %9.2f ms  (%zu)\n", name.c_str(), times[times.size() / 2], found);
}

/// Units: bytes. `name` is a line of the kernel's account of this process.
std::size_t resident(const std::string& name) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with(name + ":"))
      return std::strtoull(line.c_str() + name.size() + 1, nullptr, 10) * 1024;
  return 0;
}

void measure_groups(const review::Cube& cube, const std::string& provider) {
  const auto group = [&](const std::vector<std::string>& by,
                         const std::vector<registry::Filter>& filters) {
    std::string name = filters.empty() ? "all:" : filters.front().value + ":";
    for (const auto& one : by) name += " " + one;
    measure(name, [&] {
      review::CubeQuestion question;
      question.by = by;
      question.filters = filters;
      return cube.group(question).rows.size();
    });
  };
  const std::vector<std::vector<std::string>> all = {
      {},
      {"year"},
      {"provider", "recipient"},
      {"provider", "recipient", "year"},
      {"recipient", "framework", "year"},
      {"recipient", "sector", "year"},
      {"provider", "goal", "year"},
      {"provider.development", "recipient.economic-community", "year"}};
  for (const auto& by : all) {
    group(by, {});
    group(by, {{Dimension::provider, provider}});
  }
  group({"recipient", "year"}, {{Dimension::category, "140"}});
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) {
    std::fprintf(stderr, "usage: bench_cube REGISTER\n");
    return 2;
  }
  const auto database = store::open_register(arguments[1], store::Access::read_only);
  std::shared_ptr<const review::Cube> cube;
  const auto before = resident("VmRSS");
  std::printf("build %.2f s\n",
              milliseconds([&] { cube = review::Cube::build(*database); }) / 1000);
  std::printf("%zu initiatives, %zu contributions, revision %lld\n", cube->size(),
              cube->contributions(), static_cast<long long>(cube->revision()));
  std::printf("memory: own account %.1f MB, resident %.1f MB of which %.1f MB before, peak %.1f\n",
              double(cube->memory()) / 1e6, double(resident("VmRSS")) / 1e6, double(before) / 1e6,
              double(resident("VmHWM")) / 1e6);
  const auto all = cube->select({});
  const auto providers = cube->count(all, Dimension::provider, 1);
  const std::string provider = providers.empty() ? "BR" : providers.front().value;
  measure_groups(*cube, provider);
  measure("select provider, since", [&] {
    return cube->select({{Dimension::provider, provider}, {Dimension::since, "2015"}}).count();
  });
  measure("select recipient_in ldc", [&] {
    return cube->select({{Dimension::recipient_in, "ldc"}}).count();
  });
  for (const auto dimension : {Dimension::recipient, Dimension::category, Dimension::goal,
                               Dimension::year, Dimension::publisher, Dimension::recipient_in})
    measure(std::string("count all by ") + boost::describe::enum_to_string(dimension, ""),
            [&] { return cube->count(all, dimension).size(); });
  for (const char* sort : {"start", "disbursed_usd"})
    measure(std::string("first 50 of all by ") + sort,
            [&] { return cube->list(all, sort, true, 0, 50).size(); });
}
