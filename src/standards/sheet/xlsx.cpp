// Workbooks for offices, written as their rows come: sheets of rows, and one that explains them.
#include <algorithm>
#include <cctype>

#include "base/catalogue.hpp"
#include "base/text.hpp"
#include "standards/sheet/table_writers.hpp"
#include "standards/sheet/xlsx_xml.hpp"
#include "standards/sheet/zip_stream.hpp"

namespace austral::sheet {
namespace {

constexpr std::size_t rows_of_excel = 1'048'576;
// A member's size is a 32-bit number for Excel; a sheet of long texts ends before its rows do.
constexpr std::uint64_t most_sheet_bytes = 4'000'000'000;
constexpr std::size_t rows_measured = 1000;  // enough to find a sensible width
constexpr std::size_t narrowest = 8, widest = 60;

std::size_t cell_width(const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell))
    return display_width(shorten(*text, 4 * widest));
  if (const auto* number = std::get_if<std::int64_t>(&cell))
    return group_digits(*number, "en").size();
  if (const auto* decimal = std::get_if<Decimal>(&cell)) return to_string(*decimal).size() * 4 / 3;
  return 0;
}

std::string sheet_name(const std::string& name) {
  constexpr std::size_t longest = 25;  // of 31: a number may follow
  const auto is_usable = [](char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || c == '_'; };
  const bool usable = !name.empty() && name.size() <= longest && name != "about" &&
                      std::all_of(name.begin(), name.end(), is_usable);
  return usable ? name : "Data";
}

class XlsxWriter : public TableWriter {
 public:
  XlsxWriter(Table head, const WriteOptions& options)
      : head_(std::move(head)),
        right_to_left_(options.language.starts_with("ar")),
        words_(get_language(options.language)) {
    add_part("[Content_Types].xml", content_types_xml());
    add_part("_rels/.rels", package_links_xml());
    add_part("docProps/core.xml", core_xml(head_.title));
    add_part("xl/styles.xml", styles_xml());
  }

  std::string write(const std::vector<std::vector<Cell>>& rows) override {
    begin(rows);
    for (const auto& row : rows) {
      if (row_ >= rows_of_excel || zip_.written() + xml_.size() > most_sheet_bytes) {
        end_rows();
        begin_rows();
      }
      xml_ += "<row r=\"" + std::to_string(row_ + 1) + "\">";
      for (std::size_t i = 0; i < row.size(); ++i)
        append_cell(xml_, row_, i, row[i], head_.columns[i].kind, digits_[i]);
      xml_ += "</row>";
      ++row_;
      ++count_;
      if (xml_.size() > 65536) pour();
    }
    return zip_.take();
  }

  std::string finish() override {
    begin({});
    end_rows();
    write_about();
    add_part("xl/workbook.xml", workbook_xml(sheets_));
    add_part("xl/_rels/workbook.xml.rels", workbook_links_xml(sheets_.size()));
    zip_.finish();
    return zip_.take();
  }

 private:
  void add_part(const std::string& name, const std::string& xml) {
    zip_.open(name);
    zip_.write(xml);
    zip_.close();
  }

  void pour() {
    zip_.write(xml_);
    xml_.clear();
  }

  // Widths and digits are those of the first rows: a sheet says them before it says a row.
  void begin(const std::vector<std::vector<Cell>>& rows) {
    if (!sheets_.empty()) return;
    constexpr std::size_t filter_button = 3;
    for (std::size_t i = 0; i < head_.columns.size(); ++i) {
      std::size_t width = display_width(heading_of(head_.columns[i])) + filter_button;
      int digits = 0;
      for (std::size_t row = 0; row < rows.size(); ++row) {
        if (row < rows_measured) width = std::max(width, cell_width(rows[row][i]) + 1);
        if (const auto* decimal = std::get_if<Decimal>(&rows[row][i]))
          digits = std::max(digits, int(decimal->scale));
      }
      widths_.push_back(std::clamp(width, narrowest, widest));
      digits_.push_back(digits);
    }
    begin_rows();
  }

