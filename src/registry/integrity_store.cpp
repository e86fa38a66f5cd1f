// SQL of the register's check of itself.
#include "registry/integrity_store.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "base/compress.hpp"
#include "base/json.hpp"
#include "registry/initiative_store.hpp"
#include "registry/link_store.hpp"
#include "registry/record_store.hpp"
#include "store/journal.hpp"
#include "store/schema.hpp"

namespace austral::registry {
namespace {

using store::Row;
using Key = std::int64_t;

constexpr std::size_t most_damage = 100;
constexpr std::size_t most_text = std::size_t(1) << 30;

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
  static constexpr std::array<Rule, 7> rules = {{
      {"versions of records that are not there",
       "SELECT count(*) FROM record_version v LEFT JOIN record r ON r.key = v.record WHERE r.key IS NULL"},
      {"records whose version in force is not kept",
       "SELECT count(*) FROM record r LEFT JOIN record_version v ON v.record = r.key AND v.version = r.version "
       "WHERE v.record IS NULL"},
      {"versions of files that are not there",
       "SELECT count(*) FROM record_version v LEFT JOIN import_file f ON f.key = v.import_file WHERE f.key IS "
       "NULL"},
      {"findings of files that are not there",
       "SELECT count(*) FROM finding f LEFT JOIN import_file i ON i.key = f.import_file WHERE i.key IS NULL"},
      {"contributions of initiatives that are not there",
       "SELECT count(*) FROM contribution c LEFT JOIN initiative i ON i.key = c.initiative WHERE i.key IS NULL"},
      {"contributions of records that are not there",
       "SELECT count(*) FROM contribution c LEFT JOIN record r ON r.key = c.record WHERE r.key IS NULL"},
      {"facets of initiatives that are not there",
       "SELECT count(*) FROM facet f LEFT JOIN initiative i ON i.key = f.initiative WHERE i.key IS NULL"},
  }};
  IntegrityResult result{"rows", 0, {}, {}};
  for (const auto& rule : rules) {
    ++result.examined;
    const auto count = store::find_integer(database, rule.sql).value_or(0);
    if (count > 0) add_damage(result, std::to_string(count) + " " + rule.what);
  }
  return result;
}

/// What the journal says each record's version in force is.
std::unordered_map<Key, std::string> read_journal_digests(store::Database& database) {
  std::unordered_map<Key, std::string> digests;
  store::follow_journal(database, 0, [&](const store::JournalEntry& entry) {
    if (entry.change.kind == "record" && entry.change.action != "keep")
      digests[entry.change.object] = entry.change.after;
    return true;
  });
  return digests;
}

IntegrityResult check_versions(store::Database& database) {
  IntegrityResult result{"versions", 0, {}, {}};
  const auto journal = read_journal_digests(database);
  database.read(
      "SELECT r.key, r.identifier, v.version, v.format, v.source_digest, v.body_digest, v.source, v.body, "
      "CASE WHEN v.version = r.version THEN 1 ELSE 0 END, r.digest FROM record_version v "
      "JOIN record r ON r.key = v.record ORDER BY v.record, v.version",
      {}, [&](const Row& row) {
        ++result.examined;
        const std::string name = "record " + std::to_string(row.integer(0)) + " (" + std::string(row.text(1)) +
                                 "), version " + std::to_string(row.integer(2));
        try {
          const auto source =
              Digester().add(row.text(3)).add(decompress(row.bytes(6), most_text)).finish();
          if (source.view() != row.bytes(4)) add_damage(result, name + ": the source text was changed");
          if (digest_of(decompress(row.bytes(7), most_text)).view() != row.bytes(5))
            add_damage(result, name + ": the mapped fields were changed");
        } catch (const Error& error) {
          add_damage(result, name + ": cannot be read: " + error.what());
        }
        if (row.integer(8) == 0) return true;
        const auto whole = Digester().add(row.bytes(4)).add(row.bytes(5)).finish();
        if (whole.view() != row.bytes(9)) add_damage(result, name + ": the record's digest was changed");
        const auto entry = journal.find(row.integer(0));
        if (entry == journal.end() || entry->second != row.bytes(9))
          add_damage(result, name + ": the journal tells of another content");
        return true;
      });
  return result;
}

/// The stored rows of one initiative as one text, to compare with those assembled anew.
std::string describe_part(const ContributionPart& part, Key record, bool counted) {
  std::string text = std::to_string(record) + "/" + std::to_string(part.n) + "/" + std::to_string(part.part);
  text += "|" + std::to_string(int(part.kind)) + "|" + (counted ? "1" : "0") + "|" + part.day + "|" +
          (part.year ? std::to_string(*part.year) : "") + "|" + part.provider + "|" + part.recipient + "|" +
          part.unit + "|" + std::to_string(part.amount) + "|" + std::to_string(part.scale) + "|" +
          (part.usd_cents ? std::to_string(*part.usd_cents) : "");
  return text;
}

std::vector<std::string> describe_assembly(const Assembly& assembly) {
  std::vector<std::string> rows;
  for (const auto& facet : assembly.facets)
    rows.push_back("facet " + std::to_string(int(facet.dimension)) + " " + facet.value + " " +
                   std::to_string(facet.share));
  for (const auto& member : assembly.members)
    for (const auto& part : member.parts)
      rows.push_back("contribution " +
                     describe_part(part, member.key, member.counted && !part.superseded));
  rows.push_back("totals " + std::to_string(assembly.budgeted_cents) + " " +
                 std::to_string(assembly.committed_cents) + " " + std::to_string(assembly.disbursed_cents));
  rows.push_back("framework " + std::string(to_string(assembly.framework.framework)) + " " +
                 assembly.framework.rule);
  rows.push_back("title " + assembly.title);
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
    rows.push_back("contribution " + describe_part(one.part, one.record, one.counted));
  rows.push_back("totals " + std::to_string(line.budgeted_cents) + " " + std::to_string(line.committed_cents) +
                 " " + std::to_string(line.disbursed_cents));
  rows.push_back("framework " + std::string(to_string(line.framework)) + " " + line.rule);
  rows.push_back("title " + line.title);
  std::sort(rows.begin(), rows.end());
  return rows;
}

void check_initiative(store::Database& database, Key key, IntegrityResult& result) {
  const auto details = get_initiative(database, key);
  std::vector<Member> members;
  for (const auto& one : details.records) members.push_back({one.member.key, &one.record, one.member.counted});
  if (members.empty()) {
    add_damage(result, "initiative " + details.initiative.identifier + ": it has no record");
    return;
  }
  const auto wanted = describe_assembly(assemble(members));
  const auto stored = describe_stored(database, details.initiative);
  if (wanted == stored) return;
  std::vector<std::string> wrong;
  std::set_symmetric_difference(wanted.begin(), wanted.end(), stored.begin(), stored.end(),
                                std::back_inserter(wrong));
  add_damage(result, "initiative " + details.initiative.identifier + ": its rows are not those of its records: " +
                         (wrong.empty() ? std::string("?") : wrong.front()));
}

IntegrityResult check_initiatives(store::Database& database) {
  IntegrityResult result{"initiatives", 0, {}, {}};
  const auto codes = store::find_info(database, "codes");
  std::vector<Key> keys;
  database.read("SELECT key FROM initiative ORDER BY key", {}, [&](const Row& row) {
    keys.push_back(row.integer(0));
    return true;
  });
  for (const Key key : keys) {
    ++result.examined;
    check_initiative(database, key, result);
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
  const auto lost = store::find_integer(database,
                                        "SELECT count(*) FROM record r LEFT JOIN initiative i ON i.key = "
                                        "r.initiative WHERE r.kind = 'activity' AND i.key IS NULL");
  if (lost.value_or(0) > 0) add_damage(result, std::to_string(*lost) + " records belong to no initiative");
  return result;
}

}  // namespace

std::vector<IntegrityResult> check_integrity(store::Database& database,
                                             const std::function<void(const std::string&)>& on_progress) {
  using Check = IntegrityResult (*)(store::Database&);
  static constexpr std::array<std::pair<const char*, Check>, 5> checks = {{{"journal", check_journal},
                                                                           {"rows", check_rows},
                                                                           {"versions", check_versions},
                                                                           {"initiatives", check_initiatives},
                                                                           {"links", check_links}}};
  std::vector<IntegrityResult> results;
  for (const auto& [name, check] : checks) {
    if (on_progress) on_progress(name);
    results.push_back(check(database));
  }
  return results;
}

}  // namespace austral::registry
