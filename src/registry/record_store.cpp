// SQL of records and their versions; the bulk path of every import.
#include "registry/record_store.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "base/compress.hpp"
#include "base/date.hpp"
#include "base/json.hpp"
#include "base/key.hpp"
#include "registry/check.hpp"
#include "registry/initiative_store.hpp"
#include "registry/organization_store.hpp"
#include "store/journal.hpp"
#include "store/schema.hpp"

namespace austral::registry {
namespace {

using store::Bytes;
using store::Value;

constexpr std::size_t batch_records = 512;
constexpr std::size_t batch_bytes = 8 << 20;     // compressed; bounds what waits in memory
constexpr std::int64_t commit_bytes = 64 << 20;  // of source text; bounds the write-ahead log
// A tenth larger than level 1, and a twentieth of an import faster.
constexpr int content_level = -1;
constexpr std::size_t most_content_bytes = std::size_t(1) << 30;

Digest digest_of_version(const PreparedRecord& record) {
  return Digester().add(record.source_digest.view()).add(record.body_digest.view()).finish();
}

/// What the register holds under a record's publisher, identifier and kind.
struct Held {
  std::int64_t key = 0, version = 0, versions = 0, initiative = 0, import_file = 0;
  std::string digest, source_digest, body_digest, updated;
};

/// A publisher's sum over activities stands beside them and is counted nowhere.
bool is_aggregate(const PreparedRecord& record) { return record.kind == "aggregate"; }

std::string_view standing_of(const PreparedRecord& record) {
  return is_aggregate(record) ? "aggregate" : "only record";
}

/// Date-times of sources differ in zone and fraction; day and time of day decide.
bool is_older(std::string_view incoming, std::string_view held) {
  if (incoming.empty() || held.empty()) return false;
  return incoming.substr(0, 19) < held.substr(0, 19);
}

}  // namespace

Digest digest_of_source(std::string_view format, std::string_view source) {
  return Digester().add(format.substr(0, format.find('@'))).add(source).finish();
}

PreparedRecord prepare(Record record, std::string_view source, std::string format,
                       std::string place, Findings findings) {
  PreparedRecord prepared;
  prepared.publisher = record.publisher;
  prepared.identifier = record.identifier;
  prepared.kind = record.kind;
  prepared.updated = record.updated;
  prepared.place = std::move(place);
  prepared.source_digest = digest_of_source(format, source);
  prepared.format = std::move(format);
  prepared.source_bytes = source.size();
  std::string content;  // in one frame, since the body's texts stand in the source
  content.reserve(source.size() * 2);
  content.append(source);
  append_json(content, record);
  prepared.body_digest = digest_of(std::string_view(content).substr(source.size()));
  prepared.content = compress(content, content_level);
  prepared.findings = std::move(findings);
  for (auto& finding : check(record)) prepared.findings.push_back(std::move(finding));
  if (record.kind == "activity") {
    prepared.assembly = assemble({{0, &record, true}});
    for (auto& finding : prepared.assembly.findings)
      prepared.findings.push_back(std::move(finding));
  }
  prepared.organizations = list_organizations(record);
  prepared.references = std::move(record.references);
  return prepared;
}

/// The counts and the damage as the journal keeps them.
struct FileState {
  std::string name, format, damage;
  std::int64_t bytes = 0, read = 0, added = 0, changed = 0, unchanged = 0, findings = 0;
};
BOOST_DESCRIBE_STRUCT(FileState, (),
                      (name, format, damage, bytes, read, added, changed, unchanged, findings))

/// The state of one file's import: what waits to be written, and what was met before.
struct Saving::Batch {
  Batch(store::Database& database_, std::string who, std::string name, std::string format,
        std::int64_t bytes)
      : database(database_), journal(database_, std::move(who)) {
    state.name = std::move(name);
    state.format = std::move(format);
    state.bytes = bytes;
    file = make_key();
    write.emplace(database);
    fresh = !store::find_integer(database, "SELECT 1 FROM record LIMIT 1");
    if (fresh) store::set_info(database, "codes", assembly_edition());
    database.run(
        "INSERT INTO import_file (key, name, format, started, bytes, read_count, new_count, "
        "changed_count, "
        "unchanged_count, finding_count, damage) VALUES ($1, $2, $3, $4, $5, 0, 0, 0, 0, 0, $6)",
        {file, std::string_view(state.name), std::string_view(state.format), now_milliseconds(),
         bytes, std::string_view("not finished")});
    journal.add({"import", file, "add", "", to_json(state)});
  }

