// Makes the breakdown report: sums by up to four dimensions, with any filters.
#include "review/breakdown.hpp"

#include <algorithm>
#include <set>

#include "base/error.hpp"
#include "base/text.hpp"
#include "codes/code_list.hpp"
#include "codes/grouping.hpp"
#include "review/names.hpp"
#include "review/report_rows.hpp"

namespace austral::review {
namespace {

using registry::Dimension;

std::string_view kind_of_grouping(std::string_view dimension) {
  const auto dot = dimension.find('.');
  return dot == std::string_view::npos ? std::string_view() : dimension.substr(dot + 1);
}

Dimension facet_of(std::string_view dimension) {
  return dimension == "sector" ? Dimension::category
                               : registry::parse_dimension(std::string(dimension));
}

/// Values that no initiative is filed under as a facet: rows of money alone.
bool is_special(const registry::Filter& filter) {
  return filter.value.empty() || filter.value == registry::several_partners ||
         filter.value.starts_with("region:");
}

/// Whether each initiative that money passing this filter belongs to has it as a facet.
bool narrows_register(const registry::Filter& filter, Perspective perspective) {
  switch (filter.dimension) {
    case Dimension::sector_block:
    case Dimension::category:
    case Dimension::purpose:
    case Dimension::goal:
    case Dimension::target:
      return false;  // a contribution's own coding may be none of its initiative's
    case Dimension::provider_in:
    case Dimension::recipient_in:
    case Dimension::provider:
    case Dimension::recipient:
    case Dimension::year:
    case Dimension::since:
    case Dimension::until: return perspective == Perspective::reconciled;
    default: return true;
  }
}

Column text_column(const std::string& name, const std::string& title, ColumnKind kind) {
  return {name, title, kind, "", ""};
}

std::string column_name(std::string name) {
  std::replace(name.begin(), name.end(), '.', '_');
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

void add_dimension_columns(Table& table, const std::vector<std::string>& by,
                           const Language& words) {
  for (const auto& name : by) {
    const auto title = dimension_title(name, words);
    if (name == "year") {
      table.columns.push_back(text_column(name, title, ColumnKind::year));
      continue;
    }
    table.columns.push_back(text_column(
        column_name(name), words.t("breakdown.code", {{"dimension", title}}), ColumnKind::code));
    table.columns.push_back(text_column(column_name(name) + "_name", title, ColumnKind::text));
  }
}

Cell usd(const std::optional<std::int64_t>& cents) {
  return cents ? Cell(to_usd(*cents)) : Cell(std::monostate{});
}

/// The list of the initiatives behind a row.
std::string initiatives_path(const CubeQuestion& asked, const CubeValues* values,
                             std::string_view q) {
  std::vector<std::pair<std::string, std::string>> parameters;
  if (!q.empty()) parameters.emplace_back("q", q);
  std::set<std::string> replaced;
  for (std::size_t i = 0; values && i < asked.by.size(); ++i) {
    const auto filter = dimension_filter(asked.by[i], (*values)[i]);
    if (filter.first.empty()) return "";
    parameters.push_back(filter);
    // A row shows one of several values filtered for: it alone is behind the row.
    if (asked.by[i].find('.') == std::string::npos) replaced.insert(asked.by[i]);
  }
  for (const auto& filter : asked.filters) {
    const auto name = filter_name(filter.dimension);
    const auto exact = filter.dimension == Dimension::category
                           ? "sector"
                           : std::string(boost::describe::enum_to_string(filter.dimension, ""));
    if (!replaced.contains(exact)) parameters.emplace_back(name, filter.value);
  }
  if (asked.perspective != Perspective::reconciled)
    parameters.emplace_back("perspective", boost::describe::enum_to_string(asked.perspective, ""));
  if (asked.price_year) parameters.emplace_back("price_year", std::to_string(*asked.price_year));
  std::string path;
  for (const auto& [name, value] : parameters)
    path += (path.empty() ? "?" : "&") + name + "=" + percent_encode(value);
  return "/initiatives" + path;
}

std::string total_note(const CubeSums& total, const Language& words) {
  const auto amount = [&](const std::optional<std::int64_t>& cents) {
    return cents ? words.number(to_usd(*cents)) : words.t("breakdown.nothing");
  };
  return words.t("breakdown.total", {{"initiatives", total.initiatives},
                                     {"records", total.records},
                                     {"contributions", total.contributions},
                                     {"unpriced", total.unpriced},
                                     {"budgeted", amount(total.budgeted_cents)},
                                     {"committed", amount(total.committed_cents)},
                                     {"disbursed", amount(total.disbursed_cents)},
                                     {"pledged", amount(total.pledged_cents)}});
}

void add_row(Table& table, const CubeQuestion& asked, const CubeRow& row, Names& names,
             std::string_view q) {
  std::vector<Cell> cells;
  for (std::size_t i = 0; i < asked.by.size(); ++i) {
    const auto& value = row.values[i];
    if (asked.by[i] == "year") {
      cells.push_back(value.empty() ? Cell(std::monostate{})
                                    : Cell(std::int64_t(std::stoi(value))));
      continue;
    }
    cells.push_back(value);
    cells.push_back(dimension_value(asked.by[i], value, names));
  }
  const auto& sums = row.sums;
  cells.insert(cells.end(), {sums.initiatives, sums.records, sums.contributions,
                             usd(sums.budgeted_cents), usd(sums.committed_cents),
                             usd(sums.disbursed_cents), usd(sums.pledged_cents), sums.unpriced});
  table.rows.push_back(std::move(cells));
  table.links.push_back(initiatives_path(asked, &row.values, q));
}

}  // namespace

std::string dimension_title(std::string_view dimension, const Language& words) {
  const auto kind = kind_of_grouping(dimension);
  if (kind.empty()) return words.t("field." + std::string(dimension));
  const std::string side(dimension.substr(0, dimension.find('.')));
  return words.t("breakdown.grouping", {{"side", words.t("field." + side)},
                                        {"kind", words.t("grouping." + std::string(kind))}});
}

std::string dimension_value(std::string_view dimension, const std::string& value, Names& names) {
  if (value.empty()) return get_language(names.language()).t("partner.not_stated");
  if (!kind_of_grouping(dimension).empty()) {
    const auto* grouping = codes::find_grouping(value);
    return grouping ? std::string(grouping->label) : value;
  }
  if (dimension == "sector_block")
    return std::string(codes::get_list("block").label(value, names.language()));
  return names.value(facet_of(dimension), value);
}

std::pair<std::string, std::string> dimension_filter(std::string_view dimension,
                                                     const std::string& value) {
  if (is_special({Dimension::none, value})) return {};
  if (!kind_of_grouping(dimension).empty())
    return {dimension.starts_with("provider") ? "provider_in" : "recipient_in", value};
  return {filter_name(facet_of(dimension)), value};
}

std::string filter_name(Dimension dimension) {
  switch (dimension) {
    case Dimension::sector_block:
    case Dimension::category:
    case Dimension::purpose: return "sector";
    case Dimension::target: return "goal";
    default: return boost::describe::enum_to_string(dimension, "");
  }
}

std::vector<registry::Filter> list_filters(const ReportQuestion& question) {
  auto filters = question.filters;
  if (question.provider) filters.push_back({Dimension::provider, *question.provider});
  if (question.recipient) filters.push_back({Dimension::recipient, *question.recipient});
  if (question.year)
    filters.push_back({Dimension::year, *question.year ? std::to_string(*question.year) : ""});
  if (question.framework)
    filters.push_back(
        {Dimension::framework, std::string(registry::to_string(*question.framework))});
  return filters;
}

std::shared_ptr<const Cube> find_cube(store::Database& database, const ReportQuestion& question,
                                      const std::vector<registry::Filter>& filters,
                                      Perspective perspective) {
  if (question.cube) return question.cube;
  std::set<Dimension> whole;  // dimensions of which some value is no facet
  for (const auto& filter : filters)
    if (is_special(filter)) whole.insert(filter.dimension);
  std::vector<registry::Filter> scope;
  for (const auto& filter : filters)
    if (!whole.contains(filter.dimension) && narrows_register(filter, perspective))
      scope.push_back(filter);
  return Cube::build(database, scope);
}

Table tabulate_breakdown(store::Database& database, const CubeQuestion& asked,
                         const CubeAnswer& answer, const std::string& language,
                         std::string_view q) {
  const auto& words = get_language(language);
  Table table;
  table.name = "breakdown";
  name_table(table, words);
  table.revision = std::to_string(answer.revision);
  add_dimension_columns(table, asked.by, words);
  for (auto& column : make_columns(words, "breakdown",
                                   {{"initiatives", ColumnKind::number},
                                    {"records", ColumnKind::number},
                                    {"contributions", ColumnKind::number},
                                    {"budgeted_usd", ColumnKind::money, "USD"},
                                    {"committed_usd", ColumnKind::money, "USD"},
                                    {"disbursed_usd", ColumnKind::money, "USD"},
                                    {"pledged_usd", ColumnKind::money, "USD"},
                                    {"unpriced", ColumnKind::number}}))
    table.columns.push_back(std::move(column));
  Names names(database, language);
  std::set<std::string> codes;
  for (const auto& row : answer.rows)
    for (std::size_t i = 0; i < asked.by.size(); ++i)
      if (asked.by[i] == "provider" || asked.by[i] == "facilitator" || asked.by[i] == "publisher")
        codes.insert(row.values[i]);
  names.expect({codes.begin(), codes.end()});
  for (const auto& row : answer.rows) add_row(table, asked, row, names, q);
  table.notes.push_back(total_note(answer.total, words));
  if (std::any_of(asked.by.begin(), asked.by.end(), [](const auto& one) { return overlaps(one); }))
    table.notes.push_back(words.t("breakdown.overlaps"));
  if (asked.price_year)
    table.notes.push_back(
        words.t("breakdown.prices", {{"year", std::to_string(*asked.price_year)}}));
  table.total_rows = table.rows.size();
  return table;
}

Table make_breakdown(store::Database& database, const ReportQuestion& question) {
  CubeQuestion asked;
  asked.by = question.by;
  asked.filters = list_filters(question);
  asked.perspective = question.perspective.value_or(Perspective::reconciled);
  asked.price_year = question.price_year;
  if (asked.by.empty()) asked.by = {"provider"};
  const auto answer = find_cube(database, question, asked.filters, asked.perspective)->group(asked);
  Table table = tabulate_breakdown(database, asked, answer, question.language);
  cut_page(table, question);
  return table;
}

}  // namespace austral::review
