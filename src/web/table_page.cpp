// The one table of the site: sorting, paging, numerals on the decimal point, links, provenance.
#include <algorithm>
#include <charconv>
#include <numeric>

#include "base/error.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "web/page.hpp"

namespace austral::web {
namespace {

constexpr std::size_t long_text = 60;  // a cell of so many bytes is given room

bool is_numeric(ColumnKind kind) {
  return kind == ColumnKind::number || kind == ColumnKind::money || kind == ColumnKind::share;
}

std::size_t column_index(const Table& table, std::string_view name) {
  for (std::size_t i = 0; i < table.columns.size(); ++i)
    if (table.columns[i].name == name) return i;
  return table.columns.size();
}

[[noreturn]] void refuse_order(const Table& table, const std::string& sort) {
  std::string known;
  for (const auto& column : table.columns) known += (known.empty() ? "" : ", ") + column.name;
  throw Error(Kind::invalid, "The parameter 'sort' cannot be '" + shorten(sort, 80) +
                                 "': this table has the columns " + known + ".");
}

std::optional<Decimal> to_decimal(const Cell& cell) {
  if (const auto* number = std::get_if<std::int64_t>(&cell)) return Decimal{*number, 0};
  if (const auto* decimal = std::get_if<Decimal>(&cell)) return *decimal;
  return std::nullopt;
}

/// A cell in the form it is compared by.
struct SortKey {
  bool known = false;
  std::optional<Decimal> number;
  std::string text;
};

SortKey sort_key_of(const Cell& cell, const Language& language) {
  SortKey key;
  key.number = to_decimal(cell);
  if (const auto* text = std::get_if<std::string>(&cell); text && !text->empty())
    key.text = sort_key(*text, language.code());
  key.known = key.number || !key.text.empty();
  return key;
}

bool comes_before(const SortKey& left, const SortKey& right, bool descending) {
  if (left.known != right.known) return left.known;
  if (left.number && right.number)
    return descending ? *right.number < *left.number : *left.number < *right.number;
  if (left.number.has_value() != right.number.has_value()) return left.number.has_value();
  return descending ? right.text < left.text : left.text < right.text;
}

template <class Rows>
Rows pick(Rows& rows, const std::vector<std::size_t>& order) {
  Rows picked;
  picked.reserve(order.size());
  for (const auto index : order) picked.push_back(std::move(rows[index]));
  return picked;
}

/// Digits behind the point that the column's longest fraction has.
int column_scale(const Table& table, std::size_t column) {
  int scale = 0;
  for (const auto& row : table.rows)
    if (const auto* decimal = std::get_if<Decimal>(&row[column]))
      scale = std::max(scale, decimal->scale);
  return scale;
}

/// Invisible figures of the width that `scale` misses, so that all points stand in one line.
std::string padding(int own_scale, int scale) {
  std::string pad;
  if (own_scale == 0 && scale > 0) pad += "\u2008";
  for (int i = own_scale; i < scale; ++i) pad += "\u2007";
  return pad;
}

View cell_view(const Cell& cell, const Column& column, int scale, const Language& language) {
  View view{{"text", ""},    {"pad", ""},     {"time", ""},      {"link", ""},  {"v", ""},
            {"head", false}, {"known", true}, {"number", false}, {"class", ""}, {"code", ""}};
  if (is_numeric(column.kind))
    view["class"] = "n";
  else if (column.kind == ColumnKind::year || column.kind == ColumnKind::date)
    view["class"] = "d";
  else if (column.kind == ColumnKind::code)
    view["class"] = "c";
  if (const auto number = to_decimal(cell)) {
    const bool plain = column.kind == ColumnKind::year || column.kind == ColumnKind::code;
    view["text"] = plain ? to_string(*number) : language.number(*number);
    view["pad"] = is_numeric(column.kind) ? padding(number->scale, scale) : "";
    view["number"] = true;
    return view;
  }
  const auto* text = std::get_if<std::string>(&cell);
  if (!text || text->empty()) {
    view["known"] = false;
    return view;
  }
  const auto day = column.kind == ColumnKind::date ? parse_date(*text) : std::nullopt;
  view["text"] = day ? language.short_date(*day) : *text;
  if (column.kind == ColumnKind::text && text->size() > long_text) view["class"] = "long";
  if (day) view["time"] = to_string(*day);
  return view;
}

/// What a chart reads: the exact figure, and the code behind a name.
void mark_cell(View& view, const Table& table, const ChartMarks& marks, std::size_t row,
               std::size_t column) {
  if (marks.measured[column])
    if (const auto number = to_decimal(table.rows[row][column])) view["v"] = to_string(*number);
  if (!marks.codes.empty() && table.columns[column].name == marks.coded_column)
    view["code"] = marks.codes[row];
}

boost::json::array row_views(const Table& table, const ChartMarks& marks,
                             const std::vector<std::string>& strong, const Language& language) {
  std::vector<int> scales;
  for (std::size_t i = 0; i < table.columns.size(); ++i) scales.push_back(column_scale(table, i));
  boost::json::array rows;
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    AUSTRAL_ASSERT(table.rows[r].size() == table.columns.size());
    boost::json::array cells;
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      auto cell = cell_view(table.rows[r][c], table.columns[c], scales[c], language);
      if (c == 0) {
        cell["head"] = true;
        if (r < table.links.size()) cell["link"] = table.links[r];
      }
      if (marks.any) mark_cell(cell, table, marks, r, c);
      cells.push_back(std::move(cell));
    }
    const auto* first =
        table.rows[r].empty() ? nullptr : std::get_if<std::string>(&table.rows[r][0]);
    const bool is_strong = first && std::find(strong.begin(), strong.end(), *first) != strong.end();
    rows.push_back(View{{"cells", std::move(cells)}, {"strong", is_strong}});
  }
  return rows;
}

