// Tables for people at a terminal: aligned on the decimal point, cut to the window.
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <charconv>

#include "base/error.hpp"
#include "base/text.hpp"
#include "standards/sheet/table_writers.hpp"

namespace austral::sheet {
namespace {

constexpr std::size_t gap = 2;               // blank columns between two columns
constexpr std::size_t least_text_width = 8;  // below this a shortened text says nothing
constexpr std::string_view unknown = "–", ellipsis = "…";

// A column as it will be drawn.
struct Drawn {
  std::string heading;
  std::vector<std::string> cells;
  bool right = false;     // figures stand on the right
  std::size_t width = 0;  // of what is drawn
  std::size_t cell_width = 0;
};

bool is_figure(ColumnKind kind) {
  return kind == ColumnKind::number || kind == ColumnKind::money || kind == ColumnKind::share ||
         kind == ColumnKind::year;
}

// Somebody's text must not steer the terminal: no controls, no switches of direction.
bool steers_terminal(UChar32 c) {
  return c < 0 || u_charType(c) == U_CONTROL_CHAR || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2066 && c <= 0x2069);
}

template <class Visit>
void for_each_character(std::string_view text, Visit visit) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    UChar32 c;
    U8_NEXT(bytes, at, text.size(), c);
    if (!visit(c, text.substr(start, at - start))) return;
  }
}

std::string plain_line(std::string_view text) {
  std::string out;
  for_each_character(collapse_spaces(text), [&](UChar32 c, std::string_view bytes) {
    if (!steers_terminal(c)) out += bytes;
    return true;
  });
  return out;
}

std::string fit(const std::string& text, std::size_t width) {
  if (display_width(text) <= width) return text;
  std::string out;
  std::size_t taken = 0;
  for_each_character(text, [&](UChar32, std::string_view bytes) {
    taken += display_width(bytes);
    if (taken + 1 > width) return false;
    out += bytes;
    return true;
  });
  return std::string(trim(out)) + std::string(ellipsis);
}

std::string group(std::string_view digits) {
  std::int64_t whole = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), whole);
  const bool lost_sign = whole == 0 && digits.starts_with('-');
  return (lost_sign ? "-" : "") + group_digits(whole, "en");
}

std::string figure_text(const Cell& cell, ColumnKind kind) {
  std::string text;
  if (const auto* number = std::get_if<std::int64_t>(&cell))
    text = std::to_string(*number);
  else
    text = to_string(std::get<Decimal>(cell));
  if (kind == ColumnKind::year || kind == ColumnKind::code) return text;
  const std::size_t point = std::min(text.find('.'), text.size());
  return group(std::string_view(text).substr(0, point)) + text.substr(point);
}

std::string cell_text(const Cell& cell, ColumnKind kind) {
  if (std::holds_alternative<std::monostate>(cell)) return std::string(unknown);
  if (const auto* text = std::get_if<std::string>(&cell)) return plain_line(*text);
  return figure_text(cell, kind);
}

// Blanks behind shorter fractions, so that the points stand below each other.
void align_points(const Table& table, std::size_t column, std::vector<std::string>& cells) {
  const auto fraction = [&](std::size_t row) -> std::size_t {
    const auto* decimal = std::get_if<Decimal>(&table.rows[row][column]);
    return decimal && decimal->scale > 0 ? std::size_t(decimal->scale) + 1 : 0;
  };
  std::size_t longest = 0;
  for (std::size_t row = 0; row < cells.size(); ++row) longest = std::max(longest, fraction(row));
  for (std::size_t row = 0; row < cells.size(); ++row)
    cells[row].append(longest - fraction(row), ' ');
}

Drawn draw_column(const Table& table, std::size_t index) {
  const Column& column = table.columns[index];
  Drawn drawn;
  drawn.heading = plain_line(heading_of(column));
  drawn.right = is_figure(column.kind);
  for (const auto& row : table.rows) drawn.cells.push_back(cell_text(row[index], column.kind));
  if (drawn.right) align_points(table, index, drawn.cells);
  for (const auto& cell : drawn.cells)
    drawn.cell_width = std::max(drawn.cell_width, display_width(cell));
  drawn.width = std::max(drawn.cell_width, display_width(drawn.heading));
  return drawn;
}

