// Lays answers out as a workbook of formulas, by libxlsxwriter.
#include "standards/measured/book.hpp"

#include <xlsxwriter.h>

#include <algorithm>
#include <map>

#include "base/catalogue.hpp"
#include "base/error.hpp"
#include "measurement/sums.hpp"
#include "measurement/tables.hpp"
#include "measurement/valuation.hpp"

namespace austral::measured {
namespace {

using namespace measurement;

constexpr std::size_t most_rows = 1'048'575;

/// Columns of the sheet `Rows`; inputs follow behind them.
enum RowColumn : lxw_col_t {
  initiative_column,
  day_column,
  provider_column,
  recipient_column,
  item_column,
  group_column,
  method_column,
  currency_column,
  result_column,  // formula over the inputs
  share_column,   // this recipient's part
  rate_column,
  deflation_column,
  amount_column,   // result * share * deflation / rate
  formula_column,  // in names, for people
  first_input_column
};

std::string cell_name(lxw_row_t row, lxw_col_t column, bool absolute = false) {
  char name[LXW_MAX_CELL_NAME_LENGTH];
  if (absolute)
    lxw_rowcol_to_cell_abs(name, row, column, 1, 1);
  else
    lxw_rowcol_to_cell(name, row, column);
  return name;
}

std::string column_name(lxw_col_t column) {
  char name[LXW_MAX_COL_NAME_LENGTH];
  lxw_col_to_name(name, column, 0);
  return name;
}

/// A spreadsheet's numbers are binary: ours are put in as text of at most 15 digits, which they
/// read to the nearest.
double to_spreadsheet(const Ratio& value) { return std::stod(to_exact_string(to_amount(value))); }
double to_spreadsheet(const Amount& value) { return std::stod(to_exact_string(value)); }

class BookWriter {
 public:
  BookWriter(const Answer& answer, const Identifiers& identifiers, const std::string& language,
             const std::string& path)
      : answer_(answer),
        of_(*answer.methodology),
        identifiers_(identifiers),
        language_(language),
        words_(get_language(language)),
        path_(path) {
    if (answer.valued.size() > most_rows || answer.left_out.size() > most_rows)
      throw Error(Kind::invalid, "a sheet has at most 1,048,575 rows; ask for a year or a partner");
    book_ = workbook_new(path.c_str());
    if (!book_) throw Error(Kind::unavailable, "cannot write " + path);
    head_ = workbook_add_format(book_);
    format_set_bold(head_);
    format_set_bg_color(head_, 0xDCE6EC);
    money_ = workbook_add_format(book_);
    format_set_num_format(money_, of_.decimals == 0 ? "#,##0" : "#,##0.00");
    lxw_doc_properties properties{};
    properties.created = 1;  // the same answer, the same bytes
    workbook_set_properties(book_, &properties);
  }
  ~BookWriter() {
    if (book_) workbook_close(book_);
  }

  void write() {
    table_ = add_sheet("Table");
    rows_ = add_sheet("Rows");
    write_rows();
    write_table();
    write_counted();
    write_left_out();
    write_about();
    const auto failed = workbook_close(book_);
    book_ = nullptr;
    if (failed != LXW_NO_ERROR)
      throw Error(Kind::unavailable, "cannot write " + path_ + ": " + lxw_strerror(failed));
  }

