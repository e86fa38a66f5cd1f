// What stands behind a measured figure: its contributions, those left out, missing prices, the
// spread, both sides' records, a country's sheet.
#include <algorithm>

#include "base/error.hpp"
#include "codes/country.hpp"
#include "measurement/sums.hpp"
#include "measurement/tables.hpp"
#include "web/pages/measure.hpp"

namespace austral::web {
namespace {

/// A page of one table below /measure, with the question said above it and the way back.
Page page_behind(const Measured& measured, store::Database& database, const std::string& title,
                 const Language& language) {
  Page page;
  page.section = "measure";
  page.title = title;
  page.crumbs = {{language.t("nav.measure"), measured.link("/measure")}};
  page.summary = language.t(
      "measure.behind",
      {{"methodology", std::string(measurement::pick(measured.rules->title, language.code()))},
       {"question", describe_measuring(measured, database, language)}});
  return page;
}

std::vector<std::string> columns_without(const Table& table,
                                         const std::vector<std::string>& dropped) {
  std::vector<std::string> kept;
  for (const auto& column : table.columns)
    if (std::find(dropped.begin(), dropped.end(), column.name) == dropped.end())
      kept.push_back(column.name);
  return kept;
}

std::string read_cell(const Table& table, std::size_t row, std::string_view column,
                      const Language& language) {
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (table.columns[i].name != column) continue;
    const auto& cell = table.rows[row][i];
    if (const auto* text = std::get_if<std::string>(&cell)) return *text;
    if (const auto* number = std::get_if<Decimal>(&cell)) return language.number(*number);
    if (const auto* count = std::get_if<std::int64_t>(&cell)) return language.number(*count);
  }
  return {};
}

Response show_cut_rows(const Site& site, const Request& request, store::Database& database,
                       Table table, Page page) {
  const auto& language = get_language(request.language);
  name_partners(table, database, language);
  table = select_columns(table, columns_without(table, {"initiative"}));
  drop_empty_columns(table);
  return show_cut_table(*site.pages, request, table, std::move(page), read_arrangement(request),
                        {});
}

measurement::PageOf wanted_rows(const Request& request) {
  if (!request.twin.empty()) return {};
  const auto arrangement = read_arrangement(request);
  return {std::size_t(arrangement.offset()), std::size_t(arrangement.limit())};
}

/// An item, group or total by its title.
std::string measured_title(const measurement::Methodology& rules, const std::string& code,
                           const std::string& language) {
  if (const auto* item = rules.find_item(code))
    return std::string(measurement::pick(item->title, language));
  for (const auto& group : rules.groups)
    if (group.code == code) return std::string(measurement::pick(group.title, language));
  for (const auto& total : rules.totals)
    if (total.code == code) return std::string(measurement::pick(total.title, language));
  return {};
}

/// The sum of all rows behind, so that a reader can compare it with the figure.
std::string sum_note(const Measured& measured, const std::string& code, std::size_t rows,
                     const Language& language) {
  const auto& answer = *measured.answer;
  const auto& rules = *measured.rules;
  const auto sums = measurement::sum_items(answer);
  measurement::Amount sum;
  if (!code.empty()) {
    sum = measurement::sum_of(answer, sums, code);
  } else {
    for (const auto& group : rules.groups)
      if (group.kind != measurement::GroupKind::counted)
        sum += measurement::sum_of(answer, sums, group.code);
  }
  const auto rounded = measurement::round_amount(sum, rules.decimals);
  return language.t("measure.rows.sum",
                    {{"count", std::int64_t(rows)},
                     {"amount", rounded ? language.number(*rounded)
                                        : measurement::to_string(sum, rules.decimals)},
                     {"currency", rules.currency}});
}

}  // namespace

Table spell_rows(Table table, const Language& language) {
  const Table given = table;
  const auto put = [&](std::string_view column, std::size_t row, std::string text) {
    for (std::size_t i = 0; i < table.columns.size(); ++i)
      if (table.columns[i].name == column) {
        table.columns[i].kind = ColumnKind::text;
        if (column == "formula") table.columns[i].title = language.t("measure.rows.formula");
        table.rows[row][i] = text.empty() ? Cell() : Cell(std::move(text));
      }
  };
  const auto joined = [&](std::size_t row, std::string_view one, std::string_view other,
                          const char* between) {
    const auto first = read_cell(given, row, one, language);
    const auto second = read_cell(given, row, other, language);
    return first.empty() ? second : second.empty() ? first : first + between + second;
  };
  for (std::size_t row = 0; row < given.rows.size(); ++row) {
    put("stated", row, joined(row, "stated", "unit", "\u00a0"));
    auto formula = joined(row, "method", "formula", ": ");
    const auto inputs = read_cell(given, row, "inputs", language);
    if (!inputs.empty()) formula += " · " + inputs;
    put("formula", row, std::move(formula));
    put("native", row, joined(row, "native", "currency", "\u00a0"));
  }
  return table;
}

Response show_measure_rows(const Site& site, const Request& request) {
  const auto& language = get_language(request.language);
  const auto database = site.pool->lend();
  const auto measured = measure_for(site, *database, request);
  const auto code = request.find_query("item").value_or("");
  auto table = measurement::rows_table(*measured.answer, *database, code, wanted_rows(request),
                                       language.code());
  auto page = page_behind(measured, *database, language.t("measure.rows.title"), language);
  table.title = page.title;
  if (!code.empty()) {
    page.crumbs.push_back({page.title, measured.link("/measure/rows")});
    page.title = code + " · " + measured_title(*measured.rules, code, language.code());
  }
  if (!request.twin.empty())
    return site.pages->show_table(request, std::move(table), std::move(page));
  table.notes.insert(table.notes.begin(), sum_note(measured, code, table.total_rows, language));
  table = spell_rows(std::move(table), language);
  std::vector<std::string> dropped{"unit", "method", "currency", "rate_source", "inputs"};
  if (measured.rules->find_item(code)) dropped.push_back("code");
  table = select_columns(table, columns_without(table, dropped));
  return show_cut_rows(site, request, *database, std::move(table), std::move(page));
}

