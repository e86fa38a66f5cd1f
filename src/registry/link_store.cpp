// SQL of links: mentions in, decisions out, and the initiatives they touch assembled anew.
#include "registry/link_store.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "registry/initiative_store.hpp"
#include "registry/link.hpp"
#include "registry/record_store.hpp"
#include "store/journal.hpp"
#include "store/schema.hpp"

namespace austral::registry {
namespace {

using store::Row;
using Key = std::int64_t;

std::vector<Mention> read_mentions(store::Database& database) {
  std::vector<Mention> mentions;
  const auto take = [&](const Row& row) {
    mentions.push_back({row.integer(0), row.integer(1), std::string(row.text(2)), row.integer(3) != 0});
    return true;
  };
  database.read(
      "SELECT r.record, o.key, r.kind, CASE WHEN a.publisher = o.publisher THEN 1 ELSE 0 END FROM reference r "
      "JOIN record a ON a.key = r.record AND a.kind = 'activity' "
      "JOIN record o ON o.identifier = r.identifier AND o.kind = 'activity' "
      "WHERE o.key <> r.record AND r.kind <> 'foreign_identifier' AND r.kind <> 'former_publisher'",
      {}, take);
  database.read(
      "SELECT a.key, b.key, 'same_identifier', 0 FROM record a JOIN record b ON b.identifier = a.identifier AND "
      "b.kind = a.kind WHERE a.kind = 'activity' AND a.key < b.key",
      {}, take);
  return mentions;
}

std::vector<Link> read_links(store::Database& database) {
  std::vector<Link> links;
  database.read("SELECT record, other, kind, joins, reason FROM record_link ORDER BY record, other, kind", {},
                [&](const Row& row) {
                  links.push_back({row.integer(0), row.integer(1), std::string(row.text(2)),
                                   row.integer(3) != 0, std::string(row.text(4))});
                  return true;
                });
  return links;
}

void write_links(store::Database& database, const std::vector<Link>& links) {
  database.run("DELETE FROM record_link");
  std::vector<store::Value> cells;
  for (const auto& link : links)
    cells.insert(cells.end(), {link.record, link.other, std::string_view(link.kind), std::int64_t(link.joins),
                               std::string_view(link.reason)});
  database.append("record_link", {"record", "other", "kind", "joins", "reason"}, cells);
}

Candidate to_candidate(Key key, const Record& record) {
  Candidate candidate{key, record.secondary_publisher, false, false, record.updated};
  for (const auto& participation : record.participations)
    if (participation.function == Function::funds && participation.party.ref == record.publisher)
      candidate.publisher_funds = true;
  for (const auto& contribution : record.contributions)
    if (is_outgoing(contribution.kind)) candidate.has_outgoing = true;
  return candidate;
}

/// Standings of records as they are kept, where they are not those of a record alone.
std::map<Key, Standing> read_standings(store::Database& database) {
  std::map<Key, Standing> standings;
  database.read(
      "SELECT key, initiative, counted, standing FROM record WHERE kind = 'activity' AND (initiative <> key OR "
      "counted = 0 OR standing <> 'only record')",
      {}, [&](const Row& row) {
        standings[row.integer(0)] = {row.integer(0), row.integer(1), row.integer(2) != 0,
                                     std::string(row.text(3))};
        return true;
      });
  return standings;
}

/// Decides and writes; one object a run.
class Drawing {
 public:
  explicit Drawing(store::Database& database) : database_(database) {}

  LinkCounts draw() {
    links_ = decide_links(read_mentions(database_));
    if (links_ != read_links(database_)) write_links(database_, links_);
    rank_joined();
    rank_financed();
    const auto before = read_standings(database_);
    for (const auto& [key, standing] : before) note_change(key, standing);
    for (const auto& [key, standing] : wanted_)
      if (!before.contains(key)) note_change(key, alone(key));
    note_incomplete();
    for (const Key initiative : touched_) assemble_anew(initiative);
    LinkCounts counts;
    counts.links = std::int64_t(links_.size());
    counts.joined = std::int64_t(members_.size());
    counts.not_counted = std::count_if(wanted_.begin(), wanted_.end(),
                                       [](const auto& item) { return !item.second.counted; });
    counts.assembled = std::int64_t(touched_.size());
    return counts;
  }

 private:
  static Standing alone(Key key) { return {key, key, true, "only record"}; }

  Standing wanted(Key key) const {
    const auto found = wanted_.find(key);
    return found == wanted_.end() ? alone(key) : found->second;
  }

  void rank_joined() {
    for (const auto& keys : join_records(links_)) {
      std::vector<Candidate> candidates;
      for (const Key key : keys) candidates.push_back(to_candidate(key, get_record(database_, key)));
      const auto standings = rank_members(candidates, links_of(keys));
      auto& members = members_[standings.front().initiative];
      for (const auto& standing : standings) {
        wanted_[standing.record] = standing;
        members.push_back(standing.record);
      }
    }
  }