 private:
  lxw_worksheet* add_sheet(const char* name) {
    auto* sheet = workbook_add_worksheet(book_, name);
    worksheet_freeze_panes(sheet, 1, 0);
    return sheet;
  }
  void heads(lxw_worksheet* sheet, const std::vector<std::string>& names) {
    for (std::size_t n = 0; n < names.size(); ++n)
      worksheet_write_string(sheet, 0, lxw_col_t(n), names[n].c_str(), head_);
  }
  void text(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, std::string_view value) {
    worksheet_write_string(sheet, row, column, std::string(value.substr(0, 32'000)).c_str(),
                           nullptr);
  }

  std::string identifier_of(std::uint32_t fact) const {
    const auto found = identifiers_.find(answer_.facts->rows[fact].initiative);
    return found == identifiers_.end() ? "" : found->second;
  }

  void write_fact(lxw_worksheet* sheet, lxw_row_t row, std::uint32_t number) {
    const auto& fact = answer_.facts->rows[number];
    text(sheet, row, initiative_column, identifier_of(number));
    if (fact.year) text(sheet, row, day_column, to_string(Date{fact.day}));
    text(sheet, row, provider_column, answer_.facts->partners[fact.provider]);
    text(sheet, row, recipient_column, answer_.facts->partners[fact.recipient]);
  }

  std::vector<std::string> column_words(const std::vector<std::string>& names) const {
    std::vector<std::string> titles;
    for (const auto& name : names)
      titles.push_back(words_.t(std::string("measure.column.") + name));
    return titles;
  }

  void write_rows() {
    std::size_t most_inputs = 0;
    for (const auto& method : of_.methods)
      most_inputs = std::max(most_inputs, method.inputs.size());
    auto names =
        column_words({"initiative", "day", "provider", "recipient", "code", "group", "method",
                      "currency", "native", "share", "rate", "deflation", "amount", "formula"});
    for (std::size_t n = 0; n < most_inputs; ++n) {
      names.push_back(words_.t("measure.column.input"));
      names.push_back(words_.t("measure.column.value"));
    }
    heads(rows_, names);
    worksheet_set_column(rows_, initiative_column, initiative_column, 24, nullptr);
    worksheet_set_column(rows_, result_column, amount_column, 16, nullptr);
    worksheet_set_column(rows_, formula_column, formula_column, 40, nullptr);
    Valuation valuation(answer_);
    lxw_row_t row = 0;
    for (const auto& one : answer_.valued) write_valued(++row, one, valuation);
    last_row_ = std::max<lxw_row_t>(row, 1);
  }

  void write_valued(lxw_row_t row, const ValuedRow& one, Valuation& valuation) {
    write_fact(rows_, row, one.fact);
    const auto told = valuation.explain(answer_.facts->rows[one.fact], one.method);
    const auto& item = of_.items[one.item];
    text(rows_, row, item_column, item.code);
    text(rows_, row, group_column, of_.groups[item.group].code);
    text(rows_, row, method_column, told.method);
    text(rows_, row, currency_column, told.currency);
    text(rows_, row, formula_column, told.formula);
    std::vector<std::string> cells;
    for (std::size_t n = 0; n < told.inputs.size(); ++n) {
      const auto column = lxw_col_t(first_input_column + 2 * n);
      text(rows_, row, column, told.inputs[n].name);
      worksheet_write_number(rows_, row, lxw_col_t(column + 1),
                             to_spreadsheet(told.inputs[n].value), nullptr);
      cells.push_back(cell_name(row, lxw_col_t(column + 1)));
    }
    const auto whole = told.share.is_zero() ? told.native : Ratio(told.native / told.share);
    worksheet_write_formula_num(rows_, row, result_column,
                                ("=" + of_.methods[one.method].formula.spell(cells)).c_str(),
                                nullptr, to_spreadsheet(whole));
    worksheet_write_number(rows_, row, share_column, to_spreadsheet(told.share), nullptr);
    worksheet_write_number(rows_, row, rate_column, to_spreadsheet(told.rate.value), nullptr);
    worksheet_write_number(rows_, row, deflation_column, to_spreadsheet(told.deflation.value),
                           nullptr);
    const auto formula = "=" + cell_name(row, result_column) + "*" + cell_name(row, share_column) +
                         "*" + cell_name(row, deflation_column) + "/" + cell_name(row, rate_column);
    worksheet_write_formula_num(rows_, row, amount_column, formula.c_str(), money_,
                                to_spreadsheet(one.value));
  }

  /// The sum over the rows of an item.
  std::string sum_over(lxw_col_t column, lxw_row_t row) const {
    const auto span = [&](lxw_col_t of) {
      const auto name = column_name(of);
      return "Rows!$" + name + "$2:$" + name + "$" + std::to_string(last_row_ + 1);
    };
    return "SUMIFS(" + span(amount_column) + "," + span(column) + "," + cell_name(row, 0) + ")";
  }

  void write_table() {
    heads(table_, column_words({"code", "item", "amount"}));
    worksheet_set_column(table_, 1, 1, 60, nullptr);
    worksheet_set_column(table_, 2, 2, 20, nullptr);
    const auto sums = sum_items(answer_);
    std::map<std::string, lxw_row_t> places;
    lxw_row_t row = 0;
    const auto add = [&](const std::string& code, std::string_view title,
                         const std::string& formula) {
      places[code] = row;
      text(table_, row, 0, code);
      text(table_, row, 1, title);
      const auto amount = round_amount(sum_of(answer_, sums, code), of_.decimals);
      worksheet_write_formula_num(
          table_, row, 2, ("=ROUND(" + formula + "," + std::to_string(of_.decimals) + ")").c_str(),
          money_, amount ? std::stod(to_string(*amount)) : 0);
    };
    for (std::size_t n = 0; n < of_.groups.size(); ++n) {
      if (of_.groups[n].kind == GroupKind::counted) continue;
      ++row;
      add(of_.groups[n].code, pick(of_.groups[n].title, language_), sum_over(group_column, row));
      for (const auto& item : of_.items)
        if (item.group == n) {
          ++row;
          add(item.code, pick(item.title, language_), sum_over(item_column, row));
        }
    }
    for (const auto& total : of_.totals) {
      ++row;
      // Not the sum of the rounded lines above: sums first, rounding last.
      std::string formula;
      for (const auto& part : total.of) {
        const auto place = places.find(part);
        if (place == places.end()) continue;
        auto unrounded = unrounded_[part];
        if (unrounded.empty()) unrounded = sum_over_part(part, place->second);
        formula += (formula.empty() ? "" : "+") + unrounded;
      }
      unrounded_[total.code] = "(" + formula + ")";
      add(total.code, pick(total.title, language_), formula.empty() ? "0" : formula);
    }
  }

  std::string sum_over_part(const std::string& code, lxw_row_t row) const {
    return sum_over(of_.find_item(code) ? item_column : group_column, row);
  }

  void write_counted() {
    auto* sheet = add_sheet("Counted");
    heads(sheet,
          column_words({"initiative", "day", "provider", "recipient", "code", "quantity", "unit"}));
    lxw_row_t row = 0;
    for (const auto& one : answer_.counted) {
      if (row == most_rows) break;
      write_fact(sheet, ++row, one.fact);
      const auto& item = of_.items[one.item];
      text(sheet, row, 4, item.code);
      worksheet_write_number(sheet, row, 5, to_spreadsheet(one.quantity), nullptr);
      const auto& trait = answer_.facts->traits[answer_.facts->rows[one.fact].trait];
      text(sheet, row, 6, item.unit == "as-given" ? trait.unit : item.unit);
    }
  }

  void write_left_out() {
    auto* sheet = add_sheet("Left out");
    heads(sheet,
          column_words({"initiative", "day", "provider", "recipient", "stated", "unit", "why"}));
    lxw_row_t row = 0;
    for (const auto& one : answer_.left_out) {
      write_fact(sheet, ++row, one.fact);
      const auto& fact = answer_.facts->rows[one.fact];
      worksheet_write_number(sheet, row, 4, std::stod(to_string(Decimal{fact.amount, fact.scale})),
                             nullptr);
      text(sheet, row, 5, answer_.facts->traits[fact.trait].unit);
      text(sheet, row, 6, reason_words(answer_, one.why, one.rule, language_));
    }
  }

  void write_about() {
    auto* sheet = add_sheet("About");
    worksheet_set_column(sheet, 0, 0, 24, nullptr);
    worksheet_set_column(sheet, 1, 1, 100, nullptr);
    const auto table = measure_table(answer_, language_);
    std::vector<std::pair<std::string, std::string>> lines{{"Austral", table.title},
                                                           {"", table.definition},
                                                           {"", table.source},
                                                           {"revision", table.revision}};
    for (const auto& note : table.notes) lines.emplace_back("", note);
    for (const auto* price : answer_.used.prices)
      lines.emplace_back(name_price(*price),
                         to_string(price->value) + " " + price->currency + "; " + price->source);
    for (const auto& [name, rate] : answer_.used.rates) lines.emplace_back(name, to_string(rate));
    lxw_row_t row = 0;
    for (const auto& [name, value] : lines) {
      if (row >= most_rows) break;
      text(sheet, row, 0, name);
      text(sheet, row++, 1, value);
    }
  }

  const Answer& answer_;
  const Methodology& of_;
  const Identifiers& identifiers_;
  std::string language_;
  const Language& words_;
  std::string path_;
  lxw_workbook* book_ = nullptr;
  lxw_worksheet *table_ = nullptr, *rows_ = nullptr;
  lxw_format *head_ = nullptr, *money_ = nullptr;
  lxw_row_t last_row_ = 1;
  std::map<std::string, std::string> unrounded_;
};

}  // namespace

void write_book(const Answer& answer, const Identifiers& identifiers, const std::string& language,
                const std::string& path) {
  BookWriter(answer, identifiers, language, path).write();
}

}  // namespace austral::measured
