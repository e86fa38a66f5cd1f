// Settles a proposal by what the whole table tells, and says what was settled.
#include "standards/mapping/propose_settle.hpp"

#include <algorithm>
#include <charconv>
#include <map>

#include "base/text.hpp"
#include "standards/mapping/fields.hpp"
#include "standards/mapping/read_value.hpp"
#include "standards/sheet/size_words.hpp"
#include "standards/sheet/values.hpp"

namespace austral::mapping {
namespace {

constexpr std::size_t fewest_rows = 3;  // that tell a habit

/// A header with its year left open; empty where it has none.
std::string open_year(const std::string& header) {
  for (std::size_t at = 0; at + 4 <= header.size(); ++at) {
    const bool starts = at == 0 || !is_digit(header[at - 1]);
    const bool ends = at + 4 == header.size() || !is_digit(header[at + 4]);
    if (!starts || !ends) continue;
    const std::string pattern =
        header.substr(0, at) + std::string(year_mark) + header.substr(at + 4);
    if (match_year(pattern, header)) return pattern;
  }
  return {};
}

FieldRule constant_rule(std::string field, std::size_t item, std::string value) {
  FieldRule rule;
  rule.field = std::move(field);
  rule.item = item;
  rule.value = std::move(value);
  return rule;
}

ColumnProposal* find_given(Proposal& proposal, std::string_view field) {
  for (auto& column : proposal.columns)
    if (column.rule.field == field) return &column;
  return nullptr;
}

bool has_item(const Proposal& proposal, std::string_view field, std::size_t item) {
  const auto same = [&](const FieldRule& rule) { return rule.field == field && rule.item == item; };
  return std::any_of(proposal.columns.begin(), proposal.columns.end(),
                     [&](const ColumnProposal& one) { return same(one.rule); }) ||
         std::any_of(proposal.further.begin(), proposal.further.end(), same);
}

/// `2018-2020`: a cell that tells a beginning and an end.
bool tells_span(const std::string& text) {
  const auto reading = sheet::read_date(text, {});
  return reading.first && reading.precision == sheet::DatePrecision::years && text.size() >= 8;
}

/// In a sheet without money a year is when the initiative began.
void settle_year(Proposal& proposal) {
  ColumnProposal* year = nullptr;
  for (auto& column : proposal.columns) {
    if (column.rule.field == "amount" || column.rule.field == "start") return;
    if (column.rule.field == "year") year = &column;
  }
  if (!year) return;
  year->rule.field = "start";
  year->reason += "; no column holds money";
}

/// Text above a table that speaks of its unit: all in brackets, or begun by such a word.
bool speaks_of_unit(std::string_view text) {
  const auto bare = trim(text);
  if (bare.empty() || bare.size() > 80) return false;
  if (bare.front() == '(' || bare.front() == '[' || bare.starts_with("（")) return true;
  const std::string folded = fold(bare);
  for (const std::string_view word :
       {"unit", "unidad", "unite", "unidade", "en ", "in ", "em ", "amounts", "montants",
        "importes", "valores", "cifras", "values", "figures", "в ", "единица", "单位", "الوحدة",
        "بال"})
    if (folded.starts_with(fold(word))) return true;
  return false;
}

/// What the heading says of an amount, or else what stands above the table.
sheet::MoneyWords words_for(const std::string& header, const LookedAt& table, std::string& where) {
  auto words = sheet::find_money_words(header);
  where = "'" + header + "'";
  if (words.sized || words.names_money()) return words;
  for (const auto& text : table.above) {
    if (!speaks_of_unit(text)) continue;
    words = sheet::find_money_words(text);
    where = "'" + shorten(text, 80) + "' above the table";
    if (words.sized || words.names_money()) return words;
  }
  return {};
}

std::string size_form(int zeros) {
  for (const auto& [word, count] : amount_sizes)
    if (count == zeros) return std::string(word);
  return {};
}

/// Whether most cells name their currency beside the number.
bool names_currency(const ColumnFacts& facts) {
  std::size_t named = 0;
  for (const auto& text : facts.samples) named += !sheet::read_number(text, {}).currency.empty();
  return named * 2 > facts.samples.size();
}

/// A header that says no more than "number": what it counts are the rows of this sheet.
bool only_counts(const std::string& header) {
  const std::string words = header_words(header);
  for (const std::string_view word :
       {"no",     "n",     "n°",     "nº",   "#",     "nr",  "num",       "number",
        "numero", "номер", "no п/п", "№",    "№ п/п", "п/п", "序号",      "م",
        "الرقم",  "رقم",   "sl no",  "s no", "sr no", "sl",  "serial no", "serial number",
        "ord",    "orden", "ordem",  "item", "row",   "line"})
    if (words == header_words(word)) return true;
  return words.empty();
}

/// 1, 2, 3 ... from the first row to the last.
bool is_running(const LookedAt& table, std::size_t column) {
  long before = -1;
  std::size_t filled = 0;
  for (const auto& row : table.rows) {
    if (row[column].empty()) continue;
    const std::string plain = sheet::plain_signs(row[column]);
    const auto digits = trim(plain.ends_with('.') ? plain.substr(0, plain.size() - 1) : plain);
    long number = 0;
    const auto end = digits.data() + digits.size();
    if (std::from_chars(digits.data(), end, number).ptr != end || digits.empty()) return false;
    if (before < 0 ? number > 1 : number != before + 1) return false;
    before = number;
    ++filled;
  }
  return filled >= fewest_rows;
}

bool is_unique_by(const LookedAt& table, const std::vector<std::size_t>& columns) {
  std::set<std::string> met;
  for (const auto& row : table.rows) {
    std::string key;
    for (const auto column : columns) key += row[column] + '\n';
    if (!met.insert(key).second) return false;
  }
  return true;
}

/// The columns that tell an initiative together: title, country, when.
std::vector<std::size_t> find_naming(const Proposal& proposal, const LookedAt& table) {
  std::vector<std::size_t> columns;
  for (const std::string_view field : {"title", "recipient", "start", "date", "year"}) {
    for (std::size_t i = 0; i < proposal.columns.size(); ++i)
      if (proposal.columns[i].rule.field == field) columns.push_back(i);
    if (columns.empty() && field == "title") return {};
    if (is_unique_by(table, columns)) break;
  }
  return columns;
}

/// Whether a column is filled where something begins, and empty in the rows that go on with it.
bool repeats_above(const LookedAt& table, std::size_t column, std::size_t title) {
  std::set<std::string> met;
  std::size_t filled = 0;
  for (const auto& row : table.rows) {
    if (row[title].empty()) return false;
    if (row[column].empty()) continue;
    ++filled;
    if (!met.insert(row[column]).second) return false;
  }
  const auto rows = table.rows.size();
  return rows >= fewest_rows && !table.rows.front()[column].empty() && filled * 5 < rows * 4;
}

std::vector<std::string> header_names(const std::vector<sheet::SheetRow>& rows) {
  std::vector<std::string> names;
  for (const auto& header : name_headers(rows)) names.push_back(fold_header(header.name));
  return names;
}

/// Whether one of a sheet's first rows is the header that was found in another.
bool has_same_header(sheet::Workbook& workbook, std::size_t n, const FoundHeader& head) {
  constexpr std::size_t rows_of_head = 40;
  const auto wanted = header_names(head.rows);
  const auto reader = workbook.open(n);
  std::vector<sheet::SheetRow> rows;
  sheet::SheetRow row;
  while (rows.size() < rows_of_head && reader->next(row)) rows.push_back(std::move(row));
  for (std::size_t at = 0; at + head.rows.size() <= rows.size(); ++at)
    if (header_names({rows.begin() + long(at), rows.begin() + long(at + head.rows.size())}) ==
        wanted)
      return true;
  return false;
}

std::string join_glob(const std::vector<std::string>& names) {
  std::string before = names.front(), behind = names.front();
  for (const auto& name : names) {
    std::size_t same = 0;
    while (same < std::min(before.size(), name.size()) && before[same] == name[same]) ++same;
    before.resize(same);
    same = 0;
    while (same < std::min(behind.size(), name.size()) &&
           behind[behind.size() - 1 - same] == name[name.size() - 1 - same])
      ++same;
    behind.erase(0, behind.size() - same);
  }
  if (before.size() + behind.size() >= names.front().size()) behind.clear();
  return before + "*" + behind;
}

/// The year of a sheet's name as a rule takes it; without a field where it has none.
FieldRule year_of_sheet(const std::vector<std::string>& names) {
  FieldRule rule;
  for (const auto& name : names) {
    const auto space = name.rfind(' ');
    const std::string last = space == std::string::npos ? name : name.substr(space + 1);
    if (!match_year(year_mark, last)) return {};
    const std::string part = space == std::string::npos ? "" : "after  ";
    if (!rule.field.empty() && rule.part != part) return {};
    rule.field = "year";
    rule.part = part;
  }
  rule.columns = {std::string(sheet_column)};
  return rule;
}

}  // namespace

void join_years(Proposal& proposal) {
  std::map<std::string, std::vector<ColumnProposal*>> patterns;
  for (auto& column : proposal.columns) {
    const auto& facts = column.facts;
    const bool money = facts.filled == 0 || facts.numbers + facts.years >= 70;
    if (const auto pattern = open_year(facts.header); money && !pattern.empty())
      patterns[pattern].push_back(&column);
  }
  std::size_t item = 0;
  for (const auto& column : proposal.columns)
    if (column.rule.field == "amount" && open_year(column.facts.header).empty()) ++item;
  for (auto& [pattern, columns] : patterns) {
    if (columns.size() < 2) continue;
    ++item;
    for (auto* column : columns) {
      column->rule = {};
      column->rule.field = "amount";
      column->rule.item = item;
      column->rule.columns = {pattern};
      column->certainty = 80;
      column->reason = "one column a year: '" + pattern + "'";
    }
  }
}

void settle_times(Proposal& proposal) {
  for (auto& column : proposal.columns) {
    const auto& samples = column.facts.samples;
    const bool open = column.rule.field.empty() || column.rule.field == "year" ||
                      column.rule.field == "date" || column.rule.field == "start";
    if (!open || samples.empty() || has_item(proposal, "end", 1)) continue;
    const auto spans = std::count_if(samples.begin(), samples.end(), tells_span);
    if (std::size_t(spans) * 10 < samples.size() * 7) continue;
    if (column.rule.field != "start" && find_given(proposal, "start")) continue;
    column.rule = {};
    column.rule.field = "start";
    column.certainty = 80;
    column.reason = "values: a first and a last year; taken for start and end";
    FieldRule end;
    end.field = "end";
    end.columns = {column.facts.header};
    proposal.further.push_back(std::move(end));
  }
  settle_year(proposal);
}

void settle_money(Proposal& proposal, const LookedAt& table) {
  std::set<std::size_t> told;
  for (auto& column : proposal.columns) {
    if (column.rule.field != "amount") continue;
    const bool in_cells = names_currency(column.facts);
    proposal.money_in_cells = proposal.money_in_cells || in_cells;
    std::string where;
    const auto words = words_for(column.facts.header, table, where);
    if (words.sized && !size_form(words.zeros).empty()) column.rule.form = size_form(words.zeros);
    const auto item = column.rule.item;
    const bool first = told.insert(item).second;
    if (words.sized && first)
      proposal.remarks.push_back(
          where + " speaks of " + column.rule.form +
          "s: amounts are read so; compare the first one with what is meant");
    const bool has_unit = has_item(proposal, "currency", item) || has_item(proposal, "unit", item);
    if (!first || in_cells || has_unit) continue;
    if (!words.currency.empty()) {
      proposal.further.push_back(constant_rule("currency", item, words.currency));
      proposal.remarks.push_back(where + " is taken to name the currency " + words.currency);
    } else if (!words.either.empty()) {
      proposal.remarks.push_back(where + " names a currency that several countries have ('" +
                                 words.either + "'): say which, as `currency: {value: XXX}`");
    }
  }
}

void settle_identifier(Proposal& proposal, const LookedAt& table, const std::string& publisher) {
  auto* given = find_given(proposal, "identifier");
  if (given) {
    const auto column = std::size_t(given - proposal.columns.data());
    const auto& header = given->facts.header;
    if (!only_counts(header) || !is_running(table, column)) {
      const bool filled = std::find(proposal.mapping.tables.front().fill.begin(),
                                    proposal.mapping.tables.front().fill.end(),
                                    header) != proposal.mapping.tables.front().fill.end();
      if (!filled && is_unique_by(table, {column})) return;
      proposal.mapping.grouped = true;
      proposal.remarks.push_back("'" + header +
                                 "' stands in several rows: rows with the same one are read as one "
                                 "initiative (`rows: grouped`)");
      return;
    }
    proposal.remarks.push_back(
        "'" + header +
        "' only counts the rows, and next year's sheet may count otherwise: it was not taken for "
        "the identifier. If each initiative keeps its number for ever, choose it");
    given->rule = {};
    given->certainty = 0;
    given->reason = "values: 1, 2, 3 ...";
  }
  const auto naming = find_naming(proposal, table);
  if (naming.empty()) return;
  FieldRule rule;
  rule.field = "identifier";
  for (const auto column : naming) rule.columns.push_back(proposal.columns[column].facts.header);
  if (rule.columns.size() > 1) rule.join = "-";
  rule.form = "hash";
  if (!publisher.empty()) rule.prefix = publisher + "-";
  std::string names;
  for (const auto& column : rule.columns) names += (names.empty() ? "'" : ", '") + column + "'";
  const bool unique = is_unique_by(table, naming);
  if (!unique) proposal.mapping.grouped = true;
  proposal.remarks.push_back(
      "no column holds a number of its own for each initiative: it is named "
      "by " +
      names + ", and another spelling there makes another initiative" +
      (unique ? "" : "; rows that are equal in them are read as one"));
  proposal.further.push_back(std::move(rule));
}

void settle_fill(Proposal& proposal, const LookedAt& table) {
  constexpr std::size_t leading_columns = 2;
  const auto* titled = find_given(proposal, "title");
  for (std::size_t i = 0; i < proposal.columns.size(); ++i) {
    const auto& column = proposal.columns[i];
    const auto& header = column.facts.header;
    if (column.rule.field.empty() || column.rule.field == "amount") continue;
    const bool merged =
        std::find(table.merged.begin(), table.merged.end(), header) != table.merged.end();
    const auto* field = find_field(column.rule.field);
    const bool thing = field->group != Group::record && field->group != Group::contribution;
    const bool above = titled && titled != &column && i < leading_columns && thing &&
                       repeats_above(table, i, std::size_t(titled - proposal.columns.data()));
    if (!merged && !above) continue;
    proposal.mapping.tables.front().fill.push_back(header);
    proposal.remarks.push_back("empty cells of '" + header + "' repeat the one above (`fill`), " +
                               (merged ? "since its cells are merged"
                                       : "since it is filled only where a new one begins: look "
                                         "whether that is meant"));
  }
}

void settle_sheets(Proposal& proposal, sheet::Workbook& workbook, const FoundHeader& head) {
  std::vector<std::string> same, others;
  const auto& sheets = workbook.sheets();
  for (std::size_t n = 0; n < sheets.size(); ++n) {
    const bool fits = n == head.sheet || (!sheets[n].hidden && has_same_header(workbook, n, head));
    (fits ? same : others).push_back(sheets[n].name);
  }
  if (same.size() < 2) return;
  std::string list;
  for (const auto& name : same) list += (list.empty() ? "'" : ", '") + name + "'";
  const std::string glob = join_glob(same);
  const bool exact = std::none_of(others.begin(), others.end(), [&](const std::string& name) {
    return fits_glob(fold(glob), fold(name));
  });
  if (!exact) {
    proposal.remarks.push_back("the sheets " + list +
                               " have the same headers; only the first is read. Write the others "
                               "as further `tables:`");
    return;
  }
  proposal.mapping.tables.front().sheet = glob;
  proposal.mapping.grouped = true;
  proposal.remarks.push_back("the sheets " + list +
                             " have the same headers and are read as one ('" + glob +
                             "'); an initiative that stands in several of them is one, and its "
                             "amounts add up: write `once: true` where they are the same money");
  auto year = year_of_sheet(same);
  if (year.field.empty() || find_given(proposal, "year") || find_given(proposal, "date")) return;
  const auto* amount = find_given(proposal, "amount");
  const bool by_year = amount && !amount->rule.columns.empty();
  if (by_year) return;
  if (!amount) year.field = "start";
  if (year.field == "start" && find_given(proposal, "start")) return;
  proposal.remarks.push_back("the year of each row is that of its sheet's name");
  proposal.further.push_back(std::move(year));
}

}  // namespace austral::mapping
