// Writes activity files row by row.
#include "standards/rows/write.hpp"

#include "base/decimal.hpp"
#include "base/json.hpp"
#include "codes/code_list.hpp"
#include "codes/organization.hpp"

namespace austral::rows {
namespace {

void append_cell(std::string& out, std::string_view value, char separator) {
  const std::string cell = to_cell(value);
  const std::string_view special = separator == '|' ? "|\"\r\n" : ",\"\r\n;\t";
  if (cell.find_first_of(special) == std::string::npos) {
    out += cell;
    return;
  }
  out += '"';
  for (const char c : cell) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

class FileWriter : public standards::Writer {
 public:
  explicit FileWriter(const FileRules& rules) : rules_(rules) {}

  void begin(const standards::ExportHead& head, std::string& out) override {
    language_ = head.language;
    for (std::size_t i = 0; i < rules_.written; ++i) {
      append_cell(out, rules_.columns().name(i), rules_.separator);
      out += rules_.separator;
    }
    out += std::string(others_header) + "\r\n";
  }

  void write(const standards::Outgoing& one, std::string& out, Findings& findings) override {
    auto lines = rules_.to_lines(one.record);
    const auto initiative = one.initiative ? one.initiative->key : 0;
    const auto rule = [this](const char* name) { return std::string(rules_.name) + "." + name; };
    if (!lines.empty()) {
      if (!one.counted && one.initiative && initiative == foreign_)
        findings.push_back({Severity::warning, rule("told-twice"), "",
                            "another record of the same initiative, of another format, is in the "
                            "file too: sums of the file may count its money twice; choose one "
                            "with --publisher"});
    } else if (!one.counted) {
      findings.push_back({Severity::remark, rule("not-counted"), "",
                          "another record of the same initiative is counted in its place; it is "
                          "left out, so that the file does not tell its money twice"});
    } else {
      lines = rules_.fold_foreign(one.record, language_, findings);
      foreign_ = initiative;
    }
    for (auto& line : lines) write_line(line, out);
  }

  void finish(std::string&) override {}

 private:
  void write_line(Line& line, std::string& out) const {
    rules_.add_labels(line, language_);
    for (std::size_t i = 0; i < rules_.written; ++i) {
      append_cell(out, line.values[i], rules_.separator);
      out += rules_.separator;
    }
    append_cell(out, join_others(line), rules_.separator);
    out += "\r\n";
  }

  std::string join_others(const Line& line) const {
    std::string json;
    const auto append = [&](std::string_view name, std::string_view value) {
      json += json.empty() ? '{' : ',';
      append_json_string(json, name);
      json += ':';
      append_json_string(json, value);
    };
    for (std::size_t i = rules_.written; i < line.values.size(); ++i)
      if (!line.values[i].empty()) append(rules_.columns().name(i), line.values[i]);
    for (const auto& [name, value] : line.others) append(name, value);
    return json.empty() ? json : json + "}";
  }

  FileRules rules_;
  std::string language_ = "en";
  std::int64_t foreign_ = -1;  // initiative of the last record of another format
};

}  // namespace

std::string to_cell(std::string_view value) {
  constexpr std::string_view formula = "=+-@\t\r";
  const bool like_one = !value.empty() && formula.find(value[0]) != std::string_view::npos;
  if (!like_one || parse_decimal(value)) return std::string(value);
  return "'" + std::string(value);
}

std::string label_beside(std::string_view list, std::string_view code,
                         const std::string& language) {
  const auto* known = codes::get_list(list).find(code);
  return known ? std::string(codes::label_of(*known, language)) : std::string();
}

std::string channel_label(const std::string& code) {
  const auto* known = codes::find_organization(code);
  return known ? std::string(known->label) : std::string();
}

std::unique_ptr<standards::Writer> open_writer(const FileRules& rules) {
  return std::make_unique<FileWriter>(rules);
}

}  // namespace austral::rows
