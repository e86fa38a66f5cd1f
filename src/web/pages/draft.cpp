// A draft of a methodology: written in the browser, tried on the register's facts, never kept.
#include <algorithm>
#include <charconv>

#include "base/error.hpp"
#include "base/text.hpp"
#include "measurement/tables.hpp"
#include "web/pages/explore.hpp"
#include "web/pages/measure.hpp"

namespace austral::web {
namespace {

constexpr std::size_t longest_draft = 256 * 1024;  // bytes of the form
constexpr std::size_t rows_tried = 10;

/// What the form says.
struct Draft {
  std::string text, year, provider, kinds, from;
  bool sent = false;
};

std::string sent_value(const Fields& form, std::string_view name) {
  for (const auto& [key, value] : form)
    if (key == name) return value;
  return {};
}

/// The years that the register has contributions in, the newest first.
std::vector<std::string> register_years(const Site& site, store::Database& database,
                                        const Language& language) {
  const auto found = find_for(site, database, Exploring{}, language.code());
  std::vector<std::string> years;
  for (const auto& one : review::count_found(found, registry::Dimension::year, 200))
    if (!one.value.empty()) years.push_back(one.value);
  std::sort(years.rbegin(), years.rend());
  return years;
}

/// `line 12: ...`, one a line, each with the line itself.
boost::json::array fault_views(const std::string& faults, const std::string& text,
                               const Language& language) {
  const auto lines = split(text, '\n');
  boost::json::array views;
  for (const auto fault : split(faults, '\n')) {
    if (trim(fault).empty()) continue;
    View view{{"line", ""}, {"quoted", ""}, {"text", std::string(fault)}};
    std::size_t number = 0;
    if (fault.starts_with("line ")) {
      const auto digits = fault.substr(5);
      const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
      const std::string_view rest(read.ptr, std::size_t(digits.data() + digits.size() - read.ptr));
      if (read.ec == std::errc() && rest.starts_with(": ")) {
        view["line"] = language.t("draft.line", {{"line", std::int64_t(number)}});
        view["text"] = std::string(rest.substr(2));
        if (number >= 1 && number <= lines.size())
          view["quoted"] = shorten(trim(lines[number - 1]), 160);
      }
    }
    views.push_back(std::move(view));
  }
  return views;
}

void add_desk_form(View& view, const Site& site, store::Database& database, const Draft& draft,
                   const measurement::Methodology* from, const Language& language) {
  view["text"] = draft.text;
  view["from"] = draft.from;
  view["action"] = "/methodologies/draft";
  view["start_fields"] = boost::json::array{methodology_field(database, "from", from, language)};
  std::vector<Option> years{{"", language.t("measure.all_years"), ""}};
  for (const auto& year : register_years(site, database, language))
    years.push_back({year, year, ""});
  std::vector<Option> kinds{{"", language.t("draft.kinds.own"), ""},
                            {"commitment", language.t("field.committed"), ""}};
  view["fields"] = boost::json::array{
      make_select("year", language.t("draft.year"), years, draft.year),
      make_input("provider", language.t("field.provider"), draft.provider,
                 language.t("draft.provider.hint")),
      make_select("kinds", language.t("measure.field.kinds"), kinds, draft.kinds)};
}

std::string render_plain(const Table& table, const Request& request, const Language& language) {
  Arrangement arrangement;
  arrangement.page_size = 250;
  arrangement.sortable.emplace();
  arrangement.downloads = false;
  arrangement.brief = true;
  return render_table(table, arrangement, request, language);
}

/// Measures by the draft and shows the official table, the reasons, and the first rows.
void add_result(View& view, const Site& site, store::Database& database, const Draft& draft,
                const Measures::Rules& rules, const Request& request, const Language& language) {
  measurement::Asking asking;
  for (const auto& [name, value] : {std::pair<const char*, const std::string&>{"year", draft.year},
                                    {"provider", draft.provider},
                                    {"kinds", draft.kinds}})
    if (!value.empty()) measurement::add_choice(asking, name, value);
  Measured measured;
  measured.asking = asking;
  measured.rules = rules;
  measured.answer = site.measures->answer_once(database, asking, rules);
  auto table = measure_table_for_page(measured, language);
  table.links.clear();
  Arrangement arrangement;
  arrangement.page_size = 250;
  arrangement.sortable.emplace();
  arrangement.downloads = false;
  arrangement.strong = strong_rows(*rules, language.code());
  view["html_table"] = render_table(table, arrangement, request, language);
  auto rows =
      measurement::rows_table(*measured.answer, database, "", {0, rows_tried}, language.code());
  rows.title = language.t("draft.rows");
  rows.notes.clear();
  name_partners(rows, database, language);
  rows = select_columns(spell_rows(std::move(rows), language),
                        {"title", "day", "provider", "recipient", "stated", "code", "quantity",
                         "formula", "native", "amount"});
  drop_empty_columns(rows);
  if (!rows.rows.empty()) view["html_rows"] = render_plain(rows, request, language);
  auto reasons = measurement::left_out_table(*measured.answer, language.code());
  reasons.title = language.t("measure.left_out.title");
  reasons.notes.clear();
  reasons = select_columns(reasons, {"why", "rows", "initiatives"});
  if (!reasons.rows.empty()) view["html_reasons"] = render_plain(reasons, request, language);
}

Response show_desk(const Site& site, const Request& request, store::Database& database,
                   const Draft& draft, const measurement::Methodology* from) {
  const auto& language = get_language(request.language);
  Page page;
  page.template_name = "draft";
  page.section = "measure";
  page.title = language.t("draft.title");
  page.summary = language.t("draft.summary");
  page.crumbs = {{language.t("nav.measure"), "/measure"},
                 {language.t("measure.methodologies.title"), "/methodologies"}};
  auto& view = page.view;
  view["measure_css"] = site.assets->address("measure.css");
  add_desk_form(view, site, database, draft, from, language);
  if (!draft.sent) return site.pages->show(request, page);
  Measures::Rules rules;
  try {
    rules = std::make_shared<measurement::Methodology>(measurement::read_methodology(draft.text));
  } catch (const Error& error) {
    if (error.kind() != Kind::invalid) throw;
    view["has_faults"] = true;
    view["faults"] = fault_views(error.what(), draft.text, language);
    page.status = 400;
  }
  if (rules) {
    try {
      add_result(view, site, database, draft, rules, request, language);
      view["said"] = language.t(
          "draft.tried", {{"title", std::string(measurement::pick(rules->title, language.code()))},
                          {"version", rules->version}});
    } catch (const Error& error) {
      if (error.kind() != Kind::invalid) throw;
      view["trouble"] = error.what();
      page.status = 400;
    }
  }
  return site.pages->show(request, page).set("Cache-Control", "no-store");
}

Response try_draft(const Site& site, const Request& request) {
  const auto form = parse_query(request.body);
  Draft draft{sent_value(form, "text"),  sent_value(form, "year"), sent_value(form, "provider"),
              sent_value(form, "kinds"), sent_value(form, "from"), true};
  std::erase(draft.text, '\r');  // forms send lines as MIME does
  const auto database = site.pool->lend();
  Measures::Rules from;
  try {
    if (!draft.from.empty()) from = measurement::get_methodology(*database, draft.from);
  } catch (const Error& error) {
    if (error.kind() != Kind::not_found) throw;
  }
  return show_desk(site, request, *database, draft, from.get());
}

}  // namespace

Response show_draft(const Site& site, const Request& request) {
  const auto& language = get_language(request.language);
  const auto database = site.pool->lend();
  const auto from = request.find_query("from").value_or("");
  const auto rules =
      measurement::get_methodology(*database, from.empty() ? "country-template" : from);
  Draft draft;
  draft.text = rules->text;
  draft.from = from.empty() ? rules->name : from;
  const auto years = register_years(site, *database, language);
  if (!years.empty()) draft.year = years.front();
  return show_desk(site, request, *database, draft, rules.get());
}

void add_draft(Router& router, const std::shared_ptr<const Site>& site) {
  Route route{"POST", "/methodologies/draft", "read", "Tries a draft of a methodology",
              [site](const Request& request) { return try_draft(*site, request); }};
  route.described = false;  // for the page's own form: programs have `austral measure`
  route.body_limit = longest_draft;
  router.add(std::move(route));
}

}  // namespace austral::web
