// What profiles of countries, organizations and groupings share: figures at the top, parts by side.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "review/profiles.hpp"
#include "web/pages/sections.hpp"

namespace austral::web {

/// Everything a profile's tables are made of, for as long as the page is being made.
struct ProfileSource {
  const Site& site;
  store::Database& database;
  std::shared_ptr<review::CubeCounts> cube;
  review::Names& names;
  review::Subject subject;
  const Language& language;
  std::string name;  ///< the subject's, in the reader's language
};

/// Initiatives and dollars of each role, each figure leading to the list behind it.
boost::json::array role_figures(const ProfileSource& source);

/// What one side gives or gets: partners, years, sectors, goals, frameworks, and how well it is
/// told; words alone where nothing is known.
Part make_side_part(const ProfileSource& source, const review::Side& side,
                    const std::vector<std::string>& dimensions, bool with_quality);

}  // namespace austral::web