  std::vector<Link> links_of(const std::vector<Key>& keys) const {
    const std::set<Key> wanted(keys.begin(), keys.end());
    std::vector<Link> links;
    for (const auto& link : links_)
      if (wanted.contains(link.record) && wanted.contains(link.other)) links.push_back(link);
    return links;
  }

  /// Records alone whose whole income comes from registered activities of others: counted there.
  void rank_financed() {
    std::map<Key, std::set<Key>> upstreams;
    for (const auto& link : links_) {
      if (link.reason != "funding_several") continue;
      if (link.kind == "funded_by") upstreams[link.record].insert(link.other);
    }
    for (const auto& [key, ups] : upstreams) {
      if (wanted_.contains(key) || runs_in_circle(upstreams, key)) continue;
      const Key payer = find_payer(key, ups);
      if (payer != 0) wanted_[key] = {key, key, false, "financed by " + std::to_string(payer)};
    }
  }

  bool runs_in_circle(const std::map<Key, std::set<Key>>& upstreams, Key start) const {
    std::set<Key> seen;
    std::vector<Key> todo = {start};
    while (!todo.empty()) {
      const Key key = todo.back();
      todo.pop_back();
      const auto found = upstreams.find(key);
      if (found == upstreams.end()) continue;
      for (const Key up : found->second) {
        if (up == start) return true;
        if (seen.insert(up).second) todo.push_back(up);
      }
    }
    return false;
  }

  /// The first payer when every incoming amount names a registered activity that reports paying; else 0.
  Key find_payer(Key key, const std::set<Key>& ups) {
    const Record record = get_record(database_, key);
    std::map<std::string, Key> payers;
    for (const Key up : ups) {
      const Record other = get_record(database_, up);
      const bool pays = std::any_of(other.contributions.begin(), other.contributions.end(), [](const auto& one) {
        return one.kind == ContributionKind::disbursement || one.kind == ContributionKind::expenditure;
      });
      if (pays) payers[other.identifier] = up;
    }
    Key first = 0;
    for (const auto& contribution : record.contributions) {
      if (contribution.kind != ContributionKind::incoming_funds) continue;
      const auto payer = payers.find(contribution.provider.activity);
      if (payer == payers.end()) return 0;
      if (first == 0) first = payer->second;
    }
    return first;
  }

  void note_change(Key key, const Standing& before) {
    const Standing now = wanted(key);
    if (now == before) return;
    database_.run("UPDATE record SET initiative = $1, counted = $2, standing = $3 WHERE key = $4",
                  {now.initiative, std::int64_t(now.counted), std::string_view(now.reason), key});
    for (const Key initiative : {before.initiative, now.initiative, key}) touched_.insert(initiative);
  }

  /// Initiatives that a changed record left behind without rows, or with too few records.
  void note_incomplete() {
    for (const auto& [initiative, members] : members_) {
      const auto records = store::find_integer(
          database_, "SELECT records FROM initiative WHERE key = $1", {initiative});
      if (records != std::int64_t(members.size())) touched_.insert(initiative);
    }
    database_.read(
        "SELECT r.key FROM record r LEFT JOIN initiative i ON i.key = r.initiative WHERE i.key IS NULL AND "
        "r.kind = 'activity'",
        {}, [&](const Row& row) {
          const auto standing = wanted(row.integer(0));
          touched_.insert(standing.initiative);
          return true;
        });
    database_.read(
        "SELECT i.key FROM initiative i LEFT JOIN record r ON r.initiative = i.key WHERE r.key IS NULL", {},
        [&](const Row& row) {
          touched_.insert(row.integer(0));
          return true;
        });
  }

  void assemble_anew(Key initiative) {
    remove_initiative(database_, initiative);
    std::vector<Key> keys;
    if (const auto joined = members_.find(initiative); joined != members_.end()) keys = joined->second;
    else if (wanted(initiative).initiative == initiative) keys = {initiative};
    if (keys.empty()) return;
    std::vector<Record> records;
    records.reserve(keys.size());
    for (const Key key : keys) records.push_back(get_record(database_, key));
    std::vector<Member> members;
    for (std::size_t i = 0; i < keys.size(); ++i)
      members.push_back({keys[i], &records[i], wanted(keys[i]).counted});
    const Assembly assembly = assemble(members);
    InitiativeRows rows;
    rows.add(initiative, keys.front(), assembly);
    rows.append_to(database_);
  }

  store::Database& database_;
  std::vector<Link> links_;
  std::map<Key, Standing> wanted_;               // of records that do not stand alone
  std::map<Key, std::vector<Key>> members_;      // of initiatives of several records, the leading one first
  std::set<Key> touched_;
};

constexpr std::string_view links_revision = "links.revision";

}  // namespace

LinkCounts draw_links(store::Database& database) {
  store::Write write(database);
  const auto counts = Drawing(database).draw();
  store::set_info(database, links_revision, std::to_string(store::revision_of(database)));
  write.commit();
  return counts;
}

bool links_are_current(store::Database& database) {
  return store::find_info(database, links_revision).value_or("0") ==
         std::to_string(store::revision_of(database));
}

}  // namespace austral::registry
