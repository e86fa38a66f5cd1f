// Answers conditions field by field.
#include "measurement/matcher.hpp"

#include <algorithm>

#include "codes/grouping.hpp"
#include "measurement/conversion.hpp"

namespace austral::measurement {
namespace {

bool fits(std::string_view value, std::string_view pattern) {
  if (pattern == "none") return value.empty();
  if (!pattern.ends_with('*')) return value == pattern;
  pattern.remove_suffix(1);
  return value.starts_with(pattern);
}

/// The value of a field that has at most one.
std::string_view single(std::string_view field, const Trait& trait, const Setting& setting) {
  if (field == "kind") return boost::describe::enum_to_string(trait.kind, "");
  if (field == "framework") return registry::to_string(trait.framework);
  if (field == "modality")
    return trait.modalities.empty() ? std::string_view{} : std::string_view(trait.modalities[0]);
  if (field == "finance_type") return trait.finance_type;
  if (field == "flow_type") return trait.flow_type;
  if (field == "collaboration") return trait.collaboration;
  if (field == "provider") return setting.provider;
  return setting.recipient;
}

bool has_detail(const Trait& trait, std::string_view name, std::string_view pattern) {
  bool stated = false;
  for (const auto& [known, value] : trait.details) {
    if (known != name) continue;
    stated = true;
    if (fits(value, pattern)) return true;
  }
  return !stated && pattern == "none";
}

bool answers(std::string_view field, const std::string& pattern, const Trait& trait,
             const Setting& setting) {
  if (field.starts_with("detail.")) return has_detail(trait, field.substr(7), pattern);
  if (field == "unit") return pattern == "none" ? trait.unit.empty() : is_unit(trait.unit, pattern);
  if (field == "year") return fits(setting.year ? std::to_string(setting.year) : "", pattern);
  if (field == "provider_in") return codes::is_member(pattern, setting.provider, setting.year);
  if (field == "recipient_in") return codes::is_member(pattern, setting.recipient, setting.year);
  return fits(single(field, trait, setting), pattern);
}

using Fields = std::map<std::string, std::vector<std::string>>;

bool any_answers(const Fields::value_type& entry, const Trait& trait, const Setting& setting) {
  return std::any_of(entry.second.begin(), entry.second.end(), [&](const std::string& pattern) {
    return answers(entry.first, pattern, trait, setting);
  });
}

bool lies_within(const std::string& field, const Condition::Span& span, const Trait& trait,
                 const Setting& setting) {
  const auto value = field == "year" ? std::optional(Decimal{setting.year, 0})
                                     : parse_decimal(trait.detail(field.substr(7)));
  if (!value || (field == "year" && setting.year == 0)) return false;
  return (!span.at_least || *value >= *span.at_least) && (!span.below || *value < *span.below);
}

bool holds_one(const Condition& when, const Trait& trait, const Setting& setting) {
  for (const auto& entry : when.any)
    if (!any_answers(entry, trait, setting)) return false;
  for (const auto& entry : when.none)
    if (any_answers(entry, trait, setting)) return false;
  for (const auto& [field, span] : when.spans)
    if (!lies_within(field, span, trait, setting)) return false;
  return true;
}

}  // namespace

bool asks_setting(std::string_view field) {
  return field == "provider" || field == "recipient" || field == "provider_in" ||
         field == "recipient_in" || field == "year";
}

bool asks_setting(const std::vector<Condition>& any) {
  const auto asks = [](const auto& entry) { return asks_setting(entry.first); };
  return std::any_of(any.begin(), any.end(), [&](const Condition& one) {
    return std::any_of(one.any.begin(), one.any.end(), asks) ||
           std::any_of(one.none.begin(), one.none.end(), asks) ||
           std::any_of(one.spans.begin(), one.spans.end(), asks);
  });
}

bool holds(const std::vector<Condition>& any, const Trait& trait, const Setting& setting) {
  return any.empty() || std::any_of(any.begin(), any.end(), [&](const Condition& one) {
           return holds_one(one, trait, setting);
         });
}

}  // namespace austral::measurement
