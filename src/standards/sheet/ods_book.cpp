// OpenDocument spreadsheets: one part with all sheets, rows and cells written once and repeated.
#include <algorithm>
#include <charconv>
#include <deque>

#include "base/error.hpp"
#include "base/text.hpp"
#include "standards/sheet/cell_forms.hpp"
#include "standards/sheet/formats_in.hpp"
#include "standards/sheet/row_queue.hpp"
#include "standards/sheet/xml_feed.hpp"

namespace austral::sheet {
namespace {

constexpr std::size_t most_tables = 10'000;
// Repeated cells with a value beyond the first of each; a small file could name them by billions.
constexpr std::uint64_t most_repeated = 20'000'000;

std::uint64_t repeats_of(const char** attributes, std::string_view name) {
  const std::string_view text = XmlFeed::attribute(attributes, name);
  std::uint64_t out = 1;
  if (!text.empty()) std::from_chars(text.data(), text.data() + text.size(), out);
  return std::clamp<std::uint64_t>(out, 1, std::uint64_t(1) << 32);
}

/// The names of the sheets and whether their style hides them.
class TableList : public XmlFeed {
 public:
  TableList(const Archive& archive, int member, std::vector<SheetInfo>& sheets)
      : XmlFeed(archive.read(std::size_t(member)), "content.xml"), sheets_(sheets) {}

 protected:
  void on_start(std::string_view name, const char** attributes) override {
    if (name == "style" && hidden_.size() < most_tables) {
      style_ = attribute(attributes, "style:name");
    } else if (name == "table-properties" && attribute(attributes, "table:display") == "false") {
      hidden_.push_back(style_);
    } else if (name == "table" && depth_++ == 0 && sheets_.size() < most_tables) {
      const std::string_view style = attribute(attributes, "table:style-name");
      const bool hidden = std::find(hidden_.begin(), hidden_.end(), style) != hidden_.end();
      sheets_.push_back({std::string(attribute(attributes, "table:name")), hidden});
    }
  }
  void on_end(std::string_view name) override { depth_ -= name == "table"; }

 private:
  std::vector<SheetInfo>& sheets_;
  std::vector<std::string> hidden_;
  std::string style_;
  int depth_ = 0;
};

/// Turns the events of one table into rows; a repeated row stands once in `ready`.
class TableFeed : public XmlFeed {
 public:
  TableFeed(const Archive& archive, int member, std::size_t table, std::string sheet,
            CellFindings& found)
      : XmlFeed(archive.read(std::size_t(member)), "content.xml"),
        wanted_table_(table),
        sheet_(std::move(sheet)),
        found_(found) {}

  struct Repeated {
    SheetRow row;
    std::uint64_t times;
  };
  std::deque<Repeated> ready;
  std::vector<SheetMerge> merged;

 protected:
  void on_start(std::string_view name, const char** attributes) override;
  void on_end(std::string_view name) override;
  void on_text(std::string_view bytes) override;

 private:
  void begin_row(const char** attributes);
  void begin_cell(const char** attributes, bool covered);
  void begin_text(std::string_view name, const char** attributes);
  void end_cell();
  void end_row();
  void fill_cell();
  void add_words(std::string_view bytes);
  std::string here() const { return name_cell(sheet_, column_, row_.number); }

