// Reads and writes the explorer's address.
#include "web/pages/explore.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "review/names.hpp"

namespace austral::web {
namespace {

std::string join_names(const std::vector<std::string>& names) {
  std::string all;
  for (const auto& name : names) all += (all.empty() ? "" : ", ") + name;
  return all;
}

[[noreturn]] void refuse_value(std::string_view name, std::string_view value,
                               const std::string& allowed) {
  throw Error(Kind::invalid, "'" + std::string(name) + "=" + std::string(value) +
                                 "' cannot be used; " + std::string(name) + " is " + allowed);
}

void read_view(const Request& request, Exploring& exploring) {
  exploring.view = request.find_query("view").value_or("");
  // Words are answered by a ranked list with excerpts, filters by a table.
  if (exploring.view.empty()) exploring.view = exploring.words.empty() ? "table" : "list";
  for (const auto& given : request.query_values("by"))
    for (const auto name : split(given, ','))
      if (!name.empty() && exploring.by.size() < 3) exploring.by.emplace_back(name);
  for (const auto& name : exploring.by) {
    const auto& known = review::cube_dimensions();
    if (std::find(known.begin(), known.end(), name) == known.end())
      refuse_value("by", name, "one of " + join_names(known));
  }
}

void read_order(const Request& request, Exploring& exploring) {
  const bool words = !exploring.words.empty();
  exploring.arrangement =
      read_arrangement(request, exploring.view == "list" ? 25 : 50, words ? "relevance" : "-start");
  if (exploring.arrangement.sort == "relevance" && !words)
    refuse_value("sort", "relevance",
                 "for searches by words only; without words use start or title");
}

/// The query's fields with the place in the list back at its beginning.
Fields from_first_page(const Request& request) {
  Fields fields = request.query;
  std::erase_if(fields,
                [](const auto& field) { return field.first == "page" || field.second.empty(); });
  return fields;
}

}  // namespace

const std::vector<std::string>& explorer_views() {
  static const std::vector<std::string> names = {"list", "table", "groups", "map", "years"};
  return names;
}

const std::vector<std::string>& explorer_filters() {
  static const std::vector<std::string> names = {
      "framework", "provider",     "recipient",     "facilitator", "sector",       "goal",
      "year",      "since",        "until",         "status",      "recipient_in", "provider_in",
      "publisher", "organization", "critical_area", "modality",    "flow_type",    "region",
      "marker",    "funds",        "answers_for",   "manages",     "carries_out"};
  return names;
}

Exploring read_exploring(const Request& request) {
  Exploring exploring;
  exploring.words = std::string(trim(request.find_query("q").value_or("")));
  for (const auto& name : explorer_filters())
    for (const auto& value : request.query_values(name))
      if (!value.empty())
        exploring.filters.push_back({name, value, registry::parse_filter(name, value)});
  read_view(request, exploring);
  read_order(request, exploring);
  if (const auto given = request.find_query("perspective"); given && !given->empty())
    exploring.perspective = review::parse_perspective(*given);
  if (const auto year = request.find_query("price_year"); year && !year->empty())
    exploring.price_year = std::stoi(*year);
  return exploring;
}

review::Exploration Exploring::question(const std::string& language) const {
  review::Exploration question;
  question.words = words;
  question.language = language;
  for (const auto& given : filters) question.filters.push_back(given.filter);
  return question;
}

review::CubeQuestion Exploring::cube_question(const review::Found& found) const {
  review::CubeQuestion question;
  question.by = by;
  question.filters = found.question.filters;
  question.among = found.scope.by_words();
  question.perspective = perspective;
  question.price_year = price_year;
  return question;
}

std::string link_adding(const Request& request, std::string_view name, std::string_view value) {
  auto fields = from_first_page(request);
  fields.emplace_back(name, value);
  return link_with(request.path, fields, {});
}

std::string link_without(const Request& request, std::string_view name, std::string_view value) {
  auto fields = from_first_page(request);
  std::erase_if(fields, [&](const auto& field) {
    return field.first == name && (value.empty() || field.second == value);
  });
  return link_with(request.path, fields, {});
}

boost::json::array hidden_fields(const Request& request, const std::vector<std::string>& but) {
  boost::json::array fields;
  for (const auto& [name, value] : from_first_page(request))
    if (std::find(but.begin(), but.end(), name) == but.end())
      fields.push_back(View{{"name", name}, {"value", value}});
  return fields;
}

void add_chips(View& view, const Exploring& exploring, const Request& request,
               store::Database& database) {
  const auto& language = get_language(request.language);
  review::Names names(database, language.code());
  boost::json::array chips;
  if (!exploring.words.empty())
    chips.push_back(View{{"title", language.t("field.words")},
                         {"text", exploring.words},
                         {"link", link_without(request, "q", "")}});
  for (const auto& given : exploring.filters)
    chips.push_back(View{{"title", language.t("field." + given.name)},
                         {"text", names.value(given.filter.dimension, given.filter.value)},
                         {"link", link_without(request, given.name, given.value)}});
  view["has_chips"] = !chips.empty();
  view["clear_link"] = chips.size() > 1 ? request.path : "";
  view["chips"] = std::move(chips);
}

}  // namespace austral::web
