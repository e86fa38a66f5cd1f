// SQL of downloads.
#include "registry/export_store.hpp"

#include <algorithm>
#include <tuple>

#include "registry/facet.hpp"
#include "registry/fact_store.hpp"
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

constexpr std::string_view part_columns =
    "SELECT c.initiative, c.record, r.identifier, r.publisher, r.counted, r.standing, c.n, c.part, "
    "c.kind, c.counted, c.day, c.year, c.provider, c.recipient, c.unit, c.amount, c.scale, "
    "c.usd_cents, c.sectors, c.goals, c.modality, c.flow_type FROM contribution c JOIN record r ON "
    "r.key = c.record WHERE c.initiative";
constexpr std::string_view part_order = " ORDER BY c.initiative, c.record, c.n, c.part";

ExportedPart read_part(const Row& row) {
  ExportedPart one;
  one.initiative = row.integer(0);
  one.record = row.integer(1);
  one.identifier = row.text(2);
  one.publisher = row.text(3);
  one.record_counted = row.integer(4) != 0;
  one.standing = row.text(5);
  auto& part = one.part;
  part.n = row.integer(6);
  part.part = row.integer(7);
  part.kind = ContributionKind(row.integer(8));
  part.counted = row.integer(9) != 0;
  part.day = row.text(10);
  if (!row.is_null(11)) part.year = int(row.integer(11));
  part.provider = row.text(12);
  part.recipient = row.text(13);
  part.unit = row.text(14);
  part.amount = row.integer(15);
  part.scale = int(row.integer(16));
  if (!row.is_null(17)) part.usd_cents = row.integer(17);
  part.sectors = row.text(18);
  part.goals = row.text(19);
  part.modality = row.text(20);
  part.flow_type = row.text(21);
  return one;
}

std::vector<ExportedPart> read_parts(store::Database& database, const Statement& statement) {
  std::vector<ExportedPart> parts;
  database.read(statement.sql(), statement.values(), [&](const Row& row) {
    parts.push_back(read_part(row));
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
  statement.text(part_columns);
  add_keys(statement, keys);
  statement.text(part_order);
  return read_parts(database, statement);
}

std::vector<ExportedPart> list_parts_after(store::Database& database, std::int64_t key,
                                           const ExportedPart* last, std::size_t limit) {
  Statement statement;
  statement.text(part_columns).text(" = ").value(key);
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

}  // namespace austral::registry
