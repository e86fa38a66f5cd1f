// Follows the events of a JSON parser and flattens each object of a list into a row.
#include "standards/sheet/json_records.hpp"

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>

#include "base/text.hpp"
#include "standards/sheet/cell_forms.hpp"
#include "standards/sheet/row_queue.hpp"

namespace austral::sheet {
namespace {

constexpr std::size_t most_json_tables = 1'000, deepest_json = 64, longest_name = 2'000;

}  // namespace

/// Where in the text an event stands.
struct JsonLevel {
  bool list = false;
  std::size_t name_size = 0;  ///< of the path of keys above
  std::uint64_t items = 0;    ///< of a list, so far
};

/// Where a column's value stands in a row, and how many values it has.
struct JsonSlot {
  std::size_t cell = 0;
  std::uint64_t values = 0;
};

/// What both passes share: the path of keys, the list that makes the table.
class JsonHandler {
 public:
  static constexpr std::size_t max_object_size = std::size_t(-1);
  static constexpr std::size_t max_array_size = std::size_t(-1);
  static constexpr std::size_t max_key_size = 64 << 10;
  static constexpr std::size_t max_string_size = longest_row;
  using Code = boost::json::error_code;
  using Words = boost::json::string_view;

  JsonHandler(std::vector<JsonTable>* tables, const JsonTable* wanted, CellFindings& found,
              std::deque<SheetRow>& ready)
      : tables_(tables), wanted_(wanted), found_(found), ready_(ready) {}

  bool on_document_begin(Code&) { return true; }
  bool on_document_end(Code&) { return true; }
  bool on_object_begin(Code&) {
    enter_value();
    if (record_level_ == 0 && !levels_.empty() && levels_.back().list && lists_ == 1)
      begin_record();
    levels_.push_back({false, path_.size()});
    return true;
  }
  bool on_object_end(std::size_t, Code&) {
    leave();
    if (record_level_ == levels_.size() + 1) end_record();
    return true;
  }
  bool on_array_begin(Code&) {
    enter_value();
    levels_.push_back({true, path_.size()});
    ++lists_;
    return true;
  }
  bool on_array_end(std::size_t, Code&) {
    // The outermost list of a record: its columns end in step, too.
    if (lists_ == 2 && record_level_ > 0 && taken_ && wanted_) fill_up(levels_.back().items);
    --lists_;
    leave();
    return true;
  }
  bool on_key_part(Words text, std::size_t, Code&) {
    part_.append(text.data(), text.size());
    return true;
  }
  bool on_key(Words text, std::size_t, Code&) {
    part_.append(text.data(), text.size());
    path_.resize(levels_.back().name_size);
    if (!path_.empty()) path_ += '.';
    path_ += shorten(part_, longest_name);
    if (path_.size() > 2 * longest_name) path_.resize(2 * longest_name);
    part_.clear();
    return true;
  }
  bool on_string_part(Words text, std::size_t, Code&) { return on_number_part(text, code_); }
  bool on_string(Words text, std::size_t, Code&) {
    part_.append(text.data(), text.size());
    return value(CellKind::words, std::exchange(part_, {}));
  }
  bool on_number_part(Words text, Code&) {
    part_.append(text.data(), text.size());
    return true;
  }
  bool on_int64(std::int64_t, Words text, Code& code) { return number(text, code); }
  bool on_uint64(std::uint64_t, Words text, Code& code) { return number(text, code); }
  bool on_double(double, Words text, Code& code) { return number(text, code); }
  bool on_bool(bool truth, Code&) { return value(CellKind::truth, truth ? "true" : "false"); }
  bool on_null(Code&) {
    enter_value();
    return true;
  }
  bool on_comment_part(Words, Code&) { return true; }
  bool on_comment(Words, Code&) { return true; }

 private:
  void enter_value() {
    if (!levels_.empty() && levels_.back().list) ++levels_.back().items;
  }
  void leave() {
    path_.resize(std::min(path_.size(), levels_.back().name_size));
    levels_.pop_back();
  }
  bool number(Words text, Code&) {
    part_.append(text.data(), text.size());
    std::string plain = plain_number(part_, true);
    if (plain.empty()) return value(CellKind::words, std::exchange(part_, {}));
    part_.clear();
    return value(CellKind::number, std::move(plain));
  }
  void begin_record();
  void end_record();
  bool value(CellKind kind, std::string text);
  void keep(std::string_view name, CellKind kind, std::string text);
  void fill_up(std::uint64_t items);
  std::string_view name_here() const;
  JsonTable& table_here();

