// Sheets and columns of the form (data/form/columns.tsv), and the lists behind its drop-downs.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace austral::form {

enum class FieldKind { text, code, date, amount, number, details };

/// One column: where its value stands in a record, and how it is shown.
struct FormColumn {
  std::string_view sheet;
  std::string_view name;  ///< stable, in the hidden first row
  std::string path;       ///< `contributions[].date`
  FieldKind kind = FieldKind::text;
  std::string_view list;  ///< see data/form/SOURCE.md
  bool required = false, hidden = false;
  std::vector<std::pair<std::string_view, std::string_view>> titles;  ///< language, title
};

/// One sheet; `base` is the list whose elements are its rows, empty for initiatives, texts, other.
struct FormSheet {
  std::string_view name;
  std::string base;
  FormColumn head;  ///< the sheet's own titles and note
  std::vector<FormColumn> columns;

  const FormColumn* find(std::string_view column) const;
};

const std::vector<FormSheet>& form_sheets();
const FormSheet* find_sheet(std::string_view name);
std::string_view title_of(const FormColumn& column, std::string_view language);

/// A value of a drop-down.
struct Choice {
  std::string code, label;
};
/// What a column offers, named for readers of a language; empty where nothing can be offered.
std::vector<Choice> choices_of(std::string_view list, std::string_view language);

/// A code from a cell: `KE: Kenya`, `KE`, or a name in any language. `known` is false for a text
/// that the list does not have; it then stands as it is. `scheme` is the row's own, for `@scheme`
/// and `@place`.
struct CodeReading {
  std::string code;
  bool known = true;
};
CodeReading read_code(std::string_view list, std::string_view scheme, std::string_view cell);
/// How a code stands in a cell: with its name where the list has one, else bare.
std::string show_code(std::string_view list, std::string_view scheme, const std::string& code,
                      std::string_view language);

}  // namespace austral::form
