// Makes the parts of pages.
#include "web/pages/parts.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "review/names.hpp"

namespace austral::web {

View make_fact(std::string title, const std::vector<FactValue>& values) {
  boost::json::array list;
  for (const auto& value : values)
    if (!value.text.empty())
      list.push_back(View{{"text", value.text}, {"link", value.link}, {"note", value.note}});
  return View{{"title", std::move(title)}, {"values", std::move(list)}};
}

View make_fact(std::string title, std::string text) {
  return make_fact(std::move(title), std::vector<FactValue>{{std::move(text), "", ""}});
}

View make_figure(std::string value, std::string unit, std::string title, std::string definition,
                 std::string link) {
  const bool is_long = value.size() > 10;
  return View{{"value", std::move(value)},
              {"long", is_long},
              {"unit", std::move(unit)},
              {"title", std::move(title)},
              {"definition", std::move(definition)},
              {"link", std::move(link)}};
}

View make_group(std::string title, std::string text, boost::json::array facts) {
  const bool has_facts = !facts.empty();
  return View{{"title", std::move(title)}, {"text", std::move(text)}, {"has_facts", has_facts},
              {"facts", std::move(facts)}, {"has_bars", false},       {"has_timeline", false}};
}

std::string write_usd(std::int64_t cents, const Language& language) {
  const auto whole = round_to({cents, 2}, 0);
  return language.number(whole->mantissa);
}

std::string write_day(std::string_view iso, const Language& language) {
  const auto day = parse_date(iso);
  return day ? language.short_date(*day) : std::string(iso);
}

void round_money(Table& table, int scale, const Language& language) {
  bool rounded = false;
  for (std::size_t column = 0; column < table.columns.size(); ++column) {
    if (table.columns[column].kind != ColumnKind::money) continue;
    for (auto& row : table.rows)
      if (auto* amount = std::get_if<Decimal>(&row[column]))
        if (const auto shorter = amount->scale > scale ? round_to(*amount, scale) : std::nullopt) {
          *amount = *shorter;
          rounded = true;
        }
  }
  if (rounded) table.notes.push_back(language.t("table.rounded"));
}

View make_select(std::string name, std::string title, const std::vector<Option>& options,
                 const std::string& chosen) {
  boost::json::array list;
  for (const auto& option : options)
    list.push_back(View{{"value", option.value},
                        {"text", option.text},
                        {"count", option.count},
                        {"chosen", option.value == chosen}});
  return View{{"name", std::move(name)},
              {"title", std::move(title)},
              {"has_options", true},
              {"options", std::move(list)}};
}

View make_input(std::string name, std::string title, const std::string& value, std::string hint) {
  return View{{"name", std::move(name)}, {"title", std::move(title)},
              {"has_options", false},    {"value", value},
              {"type", "text"},          {"hint", std::move(hint)}};
}

ValueWords name_filter_values(store::Database& database, const Language& language) {
  auto names = std::make_shared<review::Names>(database, language.code());
  return [names](const std::string& name, const std::string& value) {
    try {
      const auto filter = registry::parse_filter(name, value);
      return names->value(filter.dimension, filter.value);
    } catch (const Error&) {
      return value;
    }
  };
}

void add_filter_form(View& view, const Request& request, boost::json::array fields,
                     const std::vector<std::pair<std::string, std::string>>& titles,
                     const ValueWords& words) {
  view["has_filters"] = true;
  view["action"] = request.path;
  view["fields"] = std::move(fields);
  boost::json::array chips, kept;
  Fields cleared;
  for (const auto& [name, title] : titles) {
    const auto value = request.find_query(name);
    if (!value || value->empty()) continue;
    chips.push_back(
        View{{"title", title},
             {"text", words ? words(name, *value) : *value},
             {"link", link_with(request.path, request.query, {{name, ""}, {"page", ""}})}});
    cleared.emplace_back(name, "");
  }
  if (const auto sort = request.find_query("sort"); sort && !sort->empty())
    kept.push_back(View{{"name", "sort"}, {"value", *sort}});
  cleared.emplace_back("page", "");
  view["has_chips"] = !chips.empty();
  view["clear_link"] = chips.size() > 1 ? link_with(request.path, request.query, cleared) : "";
  view["chips"] = std::move(chips);
  view["kept"] = std::move(kept);
}

void drop_empty_money(Table& table) {
  std::vector<std::string> kept;
  for (std::size_t column = 0; column < table.columns.size(); ++column) {
    const bool any_known = std::any_of(table.rows.begin(), table.rows.end(), [&](const auto& row) {
      return !std::holds_alternative<std::monostate>(row[column]);
    });
    if (any_known || table.columns[column].kind != ColumnKind::money)
      kept.push_back(table.columns[column].name);
  }
  table = select_columns(table, kept);
}

Response show_cut_table(const Pages& pages, const Request& request, const Table& table, Page page,
                        Arrangement arrangement, std::vector<std::string> sortable) {
  if (page.title.empty()) page.title = table.title;
  arrangement.title_shown = page.title != table.title;
  arrangement.sortable = std::move(sortable);
  arrangement.charts = page.charts;
  if (page.template_name.empty()) page.template_name = "report";
  const auto& language = get_language(request.language);
  page.view["html_table"] = render_table(table, arrangement, request, language);
  page.view["is_empty"] = table.rows.empty();
  return pages.show(request, page);
}

}  // namespace austral::web
