// Finds a delimited text's separator: the one by which its lines fall into equally many cells.
#include <algorithm>
#include <cstring>
#include <map>

#include "base/text.hpp"
#include "standards/sheet/delimited.hpp"

namespace austral::sheet {
namespace {

constexpr std::size_t records_weighed = 300;

struct Candidate {
  char separator;
  double prior;  ///< how usual it is where lines speak for it
  const char* name;
};
constexpr Candidate candidates[] = {
    {',', 1, "commas"},    {';', 1, "semicolons"},    {'\t', 1, "tabs"},    {'|', 1, "bars (|)"},
    {'\x1f', 1, "U+001F"}, {'\x01', 1, "U+0001"},     {'^', 0.6, "carets"}, {'~', 0.6, "tildes"},
    {':', 0.4, "colons"},  {'#', 0.3, "number signs"}};

RecordCutter::Fill fill_from(std::string_view text) {
  return [text](char* out, std::size_t capacity) mutable {
    const std::size_t size = std::min(capacity, text.size());
    std::memcpy(out, text.data(), size);
    text.remove_prefix(size);
    return size;
  };
}

/// Whether a cell looks as if it should have been cut by another separator.
bool looks_uncut(std::string_view cell, char separator) {
  for (std::size_t i = 0; i < cell.size(); ++i) {
    const char c = cell[i];
    if (c == separator || (c != ',' && c != ';' && c != '\t' && c != '|')) continue;
    const bool in_number =
        c == ',' && i > 0 && i + 1 < cell.size() && is_digit(cell[i - 1]) && is_digit(cell[i + 1]);
    const bool in_words = i + 1 < cell.size() && cell[i + 1] == ' ';
    if (!in_number && !in_words) return true;
  }
  return false;
}

struct Weighed {
  double score = 0;
  std::size_t width = 0, lines = 0, of_width = 0;
};

Weighed weigh_separator(std::string_view text, bool whole, const Candidate& candidate) {
  RecordCutter cutter(fill_from(text), candidate.separator);
  std::vector<PlainCell> cells;
  std::vector<std::size_t> widths;
  std::vector<std::pair<std::size_t, std::size_t>> clean;  // per record: cells, cells uncut
  std::size_t unclosed = 0;
  while (widths.size() < records_weighed && cutter.next(cells)) {
    if (cells.size() == 1 && trim(cells[0].text).empty()) continue;
    std::size_t uncut = 0;
    for (const auto& cell : cells)
      uncut += !cell.quoted && looks_uncut(cell.text, candidate.separator);
    for (const auto& fault : cutter.faults()) unclosed += fault.kind != QuoteFault::nul;
    widths.push_back(cells.size());
    clean.emplace_back(cells.size(), uncut);
  }
  if (!whole && widths.size() > 1 && widths.size() < records_weighed) widths.pop_back();
  std::map<std::size_t, std::size_t> counts;
  for (const std::size_t width : widths) ++counts[width];
  Weighed out;
  out.lines = widths.size();
  for (const auto& [width, count] : counts)
    if (width > 1 && count >= out.of_width) out.width = width, out.of_width = count;
  if (out.width == 0) return out;
  std::size_t all = 0, uncut = 0;
  for (std::size_t i = 0; i < widths.size(); ++i)
    if (widths[i] == out.width) all += clean[i].first, uncut += clean[i].second;
  const double even = double(out.of_width) / double(out.lines);
  const double whole_cells = 1 - double(uncut) / double(all);
  const double sound = 1 - 0.5 * double(std::min(unclosed, out.lines)) / double(out.lines);
  if (candidate.prior < 1 && even < 0.9) return out;
  out.score = even * even * whole_cells * whole_cells * sound * candidate.prior *
              (1 - 1 / double(out.width + 1));
  return out;
}

/// A first line `sep=;`, which spreadsheet programs write for each other.
char told_separator(std::string_view text) {
  if (text.size() < 5 || fold(text.substr(0, 3)) != "sep" || text[3] != '=') return 0;
  const char c = text[4];
  const bool ends = text.size() == 5 || text[5] == '\n' || text[5] == '\r';
  return ends && c != '\n' && c != '\r' && c != '"' && !(c & 0x80) ? c : char(0);
}

}  // namespace

DelimitedForm find_form(std::string_view beginning, bool whole, char separator) {
  DelimitedForm form;
  if (const char told = told_separator(beginning)) {
    form.line_of_form = true;
    if (separator == 0) separator = told;
    const auto end = beginning.find_first_of("\r\n");
    beginning.remove_prefix(std::min(beginning.size(), end));
  }
  Weighed best;
  const Candidate* chosen = nullptr;
  const Candidate given{separator, 1, "the separator that was given"};
  if (separator != 0) {
    best = weigh_separator(beginning, whole, given);
    chosen = &given;
  } else {
    for (const auto& candidate : candidates) {
      const Weighed weighed = weigh_separator(beginning, whole, candidate);
      if (weighed.score > best.score) best = weighed, chosen = &candidate;
    }
  }
  if (!chosen) {
    form.separator = '\n';
    form.width = 1;
    form.evidence = "no separator found; each line is one cell";
    return form;
  }
  form.separator = chosen->separator;
  form.width = best.width;
  form.evidence = "separated by " + std::string(chosen->name) + ": " +
                  std::to_string(best.of_width) + " of the first " + std::to_string(best.lines) +
                  " lines have " + std::to_string(best.width) + " cells";
  return form;
}

}  // namespace austral::sheet
