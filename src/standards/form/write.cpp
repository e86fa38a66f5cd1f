// Writes the form as XLSX by libxlsxwriter: drop-downs, notes, hidden names, frozen titles.
#include <xlsxwriter.h>

#include <filesystem>

#include "base/catalogue.hpp"
#include "base/date.hpp"
#include "base/error.hpp"
#include "standards/form/form.hpp"

namespace austral::form {
namespace {

constexpr std::size_t most_rows = 1'048'576 - 2;
constexpr std::size_t rows_to_add = 2'000;  // that drop-downs reach below the rows given out
constexpr std::size_t exact_digits = 15;    // of a spreadsheet's numbers

constexpr const char* about_form[] = {"sheets", "fill",     "lists",  "writing",
                                      "adding", "deleting", "hidden", "back"};

/// The formats of one workbook.
struct Looks {
  lxw_format *title, *required, *text, *date, *wrap, *head;
};

class FormWriter {
 public:
  FormWriter(const std::string& path, const FormHead& head)
      : path_(path), head_(head), words_(get_language(head.language)) {
    book_ = workbook_new(path.c_str());
    if (!book_) throw Error(Kind::unavailable, "cannot write " + path);
    looks_.title = workbook_add_format(book_);
    format_set_bold(looks_.title);
    format_set_bg_color(looks_.title, 0xDCE6EC);
    looks_.required = workbook_add_format(book_);
    format_set_bold(looks_.required);
    format_set_bg_color(looks_.required, 0x1F4E5F);
    format_set_font_color(looks_.required, LXW_COLOR_WHITE);
    looks_.text = workbook_add_format(book_);
    format_set_num_format(looks_.text, "@");
    looks_.date = workbook_add_format(book_);
    format_set_num_format(looks_.date, "yyyy-mm-dd");
    looks_.wrap = workbook_add_format(book_);
    format_set_text_wrap(looks_.wrap);
    looks_.head = workbook_add_format(book_);
    format_set_bold(looks_.head);
    format_set_font_size(looks_.head, 14);
    lxw_doc_properties properties = {};
    std::string title = "Austral form";
    properties.title = title.data();
    properties.created = time_of_revision();
    workbook_set_properties(book_, &properties);
  }
  FormWriter(const FormWriter&) = delete;
  FormWriter& operator=(const FormWriter&) = delete;
  ~FormWriter() {
    if (book_) workbook_close(book_);
  }

  void write(const std::vector<GivenRecord>& records) {
    for (const auto& sheet : form_sheets()) add_sheet(sheet);
    add_about();
    lists_ = workbook_add_worksheet(book_, "Lists");
    given_ = workbook_add_worksheet(book_, "Given");
    worksheet_hide(lists_);
    worksheet_hide(given_);
    text(given_, 0, 0, std::string(form_mark) + "given");
    for (std::size_t i = 0; i < records.size(); ++i) add_record(records[i], i);
    for (const auto& sheet : form_sheets()) finish(sheet);
    const auto error = workbook_close(std::exchange(book_, nullptr));
    if (error != LXW_NO_ERROR)
      throw Error(Kind::unavailable, "cannot write " + path_ + ": " + lxw_strerror(error));
  }

 private:
  struct Open {
    lxw_worksheet* sheet = nullptr;
    lxw_row_t next = 2;
  };

  static std::size_t first_column(const FormSheet& sheet) {
    return sheet.name == "initiatives" ? 2 : 3;
  }

  void text(lxw_worksheet* sheet, std::size_t row, std::size_t column, const std::string& words,
            lxw_format* look = nullptr) {
    if (words.empty()) return;
    const auto error = worksheet_write_string(sheet, lxw_row_t(row), lxw_col_t(column),
                                              words.c_str(), look ? look : looks_.text);
    if (error != LXW_NO_ERROR)
      throw Error(Kind::invalid,
                  std::string("a cell of the form cannot be written: ") + lxw_strerror(error));
  }

