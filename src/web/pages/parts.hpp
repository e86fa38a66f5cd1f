// Parts that several pages are put together from: facts, figures, filter fields, chips.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/catalogue.hpp"
#include "base/table.hpp"
#include "registry/initiative_store.hpp"
#include "web/page.hpp"

namespace austral::web {

/// One value of a fact; `note` stands behind it in small type.
struct FactValue {
  std::string text, link, note;
};
/// A titled fact with its values; without values it says that they are not known.
View make_fact(std::string title, const std::vector<FactValue>& values);
View make_fact(std::string title, std::string text);

View make_figure(std::string value, std::string unit, std::string title,
                 std::string definition = "", std::string link = "");
/// A group of facts under a heading.
View make_group(std::string title, std::string text, boost::json::array facts);

/// Dollars without cents, grouped: `1,250,000`.
std::string write_usd(std::int64_t cents, const Language& language);
/// A day in the reader's language; empty stays empty.
std::string write_day(std::string_view iso, const Language& language);

/// Money with at most so many digits behind the point; says so in a note. Downloads keep every
/// digit.
void round_money(Table& table, int scale, const Language& language);

/// Takes money columns away of which nothing is known on this page of the table.
void drop_empty_money(Table& table);

/// A choice of the filter form.
struct Option {
  std::string value, text, count;
};
View make_select(std::string name, std::string title, const std::vector<Option>& options,
                 const std::string& chosen);
View make_input(std::string name, std::string title, const std::string& value,
                std::string hint = "");

/// A filter's value in words: `KE` -> Kenya. Values that it does not know stay as they are.
using ValueWords = std::function<std::string(const std::string& name, const std::string& value)>;
ValueWords name_filter_values(store::Database& database, const Language& language);

/// Puts filter fields, chips and the clear link of a request into a page's view.
/// `titles`: names of the query's filters with their titles; chips are made for those that are set.
void add_filter_form(View& view, const Request& request, boost::json::array fields,
                     const std::vector<std::pair<std::string, std::string>>& titles,
                     const ValueWords& words = {});

/// A table of which SQL has cut one page already: shown as it is, with sort links for `sortable`
/// only.
Response show_cut_table(const Pages& pages, const Request& request, const Table& table, Page page,
                        Arrangement arrangement, std::vector<std::string> sortable);

}  // namespace austral::web
