// Writes groups of the cube as rows.
#include "review/groups.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "review/names.hpp"
#include "review/report_rows.hpp"

namespace austral::review {
namespace {

using registry::Dimension;

/// Which dimension of the register names a dimension's values.
Dimension naming(std::string_view dimension) {
  if (dimension == "sector") return Dimension::category;
  if (dimension == "sector_block") return Dimension::sector_block;
  if (dimension.starts_with("provider.")) return Dimension::provider_in;
  if (dimension.starts_with("recipient.")) return Dimension::recipient_in;
  return registry::parse_dimension(dimension);
}

bool has_names(std::string_view dimension) { return dimension != "year"; }

std::string title_of(const Language& words, std::string_view dimension) {
  return words.t("dimension." + std::string(dimension));
}

Cell usd(const std::optional<std::int64_t>& cents) {
  return cents ? Cell(to_usd(*cents)) : Cell(std::monostate{});
}

std::string link_of(const CubeQuestion& question, const CubeRow& row, const std::string& list) {
  std::string link = list;
  for (std::size_t i = 0; i < question.by.size(); ++i) {
    if (row.values[i].empty()) return "";  // what is not stated cannot be asked for
    link += link.find('?') == std::string::npos ? '?' : '&';
    link += filter_of(question.by[i]) + "=" + percent_encode(row.values[i]);
  }
  return link;
}

std::vector<Column> columns_of(const CubeQuestion& question, const Language& words) {
  std::vector<Column> columns;
  for (const auto& dimension : question.by) {
    const auto title = title_of(words, dimension);
    if (!has_names(dimension)) {
      columns.push_back({dimension, title, ColumnKind::year, "", ""});
      continue;
    }
    columns.push_back(
        {dimension, words.t("groups.code_of", {{"name", title}}), ColumnKind::code, "", ""});
    columns.push_back({dimension + "_name", title, ColumnKind::text, "", ""});
  }
  auto measures = make_columns(words, "groups",
                               {{"initiatives", ColumnKind::number},
                                {"records", ColumnKind::number},
                                {"contributions", ColumnKind::number},
                                {"unpriced", ColumnKind::number},
                                {"budgeted_usd", ColumnKind::money, "USD"},
                                {"committed_usd", ColumnKind::money, "USD"},
                                {"disbursed_usd", ColumnKind::money, "USD"},
                                {"pledged_usd", ColumnKind::money, "USD"}});
  for (auto& column : measures) {
    if (question.price_year && column.kind == ColumnKind::money)
      column.unit = words.t("groups.usd_of", {{"year", std::to_string(*question.price_year)}});
    columns.push_back(std::move(column));
  }
  return columns;
}

void add_notes(Table& table, const CubeQuestion& question, const CubeAnswer& answer,
               const Language& words) {
  const auto money = [&](const std::optional<std::int64_t>& cents) {
    return cents ? words.number(Decimal{*cents, 2}) : words.t("table.unknown");
  };
  table.notes.push_back(
      words.t("groups.total", {{"initiatives", answer.total.initiatives},
                               {"disbursed", money(answer.total.disbursed_cents)},
                               {"committed", money(answer.total.committed_cents)},
                               {"budgeted", money(answer.total.budgeted_cents)}}));
  if (std::any_of(question.by.begin(), question.by.end(),
                  [](const std::string& dimension) { return overlaps(dimension); }))
    table.notes.push_back(words.t("groups.overlap"));
  if (question.price_year)
    table.notes.push_back(
        words.t("groups.constant", {{"year", std::to_string(*question.price_year)}}));
  if (question.perspective != Perspective::reconciled)
    table.notes.push_back(
        words.t("groups.perspective." +
                std::string(boost::describe::enum_to_string(question.perspective, ""))));
}

}  // namespace

std::string filter_of(std::string_view dimension) {
  if (dimension == "sector_block" || dimension == "purpose") return "sector";
  if (dimension == "target") return "goal";
  if (dimension.starts_with("provider.")) return "provider_in";
  if (dimension.starts_with("recipient.")) return "recipient_in";
  return std::string(dimension);
}

Table tabulate_groups(store::Database& database, const CubeQuestion& question,
                      const CubeAnswer& answer, const std::string& language,
                      const std::string& list) {
  const auto& words = get_language(language);
  Table table;
  table.name = "groups";
  name_table(table, words);
  table.revision = std::to_string(answer.revision);
  table.columns = columns_of(question, words);
  Names names(database, language);
  std::vector<std::string> codes;
  for (const auto& row : answer.rows)
    codes.insert(codes.end(), row.values.begin(), row.values.end());
  std::sort(codes.begin(), codes.end());
  codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
  names.expect(codes);
  for (const auto& row : answer.rows) {
    std::vector<Cell> cells;
    for (std::size_t i = 0; i < question.by.size(); ++i) {
      const auto& value = row.values[i];
      cells.push_back(value.empty() ? Cell(std::monostate{}) : Cell(value));
      if (has_names(question.by[i]))
        cells.push_back(value.empty() ? words.t("partner.not_stated")
                                      : names.value(naming(question.by[i]), value));
    }
    const auto& sums = row.sums;
    cells.insert(cells.end(), {sums.initiatives, sums.records, sums.contributions, sums.unpriced,
                               usd(sums.budgeted_cents), usd(sums.committed_cents),
                               usd(sums.disbursed_cents), usd(sums.pledged_cents)});
    table.rows.push_back(std::move(cells));
    table.links.push_back(link_of(question, row, list));
  }
  table.total_rows = table.rows.size();
  add_notes(table, question, answer, words);
  return table;
}

}  // namespace austral::review
