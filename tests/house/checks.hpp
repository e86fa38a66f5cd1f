// The rules of the house as functions from texts to complaints, `file:line: what is wrong`.
#pragma once

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace austral::house {

namespace fs = std::filesystem;
using Complaints = std::vector<std::string>;
using Names = std::vector<std::string>;

/// A file of the tree: its path from the tree's root, and its text.
struct File {
  std::string path;
  std::string text;

  std::string ending() const { return fs::path(path).extension().string(); }
  bool is_code() const { return ending() == ".cpp" || ending() == ".hpp"; }
  bool below(std::string_view folder) const { return path.starts_with(folder); }
};

inline std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

inline std::string at(const File& file, std::size_t line) {
  return file.path + ":" + std::to_string(line) + ": ";
}

/// Where the comment or literal that begins at `from` ends; `from` itself when none does.
inline std::size_t end_of_part(const std::string& text, std::size_t from) {
  const auto after = [&](const std::string& closing, std::size_t start) {
    const auto found = text.find(closing, start);
    return found == std::string::npos ? text.size() : found + closing.size();
  };
  if (text.compare(from, 2, "//") == 0) return std::min(text.find('\n', from), text.size());
  if (text.compare(from, 2, "/*") == 0) return after("*/", from + 2);
  if (text.compare(from, 2, "R\"") == 0) {
    const auto open = text.find('(', from);
    if (open == std::string::npos) return from;
    return after(")" + text.substr(from + 2, open - from - 2) + "\"", open);
  }
  const char quote = text[from];
  // An apostrophe between digits separates thousands.
  const bool number =
      quote == '\'' && from > 0 && std::isalnum(static_cast<unsigned char>(text[from - 1]));
  if ((quote != '"' && quote != '\'') || number) return from;
  for (std::size_t at = from + 1; at < text.size() && text[at] != '\n'; ++at) {
    if (text[at] == '\\')
      ++at;
    else if (text[at] == quote)
      return at + 1;
  }
  return from;
}

/// C++ without comments and, if asked, without the insides of strings; every line keeps its place.
inline std::string strip(const std::string& text, bool strings_too) {
  std::string out;
  for (std::size_t from = 0; from < text.size();) {
    const auto end = end_of_part(text, from);
    if (end == from) {
      out += text[from++];
      continue;
    }
    const bool comment = text[from] == '/';
    if (comment || strings_too) {
      for (auto at = from; at < end; ++at)
        if (text[at] == '\n') out += '\n';
      if (!comment) out += "\"\"";
    } else {
      out += text.substr(from, end - from);
    }
    from = end;
  }
  return out;
}

/// The floor of each room, from the top (0) down. Shape: one line a floor, rooms separated by
/// spaces.
inline std::map<std::string, int> read_floors(const std::string& text) {
  std::map<std::string, int> floors;
  int floor = 0;
  for (const auto& line : lines_of(text)) {
    if (line.empty() || line.starts_with("#")) continue;
    std::istringstream words(line);
    for (std::string room; words >> room;) floors[room] = floor;
    ++floor;
  }
  return floors;
}

inline std::string first_folder(const std::string& path) { return path.substr(0, path.find('/')); }

/// A file of src/ includes its own room and rooms on lower floors, by a path from src/.
inline Complaints check_floors(const File& file, const std::map<std::string, int>& floors) {
  static const std::regex include(R"rx(^\s*#\s*include\s*"([^"]+)")rx");
  Complaints complaints;
  const std::string room = first_folder(file.path.substr(std::string("src/").size()));
  if (!floors.contains(room)) return {at(file, 1) + "the room '" + room + "' is not in src/FLOORS"};
  std::size_t number = 0;
  for (const auto& line : lines_of(file.text)) {
    ++number;
    std::smatch match;
    if (!std::regex_search(line, match, include)) continue;
    const std::string other = first_folder(match[1]);
    if (!floors.contains(other))
      complaints.push_back(at(file, number) + "'" + match[1].str() + "' is not written from src/");
    else if (other != room && floors.at(other) <= floors.at(room))
      complaints.push_back(at(file, number) + room + " may not include '" + match[1].str() +
                           "': " + other + " is no lower floor");
  }
  return complaints;
}

/// The first line (after `#!`) says what the room is for.
inline Complaints check_first_line(const File& file) {
  static const std::map<std::string, std::string> openings = {
      {".cpp", "// "}, {".hpp", "// "},  {".ts", "// "},  {".mjs", "// "},   {".css", "/* "},
      {".sql", "-- "}, {".tsv", "# "},   {".yaml", "# "}, {".html", "{{! "}, {".sh", "# "},
      {".py", "# "},   {".story", "# "}, {".cmake", "# "}};
  auto lines = lines_of(file.text);
  const bool script = !lines.empty() && lines.front().starts_with("#!");
  const auto opening = openings.find(file.ending());
  if (!script && opening == openings.end()) return {};
  const std::string wanted = opening == openings.end() ? "# " : opening->second;
  const std::size_t number = script ? 1 : 0;
  if (lines.size() > number && lines[number].starts_with(wanted) &&
      lines[number].size() > wanted.size() + 10)
    return {};
  return {at(file, number + 1) + "does not begin with `" + wanted +
          "` and one sentence that says what it is for"};
}

inline std::size_t columns_of(const std::string& line) {
  std::size_t columns = 0;
  for (const char c : line) columns += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return columns;
}

inline Complaints check_sizes(const File& file) {
  static const std::set<std::string> walled = {".cpp", ".hpp", ".ts", ".mjs", ".css",
                                               ".sql", ".sh",  ".py", ""};
  if (!walled.contains(file.ending()) || file.path == "LICENSE") return {};
  Complaints complaints;
  const auto lines = lines_of(file.text);
  if (lines.size() > 500)
    complaints.push_back(at(file, 501) + std::to_string(lines.size()) + " lines (wall 500)");
  for (std::size_t i = 0; i < lines.size(); ++i)
    if (columns_of(lines[i]) > 100)
      complaints.push_back(at(file, i + 1) + std::to_string(columns_of(lines[i])) +
                           " columns (wall 100)");
  return complaints;
}

/// Functions of at most 60 lines, told apart from classes and tables by what stands before their
/// brace.
inline Complaints check_functions(const File& file) {
  static const std::regex scope(R"rx(^\s*(template\s*<[^{]*>\s*)?(inline\s+)?)rx"
                                R"rx((namespace|struct|class|enum|union|extern)\b)rx");
  enum class Brace { scope, function, other };
  struct Open {
    Brace brace;
    std::size_t line;
  };
  Complaints complaints;
  std::vector<Open> open;
  std::string before;
  std::size_t line = 1;
  for (const char c : strip(file.text, true)) {
    if (c == '\n') ++line;
    if (c == '{') {
      const bool in_scope = open.empty() || open.back().brace == Brace::scope;
      const auto text =
          before.find_first_not_of(" \n\t") == std::string::npos ? std::string() : before;
      const bool is_scope = std::regex_search(text, scope) && text.find('(') == std::string::npos;
      const bool is_function =
          text.find('(') != std::string::npos && text.find('=') == std::string::npos;
      open.push_back({is_scope                                    ? Brace::scope
                      : in_scope && (is_function || text.empty()) ? Brace::function
                                                                  : Brace::other,
                      line});
      before.clear();
    } else if (c == '}') {
      if (open.empty()) break;
      const auto closed = open.back();
      open.pop_back();
      const std::size_t length = line - closed.line + 1;
      if (closed.brace == Brace::function && length > 60)
        complaints.push_back(at(file, closed.line) + "a function of " + std::to_string(length) +
                             " lines (wall 60)");
      before.clear();
    } else if (c == ';') {
      before.clear();
    } else if (c != '#') {
      before += c;
    } else {
      before.clear();
    }
  }
  return complaints;
}

/// Lines of a text in which a pattern is found, as complaints.
inline Complaints find_lines(const File& file, const std::string& text, const std::regex& pattern,
                             const std::string& what) {
  Complaints complaints;
  std::size_t number = 0;
  for (const auto& line : lines_of(text)) {
    ++number;
    std::smatch match;
    if (std::regex_search(line, match, pattern))
      complaints.push_back(at(file, number) + what + ": " + match.str());
  }
  return complaints;
}

inline Complaints check_sql(const File& file) {
  static const std::regex sql(
      R"rx("\s*(SELECT\s|INSERT INTO\s|UPDATE\s+\w+\s+SET|DELETE FROM\s|(CREATE|DROP) TABLE\s))rx");
  if (!file.is_code() || !file.below("src/") || file.below("src/store/") ||
      file.path.ends_with("_store.cpp"))
    return {};
  return find_lines(file, strip(file.text, false), sql,
                    "SQL stands in *_store.cpp and src/store/ alone");
}

inline Complaints check_money(const File& file) {
  static const std::regex room(
      "^src/(funds|measurement)/|^src/registry/contribution|^src/base/(decimal|quantity)|"
      "^src/codes/exchange_rate");
  static const std::regex binary(R"rx(\b(double|float|stod|strtod)\b)rx");
  if (!std::regex_search(file.path, room)) return {};
  return find_lines(file, strip(file.text, true), binary, "money is never binary floating point");
}

inline Complaints check_names(const File& file) {
  static const std::regex names(R"rx(\b(class|struct|enum|union|namespace)\s+(class\s+)?)rx"
                                R"rx(\w*(Manager|Helper|Util|Utils|Impl)\b)rx");
  if (!file.is_code()) return {};
  return find_lines(file, strip(file.text, true), names, "a name that says nothing");
}

/// The word for the North's partners is not ours: provider, recipient, facilitator.
inline Complaints check_words(const File& file, const std::set<std::string>& facts) {
  static const std::regex word("donor", std::regex::icase);
  if (facts.contains(file.path)) return {};
  return find_lines(file, file.text, word, "our word is provider");
}

/// No path of the machine it was written on, no address of a package registry.
inline Complaints check_machine(const File& file) {
  static const std::regex places(std::string("(^|[^\\w.~$}-])/(root|work|home)/|registry\\.") +
                                 "npmjs");
  return find_lines(file, file.text, places, "a place of one machine");
}

inline Complaints check_lock(const File& file) {
  static const std::regex address(R"rx("resolved"\s*:)rx");
  return find_lines(file, file.text, address, "download addresses stay out of the lock");
}

/// All first groups of a pattern in a text, each once; a match spans two lines at most (std::regex
/// takes a stack frame a letter).
inline Names find_all(const std::string& text, const std::string& pattern) {
  Names names;
  const std::regex wanted(pattern);
  const auto lines = lines_of(text);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto two = i + 1 < lines.size() ? lines[i] + "\n" + lines[i + 1] : lines[i];
    for (std::sregex_iterator it(two.begin(), two.end(), wanted), end; it != end; ++it)
      if (std::find(names.begin(), names.end(), (*it)[1]) == names.end()) names.push_back((*it)[1]);
  }
  return names;
}

/// The rows of one of the explicit lists: what stands first in each brace between two texts.
inline Names rows_of(const std::string& text, const std::string& begin, const std::string& end,
                     const std::string& pattern = R"rx(\{\s*"([^"]+)")rx") {
  const auto from = text.find(begin);
  if (from == std::string::npos) return {};
  return find_all(text.substr(from, text.find(end, from) - from), pattern);
}

/// Names that the documentation does not have between backticks or after `austral `.
inline Names undocumented(const Names& names, const std::string& documentation) {
  Names missing;
  for (const auto& name : names)
    if (documentation.find("`" + name + "`") == std::string::npos &&
        documentation.find("`austral " + name) == std::string::npos)
      missing.push_back(name);
  return missing;
}

/// Keys that are used and that the catalogue does not have; a key ending in `.` is the beginning of
/// several.
inline Names missing_keys(const Names& used, const std::set<std::string>& known) {
  Names missing;
  for (const auto& key : used) {
    const auto found = known.lower_bound(key);
    const bool there =
        key.ends_with(".") ? found != known.end() && found->starts_with(key) : known.contains(key);
    if (!there) missing.push_back(key);
  }
  return missing;
}

/// Every text file of the tree that people keep, by path from its root.
inline std::vector<File> read_tree(const fs::path& root) {
  static const std::regex left_out(
      R"rx(^(build|\.git|node_modules|\.ccache|\.cache)|\.(db|db-wal|db-shm|png|xlsx|gz|zip)$)rx");
  std::vector<File> files;
  fs::recursive_directory_iterator it(root), end;
  for (; it != end; ++it) {
    const auto path = fs::relative(it->path(), root).generic_string();
    if (std::regex_search(path, left_out) && !path.starts_with(".github")) {
      if (it->is_directory()) it.disable_recursion_pending();
      continue;
    }
    if (!it->is_regular_file() || path.starts_with("tests/data/") ||
        path.starts_with("tests/fuzz/corpus"))
      continue;
    std::ifstream in(it->path(), std::ios::binary);
    std::stringstream all;
    all << in.rdbuf();
    files.push_back({path, all.str()});
  }
  return files;
}

}  // namespace austral::house
