// The border on the way out: locations, contacts, documents, conditions and results.
#include "standards/iati/writing.hpp"

namespace austral::iati {

using registry::Measurement;

namespace {

constexpr std::string_view wgs84 = "http://www.opengis.net/def/crs/EPSG/0/4326";

/// `result-9` -> `9`
std::string_view list_of(std::string_view scheme) {
  const auto dash = scheme.find('-');
  return dash == std::string_view::npos ? std::string_view() : scheme.substr(dash + 1);
}

}  // namespace

void Writing::write_location(const registry::Location& location) {
  const auto element = xml_.element("location");
  optional("ref", location.ref);
  code("location-reach", location.reach);
  for (const auto& one : location.identifiers) {
    const auto id = xml_.element("location-id");
    xml_.attribute("code", one.code);
    xml_.attribute("vocabulary", one.scheme);
  }
  words("name", location.name);
  words("description", location.description);
  words("activity-description", location.activity_description);
  for (const auto& one : location.administrative) {
    const auto area = xml_.element("administrative");
    xml_.attribute("code", one.code);
    xml_.attribute("vocabulary", one.scheme);
    fitting("level", one.significance, Lexical::non_negative_integer);
  }
  if (!location.latitude.empty() || !location.longitude.empty()) {
    const auto point = xml_.element("point");
    xml_.attribute("srsName", wgs84);
    const auto pos = xml_.element("pos");
    xml_.text(location.latitude + " " + location.longitude);
  }
  code("exactness", location.exactness);
  code("location-class", location.location_class);
  code("feature-designation", location.feature);
}

void Writing::write_contact(const registry::Contact& contact) {
  const auto element = xml_.element("contact-info");
  optional("type", contact.type);
  words("organisation", contact.organization);
  words("department", contact.department);
  words("person-name", contact.person);
  words("job-title", contact.job_title);
  const auto lines = [&](std::string_view name, const std::vector<std::string>& all) {
    for (const auto& one : all) {
      const auto line = xml_.element(name);
      xml_.text(name == "website" ? to_uri(one) : one);
    }
  };
  lines("telephone", contact.telephones);
  lines("email", contact.emails);
  lines("website", contact.websites);
  words("mailing-address", contact.address);
}

void Writing::write_document(const registry::Document& document) {
  const auto element = xml_.element("document-link");
  xml_.attribute("url", to_uri(document.url));
  xml_.attribute("format", document.format);
  words("title", document.title, true);
  words("description", document.description);
  for (const auto& one : document.categories) {
    const auto category = xml_.element("category");
    xml_.attribute("code", one);
  }
  if (document.categories.empty()) {
    const auto category = xml_.element("category");
    xml_.attribute("code", "");
  }
  for (const auto& one : document.languages) {
    const auto language = xml_.element("language");
    xml_.attribute("code", one);
  }
  day("document-date", document.date);
  if (r_.kind == "organisation")
    for (const auto& one : document.places)
      if (one.kind == "country") write_place(one, false);
  if (document.url.empty()) lacks("a document-link's url", "give the document's address");
  if (document.format.empty())
    lacks("a document-link's format", "give its media type, such as application/pdf");
  if (document.title.empty()) lacks("a document-link's title", "give the document's title");
  if (document.categories.empty())
    lacks("a document-link's category", "give its code of the list DocumentCategory");
}

void Writing::write_conditions() {
  if (!r_.conditions_attached.empty() || !r_.conditions.empty()) {
    const auto element = xml_.element("conditions");
    xml_.attribute("attached", is_lexical(Lexical::boolean, r_.conditions_attached)
                                   ? r_.conditions_attached
                                   : "1");
    for (const auto& one : r_.conditions) {
      const auto condition = xml_.element("condition");
      xml_.attribute("type", one.type);
      narratives(one.text, true);
    }
  }
}

void Writing::write_result(const registry::Result& result) {
  const auto element = xml_.element("result");
  xml_.attribute("type", result.type);
  fitting("aggregation-status", result.aggregation, Lexical::boolean);
  words("title", result.title, true);
  words("description", result.description);
  for (const auto& one : result.documents) write_document(one);
  for (const auto& one : result.references) {
    const auto reference = xml_.element("reference");
    xml_.attribute("code", one.code);
    xml_.attribute("vocabulary", list_of(one.scheme));
    address("vocabulary-uri", one.uri);
  }
  for (const auto& one : result.indicators) write_indicator(one);
  if (result.indicators.empty()) {
    lacks("a result's indicator", "say by what the result is measured");
    const auto indicator = xml_.element("indicator");
    xml_.attribute("measure", "");
    words("title", {}, true);
  }
}

void Writing::write_indicator(const registry::Indicator& indicator) {
  const auto element = xml_.element("indicator");
  xml_.attribute("measure", indicator.measure);
  fitting("ascending", indicator.ascending, Lexical::boolean);
  fitting("aggregation-status", indicator.aggregation, Lexical::boolean);
  words("title", indicator.title, true);
  words("description", indicator.description);
  for (const auto& one : indicator.documents) write_document(one);
  for (const auto& one : indicator.references) {
    const auto reference = xml_.element("reference");
    xml_.attribute("vocabulary", list_of(one.scheme));
    xml_.attribute("code", one.code);
    address("indicator-uri", one.uri);
  }
  for (const auto& one : indicator.baselines) write_measurement("baseline", one);
  for (const auto& one : indicator.periods) write_period(one);
}

void Writing::write_period(const registry::IndicatorPeriod& period) {
  if (!period.start || !period.end)
    return lacks("an indicator's period-start or period-end",
                 "give both days; until then the period is no part of the standard's elements");
  const auto element = xml_.element("period");
  day("period-start", period.start);
  day("period-end", period.end);
  for (const auto& one : period.targets) write_measurement("target", one);
  for (const auto& one : period.actuals) write_measurement("actual", one);
}

void Writing::write_measurement(std::string_view name, const Measurement& one) {
  const bool baseline = name == "baseline";
  std::string year = one.year;
  if (baseline && !is_lexical(Lexical::positive_integer, year))
    year = one.date ? to_string(*one.date) : "";
  if (baseline && year.empty())
    return lacks("a baseline's year",
                 "give it; until then the baseline is no part of the standard's elements");
  const auto element = xml_.element(name);
  if (baseline) {
    if (one.date) xml_.attribute("iso-date", to_string(*one.date));
    xml_.attribute("year", year.substr(0, year.find('-')));
  }
  optional("value", one.value);
  for (const auto& ref : one.locations) {
    const auto location = xml_.element("location");
    optional("ref", ref);
  }
  for (const auto& dimension : one.dimensions) {
    const auto inner = xml_.element("dimension");
    optional("name", dimension.scheme);
    optional("value", dimension.code);
  }
  // Baselines have their documents before the comment, the other two behind it.
  if (baseline)
    for (const auto& document : one.documents) write_document(document);
  words("comment", one.comment);
  if (!baseline)
    for (const auto& document : one.documents) write_document(document);
}

}  // namespace austral::iati
