// Reads a mapping's YAML; every fault is told, each with its line and what to write instead.
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <set>

#include "base/error.hpp"
#include "base/text.hpp"
#include "standards/mapping/fields.hpp"
#include "standards/mapping/mapping.hpp"
#include "standards/mapping/mapping_check.hpp"

namespace austral::mapping {
namespace {

const std::vector<std::string> table_words = {"sheet", "header",    "header_rows", "sections",
                                              "fill",  "leave_out", "fields"};
const std::vector<std::string> rule_words = {"column", "columns", "value", "join",
                                             "split",  "prefix",  "part",  "form",
                                             "values", "once",    "when"};
const std::vector<std::string> condition_words = {"column",   "is",    "is_not", "starts",
                                                  "contains", "empty", "filled", "because"};

// No honest mapping comes near these. Aliases (`*name`) may repeat a list as often as a text has
// room for them, so what is read is counted and not the text.
constexpr std::size_t most_words = 100'000, most_faults = 100;

class MappingReader {
 public:
  Mapping read(std::string_view yaml) {
    check_letters(yaml);
    YAML::Node root;
    try {
      root = YAML::Load(std::string(yaml));
    } catch (const YAML::Exception& error) {
      throw Error(Kind::invalid, "line " + std::to_string(error.mark.line + 1) +
                                     ": this is no YAML: " + make_valid_utf8(error.msg) +
                                     "; look at indentation, quotes and colons");
    }
    if (!root.IsMap())
      throw Error(Kind::invalid,
                  "line 1: a mapping begins with `mapping: NAME` and has `fields:` below it");
    read_root(root);
    if (!faults_.empty()) refuse();
    return std::move(mapping_);
  }

 private:
  static void check_letters(std::string_view yaml) {
    if (is_valid_utf8(yaml)) return;
    std::size_t line = 0;
    for (const auto words : split(yaml, '\n')) {
      ++line;
      if (!is_valid_utf8(words)) break;
    }
    throw Error(Kind::invalid, "line " + std::to_string(line) +
                                   ": these letters are not UTF-8; save the mapping as UTF-8");
  }

  [[noreturn]] void refuse() {
    std::string all;
    for (const auto& fault : faults_) all += (all.empty() ? "" : "\n") + fault;
    throw Error(Kind::invalid, all);
  }

  void blame(const YAML::Node& node, const std::string& what) {
    if (faults_.size() == most_faults) {
      faults_.push_back("there are further faults; mend these first");
      refuse();
    }
    faults_.push_back("line " + std::to_string(std::max(node.Mark().line, 0) + 1) + ": " + what);
  }

  void blame_word(const YAML::Node& node, const std::string& word,
                  const std::vector<std::string>& known, const std::string& where) {
    const std::string near = nearest_word(word, known);
    std::string list;
    for (const auto& one : known) list += (list.empty() ? "" : ", ") + one;
    blame(node, "'" + word + "' is no word " + where +
                    (near.empty() ? "; there are " + list : "; do you mean '" + near + "'?"));
  }

  std::string text(const YAML::Node& node) {
    if (++words_ > most_words) {
      faults_.push_back("line " + std::to_string(std::max(node.Mark().line, 0) + 1) +
                        ": the mapping has more than " + std::to_string(most_words) +
                        " words, its aliases (`*name`) counted each time; write a shorter one");
      refuse();
    }
    if (node.IsNull()) return {};
    if (node.IsScalar()) return node.Scalar();
    blame(node, "one word or text is expected here, not a list");
    return {};
  }

  /// YAML lets a word stand twice in one list; which of the two is meant nobody can say.
  void blame_twice(const YAML::Node& list) {
    std::set<std::string> met;
    for (const auto& item : list)
      if (item.first.IsScalar() && !met.insert(item.first.Scalar()).second)
        blame(item.first, "'" + item.first.Scalar() + "' stands here twice; leave one of them");
  }

  bool truth(const YAML::Node& node) {
    const std::string word = fold(text(node));
    if (word == "true" || word == "yes") return true;
    if (word != "false" && word != "no") blame(node, "'" + word + "' is neither true nor false");
    return false;
  }

