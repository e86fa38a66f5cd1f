// Reads a row's cells by the rules; every cell ends in a value, a finding or an extra.
#include "standards/mapping/draft.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace austral::mapping {

void Things::add(std::string_view field, std::vector<Placed> values) {
  auto& all = values_[std::string(field)];
  for (auto& value : values) all.push_back(std::move(value));
}

std::size_t Things::count() const {
  std::size_t most = 0;
  for (const auto& [name, values] : values_)
    if (find_field(name)->leads) most = std::max(most, values.size());
  return most;
}

const Placed* Things::find(std::string_view field, std::size_t n) const {
  const auto found = values_.find(field);
  if (found == values_.end()) return nullptr;
  const auto& values = found->second;
  const std::size_t at = values.size() == 1 ? 0 : n;
  return at < values.size() && values[at].filled ? &values[at] : nullptr;
}

std::string Things::text(std::string_view field, std::size_t n) const {
  const auto* value = find(field, n);
  return value ? value->value.text : std::string();
}

const std::vector<Placed>* Things::all(std::string_view field) const {
  const auto found = values_.find(field);
  return found == values_.end() ? nullptr : &found->second;
}

std::string name_place(const DataRow& row, const RowCell* cell) {
  const std::string sheet = row.sheet.empty() ? "" : row.sheet + ", ";
  if (!cell) return row.number ? sheet + "row " + std::to_string(row.number) : std::string();
  if (row.number && cell->column != no_column)
    return sheet::name_cell(row.sheet, cell->column, row.number);
  const std::string column = "column '" + cell->header + "'";
  return row.number ? sheet + "row " + std::to_string(row.number) + ", " + column : column;
}

std::vector<std::string> find_urls(std::string_view text) {
  std::vector<std::string> urls;
  for (auto at = text.find("http"); at != std::string_view::npos; at = text.find("http", at + 4)) {
    const auto rest = text.substr(at);
    if (!rest.starts_with("http://") && !rest.starts_with("https://")) continue;
    auto url = rest.substr(0, rest.find_first_of(" \t\r\n<>\"|;"));
    while (!url.empty() && std::string_view(".,;)").find(url.back()) != std::string_view::npos)
      url.remove_suffix(1);
    if (url.size() > 10 && std::find(urls.begin(), urls.end(), url) == urls.end())
      urls.emplace_back(url);
  }
  return urls;
}

namespace {

class RowReader {
 public:
  RowReader(const Mapping& mapping, const DataRow& row, Findings& findings)
      : mapping_(mapping), row_(row), findings_(findings) {}

  DraftedRow read() {
    for_each_rule(mapping_, row_.table, [&](const FieldRule& rule) { read_rule(rule); });
    DraftedRow drafted;
    drafted.draft = std::move(draft_);
    for (const auto& cell : row_.cells) {
      const bool pseudo = cell.header == section_column || cell.header == sheet_column;
      if (!used_.contains(&cell) || faulty_.contains(&cell))
        if (!pseudo || faulty_.contains(&cell)) drafted.unused.push_back(&cell);
    }
    return drafted;
  }

 private:
  void read_rule(const FieldRule& rule) {
    const Field& field = *find_field(rule.field);
    auto taken = take_values(rule, row_);
    mark_used(rule, taken);
    if (taken.empty()) return;
    std::vector<Placed> values;
    for (const auto& one : taken) read_taken(rule, field, one, values);
    if (std::any_of(values.begin(), values.end(), [](const Placed& v) { return v.filled; }))
      draft_[{field.group, rule.item}].add(field.name, std::move(values));
  }

  /// Of several columns the first filled one is taken; with `join` all are.
  void mark_used(const FieldRule& rule, const std::vector<Taken>& taken) {
    for (const auto& one : taken)
      if (one.cell) used_.insert(one.cell);
    if (taken.empty() || rule.join.empty()) return;
    for (const auto& column : rule.columns)
      if (const auto* cell = row_.find(column)) used_.insert(cell);
  }

  void read_taken(const FieldRule& rule, const Field& field, const Taken& taken,
                  std::vector<Placed>& values) {
    Placed placed;
    placed.lang = rule.lang.empty() ? mapping_.language : rule.lang;
    placed.year = taken.year;
    placed.once = rule.once;
    if (taken.text.empty()) {
      values.push_back(std::move(placed));
      return;
    }
    if (field.reads == Reads::list_of_urls) {
      read_addresses(taken, values);
      return;
    }
    if (taken.kind == sheet::CellKind::fault) {
      blame(rule, taken, {"a value", "mend the formula in the spreadsheet"});
      values.push_back(std::move(placed));
      return;
    }
    ReadProblem problem;
    const ReadHints hints{&field, rule.form,
                          taken.cell ? std::string_view(taken.cell->form) : std::string_view()};
    auto value = read_cell(hints, taken.kind, taken.text, taken.date, problem);
    if (!value) {
      blame(rule, taken, problem);
    } else {
      placed.filled = true;
      if (value->guessed) doubt(rule, taken, *value);
      placed.value = std::move(*value);
    }
    values.push_back(std::move(placed));
  }

  void read_addresses(const Taken& taken, std::vector<Placed>& values) {
    const auto urls = find_urls(taken.text);
    for (const auto& url : urls) {
      Placed placed;
      placed.filled = true;
      placed.value.text = url;
      values.push_back(std::move(placed));
    }
    if ((urls.size() != 1 || urls.front() != taken.text) && taken.cell) faulty_.insert(taken.cell);
  }

  void doubt(const FieldRule& rule, const Taken& taken, const CellValue& value) {
    const bool day = value.date.has_value();
    if (rule.form.find(day ? "my" : "o") != std::string::npos) return;  // the mapping has told
    findings_.push_back(
        {Severity::warning, "cell." + rule.field + ".doubtful", name_place(row_, taken.cell),
         "'" + shorten(taken.text, 60) + "' can be read in two ways and is taken as " +
             (day ? to_string(*value.date) : to_string(*value.number)) +
             ": say which is meant with `" +
             (day ? "form: dmy` or `form: mdy`, and write years with four digits"
                  : "form: comma` or `form: point`")});
  }

  void blame(const FieldRule& rule, const Taken& taken, const ReadProblem& problem) {
    if (taken.cell) faulty_.insert(taken.cell);
    std::string message = "'" + shorten(taken.text, 60) + "' stands where " + rule.field +
                          " is read: expected is " + problem.expected;
    if (!problem.remedy.empty()) message += "; " + problem.remedy;
    findings_.push_back({Severity::warning, "cell." + rule.field, name_place(row_, taken.cell),
                         std::move(message)});
  }

  const Mapping& mapping_;
  const DataRow& row_;
  Findings& findings_;
  Draft draft_;
  std::set<const RowCell*> used_, faulty_;
};

}  // namespace

DraftedRow draft_row(const Mapping& mapping, const DataRow& row, Findings& findings) {
  return RowReader(mapping, row, findings).read();
}

}  // namespace austral::mapping
