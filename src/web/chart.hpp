// Charts: figures that the browser draws out of the very table on the page; without scripts the
// table stays.
#pragma once

#include <boost/json.hpp>
#include <cstddef>
#include <string>
#include <vector>

#include "base/catalogue.hpp"
#include "base/table.hpp"
#include "web/http.hpp"

namespace austral::web {

/// What is to be drawn of a table's rows. Rows with the same `x` (and `series`) are added up.
struct Chart {
  std::string kind;    ///< bars, lines, areas, matrix, map; steps: totals first and last
  std::string x;       ///< column: what a bar, a place or a matrix's row stands for; a time
  std::string y;       ///< columns of figures, apart by spaces: the first is drawn, the others are
                       ///< offered; lines and areas without `series` draw all of them together
  std::string series;  ///< column that tells lines, areas or a matrix's columns apart
  std::string code;    ///< map: column of the countries' ISO alpha-2 codes; not shown as a column
  std::string title = {};    ///< the table's own when empty
  std::string reading = {};  ///< one sentence on how to read it; the kind's own when empty
  std::size_t number = 0;    ///< place among its table's charts; render_table fills it in
};

/// Attributes that a table needs so that its charts can be drawn; empty where there is none.
struct ChartMarks {
  std::vector<std::string> codes;  ///< a code each row, of the chart's `code` column
  std::string coded_column;        ///< the column whose cells carry it
  std::vector<bool> measured;      ///< columns whose exact figures stand in the cells
  bool any = false;
};

/// Which charts of the list are wanted: an embedded page shows the one that `?chart=2` names.
std::vector<Chart> choose_charts(std::vector<Chart> charts, const Request& request);
/// Whether the rows hold anything that the chart would draw.
bool has_figures(const Table& table, const Chart& chart);
/// Takes the columns away that only charts need, and says what the others must carry.
ChartMarks mark_table(Table& table, const std::vector<Chart>& charts);
/// The view of one figure; `shown` rows of the table are on the page.
/// Throws: Error::invalid for a kind or a column that there is not.
boost::json::object make_chart(const Table& table, const Chart& chart, std::size_t shown,
                               const Request& request, const Language& language);

/// Whether the page was asked for to stand in other sites' pages: `?embed=1`.
bool is_embedded(const Request& request);

}  // namespace austral::web
