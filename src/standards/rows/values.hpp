// Codes and amounts as TOSSD and CRS write them, in the register's words and back.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/decimal.hpp"
#include "base/finding.hpp"
#include "registry/record.hpp"

namespace austral::rows {

/// A whole number as a code: `17.0` and ` 17 ` are `17`; other words as they stand.
std::string to_code(std::string_view text);
/// The code of a list that is nearest in spelling; empty when none is near.
std::string nearest_code(std::string_view list, std::string_view code);
/// The code whose label in any language these words are, without regard to hyphens; else empty.
std::string find_code_labelled(std::string_view list, std::string_view words);
/// A finding about a code that its list does not have. `list_words`: the list for people.
Finding unknown_code(std::string rule, std::string place, std::string_view code,
                     std::string_view list, std::string_view list_words);

/// A figure in plain digits without zeros behind: `1.2e3` -> `1200`; nothing when it is no number
/// that 64 bits hold. A fraction too long for them (binary fractions written out) is rounded
/// half-even to 12 digits; `rounded` says so.
std::optional<Decimal> read_figure(std::string_view text, bool* rounded = nullptr);
/// Exact; nothing when 64 bits do not hold it. Shape: `power` 3 for thousands, 6 for millions.
std::optional<Decimal> times_ten(const Decimal& value, int power);

/// `XM-DAC-431`, as IATI writes DAC numbers of providers.
std::string provider_ref(std::string_view code);
/// A provider with its country's or organization's name where the lists know the number.
registry::Party provider_party(std::string_view code, std::string_view name);
bool is_known_provider(std::string_view code);
/// The DAC number behind a reference or, of a country, its number; empty when there is none.
std::string provider_code(std::string_view ref, std::string_view type, std::string_view name);

/// A country, or a region of the DAC list, by DAC number.
registry::Place recipient_place(std::string_view code, std::string_view name);
bool is_known_recipient(std::string_view code);
/// Back; empty for a place that the DAC has no number for.
std::string recipient_code(const registry::Place& place);

/// The name of a country or region for readers of a language; empty when the lists have none.
std::string provider_name(std::string_view code, std::string_view language);
std::string recipient_name(std::string_view code, std::string_view language);
/// The UN's name of the region that a country or DAC region lies in.
std::string region_name(std::string_view recipient, std::string_view language);

/// An amount that is the sum of a calendar year.
registry::Contribution sum_of_year(registry::ContributionKind kind, const Decimal& amount,
                                   std::string_view unit, int year);

/// Goals and targets with equal shares that add up to 100 exactly; a target stands before its goal.
/// Source: TOSSD SDG focus, weights 1/n.
std::vector<registry::Classification> weigh_goals(const std::vector<std::string>& codes);
/// Back, in their order.
std::vector<std::string> list_goals(const std::vector<registry::Classification>& all);
/// `4.2;13;17.0` as `4.2`, `13`, `17`; each code once.
std::vector<std::string> read_goals(std::string_view text);
std::string join(const std::vector<std::string>& parts, std::string_view separator);

}  // namespace austral::rows
