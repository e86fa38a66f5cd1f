// Where an organization stands, told from its reference alone: its country, or the system it
// belongs to.
#pragma once

#include <string>
#include <string_view>

namespace austral::codes {

/// What a reference says of an organization.
struct Home {
  std::string country;  ///< alpha-2; empty for multilateral ones and where nothing tells
  bool multilateral = false;
  bool southern = false;  ///< a multilateral institution led by countries of the South
  std::string_view
      reason;  ///< which table or form told: `organization list`, `registration agency` ...
};

/// An organization that the lists name. `type` is a code of IATI's OrganisationType.
struct KnownOrganization {
  std::string_view ref;
  std::string_view label;
  std::string_view country;
  std::string_view type;
  bool southern = false;
};

/// By reference as written (`41114`, `XM-DAC-41114`, `CAF`); nullptr when the lists have none.
const KnownOrganization* find_organization(std::string_view ref);

/// What `ref` and IATI organisation type `type` tell about an organization's home; never its name's
/// sound. A name tells in three cases: "Government of COUNTRY" in a language of the register; a
/// government (type 10) called by its country alone or behind a comma; without a reference, the
/// very label of an organization in the lists.
Home find_home(std::string_view ref, std::string_view type, std::string_view name);

}  // namespace austral::codes
