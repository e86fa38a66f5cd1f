// The border for documents and results.
#include "standards/iati/mapping.hpp"

namespace austral::iati {

registry::Document Mapping::document(const DocumentLink& from) const {
  registry::Document to;
  to.url = from.url;
  to.format = from.format;
  to.title = texts(from.title);
  to.description = texts(from.description);
  to.categories.assign(from.categories.begin(), from.categories.end());
  to.languages.assign(from.languages.begin(), from.languages.end());
  to.date = from.document_date;
  for (const auto& one : from.recipient_countries) to.places.push_back(country(one));
  return to;
}

registry::Measurement Mapping::measurement(const Measure& from) const {
  registry::Measurement to;
  to.value = from.value;
  to.year = from.year;
  to.date = from.iso_date;
  to.comment = texts(from.comment);
  to.locations.assign(from.locations.begin(), from.locations.end());
  for (const auto& one : from.dimensions)
    to.dimensions.push_back(classification(std::string(one.vocabulary), one));
  for (const auto& one : from.documents) to.documents.push_back(document(one));
  return to;
}

registry::Indicator Mapping::indicator(const Indicator& from) const {
  registry::Indicator to;
  to.measure = from.measure;
  to.ascending = from.ascending == "true"    ? "1"
                 : from.ascending == "false" ? "0"
                                             : std::string(from.ascending);
  to.aggregation = from.aggregation_status;
  to.title = texts(from.title);
  to.description = texts(from.description);
  for (const auto& one : from.references)
    to.references.push_back(classification("indicator-" + std::string(one.vocabulary), one));
  for (const auto& one : from.baselines) to.baselines.push_back(measurement(one));
  to.periods.reserve(from.periods.size());
  for (const auto& one : from.periods) {
    auto& period = to.periods.emplace_back();
    period.start = one.start;
    period.end = one.end;
    for (const auto& target : one.targets) period.targets.push_back(measurement(target));
    for (const auto& actual : one.actuals) period.actuals.push_back(measurement(actual));
  }
  for (const auto& one : from.documents) to.documents.push_back(document(one));
  return to;
}

registry::Result Mapping::result(const Result& from) const {
  registry::Result to;
  to.type = from.type;
  to.aggregation = from.aggregation_status;
  to.title = texts(from.title);
  to.description = texts(from.description);
  for (const auto& one : from.references)
    to.references.push_back(classification("result-" + std::string(one.vocabulary), one));
  for (const auto& one : from.indicators) to.indicators.push_back(indicator(one));
  for (const auto& one : from.documents) to.documents.push_back(document(one));
  return to;
}

}  // namespace austral::iati
