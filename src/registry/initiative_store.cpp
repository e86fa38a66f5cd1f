// SQL of initiatives: their derived rows in, questions about them out.
#include "registry/initiative_store.hpp"

#include <algorithm>
#include <charconv>
#include <tuple>

#include "base/date.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "codes/code_list.hpp"
#include "codes/country.hpp"
#include "codes/organization.hpp"
#include "registry/facet.hpp"
#include "registry/record_store.hpp"
#include "registry/scope_store.hpp"

namespace austral::registry {
namespace {

using store::Row;
using store::Value;

/// As lower() does it in both engines: letters of other scripts stay as they are.
std::string to_lower_ascii(std::string_view text) {
  std::string lower(text);
  for (char& letter : lower)
    if (letter >= 'A' && letter <= 'Z') letter = char(letter - 'A' + 'a');
  return lower;
}

/// Adds `AND ...` for words and filters over `initiative i`.
void add_conditions(Statement& statement, const std::string& words,
                    const std::vector<Filter>& filters) {
  for (const auto word : split(words, ' '))
    if (!word.empty())
      statement.text(" AND lower(i.title || ' ' || i.identifier) LIKE ")
          .own(to_pattern(to_lower_ascii(word)))
          .text(" ESCAPE '\\'");
  add_scope(statement, "i.key", filters);
}

constexpr std::string_view initiative_columns =
    "i.key, i.identifier, i.title, i.language, i.publisher, i.status, i.start_date, i.end_date, "
    "i.framework, "
    "i.rule, i.reason, i.updated, i.lead, i.records, i.budgeted_cents, i.committed_cents, "
    "i.disbursed_cents, i.facets";

/// What each sortable column is in SQL; what is not known stands last either way.
const std::vector<std::pair<std::string, std::string>>& sort_columns() {
  static const std::vector<std::pair<std::string, std::string>> all = {
      {"start", "start_date"},
      {"title", "title"},
      {"identifier", "identifier"},
      {"framework", "framework"},
      {"status", "status"},
      {"end", "end_date"},
      {"budgeted_usd", "budgeted_cents"},
      {"committed_usd", "committed_cents"},
      {"disbursed_usd", "disbursed_cents"},
      {"publisher", "publisher"},
      {"records", "records"},
      {"updated", "updated"}};
  return all;
}

std::string order_sql(const Question& question) {
  for (const auto& [name, column] : sort_columns())
    if (name == question.sort) {
      const std::string nothing = column.ends_with("cents") || column == "records" ? "0" : "''";
      // Of those that begin, the ones that have begun come before placeholders far in the future.
      const std::string future = column == "start_date" && question.descending
                                     ? " OR i.start_date > '" + to_string(today()) + "'"
                                     : "";
      return "CASE WHEN i." + column + " = " + nothing + future + " THEN 1 ELSE 0 END, i." +
             column + (question.descending ? " DESC" : "") + ", i.key";
    }
  throw Error(Kind::invalid, "initiatives cannot be sorted by '" + question.sort + "'");
}

/// The facets in the order in which they are shown: the largest shares of a dimension first.
std::vector<Facet> read_ordered(std::string_view text) {
  auto facets = read_facets(text);
  std::sort(facets.begin(), facets.end(), [](const Facet& left, const Facet& right) {
    return std::tie(left.dimension, right.share, left.value) <
           std::tie(right.dimension, left.share, right.value);
  });
  return facets;
}

/// Fills providers, recipients, facilitators and sectors of a line from its row's facets: those
/// without a share only when there are none with one. Regions are no recipients of a line.
void add_partners(InitiativeLine& line, std::string_view text) {
  Facet first;
  for (auto& facet : read_ordered(text)) {
    if (facet.dimension != first.dimension) first = facet;
    const bool shown = facet.share > 0 || first.share == 0;
    switch (facet.dimension) {
      case Dimension::provider:
        if (shown) line.providers.push_back(std::move(facet.value));
        break;
      case Dimension::recipient:
        if (!facet.value.starts_with("region:")) line.recipients.push_back(std::move(facet.value));
        break;
      case Dimension::facilitator: line.facilitators.push_back(std::move(facet.value)); break;
      case Dimension::purpose:
        if (shown) line.sectors.push_back(std::move(facet.value));
        break;
      case Dimension::category:
        if (shown && (line.sectors.empty() || line.sectors.front().size() == 3))
          line.sectors.push_back(std::move(facet.value));
        break;
      default: break;
    }
  }
}

InitiativeLine read_initiative(const Row& row) {
  InitiativeLine line;
  line.key = row.integer(0);
  line.identifier = row.text(1);
  line.title = row.text(2);
  line.language = row.text(3);
  line.publisher = row.text(4);
  line.status = row.text(5);
  line.start_date = row.text(6);
  line.end_date = row.text(7);
  line.framework = parse_framework(row.text(8));
  line.rule = row.text(9);
  line.reason = row.text(10);
  line.updated = row.text(11);
  line.lead = row.integer(12);
  line.records = row.integer(13);
  line.budgeted_cents = row.integer(14);
  line.committed_cents = row.integer(15);
  line.disbursed_cents = row.integer(16);
  add_partners(line, row.text(17));
  return line;
}

}  // namespace

void InitiativeRows::add(std::int64_t key, std::int64_t lead, const Assembly& assembly) {
  const Value year = assembly.year ? Value(std::int64_t(*assembly.year)) : Value(std::monostate{});
  facet_texts_.push_back(to_text(assembly.facets));
  initiatives_.insert(
      initiatives_.end(),
      {key, std::string_view(assembly.identifier), lead, std::int64_t(assembly.members.size()),
       std::string_view(assembly.title), std::string_view(assembly.language),
       std::string_view(assembly.publisher), std::string_view(assembly.status),
       std::string_view(assembly.start_date), std::string_view(assembly.end_date), year,
       to_string(assembly.framework.framework), std::string_view(assembly.framework.rule),
       std::string_view(assembly.framework.reason), std::string_view(assembly.updated),
       assembly.budgeted_cents, assembly.committed_cents, assembly.disbursed_cents,
       std::string_view(facet_texts_.back())});
  for (const auto& facet : assembly.facets) facets_.push_back({&facet, key});
  for (const auto& member : assembly.members)
    for (const auto& part : member.parts)
      contributions_.insert(contributions_.end(),
                            {key,
                             member.key,
                             part.n,
                             part.part,
                             std::int64_t(part.kind),
                             std::int64_t(part.counted),
                             std::string_view(part.day),
                             part.year ? Value(std::int64_t(*part.year)) : Value(std::monostate{}),
                             std::string_view(part.provider),
                             std::string_view(part.recipient),
                             std::string_view(part.unit),
                             part.amount,
                             std::int64_t(part.scale),
                             store::nullable(part.usd_cents),
                             std::int64_t(part.sides),
                             std::string_view(part.sectors),
                             std::string_view(part.goals),
                             std::string_view(part.modality),
                             std::string_view(part.flow_type),
                             std::string_view(part.finance_type),
                             std::string_view(part.collaboration),
                             std::string_view(part.details),
                             std::int64_t(part.superseded),
                             store::nullable(part.whole)});
}

void InitiativeRows::append_to(store::Database& database) {
  database.append("initiative",
                  {"key", "identifier", "lead", "records", "title", "language", "publisher",
                   "status", "start_date", "end_date", "year", "framework", "rule", "reason",
                   "updated", "budgeted_cents", "committed_cents", "disbursed_cents", "facets"},
                  initiatives_);
  // In the order of their key: neighbours in the table are written together.
  std::sort(facets_.begin(), facets_.end(), [](const FacetRow& left, const FacetRow& right) {
    if (left.facet->dimension != right.facet->dimension)
      return left.facet->dimension < right.facet->dimension;
    const int order = left.facet->value.compare(right.facet->value);
    return order != 0 ? order < 0 : left.initiative < right.initiative;
  });
  std::vector<Value> facets;
  facets.reserve(facets_.size() * 4);
  for (const auto& [facet, initiative] : facets_)
    facets.insert(facets.end(), {std::int64_t(facet->dimension), std::string_view(facet->value),
                                 initiative, facet->share});
  database.append("facet", {"dim", "value", "initiative", "share"}, facets);
  database.append("contribution",
                  {"initiative",    "record",  "n",          "part",      "kind",
                   "counted",       "day",     "year",       "provider",  "recipient",
                   "unit",          "amount",  "scale",      "usd_cents", "sides",
                   "sectors",       "goals",   "modality",   "flow_type", "finance_type",
                   "collaboration", "details", "superseded", "whole"},
                  contributions_);
  initiatives_.clear();
  facets_.clear();
  facet_texts_.clear();
  contributions_.clear();
}

void remove_initiative(store::Database& database, std::int64_t key) {
  for (const auto& facet : list_facets(database, key))
    database.run("DELETE FROM facet WHERE dim = $1 AND value = $2 AND initiative = $3",
                 {std::int64_t(facet.dimension), std::string_view(facet.value), key});
  database.run("DELETE FROM contribution WHERE initiative = $1", {key});
  database.run("DELETE FROM initiative WHERE key = $1", {key});
}

const std::vector<std::string>& sortable_columns() {
  static const auto names = [] {
    std::vector<std::string> all;
    for (const auto& [name, column] : sort_columns()) all.push_back(name);
    return all;
  }();
  return names;
}

namespace {

std::int64_t count_matching(store::Database& database, const std::string& words,
                            const std::vector<Filter>& filters) {
  Statement count;
  count.text("SELECT count(*) FROM initiative i WHERE 1 = 1");
  add_conditions(count, words, filters);
  return store::find_integer(database, count.sql(), count.values()).value_or(0);
}

}  // namespace

std::int64_t count_initiatives(store::Database& database, const std::vector<Filter>& filters) {
  return count_matching(database, {}, filters);
}

namespace {

void read_matching(store::Database& database, const Question& question, std::string_view columns,
                   const std::function<bool(const Row&)>& on_row) {
  Statement statement;
  statement.text("SELECT ").text(columns).text(" FROM initiative i WHERE 1 = 1");
  add_conditions(statement, question.words, question.filters);
  statement.text(" ORDER BY ").text(order_sql(question));
  if (question.limit > 0)
    statement.text(" LIMIT ").value(question.limit).text(" OFFSET ").value(question.offset);
  database.read(statement.sql(), statement.values(), on_row);
}

}  // namespace

InitiativePage find_initiatives(store::Database& database, const Question& question) {
  InitiativePage page;
  page.total = count_matching(database, question.words, question.filters);
  read_matching(database, question, initiative_columns, [&](const Row& row) {
    page.lines.push_back(read_initiative(row));
    return true;
  });
  return page;
}

std::vector<std::int64_t> find_keys(store::Database& database, const Question& question) {
  std::vector<std::int64_t> keys;
  read_matching(database, question, "i.key", [&](const Row& row) {
    keys.push_back(row.integer(0));
    return true;
  });
  return keys;
}

std::vector<InitiativeLine> read_lines(store::Database& database,
                                       std::span<const std::int64_t> keys) {
  std::vector<InitiativeLine> lines;
  if (keys.empty()) return lines;
  Statement statement;
  statement.text("SELECT ").text(initiative_columns).text(" FROM initiative i WHERE i.key IN (");
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (i) statement.text(", ");
    statement.value(keys[i]);
  }
  statement.text(")");
  lines.reserve(keys.size());
  database.read(statement.sql(), statement.values(), [&](const Row& row) {
    lines.push_back(read_initiative(row));
    return true;
  });
  return lines;
}

