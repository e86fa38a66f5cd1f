// Judges the first rows of each sheet.
#include "standards/mapping/find_header.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "standards/mapping/column_facts.hpp"

namespace austral::mapping {
namespace {

constexpr std::size_t rows_for_header = 40;

/// How much a row looks like headers: short differing words, known names, and cells below.
long judge_header(const sheet::SheetRow& row, const sheet::SheetRow* below,
                  const std::set<std::string>& names) {
  long points = 0;
  std::set<std::string> met;
  std::size_t filled = 0;
  for (const auto& cell : row.cells) {
    if (trim(cell.text).empty()) continue;
    ++filled;
    const bool wordy = cell.kind == sheet::CellKind::words && cell.text.size() < 120;
    points += wordy ? 2 : -2;
    if (names.contains(header_words(cell.text))) points += 6;
    if (!met.insert(fold(cell.text)).second) points -= 2;
  }
  if (filled < 2) return -1;
  if (below) points += 2 * std::min<long>(long(below->cells.size()), long(filled));
  return points;
}

/// Whether a row goes on where merged headers above it leave gaps: `2019`, `2020` below `Budget`.
bool continues_header(const sheet::SheetRow& row, const sheet::SheetRow& below) {
  std::size_t gaps = 0;
  for (const auto& cell : below.cells) {
    const auto text = trim(cell.text);
    if (text.empty()) continue;
    const auto* above = row.find(cell.column);
    const bool gap = !above || trim(above->text).empty();
    const bool year = text.size() == 4 && std::all_of(text.begin(), text.end(), is_digit);
    const bool wordy = cell.kind == sheet::CellKind::words && text.size() < 60;
    if (!gap && !year) return false;  // a cell below a header of its own is data
    if (!year && !wordy) return false;
    gaps += gap;
  }
  return gaps > 0;
}

}  // namespace

FoundHeader find_header(sheet::Workbook& workbook, const std::string& only,
                        const std::set<std::string>& names) {
  FoundHeader best;
  long most = -1;
  for (std::size_t n = 0; n < workbook.sheets().size(); ++n) {
    const auto& info = workbook.sheets()[n];
    if (only.empty() ? info.hidden : fold(info.name) != fold(only)) continue;
    const auto reader = workbook.open(n);
    std::vector<sheet::SheetRow> rows;
    sheet::SheetRow row;
    while (rows.size() < rows_for_header && reader->next(row)) rows.push_back(std::move(row));
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const auto* below = i + 1 < rows.size() ? &rows[i + 1] : nullptr;
      const long points = judge_header(rows[i], below, names);
      if (points <= most) continue;
      most = points;
      best.sheet = n;
      best.rows = {rows[i]};
      if (below && continues_header(rows[i], *below)) best.rows.push_back(*below);
    }
  }
  if (most < 4)
    throw Error(Kind::invalid,
                "no row looks like headers: a sheet needs a row of names above its data");
  return best;
}

}  // namespace austral::mapping
