// Reads YAML word by word: counts what it reads, collects faults with their lines.
#pragma once

#include <yaml-cpp/yaml.h>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/decimal.hpp"

namespace austral::measurement {

using Names = std::vector<std::string>;

std::string join_names(const Names& names);
bool has_name(const Names& names, std::string_view name);
/// The lines of a fault list as one text, in the order of lines: `line 12: ...`.
std::string tell_faults(std::vector<std::pair<int, std::string>> faults);

/// What readers of YAML share. A fault is noted and reading goes on, so that one look shows all.
class YamlWords {
 public:
  /// Throws: Error::invalid with all faults, where there are any.
  void refuse_faults() const;

 protected:
  /// Throws: Error::invalid with the line for what is no YAML, no UTF-8, no map, or endless.
  static YAML::Node parse(std::string_view yaml);
  static int line_of(const YAML::Node& node);

  void blame_line(int line, const std::string& what);
  void blame(const YAML::Node& node, const std::string& what);
  /// Counts what is read: aliases may repeat a list as often as a text has room for.
  void count(const YAML::Node& node);

  /// Faults: a word that is not known here, or stands twice.
  void check_words(const YAML::Node& map, const Names& known, const std::string& where);
  bool is_map(const YAML::Node& node, const std::string& what);
  std::string text(const YAML::Node& parent, const char* word, bool needed = false);
  /// One value or several.
  Names list(const YAML::Node& node, const std::string& word);
  /// A text, or one for each language; English is always there.
  std::map<std::string, std::string> titles(const YAML::Node& parent, const char* word,
                                            bool needed);
  std::optional<Decimal> number(const YAML::Node& node, const std::string& word);
  /// Nothing, with a fault, for a number with a part behind the point or out of the span.
  std::optional<int> whole_number(const YAML::Node& node, const std::string& word, int least,
                                  int most);
  bool truth(const YAML::Node& parent, const char* word);

 private:
  std::vector<std::pair<int, std::string>> faults_;
  std::size_t nodes_ = 0;
};

}  // namespace austral::measurement
