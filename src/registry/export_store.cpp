// SQL of downloads.
#include "registry/export_store.hpp"

#include <algorithm>
#include <tuple>

#include "registry/contribution_store.hpp"
#include "registry/facet.hpp"
#include "registry/fact_store.hpp"
#include "registry/record_store.hpp"
#include "registry/statement.hpp"

namespace austral::registry {
namespace {

using store::Row;

constexpr std::size_t ids_a_statement = 256;

void add_keys(Statement& statement, const std::vector<std::int64_t>& keys) {
  statement.text(" IN (");
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (i) statement.text(", ");
    statement.value(keys[i]);
  }
  statement.text(")");
}

/// Begins the question for parts; their initiatives come next.
void select_parts(Statement& statement) {
  statement
      .text("SELECT c.initiative, c.record, r.identifier, r.publisher, r.counted, r.standing, ")
      .text(part_columns)
      .text(" FROM contribution c JOIN record r ON r.key = c.record WHERE c.initiative");
}
constexpr std::string_view part_order = " ORDER BY c.initiative, c.record, c.n, c.part";

ExportedPart read_exported(const Row& row) {
  ExportedPart one;
  one.initiative = row.integer(0);
  one.record = row.integer(1);
  one.identifier = row.text(2);
  one.publisher = row.text(3);
  one.record_counted = row.integer(4) != 0;
  one.standing = row.text(5);
  one.part = read_part(row, 6);
  return one;
}

std::vector<ExportedPart> read_parts(store::Database& database, const Statement& statement) {
  std::vector<ExportedPart> parts;
  database.read(statement.sql(), statement.values(), [&](const Row& row) {
    parts.push_back(read_exported(row));
    return true;
  });
  return parts;
}

}  // namespace

std::vector<ExportedInitiative> list_exported(store::Database& database,
                                              const std::vector<std::int64_t>& keys) {
  if (keys.empty()) return {};
  Statement statement;
  statement.text("SELECT i.key, i.facets FROM initiative i WHERE i.key");
  add_keys(statement, keys);
  std::unordered_map<std::int64_t, std::vector<Facet>> facets;
  database.read(statement.sql(), statement.values(), [&](const Row& row) {
    auto& all = facets[row.integer(0)] = read_facets(row.text(1));
    std::sort(all.begin(), all.end(), [](const Facet& left, const Facet& right) {
      return std::tie(left.dimension, right.share, left.value) <
             std::tie(right.dimension, left.share, right.value);
    });
    return true;
  });
  std::vector<ExportedInitiative> exported;
  for (auto& line : list_lines(database, keys)) {
    auto& all = facets[line.key];
    exported.push_back({std::move(line), std::move(all)});
  }
  return exported;
}

std::unordered_map<std::int64_t, std::size_t> count_parts(store::Database& database,
                                                          const std::vector<std::int64_t>& keys) {
  std::unordered_map<std::int64_t, std::size_t> counts;
  if (keys.empty()) return counts;
  Statement statement;
  statement.text("SELECT c.initiative, count(*) FROM contribution c WHERE c.initiative");
  add_keys(statement, keys);
  statement.text(" GROUP BY c.initiative");
  database.read(statement.sql(), statement.values(), [&](const Row& row) {
    counts[row.integer(0)] = std::size_t(row.integer(1));
    return true;
  });
  return counts;
}

std::vector<ExportedPart> list_parts(store::Database& database,
                                     const std::vector<std::int64_t>& keys) {
  if (keys.empty()) return {};
  Statement statement;
  select_parts(statement);
  add_keys(statement, keys);
  statement.text(part_order);
  return read_parts(database, statement);
}

std::vector<ExportedPart> list_parts_after(store::Database& database, std::int64_t key,
                                           const ExportedPart* last, std::size_t limit) {
  Statement statement;
  select_parts(statement);
  statement.text(" = ").value(key);
  if (last)
    statement.text(" AND (c.record, c.n, c.part) > (")
        .value(last->record)
        .text(", ")
        .value(last->part.n)
        .text(", ")
        .value(last->part.part)
        .text(")");
  statement.text(part_order).text(" LIMIT ").value(std::int64_t(limit));
  return read_parts(database, statement);
}

std::unordered_map<std::string, OrganizationLine> list_organizations_named(
    store::Database& database, const std::vector<std::string>& ids) {
  std::unordered_map<std::string, OrganizationLine> found;
  for (std::size_t from = 0; from < ids.size(); from += ids_a_statement) {
    Statement statement;
    statement.text("SELECT id, name, type, country FROM organization WHERE id IN (");
    for (std::size_t i = from; i < std::min(ids.size(), from + ids_a_statement); ++i) {
      if (i > from) statement.text(", ");
      statement.value(std::string_view(ids[i]));
    }
    statement.text(")");
    database.read(statement.sql(), statement.values(), [&](const Row& row) {
      OrganizationLine line;
      line.id = row.text(0);
      line.name = row.text(1);
      line.type = row.text(2);
      line.country = row.text(3);
      found.emplace(line.id, line);
      return true;
    });
  }
  return found;
}

namespace {

std::vector<KeptRecord> read_kept(store::Database& database, std::string_view column,
                                  const std::vector<std::int64_t>& keys) {
  std::vector<KeptRecord> records;
  if (keys.empty()) return records;
  Statement statement;
  statement
      .text(
          "SELECT r.initiative, r.key, r.counted, r.publisher, r.identifier, v.format, "
          "v.content, v.source_bytes FROM record r JOIN record_version v ON v.record = r.key "
          "AND v.version = r.version WHERE ")
      .text(column);
  add_keys(statement, keys);
  statement.text(" ORDER BY r.initiative, r.key");
  database.read(statement.sql(), statement.values(), [&](const Row& row) {
    auto texts = unpack_content(row.bytes(6), row.integer(7));
    records.push_back({row.integer(0), row.integer(1), row.integer(2) != 0,
                       std::string(row.text(3)), std::string(row.text(4)), std::string(row.text(5)),
                       std::move(texts.source), std::move(texts.body)});
    return true;
  });
  return records;
}

}  // namespace

std::vector<KeptRecord> list_records_of(store::Database& database,
                                        const std::vector<std::int64_t>& initiatives) {
  return read_kept(database, "r.initiative", initiatives);
}

std::vector<KeptRecord> list_records(store::Database& database,
                                     const std::vector<std::int64_t>& keys) {
  return read_kept(database, "r.key", keys);
}

std::vector<std::int64_t> find_organisation_files(store::Database& database,
                                                  std::string_view publisher) {
  std::vector<std::int64_t> keys;
  database.read(
      "SELECT key FROM record WHERE kind = 'organisation' AND ($1 = '' OR publisher = $1) "
      "ORDER BY key",
      {publisher}, [&](const Row& row) {
        keys.push_back(row.integer(0));
        return true;
      });
  return keys;
}

}  // namespace austral::registry