  std::uint64_t number(const YAML::Node& node, std::uint64_t most) {
    const std::string word = text(node);
    const bool digits =
        !word.empty() && word.size() < 8 && std::all_of(word.begin(), word.end(), is_digit);
    if (digits && std::stoull(word) <= most) return std::stoull(word);
    blame(node, "'" + word + "' is no number from 0 to " + std::to_string(most));
    return 0;
  }

  std::vector<std::string> texts(const YAML::Node& node) {
    std::vector<std::string> all;
    if (node.IsSequence())
      for (const auto& item : node) all.push_back(text(item));
    else
      all.push_back(text(node));
    return all;
  }

  void read_root(const YAML::Node& root) {
    TableRule single;
    bool has_single = false;
    blame_twice(root);
    for (const auto& item : root) {
      const std::string word = text(item.first);
      const auto& node = item.second;
      if (word == "mapping")
        mapping_.name = text(node);
      else if (word == "title")
        mapping_.title = text(node);
      else if (word == "source")
        mapping_.source = text(node);
      else if (word == "language")
        mapping_.language = text(node);
      else if (word == "rows")
        read_rows(node);
      else if (word == "tables")
        read_tables(node);
      else if (!read_table_word(single, word, item.first, node)) {
        auto known = table_words;
        for (const auto top : {"mapping", "title", "source", "language", "rows", "tables"})
          known.emplace_back(top);
        blame_word(item.first, word, known, "of a mapping");
      } else {
        has_single = has_single || word != "fields";
      }
    }
    settle_tables(root, std::move(single), has_single);
    for (const auto& fault : check_whole(mapping_)) blame(root, fault);
  }

  void settle_tables(const YAML::Node& root, TableRule single, bool has_single) {
    if (mapping_.tables.empty()) {
      mapping_.tables.push_back(std::move(single));
      return;
    }
    if (has_single)
      blame(root,
            "with `tables:`, sheet, header, fill, sections and leave_out stand in each table");
    mapping_.fields = std::move(single.fields);
  }

  void read_rows(const YAML::Node& node) {
    const std::string word = text(node);
    if (word == "grouped")
      mapping_.grouped = true;
    else if (word != "single")
      blame_word(node, word, {"single", "grouped"}, "for `rows`");
  }

  void read_tables(const YAML::Node& node) {
    if (!node.IsSequence()) {
      blame(node, "`tables:` is a list: each table begins with `- `");
      return;
    }
    for (const auto& item : node) {
      TableRule table;
      if (!item.IsMap()) {
        blame(item, "a table has `sheet:` and `fields:`");
        continue;
      }
      blame_twice(item);
      for (const auto& part : item)
        if (!read_table_word(table, text(part.first), part.first, part.second))
          blame_word(part.first, text(part.first), table_words, "of a table");
      mapping_.tables.push_back(std::move(table));
    }
  }

  bool read_table_word(TableRule& table, const std::string& word, const YAML::Node& at,
                       const YAML::Node& node) {
    if (word == "sheet")
      table.sheet = text(node);
    else if (word == "header")
      table.header = number(node, 1048576);
    else if (word == "header_rows")
      table.header_rows = number(node, 9);
    else if (word == "sections")
      table.sections = truth(node);
    else if (word == "fill")
      table.fill = texts(node);
    else if (word == "leave_out")
      read_filters(table, node);
    else if (word == "fields")
      read_fields(table, at, node);
    else
      return false;
    return true;
  }

  void read_filters(TableRule& table, const YAML::Node& node) {
    if (node.IsMap()) {
      table.leave_out.push_back(read_condition(node));
    } else if (node.IsSequence()) {
      for (const auto& item : node) table.leave_out.push_back(read_condition(item));
    } else {
      blame(node, "`leave_out:` is a list of tests, such as `- {column: Title, empty: true}`");
    }
  }