  // One prepared record with what was decided about it.
  struct Waiting {
    PreparedRecord record;
    Outcome outcome = Outcome::added;
    std::int64_t key = 0, version = 1, initiative = 0;
    std::string before, digest, standing;
  };

  void take(PreparedRecord record);
  Outcome decide(Waiting& waiting);
  std::optional<Held> find_held(const PreparedRecord& record);
  bool holds_version(std::int64_t key, const Digest& source);
  void flush();
  void commit();
  void append_records();
  void append_versions();
  void append_references();
  void append_initiatives();
  void append_findings();
  void supersede(const Waiting& waiting);

  store::Database& database;
  store::Journal journal;
  std::optional<store::Write> write;
  FileState state;
  std::int64_t file = 0, finding_n = 0, uncommitted_bytes = 0;
  std::size_t waiting_bytes = 0;
  bool fresh = false;  // nothing was registered when the file began: no look-ups needed
  std::vector<Waiting> waiting;
  Findings file_findings;
  std::unordered_set<std::string> seen;  // 16-byte names of what this file held so far
  OrganizationNames organizations;
};

std::optional<Held> Saving::Batch::find_held(const PreparedRecord& record) {
  std::optional<Held> held;
  database.read(
      "SELECT r.key, r.version, r.initiative, r.digest, r.updated, v.source_digest, v.body_digest, "
      "(SELECT max(l.version) FROM record_version l WHERE l.record = r.key), "
      "(SELECT max(l.import_file) FROM record_version l WHERE l.record = r.key) "
      "FROM record r JOIN record_version v ON v.record = r.key AND v.version = r.version "
      "WHERE r.publisher = $1 AND r.identifier = $2 AND r.kind = $3",
      {std::string_view(record.publisher), std::string_view(record.identifier),
       std::string_view(record.kind)},
      [&](const store::Row& row) {
        held = Held{row.integer(0),
                    row.integer(1),
                    row.integer(7),
                    row.integer(2),
                    row.integer(8),
                    std::string(row.bytes(3)),
                    std::string(row.bytes(5)),
                    std::string(row.bytes(6)),
                    std::string(row.text(4))};
        return false;
      });
  return held;
}

bool Saving::Batch::holds_version(std::int64_t key, const Digest& source) {
  return store::find_integer(
             database,
             "SELECT 1 FROM record_version WHERE record = $1 AND source_digest = $2 LIMIT 1",
             {key, Bytes{source.view()}})
      .has_value();
}

/// Decides what becomes of a record; sets key, version and before.
Outcome Saving::Batch::decide(Waiting& one) {
  const auto& record = one.record;
  const auto name =
      Digester().add(record.publisher).add(record.identifier).add(record.kind).finish();
  const bool met_before = !seen.insert(std::string(name.view().substr(0, 16))).second;
  if (met_before) flush();
  const auto held = fresh && !met_before ? std::nullopt : find_held(record);
  if (!held) {
    one.key = make_key();
    one.initiative = record.kind == "activity" ? one.key : 0;
    return Outcome::added;
  }
  one.key = held->key;
  one.initiative = held->initiative;
  one.before = held->digest;
  one.version = held->versions + 1;
  const bool same_source = held->source_digest == record.source_digest.view();
  if (same_source && held->body_digest == record.body_digest.view()) return Outcome::unchanged;
  if (!same_source && holds_version(held->key, record.source_digest) &&
      (met_before || !is_older(held->updated, record.updated)))
    return Outcome::unchanged;
  if (met_before) return Outcome::repeated;
  return is_older(record.updated, held->updated) ? Outcome::older : Outcome::changed;
}

void Saving::Batch::take(PreparedRecord record) {
  ++state.read;
  const auto found = std::int64_t(record.findings.size());
  uncommitted_bytes += std::int64_t(record.source_bytes);
  Waiting one;
  one.record = std::move(record);
  one.outcome = decide(one);
  one.digest = std::string(digest_of_version(one.record).view());
  auto& findings = one.record.findings;
  switch (one.outcome) {
    case Outcome::added: ++state.added; break;
    case Outcome::changed: ++state.changed; break;
    case Outcome::unchanged:
      ++state.unchanged;
      state.findings += found;  // known since the file that brought the record
      return;
    case Outcome::older:
      ++state.unchanged;
      findings = {{Severity::remark, "record.older", one.record.place,
                   "the register holds a newer version of " + one.record.identifier +
                       "; this one is kept beside it"}};
      break;
    case Outcome::repeated:
      ++state.unchanged;
      findings = {
          {Severity::error, "record.repeated", one.record.place,
           "the identifier " + one.record.identifier +
               " stood in this file before; the first stays in force, this one is kept beside it: "
               "give each activity its own identifier"}};
      break;
  }
  state.findings += std::int64_t(findings.size());
  waiting_bytes += one.record.content.size();
  waiting.push_back(std::move(one));
  if (waiting.size() >= batch_records || waiting_bytes >= batch_bytes) flush();
  if (uncommitted_bytes >= commit_bytes) commit();
}

/// Takes the older version's derived rows away and puts the newer one in force; it stands alone
/// until the links are drawn again.
void Saving::Batch::supersede(const Waiting& one) {
  database.run(
      "UPDATE record SET version = $1, digest = $2, updated = $3, counted = $4, standing = $5, "
      "initiative = $6 WHERE key = $7",
      {one.version, Bytes{one.digest}, std::string_view(one.record.updated),
       std::int64_t(!is_aggregate(one.record)), standing_of(one.record),
       one.initiative == 0 ? std::int64_t(0) : one.key, one.key});
  database.run("DELETE FROM reference WHERE record = $1", {one.key});
  database.run("DELETE FROM finding WHERE record = $1", {one.key});
  if (one.initiative != 0) remove_initiative(database, one.initiative);
}

void Saving::Batch::append_records() {
  std::vector<Value> cells;
  for (const auto& one : waiting) {
    if (one.outcome != Outcome::added) continue;
    const auto& record = one.record;
    cells.insert(cells.end(),
                 {one.key, std::string_view(record.publisher), std::string_view(record.identifier),
                  std::string_view(record.kind), one.version, Bytes{one.digest},
                  std::string_view(record.updated), one.initiative,
                  std::int64_t(!is_aggregate(record)), standing_of(record)});
  }
  database.append("record",
                  {"key", "publisher", "identifier", "kind", "version", "digest", "updated",
                   "initiative", "counted", "standing"},
                  cells);
}

void Saving::Batch::append_versions() {
  std::vector<Value> cells;
  const std::int64_t now = now_milliseconds();
  for (const auto& one : waiting) {
    const auto& record = one.record;
    cells.insert(cells.end(), {one.key, one.version, file, now, std::string_view(record.format),
                               std::string_view(record.updated), Bytes{record.source_digest.view()},
                               Bytes{record.body_digest.view()}, std::int64_t(record.source_bytes),
                               Bytes{record.content}, std::string_view(record.place)});
  }
  database.append("record_version",
                  {"record", "version", "import_file", "imported", "format", "updated",
                   "source_digest", "body_digest", "source_bytes", "content", "place"},
                  cells);
}

void Saving::Batch::append_references() {
  std::vector<Value> cells;
  for (const auto& one : waiting) {
    if (one.outcome != Outcome::added && one.outcome != Outcome::changed) continue;
    std::int64_t n = 0;
    for (const auto& reference : one.record.references)
      if (!reference.identifier.empty())
        cells.insert(
            cells.end(),
            {one.key, n++, std::string_view(boost::describe::enum_to_string(reference.kind, "?")),
             std::string_view(reference.identifier)});
  }
  database.append("reference", {"record", "n", "kind", "identifier"}, cells);
}

void Saving::Batch::append_initiatives() {
  InitiativeRows rows;
  for (auto& one : waiting) {
    if (one.outcome != Outcome::added && one.outcome != Outcome::changed) continue;
    if (one.initiative == 0) continue;
    one.record.assembly.members.front().key = one.key;
    rows.add(one.key, one.key, one.record.assembly);
  }
  rows.append_to(database);
}

void Saving::Batch::append_findings() {
  std::vector<Value> cells;
  const auto add = [&](std::int64_t record, const Finding& finding) {
    cells.insert(cells.end(), {file, finding_n++, record, std::int64_t(finding.severity),
                               std::string_view(finding.rule), std::string_view(finding.place),
                               std::string_view(finding.message)});
  };
  for (const auto& finding : file_findings) add(0, finding);
  for (const auto& one : waiting)
    for (const auto& finding : one.record.findings) add(one.key, finding);
  database.append("finding", {"import_file", "n", "record", "severity", "rule", "place", "message"},
                  cells);
}

void Saving::Batch::flush() {
  for (const auto& one : waiting)
    if (one.outcome == Outcome::changed) supersede(one);
  append_records();
  append_versions();
  append_references();
  append_initiatives();
  append_findings();
  for (const auto& one : waiting) organizations.add(database, one.record.organizations);
  organizations.flush(database);
  for (const auto& one : waiting) {
    const char* action = one.outcome == Outcome::added     ? "add"
                         : one.outcome == Outcome::changed ? "change"
                                                           : "keep";
    journal.add({"record", one.key, action, one.before, one.digest});
  }
  waiting.clear();
  file_findings.clear();
  waiting_bytes = 0;
}

void Saving::Batch::commit() {
  flush();
  journal.flush();
  const auto revision = store::revision_of(database);
  write->commit();
  uncommitted_bytes = 0;
  journal.reset();
  write.emplace(database);
  fresh =
      fresh && store::revision_of(database) == revision;  // another writer may have come between
}

Saving::Saving(store::Database& database, std::string who, std::string name, std::string format,
               std::int64_t bytes)
    : batch_(std::make_unique<Batch>(database, std::move(who), std::move(name), std::move(format),
                                     bytes)) {}

Saving::~Saving() = default;

void Saving::save(PreparedRecord record) { batch_->take(std::move(record)); }

void Saving::pass_over() { ++batch_->state.read; }

void Saving::add_finding(Finding finding) {
  ++batch_->state.findings;
  batch_->file_findings.push_back(std::move(finding));
}

ImportCounts Saving::finish(const std::string& damage) {
  auto& batch = *batch_;
  batch.flush();
  auto& state = batch.state;
  state.damage = damage;
  batch.database.run(
      "UPDATE import_file SET finished = $1, read_count = $2, new_count = $3, changed_count = $4, "
      "unchanged_count = $5, finding_count = $6, damage = $7, format = $8 WHERE key = $9",
      {now_milliseconds(), state.read, state.added, state.changed, state.unchanged, state.findings,
       std::string_view(state.damage), std::string_view(state.format), batch.file});
  batch.journal.add({"import", batch.file, "change", "", to_json(state)});
  batch.journal.flush();
  batch.write->commit();
  batch.write.reset();
  return {state.read, state.added, state.changed, state.unchanged, state.findings};
}

KeptTexts unpack_content(std::string_view content, std::int64_t source_bytes) {
  KeptTexts texts;
  texts.source = decompress(content, most_content_bytes);
  if (source_bytes < 0 || std::size_t(source_bytes) > texts.source.size())
    throw Error(Kind::invalid, "a version's content is shorter than its source text");
  texts.body = texts.source.substr(std::size_t(source_bytes));
  texts.source.resize(std::size_t(source_bytes));
  return texts;
}

namespace {

KeptTexts get_texts(store::Database& database, std::int64_t key, std::int64_t version) {
  std::optional<KeptTexts> texts;
  database.read(
      "SELECT v.content, v.source_bytes FROM record_version v JOIN record r ON r.key = v.record "
      "WHERE r.key = $1 AND v.version = CASE WHEN $2 = 0 THEN r.version ELSE $2 END",
      {key, version}, [&](const store::Row& row) {
        texts = unpack_content(row.bytes(0), row.integer(1));
        return false;
      });
  if (!texts) throw Error(Kind::not_found, "the register has no such version of that record");
  return std::move(*texts);
}

}  // namespace

Record get_record(store::Database& database, std::int64_t key, std::int64_t version) {
  return from_json<Record>(get_texts(database, key, version).body);
}

std::string get_source(store::Database& database, std::int64_t key, std::int64_t version) {
  return get_texts(database, key, version).source;
}

std::vector<KeptVersion> list_versions(store::Database& database, std::int64_t key) {
  std::vector<KeptVersion> versions;
  database.read(
      "SELECT v.version, r.version, r.publisher, r.identifier, v.format, v.updated, v.place, "
      "f.name, v.imported, "
      "r.counted, r.standing FROM record_version v JOIN record r ON r.key = v.record "
      "JOIN import_file f ON f.key = v.import_file WHERE v.record = $1 ORDER BY v.version DESC",
      {key}, [&](const store::Row& row) {
        versions.push_back({key, row.integer(0), row.integer(0) == row.integer(1),
                            std::string(row.text(2)), std::string(row.text(3)),
                            std::string(row.text(4)), std::string(row.text(5)),
                            std::string(row.text(6)), std::string(row.text(7)), row.integer(8),
                            row.integer(9) != 0, std::string(row.text(10))});
        return true;
      });
  return versions;
}

std::vector<std::int64_t> find_records(store::Database& database, std::string_view identifier) {
  std::vector<std::int64_t> keys;
  database.read("SELECT key FROM record WHERE identifier = $1 ORDER BY key", {identifier},
                [&](const store::Row& row) {
                  keys.push_back(row.integer(0));
                  return true;
                });
  return keys;
}

}  // namespace austral::registry
