// What readers of YAML share: words, lists, texts in several languages, numbers, and their faults.
#include "measurement/yaml_words.hpp"

#include <algorithm>
#include <set>

#include "base/error.hpp"
#include "base/text.hpp"

namespace austral::measurement {
namespace {

constexpr std::size_t most_bytes = 1'000'000, most_nodes = 50'000, most_faults = 100,
                      most_letters = 20'000, most_values = 500;

/// What a person wrote, short enough for a message.
std::string quote_word(std::string_view text) {
  constexpr std::size_t most = 60;
  if (text.size() <= most) return "'" + std::string(text) + "'";
  std::size_t end = most;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  return "'" + std::string(text.substr(0, end)) + "…'";
}

}  // namespace

std::string join_names(const Names& names) {
  std::string joined;
  for (const auto& name : names) joined += (joined.empty() ? "" : ", ") + name;
  return joined;
}

bool has_name(const Names& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string tell_faults(std::vector<std::pair<int, std::string>> faults) {
  std::stable_sort(faults.begin(), faults.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::string all;
  for (const auto& [line, what] : faults)
    all += (all.empty() ? "line " : "\nline ") + std::to_string(line) + ": " + what;
  return all;
}

void YamlWords::refuse_faults() const {
  if (!faults_.empty()) throw Error(Kind::invalid, tell_faults(faults_));
}

YAML::Node YamlWords::parse(std::string_view yaml) {
  if (!is_valid_utf8(yaml))
    throw Error(Kind::invalid, "line 1: the text is not UTF-8; save the methodology as UTF-8");
  if (yaml.size() > most_bytes)
    throw Error(Kind::invalid, "line 1: a methodology has at most 1,000,000 letters");
  YAML::Node root;
  try {
    root = YAML::Load(std::string(yaml));
  } catch (const YAML::Exception& error) {
    throw Error(Kind::invalid, "line " + std::to_string(std::max(error.mark.line, 0) + 1) +
                                   ": this is no YAML: " + make_valid_utf8(error.msg) +
                                   "; look at indentation, quotes and colons");
  }
  if (!root.IsMap())
    throw Error(Kind::invalid,
                "line 1: a methodology begins with `methodology: NAME` and has `groups:` and "
                "`items:` below it");
  return root;
}

int YamlWords::line_of(const YAML::Node& node) { return std::max(node.Mark().line, 0) + 1; }

void YamlWords::blame_line(int line, const std::string& what) {
  faults_.emplace_back(line, what);
  if (faults_.size() >= most_faults) refuse_faults();
}

void YamlWords::blame(const YAML::Node& node, const std::string& what) {
  blame_line(line_of(node), what);
}

void YamlWords::count(const YAML::Node& node) {
  if (++nodes_ <= most_nodes) return;
  blame(node, "a methodology has at most 50,000 words and lists");
  refuse_faults();
}

void YamlWords::check_words(const YAML::Node& map, const Names& known, const std::string& where) {
  std::set<std::string> seen;
  for (const auto& entry : map) {
    count(entry.first);
    const auto word = entry.first.IsScalar() ? entry.first.Scalar() : std::string();
    if (!has_name(known, word))
      blame(entry.first,
            quote_word(word) + " is no word of " + where + "; there are " + join_names(known));
    else if (!seen.insert(word).second)
      blame(entry.first, "'" + word + "' stands twice in " + where + "; keep one");
  }
}

bool YamlWords::is_map(const YAML::Node& node, const std::string& what) {
  count(node);
  if (node.IsMap()) return true;
  blame(node, what + " is written as words with values below it");
  return false;
}

std::string YamlWords::text(const YAML::Node& parent, const char* word, bool needed) {
  const auto node = parent[word];
  if (!node || node.IsNull()) {
    if (needed) blame(parent, std::string("`") + word + ":` is missing here");
    return {};
  }
  count(node);
  if (node.IsScalar() && node.Scalar().size() <= most_letters) {
    if (needed && trim(node.Scalar()).empty()) blame(node, std::string("`") + word + ":` is empty");
    return node.Scalar();
  }
  blame(node, std::string("`") + word + ":` takes one text");
  return {};
}

Names YamlWords::list(const YAML::Node& node, const std::string& word) {
  count(node);
  if (node.IsScalar()) return {node.Scalar()};
  Names values;
  if (!node.IsSequence() || node.size() == 0) {
    blame(node, "`" + word + ":` takes one value or a list in brackets");
    return values;
  }
  if (node.size() > most_values) {
    blame(node, "`" + word + ":` takes at most 500 values; `*` stands for all that begin so");
    return values;
  }
  for (const auto& one : node) {
    count(one);
    if (one.IsScalar())
      values.push_back(one.Scalar());
    else
      blame(one, "`" + word + ":` takes plain values");
  }
  return values;
}

std::map<std::string, std::string> YamlWords::titles(const YAML::Node& parent, const char* word,
                                                     bool needed) {
  const auto node = parent[word];
  std::map<std::string, std::string> words;
  if (!node || node.IsNull()) {
    if (needed) blame(parent, std::string("`") + word + ":` is missing here");
    return words;
  }
  count(node);
  if (node.IsScalar()) {
    words["en"] = node.Scalar();
    return words;
  }
  if (!is_map(node, std::string("`") + word + ":`")) return words;
  for (const auto& entry : node) {
    count(entry.first);
    if (!entry.first.IsScalar() || !entry.second.IsScalar())
      blame(entry.first, std::string("`") + word + ":` takes a text a language: {en: ...}");
    else if (!words.emplace(entry.first.Scalar(), entry.second.Scalar()).second)
      blame(entry.first,
            "the language " + quote_word(entry.first.Scalar()) + " stands twice; keep one");
  }
  if (!words.contains("en"))
    blame(node, std::string("`") + word + ":` needs a text in English (en)");
  return words;
}

std::optional<Decimal> YamlWords::number(const YAML::Node& node, const std::string& word) {
  count(node);
  const auto value = node.IsScalar() ? parse_decimal(node.Scalar()) : std::nullopt;
  if (!value) blame(node, "`" + word + ":` takes a number, such as 220 or 0.28");
  return value;
}

std::optional<int> YamlWords::whole_number(const YAML::Node& node, const std::string& word,
                                           int least, int most) {
  const auto value = number(node, word);
  if (!value) return std::nullopt;
  const auto plain = normalise(*value);
  if (plain.scale == 0 && plain.mantissa >= least && plain.mantissa <= most)
    return int(plain.mantissa);
  blame(node, "`" + word + ":` is a whole number from " + std::to_string(least) + " to " +
                  std::to_string(most));
  return std::nullopt;
}

bool YamlWords::truth(const YAML::Node& parent, const char* word) {
  const auto value = text(parent, word);
  if (!value.empty() && value != "true" && value != "yes" && value != "false" && value != "no")
    blame(parent[word], std::string("`") + word + ":` is true or false");
  return value == "true" || value == "yes";
}

}  // namespace austral::measurement
