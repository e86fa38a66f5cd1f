// Reads what was typed: words that count, phrases, and each word's forms in all languages.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace austral::search {

/// A word of a question.
struct QuestionWord {
  std::size_t begin = 0, end = 0;  ///< Units: bytes of the question
  std::string folded;
  std::vector<std::string> variants;  ///< its terms, whatever the language of what is looked for
  bool weak = false;                  ///< says nothing of what is looked for ("the", "depuis")
  bool all_capitals = false;
  int phrase = 0;  ///< 1, 2 ...: of the phrases in double quotes; 0: in none
};

struct TypedQuestion {
  std::string text;  ///< valid UTF-8
  std::vector<QuestionWord> words;
  int phrases = 0;
};

/// Never fails, whatever the bytes. When all words are weak, none is.
TypedQuestion read_question(std::string_view text, std::string_view language);

/// Whether a word says nothing in a language of the list; folded as in QuestionWord.
bool is_weak(std::string_view folded, std::string_view language);

}  // namespace austral::search