boost::json::array column_views(const Table& table, const Arrangement& arrangement,
                                const Request& request, bool marked) {
  boost::json::array columns;
  for (const auto& column : table.columns) {
    const bool sorted = column.name == arrangement.sort;
    const bool can_sort = !arrangement.sortable ||
                          std::find(arrangement.sortable->begin(), arrangement.sortable->end(),
                                    column.name) != arrangement.sortable->end();
    // Figures are first wanted from the greatest down, words from A on.
    const bool next_descending = sorted ? !arrangement.descending : is_numeric(column.kind);
    columns.push_back(
        View{{"title", column.title},
             {"name", marked ? column.name : ""},
             {"kind", boost::describe::enum_to_string(column.kind, "text")},
             {"unit", column.unit},
             {"definition", column.definition},
             {"class", is_numeric(column.kind) ? "n" : ""},
             {"sorted", !sorted                  ? ""
                        : arrangement.descending ? "descending"
                                                 : "ascending"},
             {"link", !can_sort ? ""
                                : link_with(request.path, request.query,
                                            {{"sort", (next_descending ? "-" : "") + column.name},
                                             {"page", ""}})}});
  }
  return columns;
}

boost::json::array download_views(const Request& request) {
  boost::json::array downloads;
  for (const auto* twin : {"csv", "xlsx", "json"}) {
    std::string name = twin;
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return static_cast<char>(c - 'a' + 'A'); });
    downloads.push_back(
        View{{"name", name},
             {"link", link_with(request.path + "." + twin, request.query, {{"page", ""}})}});
  }
  return downloads;
}

std::string size_text(const Table& table, const Arrangement& arrangement,
                      const Language& language) {
  const auto shown = static_cast<std::int64_t>(table.rows.size());
  const auto total = static_cast<std::int64_t>(std::max(table.total_rows, table.rows.size()));
  if (shown == total) return language.t("table.rows", {{"count", total}});
  const auto first = static_cast<std::int64_t>((arrangement.page - 1) * arrangement.page_size + 1);
  return language.t("table.rows_of",
                    {{"first", first}, {"last", first + shown - 1}, {"count", total}});
}

}  // namespace

Arrangement read_arrangement(const Request& request, std::size_t page_size,
                             std::string_view first_order) {
  Arrangement arrangement;
  arrangement.page_size = page_size;
  const auto wanted = request.find_query("per_page").value_or("");
  std::from_chars(wanted.data(), wanted.data() + wanted.size(), arrangement.page_size);
  auto sort = request.find_query("sort").value_or("");
  if (sort.empty()) sort = first_order;
  if (sort.starts_with('-')) {
    arrangement.descending = true;
    sort.erase(0, 1);
  }
  arrangement.sort = sort;
  const auto page = request.find_query("page").value_or("1");
  std::size_t number = 1;
  const auto read = std::from_chars(page.data(), page.data() + page.size(), number);
  if (read.ec == std::errc() && number >= 1 && number <= 1'000'000) arrangement.page = number;
  return arrangement;
}