  Condition read_condition(const YAML::Node& node) {
    Condition condition;
    if (!node.IsMap()) {
      blame(node, "a test names a column and what it holds: `{column: Status, is: Cancelled}`");
      return condition;
    }
    int tests = 0;
    blame_twice(node);
    for (const auto& item : node) {
      const std::string word = text(item.first);
      if (word == "column") {
        condition.column = text(item.second);
      } else if (word == "because") {
        condition.because = text(item.second);
      } else if (boost::describe::enum_from_string(word.c_str(), condition.test)) {
        ++tests;
        const bool bare = condition.test == Test::empty || condition.test == Test::filled;
        if (!bare)
          condition.words = texts(item.second);
        else if (!truth(item.second))
          blame(item.second, "write the opposite test instead: `empty: true` or `filled: true`");
      } else {
        blame_word(item.first, word, condition_words, "of a test");
      }
    }
    if (tests != 1) blame(node, "a test has one of is, is_not, starts, contains, empty, filled");
    if (condition.column.empty()) blame(node, "a test names its `column:`");
    return condition;
  }

  void read_fields(TableRule& table, const YAML::Node& at, const YAML::Node& node) {
    if (!node.IsMap()) {
      blame(at, "`fields:` is a list of `field: column`, such as `title: Project name`");
      return;
    }
    std::set<std::string> met;
    for (const auto& item : node) {
      const std::string key = text(item.first);
      FieldRule rule = read_key(item.first, key);
      if (!met.insert(rule.field + " " + std::to_string(rule.item) + " " + rule.lang).second)
        blame(item.first, "'" + key + "' stands here twice; number further ones: '" + key + " 2'");
      read_rule(rule, item.second);
      if (find_field(rule.field))
        for (const auto& fault : check_rule(rule)) blame(item.first, fault);
      table.fields.push_back(std::move(rule));
    }
  }

  FieldRule read_key(const YAML::Node& node, const std::string& key) {
    FieldRule rule;
    const auto words = split(key, ' ');
    rule.field = std::string(words.front());
    if (!find_field(rule.field)) {
      const std::string near = nearest_word(rule.field, field_names());
      blame(node, "'" + rule.field + "' is no field" +
                      (near.empty() ? "; `austral mapping fields` lists them all"
                                    : "; do you mean '" + near + "'?"));
    }
    for (std::size_t i = 1; i < words.size(); ++i) {
      const bool digits = std::all_of(words[i].begin(), words[i].end(), is_digit);
      if (digits && words[i].size() < 4 && words[i].find_first_not_of('0') != words[i].npos)
        rule.item = std::stoul(std::string(words[i]));
      else if (words[i].size() >= 2 && words[i].size() <= 11 && rule.lang.empty())
        rule.lang = std::string(words[i]);
      else
        blame(node, "behind a field stand a number or a language: `amount 2`, `title fr`");
    }
    return rule;
  }

  void read_rule(FieldRule& rule, const YAML::Node& node) {
    if (!node.IsMap()) {
      rule.columns = texts(node);
      return;
    }
    blame_twice(node);
    for (const auto& item : node) {
      const std::string word = text(item.first);
      const auto& value = item.second;
      if (word == "column" || word == "columns")
        rule.columns = texts(value);
      else if (word == "value")
        rule.value = text(value);
      else if (word == "join")
        rule.join = text(value);
      else if (word == "split")
        rule.split = text(value);
      else if (word == "prefix")
        rule.prefix = text(value);
      else if (word == "part")
        rule.part = text(value);
      else if (word == "form")
        rule.form = text(value);
      else if (word == "values")
        read_values(rule, value);
      else if (word == "once")
        rule.once = truth(value);
      else if (word == "when")
        rule.when = read_condition(value);
      else
        blame_word(item.first, word, rule_words, "of a field");
    }
  }

  void read_values(FieldRule& rule, const YAML::Node& node) {
    if (!node.IsMap()) {
      blame(node,
            "`values:` pairs what stands in the cell with what it means: `Concluído: closed`");
      return;
    }
    blame_twice(node);
    for (const auto& item : node) rule.values.emplace_back(text(item.first), text(item.second));
  }

  Mapping mapping_;
  std::vector<std::string> faults_;
  std::size_t words_ = 0;
};

}  // namespace

Mapping read_mapping(std::string_view yaml) { return MappingReader().read(yaml); }

}  // namespace austral::mapping
