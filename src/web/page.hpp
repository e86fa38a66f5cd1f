// From a tree of values and a template to a page: layout, navigation, language, and the one table.
#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/catalogue.hpp"
#include "base/table.hpp"
#include "web/chart.hpp"
#include "web/http.hpp"
#include "web/routes.hpp"

namespace austral::web {

/// What a template sees: texts, numbers, lists and objects. Empty texts and lists count as absent.
/// Texts are escaped; only names that begin with `html_` hold markup made by a template before.
using View = boost::json::object;

/// One step of the way back.
struct Crumb {
  std::string title, link;
};

/// One page before it is laid out.
struct Page {
  std::string template_name;   ///< `home` is pages/templates/home.html
  std::string title;           ///< in the reader's language
  std::string section;         ///< the entry of the navigation it belongs to: `initiatives`
  std::string summary;         ///< what it is, how big, where from: one sentence
  std::string first_order;     ///< a table's order unless the reader asks: `-disbursed_usd`
  std::size_t page_size = 50;  ///< rows of a table on one page
  std::vector<Chart> charts;   ///< drawn above the table, out of its rows
  std::vector<Crumb> crumbs;   ///< without Home and without the page itself
  View view;
  int status = 200;
};

/// Fills a template; what the view does not name is looked for in `outer`.
/// Throws: Error::not_found for a template that is not in the binary.
std::string render(std::string_view template_name, const View& view, const Language& language,
                   const View* outer = nullptr);

/// How a table is cut and ordered: from ?sort=name or ?sort=-name and ?page=N.
struct Arrangement {
  std::string sort;  ///< a column's name, empty for the table's own order
  bool descending = false;
  std::size_t page = 1;
  std::size_t page_size = 50;
  /// Columns that can be sorted by; without a value, all of them.
  std::optional<std::vector<std::string>> sortable = {};
  bool title_shown = true;         ///< false where the page's own heading says the same already
  std::vector<Chart> charts = {};  ///< drawn above the table, out of its rows
  bool folded = false;             ///< the table opens on demand: its chart says the same
  int level = 2;                   ///< of the heading
  bool brief = false;              ///< one of several: its size stands there only when it is cut
  bool downloads = true;           ///< false where no twin holds the rows
  std::string all_link;            ///< leads to all rows, in place of a pager
  std::vector<std::string> strong = {};  ///< first cells of rows that are sums of others
  /// The rows before this page, and how many it has, for tables that SQL cuts.
  std::int64_t offset() const { return static_cast<std::int64_t>((page - 1) * page_size); }
  std::int64_t limit() const { return static_cast<std::int64_t>(page_size); }
};
/// `first_order` counts where the request asks for none.
Arrangement read_arrangement(const Request& request, std::size_t page_size = 50,
                             std::string_view first_order = {});

/// Sorts the rows (unknown last in both directions) and keeps one page of them; sets total_rows.
void arrange(Table& table, const Arrangement& arrangement, const Language& language);

/// The table as HTML: caption, definition, source, sort links, units, downloads, notes, pager.
/// Pass the request whose path and query the links continue.
std::string render_table(const Table& table, const Arrangement& arrangement, const Request& request,
                         const Language& language);

/// Previous and next of a list that is cut into pages, for pager.html; empty for a single page.
View view_pager(const Arrangement& arrangement, std::size_t total, const Request& request,
                const Language& language);

/// Lays pages out for one site.
class Pages {
 public:
  Pages(std::shared_ptr<const Assets> assets, std::function<std::string()> revision);

  /// The page in the reader's language; keeps the language in a cookie when ?lang= asked for it.
  Response show(const Request& request, const Page& page) const;
  /// The table as the twin that was asked for, or as a page of template `report`.
  Response show_table(const Request& request, Table table, Page page) const;
  Response show_error(const Request& request, int status, const std::string& message) const;

  /// What stands under every map instead of the catalogue's words.
  std::string map_note;
  /// Writers of the twins `csv` and `xlsx`, given all rows in the order asked for.
  std::map<std::string, std::function<Response(const Table&, const Request&)>, std::less<>> twins;

 private:
  Response show_embedded(const Request& request, const Page& page, const Language& language) const;
  void add_chart_files(View& frame, const Language& language) const;
  View layout(const Request& request, const Page& page, const Language& language) const;

  std::shared_ptr<const Assets> assets_;
  std::function<std::string()> revision_;
};

}  // namespace austral::web
