// Writes a mapping as the YAML that people edit and by which its content is named.
#include <yaml-cpp/yaml.h>

#include "standards/mapping/mapping.hpp"

namespace austral::mapping {
namespace {

class MappingWriter {
 public:
  explicit MappingWriter(const Mapping& mapping) : mapping_(mapping) {}

  std::string write() {
    out_ << YAML::BeginMap;
    out_ << YAML::Key << "mapping" << YAML::Value << mapping_.name;
    put("title", mapping_.title);
    put("source", mapping_.source);
    put("language", mapping_.language);
    if (mapping_.grouped) out_ << YAML::Key << "rows" << YAML::Value << "grouped";
    if (mapping_.tables.size() == 1 && mapping_.fields.empty()) {
      put_table(mapping_.tables.front());
    } else {
      if (!mapping_.fields.empty()) put_fields(mapping_.fields);
      out_ << YAML::Key << "tables" << YAML::Value << YAML::BeginSeq;
      for (const auto& table : mapping_.tables) {
        out_ << YAML::BeginMap;
        put_table(table);
        out_ << YAML::EndMap;
      }
      out_ << YAML::EndSeq;
    }
    out_ << YAML::EndMap;
    return std::string(out_.c_str()) + "\n";
  }

 private:
  void put_text(const std::string& text) { out_ << YAML::DoubleQuoted << text; }

  void put(const char* word, const std::string& text) {
    if (text.empty()) return;
    out_ << YAML::Key << word << YAML::Value;
    put_text(text);
  }

  void put_list(const char* word, const std::vector<std::string>& texts) {
    if (texts.empty()) return;
    out_ << YAML::Key << word << YAML::Value << YAML::Flow << YAML::BeginSeq;
    for (const auto& text : texts) put_text(text);
    out_ << YAML::EndSeq;
  }

  void put_table(const TableRule& table) {
    put("sheet", table.sheet);
    if (table.header) out_ << YAML::Key << "header" << YAML::Value << table.header;
    if (table.header_rows != 1)
      out_ << YAML::Key << "header_rows" << YAML::Value << table.header_rows;
    if (table.sections) out_ << YAML::Key << "sections" << YAML::Value << "true";
    put_list("fill", table.fill);
    if (!table.leave_out.empty()) {
      out_ << YAML::Key << "leave_out" << YAML::Value << YAML::BeginSeq;
      for (const auto& condition : table.leave_out) put_condition(condition);
      out_ << YAML::EndSeq;
    }
    put_fields(table.fields);
  }

  void put_condition(const Condition& condition) {
    out_ << YAML::Flow << YAML::BeginMap;
    put("column", condition.column);
    const char* test = boost::describe::enum_to_string(condition.test, "is");
    if (condition.test == Test::empty || condition.test == Test::filled)
      out_ << YAML::Key << test << YAML::Value << "true";
    else
      put_list(test, condition.words);
    put("because", condition.because);
    out_ << YAML::EndMap;
  }

  void put_fields(const std::vector<FieldRule>& rules) {
    out_ << YAML::Key << "fields" << YAML::Value << YAML::BeginMap;
    for (const auto& rule : rules) {
      std::string key = rule.field;
      if (rule.item > 1) key += " " + std::to_string(rule.item);
      if (!rule.lang.empty()) key += " " + rule.lang;
      out_ << YAML::Key << key << YAML::Value;
      put_rule(rule);
    }
    out_ << YAML::EndMap;
  }

  void put_rule(const FieldRule& rule) {
    FieldRule bare;
    bare.field = rule.field;
    bare.item = rule.item;
    bare.lang = rule.lang;
    bare.columns = rule.columns;
    if (rule == bare && rule.columns.size() == 1) {
      put_text(rule.columns.front());
      return;
    }
    const bool flow = rule.values.empty();
    if (flow) out_ << YAML::Flow;
    out_ << YAML::BeginMap;
    if (rule.columns.size() == 1) put("column", rule.columns.front());
    if (rule.columns.size() > 1) put_list("columns", rule.columns);
    put("value", rule.value);
    put("join", rule.join);
    put("split", rule.split);
    put("prefix", rule.prefix);
    put("part", rule.part);
    put("form", rule.form);
    if (rule.once) out_ << YAML::Key << "once" << YAML::Value << "true";
    if (rule.when) {
      out_ << YAML::Key << "when" << YAML::Value;
      put_condition(*rule.when);
    }
    if (!rule.values.empty()) {
      out_ << YAML::Key << "values" << YAML::Value << YAML::BeginMap;
      for (const auto& [words, meaning] : rule.values) {
        out_ << YAML::Key;
        put_text(words);
        out_ << YAML::Value;
        put_text(meaning);
      }
      out_ << YAML::EndMap;
    }
    out_ << YAML::EndMap;
  }

  const Mapping& mapping_;
  YAML::Emitter out_;
};

}  // namespace

std::string write_mapping(const Mapping& mapping) { return MappingWriter(mapping).write(); }

std::string digest_of(const Mapping& mapping) {
  return to_string(austral::digest_of(write_mapping(mapping))).substr(0, 16);
}

}  // namespace austral::mapping
