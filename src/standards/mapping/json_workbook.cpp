// JSON files as sheets. The whole document is held while it is read, so its size is limited.
#include "standards/mapping/json_workbook.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <map>
#include <vector>

#include "base/error.hpp"
#include "base/text.hpp"
#include "standards/bytes.hpp"

namespace austral::mapping {
namespace {

using sheet::CellKind;
namespace json = boost::json;

constexpr std::size_t most_json_bytes = std::size_t(256) << 20;

/// Numbers keep their digits: a parser's binary floating point would not.
std::string keep_numbers(const std::string& text) {
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      out += c;
      if (c == '\\' && i + 1 < text.size())
        out += text[++i];
      else if (c == '"')
        quoted = false;
      continue;
    }
    if (c == '"') quoted = true;
    if (c != '-' && !is_digit(c)) {
      out += c;
      continue;
    }
    const auto end = text.find_first_not_of("0123456789+-.eE", i);
    const auto number = text.substr(i, end == std::string::npos ? end : end - i);
    out += "\"\\u0001" + number + "\"";  // no text of a file holds this control character
    i += number.size() - 1;
  }
  return out;
}

struct JsonCell {
  CellKind kind = CellKind::words;
  std::string text;
};

JsonCell read_scalar(const json::value& value) {
  if (value.is_bool()) return {CellKind::truth, value.get_bool() ? "true" : "false"};
  if (!value.is_string()) return {CellKind::empty, ""};
  std::string_view text = value.get_string();
  if (!text.starts_with('\x01')) return {CellKind::words, std::string(text)};
  return {CellKind::number, std::string(text.substr(1))};
}

/// One object as cells by their paths, in the order in which paths were first met.
class JsonRows {
 public:
  explicit JsonRows(const json::array& items) {
    for (const auto& item : items) {
      row_.clear();
      if (item.is_object()) flatten(item, "", false);
      rows_.push_back(row_);
    }
  }

  std::size_t size() const { return rows_.size() + 1; }
  sheet::SheetRow row(std::size_t n) const {
    sheet::SheetRow row;
    row.number = n + 1;
    if (n == 0) {
      for (std::size_t i = 0; i < paths_.size(); ++i)
        row.cells.push_back({i, CellKind::words, paths_[i], {}, false});
      return row;
    }
    for (const auto& [column, cell] : rows_[n - 1])
      if (cell.kind != CellKind::empty)
        row.cells.push_back({column, cell.kind, cell.text, {}, false});
    return row;
  }

 private:
  std::size_t column_of(const std::string& path) {
    const auto [place, is_new] = columns_.emplace(path, paths_.size());
    if (is_new) paths_.push_back(path);
    return place->second;
  }

  void put(const std::string& path, JsonCell cell, bool listed) {
    auto& at = row_[column_of(path)];
    if (!listed) {
      at = std::move(cell);
      return;
    }
    for (char& c : cell.text)
      if (c == '\n') c = ' ';  // a line is an item
    if (!lists_.insert({path, 0}).second) at.text += "\n";
    at.text += cell.text;
    at.kind = CellKind::words;
  }

  void flatten(const json::value& value, const std::string& path, bool listed) {
    if (path.empty()) lists_.clear();
    if (value.is_object()) {
      for (const auto& [name, member] : value.get_object())
        flatten(member, path.empty() ? std::string(name) : path + "." + std::string(name), listed);
    } else if (value.is_array()) {
      flatten_list(value.get_array(), path);
    } else if (!path.empty()) {
      put(path, read_scalar(value), listed);
    }
  }

  /// Items that lack a member others have get an empty line, so that lines of columns belong
  /// together.
  void flatten_list(const json::array& items, const std::string& path) {
    std::vector<std::string> names;
    for (const auto& item : items)
      if (item.is_object())
        for (const auto& [name, member] : item.get_object())
          if (std::find(names.begin(), names.end(), name) == names.end()) names.emplace_back(name);
    for (const auto& item : items) {
      if (!item.is_object()) {
        flatten(item, path, true);
        continue;
      }
      for (const auto& name : names) {
        const auto* member = item.get_object().if_contains(name);
        flatten(member ? *member : json::value(), path + "." + name, true);
      }
    }
  }

