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
    const Ends ends = ends_of(name, size);
    for (std::size_t at = hash(ends, size) & mask;; at = (at + 1) & mask) {
      const Entry& entry = entries_[at];
      if (!entry.word) return 0;
      if (entry.ends == ends && entry.size == size &&
          (size <= 16 || std::memcmp(entry.name + 8, name + 8, size - 16) == 0))
        return entry.word;
    }
  }

 private:
  static constexpr std::size_t mask = 2047;
  /// The first and the last eight bytes: all there is of a name of up to sixteen.
  struct Ends {
    std::uint64_t head = 0, tail = 0;
    bool operator==(const Ends&) const = default;
  };
  struct Entry {
    Ends ends;
    const char* name = nullptr;
    std::uint32_t size = 0;
    Word word = 0;
  };
  static Ends ends_of(const char* name, std::size_t size) {
    Ends ends;
    if (size >= 8) {
      std::memcpy(&ends.head, name, 8);
      std::memcpy(&ends.tail, name + size - 8, 8);
    } else if (size >= 4) {
      std::uint32_t first, last;
      std::memcpy(&first, name, 4);
      std::memcpy(&last, name + size - 4, 4);
      ends.head = std::uint64_t{first} << 32 | last;
    } else {
      for (std::size_t i = 0; i < size; ++i)
        ends.head = ends.head << 8 | static_cast<unsigned char>(name[i]);
    }
    return ends;
  }
  static std::size_t hash(const Ends& ends, std::size_t size) {
    return std::size_t(((ends.head ^ (ends.tail * 31) ^ size) * 0x9E3779B97F4A7C15u) >> 40);
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
