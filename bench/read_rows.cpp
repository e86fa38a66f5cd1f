// Reads TOSSD and CRS files into records, without a register, and says how many MB a second.
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <filesystem>

#include "standards/format.hpp"

int main(int count, char** names) {
  for (int i = 1; i < count; ++i) {
    const auto begun = std::chrono::steady_clock::now();
    const auto& format = austral::standards::recognise_format(names[i]);
    const auto reader = format.open(names[i]);
    unsigned long long records = 0, findings = 0;
    for (austral::standards::Fragment fragment; reader->next(fragment); fragment = {}) {
      const auto reading = format.read(fragment);
      records += reading.usable;
      findings += reading.findings.size();
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const double size = double(std::filesystem::file_size(names[i])) / 1e6;
    std::printf("%s: %s, %.0f MB, %llu records, %llu findings, %.2f s, %.1f MB/s, peak %ld MB\n",
                names[i], std::string(format.name).c_str(), size, records, findings, took.count(),
                size / took.count(), usage.ru_maxrss / 1024);
  }
}
