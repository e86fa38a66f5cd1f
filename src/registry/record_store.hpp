// Saves records in bulk and reads them back: versions kept, nothing overwritten, every write in the
// journal.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.hpp"
#include "registry/initiative.hpp"
#include "registry/record.hpp"
#include "store/database.hpp"

namespace austral::registry {

/// A record ready to be saved: everything that needs no database, made by many threads at once.
struct PreparedRecord {
  std::string publisher, identifier, kind, updated;
  std::string format;    ///< `iati-2.03`
  std::string place;     ///< where it stood: `line 120`
  Digest source_digest;  ///< of the source text with its format
  Digest body_digest;    ///< of the mapped fields
  std::string content;   ///< compressed: the source text, then the Record as JSON
  std::size_t source_bytes = 0;
  std::vector<Reference> references;
  Assembly assembly;  ///< of this record alone
  std::vector<OrganizationName> organizations;
  Findings findings;
};

/// Names what a source says: its text and format. What stands in the format behind an `@`, such as
/// the mapping by which a sheet was read, is kept and told, and makes no new version by itself.
Digest digest_of_source(std::string_view format, std::string_view source);

/// Checks, assembles, hashes and compresses a record. Pure.
PreparedRecord prepare(Record record, std::string_view source, std::string format,
                       std::string place, Findings findings);

/// What became of a record that was given to a Saving.
enum class Outcome {
  added,
  changed,  ///< a newer version: in force now, the older one kept
  unchanged,
  older,    ///< an older version than the one in force: kept beside it
  repeated  ///< its identifier stood in this file before: kept as a version, the first stays in
            ///< force
};

/// What an import did with one file.
struct ImportCounts {
  std::int64_t read = 0, added = 0, changed = 0, unchanged = 0, findings = 0;
};

/// One file being imported, in writes of a few thousand records: each is whole, and a stop in
/// between loses nothing that was committed.
class Saving {
 public:
  /// `who` goes into the journal; `name` and `bytes` describe the file.
  Saving(store::Database& database, std::string who, std::string name, std::string format,
         std::int64_t bytes);
  ~Saving();
  Saving(const Saving&) = delete;
  Saving& operator=(const Saving&) = delete;

  /// Takes a record; it is written with its batch.
  void save(PreparedRecord record);
  /// Counts a record that was read but cannot be registered; its findings say why.
  void pass_over();
  /// A finding about the file as a whole.
  void add_finding(Finding finding);
  /// Ends the file: writes what is left and the counts. `damage` says where the file broke off, or
  /// is empty.
  ImportCounts finish(const std::string& damage);

 private:
  struct Batch;
  std::unique_ptr<Batch> batch_;
};

/// A version of a record as it is kept.
struct KeptVersion {
  std::int64_t record = 0;
  std::int64_t version = 0;
  bool in_force = false;
  std::string publisher, identifier, format, updated, place, file;
  std::int64_t imported = 0;  ///< Units: milliseconds since 1970
  bool counted = true;
  std::string standing;  ///< why it is counted, or not
};

/// The two texts that a version's content holds. Throws: Error::invalid for damaged content.
struct KeptTexts {
  std::string source;  ///< as published
  std::string body;    ///< the Record as JSON
};
KeptTexts unpack_content(std::string_view content, std::int64_t source_bytes);

/// The record's mapped fields in a version; 0 is the one in force. Throws: Error::not_found.
Record get_record(store::Database& database, std::int64_t key, std::int64_t version = 0);
/// The source text as published. Throws: Error::not_found.
std::string get_source(store::Database& database, std::int64_t key, std::int64_t version = 0);
/// All versions of a record, newest first.
std::vector<KeptVersion> list_versions(store::Database& database, std::int64_t key);
/// Keys of the records with an identifier, of any publisher.
std::vector<std::int64_t> find_records(store::Database& database, std::string_view identifier);

}  // namespace austral::registry
