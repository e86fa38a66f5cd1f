// The sheet that a country reports South-South cooperation in: one row a contribution and item.
#include <map>

#include "measurement/conversion.hpp"
#include "measurement/table_parts.hpp"
#include "measurement/tables.hpp"
#include "measurement/valuation.hpp"
#include "registry/fact_store.hpp"

namespace austral::measurement {
namespace {

const std::vector<std::pair<std::string, ColumnKind>> shapes = {
    {"reporting_country", ColumnKind::code},
    {"reporting_agency", ColumnKind::text},
    {"year", ColumnKind::year},
    {"role", ColumnKind::code},
    {"partner_country", ColumnKind::code},
    {"third_partners", ColumnKind::text},
    {"activity_id", ColumnKind::code},
    {"title", ColumnKind::text},
    {"start", ColumnKind::date},
    {"end", ColumnKind::date},
    {"status", ColumnKind::code},
    {"sector_scheme", ColumnKind::code},
    {"sector_code", ColumnKind::text},
    {"framework_item", ColumnKind::code},
    {"group", ColumnKind::code},
    {"currency", ColumnKind::code},
    {"amount_lcu", ColumnKind::number},
    {"rate", ColumnKind::number},
    {"rate_source", ColumnKind::text},
    {"amount_usd", ColumnKind::money},
    {"valuation_method", ColumnKind::code},
    {"quantity", ColumnKind::number},
    {"unit", ColumnKind::code},
    {"sex_f", ColumnKind::number},
    {"sex_m", ColumnKind::number},
    {"source", ColumnKind::text},
    {"note", ColumnKind::text}};

std::string joined(const std::vector<std::string>& values) {
  std::string text;
  for (const auto& value : values) text += (text.empty() ? "" : "; ") + value;
  return text;
}

/// Writes rows with cells by their columns' names.
class CountrySheet {
 public:
  CountrySheet(const Answer& answer, store::Database& database)
      : answer_(answer), facts_(*answer.facts), valuation_(answer) {
    std::vector<std::int64_t> keys;
    for (const auto& fact : facts_.rows)
      if (keys.empty() || keys.back() != fact.initiative) keys.push_back(fact.initiative);
    for (auto& line : registry::list_lines(database, keys)) lines_.emplace(line.key, line);
    for (std::size_t n = 0; n < shapes.size(); ++n) places_[shapes[n].first] = n;
  }

  std::vector<std::vector<Cell>> rows() {
    for (const auto& row : answer_.valued) add_valued(row);
    for (const auto& row : answer_.counted) add_counted(row);
    return std::move(rows_);
  }

 private:
  void set(const std::string& column, Cell cell) {
    rows_.back()[places_.at(column)] = std::move(cell);
  }

  void begin(std::uint32_t number, std::size_t place) {
    const auto& fact = facts_.rows[number];
    const auto& item = answer_.methodology->items[place];
    rows_.emplace_back(shapes.size());
    const bool recipient = answer_.options.side == Side::recipient;
    set("reporting_country", facts_.partners[recipient ? fact.recipient : fact.provider]);
    set("partner_country", facts_.partners[recipient ? fact.provider : fact.recipient]);
    set("role", std::string(recipient ? "recipient" : "provider"));
    if (fact.year) set("year", std::int64_t(fact.year));
    set("framework_item", item.code);
    set("group", answer_.methodology->groups[item.group].code);
    if (const auto line = lines_.find(fact.initiative); line != lines_.end())
      add_line(line->second);
  }

  void add_line(const registry::InitiativeLine& line) {
    set("reporting_agency", line.publisher);
    set("third_partners", joined(line.facilitators));
    set("activity_id", line.identifier);
    set("title", line.title);
    if (!line.start_date.empty()) set("start", line.start_date);
    if (!line.end_date.empty()) set("end", line.end_date);
    set("status", line.status);
    set("sector_scheme", std::string("DAC"));
    set("sector_code", joined(line.sectors));
  }

  void add_valued(const ValuedRow& row) {
    begin(row.fact, row.item);
    const auto& fact = facts_.rows[row.fact];
    const auto& trait = facts_.traits[fact.trait];
    const auto told = valuation_.explain(fact, row.method);
    set("currency", told.currency);
    set("amount_lcu", quantity_cell(to_amount(told.native)));
    set("rate", quantity_cell(to_amount(told.rate.value)));
    set("rate_source", told.rate.source);
    set("amount_usd", amount_cell(row.value, answer_.methodology->decimals));
    set("valuation_method", told.method);
    if (!is_unit(trait.unit, "money")) {
      set("quantity", Decimal{fact.amount, fact.scale});
      set("unit", trait.unit);
      set("note", told.spelled);
    }
    set("source", std::string(trait.detail("evidence")));
  }

  void add_counted(const CountedRow& row) {
    begin(row.fact, row.item);
    const auto& item = answer_.methodology->items[row.item];
    const auto& trait = facts_.traits[facts_.rows[row.fact].trait];
    set("quantity", quantity_cell(row.quantity));
    set("unit", item.unit == "as-given" ? trait.unit : item.unit);
    if (trait.detail("sex") == "F") set("sex_f", quantity_cell(row.quantity));
    if (trait.detail("sex") == "M") set("sex_m", quantity_cell(row.quantity));
    set("source", std::string(trait.detail("evidence")));
  }

  const Answer& answer_;
  const Facts& facts_;
  Valuation valuation_;
  std::map<std::int64_t, registry::InitiativeLine> lines_;
  std::map<std::string, std::size_t> places_;
  std::vector<std::vector<Cell>> rows_;
};

}  // namespace

Table country_sheet_table(const Answer& answer, store::Database& database,
                          const std::string& language) {
  const auto& words = get_language(language);
  Table table;
  head_table(table, "country_sheet", answer, words);
  for (const auto& [name, kind] : shapes)
    table.columns.push_back(
        {name, name, kind, kind == ColumnKind::money ? answer.methodology->currency : "", ""});
  table.rows = CountrySheet(answer, database).rows();
  table.total_rows = table.rows.size();
  return table;
}

}  // namespace austral::measurement