  void add_sheet(const FormSheet& sheet) {
    auto* made =
        workbook_add_worksheet(book_, std::string(title_of(sheet.head, head_.language)).c_str());
    if (!made) throw Error(Kind::invalid, "the form's sheet cannot be named");
    open_[sheet.name].sheet = made;
    if (head_.language == "ar") worksheet_right_to_left(made);
    lxw_row_col_options hidden = {};
    hidden.hidden = 1;
    text(made, 0, 0, std::string(form_mark) + std::string(sheet.name));
    text(made, 0, 1, "item");
    worksheet_set_column_opt(made, 0, 1, 10, looks_.text, &hidden);
    std::size_t column = 2;
    if (sheet.name != "initiatives") {
      text(made, 0, column, "of");
      add_title(made, column++, find_sheet("initiatives")->columns.front());
    }
    for (const auto& one : sheet.columns) {
      text(made, 0, column, std::string(one.name));
      add_title(made, column++, one);
    }
    worksheet_set_row_opt(made, 0, LXW_DEF_ROW_HEIGHT, nullptr, &hidden);
    worksheet_freeze_panes(made, 2, 3);
  }

  void add_title(lxw_worksheet* sheet, std::size_t column, const FormColumn& one) {
    text(sheet, 1, column, std::string(title_of(one, head_.language)),
         one.required ? looks_.required : looks_.title);
    const auto note = words_.t(std::string("form.note.") + std::string(one.sheet) +
                               (one.name == "*" ? "" : "." + std::string(one.name)));
    worksheet_write_comment(sheet, 1, lxw_col_t(column), note.c_str());
    lxw_row_col_options options = {};
    options.hidden = one.hidden;
    const bool words = one.kind == FieldKind::text || one.kind == FieldKind::code ||
                       one.kind == FieldKind::details;
    worksheet_set_column_opt(
        sheet, lxw_col_t(column), lxw_col_t(column),
        one.kind == FieldKind::text || one.kind == FieldKind::details ? 28 : 16,
        words                         ? looks_.text
        : one.kind == FieldKind::date ? looks_.date
                                      : nullptr,
        &options);
  }

  void add_record(const GivenRecord& given, std::size_t place) {
    const auto handle = (given.version > 0 ? std::to_string(given.key) : std::to_string(place)) +
                        "/" + std::to_string(given.version);
    const auto identifier = is_plain(given.record.identifier) ? given.record.identifier : "";
    text(given_, place + 1, 0, handle);
    text(given_, place + 1, 1, identifier);
    const auto layout = lay_out(given.record);
    for (const auto& sheet : form_sheets()) {
      const auto rows = layout.find(sheet.name);
      if (rows == layout.end()) continue;
      for (const auto& row : rows->second) add_row(sheet, handle, identifier, row);
    }
  }

  void add_row(const FormSheet& sheet, const std::string& handle, const std::string& identifier,
               const LaidRow& row) {
    auto& open = open_[sheet.name];
    if (open.next >= most_rows)
      throw Error(Kind::invalid,
                  "the form would have more rows than a sheet holds; ask for fewer initiatives");
    text(open.sheet, open.next, 0, handle);
    text(open.sheet, open.next, 1, row.item);
    const auto first = first_column(sheet);
    if (first == 3) text(open.sheet, open.next, 2, identifier);
    std::string scheme;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const auto& column = sheet.columns[i];
      if (column.list == "=scheme" || column.list == "=place") scheme = row.cells[i];
      if (!row.cells[i].empty()) add_cell(open, first + i, column, scheme, row.cells[i]);
    }
    ++open.next;
  }

  void add_cell(const Open& open, std::size_t at, const FormColumn& column,
                const std::string& scheme, const std::string& value) {
    const auto date = column.kind == FieldKind::date ? parse_date(value) : std::nullopt;
    if (date && year_of(*date) > 1900) {
      lxw_datetime day = {year_of(*date), month_of(*date), std::stoi(value.substr(8, 2)), 0, 0, 0};
      worksheet_write_datetime(open.sheet, open.next, lxw_col_t(at), &day, looks_.date);
    } else if ((column.kind == FieldKind::amount || column.kind == FieldKind::number) &&
               value.size() <= exact_digits) {
      worksheet_write_number(open.sheet, open.next, lxw_col_t(at), std::stod(value), nullptr);
    } else if (column.kind == FieldKind::code) {
      const auto shown = show_code(column.list, scheme, value, head_.language);
      text(open.sheet, open.next, at, is_plain(shown) ? shown : value);
    } else {
      text(open.sheet, open.next, at, value);
    }
  }

