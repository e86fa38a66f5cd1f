// Puts the layout round a page: navigation, language switch, crumbs, provenance in the footer.
#include "web/page.hpp"

#include "base/error.hpp"
#include "standards/sheet/table_writers.hpp"

namespace austral::web {
namespace {

struct Section {
  const char* name;
  const char* link;
};
constexpr Section sections[] = {{"home", "/"},
                                {"initiatives", "/initiatives"},
                                {"countries", "/countries"},
                                {"groupings", "/groupings"},
                                {"organizations", "/organizations"},
                                {"measure", "/measure"},
                                {"reports", "/reports"},
                                {"data", "/data"},
                                {"about", "/about"}};

boost::json::array navigation(const std::string& current, const Language& language) {
  boost::json::array items;
  for (const auto& section : sections)
    items.push_back(View{{"title", language.t(std::string("nav.") + section.name)},
                         {"link", section.link},
                         {"current", current == section.name}});
  return items;
}

boost::json::array language_links(const Request& request, const Language& language) {
  boost::json::array items;
  for (const auto& code : catalogue_languages()) {
    const auto& other = get_language(code);
    items.push_back(View{{"code", code},
                         {"name", other.name()},
                         {"dir", other.dir()},
                         {"link", link_with(request.path, request.query, {{"lang", code}})},
                         {"current", code == language.code()}});
  }
  return items;
}

boost::json::array crumb_views(const Page& page, const Language& language) {
  boost::json::array items;
  if (page.section == "home" && page.crumbs.empty()) return items;
  items.push_back(View{{"title", language.t("nav.home")}, {"link", "/"}});
  for (const auto& crumb : page.crumbs)
    items.push_back(View{{"title", crumb.title}, {"link", crumb.link}});
  return items;
}

/// A language asked for by name stays for the next pages; this cookie holds nothing else.
void keep_language(const Request& request, Response& response) {
  const auto asked = request.find_query("lang");
  if (asked && *asked == request.language && request.find_cookie("lang") != *asked)
    response.set("Set-Cookie",
                 "lang=" + request.language + "; Path=/; Max-Age=31536000; SameSite=Lax");
}

}  // namespace

Pages::Pages(std::shared_ptr<const Assets> assets, std::function<std::string()> revision)
    : assets_(std::move(assets)), revision_(std::move(revision)) {}

View Pages::layout(const Request& request, const Page& page, const Language& language) const {
  return View{{"lang", language.code()},
              {"dir", language.dir()},
              {"title", page.title},
              {"site", language.t("site.name")},
              {"summary", page.summary},
              {"is_home", page.section == "home"},
              {"nav", navigation(page.section, language)},
              {"languages", language_links(request, language)},
              {"language_name", language.name()},
              {"crumbs", crumb_views(page, language)},
              {"has_crumbs", page.section != "home" || !page.crumbs.empty()},
              {"search", request.find_query("q").value_or("")},
              {"css", assets_->address("austral.css")},
              {"js", assets_->address("austral.js")},
              {"version", AUSTRAL_VERSION},
              {"revision", revision_()}};
}

void Pages::add_chart_files(View& frame, const Language& language) const {
  const auto& content = frame["html_content"].get_string();
  const bool drawn = content.find("<figure class=\"chart\"") != boost::json::string::npos;
  frame["has_charts"] = drawn;
  if (!drawn) return;
  frame["charts_css"] = assets_->address("charts.css");
  frame["charts_js"] = assets_->address("charts.js");
  frame["map_js"] = assets_->address("map.js");
  frame["world"] = assets_->address("world.json");
  frame["map_note"] = map_note.empty() ? language.t("map.disclaimer") : map_note;
}

Response Pages::show_embedded(const Request& request, const Page& page,
                              const Language& language) const {
  View frame{{"lang", language.code()},
             {"dir", language.dir()},
             {"title", page.title},
             {"site", language.t("site.name")},
             {"css", assets_->address("austral.css")},
             {"js", assets_->address("austral.js")},
             {"full_link", link_with(request.path, request.query, {{"embed", ""}, {"chart", ""}})},
             {"html_content", page.view.at("html_table")}};
  add_chart_files(frame, language);
  auto response = html(render("embed", frame, language), page.status);
  response.framed = true;
  return response.set("Content-Language", language.code());
}

Response Pages::show(const Request& request, const Page& page) const {
  const auto& language = get_language(request.language);
  if (is_embedded(request) && page.view.contains("html_table"))
    return show_embedded(request, page, language);
  const View heading{{"title", page.title}, {"summary", page.summary}};
  auto frame = layout(request, page, language);
  frame["html_content"] = render(page.template_name, page.view, language, &heading);
  if (page.template_name.starts_with("check") || page.template_name == "sheet_start")
    frame["check_css"] = assets_->address("check.css");
  add_chart_files(frame, language);
  auto response = html(render("layout", frame, language), page.status);
  response.set("Content-Language", language.code());
  keep_language(request, response);
  return response;
}

Response Pages::show_table(const Request& request, Table table, Page page) const {
  const auto& language = get_language(request.language);
  auto arrangement = read_arrangement(request, page.page_size, page.first_order);
  arrangement.charts = page.charts;
  if (!request.twin.empty()) {
    arrangement.page = 1;
    arrangement.page_size = std::max<std::size_t>(1, table.rows.size());
    arrange(table, arrangement, language);
    const auto writer = twins.find(request.twin);
    if (writer == twins.end() && request.twin == "json") return json(sheet::write_json(table));
    if (writer == twins.end())
      throw Error(Kind::not_found, "This table has no form '" + request.twin + "'.");
    return writer->second(table, request);
  }
  arrange(table, arrangement, language);
  if (page.template_name.empty()) page.template_name = "report";
  if (page.title.empty()) page.title = table.title;
  arrangement.title_shown = page.title != table.title;
  page.view["html_table"] = render_table(table, arrangement, request, language);
  page.view["is_empty"] = table.rows.empty();
  return show(request, page);
}

Response Pages::show_error(const Request& request, int status, const std::string& message) const {
  const auto& language = get_language(request.language);
  Page page;
  page.template_name = "error";
  const auto key = "error." + std::to_string(status);
  page.title = language.t(language.has(key) ? key : "error.other");
  page.status = status;
  page.view = View{{"message", message}, {"status", std::to_string(status)}};
  return show(request, page);
}

}  // namespace austral::web
