// Lays a page of several tables out, and picks the one that is asked for.
#include "web/pages/sections.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "web/pages/parts.hpp"

namespace austral::web {
namespace {

const TableSection& find_section(const std::vector<Part>& parts, const std::string& name) {
  std::string known;
  for (const auto& part : parts)
    for (const auto& section : part.sections) {
      if (name.empty() || section.name == name) return section;
      known += (known.empty() ? "" : ", ") + section.name;
    }
  throw Error(Kind::not_found, known.empty()
                                   ? "There is no table here: nothing is known yet."
                                   : "There is no table '" + name + "' here; there are: " + known);
}

/// Leaves out what a page need not show: codes beside names, sums and remarks that nobody has.
Table shorten_for_page(Table table, const TableSection& section, const Language& language) {
  const auto has = [&](std::string_view name) {
    return std::any_of(table.columns.begin(), table.columns.end(),
                       [&](const Column& column) { return column.name == name; });
  };
  std::vector<std::string> kept;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const auto& column = table.columns[i];
    const bool drawn = std::any_of(section.charts.begin(), section.charts.end(),
                                   [&](const Chart& chart) { return chart.code == column.name; });
    if (column.kind == ColumnKind::code && column.name != "currency" && !drawn &&
        (has("name") || has("title")))
      continue;
    const bool all_zero = std::all_of(table.rows.begin(), table.rows.end(), [&](const auto& row) {
      return row[i] == Cell(std::int64_t(0));
    });
    if (column.name == "unpriced" && all_zero) continue;
    kept.push_back(column.name);
  }
  table = select_columns(table, kept);
  drop_empty_money(table);
  round_money(table, 0, language);
  return table;
}

/// Keeps one column of money: disbursed where anything was, else what is nearest to it.
Table narrow(Table table) {
  std::vector<std::string> kept;
  bool has_money = false;
  for (const auto* name : {"disbursed_usd", "committed_usd", "budgeted_usd"})
    for (const auto& column : table.columns)
      if (column.name == name && !has_money) {
        kept.push_back(column.name);
        has_money = true;
      }
  std::vector<std::string> columns;
  for (const auto& column : table.columns)
    if (column.name != "unpriced" &&
        (column.kind != ColumnKind::money || column.name == kept.front()))
      columns.push_back(column.name);
  return select_columns(table, columns);
}

/// The request for one table of the page: what its sort links and downloads continue.
Request request_for(const Request& request, const std::string& table) {
  Request own = request;
  own.query.clear();
  for (const auto& [name, value] : request.query)
    if (name != "sort" && name != "page" && name != "table") own.query.emplace_back(name, value);
  own.query.emplace_back("table", table);
  return own;
}

View section_view(const TableSection& section, const Request& request, const Language& language) {
  Table table = section.make();
  if (table.rows.empty())
    return View{{"id", section.name},
                {"wide", section.wide},
                {"title", table.title},
                {"empty", section.empty.empty() ? language.t("table.empty") : section.empty},
                {"html_table", ""}};
  const auto own = request_for(request, section.name);
  Arrangement arrangement = read_arrangement(own, section.rows, section.first_order);
  arrangement.level = 3;
  arrangement.brief = true;
  arrangement.charts = section.charts;
  arrangement.folded = section.folded;
  table = shorten_for_page(std::move(table), section, language);
  if (!section.wide) table = narrow(std::move(table));
  // The page's top and its footer say it once for all tables; a saved picture carries its own.
  if (section.charts.empty()) {
    table.source.clear();
    table.revision.clear();
  }
  table.notes.clear();
  arrange(table, arrangement, language);
  if (table.total_rows > table.rows.size())
    arrangement.all_link = link_with(own.path, own.query, {});
  return View{{"html_table", render_table(table, arrangement, own, language)},
              {"wide", section.wide},
              {"empty", ""}};
}

boost::json::array part_views(const std::vector<Part>& parts, const Request& request,
                              const Language& language) {
  boost::json::array views;
  for (const auto& part : parts) {
    boost::json::array sections;
    for (const auto& section : part.sections)
      sections.push_back(section_view(section, request, language));
    views.push_back(View{{"id", part.id},
                         {"title", part.title},
                         {"text", part.text},
                         {"sections", std::move(sections)}});
  }
  return views;
}

}  // namespace

Response show_sections(const Site& site, const Request& request, Page page,
                       const std::vector<Part>& parts) {
  const auto& language = get_language(request.language);
  const auto wanted = request.find_query("table").value_or("");
  if (!wanted.empty() || !request.twin.empty()) {
    const auto& section = find_section(parts, wanted);
    Table table = section.make();
    page.first_order = section.first_order;
    page.charts = section.charts;
    if (request.twin.empty()) {
      page.crumbs.push_back({page.title, request.path});
      page.title = table.title;
      page.summary.clear();
      page.view = {};
      table = shorten_for_page(std::move(table), section, language);
    }
    return site.pages->show_table(request, std::move(table), std::move(page));
  }
  boost::json::array contents;
  for (const auto& part : parts)
    contents.push_back(View{{"title", part.title}, {"link", "#" + part.id}});
  page.template_name = "sections";
  page.summary += " " + language.t("sections.rounded");
  page.view["has_contents"] = contents.size() > 1;
  page.view["contents"] = std::move(contents);
  page.view["parts"] = part_views(parts, request, language);
  return site.pages->show(request, page);
}

}  // namespace austral::web
