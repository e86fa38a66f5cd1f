// Workbooks of Excel 5 to 2003 (BIFF): styles, shared texts, and the cells of each sheet.
#include <array>
#include <charconv>
#include <cstring>
#include <map>

#include "base/error.hpp"
#include "base/text.hpp"
#include "standards/sheet/biff_records.hpp"
#include "standards/sheet/cell_forms.hpp"
#include "standards/sheet/formats_in.hpp"
#include "standards/sheet/row_queue.hpp"
#include "standards/sheet/string_pool.hpp"

namespace austral::sheet {
namespace {

constexpr unsigned version_8 = 0x0600, version_5 = 0x0500;
constexpr std::size_t most_xls_sheets = 10'000, most_xls_styles = 100'000;

/// What the sheets of a workbook share.
struct XlsBook {
  std::shared_ptr<Spool> kept;
  std::unique_ptr<OleFile> file;
  std::string part;
  bool old = false, from_1904 = false;
  unsigned code_page = 1252;
  std::vector<SheetInfo> sheets;
  std::vector<std::uint64_t> places;
  std::vector<CellForm> forms;
  StringPool strings;
  CellFindings findings;
};

/// A binary number in the fewest decimal digits that mean it, then as spreadsheets show it.
std::string show_number(std::uint64_t bits) {
  double number = 0;
  std::memcpy(&number, &bits, sizeof number);
  char digits[400];
  const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
  return plain_number(std::string_view(digits, std::size_t(end - digits)));
}

/// A number in 30 bits. Source: [MS-XLS], section 2.5.217 (RkNumber).
std::string show_rk(std::uint32_t rk) {
  std::string out;
  if (rk & 2)
    out = std::to_string(std::int32_t(rk) >> 2);
  else
    out = show_number(std::uint64_t(rk & 0xFFFFFFFCu) << 32);
  return rk & 1 ? plain_number(out + "E-2") : out;
}

std::string name_error(unsigned code) {
  switch (code) {
    case 0x00: return "#NULL!";
    case 0x07: return "#DIV/0!";
    case 0x0F: return "#VALUE!";
    case 0x17: return "#REF!";
    case 0x1D: return "#NAME?";
    case 0x24: return "#NUM!";
    default: return "#N/A";
  }
}

void read_strings(XlsBook& book, BiffRecords& records) {
  std::uint32_t all = 0, different = 0;
  records.take(all, 4);
  records.take(different, 4);
  std::string text;
  for (std::uint32_t i = 0; i < different; ++i) {
    text.clear();
    const bool whole = records.take_counted(2, text);
    if (whole || !text.empty()) book.strings.append(text);
    if (whole) continue;
    book.findings.add(Severity::damage, "workbook.strings", "",
                      "the workbook's texts end too early; open the workbook and save it again");
    return;
  }
}

void read_globals(XlsBook& book, BiffRecords& records) {
  std::map<unsigned, CellForm> formats;
  while (records.next() && records.kind() != Biff::eof) {
    std::string text;
    const Biff kind = records.kind();
    if (kind == Biff::file_pass) {
      throw Error(Kind::invalid,
                  "the workbook is locked with a password; open it, save it without one, and give "
                  "that file");
    } else if (kind == Biff::date_mode) {
      book.from_1904 = records.number(0, 2) == 1;
    } else if (kind == Biff::code_page) {
      records.set_code_page(book.code_page = records.number(0, 2));
    } else if (kind == Biff::format) {
      records.move_to(2);
      records.take_counted(book.old ? 1 : 2, text);
      formats[records.number(0, 2)] = form_of_code(text);
    } else if (kind == Biff::cell_style && book.forms.size() < most_xls_styles) {
      const unsigned format = records.number(2, 2);
      const auto own = formats.find(format);
      book.forms.push_back(own != formats.end() ? own->second : form_of_builtin(format));
    } else if (kind == Biff::bound_sheet && book.sheets.size() < most_xls_sheets) {
      if (records.number(5, 1) != 0) continue;  // a chart or a macro
      records.move_to(6);
      records.take_counted(1, text);
      book.places.push_back(records.number(0, 4));
      book.sheets.push_back({text, (records.number(4, 1) & 3) != 0});
    } else if (kind == Biff::shared_strings) {
      read_strings(book, records);
    }
  }
}

std::unique_ptr<BiffRecords> open_records(const XlsBook& book) {
  auto records = std::make_unique<BiffRecords>(book.file->open(book.part));
  records->set_old(book.old);
  records->set_code_page(book.code_page);
  return records;
}

class XlsReader : public SheetReader {
 public:
  XlsReader(std::shared_ptr<const XlsBook> book, std::size_t sheet)
      : book_(std::move(book)),
        sheet_(book_->sheets.at(sheet).name),
        records_(open_records(*book_)) {
    records_->seek(book_->places[sheet]);
    ended_ = !records_->next() || records_->kind() != Biff::bof;
    if (ended_)
      found_.add(Severity::damage, "sheet.missing", sheet_,
                 "the workbook holds no cells of this sheet where it should; open the workbook "
                 "and save it again");
  }

