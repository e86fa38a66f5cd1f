// Feeds any bytes to the IATI reader: no crash, no hang, and what was split must be readable XML.
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <string>

#include "standards/format.hpp"

/// A file in memory, so that no run touches the disk.
static std::string path_of_bytes(int& handle, const std::uint8_t* data, std::size_t size) {
  if (handle < 0) handle = ::memfd_create("iati", 0);
  if (handle < 0 || ::ftruncate(handle, 0) != 0) std::abort();
  if (::pwrite(handle, data, size, 0) != ssize_t(size)) std::abort();
  return "/proc/self/fd/" + std::to_string(handle);
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static int handle = -1;
  const std::string path = path_of_bytes(handle, data, size);
  const auto& format = austral::standards::get_format("iati");
  const auto reader = format.open(path);
  austral::standards::Fragment fragment;
  while (reader->next(fragment)) {
    const auto reading = format.read(fragment);
    // The splitter has checked the piece: the parser must not find it broken afterwards.
    for (const auto& finding : reading.findings)
      if (finding.rule == "xml.malformed") std::abort();
    const auto again = austral::standards::read_source(fragment.format, fragment.text);
    if (again.record.identifier != reading.record.identifier) std::abort();
  }
  if (reader->damaged() && reader->findings().empty()) std::abort();
  austral::standards::Fragment loose;  // a stored source may be anything
  loose.text.assign(reinterpret_cast<const char*>(data), size);
  loose.format = "iati-2.03";
  format.read(loose);
  return 0;
}
