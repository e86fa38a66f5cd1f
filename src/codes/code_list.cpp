// Fills the lists from the tables inside the binary, once, when first asked.
#include "codes/code_list.hpp"

#include <map>

#include "base/digest.hpp"
#include "base/embedded.hpp"
#include "base/error.hpp"
#include "base/tsv.hpp"

namespace austral::codes {
namespace {

using Lists = std::map<std::string, CodeList, std::less<>>;

/// The label columns a table may have: `label` is English, the others `label_LANG`.
Code read_labels(const TsvTable& table, TsvTable::Row row) {
  Code code;
  for (std::size_t i = 0; i < table.columns().size(); ++i) {
    const std::string_view name = table.columns()[i];
    if (row[i].empty()) continue;
    if (name == "label")
      code.labels.insert(code.labels.begin(), {"en", row[i]});
    else if (name.starts_with("label_"))
      code.labels.emplace_back(name.substr(6), row[i]);
    else if (name == "status")
      code.withdrawn = row[i] == "withdrawn";
  }
  return code;
}

/// One table holds one list, or several told apart by a column.
void add_table(Lists& lists, const char* path, std::string_view list_column,
               std::string_view prefix, std::string_view parent_column,
               std::string_view single_name = {}) {
  const TsvTable table = read_embedded_table(path);
  const auto code_at = table.column("code");
  for (const auto row : table.rows()) {
    Code code = read_labels(table, row);
    code.code = row[code_at];
    if (!parent_column.empty()) code.parent = row[table.column(parent_column)];
    std::string name(single_name);
    if (!list_column.empty())
      name = std::string(prefix) + std::string(row[table.column(list_column)]);
    lists[name].add(std::move(code));
  }
}

Lists read_lists() {
  Lists lists;
  add_table(lists, "data/codes/iati.tsv", "list", "", "");
  add_table(lists, "data/codes/iati_lists.tsv", "list", "", "");
  add_table(lists, "data/codes/sectors.tsv", "scheme", "", "parent");
  add_table(lists, "data/codes/regions.tsv", "vocabulary", "region-", "parent");
  add_table(lists, "data/codes/tossd.tsv", "list", "tossd-", "parent");
  add_table(lists, "data/codes/goals.tsv", "", "", "", "goal");
  add_table(lists, "data/codes/targets.tsv", "", "", "goal", "target");
  add_table(lists, "data/codes/critical_areas.tsv", "", "", "", "critical-area");
  lists["framework"] = lists["tossd-framework"];
  lists["marker"] = lists["PolicyMarker"];
  lists["aid-type"] = lists["AidType"];
  lists["modality"] = lists["AidType"];  // TOSSD's codes continue the DAC's
  for (const auto& code : lists["tossd-modality"].all())
    if (!lists["modality"].find(code.code)) lists["modality"].add(code);
  return lists;
}

const Lists& lists() {
  static const Lists all = read_lists();
  return all;
}

}  // namespace

std::string_view label_of(const Code& code, std::string_view language) {
  for (const auto& [lang, label] : code.labels)
    if (lang == language) return label;
  return code.labels.empty() ? code.code : code.labels.front().second;
}

void CodeList::add(Code code) {
  places_.emplace(code.code, codes_.size());
  codes_.push_back(std::move(code));
}

const Code* CodeList::find(std::string_view code) const {
  const auto place = places_.find(code);
  return place == places_.end() ? nullptr : &codes_[place->second];
}

std::string_view CodeList::label(std::string_view code, std::string_view language) const {
  const Code* found = find(code);
  return found ? label_of(*found, language) : code;
}

const CodeList* find_list(std::string_view name) {
  const auto list = lists().find(name);
  return list == lists().end() ? nullptr : &list->second;
}

const CodeList& get_list(std::string_view name) {
  if (const auto* list = find_list(name)) return *list;
  throw Error(Kind::not_found, "no code list is called '" + std::string(name) + "'");
}

std::vector<std::string_view> list_names() {
  std::vector<std::string_view> names;
  for (const auto& [name, list] : lists()) names.push_back(name);
  return names;
}

std::string_view find_v2_code(std::string_view list, std::string_view v1_code) {
  static const auto values = [] {
    std::map<std::pair<std::string_view, std::string_view>, std::string_view> all;
    const TsvTable table = read_embedded_table("data/codes/iati_v1.tsv");
    const auto list_at = table.column("list"), from = table.column("code_v1"),
               to = table.column("code_v2");
    for (const auto row : table.rows()) all[{row[list_at], row[from]}] = row[to];
    return all;
  }();
  const auto found = values.find({list, v1_code});
  return found == values.end() ? std::string_view{} : found->second;
}

std::vector<std::string_view> critical_areas_of(std::string_view scheme, std::string_view code) {
  static const auto areas = [] {
    std::multimap<std::pair<std::string_view, std::string_view>, std::string_view> all;
    const TsvTable table = read_embedded_table("data/codes/critical_area_codes.tsv");
    const auto area = table.column("area"), scheme_at = table.column("scheme"),
               code_at = table.column("code");
    for (const auto row : table.rows())
      all.emplace(std::pair{row[scheme_at], row[code_at]}, row[area]);
    return all;
  }();
  std::vector<std::string_view> found;
  const auto [first, last] = areas.equal_range({scheme, code});
  for (auto it = first; it != last; ++it) found.push_back(it->second);
  return found;
}

std::string edition() {
  static const std::string name = [] {
    Digester digester;
    for (const auto& file : embedded_files_below("data/codes/"))
      digester.add(file.path).add(file.bytes);
    for (const auto& file : embedded_files_below("data/rules/"))
      digester.add(file.path).add(file.bytes);
    for (const auto& file : embedded_files_below("data/prices/"))
      digester.add(file.path).add(file.bytes);
    return to_string(digester.finish()).substr(0, 12);
  }();
  return name;
}

}  // namespace austral::codes