  bool next(SheetRow& row) override {
    while (!ended_ && !has_done_) read_record();
    if (!has_done_) {
      finish_row();
      if (!has_done_) return false;
    }
    row = std::move(done_);
    has_done_ = false;
    return true;
  }
  const Findings& findings() const override { return found_.list(); }
  bool damaged() const override { return found_.has_damage(); }
  std::uint64_t bytes_read() const override { return bytes_; }
  const std::vector<SheetMerge>& merges() const override { return merged_; }

 private:
  void read_record();
  void read_cell(Biff kind);
  void read_formula();
  void add(SheetCell cell);
  void add_number(std::size_t column, std::string text, std::size_t style, bool formula);
  void move_to_row(std::uint64_t number);
  void finish_row();
  std::string place_of(std::size_t column) const { return name_cell(sheet_, column, row_.number); }
  std::uint64_t double_bits(std::size_t at) const {
    return records_->number(at, 4) | std::uint64_t(records_->number(at + 4, 4)) << 32;
  }

  std::shared_ptr<const XlsBook> book_;
  std::string sheet_;
  std::unique_ptr<BiffRecords> records_;
  CellFindings found_;
  SheetRow row_, done_;
  std::vector<SheetMerge> merged_;
  std::size_t row_bytes_ = 0;
  std::uint64_t bytes_ = 0;
  int depth_ = 1;  ///< of charts inside the sheet
  bool ended_ = false, has_done_ = false, text_follows_ = false;
};

void XlsReader::finish_row() {
  text_follows_ = false;
  if (row_.cells.empty()) return;
  settle_row(row_, sheet_, found_);
  done_ = std::move(row_);
  has_done_ = true;
  row_ = {};
  row_bytes_ = 0;
}

void XlsReader::move_to_row(std::uint64_t number) {
  if (row_.number == number) return;
  if (number < row_.number)
    found_.add(Severity::warning, "row.order", name_cell(sheet_, 0, number),
               "the row stands behind a later one in the file, or twice; it was read where it "
               "stands");
  finish_row();
  row_.number = number;
}

void XlsReader::add(SheetCell cell) {
  if (cell.text.empty()) return;
  if (row_bytes_ += cell.text.size(); row_bytes_ > longest_row)
    return tell_cut(found_, place_of(cell.column));
  if (cell.formula) tell_formula(found_, place_of(cell.column));
  row_.cells.push_back(std::move(cell));
}

void XlsReader::add_number(std::size_t column, std::string text, std::size_t style, bool formula) {
  SheetCell cell{column, CellKind::number, std::move(text)};
  cell.formula = formula;
  if (cell.text.empty()) {
    cell.kind = CellKind::fault;
    cell.text = "#NUM!";
    tell_fault(found_, place_of(column), cell.text);
  } else if (style < book_->forms.size()) {
    const auto oddity = show_as(cell, book_->forms[style], book_->from_1904);
    if (!oddity.rule.empty())
      found_.add(Severity::warning, oddity.rule, place_of(column), oddity.message);
  }
  add(std::move(cell));
}

void XlsReader::read_formula() {
  const std::size_t column = records_->number(2, 2);
  const std::size_t style = records_->number(4, 2);
  if (records_->number(12, 2) != 0xFFFF)
    return add_number(column, show_number(double_bits(6)), style, true);
  SheetCell cell{column, CellKind::words};
  cell.formula = true;
  const unsigned kind = records_->number(6, 1), value = records_->number(8, 1);
  if (kind == 0) {
    cell.text = " ";  // stands in the record that follows
    const std::size_t before = row_.cells.size();
    add(std::move(cell));
    text_follows_ = row_.cells.size() > before;
    return;
  } else if (kind == 1) {
    cell.kind = CellKind::truth;
    cell.text = value ? "true" : "false";
  } else if (kind == 2) {
    cell.kind = CellKind::fault;
    cell.text = name_error(value);
    tell_fault(found_, place_of(column), cell.text);
  }
  add(std::move(cell));
}

void XlsReader::read_cell(Biff kind) {
  auto& records = *records_;
  move_to_row(std::uint64_t(records.number(0, 2)) + 1);
  const std::size_t column = records.number(2, 2), style = records.number(4, 2);
  SheetCell cell{column, CellKind::words};
  if (kind == Biff::number) {
    add_number(column, show_number(double_bits(6)), style, false);
  } else if (kind == Biff::rk) {
    add_number(column, show_rk(records.number(6, 4)), style, false);
  } else if (kind == Biff::many_rk) {
    for (std::size_t i = 0; 4 + 6 * i + 8 <= records.bytes().size(); ++i)
      add_number(column + i, show_rk(records.number(6 + 6 * i, 4)), records.number(4 + 6 * i, 2),
                 false);
  } else if (kind == Biff::label_shared) {
    const std::uint32_t index = records.number(6, 4);
    if (index < book_->strings.size()) {
      book_->strings.read(index, cell.text);
    } else {
      cell.kind = CellKind::fault;
      cell.text = "#" + std::to_string(index);
      found_.add(Severity::error, "cell.string", place_of(column),
                 "the cell's text is missing: it points to a shared text that the workbook does "
                 "not have. Open the workbook, enter the text and save it again");
    }
    add(std::move(cell));
  } else if (kind == Biff::label || kind == Biff::rich_string) {
    records.move_to(6);
    records.take_counted(2, cell.text);
    add(std::move(cell));
  } else if (kind == Biff::truth_or_error) {
    const unsigned value = records.number(6, 1);
    const bool fault = records.number(7, 1) != 0;
    cell.kind = fault ? CellKind::fault : CellKind::truth;
    cell.text = fault ? name_error(value) : value ? "true" : "false";
    if (fault) tell_fault(found_, place_of(column), cell.text);
    add(std::move(cell));
  } else if (kind == Biff::formula) {
    read_formula();
  }
}

void XlsReader::read_record() {
  if (!records_->next()) {
    ended_ = true;
    found_.add(Severity::damage, "workbook.damaged", sheet_,
               "the sheet ends too early: the file was cut off; fetch or save it again");
    return;
  }
  auto& records = *records_;
  bytes_ += records.bytes().size() + 4;
  const Biff kind = records.kind();
  if (kind == Biff::bof) ++depth_;
  if (kind == Biff::eof && --depth_ == 0) ended_ = true;
  if (depth_ != 1) return;
  switch (kind) {
    case Biff::number:
    case Biff::rk:
    case Biff::many_rk:
    case Biff::label_shared:
    case Biff::label:
    case Biff::rich_string:
    case Biff::truth_or_error:
    case Biff::formula: return read_cell(kind);
    case Biff::string:
      if (!text_follows_) return;
      records.take_counted(2, row_.cells.back().text);
      if (row_.cells.back().text.empty()) row_.cells.pop_back();
      text_follows_ = false;
      return;
    case Biff::row:
      if (records.number(12, 4) & 0x20)
        tell_hidden_row(found_, name_cell(sheet_, 0, records.number(0, 2) + 1));
      return;
    case Biff::column_info:
      if (records.number(8, 2) & 1)
        tell_hidden_column(found_, name_cell(sheet_, records.number(0, 2), 1));
      return;
    case Biff::merged_cells:
      for (std::size_t i = 0; 2 + 8 * i + 8 <= records.bytes().size(); ++i) {
        const SheetMerge one{records.number(6 + 8 * i, 2), records.number(8 + 8 * i, 2),
                             records.number(2 + 8 * i, 2) + 1ull,
                             records.number(4 + 8 * i, 2) + 1ull};
        tell_merged(found_, name_cell(sheet_, one.column, one.row));
        if (merged_.size() < most_merges) merged_.push_back(one);
      }
      return;
    default: return;
  }
}

class XlsWorkbook : public Workbook {
 public:
  explicit XlsWorkbook(std::shared_ptr<XlsBook> book) : book_(std::move(book)) {}
  std::string format() const override { return "xls"; }
  const std::vector<SheetInfo>& sheets() const override { return book_->sheets; }
  const Findings& findings() const override { return book_->findings.list(); }
  std::unique_ptr<SheetReader> open(std::size_t sheet) override {
    return std::make_unique<XlsReader>(book_, sheet);
  }

