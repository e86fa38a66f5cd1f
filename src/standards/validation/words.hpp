// The names that some IATI schema knows, as numbers: found in a few steps, compared in one.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "standards/validation/tree.hpp"

namespace austral::validation {

/// A table of names without chains: the slot of a name is the first free one behind its hash.
class WordTable {
 public:
  WordTable();
  Word find(const char* name, std::size_t size) const {
    for (std::size_t at = hash(name, size) & mask;; at = (at + 1) & mask) {
      const Entry& entry = entries_[at];
      if (!entry.word) return 0;
      if (entry.name.size() == size && std::memcmp(entry.name.data(), name, size) == 0)
        return entry.word;
    }
  }

 private:
  static constexpr std::size_t mask = 2047;
  struct Entry {
    std::string_view name;
    Word word = 0;
  };
  static std::size_t hash(const char* name, std::size_t size) {
    std::uint64_t head = 0, tail = 0;
    if (size >= 8) {
      std::memcpy(&head, name, 8);
      std::memcpy(&tail, name + size - 8, 8);
    } else {
      for (std::size_t i = 0; i < size; ++i) head = head << 8 | static_cast<unsigned char>(name[i]);
    }
    const std::uint64_t mixed = (head ^ (tail * 31) ^ size) * 0x9E3779B97F4A7C15u;
    return std::size_t(mixed >> 40);
  }
  void add(std::string_view name);

  std::vector<Entry> entries_;
  Word last_ = 0;
};

const WordTable& all_words();

inline Word find_word_of(const char* name, std::size_t size) {
  static const WordTable& words = all_words();
  return words.find(name, size);
}

}  // namespace austral::validation
