// What a workbook's numbers mean: which formats show days, and figures without binary traces.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "standards/sheet/workbook.hpp"

namespace austral::sheet {

/// What a number format makes of a number.
enum class CellForm : std::uint8_t { figure, date, time };

/// Of a format's code. Source: ECMA-376 part 1, 18.8.31.
CellForm form_of_code(std::string_view code);
/// Of a format that every workbook has by number. Source: ECMA-376 part 1, 18.8.30.
CellForm form_of_builtin(unsigned number);

/// A number as a program wrote it (`1.0000000000000001E-2`) in plain decimal digits (`0.01`). Of
/// more than 15 digits the rest is what binary floating point left behind and is rounded away, as
/// spreadsheets show it; whole numbers written out stay whole, and so does all with `keep_all`.
/// Empty for what is no number.
std::string plain_number(std::string_view text, bool keep_all = false);

/// What is odd about a day; empty when nothing is.
struct DayOddity {
  std::string rule, message;
};

/// Makes `cell`, whose text is a plain number, the day or the time of day that its format shows.
/// Source: ECMA-376 part 1, 18.17.4.1 (both date systems; 29 February 1900, which never was).
DayOddity show_as(SheetCell& cell, CellForm form, bool from_1904);

/// Makes `cell` the day of an ISO 8601 text (`2014-05-03T10:00:00`), or words if it is none.
void show_iso_date(SheetCell& cell, std::string_view text);

}  // namespace austral::sheet
