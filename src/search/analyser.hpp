// Turns a text into the terms by which it is found: words of any script, folded, stemmed by
// language.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace austral::search {

/// Changes whenever the same text would give other terms: an index made by another is made anew.
inline constexpr std::string_view analyser_edition = "1";

/// A word of a text. The views live until the next word.
struct Word {
  std::size_t begin = 0, end = 0;  ///< Units: bytes of the text, on borders of characters
  std::string_view term;           ///< its stem without diacritics
  std::string_view plain;   ///< the stem of the word written without diacritics, when another
  std::string_view folded;  ///< the whole word without diacritics
};

/// For one thread at a time: it remembers the words that it met.
class Analyser {
 public:
  Analyser();
  ~Analyser();
  Analyser(const Analyser&) = delete;
  Analyser& operator=(const Analyser&) = delete;

  /// Hands over the words of a text in their order. `language` is BCP 47, empty when not known; a
  /// word in another script than the language's is read by its script. Any bytes are allowed.
  void read(std::string_view text, std::string_view language,
            const std::function<void(const Word&)>& on_word);

  /// All terms that a word can have got, whatever the language of the text it stood in.
  std::vector<std::string> variants_of(std::string_view word);

  /// The terms of a text in their order, without repeats of one word's second stem.
  std::vector<std::string> terms_of(std::string_view text, std::string_view language);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// This thread's own analyser.
Analyser& analyser();

/// The characters of a word in Han script when it has several, else none.
std::vector<std::string_view> split_han(std::string_view word);

}  // namespace austral::search
