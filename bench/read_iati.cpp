// Measures how fast IATI files are split, and split and read, on one core: MB of XML a second.
#include <fmt/core.h>

#include <chrono>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "standards/bytes.hpp"
#include "standards/format.hpp"
#include "standards/iati/split.hpp"

namespace {

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

int main(int count, char** words) {
  if (count < 2) {
    fmt::print("usage: bench_read_iati FILE...\n");
    return 2;
  }
  const std::vector<std::string> files(words + 1, words + count);
  double split_seconds = 0, read_seconds = 0;
  std::uint64_t split_bytes = 0, read_bytes = 0, records = 0, contributions = 0, findings = 0;
  for (const auto& file : files) {
    auto start = std::chrono::steady_clock::now();
    austral::standards::Bytes bytes(file);
    austral::iati::Splitter splitter(bytes);
    while (bytes.next_document()) {
      splitter.reset();
      austral::iati::Piece piece;
      while (splitter.next(piece)) split_bytes += piece.text.size();
    }
    split_seconds += seconds_since(start);

    start = std::chrono::steady_clock::now();
    const auto& format = austral::standards::get_format("iati");
    const auto reader = format.open(file);
    austral::standards::Fragment fragment;
    while (reader->next(fragment)) {
      const auto reading = format.read(fragment);
      ++records;
      contributions += reading.record.contributions.size();
      findings += reading.findings.size();
      read_bytes += fragment.text.size();
    }
    read_seconds += seconds_since(start);
  }
  fmt::print("split  {:8.1f} MB/s  ({:.1f} MB)\n", double(split_bytes) / 1e6 / split_seconds,
             double(split_bytes) / 1e6);
  fmt::print("read   {:8.1f} MB/s  {:.2f} ms a MB; {} records, {} contributions, {} findings\n",
             double(read_bytes) / 1e6 / read_seconds, read_seconds * 1e9 / double(read_bytes),
             records, contributions, findings);
  return 0;
}
