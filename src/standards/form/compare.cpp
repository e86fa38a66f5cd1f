// Three versions of a record side by side: given out, in the sheet, in force.
#include "standards/form/compare.hpp"

#include <algorithm>
#include <optional>
#include <set>

#include "base/date.hpp"
#include "base/error.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "registry/record_store.hpp"

namespace austral::form {
namespace {

constexpr std::size_t new_in_register = 500'000;  // numbers of elements that only ours has

std::string list_of_path(const std::string& path) {
  const auto open = path.find('['), dot = path.find('.');
  return open == std::string::npos || dot < open ? "" : path.substr(0, open);
}

std::set<std::string> lists_of(const Leaves& leaves) {
  std::set<std::string> lists;
  for (const auto& [path, leaf] : leaves)
    if (auto list = list_of_path(path); !list.empty()) lists.insert(std::move(list));
  return lists;
}

/// Leaves numbered 0, 1, 2 ... with other numbers for the elements of one list.
void renumber(Leaves& leaves, const std::string& list, const std::vector<std::size_t>& numbers) {
  Leaves moved;
  for (std::size_t i = 0; i < numbers.size(); ++i)
    for (const auto& [rest, leaf] : below(leaves, element_path(list, i)))
      moved[element_path(list, numbers[i]) + rest] = leaf;
  std::erase_if(leaves, [&](const auto& one) { return list_of_path(one.first) == list; });
  leaves.merge(moved);
}

/// The sheet's leaves with all that a record fills in by itself, elements keeping their numbers.
Leaves complete(const Leaves& leaves) {
  Leaves whole = to_leaves(to_record(leaves));
  for (const auto& list : lists_of(leaves)) renumber(whole, list, elements_of(leaves, list));
  return whole;
}

/// Gives the elements of `ours` the numbers that they have in the sheet or had when given out.
class Alignment {
 public:
  Alignment(Leaves& ours, const Leaves& base, const Leaves& theirs)
      : ours_(ours), base_(base), theirs_(theirs) {
    for (const auto& list : lists_of(ours)) align(list);
  }

 private:
  void align(const std::string& list) {
    if (below(ours_, list) == below(base_, list)) return;  // numbered as given out already
    const auto here = elements_of(ours_, list);
    std::vector<std::optional<std::size_t>> numbers(here.size());
    std::set<std::size_t> used;
    for (const auto* other : {&theirs_, &base_}) match_equal(list, *other, numbers, used);
    auto left = elements_of(base_, list);
    std::erase_if(left, [&](std::size_t number) { return used.contains(number); });
    std::size_t next = 0;
    std::vector<std::size_t> final_numbers;
    for (std::size_t i = 0; i < here.size(); ++i) {
      if (!numbers[i]) numbers[i] = next < left.size() ? left[next++] : new_in_register + i;
      final_numbers.push_back(*numbers[i]);
    }
    renumber(ours_, list, final_numbers);
  }

  void match_equal(const std::string& list, const Leaves& other,
                   std::vector<std::optional<std::size_t>>& numbers, std::set<std::size_t>& used) {
    const auto there = elements_of(other, list);
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      if (numbers[i]) continue;
      const auto mine = below(ours_, element_path(list, i));
      for (const auto number : there)
        if (!used.contains(number) && below(other, element_path(list, number)) == mine) {
          numbers[i] = number;
          used.insert(number);
          break;
        }
    }
  }

  Leaves& ours_;
  const Leaves &base_, &theirs_;
};

std::string sum_up(const Leaves& leaves) {
  std::string words;
  for (const auto& [path, leaf] : leaves)
    if (!leaf.literal) words += (words.empty() ? "" : ", ") + leaf.text;
  return shorten(words, 200);
}

std::string value_of(const Leaves& leaves, const std::string& path) {
  const auto found = leaves.find(path);
  return found == leaves.end() ? "" : found->second.text;
}

/// One record compared.
class RecordComparison {
 public:
  RecordComparison(const SheetRecord& sheet, bool take_sheet, Comparison& out)
      : sheet_(sheet), take_sheet_(take_sheet), out_(out) {}

  Leaves base, theirs, ours;

