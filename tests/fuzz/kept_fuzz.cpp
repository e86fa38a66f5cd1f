// Reads any text as a kept source of each format: a register's row may be anything.
#include "sheet_bytes.hpp"
#include "standards/format.hpp"
#include "standards/mapping/apply.hpp"
#include "standards/mapping/known.hpp"

using namespace austral;

/// Texts name an edition by its digest: `@` stands for one, so that they get beyond that.
static std::string with_digest(std::string text) {
  static const std::string digest = mapping::shipped_mappings().front().digest;
  for (auto at = text.find("\"@\""); at != std::string::npos; at = text.find("\"@\""))
    text.replace(at + 1, 1, digest);
  return text;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text = with_digest(std::string(reinterpret_cast<const char*>(data), size));
  for (const auto& format : standards::formats()) {
    standards::Fragment fragment;
    fragment.text = text;
    fragment.format = std::string(format.name) + "-2.03";
    try {
      const auto reading = format.read(fragment);
      if (!reading.usable && reading.findings.empty()) std::abort();
    } catch (const Error&) {
    }
  }
  // As a file: those formats that have a door of their own; the IATI door has a target of its own.
  const auto path = sheet::path_of_bytes(data, size);
  for (const auto& format : standards::formats()) {
    if (format.name == "iati") continue;
    try {
      const auto reader = format.open(path);
      standards::Fragment fragment;
      for (int i = 0; i < 500 && reader->next(fragment); ++i) {
        const auto reading = format.read(fragment);
        const auto again = standards::read_source(fragment.format, fragment.text);
        if (again.record.identifier != reading.record.identifier) std::abort();
        fragment = {};
      }
      if (reader->damaged() && reader->findings().empty()) std::abort();
    } catch (const Error&) {
    }
  }
  return 0;
}
