// Reads a form back: rows of all sheets to records, every cell that cannot be read said by its
// place.
#include <algorithm>
#include <charconv>
#include <fstream>
#include <optional>
#include <set>

#include "base/error.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "registry/detail.hpp"
#include "standards/form/form.hpp"
#include "standards/sheet/values.hpp"

namespace austral::form {
namespace {

using Handle = std::pair<std::int64_t, std::int64_t>;

/// One row as it stands, with its hidden cells apart.
struct RawRow {
  const FormSheet* sheet = nullptr;
  std::string sheet_name, handle, item, identifier;
  std::uint64_t number = 0;
  std::vector<std::pair<std::size_t, sheet::SheetCell>> cells;  ///< column of the sheet, cell
  std::vector<std::size_t> columns;                             ///< where each column stands
};

std::int64_t to_integer(std::string_view text) {
  std::int64_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  return read.ec == std::errc() && read.ptr == text.data() + text.size() ? number : -1;
}

/// `key/version`, as given out.
std::optional<Handle> read_handle(std::string_view text) {
  const auto slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const auto key = to_integer(text.substr(0, slash)), version = to_integer(text.substr(slash + 1));
  if (key < 0 || version < 0) return std::nullopt;
  return Handle{key, version};
}

/// `3 amount=12.50`: the number before, then names with values.
struct Item {
  std::optional<std::size_t> number;
  std::map<std::string, std::string> kept;
};
Item read_item(std::string_view text) {
  Item item;
  for (const auto part : split(text, ' ')) {
    const auto equal = part.find('=');
    if (equal != std::string_view::npos)
      item.kept[std::string(part.substr(0, equal))] = part.substr(equal + 1);
    else if (const auto number = to_integer(part);
             !part.empty() && number >= 0 && number < std::int64_t(added_from))
      item.number = std::size_t(number);
  }
  return item;
}

/// One sheet of the workbook into raw rows.
class SheetRows {
 public:
  SheetRows(const std::string& name, std::vector<RawRow>& rows, ReadForm& form)
      : name_(name), rows_(rows), form_(form) {}

  /// False: the sheet is not of the form.
  bool begin(const sheet::SheetRow& row) {
    const auto* mark = row.find(0);
    if (row.number != 1 || !mark || !mark->text.starts_with(form_mark)) return false;
    sheet_ = find_sheet(std::string_view(mark->text).substr(form_mark.size()));
    is_given_ = mark->text == std::string(form_mark) + "given";
    if (!sheet_) return is_given_;
    columns_.assign(sheet_->columns.size(), standards::RowPlace::nowhere);
    for (const auto& cell : row.cells) {
      if (cell.text == "item") item_ = cell.column;
      if (cell.text == "of") identifier_ = cell.column;
      for (std::size_t i = 0; i < sheet_->columns.size(); ++i)
        if (sheet_->columns[i].name == cell.text) columns_[i] = cell.column;
    }
    return true;
  }

  void take(const sheet::SheetRow& row) {
    if (is_given_) {
      const auto *handle = row.find(0), *identifier = row.find(1);
      if (const auto given = handle ? read_handle(handle->text) : std::nullopt)
        form_.given[*given] = identifier ? identifier->text : "";
      return;
    }
    if (row.number <= 2) return;
    RawRow raw;
    raw.sheet = sheet_;
    raw.sheet_name = name_;
    raw.number = row.number;
    raw.columns = columns_;
    for (const auto& cell : row.cells) place(cell, raw);
    if (!raw.cells.empty() || !raw.identifier.empty() || !raw.handle.empty())
      rows_.push_back(std::move(raw));
  }

