// What stands around a table and is no data: footnotes and sources, merged cells.
#include <algorithm>
#include <map>

#include "base/text.hpp"
#include "standards/mapping/rows.hpp"

namespace austral::mapping {

/// Marks and words with which footnotes begin.
static bool begins_as_note(std::string_view text) {
  const std::string folded = fold(text);
  for (const std::string_view mark : {"*", "¹", "²", "³", "(1)", "(2)", "(3)", "(a)", "1)", "2)"})
    if (text.starts_with(mark)) return true;
  for (const std::string_view word :
       {"note", "nota", "source", "fuente", "fonte", "remarque", "observac", "источник",
        "примечани", "المصدر", "ملاحظة", "注", "备注", "资料来源", "来源", "数据来源"}) {
    const std::string wanted = fold(word);
    if (!folded.starts_with(wanted) || folded.size() == wanted.size()) continue;
    auto behind = std::string_view(folded).substr(wanted.size());
    if (behind.front() == 's') behind.remove_prefix(1);
    const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c & 0x80) != 0; };
    // `Notaries` are no note; words of other scripts, and cut ones, go on in many ways.
    const bool cut = (word.front() & 0x80) != 0 || word == "observac";
    if (cut || behind.empty() || !is_letter(behind.front())) return true;
  }
  return false;
}

NoteLikeness judge_note(const sheet::SheetRow& row, const std::vector<Header>& headers) {
  constexpr std::size_t fewest_columns = 3, longest_number = 24;
  if (headers.size() < fewest_columns) return NoteLikeness::none;
  const sheet::SheetCell* only = nullptr;
  for (const auto& cell : row.cells) {
    if (cell.kind == sheet::CellKind::empty || trim(cell.text).empty()) continue;
    if (only) return NoteLikeness::none;
    only = &cell;
  }
  if (!only || only->kind != sheet::CellKind::words) return NoteLikeness::none;
  if (only->column > headers.front().column) return NoteLikeness::none;
  const auto text = trim(only->text);
  if (begins_as_note(text)) return NoteLikeness::sure;
  // What could be an initiative's number is none.
  const bool spaced = text.find_first_of(" \t\n") != std::string_view::npos;
  return spaced || text.size() > longest_number ? NoteLikeness::at_the_end : NoteLikeness::none;
}

Finding tell_note(const DataRow& row) {
  const RowCell* cell = nullptr;
  for (const auto& one : row.cells)
    if (one.column != no_column && !cell) cell = &one;
  return {Severity::remark, "row.note",
          sheet::name_cell(row.sheet, cell ? cell->column : 0, row.number),
          "the row has this text alone and is read as a note: '" +
              shorten(cell ? cell->text : std::string(), 200) + "'"};
}

/// Merged headers stand for each of their columns; merged data is a question to the mapping.
Findings tell_merges(const MergesOfSheet& sheet) {
  const auto& [merges, header_rows, headers, sheet_name, fill] = sheet;
  Findings findings;
  std::size_t in_headers = 0;
  std::map<std::string, std::pair<std::size_t, sheet::SheetMerge>> below;
  for (const auto& merge : merges) {
    const bool header = std::any_of(header_rows.begin(), header_rows.end(), [&](const auto& rows) {
      return merge.row >= rows.first && merge.row <= rows.second;
    });
    in_headers += header;
    if (header || header_rows.empty() || merge.row < header_rows.front().first) continue;
    if (merge.last_row == merge.row) continue;  // a title or a note across columns
    for (const auto& one : headers) {
      if (one.column != merge.column) continue;
      auto& [count, first] = below[one.name];
      if (count++ == 0) first = merge;
    }
  }
  if (in_headers > 0)
    findings.push_back({Severity::remark, "header.merged", sheet_name,
                        (in_headers == 1 ? std::string("1 merged cell stands")
                                         : std::to_string(in_headers) + " merged cells stand") +
                            " in the headers; each counts for all of its columns"});
  for (const auto& [name, found] : below) {
    const auto& [count, first] = found;
    const bool filled = std::any_of(fill.begin(), fill.end(), [&](const std::string& one) {
      return fold_header(one) == fold_header(name);
    });
    const std::string cells = sheet::name_cell(sheet_name, first.column, first.row) + ":" +
                              sheet::name_cell("", first.last_column, first.last_row);
    findings.push_back(
        {filled ? Severity::remark : Severity::warning, "cell.merged",
         sheet::name_cell(sheet_name, first.column, first.row),
         (count == 1 ? "a cell of '" + name + "' is merged over several rows, "
                     : std::to_string(count) + " cells of '" + name +
                           "' are merged over several rows, such as ") +
             cells +
             (filled ? "; each of these rows has the value, as `fill` says"
                     : "; the value counts for the first of these rows alone. If it is meant for "
                       "all of them, write `fill: [" +
                           name + "]` into the mapping")});
  }
  return findings;
}

}  // namespace austral::mapping
