// The cells of one sheet of Office Open XML, row by row as the part is unpacked.
#include <charconv>
#include <deque>

#include "base/error.hpp"
#include "base/text.hpp"
#include "standards/sheet/row_queue.hpp"
#include "standards/sheet/xlsx_book.hpp"
#include "standards/sheet/xml_feed.hpp"

namespace austral::sheet {
namespace {

constexpr std::uint64_t merges_named = 1'000;

/// `B7` as column from 0 and row from 1; false when it is no such name.
bool read_place(std::string_view text, std::size_t& column, std::uint64_t& row) {
  std::size_t letters = 0, i = 0;
  for (; i < text.size() && i < 4; ++i) {
    const char c = text[i] >= 'a' && text[i] <= 'z' ? char(text[i] - 32) : text[i];
    if (c < 'A' || c > 'Z') break;
    letters = letters * 26 + std::size_t(c - 'A' + 1);
  }
  if (letters == 0) return false;
  const auto [end, error] = std::from_chars(text.data() + i, text.data() + text.size(), row);
  column = letters - 1;
  return error == std::errc() && end == text.data() + text.size();
}

std::uint64_t count_of(std::string_view text) {
  std::uint64_t out = 0;
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}

/// Turns the events of one sheet's part into rows.
class SheetFeed : public XmlFeed {
 public:
  SheetFeed(const std::shared_ptr<XlsxBook>& book, const Archive& archive, int member,
            std::string sheet, CellFindings& findings)
      : XmlFeed(archive.read(std::size_t(member)), archive.members()[std::size_t(member)].name),
        book_(*book),
        sheet_(std::move(sheet)),
        found_(findings) {}

  std::deque<SheetRow> ready;
  std::vector<SheetMerge> merged;

 protected:
  void on_start(std::string_view name, const char** attributes) override;
  void on_end(std::string_view name) override;
  void on_text(std::string_view bytes) override;

 private:
  void begin_row(const char** attributes);
  void begin_cell(const char** attributes);
  void end_cell();
  void end_row();
  void place_cell(std::string_view place);
  void read_shared();
  void read_number();
  void note_merge(std::string_view range);
  std::string here() const { return name_cell(sheet_, cell_.column, row_.number); }

