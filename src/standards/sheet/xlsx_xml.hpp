// The XML inside a workbook: cells, styles and the parts that hold them together.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/table.hpp"

namespace austral::sheet {

/// Places in styles_xml(). Numbers with k digits behind the point have `number_style + k`.
enum CellStyle : int {
  plain_style,
  bold_style,
  wrapped_style,
  words_style,  ///< text, whatever it looks like
  date_style,
  year_style,
  number_style
};
constexpr int most_digits_shown = 18;

/// Appends a text as XML; what XML and Excel cannot hold (NUL, U+FFFE, U+FFFF, broken UTF-8, more
/// than 32,767 UTF-16 units) becomes U+FFFD or an ellipsis, other controls `_x001B_`.
/// Source: ECMA-376 part 1, 22.4.2.4 (ST_Xstring).
void append_words(std::string& out, std::string_view text);

/// Appends a cell of words; nothing for an empty text. `row` and `column` count from 0.
void append_words_cell(std::string& out, std::size_t row, std::size_t column, std::string_view text,
                       int style);
/// Appends a cell by its kind, figures exactly as they are; `digits` is the column's usual scale.
void append_cell(std::string& out, std::size_t row, std::size_t column, const Cell& cell,
                 ColumnKind kind, int digits);

/// `A`, `Z`, `AA` ...
std::string column_letters(std::size_t column);

/// What a sheet begins with: direction, frozen header, widths of its columns in characters.
std::string sheet_head(bool right_to_left, bool first, bool header_frozen,
                       const std::vector<std::size_t>& widths);

/// A sheet as the book lists it; `filtered` is the range under its filter, or empty.
struct SheetEntry {
  std::string name, filtered;
};
std::string content_types_xml();
std::string package_links_xml();
std::string styles_xml();
std::string core_xml(std::string_view title);
std::string workbook_xml(const std::vector<SheetEntry>& sheets);
std::string workbook_links_xml(std::size_t sheets);

}  // namespace austral::sheet
