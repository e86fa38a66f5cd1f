// Makes the views of charts and the marks of the tables that they are drawn from.
#include "web/chart.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

#include "base/error.hpp"
#include "base/text.hpp"

namespace austral::web {
namespace {

constexpr std::array<std::string_view, 6> chart_kinds = {"bars",   "lines", "areas",
                                                         "matrix", "map",   "steps"};

std::size_t chart_column(const Table& table, std::string_view name) {
  for (std::size_t i = 0; i < table.columns.size(); ++i)
    if (table.columns[i].name == name) return i;
  throw Error(Kind::invalid, "the table '" + table.name + "' has no column '" + std::string(name) +
                                 "' to draw a chart of");
}

/// The chart's columns of figures that the table still has: pages drop columns without a figure.
std::vector<std::size_t> measures_of(const Table& table, const Chart& chart) {
  std::vector<std::size_t> measures;
  for (const auto name : split(chart.y, ' '))
    for (std::size_t i = 0; i < table.columns.size(); ++i)
      if (table.columns[i].name == name) measures.push_back(i);
  return measures;
}

/// Words that the script writes, in the reader's language.
std::string words_for_script(const Language& language) {
  boost::json::object words;
  for (const auto* name : {"others", "unknown", "none", "below", "from"})
    words[name] = language.t(std::string("chart.word.") + name, {{"figure", "{figure}"}});
  return boost::json::serialize(words);
}

boost::json::array measure_views(const Table& table, const std::vector<std::size_t>& measures) {
  boost::json::array views;
  for (const auto column : measures) {
    const auto& unit = table.columns[column].unit;
    views.push_back(boost::json::object{
        {"name", table.columns[column].name},
        {"title", table.columns[column].title + (unit.empty() ? "" : ", " + unit)}});
  }
  return views;
}

/// How much room it needs, by the number of its names; the style sheet reserves it.
std::string size_of(const Table& table, const Chart& chart) {
  const auto column = chart_column(table, chart.x);
  std::set<Cell> names;
  for (const auto& row : table.rows) names.insert(row[column]);
  return names.size() <= 6 ? "small" : names.size() <= 12 ? "middle" : "large";
}

std::string provenance_of(const Table& table, const Language& language) {
  std::string text;
  if (!table.source.empty()) text = language.t("table.source") + ": " + table.source + " · ";
  if (!table.revision.empty()) text += language.t("table.revision") + " " + table.revision + " · ";
  return text + language.t("site.name");
}

}  // namespace

bool is_embedded(const Request& request) { return request.find_query("embed") == "1"; }

std::vector<Chart> choose_charts(std::vector<Chart> charts, const Request& request) {
  for (std::size_t i = 0; i < charts.size(); ++i) charts[i].number = i + 1;
  if (!is_embedded(request)) return charts;
  const auto asked = request.find_query("chart").value_or("");
  std::size_t number = 0;
  std::from_chars(asked.data(), asked.data() + asked.size(), number);
  if (number < 1 || number > charts.size()) return charts;
  return {charts[number - 1]};
}

bool has_figures(const Table& table, const Chart& chart) {
  const auto measures = measures_of(table, chart);
  return std::any_of(table.rows.begin(), table.rows.end(), [&](const auto& row) {
    return std::any_of(measures.begin(), measures.end(), [&](std::size_t column) {
      return !std::holds_alternative<std::monostate>(row[column]);
    });
  });
}

ChartMarks mark_table(Table& table, const std::vector<Chart>& charts) {
  ChartMarks marks;
  marks.any = !charts.empty();
  std::vector<std::string> shown;
  for (const auto& column : table.columns) shown.push_back(column.name);
  for (const auto& chart : charts) {
    if (chart.code.empty()) continue;
    marks.codes.clear();
    const auto column = chart_column(table, chart.code);
    for (const auto& row : table.rows) {
      const auto* code = std::get_if<std::string>(&row[column]);
      marks.codes.push_back(code ? *code : "");
    }
    marks.coded_column = chart.x;
    if (chart.code != chart.x) std::erase(shown, chart.code);
  }
  if (shown.size() < table.columns.size()) table = select_columns(table, shown);
  marks.measured.assign(table.columns.size(), false);
  for (const auto& chart : charts)
    for (const auto column : measures_of(table, chart)) marks.measured[column] = true;
  return marks;
}

boost::json::object make_chart(const Table& table, const Chart& chart, std::size_t shown,
                               const Request& request, const Language& language) {
  if (std::find(chart_kinds.begin(), chart_kinds.end(), chart.kind) == chart_kinds.end())
    throw Error(Kind::invalid, "there is no chart of kind '" + chart.kind + "'");
  chart_column(table, chart.x);
  if (!chart.series.empty()) chart_column(table, chart.series);
  const auto measures = measures_of(table, chart);
  std::string names;
  for (const auto column : measures)
    names += (names.empty() ? "" : " ") + table.columns[column].name;
  const bool together = chart.series.empty() && (chart.kind == "lines" || chart.kind == "areas");
  const auto order = std::to_string(chart.number);
  const auto total = std::max(table.total_rows, table.rows.size());
  boost::json::object view{
      {"id", table.name + "-chart-" + order},
      {"kind", chart.kind},
      {"size", size_of(table, chart)},
      {"table", table.name},
      {"x", chart.x},
      {"y", names},
      {"series", chart.series},
      {"title", chart.title.empty() ? table.title : chart.title},
      {"reading", chart.reading.empty() ? language.t(std::string("chart.reading.") + chart.kind)
                                        : chart.reading},
      {"provenance", provenance_of(table, language)},
      {"words", words_for_script(language)},
      {"embed_link", link_with(request.path, request.query,
                               {{"embed", "1"}, {"chart", order}, {"lang", language.code()}})}};
  view["partial"] =
      shown == total ? ""
                     : language.t("chart.partial", {{"shown", static_cast<std::int64_t>(shown)},
                                                    {"count", static_cast<std::int64_t>(total)}});
  view["has_choice"] = measures.size() > 1 && !together;
  view["measures"] = measure_views(table, measures);
  return view;
}

}  // namespace austral::web