  /// The merged leaves.
  Leaves merge() {
    Alignment(ours, base, theirs);
    merged_ = ours;
    for (const auto& list : lists_of(base))
      for (const auto number : elements_of(base, list)) compare_element(element_path(list, number));
    std::set<std::string> paths;
    for (const auto* leaves : {&base, &theirs})
      for (const auto& [path, leaf] : *leaves) paths.insert(path);
    for (const auto& path : paths)
      if (!is_decided(path)) compare_leaf(path);
    return std::move(merged_);
  }

 private:
  static std::string element_of(const std::string& path) {
    return list_of_path(path).empty() ? "" : path.substr(0, path.find(']') + 1);
  }
  bool is_decided(const std::string& path) const {
    return path == "updated" || path == "kind" ||
           (sheet_.key != 0 && (path == "identifier" || path == "publisher")) ||
           decided_.contains(element_of(path));
  }

  void compare_element(const std::string& element) {
    const auto given = below(base, element), now = below(theirs, element),
               held = below(ours, element);
    if (now == given || now == held) {
      if (now.empty() || held.empty()) decided_.insert(element);
      return;
    }
    if (!now.empty() && !held.empty()) return;
    decided_.insert(element);
    const bool conflict = held != given;
    add(conflict ? ChangeKind::conflict : ChangeKind::change, element, sum_up(given), sum_up(held),
        sum_up(now));
    if (conflict && !take_sheet_) return;
    for (const auto& [rest, leaf] : held) merged_.erase(element + rest);
    for (const auto& [rest, leaf] : now) merged_[element + rest] = leaf;
  }

  void compare_leaf(const std::string& path) {
    const auto find = [&](const Leaves& leaves) -> std::optional<Leaf> {
      const auto found = leaves.find(path);
      return found == leaves.end() ? std::nullopt : std::optional(found->second);
    };
    const auto given = find(base), now = find(theirs), held = find(ours);
    if (now == given || now == held) return;
    const bool conflict = held != given;
    add(conflict ? ChangeKind::conflict
        : given  ? ChangeKind::change
                 : ChangeKind::addition,
        path, value_of(base, path), value_of(ours, path), value_of(theirs, path));
    if (conflict && !take_sheet_) return;
    if (now)
      merged_[path] = *now;
    else
      merged_.erase(path);
  }

  void add(ChangeKind kind, const std::string& path, std::string given, std::string held,
           std::string now) {
    const auto cell = sheet_.cells.find(path);
    out_.changes.push_back({kind, sheet_.identifier, show_path(path), std::move(given),
                            std::move(held), std::move(now),
                            cell != sheet_.cells.end() ? cell->second
                                                       : sheet_.place.sheet + ", row " +
                                                             std::to_string(sheet_.place.row)});
  }

  // Elements that the office added have no number that means anything to people.
  static std::string show_path(const std::string& path) {
    const auto element = element_of(path);
    const auto digits = element.size() > 8 ? element.substr(element.find('[') + 1) : "";
    if (digits.size() < 8) return path;
    return element.substr(0, element.find('[')) + "[new " +
           std::to_string(std::stoull(digits) - added_from + 1) + "]" + path.substr(element.size());
  }

  const SheetRecord& sheet_;
  const bool take_sheet_;
  Comparison& out_;
  Leaves merged_;
  std::set<std::string> decided_;
};

std::optional<std::int64_t> find_held_key(store::Database& database, const registry::Record& one) {
  for (const auto key : registry::find_records(database, one.identifier)) {
    const auto held = registry::get_record(database, key);
    if (held.publisher == one.publisher && held.kind == one.kind) return key;
  }
  return std::nullopt;
}

/// The whole form, record by record.
class FormComparison {
 public:
  FormComparison(store::Database& database, const ReadForm& form, bool take_sheet)
      : database_(database), form_(form), take_sheet_(take_sheet) {}

