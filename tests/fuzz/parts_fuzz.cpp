// Makes a workbook of parts that are separated by a line `%%NAME`, so that what is inside an
// archive is fuzzed and not its checksums: XLSX or ODS.
#include "sheet_bytes.hpp"
#include "standards/sheet/zip_stream.hpp"

using namespace austral::sheet;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  ZipStream zip;
  int parts = 0;
  while (text.size() > 3 && parts < 12) {
    if (!text.starts_with("%%")) return 0;
    const auto line = text.find('\n');
    if (line == std::string_view::npos) return 0;
    const std::string name(text.substr(2, line - 2));
    const auto next = text.find("\n%%", line);
    zip.open(name);
    zip.write(text.substr(line + 1, next == std::string_view::npos ? next : next - line - 1));
    zip.close();
    ++parts;
    if (next == std::string_view::npos) break;
    text.remove_prefix(next + 1);
  }
  zip.finish();
  const std::string bytes = zip.take();
  read_all(path_of_bytes(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()));
  return 0;
}
