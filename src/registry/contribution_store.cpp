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
  line.counted = row.integer(4) != 0;
  auto& part = line.part;
  part.counted = line.counted;
  part.n = row.integer(5);
  part.part = row.integer(6);
  part.kind = ContributionKind(row.integer(7));
  part.day = row.text(8);
  if (!row.is_null(9)) part.year = int(row.integer(9));
  part.provider = row.text(10);
  part.recipient = row.text(11);
  part.unit = row.text(12);
  part.amount = row.integer(13);
  part.scale = int(row.integer(14));
  if (!row.is_null(15)) part.usd_cents = row.integer(15);
  part.sides = int(row.integer(16));
  part.sectors = row.text(17);
  part.goals = row.text(18);
  part.modality = row.text(19);
  part.flow_type = row.text(20);
  return line;
}

}  // namespace

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
  statement.text(
      "SELECT c.initiative, c.record, r.identifier, i.title, c.counted, c.n, c.part, c.kind, "
      "c.day, c.year, "
      "c.provider, c.recipient, c.unit, c.amount, c.scale, c.usd_cents, "
      "c.sides, c.sectors, c.goals, c.modality, c.flow_type FROM contribution c "
      "JOIN initiative i ON i.key = c.initiative JOIN record r ON r.key = c.record WHERE 1 = 1");
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

std::vector<Flow> sum_flows(store::Database& database, const ContributionQuestion& question) {
  Statement statement;
  statement.text(
      "SELECT c.provider, c.recipient, c.year, i.framework, count(DISTINCT c.initiative), "
      "count(*), "
      "sum(CASE WHEN c.kind = 14 THEN c.usd_cents END), "
      "sum(CASE WHEN c.kind = 2 THEN c.usd_cents END), "
      "sum(CASE WHEN c.kind IN (3, 4) THEN c.usd_cents END), "
      "count(*) - count(c.usd_cents), sum(CASE WHEN c.kind IN (3, 4) THEN 1 ELSE 0 END) FROM "
      "contribution c "
      "JOIN initiative i ON i.key = c.initiative WHERE 1 = 1");
  auto asked = question;
  if (asked.kinds.empty()) asked.kinds = flow_kinds();
  add_contribution_conditions(statement, asked);
  statement.text(
      " GROUP BY c.provider, c.recipient, c.year, i.framework ORDER BY 1, 2, coalesce(c.year, 0), "
      "4");
  std::vector<Flow> flows;
  database.read(statement.sql(), statement.values(), [&](const Row& row) {
    Flow flow;
    flow.provider = row.text(0);
    flow.recipient = row.text(1);
    if (!row.is_null(2)) flow.year = int(row.integer(2));
    flow.framework = parse_framework(row.text(3));
    flow.initiatives = row.integer(4);
    flow.contributions = row.integer(5);
    if (!row.is_null(6)) flow.budgeted_cents = row.integer(6);
    if (!row.is_null(7)) flow.committed_cents = row.integer(7);
    if (!row.is_null(8)) flow.disbursed_cents = row.integer(8);
    flow.unpriced = row.integer(9);
    flow.disbursements = row.integer(10);
    flows.push_back(std::move(flow));
    return true;
  });
  return flows;
}

}  // namespace austral::registry
