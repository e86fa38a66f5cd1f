// A checked file's report as a page: the verdict first, then what to mend, the heaviest first.
#include "base/text.hpp"
#include "web/pages/check.hpp"
#include "web/pages/parts.hpp"

namespace austral::web {
namespace {

using validation::FaultGroup;
using validation::FileVerdict;
using validation::Report;
using validation::Weight;

constexpr Weight weights[] = {Weight::critical, Weight::error, Weight::warning, Weight::advisory};
/// Browsers follow addresses of up to 2 MB; base64 makes four letters of three bytes.
constexpr std::size_t most_carried = 1'400'000;  // Units: bytes
constexpr std::size_t few_groups = 8;            // whose places are shown at once
constexpr std::size_t many_groups = 100;         // more show fewer places each

std::string to_base64(std::string_view bytes) {
  static constexpr char letters[] =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    unsigned group = 0;
    for (std::size_t i = 0; i < 3; ++i)
      group = group << 8 | (at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0);
    for (std::size_t i = 0; i < 4; ++i)
      out += at + i > bytes.size() ? '=' : letters[group >> (18 - 6 * i) & 63];
  }
  return out;
}

std::string write_size(std::uint64_t bytes, const Language& language) {
  if (bytes < 10'000)
    return language.t("check.bytes", {{"count", static_cast<std::int64_t>(bytes)}});
  const bool mega = bytes >= 1'000'000;
  const auto tenths =
      static_cast<std::int64_t>((bytes + (mega ? 50'000 : 50)) / (mega ? 100'000 : 100));
  return language.number(Decimal{tenths, 1}) + (mega ? " MB" : " kB");
}

/// What kind of file it is and how big, after its name.
std::string describe_file(const FileVerdict& verdict, const Language& language) {
  if (!verdict.readable) return "";
  const auto count = static_cast<std::int64_t>(verdict.subjects);
  std::string words;
  if (verdict.type == "iati-activities")
    words = language.t("check.activities", {{"count", count}});
  else if (verdict.type == "iati-organisations")
    words = language.t("check.organisations", {{"count", count}});
  else
    return language.t("check.other_file");
  return words + " · " +
         (verdict.version.empty()
              ? language.t("check.no_version")
              : language.t("check.version", {{"version", shorten(verdict.version, 20)}}));
}

std::string verdict_key(const FileVerdict& verdict) {
  return !verdict.readable ? "unreadable" : verdict.valid() ? "valid" : "invalid";
}

std::string verdict_title(const std::string& key) { return "check.verdict." + key; }

View view_place(const validation::ShownFault& shown, const Language& language) {
  const auto& fault = shown.fault;
  return View{
      {"spot", language.t("check.spot", {{"line", std::to_string(fault.line)},
                                         {"column", std::to_string(fault.column)}})},
      {"where", fault.where},
      {"times",
       fault.times > 1 ? language.t("check.times", {{"count", std::int64_t(fault.times)}}) : ""},
      {"found", make_valid_utf8(fault.found)},
      {"identifier", make_valid_utf8(shown.identifier)},
      {"title", make_valid_utf8(shown.title)}};
}

View view_group(const FaultGroup& group, std::size_t places, bool open, const Language& language) {
  boost::json::array views;
  std::uint64_t told = 0;
  for (const auto& shown : group.first) {
    if (views.size() == places) break;
    views.push_back(view_place(shown, language));
    told += shown.fault.times;
  }
  const auto count = static_cast<std::int64_t>(group.count);
  return View{{"rule", group.kind.id},
              {"message", make_valid_utf8(group.kind.message)},
              {"remedy", make_valid_utf8(group.kind.remedy)},
              {"count", language.t("check.times", {{"count", count}})},
              {"shown", told < group.count
                            ? language.t("check.first_places",
                                         {{"shown", std::int64_t(views.size())}, {"count", count}})
                            : language.t("check.places", {{"count", count}})},
              {"open", open},
              {"places", std::move(views)}};
}

/// The kinds of faults of each weight, under its heading.
boost::json::array view_weights(const Report& report, const Language& language) {
  const auto groups = report.groups();
  const std::size_t places = groups.size() > many_groups ? 5 : Report::most_places;
  boost::json::array views;
  std::size_t shown = 0;
  for (const auto weight : weights) {
    boost::json::array kinds;
    for (const auto* group : groups)
      if (group->kind.weight == weight)
        kinds.push_back(view_group(*group, places, shown++ < few_groups, language));
    if (kinds.empty()) continue;
    const std::string name(validation::name_of(weight));
    const auto count = static_cast<std::int64_t>(kinds.size());
    views.push_back(View{{"weight", name},
                         {"title", language.t("check." + name)},
                         {"text", language.t("check." + name + ".text")},
                         {"kinds", language.t("check.kinds", {{"count", count}})},
                         {"groups", std::move(kinds)}});
  }
  return views;
}

View view_document(const Report& report, bool alone, const Language& language) {
  const auto& verdict = report.verdict();
  boost::json::array counts;
  for (const auto weight : weights) {
    const std::string name(validation::name_of(weight));
    const auto count = static_cast<std::int64_t>(verdict.count(weight));
    counts.push_back(View{{"weight", name},
                          {"value", language.number(count)},
                          {"some", count > 0},
                          {"title", language.t("check." + name)}});
  }
  const auto key = verdict_key(verdict);
  const auto beyond = static_cast<std::int64_t>(report.beyond());
  return View{{"alone", alone},
              {"file", make_valid_utf8(verdict.file)},
              {"verdict", key},
              {"verdict_title", language.t(verdict_title(key))},
              {"about", describe_file(verdict, language)},
              {"reason", make_valid_utf8(verdict.reason)},
              {"readable", verdict.readable},
              {"counts", std::move(counts)},
              {"weights", view_weights(report, language)},
              {"beyond", beyond ? language.t("check.beyond", {{"count", beyond}}) : ""}};
}

/// The report carried by the page itself: nothing has to be kept here to be fetched later.
boost::json::array view_downloads(const std::vector<const Report*>& reports,
                                  const std::string& name) {
  boost::json::array views;
  for (const auto& [form, title, type] : {std::tuple{CheckForm::csv, "CSV", "text/csv"},
                                          std::tuple{CheckForm::json, "JSON", "application/json"},
                                          std::tuple{CheckForm::html, "HTML", "text/html"}}) {
    std::string bytes;
    for (const std::size_t places : {Report::most_places, std::size_t{5}, std::size_t{1}}) {
      bytes = write_bounded(reports, form, places);
      if (bytes.size() <= most_carried || form == CheckForm::html) break;
    }
    if (bytes.size() > most_carried) continue;
    const auto ending = fold(title);
    views.push_back(
        View{{"title", title},
             {"name", name + "-report." + ending},
             {"link", std::string("data:") + type + ";charset=utf-8;base64," + to_base64(bytes)}});
  }
  return views;
}

}  // namespace

Response show_checked(const Site& site, const Request& request, const std::string& name,
                      const Checked& checked, std::uint64_t bytes) {
  const auto& language = get_language(request.language);
  std::vector<const Report*> reports;
  boost::json::array documents;
  for (const auto& report : checked.reports) {
    reports.push_back(report.get());
    documents.push_back(view_document(*report, checked.documents == 1, language));
  }
  const auto all = static_cast<std::int64_t>(checked.documents);
  const auto invalid = static_cast<std::int64_t>(checked.invalid);
  const auto others = all - static_cast<std::int64_t>(reports.size());
  std::string key = checked.invalid ? "invalid" : "valid";
  if (all == 1) key = verdict_key(reports.front()->verdict());
  const auto why = "check.why." + key;
  Page page;
  page.template_name = "checked";
  page.section = "data";
  page.crumbs = {{language.t("nav.data"), "/data"}, {language.t("check.title"), "/check"}};
  page.title = all == 1 || invalid == 0
                   ? language.t(verdict_title(key))
                   : language.t("check.verdict.several", {{"invalid", invalid}, {"all", all}});
  page.view = View{{"verdict", key},
                   {"why", language.t(why)},
                   {"file", name.empty() ? "file" : name},
                   {"size", write_size(bytes, language)},
                   {"about", all == 1 ? describe_file(reports.front()->verdict(), language)
                                      : language.t("check.documents", {{"count", all}})},
                   {"versions", validation::describe_versions()},
                   {"documents", std::move(documents)},
                   {"others", others ? language.t("check.others", {{"count", others}}) : ""}};
  auto downloads = view_downloads(reports, name.empty() ? "file" : name);
  page.view["has_downloads"] = !downloads.empty();
  page.view["downloads"] = std::move(downloads);
  return site.pages->show(request, page);
}

}  // namespace austral::web
