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
    mentions.push_back(
        {row.integer(0), row.integer(1), std::string(row.text(2)), row.integer(3) != 0});
    return true;
  };
  database.read(
      "SELECT r.record, o.key, r.kind, CASE WHEN a.publisher = o.publisher THEN 1 ELSE 0 END FROM "
      "reference r "
      "JOIN record a ON a.key = r.record AND a.kind = 'activity' "
      "JOIN record o ON o.identifier = r.identifier AND o.kind = 'activity' "
      "WHERE o.key <> r.record AND r.kind <> 'foreign_identifier' AND r.kind <> 'former_publisher'",
      {}, take);
  database.read(
      "SELECT a.key, b.key, 'same_identifier', 0 FROM record a JOIN record b ON b.identifier = "
      "a.identifier AND "
      "b.kind = a.kind WHERE a.kind = 'activity' AND a.key < b.key",
      {}, take);
  database.read(
      "SELECT a.record, b.record, 'year_of', 1 FROM reference a "
      "JOIN reference b ON b.identifier = a.identifier AND b.kind = 'year_of' "
      "JOIN record x ON x.key = a.record AND x.kind = 'activity' "
      "JOIN record y ON y.key = b.record AND y.kind = 'activity' AND y.publisher = x.publisher "
      "WHERE a.kind = 'year_of' AND a.record < b.record",
      {}, take);
  return mentions;
}