std::optional<InitiativeLine> find_initiative(store::Database& database, std::int64_t key) {
  std::vector<InitiativeLine> lines;
  database.read("SELECT " + std::string(initiative_columns) + " FROM initiative i WHERE i.key = $1",
                {key}, [&](const Row& row) {
                  lines.push_back(read_initiative(row));
                  return false;
                });
  if (lines.empty()) return std::nullopt;
  return lines.front();
}

std::optional<InitiativeLine> find_initiative_named(store::Database& database,
                                                    std::string_view identifier,
                                                    std::int64_t* matches) {
  std::vector<std::int64_t> keys;
  database.read(
      "SELECT DISTINCT r.initiative FROM record r WHERE r.identifier = $1 AND r.initiative <> 0 "
      "ORDER BY 1",
      {identifier}, [&](const Row& row) {
        keys.push_back(row.integer(0));
        return true;
      });
  if (matches) *matches = std::int64_t(keys.size());
  for (const auto key : keys)
    if (auto line = find_initiative(database, key)) return line;
  return std::nullopt;
}

std::vector<MemberLine> list_members(store::Database& database, std::int64_t initiative) {
  std::vector<MemberLine> members;
  database.read(
      "SELECT r.key, r.publisher, r.identifier, r.updated, v.format, r.version, "
      "(SELECT count(*) FROM record_version l WHERE l.record = r.key), r.counted, r.standing "
      "FROM record r JOIN record_version v ON v.record = r.key AND v.version = r.version "
      "JOIN initiative i ON i.key = r.initiative WHERE r.initiative = $1 "
      "ORDER BY CASE WHEN r.key = i.lead THEN 0 ELSE 1 END, r.publisher, r.identifier",
      {initiative}, [&](const Row& row) {
        members.push_back({row.integer(0), std::string(row.text(1)), std::string(row.text(2)),
                           std::string(row.text(3)), std::string(row.text(4)), row.integer(5),
                           row.integer(6), row.integer(7) != 0, std::string(row.text(8))});
        return true;
      });
  return members;
}