  void finish(const FormSheet& sheet) {
    auto& open = open_[sheet.name];
    const auto first = first_column(sheet);
    const auto last_row = lxw_row_t(std::min(most_rows, open.next + rows_to_add));
    for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
      const auto& column = sheet.columns[i];
      const auto range = column.kind == FieldKind::code ? range_of(column.list) : "";
      if (range.empty()) continue;
      lxw_data_validation rule = {};
      rule.validate = LXW_VALIDATION_TYPE_LIST_FORMULA;
      std::string formula = range;
      rule.value_formula = formula.data();
      rule.error_type = LXW_VALIDATION_ERROR_TYPE_WARNING;
      worksheet_data_validation_range(open.sheet, 2, lxw_col_t(first + i), last_row,
                                      lxw_col_t(first + i), &rule);
    }
    worksheet_autofilter(open.sheet, 1, 2, std::max<lxw_row_t>(open.next - 1, 2),
                         lxw_col_t(first + sheet.columns.size() - 1));
  }

  // The cells of a list on the hidden sheet, written when first asked for.
  const std::string& range_of(std::string_view list) {
    const auto [place, is_new] = ranges_.emplace(list, "");
    if (!is_new) return place->second;
    const auto choices = choices_of(list, head_.language);
    if (choices.empty()) return place->second;
    const auto column = next_list_++;
    text(lists_, 0, column, std::string(list));
    for (std::size_t i = 0; i < choices.size(); ++i) {
      const bool bare = list.starts_with('=') || choices[i].label == choices[i].code;
      text(lists_, i + 1, column,
           bare ? choices[i].code : choices[i].code + ": " + choices[i].label);
    }
    char first[32], last[32];
    lxw_rowcol_to_cell_abs(first, 1, lxw_col_t(column), 1, 1);
    lxw_rowcol_to_cell_abs(last, lxw_row_t(choices.size()), lxw_col_t(column), 1, 1);
    place->second = std::string("=Lists!") + first + ":" + last;
    return place->second;
  }

  void add_about() {
    auto* sheet = workbook_add_worksheet(book_, words_.t("form.about").c_str());
    if (!sheet) throw Error(Kind::invalid, "the form's first sheet cannot be named");
    if (head_.language == "ar") worksheet_right_to_left(sheet);
    worksheet_set_column(sheet, 0, 0, 100, nullptr);
    std::size_t row = 0;
    text(sheet, row, 0, words_.t("form.about.title"), looks_.head);
    ++row;
    for (const auto* line : about_form)
      text(sheet, ++row, 0, words_.t(std::string("form.about.") + line), looks_.wrap);
    row += 2;
    if (!head_.query.empty())
      text(sheet, row++, 0, words_.t("form.about.given", {{"query", head_.query}}));
    if (head_.revision > 0)
      text(sheet, row++, 0,
           words_.t("form.about.revision",
                    {{"revision", std::to_string(head_.revision)}, {"date", head_.date}}));
  }

  // A day before 1900-01-01 or none would be taken for now, and the bytes would differ.
  time_t time_of_revision() const {
    const auto date = parse_date(head_.date);
    return date ? time_t(date->days) * 86400 : time_t(86400);
  }

  std::string path_;
  FormHead head_;
  const Language& words_;
  lxw_workbook* book_ = nullptr;
  lxw_worksheet *lists_ = nullptr, *given_ = nullptr;
  Looks looks_ = {};
  std::map<std::string_view, Open> open_;
  std::map<std::string_view, std::string> ranges_;
  std::size_t next_list_ = 0;
};

}  // namespace

void write_form(const std::string& path, const FormHead& head,
                const std::vector<GivenRecord>& records) {
  FormWriter(path, head).write(records);
}

}  // namespace austral::form