 private:
  void place(const sheet::SheetCell& cell, RawRow& raw) {
    if (cell.kind == sheet::CellKind::empty || trim(cell.text).empty()) return;
    if (cell.column == 0) {
      raw.handle = cell.text;
      return;
    }
    if (cell.column == item_) {
      raw.item = cell.text;
      return;
    }
    const auto found = std::find(columns_.begin(), columns_.end(), cell.column);
    if (cell.column == identifier_)
      raw.identifier = trim(cell.text);
    else if (found != columns_.end())
      raw.cells.emplace_back(std::size_t(found - columns_.begin()), cell);
    else
      form_.findings.push_back({Severity::remark, "form.column.unknown",
                                sheet::name_cell(name_, cell.column, raw.number),
                                "'" + shorten(cell.text, 60) +
                                    "' stands in a column that is not of the form and is not "
                                    "read; move it to a column with a title of the form"});
    if (cell.formula)
      form_.findings.push_back({Severity::remark, "form.formula",
                                sheet::name_cell(name_, cell.column, raw.number),
                                "the cell is a formula; '" + shorten(cell.text, 60) +
                                    "', which it last showed, is read; type the value itself"});
  }

  std::string name_;
  std::vector<RawRow>& rows_;
  ReadForm& form_;
  const FormSheet* sheet_ = nullptr;
  bool is_given_ = false;
  std::size_t item_ = std::size_t(-1), identifier_ = std::size_t(-1);
  std::vector<std::size_t> columns_;
};

/// Rows by record: first the initiatives, then what belongs to each.
class Gathering {
 public:
  explicit Gathering(ReadForm& form) : form_(form) {}

  void add_initiative(const RawRow& row) {
    SheetRecord record;
    auto handle = read_handle(row.handle);
    const bool copied = handle && !by_handle_.emplace(*handle, form_.records.size()).second;
    if (copied) handle.reset();
    if (handle) record.version = handle->second;
    if (handle && handle->second > 0) record.key = handle->first;
    record.place = {row.sheet_name, row.number, {}};
    const auto item = copied ? Item{} : read_item(row.item);
    for (const auto& [index, cell] : row.cells) {
      const auto& column = row.sheet->columns[index];
      const auto value = take_value(row, column, "", cell, item);
      if (!value) continue;
      if (column.path == "identifier") record.identifier = *value;
      put(record, place_of(column, item, record), *value, name_of(row, cell));
    }
    if (copied && by_identifier_.contains(record.identifier))
      note(Severity::error, "form.row.twice", name_of(row, 2),
           "the initiative '" + record.identifier +
               "' stands in two rows; delete one, or give the new one its own identifier");
    by_identifier_.emplace(record.identifier, form_.records.size());
    kept_.push_back(item.kept);
    form_.records.push_back(std::move(record));
    keep_row(form_.records.size() - 1, row);
  }

  void add_row(const RawRow& row) {
    const auto found = find_record(row);
    if (!found) {
      note(Severity::error, "form.row.alone", name_of(row, 2),
           "no row of the first sheet has the identifier '" + row.identifier +
               "'; add the initiative there, or mend the identifier here");
      return;
    }
    const auto [index, own] = *found;
    keep_row(index, row);
    if (row.sheet->name == "texts")
      add_text(index, row);
    else if (row.sheet->name == "other")
      others_.push_back({index, &row});
    else
      add_element(index, row, own);
  }

  /// What belongs to no column: after all else, since it may continue elements of lists.
  void add_others() {
    std::stable_sort(others_.begin(), others_.end(), [](const auto& one, const auto& other) {
      return read_item(one.second->item).number.value_or(0) <
             read_item(other.second->item).number.value_or(0);
    });
    for (const auto& [index, row] : others_) add_other(index, *row);
    for (std::size_t i = 0; i < form_.records.size(); ++i) close(i);
  }

 private:
  void note(Severity severity, std::string rule, std::string place, std::string message) {
    form_.findings.push_back({severity, std::move(rule), std::move(place), std::move(message)});
  }
  static std::string name_of(const RawRow& row, const sheet::SheetCell& cell) {
    return name_of(row, cell.column);
  }
  static std::string name_of(const RawRow& row, std::size_t column) {
    return sheet::name_cell(row.sheet_name, column, row.number);
  }
  static void put(SheetRecord& record, const std::string& path, std::string value,
                  std::string cell) {
    record.leaves[path] = {std::move(value), false};
    record.cells[path] = std::move(cell);
  }