  void open_sheet(std::string name, bool header_frozen, const std::vector<std::size_t>& widths) {
    sheets_.push_back({std::move(name), ""});
    zip_.open("xl/worksheets/sheet" + std::to_string(sheets_.size()) + ".xml");
    xml_ = sheet_head(right_to_left_, sheets_.size() == 1, header_frozen, widths);
  }

  void begin_rows() {
    const std::string name = sheet_name(head_.name);
    open_sheet(sheets_.empty() ? name : name + "_" + std::to_string(sheets_.size() + 1), true,
               widths_);
    xml_ += "<row r=\"1\">";
    for (std::size_t i = 0; i < head_.columns.size(); ++i)
      append_words_cell(xml_, 0, i, heading_of(head_.columns[i]), bold_style);
    xml_ += "</row>";
    row_ = 1;
  }

  void end_rows() {
    xml_ += "</sheetData>";
    if (!head_.columns.empty()) {
      const std::string last = column_letters(head_.columns.size() - 1);
      xml_ += "<autoFilter ref=\"A1:" + last + std::to_string(row_) + "\"/>";
      sheets_.back().filtered = "$A$1:$" + last + "$" + std::to_string(row_);
    }
    close_sheet();
  }

  void close_sheet() {
    xml_ += "</worksheet>";
    pour();
    zip_.close();
  }

  void write_line(const std::vector<std::pair<std::string, int>>& cells) {
    xml_ += "<row r=\"" + std::to_string(row_ + 1) + "\">";
    for (std::size_t i = 0; i < cells.size(); ++i)
      append_words_cell(xml_, row_, i, cells[i].first, cells[i].second);
    xml_ += "</row>";
    ++row_;
  }

  void write_pair(const char* key, const std::string& text) {
    if (!text.empty())
      write_line({{words_.t(std::string("sheet.") + key), bold_style}, {text, plain_style}});
  }

  void write_about() {
    const std::size_t sheets = sheets_.size();
    open_sheet("About", false, {24, 24, 12, 80});
    row_ = 0;
    write_pair("title", head_.title);
    write_pair("definition", head_.definition);
    write_pair("query", head_.query);
    write_pair("query_url", head_.query_url);
    write_pair("source", head_.source);
    write_pair("licence", head_.licence);
    write_pair("revision", head_.revision);
    write_pair("made", head_.made);
    write_pair("rows", words_.t("sheet.rows_of",
                                {{"count", std::int64_t(count_)},
                                 {"total", std::int64_t(std::max(head_.total_rows, count_))}}));
    if (sheets > 1)
      write_pair("note", words_.t("sheet.several", {{"sheets", std::int64_t(sheets)}}));
    for (const auto& note : head_.notes) write_pair("note", note);
    write_pair("empty", words_.t("sheet.unknown"));
    ++row_;
    std::vector<std::pair<std::string, int>> headings;
    for (const char* key : {"column", "name", "unit", "definition"})
      headings.emplace_back(words_.t(std::string("sheet.") + key), bold_style);
    write_line(headings);
    for (const auto& column : head_.columns)
      write_line({{column.title, wrapped_style},
                  {column.name, wrapped_style},
                  {column.unit, wrapped_style},
                  {column.definition, wrapped_style}});
    xml_ += "</sheetData>";
    close_sheet();
  }

  Table head_;
  bool right_to_left_;
  const Language& words_;
  ZipStream zip_;
  std::string xml_;
  std::vector<SheetEntry> sheets_;
  std::vector<std::size_t> widths_;
  std::vector<int> digits_;
  std::size_t row_ = 0, count_ = 0;
};

}  // namespace

std::unique_ptr<TableWriter> open_xlsx(Table head, const WriteOptions& options) {
  return std::make_unique<XlsxWriter>(std::move(head), options);
}

}  // namespace austral::sheet
