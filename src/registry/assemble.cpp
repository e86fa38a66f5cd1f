// Assembles an initiative from its records: leading facts, framework, facets, split contributions,
// totals.
#include <algorithm>
#include <set>
#include <tuple>

#include "base/catalogue.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "codes/code_list.hpp"
#include "codes/country.hpp"
#include "registry/initiative.hpp"

namespace austral::registry {
namespace {

constexpr std::int64_t whole_share = 1'000'000;
constexpr std::size_t most_words = 4000;  // bytes of folded text an initiative can be found by
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

void add_classification(Facets& facets, const Classification& item, std::size_t of) {
  const auto share = to_share(item.share, of);
  if (item.scheme == "purpose") {
    facets.add(Dimension::purpose, item.code, share);
    if (item.code.size() == 5) {
      facets.add(Dimension::category, item.code.substr(0, 3), share);
      add_areas(facets, "category", item.code.substr(0, 3));
    }
  } else if (item.scheme == "category") {
    facets.add(Dimension::category, item.code, share);
  } else if (item.scheme == "target") {
    facets.add(Dimension::target, item.code);
    const auto goal = item.code.substr(0, item.code.find('.'));
    facets.add(Dimension::goal, goal);
    add_areas(facets, "goal", goal);
  } else if (item.scheme == "goal") {
    facets.add(Dimension::goal, item.code);
  } else if (item.scheme == "marker" && item.significance != "0" && !item.significance.empty()) {
    facets.add(Dimension::marker, item.code);
  }
  add_areas(facets, item.scheme, item.code);
}

void add_classifications(Facets& facets, const std::vector<Classification>& items) {
  for (const auto& item : items) {
    const auto of = std::count_if(items.begin(), items.end(), [&](const Classification& other) {
      return other.scheme == item.scheme;
    });
    add_classification(facets, item, std::size_t(of));
  }
}

void add_sectors(Facets& facets, const Record& record) {
  add_classifications(facets, record.classifications);
  const bool has_sector = std::any_of(
      record.classifications.begin(), record.classifications.end(), [](const Classification& item) {
        return item.scheme == "purpose" || item.scheme == "category";
      });
  for (const auto& modality : record.modalities)
    if (modality.scheme == "aid-type") facets.add(Dimension::modality, modality.code);
  facets.add(Dimension::flow_type, record.flow_type);
  for (const auto& contribution : record.contributions) {
    if (!has_sector) add_classifications(facets, contribution.classifications);
    for (const auto& modality : contribution.modalities)
      if (modality.scheme == "aid-type") facets.add(Dimension::modality, modality.code);
    facets.add(Dimension::flow_type, contribution.flow_type);
  }
}

Dimension dimension_of(Function function) {
  switch (function) {
    case Function::funds:
      return Dimension::funds;
    case Function::answers_for:
      return Dimension::answers_for;
    case Function::manages:
      return Dimension::manages;
    case Function::carries_out:
      return Dimension::carries_out;
    case Function::unspecified:
      break;
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

void add_words(std::string& words, const Record& record) {
  const auto add = [&](std::string_view text) {
    if (words.size() < most_words) {
      words += text;
      words += ' ';
    }
  };
  add(record.identifier);
  for (const auto& text : record.title) add(text.text);
  for (const auto& description : record.descriptions)
    for (const auto& text : description.text) add(text.text);
  for (const auto& participation : record.participations)
    add(pick_text(participation.party.name, "en"));
}

/// Countries by name in every language of the register, so that words find them too.
void add_country_words(std::string& words, const Roles& roles) {
  for (const auto* partners : {&roles.providers, &roles.recipients, &roles.facilitators})
    for (const auto& partner : *partners) {
      if (partner.multilateral) continue;
      for (const auto& language : catalogue_languages()) {
        if (words.size() >= most_words) return;
        words += codes::country_name(partner.code, language);
        words += ' ';
      }
    }
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

/// Decides which parts of members that are not counted as a whole are counted all the same.
void count_parts(std::vector<MemberParts>& parts, const std::vector<Member>& members) {
  using Told = std::set<std::tuple<std::string_view, ContributionKind, std::optional<int>>>;
  Told told;
  std::set<std::string_view> counted_publishers;
  const auto tell = [&](std::size_t i) {
    for (const auto& part : parts[i].parts)
      told.emplace(members[i].record->publisher, part.kind, part.year);
  };
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (!members[i].counted) continue;
    counted_publishers.insert(members[i].record->publisher);
    tell(i);
  }
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (members[i].counted) continue;
    const std::string_view publisher = members[i].record->publisher;
    const bool adds = members[i].same && counted_publishers.contains(publisher);
    for (auto& part : parts[i].parts)
      part.counted = part.counted && adds && !told.contains({publisher, part.kind, part.year});
    if (adds) tell(i);
  }
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

Assembly assemble(const std::vector<Member>& members) {
  AUSTRAL_ASSERT(!members.empty());
  Assembly assembly;
  take_leading_facts(assembly, *members.front().record);
  Facets facets;
  FrameworkFacts facts;
  facts.year = assembly.year.value_or(0);
  std::string words;
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
    add_country_words(words, roles);
    add_words(words, record);
    assembly.members.push_back({member.key, split_contributions(record, roles, assembly.findings)});
  }
  count_parts(assembly.members, members);
  for (const auto& member : assembly.members) add_totals(assembly, member);
  assembly.framework = framework_rules().answer(facts);
  facets.add(Dimension::framework, to_string(assembly.framework.framework));
  facets.add(Dimension::status, assembly.status);
  assembly.facets = facets.take();
  assembly.words = fold(shorten(words, most_words));
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
