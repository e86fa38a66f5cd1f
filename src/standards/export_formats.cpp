// THE TABLE of formats that records leave the register in.
#include "standards/crs/export.hpp"
#include "standards/export.hpp"
#include "standards/geojson/geojson.hpp"
#include "standards/tossd/export.hpp"
#include "standards/validation/judged_writer.hpp"

namespace austral::standards {

const std::vector<ExportFormat>& export_formats() {
  static const std::vector<ExportFormat> table = {
      {"iati", "IATI activities, version 2.03", "xml", "application/xml", Taken::every,
       &validation::open_judged_activities, true},
      {"iati-organisations", "IATI organisation files, version 2.03", "xml", "application/xml",
       Taken::organisations, &validation::open_judged_organisations, true},
      {"geojson", "Places of initiatives on a map (RFC 7946)", "geojson", "application/geo+json",
       Taken::counted, &geojson::open_writer},
      {"tossd", "TOSSD activity file", "csv", "text/csv; charset=utf-8; header=present",
       Taken::every, &tossd::open_writer},
      {"crs", "CRS activity file of the OECD", "txt", "text/plain; charset=utf-8", Taken::every,
       &crs::open_writer},
  };
  return table;
}

const ExportFormat* find_export_format(std::string_view name) {
  for (const auto& format : export_formats())
    if (format.name == name) return &format;
  return nullptr;
}

}  // namespace austral::standards
