// What IATI 1.0x writes differently: words where 2.0x has numbers, texts where it has narratives.
#pragma once

#include <string_view>

#include "standards/iati/activity.hpp"

namespace austral::iati {

/// The lists whose values changed between 1.05 and 2.01.
enum class OldList {
  activity_date_type,
  activity_status,
  budget_type,
  geographic_vocabulary,
  organisation_role,
  organisation_type,
  policy_marker_vocabulary,
  region_vocabulary,
  related_activity_type,
  result_type,
  sector_vocabulary,
  transaction_type
};

/// The 2.0x code of a 1.0x value (case does not count), or nothing.
std::string_view find_modern_code(OldList list, std::string_view value);

bool is_version_1(std::string_view version);

/// 1.0x repeats an element for each language; adds `fresh` to an earlier one that says the same.
bool merge_translation(std::vector<Coded>& all, const Coded& fresh);
bool merge_translation(std::vector<Organisation>& all, const Organisation& fresh);
bool merge_translation(std::vector<Description>& all, const Description& fresh);

}  // namespace austral::iati
