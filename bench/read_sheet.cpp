// Reads every sheet of the files named and says how many rows and cells a second that was.
#include <sys/resource.h>

#include <chrono>
#include <cstdio>

#include "standards/sheet/workbook.hpp"

int main(int count, char** names) {
  for (int i = 1; i < count; ++i) {
    const auto begun = std::chrono::steady_clock::now();
    const auto book = austral::sheet::open_workbook(names[i]);
    unsigned long long rows = 0, cells = 0;
    for (std::size_t sheet = 0; sheet < book->sheets().size(); ++sheet) {
      const auto reader = book->open(sheet);
      for (austral::sheet::SheetRow row; reader->next(row); ++rows) cells += row.cells.size();
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    std::printf("%s: %llu rows, %llu cells, %.2f s, %.0f rows/s, peak %ld MB\n", names[i], rows,
                cells, took.count(), double(rows) / took.count(), usage.ru_maxrss / 1024);
  }
}
