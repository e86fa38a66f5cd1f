// SpreadsheetML as Excel, LibreOffice and other readers take it.
#include "standards/sheet/xlsx_xml.hpp"

#include <fmt/format.h>
#include <unicode/utf8.h>

#include <algorithm>

#include "base/date.hpp"
#include "base/text.hpp"

namespace austral::sheet {
namespace {

constexpr std::size_t most_units = 32767;  // UTF-16 units in a cell
constexpr std::string_view declaration =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
constexpr std::string_view main_names = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
constexpr std::string_view link_names =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
constexpr std::string_view package_names = "http://schemas.openxmlformats.org/package/2006/";
constexpr std::string_view type_names =
    "application/vnd.openxmlformats-officedocument.spreadsheetml.";

// Words that look like the escape itself: `_x0041_`.
bool is_escape(std::string_view text) {
  return text.size() >= 7 && text[1] == 'x' && text[6] == '_' &&
         std::all_of(text.begin() + 2, text.begin() + 6, [](char c) {
           return is_digit(c) || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
         });
}

void append_sign(std::string& out, UChar32 c, std::string_view source, std::string_view rest) {
  if (c <= 0 || c == 0xFFFE || c == 0xFFFF)
    out += "\xEF\xBF\xBD";
  else if (c < 0x20 && c != '\t' && c != '\n')
    out += fmt::format("_x{:04X}_", int(c));
  else if (c == '&')
    out += "&amp;";
  else if (c == '<')
    out += "&lt;";
  else if (c == '>')
    out += "&gt;";
  else if (c == '_' && is_escape(rest))
    out += "_x005F_";
  else
    out += source;
}

bool is_plain(char c) {
  return c >= 0x20 && c < 0x7F && c != '&' && c != '<' && c != '>' && c != '_';
}

void append_place(std::string& out, std::size_t row, std::size_t column, int style) {
  out += "<c r=\"";
  out += column_letters(column);
  fmt::format_to(std::back_inserter(out), "{}\"", row + 1);
  if (style != plain_style) fmt::format_to(std::back_inserter(out), " s=\"{}\"", style);
}

void append_figure_cell(std::string& out, std::size_t row, std::size_t column,
                        std::string_view digits, int style) {
  append_place(out, row, column, style);
  out += "><v>";
  out += digits;
  out += "</v></c>";
}

int significant_digits(std::string_view figure) {
  int digits = 0, zeros = 0;
  const bool has_point = figure.find('.') != std::string_view::npos;
  for (const char c : figure) {
    if (!is_digit(c) || (digits == 0 && c == '0')) continue;
    ++digits;
    zeros = c == '0' ? zeros + 1 : 0;
  }
  return has_point || zeros > 0 ? digits - zeros : digits;
}

// The number of days since 1899-12-30, Excel's own; nothing before March 1900, where Excel counts a
// leap day that never was.
std::optional<std::int64_t> excel_day(const std::string& text) {
  constexpr std::int64_t days_to_1970 = 25569, first_of_march_1900 = 61;
  const auto date = text.size() == 10 ? parse_date(text) : std::nullopt;
  if (!date || date->days + days_to_1970 < first_of_march_1900) return {};
  return date->days + days_to_1970;
}

void append_number_cell(std::string& out, std::size_t row, std::size_t column, const Decimal& value,
                        ColumnKind kind, int digits) {
  constexpr int digits_of_excel = 15;
  const std::string figure = to_string(value);
  if (significant_digits(figure) > digits_of_excel) {
    append_words_cell(out, row, column, figure, plain_style);
    return;
  }
  const int shown = std::min(std::max(digits, int(value.scale)), most_digits_shown);
  const int style = kind == ColumnKind::year                               ? year_style
                    : kind == ColumnKind::text || kind == ColumnKind::code ? plain_style
                                                                           : number_style + shown;
  append_figure_cell(out, row, column, figure, style);
}

}  // namespace

void append_words(std::string& out, std::string_view text) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  std::size_t units = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    while (at < text.size() && is_plain(text[at]) && units + (at - start) + 1 < most_units) ++at;
    out.append(text, start, at - start);
    units += at - start;
    if (at == text.size()) return;
    const std::size_t sign = at;
    UChar32 c;
    U8_NEXT(bytes, at, text.size(), c);
    units += c > 0xFFFF ? 2 : 1;
    if (units >= most_units && at < text.size()) {
      out += "…";
      return;
    }
    append_sign(out, c, text.substr(sign, at - sign), text.substr(sign));
  }
}

