// Reads document links and results: indicators, baselines, periods, targets and actual values.
#include "standards/iati/walk.hpp"

namespace austral::iati {

DocumentLink Walk::document(Node node) {
  DocumentLink link;
  View language;
  attributes(node, {{"url", &link.url}, {"format", &link.format}, {"language", &language}});
  if (!language.empty()) link.languages.push_back(language);
  each_element(node, [&](Node child) {
    switch (word(child.name())) {
      case word("title"): narratives(child, link.title); break;
      case word("description"): narratives(child, link.description); break;
      case word("category"): link.categories.push_back(code(child)); break;
      case word("language"): link.languages.push_back(code(child)); break;
      case word("document-date"): link.document_date = iso_date(child); break;
      case word("recipient-country"): link.recipient_countries.push_back(coded(child)); break;
      default: keep(child);
    }
  });
  require(!link.url.empty(), node, "url");
  return link;
}

Measure Walk::measure(Node node) {
  Measure measure;
  View day;
  attributes(node, {{"value", &measure.value}, {"year", &measure.year}, {"iso-date", &day}});
  if (!day.empty()) measure.iso_date = parse_day(day, node, "iso-date");
  each_element(node, [&](Node child) {
    switch (word(child.name())) {
      case word("comment"): narratives(child, measure.comment); break;
      case word("location"): {
        View ref;
        attributes(child, {{"ref", &ref}});
        measure.locations.push_back(ref);
        break;
      }
      case word("dimension"): {
        Coded dimension;
        attributes(child, {{"name", &dimension.vocabulary}, {"value", &dimension.code}});
        measure.dimensions.push_back(std::move(dimension));
        break;
      }
      case word("document-link"): measure.documents.push_back(document(child)); break;
      default: keep(child);
    }
  });
  return measure;
}

Period Walk::period(Node node) {
  Period period;
  attributes(node, {});
  each_element(node, [&](Node child) {
    switch (word(child.name())) {
      case word("period-start"): period.start = iso_date(child); break;
      case word("period-end"): period.end = iso_date(child); break;
      case word("target"): period.targets.push_back(measure(child)); break;
      case word("actual"): period.actuals.push_back(measure(child)); break;
      default: keep(child);
    }
  });
  return period;
}

Indicator Walk::indicator(Node node) {
  Indicator indicator;
  attributes(node, {{"measure", &indicator.measure},
                    {"ascending", &indicator.ascending},
                    {"aggregation-status", &indicator.aggregation_status}});
  each_element(node, [&](Node child) {
    switch (word(child.name())) {
      case word("title"): narratives(child, indicator.title); break;
      case word("description"): narratives(child, indicator.description); break;
      case word("document-link"): indicator.documents.push_back(document(child)); break;
      case word("reference"): {
        Coded reference;
        attributes(child, {{"code", &reference.code},
                           {"vocabulary", &reference.vocabulary},
                           {"indicator-uri", &reference.uri}});
        indicator.references.push_back(std::move(reference));
        break;
      }
      case word("baseline"): indicator.baselines.push_back(measure(child)); break;
      case word("period"): indicator.periods.push_back(period(child)); break;
      default: keep(child);
    }
  });
  return indicator;
}

Result Walk::result(Node node) {
  Result result;
  attributes(node, {{"type", &result.type}, {"aggregation-status", &result.aggregation_status}});
  result.type = modern(OldList::result_type, result.type, node);
  each_element(node, [&](Node child) {
    switch (word(child.name())) {
      case word("title"): narratives(child, result.title); break;
      case word("description"): narratives(child, result.description); break;
      case word("document-link"): result.documents.push_back(document(child)); break;
      case word("reference"): {
        Coded reference;
        attributes(child, {{"code", &reference.code},
                           {"vocabulary", &reference.vocabulary},
                           {"vocabulary-uri", &reference.uri}});
        result.references.push_back(std::move(reference));
        break;
      }
      case word("indicator"): result.indicators.push_back(indicator(child)); break;
      default: keep(child);
    }
  });
  return result;
}

}  // namespace austral::iati
