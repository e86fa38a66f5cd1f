// The border for an activity: identity, texts, places, classifications and references.
#include "standards/iati/map.hpp"

#include "base/text.hpp"
#include "standards/iati/mapping.hpp"

namespace austral::iati {

using namespace registry;  // this file is where the two vocabularies meet
using IatiLocation = austral::iati::Location;

namespace {

void lower(std::string& text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = char(c + 32);
}

bool is_true(View flag) { return flag == "1" || flag == "true"; }

/// xsd:boolean as the register keeps it.
std::string flag(View value) {
  if (value == "true") return "1";
  if (value == "false") return "0";
  return std::string(value);
}

Function function_of(View role) {
  if (role == "1") return Function::funds;
  if (role == "2") return Function::answers_for;
  if (role == "3") return Function::manages;
  if (role == "4") return Function::carries_out;
  return Function::unspecified;
}

ReferenceKind kind_of_identifier(View type) {
  if (type == "A3" || type == "A9") return ReferenceKind::other_identifier;
  if (type == "B1") return ReferenceKind::former_publisher;
  return ReferenceKind::foreign_identifier;
}

}  // namespace

registry::Record to_record(const Activity& activity, std::string_view file_updated,
                           Findings& findings) {
  return Mapping(activity, findings).record(file_updated);
}

registry::Record Mapping::record(std::string_view file_updated) {
  registry::Record record;
  lang_ = std::string(a_.lang);
  lower(lang_);
  map_identity(record, file_updated);
  map_classifications(record);
  for (const auto& one : a_.descriptions)
    record.descriptions.push_back({std::string(one.type), texts(one.narratives)});
  for (const auto& one : a_.dates)
    record.dates.push_back({std::string(one.type), one.iso_date, texts(one.narratives)});
  record.participations.reserve(a_.participating_orgs.size());
  for (const auto& one : a_.participating_orgs) {
    const Function function = function_of(one.role);
    if (function == Function::unspecified)
      findings_.push_back(
          {Severity::warning, "iati.role",
           "participating-org " + std::to_string(&one - a_.participating_orgs.data() + 1),
           one.role.empty() ? "the role is missing"
                            : "role '" + shorten(one.role, 40) + "' is none of the four"});
    record.participations.push_back({function, party(one)});
  }
  for (const auto& one : a_.locations) record.locations.push_back(location(one));
  for (const auto& one : a_.documents) record.documents.push_back(document(one));
  for (const auto& one : a_.contacts) record.contacts.push_back(contact(one));
  record.conditions_attached = flag(a_.conditions_attached);
  for (const auto& one : a_.conditions)
    record.conditions.push_back({std::string(one.type), texts(one.narratives)});
  for (const auto& one : a_.results) record.results.push_back(result(one));
  map_references(record);
  map_contributions(record);
  map_rest(record);
  take_kept_members(record);
  report_gaps();
  return record;
}

void Mapping::map_identity(registry::Record& record, std::string_view file_updated) {
  record.kind = a_.organisation ? "organisation" : "activity";
  record.publisher = a_.reporting_org.ref;
  record.publisher_type = a_.reporting_org.type;
  record.publisher_name = texts(a_.reporting_org.narratives);
  record.secondary_publisher = is_true(a_.reporting_org.secondary_reporter);
  record.identifier = a_.identifier;
  record.updated = a_.last_updated.empty() ? file_updated : a_.last_updated;
  record.language = lang_;
  record.currency = a_.default_currency;
  record.hierarchy = a_.hierarchy;
  record.humanitarian = flag(a_.humanitarian);
  record.link = a_.linked_data_uri;
  record.title = texts(a_.title);
  record.status = a_.status;
  record.scope = a_.scope;
  record.collaboration_type = a_.collaboration_type;
  record.flow_type = a_.default_flow_type;
  record.finance_type = a_.default_finance_type;
  record.tied_status = a_.default_tied_status;
  record.capital_share = a_.capital_spend;
  record.budget_not_provided = a_.budget_not_provided;
}

void Mapping::map_classifications(registry::Record& record) {
  for (const auto& one : a_.recipient_countries) record.places.push_back(country(one));
  for (const auto& one : a_.recipient_regions) record.places.push_back(region(one));
  for (const auto& one : a_.default_aid_types) record.modalities.push_back(aid_type(one));
  auto& all = record.classifications;
  all.reserve(a_.sectors.size() + a_.tags.size() + a_.policy_markers.size() +
              a_.humanitarian_scopes.size() + a_.budget_items.size());
  for (const auto& one : a_.sectors) all.push_back(sector(one));
  for (const auto& one : a_.tags) all.push_back(tag(one));
  for (const auto& one : a_.policy_markers) {
    const bool common = one.vocabulary.empty() || one.vocabulary == "1";
    all.push_back(classification(common ? "marker" : "marker-" + std::string(one.vocabulary), one));
  }
  for (const auto& one : a_.humanitarian_scopes)
    all.push_back(classification(
        "humanitarian-" + std::string(one.type) + "-" + std::string(one.vocabulary), one));
  for (const auto& one : a_.budget_items)
    all.push_back(classification("budget-item-" + std::string(one.vocabulary), one));
}

Texts Mapping::texts(const Narratives& narratives) const {
  Texts out;
  out.reserve(narratives.size());
  for (const auto& one : narratives) {
    auto& text = out.emplace_back();
    if (one.lang.empty()) {
      text.lang = lang_;
    } else {
      text.lang = one.lang;
      lower(text.lang);
    }
    text.text = one.text;
  }
  return out;
}

Party Mapping::party(const Organisation& who) const {
  Party party;
  party.ref = who.ref;
  party.type = who.type;
  party.name = texts(who.narratives);
  party.activity = who.activity_id;
  party.channel = who.crs_channel_code;
  return party;
}

Classification Mapping::classification(std::string scheme, const Coded& coded) const {
  Classification out;
  out.scheme = std::move(scheme);
  out.code = coded.code;
  out.share = coded.percentage;
  out.significance = coded.significance;
  out.uri = coded.uri;
  out.name = texts(coded.narratives);
  return out;
}

Classification Mapping::sector(const Coded& coded) const {
  const View v = coded.vocabulary;
  if (v.empty() || v == "1") return classification("purpose", coded);
  if (v == "2") return classification("category", coded);
  if (v == "7") return classification("goal", coded);
  if (v == "8") return classification("target", coded);
  if (v == "9") return classification("indicator", coded);
  return classification("sector-" + std::string(v), coded);
}

Classification Mapping::tag(const Coded& coded) const {
  const View v = coded.vocabulary;
  if (v == "2") return classification("goal", coded);
  if (v == "3") return classification("target", coded);
  const View c = coded.code;
  if (v == "99" && (c == "FC01" || c == "FC02" || c == "FC03"))
    return classification("framework", coded);
  return classification("tag-" + std::string(v), coded);
}

Classification Mapping::aid_type(const Coded& coded) const {
  const bool common = coded.vocabulary.empty() || coded.vocabulary == "1";
  return classification(common ? "aid-type" : "aid-type-" + std::string(coded.vocabulary), coded);
}

Place Mapping::country(const Coded& coded) const {
  Place place;
  place.kind = "country";
  place.code = coded.code;
  place.share = coded.percentage;
  place.name = texts(coded.narratives);
  return place;
}

Place Mapping::region(const Coded& coded) const {
  Place place = country(coded);
  place.kind = "region";
  const View v = coded.vocabulary;
  place.vocabulary = v.empty() || v == "1" ? "dac"
                     : v == "2"            ? "m49"
                     : v == "99"           ? "own"
                                           : std::string(v);
  place.uri = coded.uri;
  return place;
}

registry::Location Mapping::location(const IatiLocation& from) const {
  registry::Location to;
  to.ref = from.ref;
  to.reach = from.reach;
  to.exactness = from.exactness;
  to.location_class = from.location_class;
  to.feature = from.feature;
  const auto gap = from.pos.find_first_of(" \t\r\n,");
  to.latitude = from.pos.substr(0, gap);
  if (gap != View::npos) {
    const auto second = from.pos.find_first_not_of(" \t\r\n,", gap);
    if (second != View::npos) to.longitude = from.pos.substr(second);
  }
  to.name = texts(from.name);
  to.description = texts(from.description);
  to.activity_description = texts(from.activity_description);
  for (const auto& one : from.ids)
    to.identifiers.push_back(classification(std::string(one.vocabulary), one));
  for (const auto& one : from.administrative) {
    to.administrative.push_back(classification(std::string(one.vocabulary), one));
    to.administrative.back().significance = one.level;
  }
  return to;
}

registry::Contact Mapping::contact(const ContactInfo& from) const {
  Contact to;
  to.type = from.type;
  to.organization = texts(from.organisation);
  to.department = texts(from.department);
  to.person = texts(from.person_name);
  to.job_title = texts(from.job_title);
  to.address = texts(from.mailing_address);
  to.telephones.assign(from.telephones.begin(), from.telephones.end());
  to.emails.assign(from.emails.begin(), from.emails.end());
  to.websites.assign(from.websites.begin(), from.websites.end());
  return to;
}

void Mapping::map_references(registry::Record& record) {
  for (const auto& one : a_.other_identifiers) {
    record.references.push_back({kind_of_identifier(one.type), std::string(one.ref),
                                 std::string(one.type), party(one.owner)});
  }
  constexpr ReferenceKind kinds[] = {ReferenceKind::parent, ReferenceKind::child,
                                     ReferenceKind::sibling, ReferenceKind::co_funded,
                                     ReferenceKind::third_party};
  for (const auto& one : a_.related_activities) {
    if (one.type.size() == 1 && one.type[0] >= '1' && one.type[0] <= '5') {
      refer(record, kinds[one.type[0] - '1'], one.ref, one.type);
      continue;
    }
    findings_.push_back(
        {Severity::warning, "iati.related",
         "related-activity " + std::to_string(&one - a_.related_activities.data() + 1),
         "type '" + shorten(one.type, 40) +
             "' is none of 1 to 5; "
             "the relation is kept, and joins nothing"});
    refer(record, ReferenceKind::foreign_identifier, one.ref, one.type);
  }
}

/// Adds a reference once: files repeat the same activity on every transaction.
void Mapping::refer(registry::Record& record, ReferenceKind kind, View identifier, View type) {
  if (identifier.empty()) return;
  for (const auto& old : record.references)
    if (old.kind == kind && old.identifier == identifier) return;
  record.references.push_back({kind, std::string(identifier), std::string(type), {}});
}

void Mapping::map_rest(registry::Record& record) {
  record.extras.reserve(a_.rest.size());
  for (const auto& one : a_.rest) record.extras.push_back({one.path, std::string(one.value)});
}

}  // namespace austral::iati