  Comparison compare() {
    std::set<std::pair<std::int64_t, std::int64_t>> met;
    for (std::size_t i = 0; i < form_.records.size(); ++i) {
      const auto& sheet = form_.records[i];
      if (sheet.version > 0) met.insert({sheet.key, sheet.version});
      try {
        compare_record(sheet, i);
      } catch (const Error& error) {
        if (error.kind() != Kind::invalid) throw;
        note(sheet, "form.record", std::string(error.what()) + "; the record is left as it was");
      }
    }
    for (const auto& [given, identifier] : form_.given)
      if (given.second > 0 && !met.contains(given))
        out_.changes.push_back(
            {ChangeKind::removal, identifier, "", identifier, identifier, "", "row missing"});
    return std::move(out_);
  }

 private:
  void note(const SheetRecord& sheet, std::string rule, std::string message) {
    out_.findings.push_back({Severity::error, std::move(rule),
                             sheet::name_cell(sheet.place.sheet, 2, sheet.place.row),
                             std::move(message)});
  }

  std::optional<registry::Record> find_given(const SheetRecord& sheet, std::int64_t version) {
    try {
      return registry::get_record(database_, sheet.key, version);
    } catch (const Error& error) {
      if (error.kind() != Kind::not_found) throw;
      return std::nullopt;
    }
  }

  void compare_record(const SheetRecord& sheet, std::size_t place) {
    const auto said = to_record(sheet.leaves);
    if (said.identifier.empty() || said.publisher.empty()) {
      note(sheet, "form.identifier",
           "an initiative needs an identifier and the reference of its publisher; fill in both");
      return;
    }
    const auto given = sheet.version > 0 ? find_given(sheet, sheet.version) : std::nullopt;
    if (sheet.version > 0 && !given) {
      note(sheet, "form.other_register",
           "this register never gave out '" + said.identifier +
               "' in this version; compare the form with the register that it came from");
      return;
    }
    if (given && (given->identifier != said.identifier || given->publisher != said.publisher)) {
      note(sheet, "form.identifier.changed",
           "'" + given->identifier + "' of " + given->publisher +
               " was given out; identifier and publisher of a record stay as they are, and an "
               "initiative of its own is a new row");
    }
    auto held = given ? find_given(sheet, 0) : std::nullopt;
    if (!given)
      if (const auto key = find_held_key(database_, said))
        held = registry::get_record(database_, *key);
    if (!held) {
      out_.changes.push_back({ChangeKind::addition, said.identifier, "initiative", "", "",
                              std::string(pick_text(said.title, "en")),
                              sheet::name_cell(sheet.place.sheet, 2, sheet.place.row)});
      enter(said, place, "");
      return;
    }
    RecordComparison one(sheet, take_sheet_, out_);
    if (given) one.base = to_leaves(*given);
    one.theirs = complete(sheet.leaves);
    one.ours = to_leaves(*held);
    auto merged = to_record(one.merge());
    if (to_json(merged) == to_json(*held))
      ++out_.unchanged;
    else
      enter(std::move(merged), place, held->updated);
  }

  // A later time than the version in force has, so that the merged one comes in force.
  void enter(registry::Record record, std::size_t place, const std::string& updated) {
    record.updated = std::max(to_timestamp(now_milliseconds()), updated);
    out_.to_enter.push_back({std::move(record), place});
  }

  store::Database& database_;
  const ReadForm& form_;
  const bool take_sheet_;
  Comparison out_;
};

}  // namespace

Comparison compare_form(store::Database& database, const ReadForm& form, bool take_sheet) {
  return FormComparison(database, form, take_sheet).compare();
}

Table list_changes(const Comparison& comparison) {
  Table table;
  table.name = "form_changes";
  table.title = "Changes in the form";
  table.definition =
      "What the form says otherwise than the version that was given out, and what the register "
      "says now. Conflicts are fields that both changed; they are entered with --take sheet.";
  table.source = "the form, and the register's versions of its records";
  table.columns = {{"kind", "Kind"},       {"identifier", "Identifier"}, {"field", "Field"},
                   {"given", "Given out"}, {"in_force", "In force now"}, {"sheet", "In the sheet"},
                   {"cell", "Cell"}};
  for (const auto& one : comparison.changes)
    table.rows.push_back({std::string(boost::describe::enum_to_string(one.kind, "")),
                          one.identifier, one.field, one.given, one.in_force, one.sheet, one.cell});
  table.total_rows = table.rows.size();
  return table;
}

}  // namespace austral::form
