// Groupings of countries by year of membership: developing, LDC, LLDC, SIDS, G77, income,
// communities.
#pragma once

#include <string_view>
#include <utility>
#include <vector>

namespace austral::codes {

struct Grouping {
  std::string_view code;
  std::string_view kind;
  std::string_view label;  ///< English
  std::vector<std::pair<std::string_view, std::string_view>>
      labels;  ///< language, label; English first
};

/// The label in a language, else in English; `code` itself for an unknown grouping.
std::string_view grouping_label(std::string_view code, std::string_view language);

/// A span of membership; 0 means open (always, or still).
struct Membership {
  std::string_view grouping;
  std::string_view country;
  int from = 0;
  int to = 0;
};

const std::vector<Grouping>& all_groupings();
const Grouping* find_grouping(std::string_view code);
/// Whether a country belongs to a grouping in a year; `year` 0 asks about the latest year known.
bool is_member(std::string_view grouping, std::string_view alpha2, int year);
/// The spans of one country, and of one grouping.
std::vector<Membership> memberships_of(std::string_view alpha2);
std::vector<Membership> members_of(std::string_view grouping);

}  // namespace austral::codes
