// Workbooks for offices, by libxlsxwriter in constant memory.
#include <unicode/utf8.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/date.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "standards/sheet/table_writers.hpp"

namespace austral::sheet {
namespace {

constexpr std::size_t most_rows = LXW_ROW_MAX - 1;  // below the header
constexpr std::size_t most_units = 32767;           // UTF-16 units in a cell
constexpr std::size_t rows_measured = 1000;         // enough to find a sensible width
constexpr std::size_t narrowest = 8, widest = 60;

// A file name of our own in the folder for temporary files; the file goes with it.
class TemporaryFile {
 public:
  TemporaryFile() : path_(std::filesystem::temp_directory_path() / "austral-XXXXXX") {
    const int descriptor = mkstemp(path_.data());
    if (descriptor < 0) throw Error(Kind::unavailable, "cannot write a temporary file at " + path_);
    close(descriptor);
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() { unlink(path_.c_str()); }

  const std::string& path() const { return path_; }
  std::string read() const {
    std::ifstream file(path_, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  }

 private:
  std::string path_;
};

// What XML and Excel cannot hold: NUL, U+FFFE, U+FFFF, more than 32,767 UTF-16 units.
std::string cell_words(const std::string& text) {
  std::string out;
  out.reserve(text.size());
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  std::size_t units = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    UChar32 c;
    U8_NEXT(bytes, at, text.size(), c);
    units += c > 0xFFFF ? 2 : 1;
    if (units >= most_units && at < text.size()) return out + "…";
    if (c <= 0 || c == 0xFFFE || c == 0xFFFF)
      out += "\xEF\xBF\xBD";
    else
      out.append(text, start, at - start);
  }
  return out;
}

int significant_digits(const Decimal& value) {
  std::string digits = to_string(normalise(value));
  std::erase_if(digits, [](char c) { return !is_digit(c); });
  return int(digits.size() - std::min(digits.find_first_not_of('0'), digits.size()));
}

double to_double(const Decimal& value) {
  const std::string text = to_string(value);
  double number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

// The number of days since 1899-12-30, Excel's own; nothing before March 1900, where Excel counts a
// leap day that never was.
std::optional<double> excel_day(const std::string& text) {
  constexpr std::int32_t days_to_1970 = 25569, first_of_march_1900 = 61;
  const auto date = text.size() == 10 ? parse_date(text) : std::nullopt;
  if (!date || date->days + days_to_1970 < first_of_march_1900) return {};
  return date->days + days_to_1970;
}

int fraction_digits(const Table& table, std::size_t column) {
  int digits = 0;
  for (const auto& row : table.rows)
    if (const auto* decimal = std::get_if<Decimal>(&row[column]))
      digits = std::max(digits, decimal->scale);
  return digits;
}

std::string number_format(const Table& table, std::size_t column) {
  switch (table.columns[column].kind) {
    case ColumnKind::text:
    case ColumnKind::code:
      return "@";
    case ColumnKind::date:
      return "yyyy-mm-dd";
    case ColumnKind::year:
      return "0";
    default:
      break;
  }
  const int digits = fraction_digits(table, column);
  return digits == 0 ? "#,##0" : "#,##0." + std::string(std::size_t(digits), '0');
}

std::size_t cell_width(const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell))
    return display_width(shorten(*text, 4 * widest));
  if (const auto* number = std::get_if<std::int64_t>(&cell))
    return group_digits(*number, "en").size();
  if (const auto* decimal = std::get_if<Decimal>(&cell)) return to_string(*decimal).size() * 4 / 3;
  return 0;
}

double column_width(const Table& table, std::size_t column) {
  constexpr std::size_t filter_button = 3;
  std::size_t width = display_width(heading_of(table.columns[column])) + filter_button;
  for (std::size_t row = 0; row < std::min(rows_measured, table.rows.size()); ++row)
    width = std::max(width, cell_width(table.rows[row][column]) + 1);
  return double(std::clamp(width, narrowest, widest));
}

std::string sheet_name(const std::string& name) {
  constexpr std::size_t longest = 31;
  const auto plain = [](char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || c == '_'; };
  const bool usable = !name.empty() && name.size() <= longest && name != "about" &&
                      std::all_of(name.begin(), name.end(), plain);
  return usable ? name : "Data";
}

// One workbook being written; Excel's own calls and nothing of the table's meaning.
class Workbook {
 public:
  explicit Workbook(const std::string& path) : folder_(std::filesystem::temp_directory_path()) {
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    options.tmpdir = folder_.data();
    book_ = workbook_new_opt(path.c_str(), &options);
    if (!book_) throw Error(Kind::unavailable, "cannot begin a workbook: no memory or no disk");
    bold_ = workbook_add_format(book_);
    format_set_bold(bold_);
    wrapped_ = workbook_add_format(book_);
    format_set_text_wrap(wrapped_);
    format_set_align(wrapped_, LXW_ALIGN_VERTICAL_TOP);
  }
  Workbook(const Workbook&) = delete;
  Workbook& operator=(const Workbook&) = delete;
  ~Workbook() {
    if (book_) workbook_close(book_);
  }

