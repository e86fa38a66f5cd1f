// The page "Read a sheet": what its routes and its view share.
#pragma once

#include <memory>
#include <string>

#include "standards/mapping/preview.hpp"
#include "standards/mapping/reader.hpp"
#include "web/sheet_desk.hpp"
#include "web/sheet_form.hpp"
#include "web/site.hpp"

namespace austral::web {

/// Everything that the page of one sheet shows.
struct SheetWork {
  SheetReading reading;
  CorrectedMapping corrected;
  std::shared_ptr<const mapping::Preview> preview;  ///< nullptr while there are faults
  std::string trouble;  ///< why the file cannot be read, or read by this mapping
  /// The mapping is whole and was tried: it can be remembered and imported with.
  bool ready() const {
    return preview && corrected.faults.empty() && !corrected.placeholder && trouble.empty();
  }
};

/// How a file's tables are to be opened.
mapping::SheetImport sheet_import_of(const SheetReading& reading);
/// Reads a sheet, corrects its mapping and tries it. Throws: Error::unavailable when too many are
/// being read.
SheetWork work_on(const Site& site, DeskFile& file);
/// The page. `said` is what was just done.
Response show_sheet_work(const Site& site, const Request& request, const DeskFile& file,
                         const SheetWork& work, const std::string& said = "");

/// What the page is, and the form by which a sheet is sent.
Response show_sheet_start(const Site& site, const Request& request);
/// Adds all that stands behind /sheet.
void add_sheet_routes(Router& router, const std::shared_ptr<const Site>& site);

}  // namespace austral::web