 private:
  std::shared_ptr<XlsBook> book_;
};

}  // namespace

std::unique_ptr<Workbook> open_xls(const std::string& path, std::shared_ptr<Spool> kept) {
  auto book = std::make_shared<XlsBook>();
  book->kept = std::move(kept);
  book->file = std::make_unique<OleFile>(path);
  if (book->file->has("EncryptedPackage"))
    throw Error(Kind::invalid,
                "the workbook is locked with a password; open it, save it without one, and give "
                "that file");
  for (const char* part : {"Workbook", "Book", "WORKBOOK", "BOOK"})
    if (book->part.empty() && book->file->has(part)) book->part = part;
  if (book->part.empty())
    throw Error(Kind::invalid, book->file->has("WordDocument")
                                   ? "the file is a Word document, which is no table"
                                   : "the file is an old Office file without a workbook in it");
  const auto records = open_records(*book);
  const bool begins = records->next() && records->kind() == Biff::bof;
  const unsigned version = begins ? records->number(0, 2) : 0;
  if (version != version_8 && version != version_5)
    throw Error(Kind::invalid,
                "the workbook is older than Excel 5, or damaged; open it in a spreadsheet program "
                "and save it as .xlsx");
  book->old = version == version_5;
  records->set_old(book->old);
  read_globals(*book, *records);
  if (book->sheets.empty())
    throw Error(Kind::invalid, "the workbook has no sheet that can be read");
  for (const auto& sheet : book->sheets)
    if (sheet.hidden)
      book->findings.add(Severity::remark, "sheet.hidden", sheet.name,
                         "the sheet is hidden in the workbook");
  return std::make_unique<XlsWorkbook>(std::move(book));
}

}  // namespace austral::sheet
