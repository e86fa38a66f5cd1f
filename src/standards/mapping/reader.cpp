// Rows as fragments, grouped by identifier in two passes so that memory holds open groups alone.
#include "standards/mapping/reader.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "base/error.hpp"
#include "base/text.hpp"
#include "registry/mapping_store.hpp"
#include "standards/mapping/apply.hpp"
#include "standards/mapping/fields.hpp"
#include "standards/sheet/values.hpp"

namespace austral::mapping {
namespace {

using standards::Fragment;
using standards::Reading;

class RowReaderOfFile : public standards::Reader {
 public:
  RowReaderOfFile(const std::string& path, KnownMapping known, std::string only_sheet,
                  const sheet::WorkbookOptions& options)
      : known_(std::move(known)), workbook_(sheet::open_workbook(path, options)) {
    const auto& mapping = *known_.mapping;
    if (!only_sheet.empty()) check_sheet(path, only_sheet);
    gather_numeric();
    if (mapping.grouped || !numeric_.empty()) look_ahead(only_sheet);
    rows_ = std::make_unique<TableRows>(*workbook_, mapping, std::move(only_sheet));
  }

  bool next(Fragment& fragment) override {
    DataRow row;
    while (rows_->next(row)) {
      tell_forms(row);
      if (!known_.mapping->grouped) {
        write({std::move(row)}, fragment);
        return true;
      }
      const std::string key = key_of(row);
      auto& group = groups_[key];
      group.push_back(std::move(row));
      const auto left = waiting_.find(key);
      if (left != waiting_.end() && group.size() < left->second) continue;
      std::vector<DataRow> whole = std::move(group);
      groups_.erase(key);
      write(std::move(whole), fragment);
      return true;
    }
    if (groups_.empty()) return take_findings();
    auto open = groups_.begin();  // rows that only a file changed under our hands can leave
    std::vector<DataRow> rest = std::move(open->second);
    groups_.erase(open);
    write(std::move(rest), fragment);
    return true;
  }

  const Findings& findings() const override { return findings_; }
  bool damaged() const override { return rows_->damaged(); }
  std::uint64_t bytes_read() const override { return rows_->bytes_read(); }
  std::string format() const override { return "mapping-" + known_.mapping->name; }

 private:
  /// The columns whose numbers and days are read by what the whole column tells.
  void gather_numeric() {
    const auto& mapping = *known_.mapping;
    for (std::size_t table = 0; table < mapping.tables.size(); ++table)
      for_each_rule(mapping, table, [&](const FieldRule& rule) {
        const auto reads = find_field(rule.field)->reads;
        if (reads == Reads::amount || reads == Reads::share || reads == Reads::date)
          for (const auto& column : rule.columns) numeric_.insert(column);
      });
  }

  /// The column of a rule that a cell stands in: columns of years are one habit.
  const std::string* find_numeric(const RowCell& cell) const {
    if (cell.kind != sheet::CellKind::words) return nullptr;
    for (const auto& column : numeric_)
      if (fold_header(column) == fold_header(cell.header) ||
          match_year(column, cell.header).has_value())
        return &column;
    return nullptr;
  }

  void look_ahead(const std::string& only_sheet) {
    TableRows rows(*workbook_, *known_.mapping, only_sheet);
    DataRow row;
    while (rows.next(row)) {
      if (known_.mapping->grouped) ++waiting_[key_of(row)];
      for (const auto& cell : row.cells)
        if (const auto* column = find_numeric(cell)) shapes_[{row.table, *column}].add(cell.text);
    }
    // What a column leaves open, the others of its table tell: people keep to one habit.
    std::map<std::size_t, sheet::ColumnShape> tables;
    for (const auto& [key, shape] : shapes_) tables[key.first].merge(shape);
    for (auto& [key, shape] : shapes_) {
      const auto& table = tables.at(key.first);
      if (shape.mark() == sheet::DecimalMark::unknown) shape.tell_mark(table.mark());
      if (shape.order() == sheet::DayOrder::unknown) shape.tell_order(table.order());
    }
  }

  void tell_forms(DataRow& row) {
    for (auto& cell : row.cells) {
      const auto* column = find_numeric(cell);
      if (!column) continue;
      const auto shape = shapes_.find({row.table, *column});
      if (shape == shapes_.end()) continue;
      const bool marked = cell.text.find_first_of(",.") != std::string::npos;
      if (marked && shape->second.mark() == sheet::DecimalMark::comma) cell.form = "comma";
      if (marked && shape->second.mark() == sheet::DecimalMark::point) cell.form = "point";
      const bool parted = cell.text.find_first_of("/.-") != std::string::npos;
      const auto order = shape->second.order();
      if (parted && order != sheet::DayOrder::unknown)
        cell.form += std::string(cell.form.empty() ? "" : " ") +
                     (order == sheet::DayOrder::day_first ? "dmy" : "mdy");
    }
  }

  void check_sheet(const std::string& path, const std::string& wanted) {
    std::vector<std::string> names;
    for (const auto& info : workbook_->sheets()) {
      if (fold(info.name) == fold(wanted)) return;
      names.push_back(info.name);
    }
    std::string list;
    for (const auto& name : names) list += (list.empty() ? "'" : ", '") + name + "'";
    throw Error(Kind::invalid, path + " has no sheet '" + wanted + "'; there are " + list);
  }

