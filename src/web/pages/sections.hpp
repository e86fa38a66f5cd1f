// Pages of several tables: each under a name of its own, by which its files and its own page are
// asked for (?table=NAME).
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/table.hpp"
#include "web/site.hpp"

namespace austral::web {

/// One table of a page, made only where it is wanted.
struct TableSection {
  std::string name;  ///< its table's
  std::function<Table()> make;
  std::string empty;               ///< what to say where it has no rows
  std::string first_order;         ///< `-initiatives`; empty: as it is made
  std::size_t rows = 10;           ///< among the others; all of them stand on the table's own page
  bool wide = true;                ///< false: stands beside another, with one column of money
  std::vector<Chart> charts = {};  ///< drawn above it
  bool folded = false;             ///< the table opens on demand: its chart says the same
};

/// Sections under one heading; without sections its text says why.
struct Part {
  std::string id, title, text;
  std::vector<TableSection> sections;
};

/// The page with all parts; with ?table= that table alone, cut in pages; for a twin that table, or
/// the first. The page's view may bring `figures`, `facts` and `links` for its top.
/// Throws: Error::not_found naming the tables there are.
Response show_sections(const Site& site, const Request& request, Page page,
                       const std::vector<Part>& parts);

}  // namespace austral::web