std::vector<LinkLine> list_links(store::Database& database, std::int64_t initiative) {
  std::vector<LinkLine> links;
  database.read(
      "SELECT l.record, l.other, o.initiative, l.kind, l.reason, o.publisher, o.identifier, "
      "(SELECT i.title FROM initiative i WHERE i.key = o.initiative), l.joins FROM record_link l "
      "JOIN record r ON r.key = l.record JOIN record o ON o.key = l.other WHERE r.initiative = $1 "
      "ORDER BY l.joins DESC, l.kind, o.identifier",
      {initiative}, [&](const Row& row) {
        links.push_back({row.integer(0), row.integer(1), row.integer(2), std::string(row.text(3)),
                         std::string(row.text(4)), std::string(row.text(5)),
                         std::string(row.text(6)), std::string(row.text(7)), row.integer(8) != 0});
        return true;
      });
  return links;
}

namespace {

/// `same as KEY` with the other record's identifier in place of its key.
std::string name_standing(store::Database& database, const std::string& standing) {
  const auto space = standing.rfind(' ');
  std::int64_t key = 0;
  const char* const end = standing.data() + standing.size();
  if (space == std::string::npos ||
      std::from_chars(standing.data() + space + 1, end, key).ptr != end)
    return standing;
  const auto other =
      store::find_text(database, "SELECT identifier FROM record WHERE key = $1", {key});
  return other ? standing.substr(0, space + 1) + *other : standing;
}

}  // namespace

