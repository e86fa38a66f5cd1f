// Writing, following and checking the journal's hash chain.
#include "store/journal.hpp"

#include <algorithm>
#include <limits>

#include "base/date.hpp"

namespace austral::store {
namespace {

constexpr std::size_t entries_a_batch = 4096;

const std::vector<std::string_view> journal_columns = {
    "revision", "at", "who", "kind", "object", "action", "before", "after", "digest"};

constexpr std::string_view select_entries =
    "SELECT revision, at, who, kind, object, action, before, after, digest FROM journal "
    "WHERE revision > $1 ORDER BY revision";

/// What sql/0001-registry.sql puts into journal_head.
Digest chain_beginning() { return to_digest("00000000000000000000000000000000"); }

Digest link_after(const Digest& previous, const JournalEntry& entry) {
  return Digester()
      .add(previous.view())
      .add(entry.revision)
      .add(entry.at)
      .add(entry.who)
      .add(entry.change.kind)
      .add(entry.change.object)
      .add(entry.change.action)
      .add(entry.change.before)
      .add(entry.change.after)
      .finish();
}

Value bytes_or_null(std::string_view view) {
  if (view.empty()) return std::monostate{};
  return Bytes{view};
}

/// Reads all but the digest, which a damaged row may have in another length.
void read_entry(const Row& row, JournalEntry& entry) {
  entry.revision = row.integer(0);
  entry.at = row.integer(1);
  entry.who = row.text(2);
  entry.change.kind = row.text(3);
  entry.change.object = row.integer(4);
  entry.change.action = row.text(5);
  entry.change.before = row.bytes(6);
  entry.change.after = row.bytes(7);
}

struct Head {
  std::int64_t revision = 0;
  std::string digest;
};

std::optional<Head> find_head(Database& database, std::string_view sql) {
  std::optional<Head> head;
  database.read(sql, {}, [&](const Row& row) {
    head = Head{row.integer(0), std::string(row.bytes(1))};
    return true;
  });
  return head;
}

/// A snapshot for the length of a check.
class Reading {
 public:
  explicit Reading(Database& database) : database_(database) { database_.begin_reading(); }
  ~Reading() { database_.roll_back(); }
  Reading(const Reading&) = delete;
  Reading& operator=(const Reading&) = delete;

 private:
  Database& database_;
};

}  // namespace

Journal::Journal(Database& database, std::string who) : database_(database), who_(std::move(who)) {}

void Journal::add(Change change) {
  auto& entry = queue_.emplace_back();
  entry.change = std::move(change);
}

void Journal::take_head() {
  // An update that changes nothing locks the row on PostgreSQL, where SQLite has no FOR UPDATE.
  const auto head = find_head(database_,
                              "UPDATE journal_head SET revision = revision WHERE id = 1 "
                              "RETURNING revision, digest");
  if (!head)
    throw Error(Kind::invalid, "'" + database_.address() + "': the journal's head is missing, so " +
                                   "that nothing can be added to it; restore the newest backup");
  revision_ = head->revision;
  head_ = to_digest(head->digest);
}

void Journal::flush() {
  if (queue_.empty()) return;
  take_head();  // each time: what an undone or another write did to the head must not be guessed
  const auto now = now_milliseconds();
  std::vector<Value> cells;
  cells.reserve(std::min(queue_.size(), entries_a_batch) * journal_columns.size());
  for (std::size_t from = 0; from < queue_.size(); from += entries_a_batch) {
    const auto end = std::min(queue_.size(), from + entries_a_batch);
    cells.clear();
    for (auto i = from; i < end; ++i) {
      auto& entry = queue_[i];
      entry.revision = ++revision_;
      entry.at = now;
      entry.who = who_;
      entry.digest = head_ = link_after(head_, entry);
      const auto& change = entry.change;
      cells.insert(cells.end(), {entry.revision, entry.at, std::string_view(entry.who),
                                 std::string_view(change.kind), change.object,
                                 std::string_view(change.action), bytes_or_null(change.before),
                                 bytes_or_null(change.after), Bytes{entry.digest.view()}});
    }
    database_.append("journal", journal_columns, cells);
  }
  database_.run("UPDATE journal_head SET revision = $1, digest = $2 WHERE id = 1",
                {revision_, Bytes{head_.view()}});
  queue_.clear();
}

void Journal::reset() { queue_.clear(); }

std::int64_t revision_of(Database& database) {
  return find_integer(database, "SELECT revision FROM journal_head WHERE id = 1").value_or(0);
}

void follow_journal(Database& database, std::int64_t revision,
                    const std::function<bool(const JournalEntry&)>& on_entry) {
  JournalEntry entry;
  database.read(select_entries, {revision}, [&](const Row& row) {
    read_entry(row, entry);
    entry.digest = to_digest(row.bytes(8));
    return on_entry(entry);
  });
}

std::optional<std::string> find_journal_damage(Database& database) {
  const Reading reading(database);
  std::optional<std::string> damage;
  Digest last = chain_beginning();
  std::int64_t revision = 0;
  JournalEntry entry;
  // From the lowest possible number on: an entry put before the first is damage too.
  database.read(select_entries, {std::numeric_limits<std::int64_t>::min()}, [&](const Row& row) {
    read_entry(row, entry);
    const auto expected = std::to_string(revision + 1);
    if (entry.revision != revision + 1) {
      damage = "revision " + expected + ": the journal's entry is missing; the next one there is " +
               std::to_string(entry.revision);
      return false;
    }
    last = link_after(last, entry);
    ++revision;
    if (row.bytes(8) == last.view()) return true;
    damage = "revision " + expected + ": the journal's entry was changed after it was written";
    return false;
  });
  if (damage) return damage;
  const auto head = find_head(database, "SELECT revision, digest FROM journal_head WHERE id = 1");
  if (!head)
    return "revision " + std::to_string(revision) + ": the journal's head is missing, so that " +
           "entries behind this one may have been removed";
  if (head->revision > revision)
    return "revision " + std::to_string(revision + 1) + ": the journal's entry is missing; its " +
           "head says that there were " + std::to_string(head->revision);
  if (head->revision < revision)
    return "revision " + std::to_string(head->revision + 1) + ": the journal's entry was not " +
           "written by this program; its head ends before it";
  if (head->digest != last.view())
    return "revision " + std::to_string(revision) + ": the journal's head was changed, or the " +
           "whole chain was written anew";
  return std::nullopt;
}

}  // namespace austral::store
