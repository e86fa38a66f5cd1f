// Sheets through the one door: rows become fragments, fragments become records by their mapping.
#pragma once

#include <memory>
#include <string>

#include "standards/format.hpp"
#include "standards/import.hpp"
#include "standards/mapping/known.hpp"

namespace austral::mapping {

/// The rows of a workbook by a mapping; rows of one initiative come together where it says so.
/// Throws: as sheet::open_workbook().
std::unique_ptr<standards::Reader> open_rows(const std::string& path, KnownMapping known,
                                             const std::string& only_sheet = {},
                                             const sheet::WorkbookOptions& options = {});

/// For THE TABLE of formats: a kept row again, by the edition that read it.
standards::Reading read_fragment(const standards::Fragment& fragment);
bool recognise_nothing(std::string_view first_bytes);
/// Throws: Error::invalid: a sheet needs a mapping beside it.
std::unique_ptr<standards::Reader> refuse_to_open(const std::string& path);

/// What to import, and how it is to be read.
struct SheetImport {
  std::string mapping;  ///< a name or a file; empty: the one that fits
  std::string sheet;    ///< empty: those that the mapping names
  sheet::WorkbookOptions workbook;
};
/// The mapping that fits a file's headers wholly. Throws: Error::invalid naming what is nearest and
/// how to make one.
KnownMapping choose_mapping(store::Database* database, const std::string& path,
                            const SheetImport& how);
/// Keeps the mapping in the register, then imports the file by it.
standards::ImportedFile import_sheet(store::Database& database, const std::string& path,
                                     const KnownMapping& known, const SheetImport& how,
                                     standards::ImportOptions options);

}  // namespace austral::mapping
