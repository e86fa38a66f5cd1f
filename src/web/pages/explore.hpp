// The explorer's address: a search with its filters and view as one readable link, read and
// written.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "review/explorer.hpp"
#include "web/page.hpp"
#include "web/site.hpp"

namespace austral::web {

/// A filter of the address as it was given, and as it is understood.
struct GivenFilter {
  std::string name;   ///< `recipient`
  std::string value;  ///< as it stands in the address
  registry::Filter filter;
};

/// What the address of a list of initiatives says.
struct Exploring {
  std::string words;
  std::vector<GivenFilter> filters;
  std::string view;  ///< one of explorer_views()
  std::vector<std::string> by;
  review::Perspective perspective = review::Perspective::reconciled;
  std::optional<int> price_year;
  Arrangement arrangement;  ///< of the list and the table

  review::Exploration question(const std::string& language) const;
  review::CubeQuestion cube_question(const review::Found& found) const;
};

/// The ways to look at what was found, in the order of their tabs.
const std::vector<std::string>& explorer_views();

/// Names of all filters a list of initiatives takes, in the order of the panel.
const std::vector<std::string>& explorer_filters();

/// Of a query that the router has checked against THE TABLE of parameters.
/// Throws: Error::invalid naming the parameter, its value and what it can be.
Exploring read_exploring(const Request& request);

/// The initiatives that fit, from the site's cube and index.
review::Found find_for(const Site& site, store::Database& database, const Exploring& exploring,
                       const std::string& language);

/// The same address with one value of a filter added, or taken away; back at page 1.
std::string link_adding(const Request& request, std::string_view name, std::string_view value);
std::string link_without(const Request& request, std::string_view name, std::string_view value);

/// The parameters of an address as hidden fields of a form: all but those named.
boost::json::array hidden_fields(const Request& request, const std::vector<std::string>& but);

/// A panel of facets with counts; a facet's values lead to the list with them added or taken away.
boost::json::array facet_views(const review::Found& found, const Exploring& exploring,
                               const Request& request, store::Database& database);

/// A chip for every filter at work, each leading to the list without it; words come first.
void add_chips(View& view, const Exploring& exploring, const Request& request,
               store::Database& database);

}  // namespace austral::web
