// Feeds any bytes to the reader of delimited text: no crash, no hang, the same in any blocks.
#include <algorithm>
#include <cstring>

#include "sheet_bytes.hpp"
#include "standards/sheet/delimited.hpp"

using namespace austral::sheet;

static std::vector<std::vector<std::string>> cut(std::string_view text, char separator,
                                                 std::size_t block) {
  RecordCutter cutter(
      [text, block](char* out, std::size_t capacity) mutable {
        const std::size_t size = std::min({capacity, text.size(), block});
        std::memcpy(out, text.data(), size);
        text.remove_prefix(size);
        return size;
      },
      separator);
  std::vector<std::vector<std::string>> out;
  for (std::vector<PlainCell> cells; cutter.next(cells);) {
    out.emplace_back();
    for (const auto& cell : cells) out.back().emplace_back(cell.text);
  }
  return out;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const char separator : {',', ';', '\t', '"', ' '}) {
    const auto whole = cut(text, separator, text.size() + 1);
    if (cut(text, separator, 1) != whole || cut(text, separator, 7) != whole) std::abort();
  }
  // Text alone; archives and workbooks have targets of their own.
  if (size > 2 && data[0] == 'P' && data[1] == 'K') return 0;
  read_all(path_of_bytes(data, size));
  return 0;
}
