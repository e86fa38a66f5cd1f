// Prices as tables: the columns are those that an import reads again.
#include "measurement/price_table.hpp"

#include "base/catalogue.hpp"
#include "base/error.hpp"
#include "base/text.hpp"

namespace austral::measurement {
namespace {

Column price_column(const Language& words, const std::string& name, ColumnKind kind) {
  const std::string key = "price.column." + name;
  return {name, words.t(key), kind, "",
          words.has(key + ".what") ? words.t(key + ".what") : std::string()};
}

std::vector<Column> price_columns(const Language& words) {
  std::vector<Column> columns;
  for (const auto* name : {"series", "key", "country"})
    columns.push_back(price_column(words, name, ColumnKind::code));
  for (const auto* name : {"from", "to"})
    columns.push_back(price_column(words, name, ColumnKind::date));
  columns.push_back(price_column(words, "value", ColumnKind::number));
  for (const auto* name : {"unit", "currency"})
    columns.push_back(price_column(words, name, ColumnKind::code));
  columns.push_back(price_column(words, "source", ColumnKind::text));
  return columns;
}

bool fits(const Price& price, const PriceQuestion& question, const std::string& folded_key) {
  if (!question.series.empty() && price.series != question.series) return false;
  if (!question.set.empty() && price.set != question.set) return false;
  if (!question.country.empty() && !price.country.empty() && price.country != question.country)
    return false;
  if (!folded_key.empty() && fold(price.key) != folded_key) return false;
  return !question.year ||
         (year_of(price.from) <= *question.year && year_of(price.to) >= *question.year);
}

Cell cell_of(const std::string& text) {
  if (text.empty()) return {};
  return text;
}

}  // namespace

Table list_prices(const PriceList& prices, const PriceQuestion& question,
                  const std::string& language) {
  if (!question.series.empty() && !find_price_series(question.series)) {
    std::string names;
    for (const auto& one : price_series())
      names += (names.empty() ? "" : ", ") + std::string(one.name);
    throw Error(Kind::not_found,
                "'" + question.series + "' is no series of prices; there are " + names);
  }
  const auto& words = get_language(language);
  Table table;
  table.name = "prices";
  table.title = question.series.empty() ? words.t("price.table.title")
                                        : words.t("price." + question.series + ".title");
  table.definition = question.series.empty() ? words.t("price.table.definition")
                                             : words.t("price." + question.series + ".what");
  table.notes.push_back(words.t("price.table.rates"));
  table.columns = price_columns(words);
  table.columns.push_back(price_column(words, "set", ColumnKind::code));
  const std::string folded_key = fold(question.key);
  for (const auto& price : prices.all()) {
    if (!fits(price, question, folded_key)) continue;
    table.rows.push_back(
        {price.series, cell_of(price.key), cell_of(price.country), to_string(price.from),
         price.to == no_end ? Cell{} : Cell(to_string(price.to)), price.value, cell_of(price.unit),
         cell_of(price.currency), cell_of(price.source), price.set});
  }
  table.total_rows = table.rows.size();
  return table;
}

Table list_sets(const std::vector<PriceSet>& sets, const std::string& language) {
  const auto& words = get_language(language);
  Table table;
  table.name = "price-sets";
  table.title = words.t("price.sets.title");
  table.definition = words.t("price.sets.definition");
  table.columns = {price_column(words, "set", ColumnKind::code),
                   price_column(words, "version", ColumnKind::number),
                   price_column(words, "prices", ColumnKind::number),
                   price_column(words, "who", ColumnKind::text),
                   price_column(words, "at", ColumnKind::date),
                   price_column(words, "digest", ColumnKind::code)};
  for (const auto& set : sets)
    table.rows.push_back({set.name, set.version, set.prices, set.who,
                          to_timestamp(set.at).substr(0, 10), set.digest});
  table.total_rows = table.rows.size();
  return table;
}

Table list_price_findings(const Findings& findings, const std::string& language) {
  const auto& words = get_language(language);
  Table table;
  table.name = "price-findings";
  table.title = words.t("price.findings.title");
  table.definition = words.t("price.findings.definition");
  table.columns = {price_column(words, "severity", ColumnKind::code),
                   price_column(words, "place", ColumnKind::text),
                   price_column(words, "rule", ColumnKind::code),
                   price_column(words, "message", ColumnKind::text)};
  for (const auto& one : findings)
    table.rows.push_back({std::string(boost::describe::enum_to_string(one.severity, "?")),
                          one.place, one.rule, one.message});
  table.total_rows = table.rows.size();
  return table;
}

Table make_price_template(const std::string& language) {
  const auto& words = get_language(language);
  Table table;
  table.name = "prices";
  table.title = words.t("price.template.title");
  table.definition = words.t("price.template.definition");
  table.columns = price_columns(words);
  for (const auto& series : price_series()) {
    const std::string name(series.name);
    table.rows.push_back({name, {}, {}, {}, {}, {}, cell_of(std::string(series.unit)), {}, {}});
    table.notes.push_back(name + ": " + words.t("price." + name + ".title") + ". " +
                          words.t("price." + name + ".what"));
  }
  table.total_rows = table.rows.size();
  return table;
}

}  // namespace austral::measurement
