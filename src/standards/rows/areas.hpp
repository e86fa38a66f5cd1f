// The areas of the OECD's Data Explorer: countries, regions, organizations and groups, by the codes
// of its dataflows and by DAC number.
#pragma once

#include <string>
#include <string_view>

namespace austral::rows {

/// What an area is.
enum class AreaKind { country, region, organization, group };

struct Area {
  std::string_view code;  ///< of the Data Explorer; empty for those known by number alone
  std::string_view dac;   ///< number of the DAC
  AreaKind kind = AreaKind::country;
  std::string_view type;   ///< of organizations: a code of IATI's OrganisationType
  std::string_view label;  ///< of organizations
};

/// By the Data Explorer's code (`BRA`, `F_X`, `5WB002`, `DPGC`); nullptr when it is not known.
const Area* find_area(std::string_view code);
/// An organization that provides, by its DAC number (`905`); nullptr when there is none.
const Area* find_provider_organization(std::string_view dac);

}  // namespace austral::rows
