// Walks sheets from top to bottom and tells headers, sections, totals and data apart.
#include "standards/mapping/rows.hpp"

#include <algorithm>
#include <deque>
#include <set>
#include <unordered_map>

#include "base/error.hpp"
#include "base/text.hpp"
#include "standards/mapping/names.hpp"

namespace austral::mapping {
namespace {

using sheet::SheetCell;
using sheet::SheetRow;

constexpr std::size_t most_doubtful = 1000;  // rows that wait to be called notes

bool is_pseudo(std::string_view column) {
  return column == section_column || column == sheet_column || column == start_column;
}

bool is_filled(const SheetCell& cell) {
  return cell.kind != sheet::CellKind::empty && !trim(cell.text).empty();
}

std::string letters_of(std::size_t column) {
  std::string name = sheet::name_cell("", column, 1);
  name.pop_back();
  return name;
}

bool column_fits(std::string_view column, std::string_view header) {
  if (column.find(year_mark) != std::string_view::npos)
    return match_year(column, header).has_value();
  return fold_header(column) == fold_header(header);
}

bool rule_finds(const FieldRule& rule, const std::vector<std::string>& headers) {
  return std::any_of(rule.columns.begin(), rule.columns.end(), [&](const std::string& column) {
    return std::any_of(headers.begin(), headers.end(),
                       [&](const std::string& header) { return column_fits(column, header); });
  });
}

bool needs_column(const FieldRule& rule) {
  return std::any_of(rule.columns.begin(), rule.columns.end(), [](const std::string& column) {
    return !column.empty() && !is_pseudo(column);
  });
}

}  // namespace

bool fits_glob(std::string_view pattern, std::string_view name) {
  if (pattern.empty()) return name.empty();
  if (pattern.front() == '*')
    return fits_glob(pattern.substr(1), name) ||
           (!name.empty() && fits_glob(pattern, name.substr(1)));
  return !name.empty() && pattern.front() == name.front() &&
         fits_glob(pattern.substr(1), name.substr(1));
}

HeaderFit fit_headers(const Mapping& mapping, std::size_t table,
                      const std::vector<std::string>& headers) {
  HeaderFit fit;
  for_each_rule(mapping, table, [&](const FieldRule& rule) {
    if (!needs_column(rule)) return;
    ++fit.rules;
    if (rule_finds(rule, headers)) ++fit.found;
  });
  return fit;
}

struct TableRows::State {
  State(sheet::Workbook& workbook_, const Mapping& mapping_, std::string only)
      : workbook(workbook_), mapping(mapping_), only_sheet(std::move(only)) {
    used.resize(mapping.tables.size());
    told.resize(mapping.tables.size());
    for (std::size_t n = 0; n < mapping.tables.size(); ++n)
      for_each_rule(mapping, n, [&](const FieldRule& rule) {
        for (const auto& column : rule.columns) {
          has_years = has_years || column.find(year_mark) != std::string::npos;
          names.insert(fold(column));
        }
      });
  }

  bool next(DataRow& row);
  bool open_next_sheet();
  void close_sheet();
  bool is_candidate(std::size_t table, const sheet::SheetInfo& info) const;
  bool may_be_header(const SheetRow& row) const;
  std::optional<std::size_t> find_table(const SheetRow& row) const;
  void take_header(std::size_t table, SheetRow row);
  void tell_missing(std::size_t table, std::uint64_t row_number);
  bool is_tags(const SheetRow& row) const;
  bool is_total(const DataRow& row) const;
  bool take_section(const SheetRow& row);
  void tell_note_of(const DataRow& row);
  void settle_notes();
  DataRow to_data(const SheetRow& row);
  bool keep(const DataRow& row);
  void finish();

