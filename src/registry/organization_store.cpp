// SQL of organizations.
#include "registry/organization_store.hpp"

#include <deque>

#include "base/text.hpp"
#include "registry/initiative_store.hpp"

namespace austral::registry {
namespace {

using store::Row;
using store::Value;

constexpr std::size_t most_known = 200'000;  // bounds the memory of an endless import
constexpr std::size_t rows_a_statement = 64;

constexpr std::string_view on_conflict =
    " ON CONFLICT (id) DO UPDATE SET name = excluded.name, type = CASE WHEN excluded.type = '' "
    "THEN "
    "organization.type ELSE excluded.type END, country = CASE WHEN excluded.country = '' THEN "
    "organization.country ELSE excluded.country END, named_by = excluded.named_by, words = "
    "excluded.words "
    "WHERE excluded.named_by > organization.named_by OR (excluded.named_by = 3 AND "
    "organization.named_by = 3)";  // an organization's own newer name replaces its older one

void write_rows(store::Database& database, const std::vector<const OrganizationName*>& rows) {
  std::string sql = "INSERT INTO organization (id, name, type, country, named_by, words) VALUES ";
  std::vector<Value> values;
  std::deque<std::string> words;  // folded, to be found by; kept while the statement runs
  for (const auto* one : rows) {
    sql += values.empty() ? "(" : ", (";
    for (int i = 0; i < 6; ++i)
      sql += (i ? ", $" : "$") + std::to_string(values.size() + std::size_t(i) + 1);
    sql += ")";
    words.push_back(fold(one->name + " " + one->id));
    values.insert(values.end(), {std::string_view(one->id), std::string_view(one->name),
                                 std::string_view(one->type), std::string_view(one->country),
                                 std::int64_t(one->named_by), std::string_view(words.back())});
  }
  sql += on_conflict;
  database.run(sql, values);
}

OrganizationLine read_organization(const Row& row) {
  return {std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2)),
          std::string(row.text(3)), row.integer(4),           row.integer(5) != 0};
}

constexpr std::string_view organization_columns =
    "o.id, o.name, o.type, o.country, "
    "(SELECT count(*) FROM facet f WHERE f.dim = 17 AND f.value = o.id) AS initiatives, "
    "CASE WHEN EXISTS (SELECT 1 FROM facet p WHERE p.dim = 14 AND p.value = o.id) THEN 1 ELSE 0 "
    "END";

}  // namespace

void OrganizationNames::add(store::Database&, const std::vector<OrganizationName>& organizations) {
  if (known_.size() > most_known) known_.clear();
  for (const auto& one : organizations) {
    const auto known = known_.find(one.id);
    if (known != known_.end() && known->second >= one.named_by) continue;
    known_[one.id] = one.named_by;
    queue_[one.id] = one;
  }
}

void OrganizationNames::flush(store::Database& database) {
  std::vector<const OrganizationName*> rows;
  for (const auto& [id, one] : queue_) {
    rows.push_back(&one);
    if (rows.size() == rows_a_statement) {
      write_rows(database, rows);
      rows.clear();
    }
  }
  for (const auto* one : rows) write_rows(database, {one});
  queue_.clear();
}

std::optional<OrganizationLine> find_organization(store::Database& database, std::string_view id) {
  std::optional<OrganizationLine> line;
  database.read(
      "SELECT " + std::string(organization_columns) + " FROM organization o WHERE o.id = $1", {id},
      [&](const Row& row) {
        line = read_organization(row);
        return false;
      });
  return line;
}

namespace {

/// A column of the organizations with these ids, where it says something.
std::unordered_map<std::string, std::string> read_column(store::Database& database,
                                                         const std::string& column,
                                                         const std::vector<std::string>& ids) {
  std::unordered_map<std::string, std::string> found;
  constexpr std::size_t at_once = 256;
  for (std::size_t from = 0; from < ids.size(); from += at_once) {
    std::string sql = "SELECT id, " + column + " FROM organization WHERE id IN (";
    std::vector<Value> values;
    for (std::size_t i = from; i < std::min(ids.size(), from + at_once); ++i) {
      values.push_back(std::string_view(ids[i]));
      sql += (values.size() > 1 ? ", $" : "$") + std::to_string(values.size());
    }
    database.read(sql + ")", values, [&](const Row& row) {
      if (!row.text(1).empty()) found[std::string(row.text(0))] = row.text(1);
      return true;
    });
  }
  return found;
}

}  // namespace

std::unordered_map<std::string, std::string> name_organizations(
    store::Database& database, const std::vector<std::string>& ids) {
  auto names = read_column(database, "name", ids);
  for (const auto& id : ids) names.try_emplace(id, id.starts_with("name:") ? id.substr(5) : id);
  return names;
}

std::unordered_map<std::string, std::string> find_organization_countries(
    store::Database& database, const std::vector<std::string>& ids) {
  return read_column(database, "country", ids);
}

OrganizationPage list_organizations(store::Database& database, std::string_view words,
                                    std::string_view country, std::int64_t offset,
                                    std::int64_t limit) {
  OrganizationPage page;
  std::string where = " WHERE 1 = 1";
  std::vector<Value> values;
  std::vector<std::string> patterns;
  const std::string folded = fold(words);
  for (const auto word : split(folded, ' '))
    if (!word.empty()) patterns.push_back(to_pattern(word));
  for (const auto& pattern : patterns) {
    values.push_back(std::string_view(pattern));
    where += " AND o.words LIKE $" + std::to_string(values.size()) + " ESCAPE '\\'";
  }
  if (!country.empty()) {
    values.push_back(country);
    where += " AND o.country = $" + std::to_string(values.size());
  }
  page.total = store::find_integer(database, "SELECT count(*) FROM organization o" + where, values)
                   .value_or(0);
  std::string sql = "SELECT " + std::string(organization_columns) + " FROM organization o" + where +
                    " ORDER BY initiatives DESC, o.name, o.id";
  if (limit > 0) {
    sql += " LIMIT $" + std::to_string(values.size() + 1) + " OFFSET $" +
           std::to_string(values.size() + 2);
    values.push_back(limit);
    values.push_back(offset);
  }
  database.read(sql, values, [&](const Row& row) {
    page.lines.push_back(read_organization(row));
    return true;
  });
  return page;
}

std::vector<std::int64_t> find_organization_records(store::Database& database,
                                                    std::string_view id) {
  std::vector<std::int64_t> keys;
  database.read(
      "SELECT key FROM record WHERE publisher = $1 AND kind = 'organisation' ORDER BY key", {id},
      [&](const Row& row) {
        keys.push_back(row.integer(0));
        return true;
      });
  return keys;
}

}  // namespace austral::registry
