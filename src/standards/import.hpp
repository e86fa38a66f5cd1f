// The one door in: files of any known format, read by several threads, checked and saved in order.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "registry/record_store.hpp"
#include "standards/format.hpp"
#include "store/database.hpp"

namespace austral::standards {

/// What happened to one file.
struct ImportedFile {
  std::string name;
  std::string format;
  registry::ImportCounts counts;
  std::string damage;       ///< where and why the file broke off; empty for a whole file
  std::uint64_t bytes = 0;  ///< of the file on disk
  std::int64_t milliseconds = 0;
};

/// How to import.
struct ImportOptions {
  std::string format;    ///< name of a format, or empty to recognise it
  std::string who;       ///< for the journal
  std::shared_ptr<Reader> reader;  ///< instead of the one that the format opens
  bool take_sheet = false;         ///< of forms: conflicts are decided for the sheet
  unsigned workers = 0;  ///< 0: as many as there are cores
  std::function<void(std::uint64_t bytes_read)> on_progress;
};

/// Imports one file. Data that is wrong becomes findings and `damage`, never an exception.
/// Throws: Error when the file cannot be opened or is of no known format, or the register cannot be
/// written.
ImportedFile import_file(store::Database& database, const std::string& path,
                         const ImportOptions& options);

}  // namespace austral::standards