  /// Rows without an identifier stand alone.
  std::string key_of(const DataRow& row) const {
    std::string key = identifier_of(*known_.mapping, row);
    if (key.empty()) key = "\n" + row.sheet + "\n" + std::to_string(row.number);
    return key;
  }

  void write(std::vector<DataRow> rows, Fragment& fragment) {
    fragment.text = write_rows(rows);
    fragment.format = name_edition(known_);
    fragment.line = rows.front().number;
    for (const auto& row : rows) {
      standards::RowPlace place{row.sheet, row.number, {}};
      for (const auto& cell : row.cells)
        place.columns.push_back(cell.column == no_column ? standards::RowPlace::nowhere
                                                         : std::uint32_t(cell.column));
      fragment.rows.push_back(std::move(place));
    }
  }

  bool take_findings() {
    if (!told_) {
      told_ = true;
      findings_ = workbook_->findings();
      for (const auto& finding : rows_->findings()) findings_.push_back(finding);
    }
    return false;
  }

  KnownMapping known_;
  std::unique_ptr<sheet::Workbook> workbook_;
  std::unique_ptr<TableRows> rows_;
  std::set<std::string> numeric_;
  std::map<std::pair<std::size_t, std::string>, sheet::ColumnShape> shapes_;
  std::unordered_map<std::string, std::size_t> waiting_;
  std::unordered_map<std::string, std::vector<DataRow>> groups_;
  Findings findings_;
  bool told_ = false;
};

std::string list_names(const std::vector<KnownMapping>& known) {
  std::string list;
  for (const auto& one : known) list += (list.empty() ? "" : ", ") + one.mapping->name;
  return list;
}

}  // namespace

std::unique_ptr<standards::Reader> open_rows(const std::string& path, KnownMapping known,
                                             const std::string& only_sheet,
                                             const sheet::WorkbookOptions& options) {
  return std::make_unique<RowReaderOfFile>(path, std::move(known), only_sheet, options);
}

Reading read_fragment(const Fragment& fragment) {
  auto kept = read_rows(fragment.text);
  if (const auto named = digest_in(fragment.format); !named.empty()) kept.digest = named;
  const auto mapping = find_edition(kept.digest);
  if (!mapping)
    throw Error(Kind::not_found, "the mapping of edition " + kept.digest + " (" + fragment.format +
                                     ") is not at hand; the register that holds the row holds it");
  for (std::size_t i = 0; i < kept.rows.size(); ++i) {
    auto& row = kept.rows[i];
    if (row.table >= mapping->tables.size())
      throw Error(Kind::invalid, "the mapping '" + mapping->name + "' has no such table");
    if (i >= fragment.rows.size()) continue;
    const auto& place = fragment.rows[i];
    row.sheet = place.sheet;
    row.number = place.row;
    for (std::size_t n = 0; n < row.cells.size() && n < place.columns.size(); ++n)
      if (place.columns[n] != standards::RowPlace::nowhere) row.cells[n].column = place.columns[n];
  }
  Applied applied = apply_mapping(*mapping, kept.rows);
  Reading reading;
  reading.record = std::move(applied.record);
  reading.findings = std::move(applied.findings);
  reading.usable = applied.usable;
  return reading;
}

bool recognise_nothing(std::string_view) { return false; }

std::unique_ptr<standards::Reader> refuse_to_open(const std::string& path) {
  throw Error(Kind::invalid, path + " is read by a mapping: name it with --mapping");
}

KnownMapping choose_mapping(store::Database* database, const std::string& path,
                            const SheetImport& how) {
  if (!how.mapping.empty()) return get_mapping(database, how.mapping);
  const auto workbook = sheet::open_workbook(path, how.workbook);
  const auto known = list_known(database);
  const auto fits = find_fitting(*workbook, known);
  if (!fits.empty() && fits.front().is_whole()) return fits.front().known;
  std::string message = path + " is a sheet whose headers no mapping fits";
  if (!fits.empty())
    message += "; nearest is '" + fits.front().known.mapping->name + "' with " +
               std::to_string(fits.front().found) + " of " + std::to_string(fits.front().wanted) +
               " columns (--mapping " + fits.front().known.mapping->name + " takes it)";
  throw Error(Kind::invalid, message + "; `austral mapping propose` makes one for it. Known: " +
                                 list_names(known));
}

standards::ImportedFile import_sheet(store::Database& database, const std::string& path,
                                     const KnownMapping& known, const SheetImport& how,
                                     standards::ImportOptions options) {
  // Opened first: nothing is kept for a file that cannot be read.
  std::shared_ptr<standards::Reader> reader = open_rows(path, known, how.sheet, how.workbook);
  registry::keep_mapping(database, options.who, known.mapping->name, known.digest,
                         write_mapping(*known.mapping));
  options.format = "mapping";
  options.reader = std::move(reader);
  return standards::import_file(database, path, options);
}

}  // namespace austral::mapping
