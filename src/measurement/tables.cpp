// The official table, the spread, the reasons and the missing prices as rows and columns.
#include "measurement/tables.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/catalogue.hpp"
#include "base/error.hpp"
#include "measurement/sums.hpp"
#include "measurement/table_parts.hpp"

namespace austral::measurement {

Cell amount_cell(const Amount& amount, int digits) {
  const auto rounded = round_amount(amount, digits);
  if (!rounded) return to_string(amount, digits);
  return *rounded;
}

Cell quantity_cell(const Amount& amount) {
  if (const auto rounded = round_amount(amount, 4)) return normalise(*rounded);
  return to_string(amount, 4);
}

void head_table(Table& table, const std::string& name, const Answer& answer,
                const Language& words) {
  const auto& of = *answer.methodology;
  table.name = name;
  table.title = std::string(pick(of.title, words.code()));
  table.definition = words.t("measure." + name + ".definition");
  table.source = of.source;
  table.revision = std::to_string(answer.facts->revision);
  table.notes.push_back(words.t("measure.note.methodology",
                                {{"name", of.name},
                                 {"version", of.version},
                                 {"status", words.t(std::string("measure.status.") + of.status)},
                                 {"hash", of.digest.substr(0, 16)}}));
  const auto year = answer.options.price_year ? answer.options.price_year : of.price_year;
  table.notes.push_back(year ? words.t("measure.note.constant", {{"year", std::to_string(*year)}})
                             : words.t("measure.note.current"));
  if (!answer.options.kinds.empty()) {
    std::string kinds;
    for (const auto& kind : answer.options.kinds) kinds += (kinds.empty() ? "" : ", ") + kind;
    table.notes.push_back(words.t("measure.note.kinds", {{"kinds", kinds}}));
  }
  table.notes.push_back(
      words.t(std::string("measure.note.side.") +
              std::string(boost::describe::enum_to_string(answer.options.side, ""))));
}

std::vector<Column> name_columns(const Language& words,
                                 const std::vector<std::pair<std::string, ColumnKind>>& shapes,
                                 const std::string& currency) {
  std::vector<Column> columns;
  for (const auto& [name, kind] : shapes) {
    const std::string key = "measure.column." + name;
    Column column{name, words.t(key), kind, kind == ColumnKind::money ? currency : "", ""};
    if (kind == ColumnKind::share) column.unit = "%";
    if (words.has(key + ".what")) column.definition = words.t(key + ".what");
    columns.push_back(std::move(column));
  }
  return columns;
}

std::string reason_words(const Answer& answer, LeftOut why, std::uint16_t rule,
                         const std::string& language) {
  const auto& of = *answer.methodology;
  if (why == LeftOut::excluded) return std::string(pick(of.exclusions[rule].why, language));
  if (why == LeftOut::scope && !of.scope_why.empty())
    return std::string(pick(of.scope_why, language));
  return get_language(language).t(std::string("measure.left_out.") +
                                  std::string(boost::describe::enum_to_string(why, "")));
}

std::string reason_code(const Answer& answer, LeftOut why, std::uint16_t rule) {
  if (why == LeftOut::excluded) return answer.methodology->exclusions[rule].code;
  return boost::describe::enum_to_string(why, "");
}

namespace {

/// `M1 (3), M2 (1)`: by which methods, and how many rows each.
std::string method_words(const Methodology& of, const ItemSum& sum) {
  std::string words;
  for (const auto& [method, rows] : sum.methods)
    words += (words.empty() ? "" : ", ") + of.methods[method].id +
             (sum.methods.size() > 1 ? " (" + std::to_string(rows) + ")" : "");
  return words;
}

/// Writes the official table: groups in their order, below each its items, totals at the end.
class OfficialTable {
 public:
  OfficialTable(const Answer& answer, const std::string& language)
      : answer_(answer),
        of_(*answer.methodology),
        words_(get_language(language)),
        sums_(sum_items(answer)),
        spreads_(spread_items(answer)) {}

