// Makes the tables of profiles.
#include "review/profiles.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "codes/code_list.hpp"
#include "codes/grouping.hpp"
#include "review/profile_parts.hpp"
#include "review/reports.hpp"

namespace austral::review {
namespace {

using registry::Dimension;

const std::vector<ColumnShape>& sum_columns() {
  static const std::vector<ColumnShape> columns = {{"initiatives", ColumnKind::number},
                                                   {"budgeted_usd", ColumnKind::money, "USD"},
                                                   {"committed_usd", ColumnKind::money, "USD"},
                                                   {"disbursed_usd", ColumnKind::money, "USD"},
                                                   {"unpriced", ColumnKind::number}};
  return columns;
}

void add_sums(std::vector<Cell>& row, const CubeSums& sums) {
  row.insert(row.end(), {sums.initiatives, usd_or_unknown(sums.budgeted_cents),
                         usd_or_unknown(sums.committed_cents), usd_or_unknown(sums.disbursed_cents),
                         sums.unpriced});
}

Dimension dimension_of(std::string_view by) {
  if (by == "sector") return Dimension::category;
  return registry::parse_dimension(by);
}

/// Whether the list of initiatives takes a value for what it is here: files hold unknown codes too.
bool can_ask(std::string_view by, const std::string& value) {
  if (value.empty()) return false;
  try {
    const auto filter = registry::parse_filter(filter_name(by), value);
    return filter.dimension == dimension_of(by) && filter.value == value;
  } catch (const Error&) {
    return false;
  }
}

/// The whole behind the rows, since an initiative may stand in several of them.
std::string whole_note(const CubeSums& total, const Language& words) {
  const auto usd = words.number(to_usd(total.disbursed_cents.value_or(0)));
  return words.t("profile.whole", {{"count", total.initiatives}, {"usd", usd}});
}

}  // namespace

registry::Filter Side::filter_of() const {
  // Not parse_filter(): an organization's reference may look like a country's name to it.
  return {registry::parse_dimension(filter), value};
}

std::string Side::path(const std::vector<std::pair<std::string, std::string>>& more) const {
  std::string path = "/initiatives?" + filter + "=" + percent_encode(value);
  for (const auto& [name, wanted] : more) path += "&" + name + "=" + percent_encode(wanted);
  return path;
}

std::string Subject::path() const {
  const char* folder = kind == Kind::country        ? "/countries/"
                       : kind == Kind::organization ? "/organizations/"
                                                    : "/groupings/";
  return folder + percent_encode(code);
}

Side Subject::side(std::string_view role) const {
  const std::string name(role);
  return {name, kind == Kind::grouping ? name + "_in" : name, code};
}

std::vector<Side> Subject::sides() const {
  if (kind == Kind::organization) return {side("organization")};
  if (kind == Kind::grouping) return {side("provider"), side("recipient")};
  return {side("provider"), side("recipient"), side("facilitator")};
}

std::vector<Side> Subject::roles() const {
  if (kind != Kind::organization) return sides();
  std::vector<Side> all;
  for (const auto* role : {"organization", "funds", "answers_for", "manages", "carries_out",
                           "publisher", "provider", "facilitator"})
    all.push_back(side(role));
  return all;
}

std::string name_subject(const Subject& subject, Names& names) {
  if (subject.kind == Subject::Kind::country) return names.country(subject.code);
  if (subject.kind == Subject::Kind::organization) return names.organization(subject.code);
  return names.grouping(subject.code);
}

std::string name_value(Names& names, std::string_view by, const std::string& value) {
  const auto& words = get_language(names.language());
  if (value.empty()) return words.t("partner.not_stated");
  if (by == "year") return value;
  return names.value(dimension_of(by), value);
}

std::string filter_name(std::string_view by) {
  return by == "target" ? "goal" : by == "purpose" ? "sector" : std::string(by);
}

Cell usd_or_unknown(const std::optional<std::int64_t>& cents) {
  return cents ? Cell(to_usd(*cents)) : Cell(std::monostate{});
}

Table begin_profile_table(CubeCounts& cube, const Language& words, std::string name,
                          const std::string& key, const std::string& subject,
                          const std::vector<ColumnShape>& columns) {
  Table table;
  table.name = std::move(name);
  const std::string prefix = "profile." + key;
  table.title = words.t(prefix + ".title", {{"name", subject}});
  if (words.has(prefix + ".definition"))
    table.definition = words.t(prefix + ".definition", {{"name", subject}});
  table.source = words.t("source.records");
  table.revision = std::to_string(cube.revision());
  table.columns = make_columns(words, "profile", columns);
  return table;
}

std::vector<CubeRow> sum_by(CubeCounts& cube, std::string_view by,
                            std::vector<registry::Filter> filters) {
  CubeQuestion question;
  question.by = {std::string(by)};
  question.filters = std::move(filters);
  return cube.group(question).rows;
}

CubeSums sum_side(CubeCounts& cube, const Side& side) {
  return cube.total(cube.choose({side.filter_of()}), Perspective::reconciled, std::nullopt);
}

Table make_overview(CubeCounts& cube, Names& names, const Subject& subject) {
  const auto& words = get_language(names.language());
  std::vector<ColumnShape> columns = {{"role", ColumnKind::text}};
  columns.insert(columns.end(), sum_columns().begin(), sum_columns().end());
  Table table = begin_profile_table(cube, words, "overview", "overview",
                                    name_subject(subject, names), columns);
  for (const auto& side : subject.roles()) {
    const auto sums = sum_side(cube, side);
    if (sums.initiatives == 0 && subject.kind == Subject::Kind::organization) continue;
    std::vector<Cell> row = {words.t(std::string("profile.role.") + side.role)};
    add_sums(row, sums);
    table.rows.push_back(std::move(row));
    table.links.push_back(sums.initiatives ? side.path() : "");
  }
  table.total_rows = table.rows.size();
  return table;
}

Table make_breakdown(CubeCounts& cube, Names& names, const Side& side, std::string_view by) {
  const auto& words = get_language(names.language());
  const std::string dimension(by), key = side.role + "." + dimension;
  const auto kind = by == "year" ? ColumnKind::year : ColumnKind::code;
  std::vector<ColumnShape> columns = {{by, kind}, {"name", ColumnKind::text}};
  if (by == "year") columns.pop_back();
  columns.insert(columns.end(), sum_columns().begin(), sum_columns().end());
  Table table = begin_profile_table(cube, words, side.role + "_" + dimension + "s", key,
                                    names.side(side.filter, side.value), columns);
  if (by != "year")
    table.columns[1].title = words.t(std::string("column.profile.") + dimension + ".name");
  CubeQuestion question;
  question.by = {dimension};
  question.filters = {side.filter_of()};
  auto answer = cube.group(question);
  if (by == "year")
    std::reverse(answer.rows.begin(), answer.rows.end());
  else
    std::stable_sort(answer.rows.begin(), answer.rows.end(), [](const auto& a, const auto& b) {
      return a.sums.initiatives > b.sums.initiatives;
    });
  std::vector<std::string> codes;
  for (const auto& row : answer.rows) codes.push_back(row.values[0]);
  if (by == "provider" || by == "recipient") names.expect(codes);
  for (const auto& [values, sums] : answer.rows) {
    const auto& value = values[0];
    std::vector<Cell> row;
    if (by == "year")
      row = {value.empty() ? Cell(words.t("partner.not_stated"))
                           : Cell(std::int64_t(std::stoll(value)))};
    else
      row = {value, name_value(names, by, value)};
    add_sums(row, sums);
    table.rows.push_back(std::move(row));
    const bool listed = sums.initiatives > 0 && can_ask(by, value);
    table.links.push_back(listed ? side.path({{filter_name(by), value}}) : "");
  }
  if (!table.rows.empty()) table.notes.push_back(whole_note(answer.total, words));
  table.total_rows = table.rows.size();
  return table;
}

Table make_side_flows(CubeCounts& cube, Names& names, const Side& side) {
  const auto& words = get_language(names.language());
  std::vector<ColumnShape> columns = {{"year", ColumnKind::year},
                                      {"partner", ColumnKind::code},
                                      {"name", ColumnKind::text},
                                      {"framework", ColumnKind::text}};
  columns.insert(columns.end(), sum_columns().begin(), sum_columns().end());
  Table table = begin_profile_table(cube, words, side.role + "_flows", side.role + ".flows",
                                    names.side(side.filter, side.value), columns);
  const bool gives = side.role == "provider";
  CubeQuestion question;
  question.by = {"year", gives ? "recipient" : "provider", "framework"};
  question.filters = {side.filter_of()};
  const auto rows = cube.group(question).rows;
  std::vector<std::string> codes;
  for (const auto& row : rows) codes.push_back(row.values[1]);
  names.expect(codes);
  table.columns[2].title =
      words.t(gives ? "column.profile.recipient.name" : "column.profile.provider.name");
  for (const auto& [values, sums] : rows) {
    if (sums.contributions == 0) continue;  // ran in that year, with nothing published of it
    std::vector<Cell> row = {
        values[0].empty() ? Cell(std::monostate{}) : Cell(std::int64_t(std::stoll(values[0]))),
        values[1], names.partner(values[1]),
        framework_label(registry::parse_framework(values[2]), words)};
    add_sums(row, sums);
    table.rows.push_back(std::move(row));
    ReportQuestion behind;
    (gives ? behind.provider : behind.recipient) = side.value;
    (gives ? behind.recipient : behind.provider) = values[1];
    behind.year = values[0].empty() ? 0 : std::stoi(values[0]);
    behind.framework = registry::parse_framework(values[2]);
    behind.kind = "flows";
    table.links.push_back(contributions_path(behind));
  }
  table.total_rows = table.rows.size();
  return table;
}

Table make_companions(CubeCounts& cube, Names& names, const Side& side) {
  const auto& words = get_language(names.language());
  Table table = begin_profile_table(cube, words, "companions", "companions",
                                    names.side(side.filter, side.value),
                                    {{"organization", ColumnKind::code},
                                     {"name", ColumnKind::text},
                                     {"initiatives", ColumnKind::number}});
  table.columns[1].title = words.t("column.profile.organization.name");
  const auto among = cube.select({side.filter_of()});
  const auto counts = cube.count(among, Dimension::organization);
  std::vector<std::string> ids;
  for (const auto& one : counts) ids.push_back(one.value);
  names.expect(ids);
  for (const auto& one : counts) {
    if (one.value == side.value || one.initiatives == 0) continue;
    table.rows.push_back({one.value, names.organization(one.value), one.initiatives});
    // The list widens by a second organization; the partner's own page is where to go on.
    table.links.push_back(partner_path(one.value));
  }
  table.total_rows = table.rows.size();
  return table;
}

}  // namespace austral::review
