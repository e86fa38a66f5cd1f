// Assembles an initiative from its records: leading facts, framework, facets, split contributions,
// totals.
#include <algorithm>
#include <set>
#include <tuple>

#include "base/error.hpp"
#include "base/text.hpp"
#include "codes/code_list.hpp"
#include "registry/coding.hpp"
#include "registry/counting.hpp"
#include "registry/initiative.hpp"

namespace austral::registry {
namespace {

constexpr std::int64_t whole_share = 1'000'000;
constexpr std::string_view assembly_number = "4";  // another one whenever assemble() changes
constexpr int most_years = 60;  // a typing error in a date must not make centuries of facets

/// Collects facets; shares of the same value are summed up to the whole.
class Facets {
 public:
  void add(Dimension dimension, std::string_view value, std::int64_t share = whole_share) {
    if (!value.empty()) facets_.push_back({dimension, std::string(value), share});
  }
  std::vector<Facet> take() {
    const auto name = [](const Facet& facet) { return std::tie(facet.dimension, facet.value); };
    std::sort(facets_.begin(), facets_.end(),
              [&](const Facet& left, const Facet& right) { return name(left) < name(right); });
    std::vector<Facet> merged;
    for (auto& facet : facets_) {
      if (merged.empty() || name(merged.back()) != name(facet))
        merged.push_back(std::move(facet));
      else
        merged.back().share = std::min(whole_share, merged.back().share + facet.share);
    }
    return merged;
  }

