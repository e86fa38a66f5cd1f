// Feeds any bytes to open_workbook(): archives, workbooks, old workbooks, JSON, text.
#include "sheet_bytes.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  austral::sheet::read_all(austral::sheet::path_of_bytes(data, size));
  return 0;
}