  std::optional<std::string> take_value(const RawRow& row, const FormColumn& column,
                                        std::string_view scheme, const sheet::SheetCell& cell,
                                        const Item& item) {
    const auto value = take_cell(column, scheme, cell);
    if (!value.trouble.empty()) {
      note(Severity::error, "form.cell", name_of(row, cell), value.trouble);
      return std::nullopt;
    }
    if (value.doubtful)
      note(Severity::warning, "form.code", name_of(row, cell),
           "'" + shorten(value.text, 60) + "' is not in the list of " + std::string(column.list) +
               "; it is kept as it stands; choose a value from the drop-down");
    const auto kept = item.kept.find(std::string(column.name));
    if (kept != item.kept.end() &&
        (column.kind == FieldKind::amount || column.kind == FieldKind::number)) {
      const auto before = parse_decimal(kept->second), now = parse_decimal(value.text);
      if (before && now && *before == *now) return kept->second;
    }
    return value.text;
  }

  // Where a cell of the initiatives' sheet stands; of chosen elements the number is made here.
  static std::string place_of(const FormColumn& column, const Item& item, SheetRecord& record) {
    const auto equal = column.path.find('=');
    if (equal == std::string::npos) return column.path;
    const auto open = column.path.find('['), close = column.path.find(']');
    const auto list = column.path.substr(0, open);
    const auto kept = item.kept.find(std::string(column.name));
    const auto type = column.path.substr(equal + 1, close - equal - 1);
    const auto number = kept != item.kept.end() && to_integer(kept->second) >= 0
                            ? std::size_t(to_integer(kept->second))
                            : added_from + std::size_t(to_integer(type));
    const auto element = element_path(list, number);
    record.leaves[element + "." + column.path.substr(open + 1, equal - open - 1)] = {type, false};
    return element + column.path.substr(close + 1);
  }

  // The record of a row, and whether the row was given out with it.
  std::optional<std::pair<std::size_t, bool>> find_record(const RawRow& row) {
    const auto handle = read_handle(row.handle);
    const auto own = handle ? by_handle_.find(*handle) : by_handle_.end();
    const auto [first, last] = by_identifier_.equal_range(row.identifier);
    if (first == last || row.identifier.empty()) {
      if (own == by_handle_.end()) return std::nullopt;
      return std::pair{own->second, true};
    }
    for (auto one = first; one != last; ++one)
      if (own != by_handle_.end() && one->second == own->second)
        return std::pair{own->second, true};
    return std::pair{first->second, false};
  }

  std::size_t next_number(const SheetRecord& record, std::string_view list, bool added) {
    const auto numbers = elements_of(record.leaves, list);
    const auto next = numbers.empty() ? 0 : numbers.back() + 1;
    return added ? std::max(next, added_from) : next;
  }

  void add_element(std::size_t index, const RawRow& row, bool own) {
    auto& record = form_.records[index];
    auto item = own ? read_item(row.item) : Item{};
    const auto& base = row.sheet->base;
    if (item.number && !below(record.leaves, element_path(base, *item.number)).empty()) item = {};
    const auto number = item.number ? *item.number : next_number(record, base, true);
    if (item.number) present_.insert({index, element_path(base, number)});
    std::string scheme;
    for (const auto& [place, cell] : row.cells) {
      const auto& column = row.sheet->columns[place];
      if (column.list == "=scheme" || column.list == "=place")
        scheme = read_code(column.list, "", cell.text).code;
    }
    for (const auto& [place, cell] : row.cells) {
      const auto& column = row.sheet->columns[place];
      if (const auto value = take_value(row, column, scheme, cell, item))
        put(record, element_path(base, number) + column.path.substr(base.size() + 2), *value,
            name_of(row, cell));
    }
  }

  // Elements whose row is gone take with them what other sheets said of them.
  bool goes_with_row(std::size_t index, const std::string& path) const {
    const auto close = path.find(']');
    if (close == std::string::npos) return false;
    const auto list = path.substr(0, path.find('['));
    for (const auto& sheet : form_sheets())
      if (sheet.base == list) return !present_.contains({index, path.substr(0, close + 1)});
    return false;
  }