void append_words_cell(std::string& out, std::size_t row, std::size_t column, std::string_view text,
                       int style) {
  if (text.empty()) return;
  append_place(out, row, column, style);
  out += " t=\"inlineStr\"><is><t";
  const std::string_view spaces = " \t\n\r";
  if (spaces.find(text.front()) != spaces.npos || spaces.find(text.back()) != spaces.npos)
    out += " xml:space=\"preserve\"";
  out += '>';
  append_words(out, text);
  out += "</t></is></c>";
}

void append_cell(std::string& out, std::size_t row, std::size_t column, const Cell& cell,
                 ColumnKind kind, int digits) {
  if (const auto* number = std::get_if<std::int64_t>(&cell)) {
    append_number_cell(out, row, column, {*number, 0}, kind, digits);
  } else if (const auto* decimal = std::get_if<Decimal>(&cell)) {
    append_number_cell(out, row, column, *decimal, kind, digits);
  } else if (const auto* text = std::get_if<std::string>(&cell)) {
    const auto day = kind == ColumnKind::date ? excel_day(*text) : std::nullopt;
    if (day)
      append_figure_cell(out, row, column, std::to_string(*day), date_style);
    else
      append_words_cell(out, row, column, *text, words_style);
  }
}

std::string column_letters(std::size_t column) {
  std::string letters;
  for (std::size_t rest = column + 1; rest > 0; rest = (rest - 1) / 26)
    letters.insert(letters.begin(), char('A' + (rest - 1) % 26));
  return letters;
}

std::string sheet_head(bool right_to_left, bool first, bool header_frozen,
                       const std::vector<std::size_t>& widths) {
  std::string out(declaration);
  out += fmt::format("<worksheet xmlns=\"{}\"><sheetViews><sheetView{}{} workbookViewId=\"0\">",
                     main_names, right_to_left ? " rightToLeft=\"1\"" : "",
                     first ? " tabSelected=\"1\"" : "");
  if (header_frozen)
    out += "<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/>";
  out += "</sheetView></sheetViews><sheetFormatPr defaultRowHeight=\"15\"/>";
  if (!widths.empty()) out += "<cols>";
  for (std::size_t i = 0; i < widths.size(); ++i)
    out += fmt::format("<col min=\"{0}\" max=\"{0}\" width=\"{1}.7109375\" customWidth=\"1\"/>",
                       i + 1, widths[i]);
  if (!widths.empty()) out += "</cols>";
  return out + "<sheetData>";
}

std::string content_types_xml() {
  // Sheets are what an .xml is unless named here: how many there will be is not known yet.
  return fmt::format(
      "{0}<Types xmlns=\"{1}content-types\">"
      "<Default Extension=\"rels\" "
      "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
      "<Default Extension=\"xml\" ContentType=\"{2}worksheet+xml\"/>"
      "<Override PartName=\"/xl/workbook.xml\" ContentType=\"{2}sheet.main+xml\"/>"
      "<Override PartName=\"/xl/styles.xml\" ContentType=\"{2}styles+xml\"/>"
      "<Override PartName=\"/docProps/core.xml\" "
      "ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/></Types>",
      declaration, package_names, type_names);
}

