// SQL of imports and findings.
#include "registry/import_store.hpp"

#include <map>

#include "base/date.hpp"
#include "registry/statement.hpp"

namespace austral::registry {

using store::Row;
using store::Value;

std::vector<ImportLine> list_imports(store::Database& database, std::int64_t limit) {
  std::vector<ImportLine> lines;
  std::string sql =
      "SELECT key, name, format, damage, started, finished, bytes, read_count, new_count, "
      "changed_count, "
      "unchanged_count, finding_count FROM import_file ORDER BY key DESC";
  if (limit > 0) sql += " LIMIT " + std::to_string(limit);
  database.read(sql, {}, [&](const Row& row) {
    lines.push_back({row.integer(0), std::string(row.text(1)), std::string(row.text(2)),
                     std::string(row.text(3)), row.integer(4), row.integer(5), row.integer(6),
                     row.integer(7), row.integer(8), row.integer(9), row.integer(10),
                     row.integer(11)});
    return true;
  });
  return lines;
}

std::vector<PublisherLine> list_publishers(store::Database& database) {
  std::map<std::string, PublisherLine> lines;
  database.read(
      "SELECT r.publisher, max(r.updated), count(*), sum(CASE WHEN r.counted = 0 THEN 1 ELSE 0 "
      "END), "
      "count(DISTINCT CASE WHEN r.kind = 'activity' THEN r.initiative END) FROM record r GROUP BY "
      "r.publisher",
      {}, [&](const Row& row) {
        PublisherLine line;
        line.publisher = row.text(0);
        line.updated = row.text(1);
        line.records = row.integer(2);
        line.not_counted = row.integer(3);
        line.initiatives = row.integer(4);
        lines[line.publisher] = line;
        return true;
      });
  database.read(
      "SELECT r.publisher, count(*), max(v.imported) FROM record_version v JOIN record r ON r.key "
      "= v.record "
      "GROUP BY r.publisher",
      {}, [&](const Row& row) {
        auto& line = lines[std::string(row.text(0))];
        line.versions = row.integer(1);
        line.imported = row.integer(2);
        return true;
      });
  database.read(
      "SELECT r.publisher, sum(CASE WHEN f.severity >= 2 THEN 1 ELSE 0 END), "
      "sum(CASE WHEN f.severity = 1 THEN 1 ELSE 0 END) FROM finding f JOIN record r ON r.key = "
      "f.record "
      "GROUP BY r.publisher",
      {}, [&](const Row& row) {
        auto& line = lines[std::string(row.text(0))];
        line.errors = row.integer(1);
        line.warnings = row.integer(2);
        return true;
      });
  std::vector<PublisherLine> all;
  for (auto& [publisher, line] : lines) all.push_back(std::move(line));
  return all;
}

std::vector<FindingGroup> group_findings(store::Database& database, std::int64_t import_file) {
  std::vector<FindingGroup> groups;
  database.read(
      "SELECT severity, rule, min(place), min(message), count(*) FROM finding WHERE $1 = 0 OR "
      "import_file = $1 "
      "GROUP BY severity, rule ORDER BY 1 DESC, 5 DESC, 2",
      {import_file}, [&](const Row& row) {
        groups.push_back({Severity(row.integer(0)), std::string(row.text(1)),
                          std::string(row.text(2)), std::string(row.text(3)), row.integer(4)});
        return true;
      });
  return groups;
}

namespace {

/// The findings that a question asks for; `f` is the finding.
void add_wanted(Statement& statement, const FindingQuestion& question) {
  statement.text(" WHERE 1 = 1");
  if (!question.rule.empty()) statement.text(" AND f.rule = ").own(question.rule);
  if (question.severity)
    statement.text(" AND f.severity = ").value(std::int64_t(*question.severity));
  if (question.import_file != 0)
    statement.text(" AND f.import_file = ").value(question.import_file);
  if (question.record != 0) statement.text(" AND f.record = ").value(question.record);
  if (question.about)
    statement
        .text(
            " AND f.record IN (SELECT a.key FROM record a JOIN facet x ON x.initiative = "
            "a.initiative WHERE x.dim = ")
        .value(std::int64_t(question.about->dimension))
        .text(" AND x.value = ")
        .own(question.about->value)
        .text(")");
}

}  // namespace

std::vector<FindingLine> list_findings(store::Database& database, const FindingQuestion& question,
                                       std::int64_t* total) {
  if (total) {
    Statement counting;
    counting.text("SELECT count(*) FROM finding f");
    add_wanted(counting, question);
    *total = store::find_integer(database, counting.sql(), counting.values()).value_or(0);
  }
  Statement statement;
  statement.text(
      "SELECT f.severity, f.rule, f.place, f.message, f.record, coalesce(r.identifier, ''), i.name "
      "FROM finding f JOIN import_file i ON i.key = f.import_file "
      "LEFT JOIN record r ON r.key = f.record");
  add_wanted(statement, question);
  statement.text(" ORDER BY f.severity DESC, f.import_file DESC, f.n");
  if (question.limit > 0)
    statement.text(" LIMIT ").value(question.limit).text(" OFFSET ").value(question.offset);
  std::vector<FindingLine> lines;
  database.read(statement.sql(), statement.values(), [&](const Row& row) {
    lines.push_back({{Severity(row.integer(0)), std::string(row.text(1)), std::string(row.text(2)),
                      std::string(row.text(3))},
                     row.integer(4),
                     std::string(row.text(5)),
                     std::string(row.text(6))});
    return true;
  });
  return lines;
}

std::vector<FindingCount> count_findings(store::Database& database) {
  std::vector<FindingCount> counts;
  database.read(
      "SELECT r.initiative, f.severity, count(*) FROM finding f JOIN record r ON r.key = f.record "
      "WHERE r.initiative <> 0 GROUP BY r.initiative, f.severity",
      {}, [&](const Row& row) {
        counts.push_back({row.integer(0), Severity(row.integer(1)), row.integer(2)});
        return true;
      });
  return counts;
}

RegisterSize measure_register(store::Database& database) {
  const auto count = [&](std::string_view sql) {
    return store::find_integer(database, sql).value_or(0);
  };
  RegisterSize size;
  size.initiatives = count("SELECT count(*) FROM initiative");
  size.records = count("SELECT count(*) FROM record");
  size.versions = count("SELECT count(*) FROM record_version");
  size.organizations = count("SELECT count(*) FROM organization");
  size.publishers = count("SELECT count(DISTINCT publisher) FROM record");
  size.contributions = count("SELECT count(*) FROM contribution");
  size.findings = count("SELECT count(*) FROM finding");
  size.files = count("SELECT count(*) FROM import_file");
  size.countries =
      count("SELECT count(DISTINCT value) FROM facet WHERE dim IN (1, 2, 3) AND length(value) = 2");
  size.first_year =
      count("SELECT min(year) FROM initiative WHERE year IS NOT NULL AND year > 1900");
  size.last_year =
      store::find_integer(database,
                          "SELECT max(year) FROM initiative WHERE year IS NOT NULL AND year <= $1",
                          {std::int64_t(year_of(today()))})
          .value_or(0);
  return size;
}

}  // namespace austral::registry
