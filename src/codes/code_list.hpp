// Published lists of values: each code with its label in the languages published, its parent and
// its state.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace austral::codes {

/// A value of a list; the views live as long as the program.
struct Code {
  std::string_view code;
  std::string_view parent;  ///< code of the level above, or empty
  std::vector<std::pair<std::string_view, std::string_view>>
      labels;  ///< language, label; English first
  bool withdrawn = false;
};

/// The label in a language, else in English; the code itself when the list has no label.
std::string_view label_of(const Code& code, std::string_view language);

/// One list, in its published order.
class CodeList {
 public:
  void add(Code code);
  const Code* find(std::string_view code) const;  ///< nullptr when the list has no such code
  const std::vector<Code>& all() const { return codes_; }
  std::string_view label(std::string_view code,
                         std::string_view language) const;  ///< falls back to `code`

 private:
  std::vector<Code> codes_;
  std::unordered_map<std::string_view, std::size_t> places_;
};

/// A list by the register's name for it: `purpose`, `category`, `goal`, `target`, `framework`,
/// `region-dac`, `region-m49`, `critical-area`, `tossd-modality`, or an IATI list by its own name
/// (`ActivityStatus`). Throws: Error::not_found.
const CodeList& get_list(std::string_view name);
const CodeList* find_list(std::string_view name);
std::vector<std::string_view> list_names();

/// IATI 1.0x value of a list in the words of 2.0x; nothing when the table has none.
std::string_view find_v2_code(std::string_view list, std::string_view v1_code);

/// The critical areas of paragraph 12 that a purpose, category, goal or target code belongs to.
std::vector<std::string_view> critical_areas_of(std::string_view scheme, std::string_view code);

/// Names the edition of all compiled-in code lists, prices and rules: a short digest of their
/// bytes.
std::string edition();

}  // namespace austral::codes
