// Reports: functions that return a Table; THE TABLE lists them all.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/table.hpp"
#include "registry/initiative_store.hpp"
#include "review/cube.hpp"
#include "store/database.hpp"

namespace austral::review {

/// What a report is asked for. Members that a report does not know are refused by name, never
/// ignored.
struct ReportQuestion {
  std::optional<std::string> provider, recipient;  ///< codes as the register keeps them
  std::optional<int> year;
  std::optional<registry::Framework> framework;
  std::optional<std::string> kind;  ///< `budgeted`, `committed`, `disbursed` or a kind's name
  std::optional<std::int64_t> initiative;  ///< contributions: of this initiative
  std::string language = "en";
  std::int64_t offset = 0;
  std::int64_t limit = 0;  ///< 0: all
  /// What else is filtered by: dimensions without a member above, and second values of one.
  std::vector<registry::Filter> filters;
  std::vector<std::string> by;  ///< breakdown: dimensions of the cube
  std::optional<Perspective> perspective;
  std::optional<int> price_year;
  /// The cube where the caller keeps one; without it a report makes its own of what it needs.
  std::shared_ptr<const Cube> cube;
};

/// One row of THE TABLE (reports.cpp).
struct Report {
  std::string_view name;     ///< its words: `report.NAME.title`, `.definition`, `.source`
  std::string_view filters;  ///< names of the filters it understands, separated by spaces
  Table (*make)(store::Database&, const ReportQuestion&);
};

const std::vector<Report>& reports();
/// Throws: Error::not_found naming the reports there are.
const Report& get_report(std::string_view name);
/// Makes a report's Table with title, definition, source and revision filled in.
/// Throws: Error::invalid for a filter that it does not understand.
Table make_report(store::Database& database, const Report& report, const ReportQuestion& question);

/// Understands a filter as people write it (country names, FC codes); `name` is a filter of lists
/// of initiatives, kind, by (names separated by commas), perspective or price_year. A second value
/// widens. Throws: Error::invalid.
void add_filter(ReportQuestion& question, std::string_view name, std::string_view value);

/// The dollars of all contributions that fit, whatever page is asked for. Units: US cents.
std::int64_t sum_contributions(store::Database& database, const ReportQuestion& question);

/// Initiatives as a Table, one line each: what `find` prints and the list page shows.
Table list_initiatives(store::Database& database, const registry::Question& question,
                       const std::string& language);
/// The same of initiatives that were found in another way, in their order.
Table list_initiatives(store::Database& database, const registry::InitiativePage& page,
                       const std::string& language);

/// The site path of a list of contributions, with a filter a member.
std::string contributions_path(const ReportQuestion& question);
/// The site path of an initiative, a partner (country or organization).
std::string initiative_path(std::string_view identifier);
std::string partner_path(std::string_view code);

}  // namespace austral::review
