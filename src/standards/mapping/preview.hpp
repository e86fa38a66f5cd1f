// What an import by a mapping would make, without a register: the first records, every problem by
// cell, and where every row went.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/table.hpp"
#include "registry/record.hpp"
#include "standards/mapping/known.hpp"

namespace austral::mapping {

struct PreviewOptions {
  std::string sheet;                ///< empty: those that the mapping names
  std::size_t most_records = 20;    ///< that are shown
  std::size_t most_problems = 500;  ///< that are listed one by one; all are counted
};

/// Problems of one rule, told by one of them.
struct ProblemGroup {
  Finding first;
  std::uint64_t count = 0;
};

struct Preview {
  std::vector<registry::Record> records;  ///< the first ones
  Findings problems;                      ///< one by one: their place is a cell
  std::vector<ProblemGroup> groups;       ///< all, by rule, most severe and frequent first
  std::uint64_t rows = 0, initiatives = 0, contributions = 0;
  std::vector<std::string> rows_told;  ///< one sentence a sheet: where its rows went
  bool damaged = false;
};

/// Reads the whole file. Throws: as sheet::open_workbook(), and Error::invalid for a sheet that
/// lacks.
Preview make_preview(const std::string& path, const KnownMapping& known,
                     const PreviewOptions& options = {},
                     const sheet::WorkbookOptions& workbook = {});
/// One row a record: what a person checks at a glance.
Table list_preview(const Preview& preview, const std::string& language);
/// One row a problem: severity, cell, message.
Table list_problems(const Preview& preview);

/// One row a mapping: name, title, origin, digest, source.
Table list_mappings(const std::vector<KnownMapping>& known);
/// One row a field of THE TABLE, with some headers by which it is known.
Table list_fields();

}  // namespace austral::mapping
