// The border on the way out: order, identity, texts, places, codings and relations of a record.
#include "standards/iati/writing.hpp"

#include <algorithm>

#include "base/digest.hpp"
#include "base/text.hpp"

namespace austral::iati {

using namespace registry;  // the other file where the two vocabularies meet
using Kind = Vocabulary::Kind;

namespace {

std::string_view role_of(Function function) {
  switch (function) {
    case Function::funds: return "1";
    case Function::answers_for: return "2";
    case Function::manages: return "3";
    case Function::carries_out: return "4";
    case Function::unspecified: break;
  }
  return "";
}

/// The group of elements in which 2.03 names such a reference.
int group_of(const Reference& one) {
  switch (one.kind) {
    case ReferenceKind::other_identifier:
    case ReferenceKind::former_publisher:
    case ReferenceKind::foreign_identifier: return 0;
    case ReferenceKind::funded_by:
    case ReferenceKind::funds: return 2;
    default: return 1;
  }
}

int group_of(const Contribution& one, bool organisation) {
  if (organisation) {
    constexpr std::string_view elements[] = {"total-budget", "recipient-org-budget",
                                             "recipient-region-budget", "recipient-country-budget"};
    return int(std::find(std::begin(elements), std::end(elements), one.type) -
               std::begin(elements));
  }
  if (one.kind == ContributionKind::budget) return 1;
  return one.kind == ContributionKind::planned_disbursement ? 2 : 0;
}

template <class List, class Group>
void group(List& list, Group group_of_one) {
  std::stable_sort(list.begin(), list.end(), [&](const auto& left, const auto& right) {
    return group_of_one(left) < group_of_one(right);
  });
}

std::string_view without(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix ? text.substr(prefix.size()) : std::string_view();
}

}  // namespace

Record in_order(Record record) {
  const bool organisation = record.kind == "organisation";
  group(record.places, [](const Place& one) { return one.kind != "country"; });
  group(record.classifications, [](const Classification& one) {
    const auto kind = vocabulary_of(one).kind;
    return kind == Kind::none ? 9 : int(kind);
  });
  group(record.contributions, [&](const Contribution& one) { return group_of(one, organisation); });
  group(record.references, [](const Reference& one) { return group_of(one); });
  return record;
}

Vocabulary vocabulary_of(const Classification& one) {
  const std::string_view scheme = one.scheme;
  if (scheme == "purpose") return {Kind::sector, "", "1"};
  if (scheme == "category") return {Kind::sector, "", "2"};
  if (scheme == "indicator") return {Kind::sector, "", "9"};
  // Tags have no percentages, and sectors with them are the older way to name a goal.
  if (scheme == "goal")
    return one.share ? Vocabulary{Kind::sector, "", "7"} : Vocabulary{Kind::tag, "", "2"};
  if (scheme == "target")
    return one.share ? Vocabulary{Kind::sector, "", "8"} : Vocabulary{Kind::tag, "", "3"};
  if (scheme == "framework") return {Kind::tag, "", "99"};
  if (scheme == "marker") return {Kind::marker, "", "1"};
  if (const auto v = without(scheme, "sector-"); !v.empty())
    return {Kind::sector, "", std::string(v)};
  if (const auto v = without(scheme, "tag-"); !v.empty()) return {Kind::tag, "", std::string(v)};
  if (const auto v = without(scheme, "marker-"); !v.empty())
    return {Kind::marker, "", std::string(v)};
  if (scheme == "budget-item-") return {Kind::budget_item, "", ""};
  if (const auto v = without(scheme, "budget-item-"); !v.empty())
    return {Kind::budget_item, "", std::string(v)};
  if (const auto v = without(scheme, "humanitarian-"); !v.empty())
    if (const auto dash = v.find('-'); dash != std::string_view::npos)
      return {Kind::scope, std::string(v.substr(0, dash)), std::string(v.substr(dash + 1))};
  return {};
}

void Writing::write() {
  write_root();
  if (r_.kind == "organisation")
    write_organisation();
  else
    write_activity();
}

void Writing::write_member(std::string_view name, std::string_view json, std::string_view written) {
  const auto element = xml_.element("austral:member");
  xml_.attribute("xmlns:austral", austral_namespace);
  xml_.attribute("name", name);
  xml_.attribute("of", to_string(Digester().add(written).finish()).substr(0, 16));
  xml_.text(json);
}

void Writing::finish() {
  xml_.close();
  if (const auto count = xml_.replaced())
    findings_.push_back({Severity::warning, "iati.write.character", r_.identifier,
                         std::to_string(count) +
                             " characters that XML cannot hold became U+FFFD; take them out of "
                             "the texts (they are often left behind by copying)"});
}

void Writing::write_root() {
  const bool activity = r_.kind != "organisation";
  xml_.open(activity ? "iati-activity" : "iati-organisation");
  fitting("last-updated-datetime", r_.updated, Lexical::date_time);
  fitting("xml:lang", r_.language, Lexical::language);
  optional("default-currency", r_.currency);
  if (!activity) return;
  fitting("humanitarian", r_.humanitarian, Lexical::boolean);
  fitting("hierarchy", r_.hierarchy, Lexical::int32);
  address("linked-data-uri", r_.link);
  optional("budget-not-provided", r_.budget_not_provided);
}

void Writing::write_activity() {
  write_identity();
  write_where();
  write_codings();
  write_money();
  write_relations();
  write_extras("legacy-data");
  write_conditions();
  for (const auto& one : r_.results) write_result(one);
  write_extras("crs-add");
  write_extras("fss");
}

void Writing::write_organisation() {
  {
    const auto identifier = xml_.element("organisation-identifier");
    xml_.text(r_.identifier);
  }
  if (r_.title.empty()) lacks("name", "give the organization's name");
  words("name", r_.title, true);
  write_publisher();
  for (const auto& one : r_.contributions)
    if (can_be_written(one, true)) write_budget_subject(one.type, one);
  for (const auto& one : r_.documents) write_document(one);
}

void Writing::write_publisher() {
  const auto element = xml_.element("reporting-org");
  xml_.attribute("ref", r_.publisher);
  xml_.attribute("type", r_.publisher_type);
  if (r_.secondary_publisher) xml_.attribute("secondary-reporter", "1");
  narratives(r_.publisher_name, true);
  if (r_.publisher.empty()) lacks("reporting-org's ref", "say who publishes, by its identifier");
  if (r_.publisher_type.empty())
    lacks("reporting-org's type", "give its code of the list OrganisationType");
  if (r_.publisher_name.empty()) lacks("reporting-org's name", "give it");
}

void Writing::write_identity() {
  {
    const auto identifier = xml_.element("iati-identifier");
    xml_.text(r_.identifier);
  }
  write_publisher();
  if (r_.title.empty()) lacks("title", "give the initiative a title");
  words("title", r_.title, true);
  for (const auto& one : r_.descriptions) {
    const auto element = xml_.element("description");
    optional("type", one.type);
    narratives(one.text, true);
  }
  if (r_.descriptions.empty()) {
    lacks("description", "say in a sentence or two what is done");
    words("description", {}, true);
  }
  for (const auto& one : r_.participations) {
    const auto element = xml_.element("participating-org");
    optional("ref", one.party.ref);
    optional("type", one.party.type);
    xml_.attribute("role", role_of(one.function));
    optional("activity-id", one.party.activity);
    optional("crs-channel-code", one.party.channel);
    narratives(one.party.name, false);
    if (one.function == Function::unspecified)
      lacks("a participating-org's role",
            "say whether it funds (1), answers for (2), manages (3) or carries out (4)");
  }
  if (r_.participations.empty()) {
    lacks("participating-org", "name who funds and who carries out");
    const auto element = xml_.element("participating-org");
    xml_.attribute("role", "");
  }
  for (const auto& one : r_.references) {
    if (group_of(one) != 0) continue;
    const auto element = xml_.element("other-identifier");
    xml_.attribute("ref", one.identifier);
    xml_.attribute("type", one.type);
    if (!one.owner.ref.empty() || !one.owner.name.empty())
      write_party("owner-org", one.owner, "", true);
  }
}

void Writing::write_where() {
  {
    const auto status = xml_.element("activity-status");
    xml_.attribute("code", r_.status);
    if (r_.status.empty()) lacks("activity-status", "give its code of the list ActivityStatus");
  }
  bool dated = false;
  for (const auto& one : r_.dates) {
    if (!one.date) continue;
    dated = true;
    const auto element = xml_.element("activity-date");
    xml_.attribute("type", one.type);
    xml_.attribute("iso-date", to_string(*one.date));
    narratives(one.note, false);
  }
  if (!dated)
    lacks("activity-date",
          "give at least the planned or the actual start; without a date the file is not valid");
  for (const auto& one : r_.contacts) write_contact(one);
  code("activity-scope", r_.scope);
  for (const auto& one : r_.places) write_place(one, true);
  for (const auto& one : r_.locations) write_location(one);
}

void Writing::write_codings() {
  const auto& all = r_.classifications;
  const auto each = [&](Kind kind, void (Writing::*write_one)(const Classification&)) {
    for (const auto& one : all)
      if (vocabulary_of(one).kind == kind) (this->*write_one)(one);
  };
  each(Kind::sector, &Writing::write_sector);
  each(Kind::tag, &Writing::write_tag);
  write_budget_items();
  each(Kind::scope, &Writing::write_scope);
  each(Kind::marker, &Writing::write_marker);
  code("collaboration-type", r_.collaboration_type);
  code("default-flow-type", r_.flow_type);
  code("default-finance-type", r_.finance_type);
  for (const auto& one : r_.modalities) write_modality("default-aid-type", one);
  code("default-tied-status", r_.tied_status);
}

void Writing::write_sector(const Classification& one) {
  auto vocabulary = vocabulary_of(one).vocabulary;
  if (one.scheme == "goal") vocabulary = "7";
  if (one.scheme == "target") vocabulary = "8";
  const auto element = xml_.element("sector");
  xml_.attribute("vocabulary", vocabulary);
  address("vocabulary-uri", one.uri);
  xml_.attribute("code", one.code);
  share(one.share);
  narratives(one.name, false);
}

void Writing::write_tag(const Classification& one) {
  const auto element = xml_.element("tag");
  xml_.attribute("code", one.code);
  xml_.attribute("vocabulary", vocabulary_of(one).vocabulary);
  address("vocabulary-uri", one.scheme == "framework" && one.uri.empty() ? framework_uri : one.uri);
  narratives(one.name, false);
}

void Writing::write_marker(const Classification& one) {
  const auto element = xml_.element("policy-marker");
  xml_.attribute("vocabulary", vocabulary_of(one).vocabulary);
  address("vocabulary-uri", one.uri);
  xml_.attribute("code", one.code);
  optional("significance", one.significance);
  narratives(one.name, false);
}

void Writing::write_scope(const Classification& one) {
  const auto vocabulary = vocabulary_of(one);
  const auto element = xml_.element("humanitarian-scope");
  xml_.attribute("type", vocabulary.type);
  xml_.attribute("vocabulary", vocabulary.vocabulary);
  address("vocabulary-uri", one.uri);
  xml_.attribute("code", one.code);
  narratives(one.name, false);
}

/// There is one list of budget items, of one vocabulary: that of the first.
void Writing::write_budget_items() {
  const auto fits = [](const Classification& one) {
    return vocabulary_of(one).kind == Kind::budget_item;
  };
  const auto& all = r_.classifications;
  const auto first = std::find_if(all.begin(), all.end(), fits);
  if (first == all.end()) return;
  const auto vocabulary = vocabulary_of(*first).vocabulary;
  const auto element = xml_.element("country-budget-items");
  xml_.attribute("vocabulary", vocabulary);
  for (auto one = first; one != all.end(); ++one) {
    if (!fits(*one) || vocabulary_of(*one).vocabulary != vocabulary) continue;
    const auto item = xml_.element("budget-item");
    xml_.attribute("code", one->code);
    share(one->share);
    words("description", one->name);
  }
}

void Writing::write_relations() {
  for (const auto& one : r_.documents) write_document(one);
  for (const auto& one : r_.references) {
    if (group_of(one) != 1) continue;
    const auto element = xml_.element("related-activity");
    xml_.attribute("ref", one.identifier);
    const int place = int(one.kind) - int(ReferenceKind::parent) + 1;
    xml_.attribute("type", std::to_string(place));
  }
}

void Writing::write_place(const Place& place, bool with_share) {
  const bool country = place.kind == "country";
  if (!country && place.kind != "region") return;
  const auto element = xml_.element(country ? "recipient-country" : "recipient-region");
  xml_.attribute("code", place.code);
  if (!country) {
    xml_.attribute("vocabulary", place.vocabulary == "dac"   ? "1"
                                 : place.vocabulary == "m49" ? "2"
                                 : place.vocabulary == "own" ? "99"
                                                             : std::string_view(place.vocabulary));
    address("vocabulary-uri", place.uri);
  }
  if (with_share) share(place.share);
  narratives(place.name, false);
}

void Writing::write_modality(std::string_view name, const Classification& one) {
  if (one.scheme != "aid-type" && without(one.scheme, "aid-type-").empty()) return;
  const auto element = xml_.element(name);
  xml_.attribute("code", one.code);
  optional("vocabulary", without(one.scheme, "aid-type-"));
}

void Writing::write_party(std::string_view name, const Party& party, std::string_view activity,
                          bool named) {
  if (party.ref.empty() && party.type.empty() && party.name.empty() && party.activity.empty())
    return;
  const auto element = xml_.element(name);
  optional("ref", party.ref);
  if (!activity.empty()) {
    optional(activity, party.activity);
    optional("type", party.type);
  }
  narratives(party.name, named && activity.empty() && name != "owner-org");
}

void Writing::narratives(const Texts& texts, bool required) {
  bool written = false;
  for (const auto& one : texts) {
    if (one.text.empty()) continue;
    written = true;
    const auto element = xml_.element("narrative");
    if (one.lang != r_.language) fitting("xml:lang", one.lang, Lexical::language);
    xml_.text(one.text);
  }
  if (required && !written) {
    const auto element = xml_.element("narrative");
  }
}

void Writing::words(std::string_view name, const Texts& texts, bool required) {
  if (texts.empty() && !required) return;
  const auto element = xml_.element(name);
  narratives(texts, true);
}

void Writing::code(std::string_view name, std::string_view code) {
  if (code.empty()) return;
  const auto element = xml_.element(name);
  xml_.attribute("code", code);
}

void Writing::optional(std::string_view name, std::string_view value) {
  if (!value.empty()) xml_.attribute(name, value);
}

void Writing::fitting(std::string_view name, std::string_view value, Lexical type) {
  if (value.empty()) return;
  if (is_lexical(type, value)) return xml_.attribute(name, value);
  findings_.push_back({Severity::warning, "iati.write.value", std::string(name),
                       "'" + shorten(value, 60) +
                           "' does not fit the standard's type for this; it was left out there"});
}

void Writing::address(std::string_view name, std::string_view value) {
  if (!value.empty()) xml_.attribute(name, to_uri(value));
}

void Writing::day(std::string_view name, const std::optional<Date>& day) {
  if (!day) return;
  const auto element = xml_.element(name);
  xml_.attribute("iso-date", to_string(*day));
}

void Writing::share(const std::optional<Decimal>& share) {
  if (share) xml_.attribute("percentage", to_string(*share));
}

void Writing::lacks(std::string_view what, std::string_view remedy) {
  findings_.push_back({Severity::error, "iati.write.required", std::string(what),
                       "IATI asks for it and the record has none; " + std::string(remedy)});
}

}  // namespace austral::iati
