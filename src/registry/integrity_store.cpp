// SQL of the register's check of itself.
#include "registry/integrity_store.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "base/json.hpp"
#include "registry/contribution_store.hpp"
#include "registry/facet.hpp"
#include "registry/initiative_store.hpp"
#include "registry/link.hpp"
#include "registry/link_store.hpp"
#include "registry/record_store.hpp"
#include "store/journal.hpp"
#include "store/schema.hpp"

namespace austral::registry {
namespace {

using store::Row;
using Key = std::int64_t;

constexpr std::size_t most_damage = 100;

void add_damage(IntegrityResult& result, std::string damage) {
  if (result.damage.size() < most_damage) result.damage.push_back(std::move(damage));
}

IntegrityResult check_journal(store::Database& database) {
  IntegrityResult result{"journal", store::revision_of(database), {}, {}};
  if (const auto damage = store::find_journal_damage(database)) result.damage.push_back(*damage);
  return result;
}

/// Rows that point at rows which are not there.
IntegrityResult check_rows(store::Database& database) {
  struct Rule {
    const char* what;
    const char* sql;
  };
  static constexpr std::array<Rule, 9> rules = {{
      {"versions of records that are not there",
       "SELECT count(*) FROM record_version v LEFT JOIN record r ON r.key = v.record WHERE r.key "
       "IS NULL"},
      {"records whose version in force is not kept",
       "SELECT count(*) FROM record r LEFT JOIN record_version v ON v.record = r.key AND v.version "
       "= r.version "
       "WHERE v.record IS NULL"},
      {"versions of files that are not there",
       "SELECT count(*) FROM record_version v LEFT JOIN import_file f ON f.key = v.import_file "
       "WHERE f.key IS "
       "NULL"},
      {"findings of files that are not there",
       "SELECT count(*) FROM finding f LEFT JOIN import_file i ON i.key = f.import_file WHERE "
       "i.key IS NULL"},
      {"contributions of initiatives that are not there",
       "SELECT count(*) FROM contribution c LEFT JOIN initiative i ON i.key = c.initiative WHERE "
       "i.key IS NULL"},
      {"contributions of records that are not there",
       "SELECT count(*) FROM contribution c LEFT JOIN record r ON r.key = c.record WHERE r.key IS "
       "NULL"},
      {"references of records that are not there",
       "SELECT count(*) FROM reference x LEFT JOIN record r ON r.key = x.record WHERE r.key IS "
       "NULL"},
      {"findings of records that are not there",
       "SELECT count(*) FROM finding f LEFT JOIN record r ON r.key = f.record WHERE r.key IS NULL "
       "AND f.record "
       "<> 0"},
      {"facets of initiatives that are not there",
       "SELECT count(*) FROM facet f LEFT JOIN initiative i ON i.key = f.initiative WHERE i.key IS "
       "NULL"},
  }};
  IntegrityResult result{"rows", 0, {}, {}};
  for (const auto& rule : rules) {
    ++result.examined;
    const auto count = store::find_integer(database, rule.sql).value_or(0);
    if (count > 0) add_damage(result, std::to_string(count) + " " + rule.what);
  }
  return result;
}

/// What the journal says of a record: the digests of its versions 1, 2, 3 ..., and which is in
/// force.
struct JournalVersions {
  std::vector<std::string> digests;
  std::size_t in_force = 0;
};

std::unordered_map<Key, JournalVersions> read_journal_versions(store::Database& database) {
  std::unordered_map<Key, JournalVersions> records;
  store::follow_journal(database, 0, [&](const store::JournalEntry& entry) {
    if (entry.change.kind != "record") return true;
    auto& versions = records[entry.change.object];
    versions.digests.push_back(entry.change.after);
    if (entry.change.action != "keep") versions.in_force = versions.digests.size();
    return true;
  });
  return records;
}

IntegrityResult check_versions(store::Database& database) {
  IntegrityResult result{"versions", 0, {}, {}};
  const auto journal = read_journal_versions(database);
  std::size_t told = 0;
  for (const auto& [key, versions] : journal) told += versions.digests.size();
  database.read(
      "SELECT r.key, r.identifier, v.version, v.format, v.source_digest, v.body_digest, v.content, "
      "v.source_bytes, "
      "CASE WHEN v.version = r.version THEN 1 ELSE 0 END, r.digest FROM record_version v "
      "JOIN record r ON r.key = v.record ORDER BY v.record, v.version",
      {}, [&](const Row& row) {
        ++result.examined;
        const std::string name = "record " + std::to_string(row.integer(0)) + " (" +
                                 std::string(row.text(1)) + "), version " +
                                 std::to_string(row.integer(2));
        try {
          const auto texts = unpack_content(row.bytes(6), row.integer(7));
          if (digest_of_source(row.text(3), texts.source).view() != row.bytes(4))
            add_damage(result, name + ": the source text was changed");
          if (digest_of(texts.body).view() != row.bytes(5))
            add_damage(result, name + ": the mapped fields were changed");
        } catch (const Error& error) {
          add_damage(result, name + ": cannot be read: " + error.what());
        }
        const auto whole = Digester().add(row.bytes(4)).add(row.bytes(5)).finish();
        const auto entry = journal.find(row.integer(0));
        const auto version = std::size_t(row.integer(2));
        if (entry == journal.end() || version < 1 || version > entry->second.digests.size() ||
            entry->second.digests[version - 1] != whole.view())
          add_damage(result, name + ": the journal tells of another content");
        if (row.integer(8) == 0) return true;
        if (whole.view() != row.bytes(9))
          add_damage(result, name + ": the record's digest was changed");
        if (entry != journal.end() && entry->second.in_force != version)
          add_damage(result, name + ": the journal has version " +
                                 std::to_string(entry->second.in_force) + " in force");
        return true;
      });
  if (told > std::size_t(result.examined))
    add_damage(result, std::to_string(told - std::size_t(result.examined)) +
                           " versions that the journal tells of are not kept");
  return result;
}

/// The stored rows of one initiative as one text, to compare with those assembled anew.
std::string describe_part(const ContributionPart& part, Key record) {
  std::string text =
      std::to_string(record) + "/" + std::to_string(part.n) + "/" + std::to_string(part.part);
  text += "|" + std::to_string(int(part.kind)) + "|" + (part.counted ? "1" : "0") + "|" + part.day +
          "|" + (part.year ? std::to_string(*part.year) : "") + "|" + part.provider + "|" +
          part.recipient + "|" + part.unit + "|" + std::to_string(part.amount) + "|" +
          std::to_string(part.scale) + "|" +
          (part.usd_cents ? std::to_string(*part.usd_cents) : "") + "|" +
          std::to_string(part.sides) + "|" + part.sectors + "|" + part.goals + "|" + part.modality +
          "|" + part.flow_type + "|" + part.finance_type + "|" + part.collaboration + "|" +
          part.details + "|" + (part.superseded ? "1" : "0") + "|" +
          (part.whole ? std::to_string(*part.whole) : "");
  return text;
}

std::vector<std::string> describe_assembly(const Assembly& assembly) {
  std::vector<std::string> rows;
  for (const auto& facet : assembly.facets)
    rows.push_back("facet " + std::to_string(int(facet.dimension)) + " " + facet.value + " " +
                   std::to_string(facet.share));
  for (const auto& member : assembly.members)
    for (const auto& part : member.parts)
      rows.push_back("contribution " + describe_part(part, member.key));
  rows.push_back("totals " + std::to_string(assembly.budgeted_cents) + " " +
                 std::to_string(assembly.committed_cents) + " " +
                 std::to_string(assembly.disbursed_cents));
  rows.push_back("framework " + std::string(to_string(assembly.framework.framework)) + " " +
                 assembly.framework.rule + " " + assembly.framework.reason);
  rows.push_back("facts " + assembly.identifier + "|" + assembly.title + "|" + assembly.language +
                 "|" + assembly.publisher + "|" + assembly.status + "|" + assembly.start_date +
                 "|" + assembly.end_date + "|" + assembly.updated);
  rows.push_back("year " + (assembly.year ? std::to_string(*assembly.year) : ""));
  std::sort(rows.begin(), rows.end());
  return rows;
}

std::vector<std::string> describe_stored(store::Database& database, const InitiativeLine& line) {
  std::vector<std::string> rows;
  for (const auto& facet : list_facets(database, line.key))
    rows.push_back("facet " + std::to_string(int(facet.dimension)) + " " + facet.value + " " +
                   std::to_string(facet.share));
  ContributionQuestion all;
  all.initiative = line.key;
  all.counted_only = false;
  for (const auto& one : list_contributions(database, all))
    rows.push_back("contribution " + describe_part(one.part, one.record));
  rows.push_back("totals " + std::to_string(line.budgeted_cents) + " " +
                 std::to_string(line.committed_cents) + " " + std::to_string(line.disbursed_cents));
  rows.push_back("framework " + std::string(to_string(line.framework)) + " " + line.rule + " " +
                 line.reason);
  rows.push_back("facts " + line.identifier + "|" + line.title + "|" + line.language + "|" +
                 line.publisher + "|" + line.status + "|" + line.start_date + "|" + line.end_date +
                 "|" + line.updated);
  database.read("SELECT year FROM initiative WHERE key = $1", {line.key}, [&](const Row& row) {
    rows.push_back("year " + (row.is_null(0) ? "" : std::to_string(row.integer(0))));
    return true;
  });
  std::sort(rows.begin(), rows.end());
  return rows;
}

/// The rows that a record's references are kept in, as texts.
std::vector<std::string> describe_references(const Record& record) {
  std::vector<std::string> rows;
  for (const auto& reference : record.references)
    if (!reference.identifier.empty())
      rows.push_back(std::string(boost::describe::enum_to_string(reference.kind, "?")) + " " +
                     reference.identifier);
  return rows;
}

std::vector<std::string> read_references(store::Database& database, Key record) {
  std::vector<std::string> rows;
  database.read("SELECT kind, identifier FROM reference WHERE record = $1 ORDER BY n", {record},
                [&](const Row& row) {
                  rows.push_back(std::string(row.text(0)) + " " + std::string(row.text(1)));
                  return true;
                });
  return rows;
}

/// The rows of facets that are searched, against the list in the initiative's own row.
void check_facets(store::Database& database, const InitiativeLine& line, const FacetSums& sums,
                  IntegrityResult& result) {
  std::uint64_t listed = 0;
  for (const auto& facet : list_facets(database, line.key))
    listed += fingerprint(int(facet.dimension), facet.value, facet.share);
  const auto found = sums.find(line.key);
  if (listed != (found == sums.end() ? 0 : found->second))
    add_damage(result, "initiative " + line.identifier +
                           ": the rows it is filtered by are not those that it lists");
}

void check_initiative(store::Database& database, Key key, const FacetSums& sums,
                      IntegrityResult& result) {
  const auto details = get_initiative(database, key);
  std::vector<Member> members;
  for (const auto& one : details.records) {
    members.push_back(
        to_member(one.member.key, one.record, one.member.counted, one.member.standing));
    if (describe_references(one.record) != read_references(database, one.member.key))
      add_damage(result, "record " + std::to_string(one.member.key) + " (" + one.member.identifier +
                             "): its references are not those of its mapped fields");
  }
  if (details.initiative.records != std::int64_t(members.size()))
    add_damage(result, "initiative " + details.initiative.identifier + ": it should have " +
                           std::to_string(details.initiative.records) + " records and has " +
                           std::to_string(members.size()));
  if (members.empty()) {
    add_damage(result, "initiative " + details.initiative.identifier + ": it has no record");
    return;
  }
  check_facets(database, details.initiative, sums, result);
  const auto wanted = describe_assembly(assemble(members));
  const auto stored = describe_stored(database, details.initiative);
  if (wanted == stored) return;
  std::vector<std::string> wrong;
  std::set_symmetric_difference(wanted.begin(), wanted.end(), stored.begin(), stored.end(),
                                std::back_inserter(wrong));
  add_damage(result, "initiative " + details.initiative.identifier +
                         ": its rows are not those of its records: " +
                         (wrong.empty() ? std::string("?") : wrong.front()));
}

IntegrityResult check_initiatives(store::Database& database) {
  IntegrityResult result{"initiatives", 0, {}, {}};
  const auto edition = store::find_info(database, "codes").value_or("");
  if (edition != assembly_edition()) {
    result.remarks.push_back("assembled with code lists, prices and rules of edition '" + edition +
                             "', this program has '" + assembly_edition() +
                             "'; the next import, or serving the pages, assembles them anew");
    return result;
  }
  std::vector<Key> keys;
  database.read("SELECT key FROM initiative ORDER BY key", {}, [&](const Row& row) {
    keys.push_back(row.integer(0));
    return true;
  });
  const auto sums = sum_facets(database);
  for (const Key key : keys) {
    ++result.examined;
    try {
      check_initiative(database, key, sums, result);
    } catch (const Error& error) {
      add_damage(result, "initiative " + std::to_string(key) + ": cannot be read: " + error.what());
    }
  }
  return result;
}

IntegrityResult check_links(store::Database& database) {
  IntegrityResult result{"links", 0, {}, {}};
  result.examined = store::find_integer(database, "SELECT count(*) FROM record_link").value_or(0);
  if (!links_are_current(database)) {
    result.remarks.push_back("links between records follow revision " +
                             store::find_info(database, "links.revision").value_or("0") + " of " +
                             std::to_string(store::revision_of(database)) +
                             "; the next import, or serving the pages, draws them");
    return result;
  }
  const auto lost =
      store::find_integer(database,
                          "SELECT count(*) FROM record r LEFT JOIN initiative i ON i.key = "
                          "r.initiative WHERE r.kind = 'activity' AND i.key IS NULL");
  if (lost.value_or(0) > 0)
    add_damage(result, std::to_string(*lost) + " records belong to no initiative");
  for (auto& damage : find_link_damage(database)) add_damage(result, std::move(damage));
  return result;
}

}  // namespace

std::vector<IntegrityResult> check_integrity(
    store::Database& database, const std::function<void(const std::string&)>& on_progress) {
  using Check = IntegrityResult (*)(store::Database&);
  static constexpr std::array<std::pair<const char*, Check>, 5> checks = {
      {{"journal", check_journal},
       {"rows", check_rows},
       {"versions", check_versions},
       {"initiatives", check_initiatives},
       {"links", check_links}}};
  std::vector<IntegrityResult> results;
  for (const auto& [name, check] : checks) {
    if (on_progress) on_progress(name);
    try {
      results.push_back(check(database));
    } catch (const Error& error) {  // damage of a kind that reading itself refuses
      results.push_back({name, 0, {std::string("cannot be checked: ") + error.what()}, {}});
    }
  }
  return results;
}

}  // namespace austral::registry
