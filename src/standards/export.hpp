// The doors out: each format that records leave the register in is one row of THE TABLE, written by
// the same three steps.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.hpp"
#include "registry/initiative_store.hpp"
#include "registry/record.hpp"
#include "store/database.hpp"

namespace austral::standards {

/// Which records leave, where a format judges them.
enum class Kept {
  every,     ///< also what was published with faults
  valid,     ///< those without critical faults: the file passes as valid
  faultless  ///< those without critical faults and errors
};

/// What a file that leaves the register says of itself, and what goes into it.
struct ExportHead {
  std::string title;
  std::string licence;
  std::string source;
  std::string query;      ///< what was asked, in words; never empty
  std::string query_url;  ///< the same as an address; empty from the command line
  std::int64_t revision = 0;
  std::string date;  ///< of the revision, `YYYY-MM-DDThh:mm:ssZ`: the same register, the same bytes
  std::string language = "en";  ///< of names and headings
  std::string publisher;        ///< only this one's records; empty: everybody's
  Kept kept = Kept::every;
};

/// A record on its way out, with what the register knows beside it.
struct Outgoing {
  const registry::Record& record;
  std::string_view source;  ///< as published; empty for a record that never had one
  std::string_view format;  ///< of `source`, as kept: `iati-2.03`
  const registry::InitiativeLine* initiative = nullptr;  ///< it belongs to; null: organisation file
  bool counted = true;                                   ///< enters totals
};

/// Writes one file from front to end, in memory that does not grow with it.
class Writer {
 public:
  virtual ~Writer() = default;
  /// Appends what stands before the first record.
  virtual void begin(const ExportHead& head, std::string& out) = 0;
  /// Appends one record. What the format has no place for, or asks for and the record lacks, is
  /// said in `findings`; their place is the record's identifier, put before by the caller.
  virtual void write(const Outgoing& one, std::string& out, Findings& findings) = 0;
  /// Appends what stands behind the last record.
  virtual void finish(std::string& out) = 0;
};

/// Which of an initiative's records a format takes.
enum class Taken {
  every,         ///< all records in force, as their publishers told them
  counted,       ///< those whose amounts enter totals, so that sums stay right
  organisations  ///< organisation files, chosen by their own keys
};

/// One row of THE TABLE (export_formats.cpp).
struct ExportFormat {
  std::string_view name;  ///< `iati`, for the command line and addresses
  std::string_view title;
  std::string_view extension;     ///< `xml`
  std::string_view content_type;  ///< for HTTP
  Taken taken = Taken::every;
  std::unique_ptr<Writer> (*open)();
  bool judged = false;  ///< each record by the format's own rules: ExportHead::kept counts
};

/// All formats that records leave in.
const std::vector<ExportFormat>& export_formats();
/// Null when there is none of that name.
const ExportFormat* find_export_format(std::string_view name);

/// The keys of the initiatives (of Taken::organisations: of the records) to export, in the order
/// wanted; asked once, inside the snapshot.
using KeyFinder = std::function<std::vector<std::int64_t>(store::Database&)>;

/// When a revision was written, for files that must not differ from one day to the next.
std::string date_of_revision(store::Database& database, std::int64_t revision);

/// What is told of an export while it goes on; called with every record that has findings.
using FindingSink = std::function<void(const Findings&)>;

/// A file on its way out: appends its next bytes; false when nothing follows (the last may have
/// been appended). Holds a snapshot of `database` until the last byte or until it dies; memory is
/// that of the keys and of one batch. Revision and date of `head` are filled in. Records of one
/// initiative follow one another, the leading one first.
std::function<bool(std::string& out)> export_records(std::shared_ptr<store::Database> database,
                                                     const ExportFormat& format, ExportHead head,
                                                     const KeyFinder& find_keys,
                                                     FindingSink on_findings = {});

}  // namespace austral::standards
