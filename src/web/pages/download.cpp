// Streams downloads of searches, and offers them on pages.
#include "web/pages/download.hpp"

#include <algorithm>
#include <map>
#include <mutex>

#include "base/error.hpp"
#include "base/text.hpp"
#include "standards/sheet/table_writers.hpp"

namespace austral::web {
namespace {

constexpr const char* grain_names[] = {"initiative", "contribution", "participation"};

std::vector<std::string> asked_columns(const Request& request) {
  std::vector<std::string> names;
  for (const auto& value : request.query_values("columns"))
    for (const auto name : split(value, ','))
      if (!trim(name).empty()) names.emplace_back(trim(name));
  return names;
}

/// `https://example.org` as the reader's browser named us; empty for a name that is none.
std::string site_address(const Request& request) {
  const std::string host = request.find_header("Host").value_or("");
  const bool plain = !host.empty() && std::all_of(host.begin(), host.end(), [](char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           std::string_view(".-:[]").find(c) != std::string_view::npos;
  });
  if (!plain) return "";
  const bool secure = request.find_header("X-Forwarded-Proto") == "https";
  return (secure ? "https://" : "http://") + host;
}

/// Not the question, but how its answer is shown.
bool is_presentation(std::string_view name) {
  constexpr std::string_view names[] = {"page",  "per_page", "view",  "by",
                                        "grain", "columns",  "embed", "lang"};
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

/// The columns of a grain to choose from: the same on every page, and many.
const std::string& column_choices(const char* grain, const Language& language) {
  static std::mutex mutex;
  static std::map<std::string, std::string> made;
  const std::lock_guard lock(mutex);
  auto& choices = made[grain + language.code()];
  if (!choices.empty()) return choices;
  boost::json::array columns;
  for (const auto& one : review::export_columns(review::parse_grain(grain), language.code()))
    columns.push_back(
        View{{"name", one.column.name}, {"title", one.column.title}, {"usual", one.chosen}});
  choices = render("download_columns", View{{"columns", std::move(columns)}}, language);
  return choices;
}

}  // namespace

Response download_initiatives(const Site& site, const Request& request, const Download& download) {
  const auto format = sheet::parse_table_format(request.twin);
  review::ExportQuestion question;
  const auto grain = request.find_query("grain").value_or("");
  if (!grain.empty()) question.grain = review::parse_grain(grain);
  question.columns = asked_columns(request);
  question.language = request.language;
  question.site = site_address(request);
  question.query = download.query;
  question.query_url = question.site + link_with(request.path, request.query, {});
  const auto turn = site.downloads->take();
  if (!turn) throw Error(Kind::unavailable, get_language(request.language).t("download.busy"));

  auto stream = review::export_initiatives(site.pool->lend(), question, download.find_keys);
  const std::string name = stream.head.name + "." + request.twin;
  sheet::WriteOptions options;
  options.with_bom = true;  // spreadsheets take a CSV for UTF-8 by it
  options.language = request.language;
  auto response = file("", std::string(sheet::content_type(format)), name);
  response.set("Cache-Control", "no-store");
  response.producer = [turn, next = sheet::write_parts(std::move(stream), format, options)](
                          std::string& out) { return next(out); };
  return response;
}

Response download_records(const Site& site, const Request& request,
                          const standards::ExportFormat& format, const Download& download,
                          const std::string& stem) {
  const auto& language = get_language(request.language);
  standards::ExportHead head;
  head.title = language.t("export.initiative.title");
  head.source = language.t("report.initiatives.source");
  head.licence = language.t("footer.licence_text");
  head.query = download.query.empty() ? language.t("export.everything") : download.query;
  head.query_url = site_address(request) + link_with(request.path, request.query, {});
  head.language = language.code();
  const auto turn = site.downloads->take();
  if (!turn) throw Error(Kind::unavailable, language.t("download.busy"));
  auto next = standards::export_records(site.pool->lend(), format, std::move(head),
                                        [find = download.find_keys](store::Database& database) {
                                          auto keys = find(database);
                                          std::sort(keys.begin(), keys.end());
                                          return keys;
                                        });
  auto response =
      file("", std::string(format.content_type), stem + "." + std::string(format.extension));
  response.set("Cache-Control", "no-store");
  response.producer = [turn, next = std::move(next)](std::string& out) { return next(out); };
  return response;
}

boost::json::array view_record_formats(const std::string& path, const Fields& query) {
  Fields kept;
  for (const auto& field : query)
    if (!is_presentation(field.first) && field.first != "sort") kept.push_back(field);
  boost::json::array formats;
  for (const auto& format : standards::export_formats())
    if (format.taken != standards::Taken::organisations)
      formats.push_back(
          View{{"title", std::string(format.title)},
               {"link", link_with(path + "/as/" + std::string(format.name), kept, {})}});
  return formats;
}

View make_download_part(const Request& request, const Language& language) {
  boost::json::array kept, grains;
  for (const auto& [name, value] : request.query)
    if (!is_presentation(name) && !value.empty())
      kept.push_back(View{{"name", name}, {"value", value}});
  kept.push_back(View{{"name", "lang"}, {"value", language.code()}});
  for (const char* name : grain_names) {
    const std::string key = std::string("export.") + name;
    grains.push_back(View{{"grain", name},
                          {"title", language.t(key + ".what")},
                          {"definition", language.t(key + ".definition")},
                          {"html_columns", column_choices(name, language)}});
  }
  return View{{"path", request.path},
              {"formats", view_record_formats(request.path, request.query)},
              {"kept", std::move(kept)},
              {"grains", std::move(grains)}};
}

}  // namespace austral::web
