// Workbooks made by hand for tests: rows of texts, merged cells, and any XML around them.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "standards/sheet/workbook.hpp"
#include "standards/sheet/zip_stream.hpp"

namespace austral::made {

struct MadeSheet {
  std::string name;
  std::vector<std::vector<std::string>> rows;  ///< digits are numbers, unless a ' begins them
  std::vector<std::string> merges;             ///< `A4:A6`
  std::string before, behind;                  ///< XML around the cells
};

using Parts = std::vector<std::pair<std::string, std::string>>;

inline std::string zip_parts(const Parts& parts) {
  sheet::ZipStream zip;
  std::string bytes;
  for (const auto& [name, text] : parts) {
    zip.open(name);
    zip.write(text);
    zip.close();
    bytes += zip.take();
  }
  zip.finish();
  return bytes + zip.take();
}

inline std::string escape_xml(std::string_view text) {
  std::string out;
  for (const char c : text) out += c == '&' ? "&amp;" : c == '<' ? "&lt;" : std::string(1, c);
  return out;
}

inline bool is_plain_number(std::string_view text) {
  const auto digits = text.substr(text.starts_with('-') ? 1 : 0);
  return !digits.empty() && is_digit(digits.front()) && is_digit(digits.back()) &&
         digits.find_first_not_of("0123456789.") == std::string_view::npos &&
         digits.find('.') == digits.rfind('.');
}

inline std::string made_cells(const MadeSheet& made) {
  std::string xml = made.before + "<sheetData>";
  for (std::size_t r = 0; r < made.rows.size(); ++r) {
    xml += "<row r=\"" + std::to_string(r + 1) + "\">";
    for (std::size_t c = 0; c < made.rows[r].size(); ++c) {
      const auto& text = made.rows[r][c];
      if (text.empty()) continue;
      xml += "<c r=\"" + sheet::name_cell("", c, r + 1) + "\"";
      if (is_plain_number(text))
        xml += "><v>" + text + "</v></c>";
      else
        xml += " t=\"inlineStr\"><is><t>" +
               escape_xml(text.substr(text.starts_with('\'') ? 1 : 0)) + "</t></is></c>";
    }
    xml += "</row>";
  }
  xml += "</sheetData>";
  if (!made.merges.empty()) {
    xml += "<mergeCells>";
    for (const auto& range : made.merges) xml += "<mergeCell ref=\"" + range + "\"/>";
    xml += "</mergeCells>";
  }
  return xml + made.behind;
}

/// The parts of a workbook around sheets that are given as XML.
inline Parts book_parts(
    const std::vector<std::pair<std::string, std::string>>& sheets,
    const std::string& main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    const std::string& links =
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships") {
  std::string list, relations;
  Parts parts;
  for (std::size_t n = 0; n < sheets.size(); ++n) {
    const auto id = std::to_string(n + 1);
    list += "<sheet name=\"" + escape_xml(sheets[n].first) + "\" sheetId=\"" + id + "\" r:id=\"r" +
            id + "\"/>";
    relations += "<Relationship Id=\"r" + id + "\" Type=\"" + links +
                 "/worksheet\" Target=\"worksheets/sheet" + id + ".xml\"/>";
    parts.emplace_back("xl/worksheets/sheet" + id + ".xml",
                       "<worksheet xmlns=\"" + main + "\">" + sheets[n].second + "</worksheet>");
  }
  relations += "<Relationship Id=\"s\" Type=\"" + links +
               "/sharedStrings\" Target=\"sharedStrings.xml\"/>"
               "<Relationship Id=\"t\" Type=\"" +
               links + "/styles\" Target=\"styles.xml\"/>";
  parts.insert(parts.begin(),
               {{"[Content_Types].xml", "<Types/>"},
                {"xl/workbook.xml", "<workbook xmlns=\"" + main + "\" xmlns:r=\"" + links +
                                        "\"><sheets>" + list + "</sheets></workbook>"},
                {"xl/_rels/workbook.xml.rels", "<Relationships>" + relations + "</Relationships>"},
                {"xl/styles.xml", "<styleSheet xmlns=\"" + main +
                                      "\"><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/>"
                                      "</cellXfs></styleSheet>"}});
  return parts;
}

inline std::string make_book(const std::vector<MadeSheet>& sheets) {
  std::vector<std::pair<std::string, std::string>> xml;
  for (const auto& made : sheets) xml.emplace_back(made.name, made_cells(made));
  auto parts = book_parts(xml);
  parts.emplace_back("xl/sharedStrings.xml", "<sst/>");
  return zip_parts(parts);
}

}  // namespace austral::made