  std::vector<std::string> paths_;
  std::map<std::string, std::size_t> columns_;
  std::map<std::string, int> lists_;
  std::map<std::size_t, JsonCell> row_;
  std::vector<std::map<std::size_t, JsonCell>> rows_;
};

class JsonSheet : public sheet::SheetReader {
 public:
  JsonSheet(std::shared_ptr<const JsonRows> rows, std::uint64_t bytes)
      : rows_(std::move(rows)), bytes_(bytes) {}
  bool next(sheet::SheetRow& row) override {
    while (at_ < rows_->size()) {
      row = rows_->row(at_++);
      if (!row.cells.empty()) return true;
    }
    return false;
  }
  const Findings& findings() const override { return findings_; }
  bool damaged() const override { return false; }
  std::uint64_t bytes_read() const override { return bytes_ * at_ / rows_->size(); }

 private:
  std::shared_ptr<const JsonRows> rows_;
  std::uint64_t bytes_ = 0;
  std::size_t at_ = 0;
  Findings findings_;
};

class JsonWorkbook : public sheet::Workbook {
 public:
  JsonWorkbook(std::shared_ptr<const JsonRows> rows, std::uint64_t bytes)
      : rows_(std::move(rows)), bytes_(bytes), sheets_(1) {}
  std::string format() const override { return "json"; }
  const std::vector<sheet::SheetInfo>& sheets() const override { return sheets_; }
  std::unique_ptr<sheet::SheetReader> open(std::size_t) override {
    return std::make_unique<JsonSheet>(rows_, bytes_);
  }
  const Findings& findings() const override { return findings_; }

 private:
  std::shared_ptr<const JsonRows> rows_;
  std::uint64_t bytes_ = 0;
  std::vector<sheet::SheetInfo> sheets_;
  Findings findings_;
};

/// The list of objects: the document itself, or the longest that a member holds.
const json::array* find_list(const json::value& root) {
  const auto holds_objects = [](const json::value& value) {
    return value.is_array() && !value.get_array().empty() && value.get_array().front().is_object();
  };
  if (holds_objects(root)) return &root.get_array();
  const json::array* best = nullptr;
  if (root.is_object())
    for (const auto& [name, member] : root.get_object())
      if (holds_objects(member) && (!best || member.get_array().size() > best->size()))
        best = &member.get_array();
  return best;
}

std::string read_whole(const std::string& path) {
  standards::Bytes bytes(path);
  std::string text;
  if (!bytes.next_document()) return text;
  std::vector<char> buffer(1 << 16);
  while (const auto n = bytes.read(buffer.data(), buffer.size())) {
    text.append(buffer.data(), n);
    if (text.size() > most_json_bytes)
      throw Error(Kind::invalid, path + " is JSON of more than 256 MB; give it as CSV");
  }
  return text;
}

}  // namespace

std::unique_ptr<sheet::Workbook> open_json_workbook(const std::string& path) {
  const std::string head = standards::first_bytes_of(path, 256);
  const auto start = trim(head);
  if (start.empty() || (start.front() != '{' && start.front() != '[')) return nullptr;
  const std::string text = read_whole(path);
  boost::system::error_code error;
  json::parse_options options;
  options.max_depth = 64;
  const auto root = json::parse(keep_numbers(text), error, {}, options);
  if (error) {
    if (start.front() == '[' && text.find('\n') != std::string::npos &&
        start.find('"') == start.npos)
      return nullptr;  // a delimited text may begin with a bracket
    throw Error(Kind::invalid, path + " begins like JSON and is none: " + error.message());
  }
  const auto* items = find_list(root);
  if (!items)
    throw Error(Kind::invalid, path +
                                   " is JSON without a list of objects; a sheet is a list like "
                                   "[{\"title\": \"...\"}, ...]");
  return std::make_unique<JsonWorkbook>(std::make_shared<const JsonRows>(*items), text.size());
}

}  // namespace austral::mapping