  Table make() {
    head_table(table_, "measure", answer_, words_);
    table_.columns = name_columns(words_,
                                  {{"code", ColumnKind::code},
                                   {"item", ColumnKind::text},
                                   {"amount", ColumnKind::money},
                                   {"smallest", ColumnKind::money},
                                   {"largest", ColumnKind::money},
                                   {"spread", ColumnKind::share},
                                   {"quantity", ColumnKind::number},
                                   {"unit", ColumnKind::text},
                                   {"rows", ColumnKind::number},
                                   {"initiatives", ColumnKind::number},
                                   {"methods", ColumnKind::text}},
                                  of_.currency);
    for (std::size_t n = 0; n < of_.groups.size(); ++n) add_group(n);
    for (const auto& total : of_.totals) add_money(total.code, pick(total.title, words_.code()));
    add_notes();
    table_.total_rows = table_.rows.size();
    return std::move(table_);
  }

 private:
  void add_group(std::size_t place) {
    const auto& group = of_.groups[place];
    if (group.kind == GroupKind::counted)
      add({group.code, std::string(pick(group.title, words_.code()))});
    else
      add_money(group.code, pick(group.title, words_.code()));
    for (std::size_t n = 0; n < of_.items.size(); ++n)
      if (of_.items[n].group == place)
        group.kind == GroupKind::counted ? add_counted(n) : add_valued(n);
  }

  void add(std::vector<Cell> cells) {
    cells.resize(table_.columns.size());
    table_.rows.push_back(std::move(cells));
  }

  void add_money(const std::string& code, std::string_view title) {
    const auto spread = spread_of(answer_, spreads_, code);
    std::vector<Cell> cells{
        code, std::string(title), amount_cell(sum_of(answer_, sums_, code), of_.decimals),
        amount_cell(spread.smallest, of_.decimals), amount_cell(spread.largest, of_.decimals)};
    cells.push_back(share(spread));
    add(std::move(cells));
  }

  static Cell share(const Spread& spread) {
    const auto per_cent = spread.per_cent();
    return per_cent ? Cell(*per_cent) : Cell();
  }

  void add_valued(std::size_t n) {
    const auto& item = of_.items[n];
    const auto& sum = sums_[n];
    std::vector<Cell> cells{item.code, std::string(pick(item.title, words_.code()))};
    if (sum.rows > 0) {
      cells.push_back(amount_cell(sum.amount, of_.decimals));
      cells.push_back(amount_cell(spreads_[n].smallest, of_.decimals));
      cells.push_back(amount_cell(spreads_[n].largest, of_.decimals));
      cells.push_back(share(spreads_[n]));
    }
    cells.resize(8);
    cells.push_back(sum.rows);
    cells.push_back(sum.initiatives);
    cells.push_back(method_words(of_, sum));
    add(std::move(cells));
  }

  void add_counted(std::size_t n) {
    const auto& item = of_.items[n];
    const auto& sum = sums_[n];
    const std::string title(pick(item.title, words_.code()));
    if (sum.quantities.empty()) return add({item.code, title, {}, {}, {}, {}, {}, {}, sum.rows});
    for (const auto& [unit, quantity] : sum.quantities) {
      add({item.code,
           title,
           {},
           {},
           {},
           {},
           quantity_cell(quantity),
           unit_words(unit),
           sum.rows,
           sum.initiatives});
      for (const auto& [key, part] : sum.apart)
        if (key.first == unit)
          add({item.code,
               "  " + item.by + ": " + (key.second.empty() ? "?" : key.second),
               {},
               {},
               {},
               {},
               quantity_cell(part),
               unit_words(unit)});
    }
  }

  std::string unit_words(const std::string& unit) const {
    if (unit == "initiative") return words_.t("measure.unit.initiative");
    return unit_label(unit, words_.code());
  }

  void add_notes() {
    std::int64_t unpriced = 0;
    for (const auto& row : answer_.left_out)
      unpriced += row.why == LeftOut::no_price || row.why == LeftOut::no_method ||
                  row.why == LeftOut::no_date;
    if (answer_.valued.empty() && answer_.counted.empty() && !answer_.left_out.empty())
      tell_commonest_reason();
    if (unpriced > 0)
      table_.notes.push_back(words_.t("measure.note.unpriced", {{"count", unpriced}}));
  }