  void add_text(std::size_t index, const RawRow& row) {
    auto& record = form_.records[index];
    std::string path, cell_of_path;
    for (const auto& [place, cell] : row.cells)
      if (place == 0) path = trim(cell.text), cell_of_path = name_of(row, cell);
    if (path.empty()) {
      note(Severity::error, "form.text.field", name_of(row, row.columns[0]),
           "the row does not say which text it is; write a field, such as title");
      return;
    }
    if (goes_with_row(index, path)) return;
    if (!path.ends_with(']'))
      path = element_path(path, std::max<std::size_t>(next_number(record, path, false), 1));
    if (!fits_record(path + ".text", {"x", false})) {
      note(Severity::error, "form.text.field", cell_of_path,
           "'" + path + "' is no text of a record; write title or descriptions[0].text");
      return;
    }
    for (const auto& [place, cell] : row.cells) {
      if (place == 0) continue;
      if (const auto value = take_value(row, row.sheet->columns[place], "", cell, {}))
        put(record, path + (place == 1 ? ".lang" : ".text"), *value, name_of(row, cell));
    }
  }

  void add_other(std::size_t index, const RawRow& row) {
    auto& record = form_.records[index];
    std::string path, value, cell_of_value = name_of(row, row.columns[0]);
    for (const auto& [place, cell] : row.cells) {
      if (place == 0) path = trim(cell.text);
      if (place == 1) value = cell.text, cell_of_value = name_of(row, cell);
    }
    if (goes_with_row(index, path)) return;
    const auto leaf = read_leaf(value);
    if (!leaf || (!fits_record(path, *leaf) && leaf->text != "{}")) {
      note(Severity::error, "form.other", cell_of_value,
           "'" + path + "' with '" + shorten(value, 60) +
               "' is no field of a record; put back what stood there, or delete the row");
      return;
    }
    auto& kept = record.leaves[path];
    kept = {read_item(row.item).number.value_or(0) > 0 ? kept.text + leaf->text : leaf->text,
            leaf->literal};
    record.cells[path] = cell_of_value;
  }

  static std::optional<Leaf> read_leaf(const std::string& value) {
    if (value == "true" || value == "{}") return Leaf{value, true};
    if (!value.starts_with('"')) return Leaf{value, false};
    boost::system::error_code error;
    const auto json = boost::json::parse(value, error);
    if (error || !json.is_string()) return std::nullopt;
    return Leaf{std::string(json.get_string()), false};
  }

  // An element whose day is gone, and of which more is said, keeps its type.
  void close(std::size_t index) {
    auto& record = form_.records[index];
    for (const auto& [name, number] : kept_[index]) {
      const auto* column = find_sheet("initiatives")->find(name);
      if (!column || column->path.find('=') == std::string::npos) continue;
      const auto list = column->path.substr(0, column->path.find('['));
      const auto element = list + "[" + number + "]";
      const auto left = below(record.leaves, element);
      if (left.empty() || left.contains(".type")) continue;
      const auto equal = column->path.find('=');
      record.leaves[element + ".type"] = {
          column->path.substr(equal + 1, column->path.find(']') - equal - 1), false};
    }
  }

  void keep_row(std::size_t index, const RawRow& row) {
    boost::json::object cells;
    for (const auto& [place, cell] : row.cells)
      cells[row.sheet->columns[place].name] = cell.date ? to_string(*cell.date) : cell.text;
    auto& rows = form_.records[index].rows;
    rows += (rows.empty() ? "" : ",") + boost::json::serialize(boost::json::object{
                                            {"sheet", row.sheet->name}, {"columns", cells}});
  }