 private:
  std::vector<Facet> facets_;
};

std::int64_t to_share(const std::optional<Decimal>& percentage, std::size_t of) {
  if (!percentage) return of ? whole_share / std::int64_t(of) : whole_share;
  const auto millionths = multiply(*percentage, {10'000, 0}, 0);
  return std::clamp<std::int64_t>(millionths ? millionths->mantissa : 0, 0, whole_share);
}

void add_partners(Facets& facets, const Roles& roles) {
  for (const auto& partner : roles.providers) facets.add(Dimension::provider, partner.code);
  for (const auto& partner : roles.facilitators) facets.add(Dimension::facilitator, partner.code);
}

void add_places(Facets& facets, const Record& record) {
  const auto add = [&](const Place& place, std::int64_t share) {
    if (place.kind == "country")
      facets.add(Dimension::recipient, country_code(place), share);
    else
      facets.add(Dimension::region, place.vocabulary + ":" + place.code, share);
  };
  for (const auto& place : record.places) add(place, to_share(place.share, record.places.size()));
  // What contributions name beside the record's own places is found too, but has no share of the
  // whole.
  const auto share = record.places.empty() ? whole_share : std::int64_t(0);
  for (const auto& contribution : record.contributions)
    for (const auto& place : contribution.places) add(place, share);
}

void add_areas(Facets& facets, std::string_view scheme, std::string_view code) {
  for (const auto area : codes::critical_areas_of(scheme, code))
    facets.add(Dimension::critical_area, area);
}

void add_classifications(Facets& facets, const std::vector<Classification>& items) {
  for (const auto& item : items) {
    if (item.scheme == "purpose" && item.code.size() == 5)
      add_areas(facets, "category", item.code.substr(0, 3));
    if (item.scheme == "target")
      add_areas(facets, "goal", item.code.substr(0, item.code.find('.')));
    if (item.scheme == "marker" && item.significance != "0" && !item.significance.empty())
      facets.add(Dimension::marker, item.code);
    add_areas(facets, item.scheme, item.code);
  }
}

/// What a contribution is coded as beside its initiative: found, without a share of its own.
void add_own_coding(Facets& facets, const Coding& coding) {
  for (auto& facet : to_facets(coding)) facets.add(facet.dimension, facet.value, 0);
}

void add_sectors(Facets& facets, const Record& record) {
  add_classifications(facets, record.classifications);
  for (const auto& modality : record.modalities)
    if (is_modality(modality.scheme)) facets.add(Dimension::modality, modality.code);
  facets.add(Dimension::flow_type, record.flow_type);
  for (const auto& contribution : record.contributions) {
    if (!contribution.classifications.empty()) {
      add_classifications(facets, contribution.classifications);
      add_own_coding(facets, read_coding(contribution.classifications));
    }
    for (const auto& modality : contribution.modalities)
      if (is_modality(modality.scheme)) facets.add(Dimension::modality, modality.code);
    facets.add(Dimension::flow_type, contribution.flow_type);
  }
}

Dimension dimension_of(Function function) {
  switch (function) {
    case Function::funds: return Dimension::funds;
    case Function::answers_for: return Dimension::answers_for;
    case Function::manages: return Dimension::manages;
    case Function::carries_out: return Dimension::carries_out;
    case Function::unspecified: break;
  }
  return Dimension::organization;
}

void add_organizations(Facets& facets, const Record& record) {
  facets.add(Dimension::organization, record.publisher);
  for (const auto& participation : record.participations) {
    const auto id = organization_id(participation.party);
    facets.add(dimension_of(participation.function), id);
    facets.add(Dimension::organization, id);
  }
  for (const auto& contribution : record.contributions) {
    facets.add(Dimension::organization, organization_id(contribution.provider));
    facets.add(Dimension::organization, organization_id(contribution.receiver));
  }
}

/// The published date of one of two types, the actual before the planned.
std::optional<Date> find_date(const Record& record, std::string_view actual,
                              std::string_view planned) {
  for (const auto type : {actual, planned})
    for (const auto& event : record.dates)
      if (event.type == type && event.date) return event.date;
  return std::nullopt;
}

std::optional<Date> earliest_contribution(const Record& record) {
  std::optional<Date> earliest;
  for (const auto& contribution : record.contributions)
    if (contribution.date && (!earliest || *contribution.date < *earliest))
      earliest = contribution.date;
  return earliest;
}

void add_years(Facets& facets, const Assembly& assembly, const Record& record) {
  if (!assembly.start_date.empty()) {
    const int first = std::stoi(assembly.start_date.substr(0, 4));
    int last = assembly.end_date.empty() ? first : std::stoi(assembly.end_date.substr(0, 4));
    last = std::min(last, first + most_years);
    for (int year = first; year <= last; ++year) facets.add(Dimension::year, std::to_string(year));
    if (last >= first) return;
  }
  std::set<int> years;
  for (const auto& contribution : record.contributions)
    if (contribution.date) years.insert(year_of(*contribution.date));
  for (const int year : years) facets.add(Dimension::year, std::to_string(year));
}

void take_leading_facts(Assembly& assembly, const Record& lead) {
  assembly.identifier = lead.identifier;
  assembly.title = std::string(pick_text(lead.title, "en"));
  for (const auto& text : lead.title)
    if (text.text == assembly.title) assembly.language = text.lang;
  assembly.publisher = lead.publisher;
  assembly.status = lead.status;
  assembly.updated = lead.updated;
  if (const auto start = find_date(lead, "2", "1")) {
    assembly.start_date = to_string(*start);
    assembly.year = year_of(*start);
  } else if (const auto first = earliest_contribution(lead)) {
    assembly.year = year_of(*first);
  }
  if (const auto end = find_date(lead, "4", "3")) assembly.end_date = to_string(*end);
}

void add_unique(std::vector<Partner>& all, const std::vector<Partner>& more) {
  for (const auto& partner : more)
    if (std::none_of(all.begin(), all.end(),
                     [&](const Partner& one) { return one.code == partner.code; }))
      all.push_back(partner);
}

bool is_summed(ContributionKind kind) {
  return kind == ContributionKind::budget || kind == ContributionKind::commitment ||
         kind == ContributionKind::disbursement || kind == ContributionKind::expenditure ||
         kind == ContributionKind::pledge;
}

/// Partners and years of the money that is summed, so that an initiative is found wherever its
/// money stands.
void add_counted(Facets& facets, const std::vector<MemberParts>& members) {
  std::set<std::string_view> providers, recipients;
  std::set<int> years;
  for (const auto& member : members)
    for (const auto& part : member.parts) {
      if (!(part.counted || part.sides) || !is_summed(part.kind)) continue;
      providers.insert(part.provider);
      recipients.insert(part.recipient);
      if (part.year) years.insert(*part.year);
    }
  for (const auto code : providers) facets.add(Dimension::provider, code, 0);
  for (const auto code : recipients) facets.add(Dimension::recipient, code, 0);
  for (const int year : years) facets.add(Dimension::year, std::to_string(year));
}

void add_totals(Assembly& assembly, const MemberParts& member) {
  for (const auto& part : member.parts) {
    if (!part.usd_cents || !part.counted) continue;
    if (part.kind == ContributionKind::budget) assembly.budgeted_cents += *part.usd_cents;
    if (part.kind == ContributionKind::commitment) assembly.committed_cents += *part.usd_cents;
    if (part.kind == ContributionKind::disbursement || part.kind == ContributionKind::expenditure)
      assembly.disbursed_cents += *part.usd_cents;
  }
}

}  // namespace

Dimension parse_dimension(std::string_view name) {
  Dimension dimension{};
  if (boost::describe::enum_from_string(std::string(name).c_str(), dimension) &&
      dimension != Dimension::none)
    return dimension;
  throw Error(Kind::invalid,
              "'" + std::string(name) + "' is nothing that initiatives can be filtered by");
}

std::string assembly_edition() { return codes::edition() + "/" + std::string(assembly_number); }

Assembly assemble(const std::vector<Member>& members) {
  AUSTRAL_ASSERT(!members.empty());
  Assembly assembly;
  take_leading_facts(assembly, *members.front().record);
  Facets facets;
  FrameworkFacts facts;
  facts.year = assembly.year.value_or(0);
  std::vector<Coding> codings;
  for (const auto& member : members) {
    const Record& record = *member.record;
    const Roles roles = conclude_roles(record);
    add_partners(facets, roles);
    add_unique(facts.roles.providers, roles.providers);
    add_unique(facts.roles.recipients, roles.recipients);
    add_unique(facts.roles.facilitators, roles.facilitators);
    for (const auto& item : record.classifications)
      if (item.scheme == "framework") facts.tags.push_back(item.code);
    if (facts.collaboration_type.empty() || record.collaboration_type == "8")
      facts.collaboration_type = record.collaboration_type;
    add_places(facets, record);
    add_sectors(facets, record);
    add_organizations(facets, record);
    add_years(facets, assembly, record);
    facets.add(Dimension::publisher, record.publisher);
    codings.push_back(code_record(record));
    assembly.members.push_back({member.key, split_contributions(record, roles, assembly.findings)});
  }
  const Coding whole = codings.size() == 1 ? codings.front() : find_mean(codings);
  for (auto& facet : to_facets(whole)) facets.add(facet.dimension, facet.value, facet.share);
  code_parts(assembly, members, codings, whole);
  count_parts(assembly.members, members);
  count_sides(assembly.members, members, facts.roles);
  add_counted(facets, assembly.members);
  for (const auto& member : assembly.members) add_totals(assembly, member);
  assembly.framework = framework_rules().answer(facts);
  facets.add(Dimension::framework, to_string(assembly.framework.framework));
  facets.add(Dimension::status, assembly.status);
  assembly.facets = facets.take();
  return assembly;
}

std::vector<OrganizationName> list_organizations(const Record& record) {
  std::vector<OrganizationName> organizations;
  const auto add = [&](const Party& party, int named_by) {
    OrganizationName one;
    one.id = organization_id(party);
    if (one.id.empty()) return;
    for (const auto& known : organizations)
      if (known.id == one.id && known.named_by >= named_by) return;
    one.name = collapse_spaces(pick_text(party.name, "en"));
    one.type = party.type;
    const auto partner = find_partner(party);
    if (!partner.multilateral) one.country = partner.code;
    one.named_by = one.name.empty() ? 0 : named_by;
    organizations.push_back(std::move(one));
  };
  add({record.publisher, record.publisher_type, record.publisher_name, {}, {}}, 3);
  for (const auto& participation : record.participations) add(participation.party, 2);
  for (const auto& contribution : record.contributions) {
    add(contribution.provider, 1);
    add(contribution.receiver, 1);
  }
  return organizations;
}

}  // namespace austral::registry
