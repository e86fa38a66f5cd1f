// The published lists as sets to look codes up in, and what somebody may have meant instead.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "codes/code_list.hpp"

namespace austral::validation {

/// One list; built once, then only read, by any number of threads.
class CodeSet {
 public:
  enum class State : std::uint8_t { absent, active, withdrawn };

  /// Throws: Error::not_found when no list has this name.
  explicit CodeSet(std::string_view list);

  std::string_view name() const { return name_; }
  State find(std::string_view code) const;
  /// The code that is most like a wrong one, or nullptr when none is near.
  const codes::Code* find_nearest(std::string_view wrong) const;
  /// What may stand there: the nearest code, all codes of a short list, the list's address.
  std::string advise(std::string_view wrong) const;
  /// Where the standard's site shows the list.
  std::string address() const;

 private:
  struct Slot {
    std::string_view code;
    std::uint64_t head = 0;  ///< of the code, so that most others are told apart at once
    State state = State::absent;
  };
  const codes::Code* find_by_words(std::string_view wrong) const;

  std::string name_;
  const codes::CodeList* list_;
  std::vector<Slot> slots_;
};

/// The set of a list, by the standard's name for it. Throws: Error::not_found.
const CodeSet& get_code_set(std::string_view list);

/// How many letters must be put in, taken out, replaced or swapped with their neighbour to make
/// one text of the other; `limit + 1` stands for anything above `limit`.
std::size_t count_edits(std::string_view left, std::string_view right, std::size_t limit);

}  // namespace austral::validation
