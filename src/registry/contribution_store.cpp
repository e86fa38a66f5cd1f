// SQL of contributions.
#include "registry/contribution_store.hpp"

#include "registry/statement.hpp"

namespace austral::registry {
namespace {

using store::Row;

void add_contribution_conditions(Statement& statement, const ContributionQuestion& question) {
  if (question.counted_only) statement.text(" AND c.counted = 1");
  if (question.provider)
    statement.text(" AND c.provider = ").value(std::string_view(*question.provider));
  if (question.recipient)
    statement.text(" AND c.recipient = ").value(std::string_view(*question.recipient));
  if (question.year && *question.year == 0)
    statement.text(" AND c.year IS NULL");
  else if (question.year)
    statement.text(" AND c.year = ").value(std::int64_t(*question.year));
  if (question.framework)
    statement.text(" AND i.framework = ").value(to_string(*question.framework));
  if (question.initiative) statement.text(" AND c.initiative = ").value(*question.initiative);
  if (question.kinds.empty()) return;
  statement.text(" AND c.kind IN (");
  for (std::size_t i = 0; i < question.kinds.size(); ++i) {
    if (i) statement.text(", ");
    statement.value(std::int64_t(question.kinds[i]));
  }
  statement.text(")");
}

ContributionLine read_contribution(const Row& row) {
  ContributionLine line;
  line.initiative = row.integer(0);
  line.record = row.integer(1);
  line.identifier = row.text(2);
  line.title = row.text(3);
  line.part = read_part(row, 4);
  line.counted = line.part.counted;
  return line;
}

}  // namespace

ContributionPart read_part(const Row& row, int first) {
  ContributionPart part;
  int column = first;
  part.n = row.integer(column++);
  part.part = row.integer(column++);
  part.kind = ContributionKind(row.integer(column++));
  part.counted = row.integer(column++) != 0;
  part.day = row.text(column++);
  if (!row.is_null(column)) part.year = int(row.integer(column));
  part.provider = row.text(++column);
  part.recipient = row.text(++column);
  part.unit = row.text(++column);
  part.amount = row.integer(++column);
  part.scale = int(row.integer(++column));
  if (!row.is_null(++column)) part.usd_cents = row.integer(column);
  part.sides = int(row.integer(++column));
  part.sectors = row.text(++column);
  part.goals = row.text(++column);
  part.modality = row.text(++column);
  part.flow_type = row.text(++column);
  part.finance_type = row.text(++column);
  part.collaboration = row.text(++column);
  part.details = row.text(++column);
  part.superseded = row.integer(++column) != 0;
  if (!row.is_null(++column)) part.whole = row.integer(column);
  return part;
}

std::vector<ContributionLine> list_contributions(store::Database& database,
                                                 const ContributionQuestion& question,
                                                 std::int64_t* total) {
  if (total) {
    Statement count;
    count.text(
        "SELECT count(*) FROM contribution c JOIN initiative i ON i.key = c.initiative WHERE 1 = "
        "1");
    add_contribution_conditions(count, question);
    *total = store::find_integer(database, count.sql(), count.values()).value_or(0);
  }
  Statement statement;
  statement.text("SELECT c.initiative, c.record, r.identifier, i.title, ")
      .text(part_columns)
      .text(
          " FROM contribution c JOIN initiative i ON i.key = c.initiative "
          "JOIN record r ON r.key = c.record WHERE 1 = 1");
  add_contribution_conditions(statement, question);
  statement.text(" ORDER BY c.day DESC, c.initiative, c.record, c.n, c.part");
  if (question.limit > 0)
    statement.text(" LIMIT ").value(question.limit).text(" OFFSET ").value(question.offset);
  std::vector<ContributionLine> lines;
  database.read(statement.sql(), statement.values(), [&](const Row& row) {
    lines.push_back(read_contribution(row));
    return true;
  });
  return lines;
}

std::int64_t sum_cents(store::Database& database, const ContributionQuestion& question) {
  Statement statement;
  statement.text(
      "SELECT coalesce(sum(c.usd_cents), 0) FROM contribution c JOIN initiative i ON i.key = "
      "c.initiative WHERE 1 = 1");
  add_contribution_conditions(statement, question);
  return store::find_integer(database, statement.sql(), statement.values()).value_or(0);
}

const std::vector<ContributionKind>& flow_kinds() {
  static const std::vector<ContributionKind> kinds = {
      ContributionKind::budget, ContributionKind::commitment, ContributionKind::disbursement,
      ContributionKind::expenditure};
  return kinds;
}

}  // namespace austral::registry