  std::size_t wanted_table_, tables_ = 0;
  std::string sheet_;
  CellFindings& found_;
  int table_depth_ = 0, skipped_ = 0, paragraphs_ = 0;
  bool inside_ = false, in_cell_ = false, in_text_ = false, covered_ = false;
  SheetRow row_;
  SheetCell cell_;
  std::string type_, value_, text_;
  std::uint64_t row_times_ = 1, cell_times_ = 1, repeated_ = 0;
  std::size_t column_ = 0, columns_ = 0, row_bytes_ = 0;
};

void TableFeed::on_start(std::string_view name, const char** attributes) {
  if (name == "table") {
    if (table_depth_++ == 0) inside_ = tables_++ == wanted_table_;
    return;
  }
  if (!inside_ || table_depth_ != 1) return;
  if (skipped_ > 0 || name == "annotation" || name == "shapes" || name == "frame" ||
      name == "custom-shape") {
    ++skipped_;
  } else if (in_cell_) {
    begin_text(name, attributes);
  } else if (name == "table-row") {
    begin_row(attributes);
  } else if (name == "table-cell" || name == "covered-table-cell") {
    begin_cell(attributes, name != "table-cell");
  } else if (name == "table-column") {
    const auto times = repeats_of(attributes, "table:number-columns-repeated");
    const std::string_view visible = attribute(attributes, "table:visibility");
    if (visible == "collapse" || visible == "filter")
      tell_hidden_column(found_, name_cell(sheet_, std::min(columns_, widest_sheet), 1));
    columns_ += std::size_t(std::min<std::uint64_t>(times, widest_sheet));
  }
}

void TableFeed::begin_text(std::string_view name, const char** attributes) {
  if (name == "p" || name == "h") {
    if (paragraphs_++ > 0) add_words("\n");
    in_text_ = true;
  } else if (name == "s") {
    const auto spaces = std::min<std::uint64_t>(repeats_of(attributes, "text:c"), 32'767);
    add_words(std::string(std::size_t(spaces), ' '));
  } else if (name == "tab") {
    add_words("\t");
  } else if (name == "line-break") {
    add_words("\n");
  }
}

void TableFeed::on_end(std::string_view name) {
  if (name == "table") {
    if (--table_depth_ == 0 && inside_) stop();
    return;
  }
  if (!inside_ || table_depth_ != 1) return;
  if (skipped_ > 0) {
    --skipped_;
  } else if (name == "p" || name == "h") {
    in_text_ = false;
  } else if (name == "table-cell" || name == "covered-table-cell") {
    if (in_cell_) end_cell();
  } else if (name == "table-row") {
    end_row();
  }
}

void TableFeed::add_words(std::string_view bytes) {
  if (append_within(text_, bytes, row_bytes_)) return;
  tell_cut(found_, here());
  in_text_ = false;
}

void TableFeed::on_text(std::string_view bytes) {
  if (!in_text_ || skipped_ > 0 || !inside_) return;
  // White space of the XML counts as one space. Source: ODF 1.3 part 3, 6.1.2.
  std::string words;
  for (const char c : bytes) {
    const bool space = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    const char before = !words.empty() ? words.back() : text_.empty() ? '\n' : text_.back();
    if (!space)
      words += c;
    else if (before != ' ' && before != '\n')
      words += ' ';
  }
  add_words(words);
}

void TableFeed::begin_row(const char** attributes) {
  row_.number += row_times_;
  row_times_ = repeats_of(attributes, "table:number-rows-repeated");
  row_.cells.clear();
  column_ = row_bytes_ = 0;
  const std::string_view visible = attribute(attributes, "table:visibility");
  if (visible == "collapse" || visible == "filter")
    tell_hidden_row(found_, name_cell(sheet_, 0, row_.number));
}

void TableFeed::begin_cell(const char** attributes, bool covered) {
  cell_ = {};
  type_.clear(), value_.clear(), text_.clear();
  in_cell_ = true;
  covered_ = covered;
  paragraphs_ = 0;
  cell_times_ = 1;
  SheetMerge merge{column_, column_, row_.number, row_.number};
  for (const char** at = attributes; *at; at += 2) {
    const std::string_view key = at[0];
    if (key == "office:value-type") {
      if (type_ != "error") type_ = at[1];
    } else if (key == "calcext:value-type" && std::string_view(at[1]) == "error") {
      type_ = "error";
    } else if (key == "office:value" || key == "office:date-value" ||
               key == "office:boolean-value" || key == "office:string-value") {
      value_ = at[1];
    } else if (key == "table:formula") {
      cell_.formula = true;
    } else if (key == "table:number-columns-repeated") {
      cell_times_ = repeats_of(attributes, key);
    } else if (key == "table:number-columns-spanned") {
      merge.last_column += std::size_t(repeats_of(attributes, key)) - 1;
    } else if (key == "table:number-rows-spanned") {
      merge.last_row += repeats_of(attributes, key) - 1;
    }
  }
  if (merge.last_column == merge.column && merge.last_row == merge.row) return;
  tell_merged(found_, here());
  if (merged.size() < most_merges) merged.push_back(merge);
}

void TableFeed::fill_cell() {
  if (type_ == "float" || type_ == "percentage" || type_ == "currency") {
    cell_.text = plain_number(value_);
    cell_.kind = CellKind::number;
    if (!cell_.text.empty()) return;
    cell_.kind = CellKind::words;
    cell_.text = text_.empty() ? value_ : text_;
    found_.add(Severity::warning, "cell.number", here(),
               "the cell should hold a number and holds " + shorten(cell_.text, 40) +
                   "; it was read as words");
  } else if (type_ == "date") {
    show_iso_date(cell_, value_);
  } else if (type_ == "boolean") {
    cell_.kind = CellKind::truth;
    cell_.text = value_ == "true" ? "true" : "false";
  } else if (type_ == "error") {
    cell_.kind = CellKind::fault;
    cell_.text = text_;
    tell_fault(found_, here(), text_);
  } else {
    cell_.text = text_.empty() ? value_ : text_;
  }
}

void TableFeed::end_cell() {
  in_cell_ = in_text_ = false;
  fill_cell();
  if (cell_.formula && type_.empty() && cell_.text.empty()) tell_empty_formula(found_, here());
  if (!cell_.text.empty()) {
    if (cell_.formula) tell_formula(found_, here());
    if (covered_)
      found_.add(Severity::warning, "cell.covered", here(),
                 "the cell lies under merged cells and holds a value that nobody sees; it was "
                 "read");
    repeated_ += cell_times_ - 1;
    if (column_ + cell_times_ > widest_sheet || repeated_ > most_repeated) {
      found_.add(Severity::damage, "cell.repeated", here(),
                 "a value is repeated beyond what a sheet holds; it was read once. Open the "
                 "workbook and save it again");
      cell_times_ = 1;
    }
    for (std::uint64_t i = 0; i < cell_times_; ++i) {
      cell_.column = column_ + std::size_t(i);
      row_bytes_ += cell_.text.size();
      if (row_bytes_ > 2 * longest_row) break;
      row_.cells.push_back(cell_);
    }
  }
  column_ += std::size_t(std::min<std::uint64_t>(cell_times_, longest_sheet));
}

void TableFeed::end_row() {
  if (row_.cells.empty()) return;
  std::uint64_t times = row_times_;
  const std::uint64_t more = (times - 1) * row_.cells.size();
  if (times > longest_sheet || row_.number + times - 1 > longest_sheet ||
      repeated_ + more > most_repeated) {
    found_.add(Severity::damage, "row.repeated", name_cell(sheet_, 0, row_.number),
               "a row with values is repeated beyond what a sheet holds; it was read once. Open "
               "the workbook and save it again");
    times = 1;
  } else {
    repeated_ += more;
  }
  const std::uint64_t number = row_.number;
  ready.push_back({std::move(row_), times});
  row_ = {};
  row_.number = number;
}

class OdsReader : public SheetReader {
 public:
  OdsReader(const Archive& archive, int member, std::size_t table, const std::string& sheet)
      : feed_(archive, member, table, sheet, findings_) {}

  bool next(SheetRow& row) override {
    while (feed_.ready.empty()) {
      if (feed_.step()) continue;
      if (feed_.damage() && !told_) findings_.add(*feed_.damage());
      told_ = true;
      if (feed_.ready.empty()) return false;
    }
    auto& front = feed_.ready.front();
    if (--front.times == 0) {
      row = std::move(front.row);
      feed_.ready.pop_front();
    } else {
      row = front.row;
      ++front.row.number;
    }
    return true;
  }
  const Findings& findings() const override { return findings_.list(); }
  bool damaged() const override { return findings_.has_damage(); }
  std::uint64_t bytes_read() const override { return feed_.bytes_read(); }
  const std::vector<SheetMerge>& merges() const override { return feed_.merged; }

 private:
  CellFindings findings_;
  TableFeed feed_;
  bool told_ = false;
};

class OdsBook : public Workbook {
 public:
  OdsBook(const std::string& path, std::shared_ptr<Spool> kept)
      : kept_(std::move(kept)), archive_(path), member_(archive_.find("content.xml")) {
    const int manifest = archive_.find("META-INF/manifest.xml");
    if (manifest >= 0 && read_whole(*archive_.read(std::size_t(manifest)), 16 << 20, "the manifest")
                                 .find("encryption-data") != std::string::npos)
      throw Error(Kind::invalid,
                  "the workbook is locked with a password; open it, save it without one, and give "
                  "that file");
    if (member_ < 0)
      throw Error(Kind::invalid, "the OpenDocument file has no content.xml; save it again");
    TableList list(archive_, member_, sheets_);
    list.run();
    if (list.damage()) findings_.add(*list.damage());
    if (sheets_.empty())
      throw Error(Kind::invalid,
                  list.damage() ? list.damage()->message : "the OpenDocument file has no sheet");
    for (const auto& sheet : sheets_)
      if (sheet.hidden)
        findings_.add(Severity::remark, "sheet.hidden", sheet.name,
                      "the sheet is hidden in the workbook");
  }
  std::string format() const override { return "ods"; }
  const std::vector<SheetInfo>& sheets() const override { return sheets_; }
  const Findings& findings() const override { return findings_.list(); }
  std::unique_ptr<SheetReader> open(std::size_t sheet) override {
    return std::make_unique<OdsReader>(archive_, member_, sheet, sheets_.at(sheet).name);
  }

 private:
  std::shared_ptr<Spool> kept_;
  Archive archive_;
  int member_;
  std::vector<SheetInfo> sheets_;
  CellFindings findings_;
};

}  // namespace

std::unique_ptr<Workbook> open_ods(const std::string& path, std::shared_ptr<Spool> kept) {
  return std::make_unique<OdsBook>(path, std::move(kept));
}

}  // namespace austral::sheet
