// Lays a record out over the form's sheets: a column where one holds the value exactly, else a row
// among the texts or the rest.
#include <algorithm>

#include "base/date.hpp"
#include "base/decimal.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "standards/form/form.hpp"

namespace austral::form {
namespace {

constexpr std::size_t longest_cell = 32'000;  // a cell holds 32,767 units; some room to type
constexpr std::size_t chunk_bytes = 5'000;    // of quoted text, which grows up to sixfold

/// What a column's path says: the place, and the member that chooses an element of a list.
struct Selector {
  std::string list, member, value, rest;  // dates, type, 1, date
};
std::optional<Selector> find_selector(const std::string& path) {
  const auto open = path.find('['), equal = path.find('='), close = path.find(']');
  if (equal == std::string::npos) return std::nullopt;
  return Selector{path.substr(0, open), path.substr(open + 1, equal - open - 1),
                  path.substr(equal + 1, close - equal - 1), path.substr(close + 2)};
}

/// The scheme that a row's code is read by, from the row's own cells.
std::string scheme_of(const FormSheet& sheet, const std::vector<std::string>& cells) {
  for (std::size_t i = 0; i < sheet.columns.size(); ++i)
    if (sheet.columns[i].list == "=scheme" || sheet.columns[i].list == "=place") return cells[i];
  return {};
}

bool is_number(const FormColumn& column) {
  return column.kind == FieldKind::amount || column.kind == FieldKind::number;
}

/// Whether what the writer shows comes back as the same value.
bool holds(const FormColumn& column, const std::string& scheme, const Leaf& leaf) {
  if (leaf.literal || !is_plain(leaf.text)) return false;
  if (column.kind == FieldKind::date) {
    const auto date = parse_date(leaf.text);
    return date && to_string(*date) == leaf.text;
  }
  if (is_number(column)) {
    const auto number = parse_decimal(leaf.text);
    return number && to_string(*number) == leaf.text;
  }
  sheet::SheetCell cell;
  cell.text =
      column.kind == FieldKind::code ? show_code(column.list, scheme, leaf.text, "en") : leaf.text;
  if (!is_plain(cell.text)) return false;
  const auto taken = take_cell(column, scheme, cell);
  return taken.trouble.empty() && taken.text == leaf.text;
}

class LayingOut {
 public:
  explicit LayingOut(const registry::Record& record) : leaves_(to_leaves(record)) {}

  Layout lay() {
    for (const auto& sheet : form_sheets()) {
      if (sheet.name == "initiatives") lay_initiative(sheet);
      if (!sheet.base.empty()) lay_list(sheet);
    }
    lay_texts();
    lay_other();
    return std::move(layout_);
  }

 private:
  // Takes the value out of the leaves when the column holds it.
  bool take(const FormColumn& column, const std::string& scheme, const std::string& path,
            std::string& cell, std::string& item) {
    const auto found = leaves_.find(path);
    if (found == leaves_.end() || !holds(column, scheme, found->second)) return false;
    cell = found->second.text;
    leaves_.erase(found);
    if (is_number(column)) item += " " + std::string(column.name) + "=" + cell;
    return true;
  }

  void lay_initiative(const FormSheet& sheet) {
    LaidRow row;
    row.cells.resize(sheet.columns.size());
    for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
      const auto& column = sheet.columns[i];
      const auto selector = find_selector(column.path);
      if (!selector)
        take(column, "", column.path, row.cells[i], row.item);
      else if (const auto number = find_selected(*selector, column); number)
        take_selected(*selector, column, *number, row.cells[i], row.item);
    }
    layout_[sheet.name].push_back(std::move(row));
  }

  std::optional<std::size_t> find_selected(const Selector& selector, const FormColumn& column) {
    for (const auto number : elements_of(leaves_, selector.list)) {
      const auto path = element_path(selector.list, number) + ".";
      const auto member = leaves_.find(path + selector.member);
      const auto value = leaves_.find(path + selector.rest);
      if (member != leaves_.end() && value != leaves_.end() && !member->second.literal &&
          member->second.text == selector.value && holds(column, "", value->second))
        return number;
    }
    return std::nullopt;
  }