std::size_t total_width(const std::vector<Drawn>& columns) {
  std::size_t width = columns.empty() ? 0 : (columns.size() - 1) * gap;
  for (const auto& column : columns) width += column.width;
  return width;
}

// Takes from the widest of the columns that may still give, until all fits or none can.
template <class Floor>
void shrink(std::vector<Drawn>& columns, std::size_t most, Floor floor_of) {
  for (std::size_t width = total_width(columns); width > most; --width) {
    Drawn* widest = nullptr;
    for (std::size_t i = 0; i < columns.size(); ++i)
      if (columns[i].width > floor_of(i) && (!widest || columns[i].width > widest->width))
        widest = &columns[i];
    if (!widest) return;
    --widest->width;
  }
}

void fit_columns(const Table& table, std::vector<Drawn>& columns, std::size_t most) {
  if (most == 0) return;
  const auto is_text = [&](std::size_t i) { return table.columns[i].kind == ColumnKind::text; };
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (is_text(i)) columns[i].width = std::min(columns[i].width, std::max(most, least_text_width));
  shrink(columns, most,
         [&](std::size_t i) { return is_text(i) ? least_text_width : columns[i].width; });
  shrink(columns, most, [&](std::size_t i) {
    return is_text(i) ? columns[i].width : std::max<std::size_t>(columns[i].cell_width, 4);
  });
}

void append_aligned(std::string& out, const std::string& text, const Drawn& column, bool last) {
  const std::string fitted = fit(text, column.width);
  const std::size_t taken = display_width(fitted);
  const std::size_t blanks = column.width > taken ? column.width - taken : 0;
  if (column.right) out.append(blanks, ' ');
  out += fitted;
  if (!column.right && !last) out.append(blanks, ' ');
}

template <class TextOf>
void append_line(std::string& out, const std::vector<Drawn>& columns, TextOf text_of) {
  const std::size_t start = out.size();
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (i > 0) out.append(gap, ' ');
    append_aligned(out, text_of(columns[i]), columns[i], i + 1 == columns.size());
  }
  while (out.size() > start && out.back() == ' ') out.pop_back();
  out += '\n';
}

std::string rows_line(const Table& table) {
  const auto count = [](std::size_t n) { return group_digits(std::int64_t(n), "en"); };
  const std::size_t all = count_all_rows(table);
  if (all == table.rows.size()) return count(all) + (all == 1 ? " row\n" : " rows\n");
  return count(table.rows.size()) + " of " + count(all) + " rows\n";
}

bool has_unknown(const Table& table) {
  for (const auto& row : table.rows)
    for (const auto& cell : row)
      if (std::holds_alternative<std::monostate>(cell)) return true;
  return false;
}

}  // namespace

std::string write_terminal(const Table& table, const WriteOptions& options) {
  std::vector<Drawn> columns;
  for (std::size_t i = 0; i < table.columns.size(); ++i) columns.push_back(draw_column(table, i));
  fit_columns(table, columns, options.columns);
  std::string out;
  if (!table.title.empty()) out += plain_line(table.title) + "\n\n";
  append_line(out, columns, [](const Drawn& column) { return column.heading; });
  append_line(out, columns, [](const Drawn& column) {
    std::string rule;
    for (std::size_t i = 0; i < column.width; ++i) rule += "─";
    return rule;
  });
  for (std::size_t row = 0; row < table.rows.size(); ++row)
    append_line(out, columns, [&](const Drawn& column) { return column.cells[row]; });
  out += '\n';
  out += rows_line(table);
  if (has_unknown(table)) out += std::string(unknown) + " = unknown\n";
  for (const auto& note : table.notes) out += "Note: " + plain_line(note) + "\n";
  if (!table.source.empty()) out += "Source: " + plain_line(table.source) + "\n";
  if (!table.revision.empty()) out += "Revision: " + plain_line(table.revision) + "\n";
  return out;
}

}  // namespace austral::sheet
