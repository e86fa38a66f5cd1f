// Prices: what there are, of which series, from which day to which, by whom, and how to bring more.
#include <map>
#include <set>

#include "base/error.hpp"
#include "base/text.hpp"
#include "codes/country.hpp"
#include "measurement/price_store.hpp"
#include "measurement/price_table.hpp"
#include "registry/initiative_store.hpp"
#include "store/journal.hpp"
#include "web/pages/measure.hpp"

namespace austral::web {
namespace {

measurement::PriceQuestion read_price_question(const Request& request) {
  measurement::PriceQuestion question;
  question.series = request.find_query("series").value_or("");
  question.key = request.find_query("key").value_or("");
  question.set = request.find_query("set").value_or("");
  if (const auto year = request.find_query("year"); year && !year->empty())
    question.year = std::stoi(registry::parse_filter("year", *year).value);
  if (const auto country = request.find_query("country"); country && !country->empty())
    question.country = registry::parse_filter("provider", *country).value;
  return question;
}

/// Series by series: how many prices, of how many countries, from when to when.
Table series_table(const measurement::PriceList& prices, const Language& language) {
  struct Seen {
    std::int64_t prices = 0;
    std::set<std::string> countries;
    int first = 9999, last = 0;
  };
  std::map<std::string, Seen> seen;
  for (const auto& price : prices.all()) {
    auto& one = seen[price.series];
    ++one.prices;
    if (!price.country.empty()) one.countries.insert(price.country);
    one.first = std::min(one.first, year_of(price.from));
    one.last = std::max(one.last, year_of(price.to == measurement::no_end ? price.from : price.to));
  }
  Table table;
  table.name = "price-series";
  table.title = language.t("prices.series");
  table.definition = language.t("prices.series.what");
  table.columns = {{"title", language.t("price.column.series"), ColumnKind::text, "", ""},
                   {"what", language.t("field.definition"), ColumnKind::text, "", ""},
                   {"prices", language.t("price.column.prices"), ColumnKind::number, "", ""},
                   {"countries", language.t("nav.countries"), ColumnKind::number, "", ""},
                   {"first", language.t("price.column.from"), ColumnKind::year, "", ""},
                   {"last", language.t("price.column.to"), ColumnKind::year, "", ""}};
  for (const auto& series : measurement::price_series()) {
    const std::string name(series.name), key = "price." + name;
    const auto& one = seen[name];
    std::vector<Cell> row{language.t(key + ".title"),
                          language.t(key + ".what"),
                          one.prices,
                          std::int64_t(one.countries.size()),
                          {},
                          {}};
    if (one.prices > 0) {
      row[4] = std::int64_t(one.first);
      row[5] = std::int64_t(one.last);
    }
    table.rows.push_back(std::move(row));
    table.links.push_back(one.prices > 0 ? link_with("/prices", {}, {{"series", name}})
                                         : std::string());
  }
  table.total_rows = table.rows.size();
  arrange(table, {.sort = "prices", .descending = true}, language);
  return table;
}

boost::json::array price_fields(const measurement::PriceQuestion& question, const Request& request,
                                const Language& language) {
  std::vector<Option> series;
  for (const auto& one : measurement::price_series()) {
    const std::string name(one.name);
    series.push_back({name, language.t("price." + name + ".title"), ""});
  }
  const auto given = [&](const char* name) { return request.find_query(name).value_or(""); };
  return {make_select("series", language.t("price.column.series"), series, question.series),
          make_input("country", language.t("price.column.country"), given("country"),
                     language.t("prices.country.hint")),
          make_input("key", language.t("price.column.key"), question.key,
                     language.t("price.column.key.what")),
          make_input("year", language.t("measure.column.year"), given("year"),
                     language.t("prices.year.hint"))};
}

/// The series as people call it, countries by their names.
void name_prices(Table& table, const Language& language) {
  for (auto& row : table.rows) {
    if (auto* series = std::get_if<std::string>(&row[0]))
      *series = language.t("price." + *series + ".title");
    if (auto* country = std::get_if<std::string>(&row[2]); country && !country->empty())
      *country = codes::country_name(*country, language.code());
  }
  table.columns[0].kind = table.columns[2].kind = ColumnKind::text;
}

}  // namespace

Response show_prices(const Site& site, const Request& request) {
  const auto& language = get_language(request.language);
  const auto database = site.pool->lend();
  const auto question = read_price_question(request);
  const auto prices = measurement::read_prices(*database);
  auto table = measurement::list_prices(prices, question, language.code());
  table.revision = std::to_string(store::revision_of(*database));
  Page page;
  page.section = "measure";
  page.title = language.t("prices.title");
  page.summary = language.t("prices.summary", {{"count", std::int64_t(prices.all().size())}});
  page.crumbs = {{language.t("nav.measure"), "/measure"}};
  if (!request.twin.empty())
    return site.pages->show_table(request, std::move(table), std::move(page));
  const bool is_bare = question.series.empty() && question.key.empty() && !question.year &&
                       question.country.empty() && question.set.empty() &&
                       !request.find_query("page") && !request.find_query("sort");
  std::vector<std::pair<std::string, std::string>> titles{
      {"series", language.t("price.column.series")},
      {"country", language.t("price.column.country")},
      {"key", language.t("price.column.key")},
      {"year", language.t("measure.column.year")},
      {"set", language.t("price.column.set")}};
  add_filter_form(page.view, request, price_fields(question, request, language), titles,
                  [&](const std::string& name, const std::string& value) {
                    const auto key = "price." + value + ".title";
                    return name == "series" && language.has(key) ? language.t(key) : value;
                  });
  page.view["empty"] = View{{"title", language.t("prices.import")},
                            {"text", language.t("prices.import.text")},
                            {"links", boost::json::array{View{{"title", language.t("prices.needs")},
                                                              {"link", "/measure/needs"}}}}};
  if (is_bare) {
    page.page_size = 10;
    Arrangement arrangement;
    arrangement.sortable.emplace();
    arrangement.downloads = false;
    arrangement.brief = true;
    page.view["html_charts"] =
        render_table(series_table(prices, language), arrangement, request, language);
  }
  name_prices(table, language);
  drop_empty_columns(table);
  return site.pages->show_table(request, std::move(table), std::move(page));
}

}  // namespace austral::web