InitiativeDetails get_initiative(store::Database& database, std::int64_t key) {
  InitiativeDetails details;
  auto line = find_initiative(database, key);
  if (!line) throw Error(Kind::not_found, "the register has no such initiative");
  details.initiative = std::move(*line);
  for (auto& member : list_members(database, key)) {
    Record record = get_record(database, member.key);
    member.standing = name_standing(database, member.standing);
    const bool adds =
        !member.counted &&
        store::find_integer(database,
                            "SELECT count(*) FROM contribution WHERE initiative = $1 AND "
                            "record = $2 AND counted = 1",
                            {key, member.key})
                .value_or(0) > 0;
    details.records.push_back({std::move(member), std::move(record), adds});
  }
  details.links = list_links(database, key);
  return details;
}

std::vector<Facet> list_facets(store::Database& database, std::int64_t initiative) {
  const auto text =
      store::find_text(database, "SELECT facets FROM initiative WHERE key = $1", {initiative});
  return read_ordered(text.value_or(""));
}

FacetSums sum_facets(store::Database& database) {
  FacetSums sums;
  database.read("SELECT initiative, dim, value, share FROM facet", {}, [&](const Row& row) {
    sums[row.integer(0)] += fingerprint(int(row.integer(1)), row.text(2), row.integer(3));
    return true;
  });
  return sums;
}

}  // namespace austral::registry
