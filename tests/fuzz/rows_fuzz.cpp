// Feeds any bytes to the doors of TOSSD and CRS: no crash, and a record gives back rows that make
// the same record.
#include "base/json.hpp"
#include "sheet_bytes.hpp"
#include "standards/crs/activity.hpp"
#include "standards/crs/crs.hpp"
#include "standards/tossd/activity.hpp"
#include "standards/tossd/tossd.hpp"

using namespace austral;

/// Reads a file's records; stops the program where one does not come back from its own rows.
template <class ToActivities, class ReadActivity, class ToRecord>
static void read_file(const std::string& path,
                      std::unique_ptr<standards::Reader> (*open)(const std::string&),
                      standards::Reading (*read)(const standards::Fragment&),
                      ToActivities to_activities, ReadActivity read_activity, ToRecord to_record) {
  try {
    const auto reader = open(path);
    standards::Fragment fragment;
    for (int i = 0; i < 500 && reader->next(fragment); ++i) {
      const auto reading = read(fragment);
      if (!reading.usable && reading.findings.empty()) std::abort();
      for (const auto& finding : reading.findings)
        if (!is_valid_utf8(finding.message)) std::abort();
      fragment = {};
      if (!reading.usable || reading.record.kind == "aggregate") continue;
      auto rows = to_activities(reading.record);
      if (rows.empty()) std::abort();
      Findings ignored;
      for (auto& row : rows) row = read_activity(std::move(row.line), ignored);
      if (to_json(to_record(rows, ignored)) != to_json(reading.record)) std::abort();
    }
    if (reader->damaged() && reader->findings().empty()) std::abort();
  } catch (const Error&) {
  }
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // Text alone; archives and workbooks have targets of their own.
  if (size > 2 && data[0] == 'P' && data[1] == 'K') return 0;
  const auto path = sheet::path_of_bytes(data, size);
  read_file(path, &tossd::open, &tossd::read, &tossd::to_activities, &tossd::read_activity,
            &tossd::to_record);
  read_file(path, &crs::open, &crs::read, &crs::to_activities, &crs::read_activity,
            &crs::to_record);
  return 0;
}