  void add_sheet(const std::string& name, bool right_to_left) {
    sheet_ = workbook_add_worksheet(book_, name.c_str());
    if (!sheet_)
      throw Error(Kind::unavailable, "cannot write a sheet: no room for temporary files");
    if (right_to_left) worksheet_right_to_left(sheet_);
  }
  lxw_worksheet* sheet() { return sheet_; }
  lxw_format* bold() { return bold_; }
  lxw_format* wrapped() { return wrapped_; }
  lxw_format* add_number_format(const std::string& picture) {
    lxw_format* const format = workbook_add_format(book_);
    format_set_num_format(format, picture.c_str());
    return format;
  }
  void set_title(const std::string& title) {
    std::string words = cell_words(shorten(title, 120));
    lxw_doc_properties properties{};
    properties.title = words.data();
    workbook_set_properties(book_, &properties);
  }
  void write_words(std::size_t row, std::size_t column, const std::string& text,
                   lxw_format* format) {
    if (text.empty()) return;
    worksheet_write_string(sheet_, lxw_row_t(row), lxw_col_t(column), cell_words(text).c_str(),
                           format);
  }
  void write_number(std::size_t row, std::size_t column, double number, lxw_format* format) {
    worksheet_write_number(sheet_, lxw_row_t(row), lxw_col_t(column), number, format);
  }
  void close() {
    const lxw_error error = workbook_close(book_);
    book_ = nullptr;
    if (error != LXW_NO_ERROR)
      throw Error(Kind::unavailable,
                  std::string("cannot finish a workbook: ") + lxw_strerror(error));
  }

 private:
  std::string folder_;
  lxw_workbook* book_ = nullptr;
  lxw_worksheet* sheet_ = nullptr;
  lxw_format *bold_ = nullptr, *wrapped_ = nullptr;
};

void write_figure(Workbook& book, std::size_t row, std::size_t column, const Decimal& value,
                  lxw_format* format) {
  constexpr int digits_of_excel = 15;
  if (significant_digits(value) > digits_of_excel)
    book.write_words(row, column, to_string(value), nullptr);
  else
    book.write_number(row, column, to_double(value), format);
}

void write_cell(Workbook& book, std::size_t row, std::size_t column, const Cell& cell,
                ColumnKind kind, lxw_format* format) {
  if (const auto* number = std::get_if<std::int64_t>(&cell)) {
    write_figure(book, row, column, Decimal{*number, 0}, format);
  } else if (const auto* decimal = std::get_if<Decimal>(&cell)) {
    write_figure(book, row, column, *decimal, format);
  } else if (const auto* text = std::get_if<std::string>(&cell); text && !text->empty()) {
    const auto day = kind == ColumnKind::date ? excel_day(*text) : std::nullopt;
    if (day)
      book.write_number(row, column, *day, format);
    else
      book.write_words(row, column, *text, format);
  }
}

void write_rows(Workbook& book, const Table& table, const WriteOptions& options) {
  book.add_sheet(sheet_name(table.name), options.language.starts_with("ar"));
  std::vector<lxw_format*> formats;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    formats.push_back(book.add_number_format(number_format(table, i)));
    worksheet_set_column(book.sheet(), lxw_col_t(i), lxw_col_t(i), column_width(table, i), nullptr);
  }
  worksheet_freeze_panes(book.sheet(), 1, 0);
  if (!table.columns.empty())
    worksheet_autofilter(book.sheet(), 0, 0, lxw_row_t(table.rows.size()),
                         lxw_col_t(table.columns.size() - 1));
  for (std::size_t i = 0; i < table.columns.size(); ++i)
    book.write_words(0, i, heading_of(table.columns[i]), book.bold());
  for (std::size_t row = 0; row < table.rows.size(); ++row)
    for (std::size_t i = 0; i < table.columns.size(); ++i)
      write_cell(book, row + 1, i, table.rows[row][i], table.columns[i].kind, formats[i]);
}

void write_about(Workbook& book, const Table& table, const WriteOptions& options) {
  book.add_sheet("About", options.language.starts_with("ar"));
  worksheet_set_column(book.sheet(), 0, 1, 24, nullptr);
  worksheet_set_column(book.sheet(), 2, 2, 12, nullptr);
  worksheet_set_column(book.sheet(), 3, 3, 80, nullptr);
  std::size_t row = 0;
  const auto write_pair = [&](const std::string& label, const std::string& text) {
    if (text.empty()) return;
    book.write_words(row, 0, label, book.bold());
    book.write_words(row++, 1, text, nullptr);
  };
  write_pair("Title", table.title);
  write_pair("Definition", table.definition);
  write_pair("Source", table.source);
  write_pair("Revision", table.revision);
  write_pair("Rows", group_digits(std::int64_t(table.rows.size()), "en") + " of " +
                         group_digits(std::int64_t(count_all_rows(table)), "en"));
  for (const auto& note : table.notes) write_pair("Note", note);
  write_pair("Empty cells", "unknown, not zero");
  ++row;
  const char* const headings[] = {"Column", "Name", "Unit", "Definition"};
  for (std::size_t i = 0; i < std::size(headings); ++i)
    book.write_words(row, i, headings[i], book.bold());
  for (const auto& column : table.columns) {
    ++row;
    book.write_words(row, 0, column.title, book.wrapped());
    book.write_words(row, 1, column.name, book.wrapped());
    book.write_words(row, 2, column.unit, book.wrapped());
    book.write_words(row, 3, column.definition, book.wrapped());
  }
}

}  // namespace

std::string write_xlsx(const Table& table, const WriteOptions& options) {
  if (table.rows.size() > most_rows)
    throw Error(Kind::invalid, "a sheet holds " + std::to_string(most_rows) +
                                   " rows below its header and the table has " +
                                   std::to_string(table.rows.size()) + "; choose csv or json");
  const TemporaryFile file;
  Workbook book(file.path());
  book.set_title(table.title);
  write_rows(book, table, options);
  write_about(book, table, options);
  book.close();
  return file.read();
}

}  // namespace austral::sheet
