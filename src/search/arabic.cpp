// The light10 rules.
#include "search/arabic.hpp"

#include <unicode/utf8.h>

#include <array>
#include <cstdint>

namespace austral::search {
namespace {

/// The letter that stands for a letter, 0 for marks and the line that stretches words.
char32_t normal_letter(char32_t c) {
  if ((c >= 0x64B && c <= 0x65F) || c == 0x670 || c == 0x640 || c == 0x200C) return 0;
  switch (c) {
    case U'أ':
    case U'إ':
    case U'آ':
    case U'ٱ': return U'ا';
    case U'ى':
    case U'ی': return U'ي';
    case U'ک': return U'ك';
    case U'ة': return U'ه';
    default: return c;
  }
}

std::u32string read_letters(std::string_view word) {
  std::u32string letters;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(word.data());
  for (std::int32_t at = 0; at < std::int32_t(word.size());) {
    UChar32 c;
    U8_NEXT(bytes, at, std::int32_t(word.size()), c);
    if (const auto letter = normal_letter(c < 0 ? 0xFFFD : char32_t(c))) letters += letter;
  }
  return letters;
}

std::string to_utf8(std::u32string_view letters) {
  std::string text;
  for (const char32_t c : letters) {
    char bytes[4];
    std::int32_t size = 0;
    U8_APPEND_UNSAFE(bytes, size, c);
    text.append(bytes, std::size_t(size));
  }
  return text;
}

// Longer ones first: the article behind a conjunction or preposition.
constexpr std::array<std::u32string_view, 6> articles = {U"وال", U"بال", U"كال",
                                                         U"فال", U"ال",  U"لل"};
// In the order of light10; teh marbuta is heh by now and alef maksura is yeh.
constexpr std::array<std::u32string_view, 8> endings = {U"ها", U"ان", U"ات", U"ون",
                                                        U"ين", U"يه", U"ه",  U"ي"};
constexpr std::size_t fewest = 2;

}  // namespace

std::string stem_arabic(std::string_view word) {
  const std::u32string letters = read_letters(word);
  std::u32string_view stem = letters;
  bool has_article = false;
  for (const auto article : articles)
    if (stem.starts_with(article) && stem.size() >= article.size() + fewest) {
      stem.remove_prefix(article.size());
      has_article = true;
      break;
    }
  if (!has_article && stem.starts_with(U'و') && stem.size() > fewest + 1) stem.remove_prefix(1);
  for (const auto ending : endings)
    if (stem.ends_with(ending) && stem.size() >= ending.size() + fewest)
      stem.remove_suffix(ending.size());
  return to_utf8(stem);
}

}  // namespace austral::search
