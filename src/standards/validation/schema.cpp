// Reads data/rules/iati_shape.tsv into one schema for each version and kind of file.
#include "standards/validation/schema.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/error.hpp"
#include "base/tsv.hpp"

namespace austral::validation {
namespace {

constexpr std::array<std::string_view, 8> versions = {"1.01", "1.02", "1.03", "1.04",
                                                      "1.05", "2.01", "2.02", "2.03"};

std::uint32_t read_figure(std::string_view text) {
  if (text == "*") return Slot::unbounded;
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size())
    throw Error(Kind::invalid,
                "data/rules/iati_shape.tsv: '" + std::string(text) + "' is no number of times");
  return value;
}

void set_content(Type& type, std::string_view cell) {
  if (cell.substr(0, 5) == "mixed") {
    type.mixed = true;
    cell.remove_prefix(std::min<std::size_t>(cell.size(), 6));
  }
  if (cell == "sequence") type.content = Type::Content::sequence;
  if (cell.substr(0, 6) == "choice") type.content = Type::Content::choice;
  type.needs_one = cell == "choice 1";
  if (cell == "any") {
    type.content = Type::Content::anything;
    type.mixed = type.other_namespaces = true;
  }
  if (cell.substr(0, 7) == "simple ") {
    type.content = Type::Content::simple;
    type.text = parse_lexical(cell.substr(7));
  }
}

}  // namespace

/// All schemas, read once.
class SchemaTable {
 public:
  SchemaTable() {
    const auto table = read_embedded_table("data/rules/iati_shape.tsv");
    const auto file = table.column("file");
    for (std::size_t at = 0; at < versions.size(); ++at) {
      const auto column = table.column(versions[at]);
      for (const auto row : table.rows())
        for (const char kind : row[file])
          if (!row[column].empty()) read_row(schemas_[at][kind == 'o'], row, row[column]);
    }
    for (auto& both : schemas_)
      for (auto& schema : both)
        for (auto& [name, type] : schema.types_)
          std::stable_sort(type.slots.begin(), type.slots.end(),
                           [](const Slot& a, const Slot& b) { return a.position < b.position; });
  }

  const Schema* find(std::string_view version, bool organisations) const {
    if (version == "1.0" || version == "1.00") version = versions[0];
    const auto found = std::find(versions.begin(), versions.end(), version);
    if (found == versions.end()) return nullptr;
    return &schemas_[std::size_t(found - versions.begin())][organisations];
  }

 private:
  /// Columns: file, owner, item, type, then the versions.
  static void read_row(Schema& schema, TsvTable::Row row, std::string_view cell) {
    const std::string owner(row[1]), item(row[2]), type(row[3]);
    if (owner.empty()) {
      schema.elements_[item] = &schema.types_[type];
      return;
    }
    Type& into = schema.types_[owner];
    if (item == "#content") return set_content(into, cell);
    if (item == "@*") {
      into.other_namespaces = true;
      return;
    }
    if (item.front() == '@') {
      into.attributes.push_back({item.substr(1), find_word(std::string_view(item).substr(1)),
                                 parse_lexical(type), cell == "1"});
      into.required += cell == "1";
      return;
    }
    Slot slot;
    slot.any = item.front() == '#';
    slot.name = item;
    slot.word = slot.any ? Word(0) : find_word(item);
    if (!slot.any) slot.type = &schema.types_[type];
    if (cell != "x") read_times(slot, cell);
    into.slots.push_back(std::move(slot));
  }

  /// `3:0-*`: the place, how often at least and at most.
  static void read_times(Slot& slot, std::string_view cell) {
    const auto colon = cell.find(':'), dash = cell.find('-');
    if (colon == std::string_view::npos || dash == std::string_view::npos)
      throw Error(Kind::invalid, "data/rules/iati_shape.tsv: unreadable '" + std::string(cell) +
                                     "' for " + slot.name);
    slot.position = read_figure(cell.substr(0, colon));
    slot.low = read_figure(cell.substr(colon + 1, dash - colon - 1));
    slot.high = read_figure(cell.substr(dash + 1));
  }

  std::array<std::array<Schema, 2>, versions.size()> schemas_;
};

const Type* Schema::find_element(std::string_view name) const {
  const auto found = elements_.find(std::string(name));
  return found == elements_.end() ? nullptr : found->second;
}

const Schema* find_schema(std::string_view version, bool organisations) {
  static const SchemaTable table;
  return table.find(version, organisations);
}

bool is_supported(std::string_view version) {
  return version == "2.01" || version == "2.02" || version == "2.03";
}

}  // namespace austral::validation
