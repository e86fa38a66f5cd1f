// Who provides, who receives and who facilitates: concluded from a source's coded statements, with
// the reason.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "registry/record.hpp"

namespace austral::registry {

/// A partner of an initiative: a country (alpha-2 code) or, where it is no country's, an
/// organization's id.
struct Partner {
  std::string code;
  bool multilateral = false;
  bool southern = false;  ///< a multilateral institution led by countries of the South
  std::string reason;     ///< which statement and which table told
};

/// The three roles of the UN document. A country may stand in several.
struct Roles {
  std::vector<Partner> providers;
  std::vector<Partner> recipients;
  std::vector<Partner> facilitators;
};

/// Providers are the homes of the parties that fund it; without any, of those that manage it, then
/// of those that answer for it, then the publisher unless it reports for others. A country that
/// funds what it receives itself provides only if nobody else does, or if others receive too.
/// Facilitators are the homes of parties that manage, answer for or carry out and are neither
/// provider nor recipient. Recipients are the countries named as such, in the record or in its
/// contributions.
Roles conclude_roles(const Record& record);

/// How an organization is told apart in the register: its reference, else `name:` and its folded
/// name; empty when it has neither.
std::string organization_id(const Party& party);

/// A country's alpha-2 code, however the source writes it (`ken`, `KEN`, `404`); as written when no
/// list knows it.
std::string country_code(const Place& place);

/// The partner a party stands for; an empty code when nothing published tells.
Partner find_partner(const Party& party);

}  // namespace austral::registry