  /// An empty table is a question: the commonest reason is its answer.
  void tell_commonest_reason() {
    std::map<std::pair<LeftOut, std::uint16_t>, std::int64_t> reasons;
    for (const auto& row : answer_.left_out) ++reasons[{row.why, row.rule}];
    const auto most = std::max_element(
        reasons.begin(), reasons.end(),
        [](const auto& one, const auto& other) { return one.second < other.second; });
    table_.notes.push_back(words_.t(
        "measure.note.empty",
        {{"count", most->second},
         {"why", reason_words(answer_, most->first.first, most->first.second, words_.code())}}));
  }

  const Answer& answer_;
  const Methodology& of_;
  const Language& words_;
  std::vector<ItemSum> sums_;
  std::vector<Spread> spreads_;
  Table table_;
};

}  // namespace

Table measure_table(const Answer& answer, const std::string& language) {
  return OfficialTable(answer, language).make();
}

Table needs_table(const Answer& answer, const std::string& language) {
  const auto& words = get_language(language);
  Table table;
  head_table(table, "needs", answer, words);
  table.columns = name_columns(words,
                               {{"series", ColumnKind::code},
                                {"key", ColumnKind::text},
                                {"country", ColumnKind::code},
                                {"year", ColumnKind::year}},
                               "");
  for (const auto& need : answer.needs)
    table.rows.push_back(
        {need.series, need.key, need.country, need.year ? Cell(std::int64_t(need.year)) : Cell()});
  table.total_rows = table.rows.size();
  return table;
}

Table left_out_table(const Answer& answer, const std::string& language) {
  const auto& words = get_language(language);
  Table table;
  head_table(table, "left_out", answer, words);
  table.columns = name_columns(words,
                               {{"reason", ColumnKind::code},
                                {"why", ColumnKind::text},
                                {"rows", ColumnKind::number},
                                {"initiatives", ColumnKind::number}},
                               "");
  struct Count {
    std::int64_t rows = 0;
    std::set<std::int64_t> initiatives;
  };
  std::map<std::pair<LeftOut, std::uint16_t>, Count> reasons;
  for (const auto& row : answer.left_out) {
    auto& count = reasons[{row.why, row.rule}];
    ++count.rows;
    count.initiatives.insert(answer.facts->rows[row.fact].initiative);
  }
  for (const auto& [reason, count] : reasons)
    table.rows.push_back({reason_code(answer, reason.first, reason.second),
                          reason_words(answer, reason.first, reason.second, language), count.rows,
                          std::int64_t(count.initiatives.size())});
  table.total_rows = table.rows.size();
  return table;
}

Table spread_table(const Answer& answer, const std::string& language) {
  const auto& words = get_language(language);
  const auto& of = *answer.methodology;
  Table table;
  head_table(table, "spread", answer, words);
  table.columns = name_columns(words,
                               {{"code", ColumnKind::code},
                                {"item", ColumnKind::text},
                                {"method", ColumnKind::code},
                                {"method_title", ColumnKind::text},
                                {"rows", ColumnKind::number},
                                {"amount", ColumnKind::money},
                                {"spread", ColumnKind::share}},
                               of.currency);
  const auto spreads = spread_items(answer);
  for (std::size_t n = 0; n < of.items.size(); ++n)
    for (const auto& one : spreads[n].methods) {
      const auto per_cent = spreads[n].per_cent();
      table.rows.push_back(
          {of.items[n].code, std::string(pick(of.items[n].title, language)),
           of.methods[one.method].id, std::string(pick(of.methods[one.method].title, language)),
           one.rows, amount_cell(one.sum, of.decimals), per_cent ? Cell(*per_cent) : Cell()});
    }
  table.total_rows = table.rows.size();
  return table;
}

}  // namespace austral::measurement