std::string package_links_xml() {
  return fmt::format(
      "{0}<Relationships xmlns=\"{1}relationships\">"
      "<Relationship Id=\"rId1\" Type=\"{2}/officeDocument\" Target=\"xl/workbook.xml\"/>"
      "<Relationship Id=\"rId2\" Type=\"{1}relationships/metadata/core-properties\" "
      "Target=\"docProps/core.xml\"/></Relationships>",
      declaration, package_names, link_names);
}

std::string styles_xml() {
  constexpr int first_own = 164;  // numbers below are Excel's own formats
  std::string formats =
      fmt::format("<numFmt numFmtId=\"{}\" formatCode=\"yyyy-mm-dd\"/>", first_own);
  std::string styles =
      "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>"
      "<xf numFmtId=\"0\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyFont=\"1\"/>"
      "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" "
      "applyAlignment=\"1\"><alignment vertical=\"top\" wrapText=\"1\"/></xf>";
  const auto add_style = [&](int format) {
    styles += fmt::format(
        "<xf numFmtId=\"{}\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" "
        "applyNumberFormat=\"1\"/>",
        format);
  };
  add_style(49);  // text
  add_style(first_own);
  add_style(1);  // 0
  add_style(3);  // #,##0
  for (int digits = 1; digits <= most_digits_shown; ++digits) {
    formats += fmt::format("<numFmt numFmtId=\"{}\" formatCode=\"#,##0.{:0>{}}\"/>",
                           first_own + digits, "", digits);
    add_style(first_own + digits);
  }
  return fmt::format(
      "{}<styleSheet xmlns=\"{}\"><numFmts count=\"{}\">{}</numFmts>"
      "<fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/><family val=\"2\"/></font>"
      "<font><b/><sz val=\"11\"/><name val=\"Calibri\"/><family val=\"2\"/></font></fonts>"
      "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>"
      "<fill><patternFill patternType=\"gray125\"/></fill></fills>"
      "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
      "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/>"
      "</cellStyleXfs><cellXfs count=\"{}\">{}</cellXfs>"
      "<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles>"
      "</styleSheet>",
      declaration, main_names, most_digits_shown + 1, formats,
      int(number_style) + most_digits_shown + 1, styles);
}

std::string core_xml(std::string_view title) {
  std::string words;
  append_words(words, shorten(title, 120));
  return fmt::format(
      "{}<cp:coreProperties xmlns:cp=\"{}metadata/core-properties\" "
      "xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}</dc:title></cp:coreProperties>",
      declaration, package_names, words);
}

std::string workbook_xml(const std::vector<SheetEntry>& sheets) {
  std::string list, names;
  for (std::size_t i = 0; i < sheets.size(); ++i) {
    list +=
        fmt::format("<sheet name=\"{0}\" sheetId=\"{1}\" r:id=\"rId{1}\"/>", sheets[i].name, i + 1);
    if (!sheets[i].filtered.empty())
      names += fmt::format(
          "<definedName name=\"_xlnm._FilterDatabase\" localSheetId=\"{}\" "
          "hidden=\"1\">'{}'!{}</definedName>",
          i, sheets[i].name, sheets[i].filtered);
  }
  if (!names.empty()) names = "<definedNames>" + names + "</definedNames>";
  return fmt::format(
      "{}<workbook xmlns=\"{}\" xmlns:r=\"{}\"><bookViews><workbookView/></bookViews>"
      "<sheets>{}</sheets>{}</workbook>",
      declaration, main_names, link_names, list, names);
}

std::string workbook_links_xml(std::size_t sheets) {
  std::string links;
  for (std::size_t i = 1; i <= sheets; ++i)
    links += fmt::format(
        "<Relationship Id=\"rId{0}\" Type=\"{1}/worksheet\" Target=\"worksheets/sheet{0}.xml\"/>",
        i, link_names);
  links += fmt::format("<Relationship Id=\"rId{}\" Type=\"{}/styles\" Target=\"styles.xml\"/>",
                       sheets + 1, link_names);
  return fmt::format("{}<Relationships xmlns=\"{}relationships\">{}</Relationships>", declaration,
                     package_names, links);
}

}  // namespace austral::sheet
