// Measures questions in words: top 20 ranked, and two facets over all matches, counted by the cube.
#include "search/search.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "review/explorer.hpp"
#include "store/schema.hpp"

namespace {

using namespace austral;

double milliseconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start)
      .count();
}

void tell(const std::string& kind, std::vector<double> times, std::size_t matches) {
  std::sort(times.begin(), times.end());
  const auto last = times.size() - 1;
  fmt::print("Austral\t{}\t{:.2f}\t{:.2f}\t{}\t{} matches a question\n", kind,
             times[times.size() / 2], times[std::min(last, times.size() * 99 / 100)], times.size(),
             matches / times.size());
}

/// Shape: questions by kind, from lines `KIND <tab> WORDS`.
std::map<std::string, std::vector<std::string>> read_questions(const char* path) {
  std::map<std::string, std::vector<std::string>> questions;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    const auto tab = line.find('\t');
    if (tab != std::string::npos) questions[line.substr(0, tab)].push_back(line.substr(tab + 1));
  }
  return questions;
}

void ask_ranked(const search::Index& index, const std::string& kind,
                const std::vector<std::string>& asked) {
  std::vector<double> times;
  std::size_t matches = 0;
  for (const auto& words : asked) {
    const auto start = std::chrono::steady_clock::now();
    matches += index.find({words, "en", 0, 20}).total;
    times.push_back(milliseconds_since(start));
  }
  tell(kind, std::move(times), matches);
}

/// As the list of initiatives asks: matches, then the counts of two facets.
void ask_facets(const std::shared_ptr<const search::Index>& index,
                const std::shared_ptr<review::CubeCounts>& counts,
                const std::vector<std::string>& asked) {
  std::vector<double> times;
  std::size_t matches = 0;
  for (const auto& words : asked) {
    const auto start = std::chrono::steady_clock::now();
    const auto found = review::explore(counts, index, {words, "en", {}});
    review::count_found(found, registry::Dimension::recipient, 20);
    review::count_found(found, registry::Dimension::publisher, 20);
    times.push_back(milliseconds_since(start));
    matches += found.size;
  }
  tell("facets", std::move(times), matches);
}

}  // namespace

int main(int count, char** words) {
  if (count != 4) {
    fmt::print("usage: bench_search REGISTER INDEX QUESTIONS.tsv\n");
    return 2;
  }
  const auto database = store::open_register(words[1], store::Access::read_only);
  const auto opened = std::chrono::steady_clock::now();
  const auto index = std::make_shared<const search::Index>(words[2]);
  fmt::print("opened in {:.0f} ms", milliseconds_since(opened));
  index->prepare();
  fmt::print(", prepared in {:.0f} ms\n", milliseconds_since(opened));
  const auto questions = read_questions(words[3]);
  for (const auto& [kind, asked] : questions) ask_ranked(*index, kind, asked);
  const auto common = questions.find("common");
  if (common == questions.end()) return 0;
  const auto counts = review::CubeCounts::make(review::Cube::build(*database, {}, false));
  counts->prepare(*database);  // as a site does before it answers
  ask_facets(index, counts, common->second);
  return 0;
}
