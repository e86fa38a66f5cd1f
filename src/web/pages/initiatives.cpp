// The list of initiatives: words, filters, sorting, pages, permalinks.
#include "codes/code_list.hpp"
#include "review/names.hpp"
#include "review/reports.hpp"
#include "web/pages/download.hpp"
#include "web/pages/pages.hpp"
#include "web/pages/parts.hpp"

namespace austral::web {
namespace {

const std::vector<std::string>& filter_names() {
  static const std::vector<std::string> names = {
      "provider", "recipient", "facilitator",  "framework",     "sector",     "goal",      "year",
      "status",   "publisher", "organization", "critical_area", "modality",   "flow_type", "region",
      "marker",   "funds",     "answers_for",  "manages",       "carries_out"};
  return names;
}

registry::Question read_question(const Request& request) {
  registry::Question question;
  question.words = request.find_query("q").value_or("");
  for (const auto& name : filter_names())
    for (const auto& value : request.query_values(name))
      if (!value.empty()) question.filters.push_back(registry::parse_filter(name, value));
  return question;
}

std::vector<Option> count_options(store::Database& database, review::Names& names,
                                  registry::Dimension dimension, const Language& language,
                                  std::int64_t limit) {
  const auto counts = registry::count_facet(database, dimension, {}, limit);
  std::vector<std::string> codes;
  for (const auto& one : counts) codes.push_back(one.value);
  names.expect(codes);
  std::vector<Option> options;
  for (const auto& one : counts)
    options.push_back(
        {one.value, names.value(dimension, one.value), language.number(one.initiatives)});
  return options;
}

boost::json::array make_fields(store::Database& database, const Request& request,
                               const Language& language) {
  using registry::Dimension;
  review::Names names(database, language.code());
  const auto given = [&](const char* name) { return request.find_query(name).value_or(""); };
  const auto title = [&](const char* name) { return language.t(std::string("field.") + name); };
  const auto select = [&](const char* name, Dimension dimension, std::int64_t limit) {
    auto options = count_options(database, names, dimension, language, limit);
    const auto chosen = given(name);
    const bool listed = std::any_of(options.begin(), options.end(),
                                    [&](const Option& option) { return option.value == chosen; });
    if (!chosen.empty() && !listed) options.push_back({chosen, chosen, ""});
    return make_select(name, title(name), options, chosen);
  };
  return {make_input("q", title("words"), given("q"), language.t("field.words.hint")),
          select("provider", Dimension::provider, 60),
          select("recipient", Dimension::recipient, 250),
          select("framework", Dimension::framework, 0),
          select("sector", Dimension::category, 0),
          select("goal", Dimension::goal, 0),
          make_input("year", title("year"), given("year"), language.t("field.year.hint")),
          select("status", Dimension::status, 0),
          select("critical_area", Dimension::critical_area, 0),
          select("publisher", Dimension::publisher, 60)};
}

Response download_search(const Site& site, const Request& request, registry::Question question) {
  question.limit = 0;
  Download download;
  download.query = review::describe_search(*site.pool->lend(), question, request.language);
  download.find_keys = [question](store::Database& database) {
    return registry::find_keys(database, question);
  };
  return download_initiatives(site, request, download);
}

}  // namespace

Response show_initiatives(const Site& site, const Request& request) {
  const auto& language = get_language(request.language);
  auto question = read_question(request);
  auto arrangement = read_arrangement(request);
  if (!arrangement.sort.empty()) {
    question.sort = arrangement.sort;
    question.descending = arrangement.descending;
  } else {
    arrangement.sort = question.sort;
    arrangement.descending = true;
  }
  if (!request.twin.empty()) return download_search(site, request, question);
  const auto database = site.pool->lend();
  Page page;
  page.section = "initiatives";
  page.title = language.t("nav.initiatives");
  question.limit = arrangement.limit();
  question.offset = arrangement.offset();
  auto table = select_columns(review::list_initiatives(*database, question, language.code()),
                              {"title", "providers", "recipients", "framework", "start",
                               "budgeted_usd", "committed_usd", "disbursed_usd"});
  round_money(table, 0, language);
  drop_empty_money(table);
  page.summary = language.t("initiatives.summary", {{"count", std::int64_t(table.total_rows)}});
  std::vector<std::pair<std::string, std::string>> titles = {{"q", language.t("field.words")}};
  for (const auto& name : filter_names()) titles.emplace_back(name, language.t("field." + name));
  add_filter_form(page.view, request, make_fields(*database, request, language), titles,
                  name_filter_values(*database, language));
  if (!table.rows.empty())
    page.view["html_download"] =
        render("download", make_download_part(request, language), language);
  if (table.rows.empty())
    page.view["empty"] =
        View{{"title", language.t("initiatives.empty.title")},
             {"text", language.t("initiatives.empty.text")},
             {"links", boost::json::array{View{{"title", language.t("initiatives.all")},
                                               {"link", "/initiatives"}}}}};
  return show_cut_table(*site.pages, request, table, std::move(page), std::move(arrangement),
                        registry::sortable_columns());
}

}  // namespace austral::web
