// The explorer: initiatives by words and facets, as a ranked list, a table, groups, a map or years.
#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "registry/fact_store.hpp"
#include "registry/record_store.hpp"
#include "review/breakdown.hpp"
#include "review/names.hpp"
#include "review/reports.hpp"
#include "web/pages/download.hpp"
#include "web/pages/explore.hpp"
#include "web/pages/pages.hpp"
#include "web/pages/parts.hpp"

namespace austral::web {
namespace {

constexpr std::size_t excerpt_bytes = 260;
constexpr std::size_t whole_title = 4000;
constexpr std::size_t most_rows_drawn = 500;  // charts are made of the rows on the page
constexpr int first_year_shown = 1950;        // what stands before is mostly mistyped

View remark(std::string text, std::string link = "", std::string link_text = "") {
  return View{
      {"text", std::move(text)}, {"link", std::move(link)}, {"link_text", std::move(link_text)}};
}

/// The filter that asks for a concept alone: name and value; nothing where lists have no such one.
std::pair<std::string, std::string> concept_filter(const search::ConceptMatch& match) {
  if (match.dimension == registry::Dimension::none) return {"recipient_in", match.code};
  if (match.dimension == registry::Dimension::year) {
    const auto dash = match.code.find('-');
    if (dash == std::string::npos) return {"year", match.code};
    if (dash + 1 == match.code.size()) return {"since", match.code.substr(0, dash)};
    return dash == 0 ? std::pair<std::string, std::string>{"until", match.code.substr(1)}
                     : std::pair<std::string, std::string>{};
  }
  const auto name = review::filter_name(match.dimension);
  const auto& known = explorer_filters();
  if (std::find(known.begin(), known.end(), name) == known.end()) return {};
  return {name, match.code};
}

std::string concept_name(const search::ConceptMatch& match, review::Names& names) {
  if (match.dimension == registry::Dimension::none) return names.grouping(match.code);
  return names.value(match.dimension, match.code);
}

/// What the words were taken for, and what can be done when that was not meant.
boost::json::array word_remarks(const search::WordAnswer& answer, const Request& request,
                                review::Names& names, const Language& language) {
  boost::json::array remarks;
  if (!answer.suggestion.empty())
    remarks.push_back(
        remark(language.t("explorer.suggestion"),
               link_with(request.path, request.query, {{"q", answer.suggestion}, {"page", ""}}),
               answer.suggestion));
  if (answer.loosened) remarks.push_back(remark(language.t("explorer.loosened")));
  for (const auto& match : answer.concepts) {
    const auto [name, value] = concept_filter(match);
    const auto text =
        language.t("explorer.concept",
                   {{"words", match.words},
                    {"kind", language.t("field." + (name.empty() ? std::string("year") : name))},
                    {"name", concept_name(match, names)}});
    auto only = request.query;
    std::erase_if(only, [](const auto& field) {
      return field.first == "q" || field.first == "page" || field.first == "sort";
    });
    only.emplace_back(name, value);
    remarks.push_back(remark(text, name.empty() ? "" : link_with(request.path, only, {}),
                             language.t("explorer.concept.only")));
  }
  return remarks;
}

boost::json::array piece_views(const std::vector<search::Piece>& pieces) {
  boost::json::array views;
  for (const auto& piece : pieces)
    views.push_back(View{{"text", piece.text}, {"marked", piece.marked}});
  return views;
}

/// The text that a reader of a language should see first, with its language.
registry::Text pick(const registry::Texts& texts, const std::string& language) {
  const auto picked = registry::pick_text(texts, language);
  for (const auto& text : texts)
    if (text.text == picked) return text;
  return {};
}

/// The description that shows what was asked for; else the first in the reader's language.
registry::Text find_excerpt(const registry::Record& record, const std::vector<std::string>& stems,
                            const std::string& language) {
  for (const auto& description : record.descriptions)
    for (const auto& text : description.text) {
      const auto pieces = search::mark(text.text, text.lang, stems, excerpt_bytes);
      if (std::any_of(pieces.begin(), pieces.end(), [](const auto& one) { return one.marked; }))
        return text;
    }
  return record.descriptions.empty() ? registry::Text{}
                                     : pick(record.descriptions.front().text, language);
}

boost::json::array facts_line(const registry::InitiativeLine& line, review::Names& names,
                              const Language& language) {
  boost::json::array facts;
  const auto add = [&](const std::string& text) {
    if (!text.empty()) facts.push_back(View{{"text", text}});
  };
  const auto list = [&](registry::Dimension dimension, const std::vector<std::string>& codes) {
    std::string text;
    for (std::size_t i = 0; i < codes.size() && i < 4; ++i)
      text += (i ? ", " : "") + names.value(dimension, codes[i]);
    if (codes.size() > 4) text += " +" + language.number(std::int64_t(codes.size() - 4));
    return text;
  };
  const auto providers = list(registry::Dimension::provider, line.providers);
  const auto recipients = list(registry::Dimension::recipient, line.recipients);
  if (!providers.empty() || !recipients.empty())
    add((providers.empty() ? language.t("partner.not_stated") : providers) + " " +
        (language.dir() == "rtl" ? "←" : "→") + " " +
        (recipients.empty() ? language.t("partner.not_stated") : recipients));
  if (!line.start_date.empty()) {
    const auto end = line.end_date.substr(0, 4), start = line.start_date.substr(0, 4);
    add(end.empty() || end == start ? start : start + "–" + end);
  }
  add(review::framework_label(line.framework, language));
  if (line.disbursed_cents)
    add(language.t("explorer.disbursed", {{"usd", write_usd(line.disbursed_cents, language)}}));
  else if (line.committed_cents)
    add(language.t("explorer.committed", {{"usd", write_usd(line.committed_cents, language)}}));
  return facts;
}

void add_hits(View& view, const std::vector<registry::InitiativeLine>& lines,
              const search::WordAnswer& words, store::Database& database,
              const Language& language) {
  review::Names names(database, language.code());
  std::vector<std::string> codes;
  for (const auto& line : lines) {
    codes.insert(codes.end(), line.providers.begin(), line.providers.end());
    codes.insert(codes.end(), line.recipients.begin(), line.recipients.end());
  }
  names.expect(codes);
  boost::json::array hits;
  for (const auto& line : lines) {
    const auto record = registry::get_record(database, line.lead);
    auto title = pick(record.title, language.code());
    if (title.text.empty()) title.text = line.title.empty() ? line.identifier : line.title;
    const auto excerpt = find_excerpt(record, words.stems, language.code());
    hits.push_back(
        View{{"link", review::initiative_path(line.identifier)},
             {"lang", title.lang},
             {"title_pieces",
              piece_views(search::mark(title.text, title.lang, words.stems, whole_title))},
             {"has_excerpt", !excerpt.text.empty()},
             {"excerpt_lang", excerpt.lang},
             {"excerpt",
              piece_views(search::mark(excerpt.text, excerpt.lang, words.stems, excerpt_bytes))},
             {"facts_line", facts_line(line, names, language)}});
  }
  view["has_hits"] = !hits.empty();
  view["hits"] = std::move(hits);
}

boost::json::array view_links(const Exploring& exploring, const Request& request,
                              const Language& language) {
  boost::json::array views;
  for (const auto& name : explorer_views())
    views.push_back(
        View{{"title", language.t(std::string("explorer.view.") + name)},
             {"link", link_with(request.path, request.query,
                                {{"view", name}, {"by", ""}, {"page", ""}, {"sort", ""}})},
             {"current", exploring.view == name}});
  return views;
}

boost::json::array list_controls(const Exploring& exploring, const Language& language) {
  const auto& arrangement = exploring.arrangement;
  std::vector<Option> orders, sizes;
  if (!exploring.words.empty())
    orders.push_back({"relevance", language.t("explorer.sort.relevance"), ""});
  for (const auto* order :
       {"-start", "-end", "-disbursed_usd", "-committed_usd", "title", "-updated"})
    orders.push_back(
        {order, language.t(std::string("explorer.sort.") + (*order == '-' ? order + 1 : order)),
         ""});
  const auto chosen = (arrangement.descending ? "-" : "") + arrangement.sort;
  if (std::none_of(orders.begin(), orders.end(),
                   [&](const Option& option) { return option.value == chosen; }))
    orders.push_back({chosen, chosen, ""});
  for (const auto* size : {"25", "50", "100", "250"}) sizes.push_back({size, size, ""});
  return {make_select("sort", language.t("explorer.sort"), orders, chosen),
          make_select("per_page", language.t("explorer.per_page"), sizes,
                      std::to_string(arrangement.page_size))};
}

std::vector<Option> dimension_options(const Language& language, bool with_none) {
  std::vector<Option> options;
  if (with_none) options.push_back({"", language.t("explorer.by.none"), ""});
  for (const auto& name : review::cube_dimensions())
    options.push_back({name, review::dimension_title(name, language), ""});
  return options;
}

boost::json::array money_controls(const Exploring& exploring, const Language& language) {
  std::vector<Option> sides, prices = {{"", language.t("explorer.prices.current"), ""}};
  for (const auto* side : {"reconciled", "provider", "recipient"})
    sides.push_back({side, language.t(std::string("perspective.") + side), ""});
  for (const int year : {2010, 2015, 2018, 2020, 2022, 2024})
    prices.push_back({std::to_string(year),
                      language.t("explorer.prices.year", {{"year", std::to_string(year)}}), ""});
  return {make_select("perspective", language.t("field.perspective"), sides,
                      boost::describe::enum_to_string(exploring.perspective, "reconciled")),
          make_select("price_year", language.t("field.prices"), prices,
                      exploring.price_year ? std::to_string(*exploring.price_year) : "")};
}

boost::json::array group_controls(const Exploring& exploring, const Language& language) {
  const auto by = [&](std::size_t n) { return n < exploring.by.size() ? exploring.by[n] : ""; };
  boost::json::array controls;
  if (exploring.view == "groups") {
    controls.push_back(
        make_select("by", language.t("explorer.by"), dimension_options(language, false), by(0)));
    controls.push_back(make_select("by", language.t("explorer.by.then"),
                                   dimension_options(language, true), by(1)));
  } else if (exploring.view == "years") {
    controls.push_back(make_select("by", language.t("explorer.by.split"),
                                   dimension_options(language, true), by(1)));
  } else {
    controls.push_back(
        make_select("by", language.t("explorer.by"),
                    {{"recipient", review::dimension_title("recipient", language), ""},
                     {"provider", review::dimension_title("provider", language), ""}},
                    by(0)));
  }
  for (auto& control : money_controls(exploring, language)) controls.push_back(control);
  return controls;
}

std::string summary_of(const review::Found& found, const review::CubeSums& total,
                       const Language& language) {
  std::string text = language.t("explorer.summary", {{"count", std::int64_t(found.size)}});
  const auto add = [&](const char* key, const std::optional<std::int64_t>& cents) {
    if (cents) text += " " + language.t(key, {{"usd", write_usd(*cents, language)}});
  };
  add("explorer.summary.disbursed", total.disbursed_cents);
  add("explorer.summary.committed", total.committed_cents);
  add("explorer.summary.budgeted", total.budgeted_cents);
  return text;
}

void add_empty(View& view, const Language& language) {
  view["empty"] = View{{"title", language.t("initiatives.empty.title")},
                       {"text", language.t("initiatives.empty.text")},
                       {"links", boost::json::array{View{{"title", language.t("initiatives.all")},
                                                         {"link", "/initiatives"}}}}};
}

/// Fills in what a view groups by unless the reader says.
void choose_dimensions(Exploring& exploring) {
  auto& by = exploring.by;
  if (exploring.view == "groups" && by.empty()) by = {"recipient", "sector"};
  if (exploring.view == "map" && (by.empty() || (by[0] != "provider" && by[0] != "recipient")))
    by = {"recipient"};
  if (exploring.view == "map") by.resize(1);
  if (exploring.view == "years") {
    std::erase(by, "year");
    by.insert(by.begin(), "year");
    by.resize(std::min<std::size_t>(by.size(), 2));
  }
}

}  // namespace

review::Found find_for(const Site& site, store::Database& database, const Exploring& exploring,
                       const std::string& language) {
  return review::explore(site.cubes->count(database),
                         exploring.words.empty() ? nullptr : site.words->get(database),
                         exploring.question(language));
}

namespace {

/// The list or the table: one page of initiatives in the order asked for.
Response show_page_of(const Site& site, const Request& request, store::Database& database,
                      const review::Found& found, const Exploring& exploring, Page page) {
  const auto& language = get_language(request.language);
  const auto total = found.size;
  const auto listed = review::list_found(
      database, found, exploring.arrangement.sort, exploring.arrangement.descending,
      std::size_t(exploring.arrangement.offset()), exploring.arrangement.page_size);
  const auto lines = found.counts->list_lines(database, listed.keys);
  review::Names names(database, language.code());
  auto remarks = word_remarks(listed.words, request, names, language);
  page.view["has_remarks"] = !remarks.empty();
  page.view["remarks"] = std::move(remarks);
  page.view["controls"] = list_controls(exploring, language);
  page.view["kept"] = hidden_fields(request, {"sort", "per_page"});
  const auto& arrangement = exploring.arrangement;
  if (exploring.view == "list") {
    add_hits(page.view, lines, listed.words, database, language);
    page.view["first"] = std::int64_t(arrangement.offset() + 1);
    page.view["pager"] = view_pager(arrangement, total, request, language);
    return site.pages->show(request, page);
  }
  auto table = select_columns(
      review::list_initiatives(database, {std::int64_t(total), lines}, language.code()),
      {"title", "providers", "recipients", "framework", "start", "budgeted_usd", "committed_usd",
       "disbursed_usd"});
  table.revision = std::to_string(found.cube->revision());
  round_money(table, 0, language);
  drop_empty_money(table);
  return show_cut_table(*site.pages, request, table, std::move(page), arrangement,
                        registry::sortable_columns());
}

/// The column that holds a dimension's values in words.
std::string words_column(std::string name) {
  if (name == "year") return name;
  std::replace(name.begin(), name.end(), '.', '_');
  std::replace(name.begin(), name.end(), '-', '_');
  return name + "_name";
}

std::vector<Chart> choose_group_charts(const Exploring& exploring, const Language& language) {
  Chart chart;
  for (const auto& name : exploring.by)
    chart.title += (chart.title.empty() ? "" : " × ") + review::dimension_title(name, language);
  chart.x = words_column(exploring.by[0]);
  chart.y = "initiatives disbursed_usd committed_usd budgeted_usd";
  if (exploring.by.size() > 1) chart.series = words_column(exploring.by[1]);
  if (exploring.view == "map") {
    chart.kind = "map";
    chart.code = exploring.by[0];
  } else if (exploring.by[0] == "year") {
    chart.kind = exploring.by.size() > 1 ? "areas" : "lines";
    // Dollars and a number of initiatives share no axis.
    if (exploring.by.size() == 1) chart.y = "disbursed_usd committed_usd budgeted_usd";
  } else {
    chart.kind = exploring.by.size() > 1 ? "matrix" : "bars";
    if (exploring.by.size() > 1) chart.reading = language.t("explorer.matrix");
  }
  return {chart};
}

/// Dates such as 1900 would press all others into a corner; a note tells how many were left out.
void leave_out_early_years(Table& table, const Exploring& exploring, const Language& language) {
  for (const auto& given : exploring.filters)
    if (given.name == "since" || given.name == "year") return;
  std::int64_t left_out = 0;
  for (std::size_t i = table.rows.size(); i-- > 0;) {
    const auto* year = std::get_if<std::int64_t>(&table.rows[i][0]);
    if (year && *year >= first_year_shown) continue;
    table.rows.erase(table.rows.begin() + std::ptrdiff_t(i));
    table.links.erase(table.links.begin() + std::ptrdiff_t(i));
    ++left_out;
  }
  table.total_rows = table.rows.size();
  if (left_out)
    table.notes.push_back(language.t(
        "explorer.early", {{"count", left_out}, {"year", std::to_string(first_year_shown)}}));
}

/// Sums by the dimensions asked for, as a table with a chart made of it.
Response show_groups(const Site& site, const Request& request, Table table,
                     const Exploring& exploring, Page page) {
  const auto& language = get_language(request.language);
  if (exploring.view == "years") leave_out_early_years(table, exploring, language);
  page.view["controls"] = group_controls(exploring, language);
  page.view["kept"] = hidden_fields(request, {"by", "perspective", "price_year"});
  page.first_order = exploring.view == "years" ? "year" : "-initiatives";
  page.charts = choose_group_charts(exploring, language);
  page.page_size = most_rows_drawn;
  round_money(table, 0, language);
  drop_empty_money(table);
  return site.pages->show_table(request, std::move(table), std::move(page));
}

/// All initiatives found, in the order asked for.
Download download_of(const Request& request, store::Database& database, const review::Found& found,
                     const Arrangement& order) {
  Download download;
  registry::Question described;
  described.words = found.question.words;
  described.filters = found.question.filters;
  download.query = review::describe_search(database, described, request.language);
  download.find_keys = [found, order](store::Database& reading) {
    return review::list_found(reading, found, order.sort, order.descending, 0, found.size).keys;
  };
  return download;
}

}  // namespace

Response export_initiatives(const Site& site, const Request& request,
                            const standards::ExportFormat& format) {
  const auto database = site.pool->lend();
  const auto exploring = read_exploring(request);
  const auto found = find_for(site, *database, exploring, request.language);
  return download_records(site, request, format,
                          download_of(request, *database, found, exploring.arrangement),
                          "initiatives");
}

Response show_initiatives(const Site& site, const Request& request) {
  const auto& language = get_language(request.language);
  const auto database = site.pool->lend();
  auto exploring = read_exploring(request);
  choose_dimensions(exploring);
  const auto found = find_for(site, *database, exploring, language.code());
  const bool grouped = exploring.view != "list" && exploring.view != "table";
  if (!request.twin.empty() && !grouped)
    return download_initiatives(site, request,
                                download_of(request, *database, found, exploring.arrangement));
  Page page;
  page.section = "initiatives";
  page.title = language.t("nav.initiatives");
  review::CubeSums total;  // heads the page whatever the view
  Table groups;
  if (grouped) {
    const auto question = exploring.cube_question(found);
    const auto answer = found.counts->group(question);
    total = answer.total;
    groups =
        review::tabulate_breakdown(*database, question, answer, language.code(), exploring.words);
  } else {
    total = review::sum_found(found, exploring.perspective, exploring.price_year);
  }
  if (!request.twin.empty())
    return site.pages->show_table(request, std::move(groups), std::move(page));
  page.template_name = "explorer";
  page.summary = summary_of(found, total, language);
  page.view["action"] = request.path;
  page.view["facets"] = facet_views(found, exploring, request, *database);
  page.view["views"] = view_links(exploring, request, language);
  page.view["has_controls"] = true;
  add_chips(page.view, exploring, request, *database);
  if (found.size == 0)
    add_empty(page.view, language);
  else if (!grouped)
    page.view["html_download"] =
        render("download", make_download_part(request, language), language);
  return grouped ? show_groups(site, request, std::move(groups), exploring, std::move(page))
                 : show_page_of(site, request, *database, found, exploring, std::move(page));
}

}  // namespace austral::web
