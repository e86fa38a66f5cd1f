// Concludes roles from functions, references and places.
#include "registry/roles.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "codes/country.hpp"
#include "codes/organization.hpp"

namespace austral::registry {
namespace {

bool holds(const std::vector<Partner>& partners, std::string_view code) {
  return std::any_of(partners.begin(), partners.end(),
                     [&](const Partner& partner) { return partner.code == code; });
}

void add_partner(std::vector<Partner>& partners, Partner partner) {
  if (!partner.code.empty() && !holds(partners, partner.code))
    partners.push_back(std::move(partner));
}

void add_places(std::vector<Partner>& recipients, const std::vector<Place>& places) {
  for (const auto& place : places)
    if (place.kind == "country" && codes::find_country(trim(place.code)))
      add_partner(recipients, {country_code(place), false, false, "named as recipient"});
}

/// The partner behind each participation, told once.
std::vector<std::pair<Function, Partner>> find_partners(const Record& record) {
  std::vector<std::pair<Function, Partner>> partners;
  partners.reserve(record.participations.size());
  for (const auto& participation : record.participations)
    partners.emplace_back(participation.function, find_partner(participation.party));
  return partners;
}

std::vector<Partner> partners_with(const std::vector<std::pair<Function, Partner>>& all,
                                   Function function) {
  std::vector<Partner> partners;
  for (const auto& [does, partner] : all)
    if (does == function) add_partner(partners, partner);
  return partners;
}

/// A country's own share in what it receives does not make it a provider beside others.
void drop_own_shares(std::vector<Partner>& providers, const std::vector<Partner>& recipients) {
  const auto receives = [&](const Partner& partner) { return holds(recipients, partner.code); };
  const bool others_provide = !std::all_of(providers.begin(), providers.end(), receives);
  if (others_provide && recipients.size() == 1) std::erase_if(providers, receives);
}

}  // namespace

std::string organization_id(const Party& party) {
  const auto ref = trim(party.ref);
  if (!ref.empty()) return std::string(ref);
  const std::string name = fold(pick_text(party.name, "en"));
  return name.empty() ? std::string() : "name:" + name;
}

std::string country_code(const Place& place) {
  const auto* country = codes::find_country(trim(place.code));
  return country ? std::string(country->alpha2) : place.code;
}

Partner find_partner(const Party& party) {
  const auto home = codes::find_home(party.ref, party.type, pick_text(party.name, "en"));
  Partner partner{home.country, home.multilateral, home.southern, std::string(home.reason)};
  if (home.multilateral) partner.code = organization_id(party);
  return partner;
}

Roles conclude_roles(const Record& record) {
  Roles roles;
  add_places(roles.recipients, record.places);
  for (const auto& contribution : record.contributions)
    add_places(roles.recipients, contribution.places);

  const auto partners = find_partners(record);
  for (const auto function : {Function::funds, Function::manages, Function::answers_for}) {
    roles.providers = partners_with(partners, function);
    if (!roles.providers.empty()) break;
  }
  if (roles.providers.empty() && !record.secondary_publisher)
    add_partner(
        roles.providers,
        find_partner({record.publisher, record.publisher_type, record.publisher_name, {}, {}}));
  drop_own_shares(roles.providers, roles.recipients);

  for (const auto function : {Function::manages, Function::answers_for, Function::carries_out})
    for (auto& partner : partners_with(partners, function))
      if (!holds(roles.providers, partner.code) && !holds(roles.recipients, partner.code))
        add_partner(roles.facilitators, std::move(partner));
  return roles;
}

}  // namespace austral::registry