  const XlsxBook& book_;
  std::string sheet_;
  CellFindings& found_;
  SheetRow row_;
  SheetCell cell_;
  std::string value_, inline_;
  std::string type_;
  std::size_t style_ = 0, next_column_ = 0, row_bytes_ = 0;
  std::uint64_t last_row_ = 0, merges_ = 0;
  bool in_data_ = false, in_cell_ = false, has_value_ = false, sorted_ = true, phonetic_ = false;
  std::string* wanted_ = nullptr;
};

void SheetFeed::on_start(std::string_view name, const char** attributes) {
  wanted_ = nullptr;
  if (in_cell_) {
    if (name == "v") {
      wanted_ = &value_;
      has_value_ = true;
    } else if (name == "t") {
      if (!phonetic_) wanted_ = &inline_;
    } else if (name == "f") {
      cell_.formula = true;
    } else if (name == "rPh") {
      phonetic_ = true;
    }
  } else if (in_data_) {
    if (name == "c")
      begin_cell(attributes);
    else if (name == "row")
      begin_row(attributes);
  } else if (name == "sheetData") {
    in_data_ = true;
  } else if (name == "mergeCell") {
    note_merge(attribute(attributes, "ref"));
  } else if (name == "col" && attribute(attributes, "hidden") == "1") {
    const std::uint64_t first = count_of(attribute(attributes, "min"));
    if (first >= 1 && first <= widest_sheet)
      tell_hidden_column(found_, name_cell(sheet_, std::size_t(first) - 1, 1));
  }
}

void SheetFeed::on_end(std::string_view name) {
  wanted_ = nullptr;
  if (in_cell_) {
    if (name == "c") end_cell();
    if (name == "rPh") phonetic_ = false;
  } else if (in_data_) {
    if (name == "row")
      end_row();
    else if (name == "sheetData")
      in_data_ = false;
  }
}

void SheetFeed::on_text(std::string_view bytes) {
  if (!wanted_ || append_within(*wanted_, bytes, row_bytes_)) return;
  tell_cut(found_, here());
  wanted_ = nullptr;
}

void SheetFeed::begin_row(const char** attributes) {
  const std::string_view number = attribute(attributes, "r");
  row_.number = number.empty() ? last_row_ + 1 : count_of(number);
  row_.cells.clear();
  next_column_ = row_bytes_ = 0;
  sorted_ = true;
  if (row_.number == 0 || row_.number > longest_sheet)
    found_.add(Severity::warning, "row.range", name_cell(sheet_, 0, row_.number),
               "a sheet has 1,048,576 rows; this row's number lies outside. It was read");
  else if (row_.number <= last_row_)
    found_.add(Severity::warning, "row.order", name_cell(sheet_, 0, row_.number),
               "the row stands behind a later one in the file, or twice; it was read where it "
               "stands");
  last_row_ = row_.number;
  if (attribute(attributes, "hidden") == "1")
    tell_hidden_row(found_, name_cell(sheet_, 0, row_.number));
}

void SheetFeed::place_cell(std::string_view place) {
  std::uint64_t row = row_.number;
  cell_.column = next_column_;
  if (!place.empty() && (!read_place(place, cell_.column, row) || row != row_.number)) {
    cell_.column = next_column_;
    found_.add(Severity::warning, "cell.place", here(),
               "the cell calls itself " + shorten(place, 20) +
                   ", which is no place in its row; it was read here");
  }
  if (cell_.column < next_column_) sorted_ = false;
  next_column_ = cell_.column + 1;
}

void SheetFeed::begin_cell(const char** attributes) {
  cell_ = {};
  value_.clear(), inline_.clear(), type_.clear();
  style_ = 0;
  in_cell_ = true;
  has_value_ = phonetic_ = false;
  std::string_view place;
  for (; *attributes; attributes += 2) {
    const std::string_view key = attributes[0];
    if (key == "r") place = attributes[1];
    if (key == "t") type_ = attributes[1];
    if (key == "s") style_ = std::size_t(count_of(attributes[1]));
  }
  place_cell(place);
}

void SheetFeed::read_shared() {
  std::uint64_t number = 0;
  const std::string_view digits = trim(value_);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error == std::errc() && end == digits.data() + digits.size() &&
      number < book_.strings->size()) {
    book_.strings->read(number, cell_.text);
    return;
  }
  cell_.kind = CellKind::fault;
  cell_.text = "#" + shorten(digits, 30);
  found_.add(Severity::error, "cell.string", here(),
             "the cell's text is missing: it points to a shared text that the workbook does not "
             "have. Open the workbook, enter the text and save it again");
}

void SheetFeed::read_number() {
  cell_.text = plain_number(value_);
  if (cell_.text.empty()) {
    cell_.text = value_;
    if (!trim(value_).empty())
      found_.add(Severity::warning, "cell.number", here(),
                 "the cell should hold a number and holds " + shorten(value_, 40) +
                     "; it was read as words");
    return;
  }
  cell_.kind = CellKind::number;
  if (style_ >= book_.forms.size()) return;
  const auto oddity = show_as(cell_, book_.forms[style_], book_.from_1904);
  if (!oddity.rule.empty()) found_.add(Severity::warning, oddity.rule, here(), oddity.message);
}

void SheetFeed::end_cell() {
  in_cell_ = false;
  if (cell_.formula && !has_value_) tell_empty_formula(found_, here());
  if (type_.empty() || type_ == "n") {
    if (has_value_) read_number();
  } else if (type_ == "s") {
    if (has_value_) read_shared();
  } else if (type_ == "inlineStr" || type_ == "str") {
    cell_.text = type_ == "str" || inline_.empty() ? value_ : inline_;
    decode_escapes(cell_.text);
  } else if (type_ == "b") {
    const std::string_view value = trim(value_);
    cell_.kind = CellKind::truth;
    if (has_value_) cell_.text = value == "1" || value == "true" ? "true" : "false";
  } else if (type_ == "e") {
    cell_.kind = CellKind::fault;
    cell_.text = value_;
    tell_fault(found_, here(), value_);
  } else if (type_ == "d") {
    show_iso_date(cell_, value_);
  } else {
    cell_.text = inline_.empty() ? value_ : inline_;
    found_.add(Severity::warning, "cell.type", here(),
               "the cell is of a kind that workbooks do not have (" + shorten(type_, 20) +
                   "); it was read as words");
  }
  if (cell_.text.empty()) return;
  if (cell_.formula) tell_formula(found_, here());
  if (cell_.column >= widest_sheet)
    found_.add(Severity::warning, "column.range", here(),
               "a sheet has 16,384 columns; this cell lies outside. It was read");
  row_.cells.push_back(std::move(cell_));
}

void SheetFeed::end_row() {
  if (row_.cells.empty()) return;
  if (!sorted_) settle_row(row_, sheet_, found_);
  ready.push_back(std::move(row_));
  row_ = {};
}

void SheetFeed::note_merge(std::string_view range) {
  const bool named = ++merges_ <= merges_named;
  const std::string first = shorten(range.substr(0, range.find(':')), 12);
  tell_merged(found_, named ? sheet_ + '!' + first : "");
  const auto colon = range.find(':');
  SheetMerge one;
  if (merged.size() < most_merges && colon != std::string_view::npos &&
      read_place(range.substr(0, colon), one.column, one.row) &&
      read_place(range.substr(colon + 1), one.last_column, one.last_row))
    merged.push_back(one);
}

class XlsxReader : public SheetReader {
 public:
  XlsxReader(std::shared_ptr<XlsxBook> book, const Archive& archive, std::size_t sheet)
      : book_(std::move(book)) {
    const int member = archive.find(book_->parts.at(sheet));
    const std::string& name = book_->sheets[sheet].name;
    if (member >= 0)
      feed_ = std::make_unique<SheetFeed>(book_, archive, member, name, findings_);
    else
      findings_.add(Severity::damage, "sheet.missing", name,
                    "the workbook holds no cells of this sheet");
  }

  bool next(SheetRow& row) override {
    if (!feed_) return false;
    while (feed_->ready.empty()) {
      if (feed_->step()) continue;
      if (feed_->damage() && !told_) findings_.add(*feed_->damage());
      told_ = true;
      if (feed_->ready.empty()) return false;
    }
    row = std::move(feed_->ready.front());
    feed_->ready.pop_front();
    return true;
  }
  const Findings& findings() const override { return findings_.list(); }
  bool damaged() const override { return findings_.has_damage(); }
  std::uint64_t bytes_read() const override { return feed_ ? feed_->bytes_read() : 0; }
  const std::vector<SheetMerge>& merges() const override {
    return feed_ ? feed_->merged : SheetReader::merges();
  }

 private:
  std::shared_ptr<XlsxBook> book_;
  CellFindings findings_;
  std::unique_ptr<SheetFeed> feed_;
  bool told_ = false;
};

}  // namespace

std::unique_ptr<SheetReader> make_xlsx_reader(const std::shared_ptr<XlsxBook>& book,
                                              const Archive& archive, std::size_t sheet) {
  return std::make_unique<XlsxReader>(book, archive, sheet);
}

}  // namespace austral::sheet
