// Looks names up in the code lists and the register.
#include "review/names.hpp"

#include "codes/code_list.hpp"
#include "codes/country.hpp"
#include "codes/grouping.hpp"
#include "codes/organization.hpp"
#include "registry/organization_store.hpp"

namespace austral::review {
namespace {

std::string_view list_of(registry::Dimension dimension) {
  using registry::Dimension;
  switch (dimension) {
    case Dimension::purpose: return "purpose";
    case Dimension::category: return "category";
    case Dimension::goal: return "goal";
    case Dimension::target: return "target";
    case Dimension::marker: return "PolicyMarker";
    case Dimension::critical_area: return "critical-area";
    case Dimension::status: return "ActivityStatus";
    case Dimension::modality: return "modality";
    case Dimension::flow_type: return "FlowType";
    default: return "";
  }
}

std::string region_name(std::string_view vocabulary, std::string_view code,
                        const std::string& language) {
  const auto* list = codes::find_list("region-" + std::string(vocabulary));
  return list ? std::string(list->label(code, language)) : std::string(code);
}

/// `dac:298` -> the region's name.
std::string named_region(std::string_view value, const std::string& language) {
  const auto colon = value.find(':');
  if (colon == std::string_view::npos) return std::string(value);
  return region_name(value.substr(0, colon), value.substr(colon + 1), language);
}

}  // namespace

void Names::expect(const std::vector<std::string>& codes) {
  std::vector<std::string> unknown;
  for (const auto& code : codes)
    if (!code.empty() && !is_country_code(code) && !organizations_.contains(code))
      unknown.push_back(code);
  organizations_.merge(registry::name_organizations(database_, unknown));
}

std::string Names::partner(const std::string& code) {
  if (code.empty()) return get_language(language_).t("partner.not_stated");
  if (code == registry::several_partners) return get_language(language_).t("partner.several");
  if (is_country_code(code)) return country(code);
  if (code.starts_with("region:")) return named_region(std::string_view(code).substr(7), language_);
  return organization(code);
}

std::string Names::organization(const std::string& id) {
  if (!organizations_.contains(id)) expect({id});
  const auto found = organizations_.find(id);
  std::string name = found == organizations_.end() ? id : found->second;
  if (name == id)
    if (const auto* known = codes::find_organization(id)) name = std::string(known->label);
  return name;
}

std::string Names::country(std::string_view alpha2) const {
  return codes::country_name(alpha2, language_);
}

std::string Names::grouping(const std::string& code) const {
  return std::string(codes::grouping_label(code, language_));
}

std::string Names::side(std::string_view filter, const std::string& value) {
  return filter.ends_with("_in") ? grouping(value) : partner(value);
}

std::string Names::value(registry::Dimension dimension, const std::string& value) {
  using registry::Dimension;
  switch (dimension) {
    case Dimension::provider:
    case Dimension::recipient:
    case Dimension::facilitator: return partner(value);
    case Dimension::region: return named_region(value, language_);
    case Dimension::provider_in:
    case Dimension::recipient_in: return grouping(value);
    case Dimension::sector_block:
      return std::string(codes::get_list("block").label(value, language_));
    case Dimension::framework:
      return framework_label(registry::parse_framework(value), get_language(language_));
    case Dimension::publisher:
    case Dimension::organization:
    case Dimension::funds:
    case Dimension::answers_for:
    case Dimension::manages:
    case Dimension::carries_out: return organization(value);
    default: break;
  }
  const auto list = list_of(dimension);
  return list.empty() ? value : std::string(codes::get_list(list).label(value, language_));
}

std::string kind_label(registry::ContributionKind kind, const Language& language) {
  return language.t(std::string("kind.") + boost::describe::enum_to_string(kind, "none"));
}

std::string framework_label(registry::Framework framework, const Language& language) {
  return language.t("framework." + std::string(registry::to_string(framework)));
}

std::string rule_words(std::string_view rule, const Language& language) {
  const std::string key = "rule." + std::string(rule);
  if (language.has(key)) return language.t(key);
  const auto* found = registry::framework_rules().find(rule);
  return found ? found->because : language.t("framework.none");
}

bool is_country_code(std::string_view code) {
  return code.size() == 2 && codes::find_country(code);
}

}  // namespace austral::review
