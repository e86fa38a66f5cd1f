// Walks the records of one snapshot batch by batch and hands them to a writer.
#include "standards/export.hpp"

#include <algorithm>
#include <unordered_map>

#include "base/date.hpp"
#include "base/json.hpp"
#include "registry/export_store.hpp"
#include "registry/fact_store.hpp"
#include "store/journal.hpp"

namespace austral::standards {
namespace {

constexpr std::size_t keys_a_batch = 64;

/// One export under way.
class RecordExport {
 public:
  RecordExport(std::shared_ptr<store::Database> database, const ExportFormat& format,
               ExportHead head, const KeyFinder& find_keys, FindingSink on_findings)
      : database_(std::move(database)),
        taken_(format.taken),
        head_(std::move(head)),
        writer_(format.open()),
        on_findings_(std::move(on_findings)) {
    database_->begin_reading();
    try {
      head_.revision = store::revision_of(*database_);
      head_.date = date_of_revision(*database_, head_.revision);
      keys_ = find_keys(*database_);
    } catch (...) {
      database_->roll_back();
      throw;
    }
  }
  RecordExport(const RecordExport&) = delete;
  RecordExport& operator=(const RecordExport&) = delete;
  ~RecordExport() { end(); }

  bool next(std::string& out) {
    if (!database_) return false;
    if (!begun_) {
      writer_->begin(head_, out);
      begun_ = true;
      return true;
    }
    if (place_ == keys_.size()) {
      writer_->finish(out);
      end();
      return false;
    }
    const auto to = std::min(keys_.size(), place_ + keys_a_batch);
    const std::vector<std::int64_t> some(keys_.begin() + std::ptrdiff_t(place_),
                                         keys_.begin() + std::ptrdiff_t(to));
    place_ = to;
    if (taken_ == Taken::organisations)
      write_organisations(some, out);
    else
      write_initiatives(some, out);
    return true;
  }

 private:
  void end() {
    if (!database_) return;
    database_->roll_back();
    database_.reset();
  }

  void write_organisations(const std::vector<std::int64_t>& keys, std::string& out) {
    for (const auto& kept : registry::list_records(*database_, keys)) write(kept, nullptr, out);
  }

  void write_initiatives(const std::vector<std::int64_t>& keys, std::string& out) {
    std::unordered_map<std::int64_t, std::vector<registry::KeptRecord>> by_initiative;
    for (auto& kept : registry::list_records_of(*database_, keys))
      by_initiative[kept.initiative].push_back(std::move(kept));
    for (const auto& line : registry::list_lines(*database_, keys)) {
      auto& records = by_initiative[line.key];
      std::stable_partition(records.begin(), records.end(),
                            [&](const auto& one) { return one.key == line.lead; });
      for (const auto& kept : records)
        if ((taken_ == Taken::every || kept.counted) &&
            (head_.publisher.empty() || head_.publisher == kept.publisher))
          write(kept, &line, out);
      by_initiative.erase(line.key);
    }
  }

  void write(const registry::KeptRecord& kept, const registry::InitiativeLine* initiative,
             std::string& out) {
    const auto record = from_json<registry::Record>(kept.body);
    Findings findings;
    writer_->write({record, kept.source, kept.format, initiative, kept.counted}, out, findings);
    if (findings.empty() || !on_findings_) return;
    for (auto& finding : findings)
      finding.place = kept.identifier + (finding.place.empty() ? "" : ", " + finding.place);
    on_findings_(findings);
  }

  std::shared_ptr<store::Database> database_;
  Taken taken_;
  ExportHead head_;
  std::unique_ptr<Writer> writer_;
  FindingSink on_findings_;
  std::vector<std::int64_t> keys_;
  std::size_t place_ = 0;
  bool begun_ = false;
};

}  // namespace

std::string date_of_revision(store::Database& database, std::int64_t revision) {
  std::int64_t at = 0;
  if (revision > 0)
    store::follow_journal(database, revision - 1, [&](const store::JournalEntry& entry) {
      at = entry.at;
      return false;
    });
  return to_timestamp(at);
}

std::function<bool(std::string& out)> export_records(std::shared_ptr<store::Database> database,
                                                     const ExportFormat& format, ExportHead head,
                                                     const KeyFinder& find_keys,
                                                     FindingSink on_findings) {
  const auto one = std::make_shared<RecordExport>(std::move(database), format, std::move(head),
                                                  find_keys, std::move(on_findings));
  return [one](std::string& out) { return one->next(out); };
}

}  // namespace austral::standards
