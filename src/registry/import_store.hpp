// What was imported, from whom, and what was found: files, publishers, findings.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.hpp"
#include "registry/initiative_store.hpp"
#include "store/database.hpp"

namespace austral::registry {

struct ImportLine {
  std::int64_t key = 0;
  std::string name, format, damage;
  std::int64_t started = 0,
               finished = 0;  ///< Units: milliseconds since 1970; finished 0: broken off
  std::int64_t bytes = 0, read = 0, added = 0, changed = 0, unchanged = 0, findings = 0;
};
/// Newest first; limit 0: all.
std::vector<ImportLine> list_imports(store::Database& database, std::int64_t limit);

struct PublisherLine {
  std::string publisher, updated;
  std::int64_t records = 0, versions = 0, initiatives = 0, not_counted = 0, imported = 0;
  std::int64_t errors = 0, warnings = 0;
};
std::vector<PublisherLine> list_publishers(store::Database& database);

/// Equal rules counted together, with one place and message as example.
struct FindingGroup {
  Severity severity = Severity::remark;
  std::string rule, place, message;
  std::int64_t count = 0;
};
/// import_file 0: of all files; most severe and most frequent first.
std::vector<FindingGroup> group_findings(store::Database& database, std::int64_t import_file = 0);

struct FindingLine {
  Finding finding;
  std::int64_t record = 0;
  std::string identifier, file;
};
/// Which findings; empty members do not restrict.
struct FindingQuestion {
  std::string rule;
  std::optional<Severity> severity;
  std::int64_t import_file = 0, record = 0;
  std::optional<Filter> about;  ///< in records of the initiatives that have this facet
  std::int64_t offset = 0;
  std::int64_t limit = 0;  ///< 0: all
};
/// Most severe first. `total` counts all that fit, whatever the limit.
std::vector<FindingLine> list_findings(store::Database& database, const FindingQuestion& question,
                                       std::int64_t* total = nullptr);

/// The findings of one severity in the records of one initiative.
struct FindingCount {
  std::int64_t initiative = 0;
  Severity severity{};
  std::int64_t findings = 0;
};
std::vector<FindingCount> count_findings(store::Database& database);

/// The size of the register in its own words.
struct RegisterSize {
  std::int64_t initiatives = 0, records = 0, versions = 0, organizations = 0, publishers = 0,
               contributions = 0, findings = 0, files = 0, countries = 0, first_year = 0,
               last_year = 0;
};
RegisterSize measure_register(store::Database& database);

}  // namespace austral::registry
