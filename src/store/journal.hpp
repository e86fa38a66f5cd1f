// The journal: every write is recorded with who, when, what before and after, in a hash chain; it
// is also the change feed that derived parts follow.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/digest.hpp"
#include "store/database.hpp"

namespace austral::store {

/// One recorded write. `before` and `after` are the object's content: its text (JSON) for objects
/// that people edit, its digest (32 bytes) for imported record versions, empty for "did not exist"
/// and "exists no more".
struct Change {
  std::string kind;  ///< `record`, `import`, `initiative`, `organization` ...
  std::int64_t object = 0;
  std::string action;  ///< `add`, `change`, `remove`
  std::string before;
  std::string after;
};

/// A change as it stands in the journal.
struct JournalEntry {
  std::int64_t revision = 0;  ///< 1, 2, 3 ... without gaps
  std::int64_t at = 0;        ///< Units: milliseconds since 1970 UTC
  std::string who;
  Change change;
  Digest digest;  ///< of this entry and the digest before it
};

/// Appends to the journal inside an open Write; holds the chain's head for that write (on
/// PostgreSQL the head row stays locked until the commit, so that writers queue and the chain has
/// no gaps).
class Journal {
 public:
  Journal(Database& database, std::string who);
  /// Queues one change; written by flush().
  void add(Change change);
  /// Writes the queued changes and the new head; call before the Write's commit().
  void flush();
  /// Forgets what was queued; call after a roll-back.
  void reset();

 private:
  void take_head();

  Database& database_;
  std::string who_;
  std::vector<JournalEntry> queue_;
  std::int64_t revision_ = 0;
  Digest head_;
};

/// The newest revision; 0 for an empty register.
std::int64_t revision_of(Database& database);

/// Hands over the entries after `revision`, oldest first; `on_entry` returns false to stop.
void follow_journal(Database& database, std::int64_t revision,
                    const std::function<bool(const JournalEntry&)>& on_entry);

/// Recomputes the whole chain; nothing when it holds, else what is wrong and at which revision.
std::optional<std::string> find_journal_damage(Database& database);

}  // namespace austral::store