  void take_selected(const Selector& selector, const FormColumn& column, std::size_t number,
                     std::string& cell, std::string& item) {
    const auto path = element_path(selector.list, number) + ".";
    leaves_.erase(path + selector.member);
    take(column, "", path + selector.rest, cell, item);
    item += " " + std::string(column.name) + "=" + std::to_string(number);
  }

  void lay_list(const FormSheet& sheet) {
    for (const auto number : elements_of(leaves_, sheet.base)) {
      LaidRow row;
      row.item = std::to_string(number);
      row.cells.resize(sheet.columns.size());
      for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
        const auto& column = sheet.columns[i];
        const auto path =
            element_path(sheet.base, number) + column.path.substr(sheet.base.size() + 2);
        take(column, scheme_of(sheet, row.cells), path, row.cells[i], row.item);
      }
      layout_[sheet.name].push_back(std::move(row));
    }
  }

  void lay_texts() {
    std::map<std::string, LaidRow> rows;
    for (auto one = leaves_.begin(); one != leaves_.end();) {
      const auto& path = one->first;
      const bool is_lang = path.ends_with("].lang"), is_text = path.ends_with("].text");
      if (one->second.literal || (!is_lang && !is_text) || !is_plain(one->second.text)) {
        ++one;
        continue;
      }
      auto& row = rows[path.substr(0, path.size() - 5)];
      row.cells.resize(3);
      row.cells[0] = path.substr(0, path.size() - 5);
      const auto& columns = find_sheet("texts")->columns;
      if (!is_plain(row.cells[0]) || (is_lang && !holds(columns[1], "", one->second))) {
        ++one;
        continue;
      }
      row.cells[is_lang ? 1 : 2] = one->second.text;
      one = leaves_.erase(one);
    }
    for (auto& [path, row] : rows)
      if (!row.cells[1].empty() || !row.cells[2].empty())
        layout_["texts"].push_back(std::move(row));
  }

  void lay_other() {
    for (const auto& [path, leaf] : leaves_) {
      const bool quoted = !leaf.literal && (!is_plain(leaf.text) || leaf.text == "true" ||
                                            leaf.text == "{}" || leaf.text.starts_with('"'));
      if (!quoted) {
        layout_["other"].push_back({"0", {path, leaf.text}});
        continue;
      }
      std::size_t part = 0, at = 0;
      do {
        auto end = std::min(at + chunk_bytes, leaf.text.size());
        while (end < leaf.text.size() && (leaf.text[end] & 0xC0) == 0x80) --end;
        layout_["other"].push_back(
            {std::to_string(part++), {path, quote(leaf.text.substr(at, end - at))}});
        at = end;
      } while (at < leaf.text.size());
    }
  }

  // JSON in which nothing is left that a spreadsheet could take for an escape or drop.
  static std::string quote(const std::string& text) {
    std::string quoted, safe;
    append_json_string(quoted, text);
    for (std::size_t i = 0; i < quoted.size(); ++i) {
      const bool last_plane =
          quoted.compare(i, 3, "\xEF\xBF\xBE") == 0 || quoted.compare(i, 3, "\xEF\xBF\xBF") == 0;
      if (last_plane) {
        safe += quoted[i + 2] == '\xBE' ? "\\uFFFE" : "\\uFFFF";
        i += 2;
      } else if (quoted[i] == '_') {
        safe += "\\u005F";
      } else if (quoted[i] == '\x7F') {
        safe += "\\u007F";
      } else {
        safe += quoted[i];
      }
    }
    return safe;
  }

  Leaves leaves_;
  Layout layout_;
};

}  // namespace

bool is_plain(std::string_view text) {
  if (text.empty() || text.size() > longest_cell || trim(text) != text) return false;
  if (!is_valid_utf8(text)) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if ((c < 0x20 && c != '\n') || c == 0x7F) return false;
    if (c == '_' && i + 1 < text.size() && (text[i + 1] == 'x' || text[i + 1] == 'X')) return false;
    if (c == 0xEF && text.substr(i + 1, 1) == "\xBF" && i + 2 < text.size() &&
        static_cast<unsigned char>(text[i + 2]) >= 0xBE)
      return false;
  }
  return true;
}

Layout lay_out(const registry::Record& record) { return LayingOut(record).lay(); }

}  // namespace austral::form
