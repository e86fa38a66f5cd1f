// Initiatives as an office would publish them: all that IATI asks for, in every combination that
// its rules allow.
#pragma once

#include <rapidcheck.h>

#include <string>
#include <vector>

#include "codes/code_list.hpp"
#include "registry/record.hpp"

namespace austral::test::valid {

using namespace registry;

inline int number(int from, int to) { return *rc::gen::inRange(from, to + 1); }
inline bool perhaps() { return *rc::gen::arbitrary<bool>(); }

/// Any code of a list of the standard that is not withdrawn.
inline std::string code_of(std::string_view list) {
  const auto& all = codes::get_list(list).all();
  for (;;) {
    const auto& code = all[*rc::gen::inRange<std::size_t>(0, all.size())];
    if (!code.withdrawn) return std::string(code.code);
  }
}

inline std::string code_or_none(std::string_view list) { return perhaps() ? code_of(list) : ""; }

inline std::string words() {
  return *rc::gen::element<std::string>("Wells", "a < b & \"c\"", "Po\xC3\xA7os",
                                        "\xD9\x85\xD8\xA7\xD8\xA1", "\xE6\xB0\xB4", "two\nlines",
                                        "x'y", "]]>", "--", "=1+1", "0", "12,5 %", " edge ");
}

/// At least one text, each in another language.
inline Texts texts() {
  Texts all{{"en", words()}};
  if (perhaps()) all.push_back({"fr", words()});
  if (number(0, 5) == 0) all.push_back({"ar", words()});
  return all;
}
inline Texts perhaps_texts() { return perhaps() ? texts() : Texts(); }

inline Date day() { return *make_date(number(1990, 2025), number(1, 12), number(1, 28)); }

inline std::string reference(std::string_view prefix) {
  return std::string(prefix) + "-" + std::to_string(number(1, 9999));
}

inline Party party() {
  Party party;
  if (perhaps()) party.ref = reference("XM-DAC");
  if (party.ref.empty() || perhaps()) party.name = texts();
  party.type = code_or_none("OrganisationType");
  if (number(0, 3) == 0) party.activity = reference("KE-GOV");
  return party;
}

/// Shares that add up to a hundred exactly, of `count` parts.
inline std::vector<Decimal> shares(int count) {
  const int places = number(0, 3);
  std::int64_t left = 100;
  for (int i = 0; i < places; ++i) left *= 10;
  std::vector<Decimal> all;
  for (int i = 1; i < count; ++i) {
    const auto one = *rc::gen::inRange<std::int64_t>(0, left + 1);
    all.push_back(Decimal{one, places});
    left -= one;
  }
  all.push_back(Decimal{left, places});
  return all;
}

inline Classification coded(std::string scheme, std::string code) {
  Classification one;
  one.scheme = std::move(scheme);
  one.code = std::move(code);
  return one;
}

/// One vocabulary's sectors, alone or with shares.
inline void add_sectors(std::vector<Classification>& all, const std::string& scheme,
                        std::string_view list) {
  const int count = number(1, 3);
  const auto parts = shares(count);
  for (int i = 0; i < count; ++i) {
    all.push_back(coded(scheme, list.empty() ? reference("own") : code_of(list)));
    if (count > 1 || perhaps()) all.back().share = parts[std::size_t(i)];
    if (list.empty()) {
      all.back().name = texts();
      if (perhaps()) all.back().uri = "http://example.org/our list";
    }
  }
}

inline std::vector<Classification> sectors() {
  std::vector<Classification> all;
  add_sectors(all, "purpose", "Sector");
  if (perhaps()) add_sectors(all, "category", "SectorCategory");
  if (perhaps()) add_sectors(all, "sector-99", "");
  return all;
}

inline Place country(std::optional<Decimal> share) {
  Place place;
  place.kind = "country";
  place.code = code_of("Country");
  place.share = share;
  if (number(0, 3) == 0) place.name = texts();
  return place;
}

inline Place region(const std::string& vocabulary, std::optional<Decimal> share) {
  Place place;
  place.kind = "region";
  place.vocabulary = vocabulary;
  place.code = vocabulary == "dac" ? code_of("Region") : std::to_string(number(2, 900));
  place.share = share;
  if (vocabulary == "own") place.name = texts();
  return place;
}

inline std::vector<Place> places() {
  std::vector<Place> all;
  const int countries = number(0, 3), regions = number(countries == 0 ? 1 : 0, 2);
  const auto vocabulary = *rc::gen::element<std::string>("dac", "m49", "own");
  const auto parts = shares(countries + regions);
  const bool shared = countries + regions > 1 || perhaps();
  for (int i = 0; i < countries + regions; ++i) {
    const auto share = shared ? std::optional(parts[std::size_t(i)]) : std::nullopt;
    all.push_back(i < countries ? country(share) : region(vocabulary, share));
  }
  return all;
}

inline Contribution transaction(const std::string& currency) {
  Contribution one;
  one.kind = ContributionKind(number(1, 13));
  one.date = day();
  one.value_date = perhaps() ? day() : *one.date;
  one.quantity = {Decimal{*rc::gen::inRange<std::int64_t>(-900'000'000, 900'000'000), number(0, 3)},
                  perhaps() ? currency : code_of("Currency")};
  if (perhaps()) one.ref = reference("t");
  one.description = perhaps_texts();
  if (perhaps()) one.provider = party();
  if (perhaps()) one.receiver = party();
  one.channel = code_or_none("DisbursementChannel");
  one.flow_type = code_or_none("FlowType");
  one.finance_type = code_or_none("FinanceType");
  one.tied_status = code_or_none("TiedStatus");
  if (perhaps()) one.modalities.push_back(coded("aid-type", code_of("AidType")));
  if (perhaps()) one.modalities.push_back(coded("aid-type-2", code_of("EarmarkingCategory")));
  one.humanitarian = *rc::gen::element<std::string>("", "0", "1");
  return one;
}

inline Contribution budget(ContributionKind kind, const std::string& currency) {
  Contribution one;
  one.kind = kind;
  one.date = day();
  one.end_date = Date{one.date->days + number(0, 364)};
  one.value_date = perhaps() ? *one.date : Date{one.date->days + number(0, 300)};
  one.quantity = {Decimal{*rc::gen::inRange<std::int64_t>(0, 900'000'000), number(0, 3)}, currency};
  one.type = code_or_none("BudgetType");
  if (kind == ContributionKind::budget) one.status = code_or_none("BudgetStatus");
  if (kind == ContributionKind::planned_disbursement && perhaps()) one.provider = party();
  if (kind == ContributionKind::planned_disbursement && perhaps()) one.receiver = party();
  return one;
}

inline Document document() {
  Document one;
  one.url = *rc::gen::element<std::string>("http://example.org/a.pdf", "https://example.org/?a=b#c",
                                           "http://example.org/a b", "http://x:port/y", "a:b:c",
                                           "http://example.org/\xC3\xA9#a#b");
  one.format = code_of("FileFormat");
  one.title = texts();
  one.description = perhaps_texts();
  for (int i = number(1, 2); i > 0; --i) one.categories.push_back(code_of("DocumentCategory"));
  if (perhaps()) one.languages.push_back(code_of("Language"));
  if (perhaps()) one.date = day();
  return one;
}

inline Measurement measurement(bool baseline) {
  Measurement one;
  one.value = std::to_string(number(0, 500));
  if (baseline) one.year = std::to_string(number(1995, 2024));
  if (baseline && perhaps()) one.date = day();
  one.comment = perhaps_texts();
  if (perhaps()) one.dimensions.push_back(coded("sex", "female"));
  if (number(0, 3) == 0) one.documents.push_back(document());
  return one;
}

inline Result result() {
  Result one;
  one.type = code_of("ResultType");
  one.aggregation = *rc::gen::element<std::string>("", "0", "1");
  one.title = texts();
  one.description = perhaps_texts();
  auto& indicator = one.indicators.emplace_back();
  indicator.measure = *rc::gen::element<std::string>("1", "2", "3", "4");
  indicator.ascending = *rc::gen::element<std::string>("", "0", "1");
  indicator.title = texts();
  indicator.description = perhaps_texts();
  if (perhaps()) indicator.references.push_back(coded("indicator-99", reference("i")));
  if (perhaps()) indicator.baselines.push_back(measurement(true));
  for (int i = number(0, 2); i > 0; --i) {
    auto& period = indicator.periods.emplace_back();
    period.start = day();
    period.end = Date{period.start->days + number(0, 900)};
    if (perhaps()) period.targets.push_back(measurement(false));
    if (perhaps()) period.actuals.push_back(measurement(false));
  }
  return one;
}

inline Location location() {
  Location one;
  one.reach = code_or_none("GeographicLocationReach");
  one.exactness = code_or_none("GeographicExactness");
  one.location_class = code_or_none("GeographicLocationClass");
  one.feature = code_or_none("LocationType");
  one.name = perhaps_texts();
  one.description = perhaps_texts();
  if (perhaps()) {
    one.latitude = "-1.29";
    one.longitude = "36.82";
  }
  if (perhaps()) one.identifiers.push_back(coded("G1", "184742"));
  return one;
}

inline void add_codings(Record& record) {
  auto& all = record.classifications;
  all = sectors();
  if (perhaps()) all.push_back(coded("goal", code_of("UNSDG-Goals")));
  if (perhaps()) all.push_back(coded("target", code_of("UNSDG-Targets")));
  if (perhaps()) {
    all.push_back(coded("framework", *rc::gen::element<std::string>("FC01", "FC02", "FC03")));
    all.back().uri = "urn:austral:framework-of-collaboration";
  }
  if (perhaps()) {
    all.push_back(coded("marker", code_of("PolicyMarker")));
    all.back().significance = code_of("PolicySignificance");
  }
  if (perhaps()) {
    all.push_back(coded("humanitarian-1-1-2", "EQ-2015-000048-NPL"));
  }
  record.collaboration_type = code_or_none("CollaborationType");
  record.flow_type = code_or_none("FlowType");
  record.finance_type = code_or_none("FinanceType");
  record.tied_status = code_or_none("TiedStatus");
  record.scope = code_or_none("ActivityScope");
  if (perhaps()) record.modalities.push_back(coded("aid-type", code_of("AidType")));
}

inline void add_dates(Record& record) {
  const Date start = day();
  record.dates.push_back({*rc::gen::element<std::string>("1", "2"), start, {}});
  if (perhaps()) {
    const bool planned = record.dates.front().type == "1";
    record.dates.push_back({planned ? "3" : "4", Date{start.days + number(0, 200)}, texts()});
  }
}

inline void add_relations(Record& record) {
  if (perhaps())
    record.references.push_back(
        {ReferenceKind::other_identifier, reference("BR-X"), "A3", party()});
  if (!record.references.empty()) {
    auto& owner = record.references.back().owner;
    owner.type.clear();
    owner.activity.clear();
  }
  if (perhaps()) record.references.push_back({ReferenceKind::parent, reference("BR-P"), "1", {}});
  if (perhaps()) {
    record.conditions_attached = "1";
    record.conditions.push_back({code_of("ConditionType"), texts()});
  }
  for (int i = number(0, 2); i > 0; --i) record.documents.push_back(document());
  for (int i = number(0, 2); i > 0; --i) record.results.push_back(result());
  for (int i = number(0, 2); i > 0; --i) record.locations.push_back(location());
  if (perhaps()) {
    auto& contact = record.contacts.emplace_back();
    contact.type = code_or_none("ContactType");
    contact.organization = texts();
    contact.emails = {"office@example.org"};
    contact.websites = {"http://example.org"};
  }
}

/// One initiative, identified by `identifier`.
inline Record record(const std::string& identifier) {
  Record record;
  record.publisher = "XM-DAC-41317";
  record.publisher_type = code_of("OrganisationType");
  record.publisher_name = texts();
  record.secondary_publisher = perhaps();
  record.identifier = identifier;
  record.updated = perhaps() ? "2024-03-31T10:00:00Z" : "";
  record.language = "en";
  record.currency = code_of("Currency");
  record.hierarchy = *rc::gen::element<std::string>("", "1", "2");
  record.humanitarian = *rc::gen::element<std::string>("", "0", "1");
  record.title = texts();
  for (int i = number(1, 2); i > 0; --i)
    record.descriptions.push_back({code_or_none("DescriptionType"), texts()});
  record.status = code_of("ActivityStatus");
  for (int i = number(1, 3); i > 0; --i)
    record.participations.push_back({Function(number(1, 4)), party()});
  add_dates(record);
  record.places = places();
  add_codings(record);
  for (int i = number(0, 3); i > 0; --i)
    record.contributions.push_back(transaction(record.currency));
  if (perhaps()) record.contributions.push_back(budget(ContributionKind::budget, record.currency));
  if (perhaps())
    record.contributions.push_back(budget(ContributionKind::planned_disbursement, record.currency));
  add_relations(record);
  return record;
}

}  // namespace austral::test::valid