Response show_measure_left_out(const Site& site, const Request& request) {
  const auto& language = get_language(request.language);
  const auto database = site.pool->lend();
  const auto measured = measure_for(site, *database, request);
  const auto reason = request.find_query("reason").value_or("");
  auto page = page_behind(measured, *database, language.t("measure.left_out.title"), language);
  auto reasons = measurement::left_out_table(*measured.answer, language.code());
  if (reason.empty()) {
    for (const auto& row : reasons.rows)
      reasons.links.push_back(
          measured.link("/measure/left-out", {{"reason", std::get<std::string>(row[0])}}));
    if (request.twin.empty()) reasons = select_columns(reasons, {"why", "rows", "initiatives"});
    reasons.title = page.title;
    return site.pages->show_table(request, std::move(reasons), std::move(page));
  }
  page.crumbs.push_back({page.title, measured.link("/measure/left-out")});
  const auto known = std::find_if(reasons.rows.begin(), reasons.rows.end(),
                                  [&](const auto& row) { return row[0] == Cell(reason); });
  if (known == reasons.rows.end()) {
    std::string all;
    for (const auto& row : reasons.rows)
      all += (all.empty() ? "" : ", ") + std::get<std::string>(row[0]);
    throw Error(Kind::not_found,
                "Nothing is left out for the reason '" + reason +
                    "'; the reasons of this question are: " + (all.empty() ? "none" : all) + ".");
  }
  page.title = std::get<std::string>((*known)[1]);
  auto table = measurement::left_out_rows_table(*measured.answer, *database, reason,
                                                wanted_rows(request), language.code());
  table.title = page.title;
  if (!request.twin.empty())
    return site.pages->show_table(request, std::move(table), std::move(page));
  table = select_columns(table, columns_without(table, {"reason", "why"}));
  return show_cut_rows(site, request, *database, std::move(table), std::move(page));
}

Response show_measure_needs(const Site& site, const Request& request) {
  const auto& language = get_language(request.language);
  const auto database = site.pool->lend();
  const auto measured = measure_for(site, *database, request);
  auto page = page_behind(measured, *database, language.t("measure.needs.title"), language);
  auto table = measurement::needs_table(*measured.answer, language.code());
  table.title = page.title;
  if (request.twin.empty()) {
    for (auto& row : table.rows) {
      auto& series = std::get<std::string>(row[0]);
      table.links.push_back(link_with("/prices", {}, {{"series", series}}));
      const auto key = "price." + series + ".title";
      if (language.has(key)) series = language.t(key);
    }
    for (auto& row : table.rows)
      if (auto* country = std::get_if<std::string>(&row[2]); country && !country->empty())
        *country = codes::country_name(*country, language.code());
    table.columns[0].kind = table.columns[2].kind = ColumnKind::text;
    table.notes.insert(table.notes.begin(), language.t("measure.needs.how"));
    drop_empty_columns(table);
  }
  return site.pages->show_table(request, std::move(table), std::move(page));
}

Response show_measure_spread(const Site& site, const Request& request) {
  const auto& language = get_language(request.language);
  const auto database = site.pool->lend();
  const auto measured = measure_for(site, *database, request);
  auto page = page_behind(measured, *database, language.t("measure.spread.title"), language);
  page.page_size = 250;
  auto table = measurement::spread_table(*measured.answer, language.code());
  table.title = page.title;
  if (request.twin.empty()) {
    const auto all = table;
    for (std::size_t n = 0; n < all.rows.size(); ++n) {
      const auto code = std::get<std::string>(all.rows[n][0]);
      const auto method = std::get<std::string>(all.rows[n][2]);
      table.rows[n][1] = code + " · " + std::get<std::string>(all.rows[n][1]);
      table.rows[n][3] = method + " · " + std::get<std::string>(all.rows[n][3]);
      table.links.push_back(measured.link("/measure/rows", {{"item", code}, {"method", method}}));
    }
    table = select_columns(table, {"item", "method_title", "rows", "amount", "spread"});
    table.columns[1].title = language.t("measure.column.method");
  }
  return site.pages->show_table(request, std::move(table), std::move(page));
}

Response show_measure_mirror(const Site& site, const Request& request) {
  const auto& language = get_language(request.language);
  const auto database = site.pool->lend();
  const auto measured = measure_for(site, *database, request);
  const auto& answer = *measured.answer;
  auto page = page_behind(measured, *database, language.t("measure.mirror.title"), language);
  auto table = measurement::mirror_table(
      measurement::mirror(answer.methodology, answer.facts, answer.prices, answer.options),
      *answer.methodology, *answer.facts, language.code());
  if (request.twin.empty()) name_partners(table, *database, language);
  return site.pages->show_table(request, std::move(table), std::move(page));
}

Response show_country_sheet(const Site& site, const Request& request) {
  const auto& language = get_language(request.language);
  const auto database = site.pool->lend();
  const auto measured = measure_for(site, *database, request);
  auto page = page_behind(measured, *database, language.t("measure.country_sheet.title"), language);
  auto table = measurement::country_sheet_table(*measured.answer, *database, language.code());
  table.title = page.title;
  if (request.twin.empty()) drop_empty_columns(table);
  return site.pages->show_table(request, std::move(table), std::move(page));
}

}  // namespace austral::web
