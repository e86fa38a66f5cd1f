// Pages of measurement: the question that they share, its form, its links, its tables.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "measurement/asking.hpp"
#include "measurement/methodology_store.hpp"
#include "web/measures.hpp"
#include "web/pages/parts.hpp"
#include "web/site.hpp"

namespace austral::web {

/// A question as the address asks it, and its answer.
struct Measured {
  measurement::Asking asking;
  Fields question;  ///< what the address says of it; other views of the same carry it on
  Measures::Rules rules;
  std::string named = "unctad";  ///< the rules as they were asked for: a name, or NAME@VERSION
  Measures::Answered answer;
  /// The address asks nothing and nothing was paid: what was committed is measured instead.
  bool of_commitments = false;

  std::string link(const std::string& path, const Fields& more = {}) const;
};
/// Of an address that takes `@measure`, by its own methodology or by `rules`.
/// Throws: Error::invalid or not_found naming what can be asked.
Measured measure_for(const Site& site, store::Database& database, const Request& request,
                     const std::string& rules = {});

/// `Brazil to all partners, 2010-2015, what was committed, reconciled`.
std::string describe_measuring(const Measured& measured, store::Database& database,
                               const Language& language);
/// The fields of the form: the question's own, with the choices that the register offers.
boost::json::array measure_fields(const Site& site, const Measured& measured,
                                  store::Database& database, const Language& language);
/// Fields of a form that keep what the form itself does not ask.
boost::json::array kept_fields(const Measured& measured, const std::vector<std::string>& asked);
/// One field: `methodology`, `first` or `second`, of all methodologies there are. `chosen` may be
/// nullptr.
View methodology_field(store::Database& database, const std::string& name,
                       const measurement::Methodology* chosen, const Language& language);

/// Codes and titles as one column, which leads to the rows behind; columns without any figure go.
Table measure_table_for_page(const Measured& measured, const Language& language);
/// Rows of groups and totals, by their first cell, to be set apart.
std::vector<std::string> strong_rows(const measurement::Methodology& rules,
                                     const std::string& language);
/// Partners by their names instead of their codes.
void name_partners(Table& table, store::Database& database, const Language& language);
/// Of rows behind a figure: figures beside what they are of, as one text each: `45 person-day`,
/// `M1: 45 * 18000 / 220` with the sources of its inputs, `61,265.4545 BRL`.
Table spell_rows(Table table, const Language& language);
/// Takes columns away in which nothing stands.
void drop_empty_columns(Table& table);

Response show_measure(const Site& site, const Request& request);
Response show_measure_items(const Site& site, const Request& request);
Response show_measure_rows(const Site& site, const Request& request);
Response show_measure_left_out(const Site& site, const Request& request);
Response show_measure_needs(const Site& site, const Request& request);
Response show_measure_spread(const Site& site, const Request& request);
Response show_measure_mirror(const Site& site, const Request& request);
Response show_country_sheet(const Site& site, const Request& request);
Response show_bridge(const Site& site, const Request& request);
Response show_bridge_rows(const Site& site, const Request& request);
Response show_methodologies(const Site& site, const Request& request);
Response show_methodology(const Site& site, const Request& request);
Response show_methodology_text(const Site& site, const Request& request);
Response show_draft(const Site& site, const Request& request);
Response show_prices(const Site& site, const Request& request);

/// Adds the files of a question: /measure/as/workbook and the like.
void add_measure_files(Router& router, const std::shared_ptr<const Site>& site);
/// Adds what tries a draft: POST /methodologies/draft.
void add_draft(Router& router, const std::shared_ptr<const Site>& site);

}  // namespace austral::web