  std::vector<JsonTable>* tables_;
  const JsonTable* wanted_;
  CellFindings& found_;
  std::deque<SheetRow>& ready_;
  std::vector<JsonLevel> levels_;
  std::string path_, part_;
  std::size_t lists_ = 0, record_level_ = 0, record_name_ = 0, table_ = 0, row_bytes_ = 0;
  std::vector<JsonSlot> slots_;  ///< of each column, for the row
  SheetRow row_;
  std::uint64_t rows_ = 0;
  bool taken_ = false, features_ = false;
  Code code_;
};

/// The table whose list the next record stands in, made when it is first met.
JsonTable& JsonHandler::table_here() {
  for (std::size_t i = tables_->size(); i-- > 0;)
    if ((*tables_)[i].name == path_) return (*tables_)[i];
  if (tables_->size() < most_json_tables) {
    tables_->push_back({path_});
    tables_->back().geographic = features_ && path_ == "features";
  }
  return tables_->back();
}

void JsonHandler::begin_record() {
  record_level_ = levels_.size() + 1;
  record_name_ = path_.size();
  taken_ = tables_ || path_ == wanted_->name;
  if (tables_) {
    auto& table = table_here();
    table_ = std::size_t(&table - tables_->data());
    ++table.records;
  }
  row_ = {};
  row_bytes_ = 0;
  if (taken_) row_.number = ++rows_ + 1;
  if (wanted_) slots_.resize(wanted_->columns.size());
}

void JsonHandler::end_record() {
  record_level_ = 0;
  if (!slots_.empty())
    for (const auto& cell : row_.cells) slots_[cell.column] = {};
  if (!wanted_ || !taken_ || row_.cells.empty()) return;
  std::sort(row_.cells.begin(), row_.cells.end(),
            [](const SheetCell& a, const SheetCell& b) { return a.column < b.column; });
  ready_.push_back(std::move(row_));
}

bool JsonHandler::value(CellKind kind, std::string text) {
  enter_value();
  if (levels_.size() == 1 && path_ == "type" && text == "FeatureCollection") features_ = true;
  if (record_level_ == 0 || !taken_) {
    if (record_level_ == 0 && wanted_ && levels_.size() > 0 && levels_.back().list && lists_ == 1 &&
        path_ == wanted_->name)
      found_.add(Severity::warning, "json.record", "",
                 "a member of the list is no object and was left out");
    return true;
  }
  const auto name = name_here();
  const JsonTable& table = tables_ ? (*tables_)[table_] : *wanted_;
  // Lines and areas are lists of lists; a point is one.
  if (table.geographic && name == "geometry.coordinates" && lists_ > 2) {
    found_.add(Severity::remark, "json.geometry", "",
               "lines and areas of the map were left out; points were read");
    return true;
  }
  keep(name, kind, std::move(text));
  return true;
}

/// The path from the record on, as columns are called.
std::string_view JsonHandler::name_here() const {
  std::string_view name = std::string_view(path_).substr(std::min(record_name_, path_.size()));
  if (name.starts_with('.')) name.remove_prefix(1);
  const JsonTable& table = tables_ ? (*tables_)[table_] : *wanted_;
  if (table.geographic && name.starts_with("properties.")) name.remove_prefix(11);
  return name;
}

/// Items that lack a member which others have are empty lines, those at the end as well: otherwise
/// the only country's share would be taken for that of all.
void JsonHandler::fill_up(std::uint64_t items) {
  const std::string name(name_here());
  for (auto& cell : row_.cells) {
    const std::string_view column = wanted_->columns[cell.column];
    const bool member = column == name || name.empty() ||
                        (column.starts_with(name) && column.substr(name.size()).starts_with('.'));
    auto& slot = slots_[cell.column];
    if (!member || slot.values == 0 || slot.values >= items) continue;
    for (; slot.values < items; ++slot.values) append_within(cell.text, json_joint, row_bytes_);
    cell.kind = CellKind::words;
  }
}

void JsonHandler::keep(std::string_view name, CellKind kind, std::string text) {
  // A member without a name is called as JSON spells it: a header cell always says something.
  const std::string key(name.empty() ? std::string_view("\"\"") : name);
  if (tables_) {
    auto& table = (*tables_)[table_];
    if (table.columns.size() >= widest_sheet) {
      found_.add(Severity::damage, "json.columns", "",
                 "the objects have more than 16,384 different fields; the further ones were left "
                 "out");
    } else if (table.places.try_emplace(key, table.columns.size()).second) {
      table.columns.push_back(key);
    }
    return;
  }
  const auto place = wanted_->places.find(key);
  if (place == wanted_->places.end()) return;
  const std::size_t column = place->second;
  // Lists of objects keep in step: the second country's name stands second among the names.
  std::uint64_t wanted_before = 0;
  for (std::size_t i = record_level_; i < levels_.size(); ++i)
    if (levels_[i].list) {
      wanted_before = levels_[i].items - 1;
      break;
    }
  const bool listed = lists_ > 1;
  if (listed && text.find('\n') != std::string::npos) {
    std::replace(text.begin(), text.end(), '\n', ' ');
    found_.add(Severity::remark, "json.line", name_cell(wanted_->name, column, row_.number),
               "values of a list stand in one cell, a line each; line breaks inside of them were "
               "made spaces");
  }
  auto& slot = slots_[column];
  if (slot.values == 0) {
    if (text.empty()) return;
    slot.cell = row_.cells.size();
    row_.cells.push_back({column, kind});
  }
  SheetCell& cell = row_.cells[slot.cell];
  const std::uint64_t joints = slot.values == 0 ? 0 : slot.values - 1;
  const std::uint64_t index = std::max(slot.values, wanted_before);
  bool whole = true;
  for (std::uint64_t i = joints; whole && i < index; ++i)
    whole = append_within(cell.text, json_joint, row_bytes_);
  if (!whole || !append_within(cell.text, text, row_bytes_))
    tell_cut(found_, name_cell(wanted_->name, column, row_.number));
  slot.values = index + 1;
  if (index > 0) cell.kind = CellKind::words;
}

struct JsonRecords::Parser {
  Parser(std::vector<JsonTable>* tables, const JsonTable* wanted, CellFindings& findings,
         std::deque<SheetRow>& ready)
      : found(findings), json(options(), tables, wanted, findings, ready) {}
  static boost::json::parse_options options() {
    boost::json::parse_options out;
    out.max_depth = deepest_json;
    return out;
  }
  bool write(bool more, std::string_view bytes) {
    if (broken) return false;
    boost::json::error_code error;
    const std::size_t used = json.write_some(more, bytes.data(), bytes.size(), error);
    if (!error && used < bytes.size() && trim(bytes.substr(used)).empty()) return true;
    if (!error && used == bytes.size()) {
      total += used;
      return true;
    }
    broken = true;
    found.add(Severity::damage, "json.damaged", "",
              "the text is no JSON from its byte " + std::to_string(total + used + 1) + " on (" +
                  (error ? error.message() : std::string("something follows its end")) +
                  "); what stands before that was read");
    return false;
  }

  CellFindings& found;
  boost::json::basic_parser<JsonHandler> json;
  std::uint64_t total = 0;
  bool broken = false;
};

JsonRecords::JsonRecords(std::vector<JsonTable>& tables, CellFindings& found)
    : parser_(std::make_unique<Parser>(&tables, nullptr, found, ready)) {}
JsonRecords::JsonRecords(const JsonTable& table, CellFindings& found)
    : parser_(std::make_unique<Parser>(nullptr, &table, found, ready)) {}
JsonRecords::~JsonRecords() = default;

bool JsonRecords::feed(std::string_view bytes) {
  return parser_->json.done() && trim(bytes).empty() ? true : parser_->write(true, bytes);
}

bool JsonRecords::finish() { return parser_->json.done() || parser_->write(false, {}); }

}  // namespace austral::sheet