std::vector<Link> read_links(store::Database& database) {
  std::vector<Link> links;
  database.read(
      "SELECT record, other, kind, joins, reason FROM record_link ORDER BY record, other, kind", {},
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
    cells.insert(cells.end(), {link.record, link.other, std::string_view(link.kind),
                               std::int64_t(link.joins), std::string_view(link.reason)});
  database.append("record_link", {"record", "other", "kind", "joins", "reason"}, cells);
}

Candidate to_candidate(Key key, const Record& record) {
  Candidate candidate{key,
                      record.secondary_publisher,
                      false,
                      false,
                      record.updated,
                      record.publisher,
                      record.identifier};
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
      "SELECT key, initiative, counted, standing FROM record WHERE kind = 'activity' AND "
      "(initiative <> key OR "
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
    decide();
    if (links_ != read_links(database_)) write_links(database_, links_);
    const auto before = read_standings(database_);
    for (const auto& [key, standing] : before) note_change(key, standing);
    for (const auto& [key, standing] : wanted_)
      if (!before.contains(key)) note_change(key, alone(key));
    note_incomplete();
    if (store::find_info(database_, "codes") != assembly_edition()) note_all();
    for (const Key initiative : touched_) assemble_anew(initiative);
    LinkCounts counts;
    counts.links = std::int64_t(links_.size());
    counts.joined = std::int64_t(members_.size());
    counts.not_counted = std::count_if(wanted_.begin(), wanted_.end(),
                                       [](const auto& item) { return !item.second.counted; });
    counts.assembled = std::int64_t(touched_.size());
    return counts;
  }

  std::vector<std::string> find_damage() {
    decide();
    std::vector<std::string> damage;
    std::vector<Link> wrong;
    const auto kept = read_links(database_);
    std::set_symmetric_difference(links_.begin(), links_.end(), kept.begin(), kept.end(),
                                  std::back_inserter(wrong));
    for (const auto& link : wrong)
      damage.push_back("the link " + link.kind + " of record " + std::to_string(link.record) +
                       " to record " + std::to_string(link.other) +
                       " is not the one that its references lead to");
    database_.read(
        "SELECT key, initiative, counted, standing, identifier FROM record WHERE kind = 'activity'",
        {}, [&](const Row& row) {
          const Standing now{row.integer(0), row.integer(1), row.integer(2) != 0,
                             std::string(row.text(3))};
          if (now != wanted(now.record))
            damage.push_back("record " + std::to_string(now.record) + " (" +
                             std::string(row.text(4)) + "): '" + now.reason +
                             "' is not the standing that its links lead to");
          return true;
        });
    return damage;
  }

 private:
  void decide() {
    const auto mentions = read_mentions(database_);
    incomes_ = read_incomes(mentions);
    links_ = decide_links(mentions, incomes_);
    rank_joined();
    rank_financed();
  }

  static Standing alone(Key key) { return {key, key, true, "only record"}; }

  Standing wanted(Key key) const {
    const auto found = wanted_.find(key);
    return found == wanted_.end() ? alone(key) : found->second;
  }

  void rank_joined() {
    for (const auto& keys : join_records(links_)) {
      std::vector<Candidate> candidates;
      for (const Key key : keys)
        candidates.push_back(to_candidate(key, get_record(database_, key)));
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
    for (const auto& [key, payers] : incomes_)
      if (!wanted_.contains(key))
        wanted_[key] = {key, key, false, "financed by " + std::to_string(*payers.begin())};
  }

  /// The incomes of all records that name activities of other publishers as their payers.
  Incomes read_incomes(const std::vector<Mention>& mentions) {
    std::map<Key, std::set<Key>> named;
    for (const auto& mention : mentions)
      if (mention.kind == "funded_by" && !mention.same_publisher)
        named[mention.record].insert(mention.other);
    Incomes incomes;
    for (const auto& [key, payers] : named)
      if (auto income = find_income(key, payers); !income.empty()) incomes[key] = std::move(income);
    return without_circles(std::move(incomes), mentions);
  }

  /// The payers when every incoming amount names a registered activity that reports paying; else
  /// none.
  std::set<Key> find_income(Key key, const std::set<Key>& named) {
    std::map<std::string, std::set<Key>> payers;
    for (const Key payer : named)
      if (const auto& paying = paying_identifier(payer); !paying.empty())
        payers[paying].insert(payer);
    std::set<Key> income;
    for (const auto& contribution : get_record(database_, key).contributions) {
      if (contribution.kind != ContributionKind::incoming_funds) continue;
      const auto payer = payers.find(contribution.provider.activity);
      if (payer == payers.end()) return {};
      income.insert(payer->second.begin(), payer->second.end());
    }
    return income;
  }

  /// The identifier of a record that reports disbursements or expenditure; empty for others.
  const std::string& paying_identifier(Key key) {
    const auto [place, is_new] = paying_.try_emplace(key);
    if (!is_new) return place->second;
    const Record record = get_record(database_, key);
    const bool pays =
        std::any_of(record.contributions.begin(), record.contributions.end(), [](const auto& one) {
          return one.kind == ContributionKind::disbursement ||
                 one.kind == ContributionKind::expenditure;
        });
    if (pays) place->second = record.identifier;
    return place->second;
  }

  void note_change(Key key, const Standing& before) {
    const Standing now = wanted(key);
    if (now == before) return;
    database_.run("UPDATE record SET initiative = $1, counted = $2, standing = $3 WHERE key = $4",
                  {now.initiative, std::int64_t(now.counted), std::string_view(now.reason), key});
    for (const Key initiative : {before.initiative, now.initiative, key})
      touched_.insert(initiative);
  }

  /// Every initiative: other code lists, prices or rules may conclude otherwise.
  void note_all() {
    database_.read("SELECT key FROM initiative", {}, [&](const Row& row) {
      touched_.insert(row.integer(0));
      return true;
    });
  }

  /// Initiatives that a changed record left behind without rows, or with too few records.
  void note_incomplete() {
    for (const auto& [initiative, members] : members_) {
      const auto records = store::find_integer(
          database_, "SELECT records FROM initiative WHERE key = $1", {initiative});
      if (records != std::int64_t(members.size())) touched_.insert(initiative);
    }
    database_.read(
        "SELECT r.key FROM record r LEFT JOIN initiative i ON i.key = r.initiative WHERE i.key IS "
        "NULL AND "
        "r.kind = 'activity'",
        {}, [&](const Row& row) {
          const auto standing = wanted(row.integer(0));
          touched_.insert(standing.initiative);
          return true;
        });
    database_.read(
        "SELECT i.key FROM initiative i LEFT JOIN record r ON r.initiative = i.key WHERE r.key IS "
        "NULL",
        {}, [&](const Row& row) {
          touched_.insert(row.integer(0));
          return true;
        });
  }

  void assemble_anew(Key initiative) {
    remove_initiative(database_, initiative);
    std::vector<Key> keys;
    if (const auto joined = members_.find(initiative); joined != members_.end())
      keys = joined->second;
    else if (wanted(initiative).initiative == initiative)
      keys = {initiative};
    if (keys.empty()) return;
    std::vector<Record> records;
    records.reserve(keys.size());
    for (const Key key : keys) records.push_back(get_record(database_, key));
    std::vector<Member> members;
    for (std::size_t i = 0; i < keys.size(); ++i)
      members.push_back(
          to_member(keys[i], records[i], wanted(keys[i]).counted, wanted(keys[i]).reason));
    // The order of list_members(): the leading one, then by name, never by key.
    std::sort(members.begin() + 1, members.end(), [](const Member& left, const Member& right) {
      return std::tie(left.record->publisher, left.record->identifier) <
             std::tie(right.record->publisher, right.record->identifier);
    });
    const Assembly assembly = assemble(members);
    InitiativeRows rows;
    rows.add(initiative, keys.front(), assembly);
    rows.append_to(database_);
  }

  store::Database& database_;
  std::vector<Link> links_;
  Incomes incomes_;
  std::map<Key, std::string> paying_;  // identifiers of records asked whether they pay
  std::map<Key, Standing> wanted_;     // of records that do not stand alone
  std::map<Key, std::vector<Key>>
      members_;  // of initiatives of several records, the leading one first
  std::set<Key> touched_;
};

constexpr std::string_view links_revision = "links.revision";

}  // namespace

LinkCounts draw_links(store::Database& database) {
  store::Write write(database);
  const auto counts = Drawing(database).draw();
  store::set_info(database, links_revision, std::to_string(store::revision_of(database)));
  store::set_info(database, "codes", assembly_edition());
  write.commit();
  return counts;
}

std::vector<std::string> find_link_damage(store::Database& database) {
  return Drawing(database).find_damage();
}

bool links_are_current(store::Database& database) {
  return store::find_info(database, "codes") == assembly_edition() &&
         store::find_info(database, links_revision).value_or("0") ==
             std::to_string(store::revision_of(database));
}

}  // namespace austral::registry