void arrange(Table& table, const Arrangement& arrangement, const Language& language) {
  table.total_rows = std::max(table.total_rows, table.rows.size());
  std::vector<std::size_t> order(table.rows.size());
  std::iota(order.begin(), order.end(), 0);
  const auto column = column_index(table, arrangement.sort);
  if (!arrangement.sort.empty() && column == table.columns.size())
    refuse_order(table, arrangement.sort);
  if (column < table.columns.size()) {
    std::vector<SortKey> keys;
    for (const auto& row : table.rows) keys.push_back(sort_key_of(row[column], language));
    std::stable_sort(order.begin(), order.end(), [&](std::size_t left, std::size_t right) {
      return comes_before(keys[left], keys[right], arrangement.descending);
    });
  }
  const auto first = std::min(order.size(), (arrangement.page - 1) * arrangement.page_size);
  const auto last = std::min(order.size(), first + arrangement.page_size);
  const std::vector<std::size_t> kept(order.begin() + first, order.begin() + last);
  if (!table.links.empty()) table.links = pick(table.links, kept);
  table.rows = pick(table.rows, kept);
}

View view_pager(const Arrangement& arrangement, std::size_t total, const Request& request,
                const Language& language) {
  const auto last =
      std::max<std::size_t>(1, (total + arrangement.page_size - 1) / arrangement.page_size);
  if (last == 1) return {};
  const auto link = [&](std::size_t page) {
    return link_with(request.path, request.query,
                     {{"page", page == 1 ? "" : std::to_string(page)}});
  };
  const auto here = std::min(arrangement.page, last);
  View pager{{"previous", here > 1 ? link(here - 1) : ""},
             {"next", here < last ? link(here + 1) : ""},
             {"first", here > 2 ? link(1) : ""},
             {"last", here + 1 < last ? link(last) : ""},
             {"first_number", language.number(std::int64_t{1})},
             {"last_number", language.number(static_cast<std::int64_t>(last))},
             {"where", language.t("pager.where",
                                  {{"page", std::int64_t(here)}, {"last", std::int64_t(last)}})}};
  return pager;
}

std::string render_table(const Table& given, const Arrangement& arrangement, const Request& request,
                         const Language& language) {
  const bool embedded = is_embedded(request);
  const auto chosen = choose_charts(arrangement.charts, request);
  Table copy;
  if (!chosen.empty()) copy = given;
  const auto marks = mark_table(copy, chosen);
  const Table& table = chosen.empty() ? given : copy;
  boost::json::array charts;
  for (const auto& chart : chosen)
    if (has_figures(table, chart))
      charts.push_back(make_chart(table, chart, table.rows.size(), request, language));
  const bool drawn = !charts.empty();
  boost::json::array notes, definitions;
  for (const auto& note : table.notes) notes.push_back(boost::json::string(note));
  for (const auto& column : table.columns)
    if (!column.definition.empty())
      definitions.push_back(View{{"title", column.title}, {"text", column.definition}});
  const auto total = std::max(table.total_rows, table.rows.size());
  View view{{"id", table.name},
            {"title", table.title},
            {"definition", table.definition},
            {"source", table.source},
            {"revision", table.revision},
            {"size", size_text(table, arrangement, language)},
            {"columns", column_views(table, arrangement, request, marks.any)},
            {"rows", row_views(table, marks, arrangement.strong, language)},
            {"notes", std::move(notes)},
            {"definitions", std::move(definitions)},
            {"downloads", arrangement.downloads ? download_views(request) : boost::json::array{}},
            {"has_downloads", arrangement.downloads},
            {"level", std::to_string(arrangement.level)},
            {"all_link", arrangement.all_link}};
  if (arrangement.brief && total == table.rows.size()) view["size"] = "";
  if (arrangement.all_link.empty())
    view["pager"] = view_pager(arrangement, total, request, language);
  else
    view["all_title"] = language.t("table.all", {{"count", std::int64_t(total)}});
  view["title_class"] = arrangement.title_shown ? "" : "hidden";
  view["charts"] = std::move(charts);
  view["marked"] = marks.any;
  view["folded"] = (arrangement.folded || embedded) && drawn;
  view["fold_title"] = language.t("chart.table", {{"title", table.title}});
  view["has_notes"] = !table.notes.empty();
  view["has_definitions"] = !view["definitions"].get_array().empty();
  return render("table", view, language);
}

}  // namespace austral::web