  ReadForm& form_;
  std::map<Handle, std::size_t> by_handle_;
  std::multimap<std::string, std::size_t> by_identifier_;
  std::vector<std::map<std::string, std::string>> kept_;
  std::vector<std::pair<std::size_t, const RawRow*>> others_;
  std::set<std::pair<std::size_t, std::string>> present_;
};

TakenValue take_number(const FormColumn& column, const sheet::SheetCell& cell) {
  TakenValue taken;
  if (const auto exact = parse_decimal(cell.text)) {
    taken.text = to_string(*exact);
    return taken;
  }
  const auto reading = sheet::read_number(cell, sheet::ColumnShape());
  if (reading.value && !reading.guessed) {
    taken.text = to_string(*reading.value);
    return taken;
  }
  taken.trouble = "'" + shorten(cell.text, 60) +
                  "' is no certain number; write digits with a "
                  "point before decimals, such as 1250.50";
  if (column.kind == FieldKind::amount) taken.trouble += ", and the currency in its own column";
  return taken;
}

TakenValue take_date(const sheet::SheetCell& cell) {
  TakenValue taken;
  const auto exact = cell.date ? cell.date : parse_date(cell.text);
  if (exact) {
    taken.text = to_string(*exact);
    return taken;
  }
  const auto reading = sheet::read_date(cell, sheet::ColumnShape());
  if (reading.first && !reading.guessed && reading.precision == sheet::DatePrecision::day)
    taken.text = to_string(*reading.first);
  else
    taken.trouble = "'" + shorten(cell.text, 60) +
                    "' is no certain day; write year, month and day, such as 2015-03-31";
  return taken;
}

}  // namespace

TakenValue take_cell(const FormColumn& column, std::string_view scheme,
                     const sheet::SheetCell& cell) {
  if (cell.kind == sheet::CellKind::fault)
    return {"", "the cell shows the fault " + cell.text + "; type the value itself"};
  if (column.kind == FieldKind::date) return take_date(cell);
  if (column.kind == FieldKind::amount || column.kind == FieldKind::number)
    return take_number(column, cell);
  TakenValue taken;
  taken.text = cell.date ? to_string(*cell.date) : std::string(trim(cell.text));
  if (column.kind == FieldKind::details && !registry::read_details(taken.text))
    taken.trouble = "'" + shorten(cell.text, 60) + "' is no list such as life=8; freight=2750";
  if (column.kind == FieldKind::text || column.kind == FieldKind::details) return taken;
  const auto reading = read_code(column.list, scheme, taken.text);
  taken.text = reading.code;
  taken.doubtful = !reading.known;
  if (!reading.known && column.list.starts_with('='))
    taken.trouble = "'" + shorten(cell.text, 60) +
                    "' is none of the values; choose one from the "
                    "drop-down";
  return taken;
}

bool is_form(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  char head[4] = {};
  if (!file.read(head, 4) || std::string_view(head, 4) != std::string_view("PK\3\4", 4))
    return false;
  try {
    const auto workbook = sheet::open_workbook(path);
    for (std::size_t i = 0; i < workbook->sheets().size() && i < 2; ++i) {
      sheet::SheetRow row;
      const auto* first = workbook->open(i)->next(row) ? row.find(0) : nullptr;
      if (first && first->text.starts_with(form_mark)) return true;
    }
  } catch (const Error&) {
  }
  return false;
}

ReadForm read_form(const std::string& path) {
  const auto workbook = sheet::open_workbook(path);
  ReadForm form;
  for (const auto& finding : workbook->findings())  // hidden sheets of the form are no news
    if (finding.severity != Severity::remark) form.findings.push_back(finding);
  std::vector<RawRow> rows;
  bool any = false;
  for (std::size_t i = 0; i < workbook->sheets().size(); ++i) {
    const auto reader = workbook->open(i);
    SheetRows sheet(workbook->sheets()[i].name, rows, form);
    sheet::SheetRow row;
    if (!reader->next(row) || !sheet.begin(row)) continue;
    any = true;
    while (reader->next(row)) sheet.take(row);
    form.damaged = form.damaged || reader->damaged();
    for (const auto& finding : reader->findings())
      if (finding.severity >= Severity::error) form.findings.push_back(finding);
  }
  if (!any)
    throw Error(Kind::invalid, path + " is no form of ours; make one with austral template");
  Gathering gathering(form);
  for (const auto& row : rows)
    if (row.sheet->name == "initiatives") gathering.add_initiative(row);
  for (const auto& row : rows)
    if (!row.sheet->base.empty()) gathering.add_row(row);
  for (const auto& row : rows)
    if (row.sheet->base.empty() && row.sheet->name != "initiatives") gathering.add_row(row);
  gathering.add_others();
  return form;
}

}  // namespace austral::form
