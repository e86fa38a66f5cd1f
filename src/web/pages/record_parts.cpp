// Turns a record's fields into groups of facts; long lists are cut and say so.
#include "web/pages/record_parts.hpp"

#include "base/text.hpp"
#include "codes/code_list.hpp"
#include "codes/country.hpp"
#include "registry/coding.hpp"
#include "registry/import_store.hpp"
#include "registry/roles.hpp"
#include "review/names.hpp"
#include "review/reports.hpp"

namespace austral::web {
namespace {

using registry::Record;
using registry::Texts;

constexpr std::size_t most_items = 40;  // of each list on the page; the JSON twin has all

std::string label(std::string_view list, std::string_view code, const Language& language) {
  const auto* found = codes::find_list(list);
  return found && !code.empty() ? std::string(found->label(code, language.code()))
                                : std::string(code);
}

std::string pick(const Texts& texts, const Language& language) {
  return std::string(pick_text(texts, language.code()));
}

/// All languages of a text, each with its language as note.
std::vector<FactValue> all_texts(const Texts& texts, const Language& language) {
  std::vector<FactValue> values;
  for (const auto& text : texts)
    values.push_back(
        {text.text, "", text.lang.empty() ? "" : codes::language_name(text.lang, language.code())});
  return values;
}

void cut(boost::json::array& facts, std::size_t total, const Language& language) {
  if (facts.size() < total)
    facts.push_back(
        make_fact("…", language.t("record.more", {{"count", std::int64_t(total - facts.size())}})));
}

bool standing_names_another(const registry::MemberLine& member) {
  return !member.counted || member.standing.starts_with("another year");
}

const char* standing_key(const registry::MemberRecord& one) {
  const auto& member = one.member;
  if (member.counted) return standing_names_another(member) ? "standing.year" : "standing.counted";
  if (one.adds) return "standing.part";
  return member.standing.starts_with("same") ? "standing.same" : "standing.financed";
}

View standing_group(const registry::MemberRecord& one, const Language& language) {
  const auto& member = one.member;
  const std::string publisher = pick(one.record.publisher_name, language);
  boost::json::array facts;
  facts.push_back(
      make_fact(language.t("field.publisher"),
                {{publisher.empty() ? member.publisher : publisher,
                  "/organizations/" + percent_encode(member.publisher), member.publisher}}));
  facts.push_back(make_fact(language.t("field.identifier"), member.identifier));
  facts.push_back(make_fact(
      language.t("field.version"),
      {{language.t("record.version", {{"version", member.version}, {"versions", member.versions}}),
        "/records/" + std::to_string(member.key) + "/source",
        member.format +
            (member.updated.empty() ? "" : ", " + write_day(member.updated, language))}}));
  const auto other =
      standing_names_another(member) ? member.standing.substr(member.standing.rfind(' ') + 1) : "";
  facts.push_back(make_fact(language.t("field.standing"),
                            {{language.t(standing_key(one)),
                              other.empty() ? "" : review::initiative_path(other), other}}));
  return make_group(
      language.t("record.title", {{"publisher", publisher.empty() ? member.publisher : publisher}}),
      "", std::move(facts));
}

void add_texts(boost::json::array& groups, const Record& record, const Language& language) {
  boost::json::array facts;
  if (record.title.size() > 1)
    facts.push_back(make_fact(language.t("field.title"), all_texts(record.title, language)));
  for (const auto& description : record.descriptions)
    facts.push_back(make_fact(
        label("DescriptionType", description.type.empty() ? "1" : description.type, language),
        all_texts(description.text, language)));
  for (const auto& event : record.dates)
    if (event.date)
      facts.push_back(make_fact(label("ActivityDateType", event.type, language),
                                {{language.date(*event.date), "", pick(event.note, language)}}));
  if (!facts.empty())
    groups.push_back(make_group(language.t("record.texts"), "", std::move(facts)));
}

void add_participants(boost::json::array& groups, const Record& record, const Language& language) {
  boost::json::array facts;
  for (const auto& one : record.participations) {
    if (facts.size() >= most_items) break;
    const auto id = registry::organization_id(one.party);
    const auto partner = registry::find_partner(one.party);
    std::string note = label("OrganisationType", one.party.type, language);
    if (!partner.code.empty() && review::is_country_code(partner.code))
      note += (note.empty() ? "" : ", ") + codes::country_name(partner.code, language.code());
    const auto name = pick(one.party.name, language);
    facts.push_back(
        make_fact(language.t(std::string("function.") +
                             boost::describe::enum_to_string(one.function, "unspecified")),
                  {{name.empty() ? one.party.ref : name,
                    id.empty() ? "" : "/organizations/" + percent_encode(id), note}}));
  }
  cut(facts, record.participations.size(), language);
  if (!facts.empty())
    groups.push_back(make_group(language.t("record.participants"), "", std::move(facts)));
}

std::string share_note(const std::optional<Decimal>& share) {
  return share ? to_string(normalise(*share)) + " %" : "";
}

void add_places(boost::json::array& groups, const Record& record, const Language& language) {
  std::vector<FactValue> values;
  for (const auto& place : record.places) {
    const bool country = place.kind == "country";
    values.push_back({country ? codes::country_name(place.code, language.code())
                              : label("region-" + place.vocabulary, place.code, language),
                      country ? "/countries/" + place.code : "", share_note(place.share)});
  }
  boost::json::array facts;
  if (!values.empty()) facts.push_back(make_fact(language.t("field.recipient"), values));
  values.clear();
  for (const auto& location : record.locations) {
    if (values.size() >= most_items) break;
    std::string where =
        location.latitude.empty() ? "" : location.latitude + ", " + location.longitude;
    const auto name = pick(location.name, language);
    values.push_back({name.empty() ? where : name, "", name.empty() ? "" : where});
  }
  if (!values.empty()) facts.push_back(make_fact(language.t("field.location"), values));
  if (record.locations.size() > most_items)
    facts.push_back(make_fact(
        "…", language.t("record.more",
                        {{"count", std::int64_t(record.locations.size() - most_items)}})));
  if (!facts.empty())
    groups.push_back(make_group(language.t("record.places"), "", std::move(facts)));
}

/// `sector-99` is a list of IATI's vocabularies; a few schemes have names of their own.
std::string scheme_title(const std::string& scheme, const Language& language) {
  const std::string key = "scheme." + scheme;
  if (language.has(key)) return language.t(key);
  const auto dash = scheme.find('-');
  if (dash == std::string::npos) return scheme;
  const auto number = scheme.substr(dash + 1);
  for (const auto& [opening, list] :
       {std::pair{"sector", "SectorVocabulary"}, std::pair{"tag", "TagVocabulary"},
        std::pair{"marker", "PolicyMarkerVocabulary"}})
    if (scheme.substr(0, dash) == opening)
      return language.t(std::string("scheme.") + opening,
                        {{"list", label(list, number, language)}});
  return scheme;
}

void add_classifications(boost::json::array& groups, const Record& record,
                         const Language& language) {
  boost::json::array facts;
  for (const auto& item : record.classifications) {
    if (facts.size() >= most_items) break;
    const auto list = item.scheme == "marker" ? std::string("PolicyMarker") : item.scheme;
    auto text = label(list, item.code, language);
    if (text == item.code && !pick(item.name, language).empty()) text = pick(item.name, language);
    std::string note = item.code;
    if (item.share) note += ", " + share_note(item.share);
    if (!item.significance.empty())
      note += ", " + label("PolicySignificance", item.significance, language);
    facts.push_back(make_fact(scheme_title(item.scheme, language), {{text, "", note}}));
  }
  cut(facts, record.classifications.size(), language);
  if (!facts.empty())
    groups.push_back(make_group(language.t("record.classifications"), "", std::move(facts)));
}

std::string describe_measurements(const std::vector<registry::Measurement>& measurements) {
  std::string text;
  for (const auto& one : measurements) text += (text.empty() ? "" : "; ") + one.value;
  return text;
}

void add_results(boost::json::array& groups, const Record& record, const Language& language) {
  boost::json::array facts;
  for (const auto& result : record.results) {
    if (facts.size() >= most_items) break;
    std::vector<FactValue> values = {{pick(result.title, language), "", ""}};
    for (const auto& indicator : result.indicators) {
      std::string measured = pick(indicator.title, language);
      if (!indicator.baselines.empty())
        measured += " · " + language.t("record.baseline") + " " +
                    describe_measurements(indicator.baselines);
      for (const auto& period : indicator.periods)
        measured += " · " + (period.end ? language.short_date(*period.end) : "") + ": " +
                    language.t("record.target") + " " + describe_measurements(period.targets) +
                    ", " + language.t("record.actual") + " " +
                    describe_measurements(period.actuals);
      values.push_back({measured, "", ""});
    }
    facts.push_back(make_fact(label("ResultType", result.type, language), values));
  }
  cut(facts, record.results.size(), language);
  if (!facts.empty())
    groups.push_back(make_group(language.t("record.results"), "", std::move(facts)));
}

/// Only addresses that a browser opens by itself become links.
std::string safe_link(const std::string& url) {
  return url.starts_with("https://") || url.starts_with("http://") ? url : "";
}

void add_documents(boost::json::array& groups, const Record& record, const Language& language) {
  boost::json::array facts;
  for (const auto& document : record.documents) {
    if (facts.size() >= most_items) break;
    std::string category;
    for (const auto& code : document.categories)
      category += (category.empty() ? "" : "; ") + label("DocumentCategory", code, language);
    const auto title = pick(document.title, language);
    facts.push_back(make_fact(
        category.empty() ? language.t("record.document") : category,
        {{title.empty() ? document.url : title, safe_link(document.url), document.format}}));
  }
  cut(facts, record.documents.size(), language);
  if (!facts.empty())
    groups.push_back(make_group(language.t("record.documents"), "", std::move(facts)));
}

void add_others(boost::json::array& groups, const Record& record, const Language& language) {
  boost::json::array facts;
  const auto add = [&](const char* name, const char* list, const std::string& code) {
    if (!code.empty())
      facts.push_back(make_fact(language.t(std::string("field.") + name),
                                {{label(list, code, language), "", code}}));
  };
  add("scope", "ActivityScope", record.scope);
  add("collaboration_type", "CollaborationType", record.collaboration_type);
  add("flow_type", "FlowType", record.flow_type);
  add("finance_type", "FinanceType", record.finance_type);
  add("tied_status", "TiedStatus", record.tied_status);
  for (const auto& modality : record.modalities)
    add("modality", registry::is_modality(modality.scheme) ? "modality" : "EarmarkingCategory",
        modality.code);
  if (!record.currency.empty())
    facts.push_back(
        make_fact(language.t("field.currency"),
                  {{codes::currency_name(record.currency, language.code()), "", record.currency}}));
  for (const auto& condition : record.conditions)
    facts.push_back(make_fact(label("ConditionType", condition.type, language),
                              pick(condition.text, language)));
  for (const auto& reference : record.references) {
    if (facts.size() >= most_items) break;
    facts.push_back(make_fact(language.t(std::string("reference.") +
                                         boost::describe::enum_to_string(reference.kind, "other")),
                              {{reference.identifier, "", pick(reference.owner.name, language)}}));
  }
  for (const auto& contact : record.contacts) {
    std::vector<FactValue> values = {
        {pick(contact.organization, language), "", pick(contact.department, language)}};
    for (const auto& site : contact.websites) values.push_back({site, safe_link(site), ""});
    facts.push_back(make_fact(language.t("field.contact"), values));
  }
  for (const auto& extra : record.extras) {
    if (facts.size() >= 2 * most_items) break;
    facts.push_back(make_fact(extra.path, extra.value));
  }
  if (!facts.empty())
    groups.push_back(make_group(language.t("record.others"), "", std::move(facts)));
}

void add_findings(boost::json::array& groups, store::Database& database, std::int64_t key,
                  const Language& language) {
  boost::json::array facts;
  registry::FindingQuestion question;
  question.record = key;
  question.limit = std::int64_t(most_items);
  for (const auto& line : registry::list_findings(database, question))
    facts.push_back(make_fact(
        language.t(std::string("severity.") +
                   boost::describe::enum_to_string(line.finding.severity, "remark")),
        {{line.finding.message, "/data/findings?rule=" + percent_encode(line.finding.rule),
          line.finding.place + " · " + line.finding.rule}}));
  if (!facts.empty())
    groups.push_back(make_group(language.t("record.findings"), language.t("record.findings.text"),
                                std::move(facts)));
}

}  // namespace

void add_record_groups(boost::json::array& groups, store::Database& database,
                       const registry::MemberRecord& one, const Language& language) {
  groups.push_back(standing_group(one, language));
  add_texts(groups, one.record, language);
  add_participants(groups, one.record, language);
  add_places(groups, one.record, language);
  add_classifications(groups, one.record, language);
  add_results(groups, one.record, language);
  add_documents(groups, one.record, language);
  add_others(groups, one.record, language);
  add_findings(groups, database, one.member.key, language);
}

}  // namespace austral::web