  sheet::Workbook& workbook;
  const Mapping& mapping;
  std::string only_sheet;
  std::set<std::string> names;  // of all columns, folded
  bool has_years = false;
  std::size_t sheet_number = 0;
  std::unique_ptr<sheet::SheetReader> reader;
  std::string sheet_name;
  std::vector<std::size_t> candidates;
  std::optional<std::size_t> table;
  std::vector<Header> headers;
  std::map<std::string, RowCell> above;  // cells that empty ones below repeat
  std::string section;
  std::vector<std::pair<std::uint64_t, std::uint64_t>> header_rows;  // of the sheet: first, last
  std::deque<DataRow> waiting_, doubtful_;  // to be handed over; notes unless rows follow
  std::vector<char> used;                   // the table's header was met
  std::vector<std::set<std::string>> told;  // rules whose missing column was told
  std::vector<RowTally> tallies;
  Findings findings;
  bool damaged = false, finished = false;
  std::uint64_t bytes = 0;
};

bool TableRows::State::is_candidate(std::size_t n, const sheet::SheetInfo& info) const {
  const auto& rule = mapping.tables[n];
  if (!only_sheet.empty()) return fold(info.name) == fold(only_sheet);
  if (rule.sheet.empty()) return !info.hidden && !used[n];
  // A hidden sheet is read when it is named, never because it fits a pattern.
  if (info.hidden && rule.sheet.find('*') != std::string::npos) return false;
  return fits_glob(fold(rule.sheet), fold(info.name));
}

bool TableRows::State::open_next_sheet() {
  while (sheet_number < workbook.sheets().size()) {
    const std::size_t n = sheet_number++;
    const auto& info = workbook.sheets()[n];
    candidates.clear();
    for (std::size_t i = 0; i < mapping.tables.size(); ++i)
      if (is_candidate(i, info)) candidates.push_back(i);
    if (candidates.empty()) {
      findings.push_back({Severity::remark, "sheet.not-read", info.name,
                          "the mapping reads nothing of this sheet" +
                              std::string(info.hidden ? ", which is hidden" : "")});
      continue;
    }
    sheet_name = info.name;
    reader = workbook.open(n);
    table.reset();
    headers.clear();
    above.clear();
    section.clear();
    header_rows.clear();
    tallies.push_back({});
    tallies.back().sheet = sheet_name;
    return true;
  }
  return false;
}

void TableRows::State::close_sheet() {
  // Merged cells are told by what they are for the mapping.
  const bool placed = !reader->merges().empty() && !header_rows.empty();
  for (const auto& finding : reader->findings())
    if (!placed || finding.rule != "cell.merged") findings.push_back(finding);
  if (placed)
    for (auto& finding :
         tell_merges({reader->merges(), header_rows, headers, sheet_name,
                      table ? mapping.tables[*table].fill : std::vector<std::string>{}}))
      findings.push_back(std::move(finding));
  damaged = damaged || reader->damaged();
  bytes = std::max(bytes, reader->bytes_read());
  reader.reset();
}

/// Most rows are told from headers by their first cells.
bool TableRows::State::may_be_header(const SheetRow& row) const {
  if (has_years) return true;
  std::size_t looked = 0;
  for (const auto& cell : row.cells) {
    if (!is_filled(cell) || looked == 6) continue;
    ++looked;
    if (cell.text.size() <= 200 && names.contains(fold_header(cell.text))) return true;
  }
  return !table && row.cells.size() > 6;
}

/// The table whose headers a row holds.
std::optional<std::size_t> TableRows::State::find_table(const SheetRow& row) const {
  for (const auto n : candidates)
    if (mapping.tables[n].header == row.number) return n;
  if (!may_be_header(row)) return std::nullopt;
  std::vector<std::string> texts;
  for (const auto& cell : row.cells)
    if (is_filled(cell)) texts.push_back(cell.text);
  std::optional<std::size_t> best;
  HeaderFit best_fit;
  for (const auto n : candidates) {
    if (mapping.tables[n].header != 0 && !used[n]) continue;  // it begins at the row that is told
    const HeaderFit fit = fit_headers(mapping, n, texts);
    if (fit.rules == 0 || !fit.is_header()) continue;
    if (best && fit.found * best_fit.rules <= best_fit.found * fit.rules) continue;
    best = n;
    best_fit = fit;
  }
  return best;
}

void TableRows::State::take_header(std::size_t n, SheetRow row) {
  table = n;
  used[n] = 1;
  std::vector<SheetRow> rows = {std::move(row)};
  ++tallies.back().headers;
  SheetRow further;
  while (rows.size() < mapping.tables[n].header_rows && reader->next(further)) {
    ++tallies.back().rows;
    ++tallies.back().headers;
    rows.push_back(std::move(further));
    further = {};
  }
  headers = name_headers(rows);
  header_rows.emplace_back(rows.front().number, rows.back().number);
  above.clear();
  tell_missing(n, rows.front().number);
}

void TableRows::State::tell_missing(std::size_t n, std::uint64_t row_number) {
  std::vector<std::string> names;
  for (const auto& header : headers) names.push_back(header.name);
  for_each_rule(mapping, n, [&](const FieldRule& rule) {
    if (!needs_column(rule) || rule_finds(rule, names)) return;
    if (!told[n].insert(rule.field + std::to_string(rule.item) + rule.lang).second) return;
    const std::string& column = rule.columns.front();
    const std::string near = nearest_word(column, names);
    const std::string message = "there is no column '" + column + "', from which the mapping '" +
                                mapping.name + "' takes " + rule.field +
                                (near.empty() ? "" : "; nearest is '" + near + "'") +
                                ": correct the header, or the mapping";
    const std::string place = sheet_name.empty()
                                  ? "row " + std::to_string(row_number)
                                  : sheet_name + ", row " + std::to_string(row_number);
    if (rule.field == "identifier" && rule.value.empty())
      throw Error(Kind::invalid, place + ": " + message);
    findings.push_back({Severity::error, "mapping.column.missing", place, message});
  });
}

/// A row of HXL tags under the headers: `#date+start`. Source: HXL standard 1.1.
bool TableRows::State::is_tags(const SheetRow& row) const {
  std::size_t tags = 0, filled = 0;
  for (const auto& cell : row.cells) {
    if (!is_filled(cell)) continue;
    ++filled;
    tags += cell.text.starts_with('#') && cell.text.size() > 1 && cell.text[1] > '9';
  }
  return filled > 0 && tags == filled;
}

bool TableRows::State::take_section(const SheetRow& row) {
  const SheetCell* only = nullptr;
  for (const auto& cell : row.cells) {
    if (!is_filled(cell)) continue;
    if (only) return false;
    only = &cell;
  }
  if (!only) return false;
  if (table && only->column != headers.front().column) return false;
  section = collapse_spaces(only->text);
  above.clear();
  ++tallies.back().sections;
  return true;
}

void TableRows::State::tell_note_of(const DataRow& row) {
  constexpr std::uint64_t most_told = 20;  // of a sheet; all are counted
  if (++tallies.back().notes <= most_told) findings.push_back(tell_note(row));
}

/// At a sheet's end, what might have been notes are.
void TableRows::State::settle_notes() {
  for (const auto& row : doubtful_) {
    --tallies.back().data;
    tell_note_of(row);
  }
  doubtful_.clear();
}

DataRow TableRows::State::to_data(const SheetRow& row) {
  DataRow data;
  data.table = *table;
  data.sheet = sheet_name;
  data.number = row.number;
  const auto& fill = mapping.tables[*table].fill;
  std::size_t h = 0;
  const auto take_header_of = [&](std::size_t column) -> std::string {
    while (h < headers.size() && headers[h].column < column) ++h;
    if (h < headers.size() && headers[h].column == column) return headers[h].name;
    return "Column " + letters_of(column);
  };
  for (const auto& cell : row.cells)
    if (is_filled(cell))
      data.cells.push_back(
          {take_header_of(cell.column), cell.column, cell.kind, cell.text, cell.date});
  for (const auto& name : fill) {
    const std::string& key = fold_header(name);
    if (const auto* cell = data.find(name))
      above[key] = *cell;
    else if (const auto kept = above.find(key); kept != above.end())
      data.cells.push_back({kept->second.header, no_column, kept->second.kind, kept->second.text,
                            kept->second.date});
  }
  if (mapping.tables[*table].sections && !section.empty())
    data.cells.push_back(
        {std::string(section_column), no_column, sheet::CellKind::words, section, {}});
  bool wants_sheet = false;
  for_each_rule(mapping, *table, [&](const FieldRule& rule) {
    for (const auto& column : rule.columns) wants_sheet = wants_sheet || column == sheet_column;
  });
  if (wants_sheet && !sheet_name.empty())
    data.cells.push_back(
        {std::string(sheet_column), no_column, sheet::CellKind::words, sheet_name, {}});
  return data;
}

/// A row that adds up others: a word for totals, and nothing that names an initiative.
bool TableRows::State::is_total(const DataRow& row) const {
  std::size_t filled = 0;
  bool word = false;
  for (const auto& cell : row.cells) {
    if (cell.column == no_column) continue;
    ++filled;
    if (filled <= 3 && cell.kind == sheet::CellKind::words) word = word || is_total_word(cell.text);
  }
  if (!word) return false;
  bool named = false, has_identifier = false;
  for_each_rule(mapping, row.table, [&](const FieldRule& rule) {
    if (rule.field != "identifier") return;
    has_identifier = has_identifier || needs_column(rule);
    for (const auto& column : rule.columns) {
      const auto* cell = row.find(column);
      named = named || (cell && cell->column != no_column && !is_total_word(cell->text));
    }
  });
  if (has_identifier) return !named;
  return filled * 2 <= std::max<std::size_t>(headers.size(), 4);
}

bool TableRows::State::keep(const DataRow& row) {
  auto& tally = tallies.back();
  if (is_total(row)) {
    ++tally.totals;
    return false;
  }
  for (const auto& condition : mapping.tables[row.table].leave_out)
    if (holds(condition, row)) {
      ++tally.left_out[condition.because.empty() ? "column '" + condition.column + "'"
                                                 : condition.because];
      return false;
    }
  ++tally.data;
  return true;
}

bool TableRows::State::next(DataRow& row) {
  while (!finished || !waiting_.empty()) {
    if (!waiting_.empty()) {
      row = std::move(waiting_.front());
      waiting_.pop_front();
      return true;
    }
    if (!reader && !open_next_sheet()) {
      finish();
      return false;
    }
    SheetRow from;
    if (!reader->next(from)) {
      settle_notes();
      close_sheet();
      continue;
    }
    auto& tally = tallies.back();
    ++tally.rows;
    if (const auto found = find_table(from)) {
      settle_notes();
      take_header(*found, std::move(from));
      continue;
    }
    const bool sections = table ? mapping.tables[*table].sections
                                : std::any_of(candidates.begin(), candidates.end(),
                                              [&](auto n) { return mapping.tables[n].sections; });
    if (sections && take_section(from)) continue;
    if (!table) {
      ++tally.above;
      continue;
    }
    if (is_tags(from)) {
      ++tally.tags;
      continue;
    }
    const auto note = judge_note(from, headers);
    DataRow data = to_data(from);
    if (note == NoteLikeness::sure) {
      tell_note_of(data);
      continue;
    }
    if (!keep(data)) continue;
    const bool doubtful = note == NoteLikeness::at_the_end;
    (doubtful ? doubtful_ : waiting_).push_back(std::move(data));
    if (doubtful && doubtful_.size() < most_doubtful) continue;
    // Rows of data follow: what stands between them is data, too.
    waiting_.insert(waiting_.begin(), std::make_move_iterator(doubtful_.begin()),
                    std::make_move_iterator(doubtful_.end()));
    doubtful_.clear();
  }
  return false;
}

void TableRows::State::finish() {
  finished = true;
  for (std::size_t n = 0; n < mapping.tables.size(); ++n) {
    if (used[n]) continue;
    std::string wanted;
    for_each_rule(mapping, n, [&](const FieldRule& rule) {
      if (needs_column(rule) && wanted.size() < 200)
        wanted += (wanted.empty() ? "'" : ", '") + rule.columns.front() + "'";
    });
    findings.push_back({Severity::damage, "sheet.header.missing", mapping.tables[n].sheet,
                        "no row holds the headers that the mapping '" + mapping.name +
                            "' looks for: " + wanted +
                            "; name their row with `header:`, or another sheet with --sheet"});
    damaged = true;
  }
  for (const auto& tally : tallies) {
    std::string message =
        std::to_string(tally.rows) + " rows: " + std::to_string(tally.data) + " of data";
    const auto add = [&](std::uint64_t count, const std::string& what) {
      if (count) message += ", " + std::to_string(count) + " " + what;
    };
    add(tally.above, "above the headers");
    add(tally.headers, "of headers");
    add(tally.sections, "that head a section");
    add(tally.tags, "of tags");
    add(tally.totals, "of totals, which are not summed again");
    add(tally.notes, "of notes");
    for (const auto& [why, count] : tally.left_out) add(count, "left out: " + why);
    findings.push_back({Severity::remark, "sheet.rows", tally.sheet, message});
  }
}

TableRows::TableRows(sheet::Workbook& workbook, const Mapping& mapping, std::string only_sheet)
    : state_(std::make_unique<State>(workbook, mapping, std::move(only_sheet))) {}
TableRows::~TableRows() = default;
bool TableRows::next(DataRow& row) { return state_->next(row); }
bool TableRows::damaged() const { return state_->damaged; }
std::uint64_t TableRows::bytes_read() const {
  return state_->reader ? state_->reader->bytes_read() : state_->bytes;
}
const Findings& TableRows::findings() const { return state_->findings; }
const std::vector<RowTally>& TableRows::tallies() const { return state_->tallies; }

}  // namespace austral::mapping
