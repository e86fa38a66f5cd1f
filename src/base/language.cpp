// Text with a language: folding, collation and grouping, by ICU.
#include <unicode/coll.h>
#include <unicode/dcfmtsym.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <memory>
#include <unordered_map>

#include "base/error.hpp"
#include "base/text.hpp"

namespace austral {
namespace {

icu::UnicodeString to_unicode(std::string_view text) {
  return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), std::int32_t(text.size())));
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0; });
}

// Scripts whose readers find a word with or without its marks; elsewhere (Devanagari, Thai, kana)
// a mark makes another sound and stays.
bool drops_marks(UChar32 base) {
  UErrorCode error = U_ZERO_ERROR;
  const UScriptCode script = uscript_getScript(base, &error);
  return script == USCRIPT_LATIN || script == USCRIPT_GREEK || script == USCRIPT_CYRILLIC ||
         script == USCRIPT_ARABIC;
}

icu::UnicodeString without_marks(const icu::UnicodeString& decomposed) {
  constexpr UChar32 tatweel = 0x0640;  // lengthens an Arabic word, says nothing
  icu::UnicodeString kept;
  bool dropping = false;
  for (std::int32_t i = 0; i < decomposed.length();) {
    const UChar32 c = decomposed.char32At(i);
    i += U16_LENGTH(c);
    if (c == tatweel) continue;
    const bool mark = u_charType(c) == U_NON_SPACING_MARK;
    if (!mark) dropping = drops_marks(c);
    if (!mark || !dropping) kept.append(c);
  }
  return kept;
}

const icu::Collator& collator_of(const std::string& language) {
  thread_local std::map<std::string, std::unique_ptr<icu::Collator>> collators;
  auto& collator = collators[language];
  if (!collator) {
    UErrorCode error = U_ZERO_ERROR;
    const auto locale = icu::Locale::forLanguageTag(language, error);
    error = U_ZERO_ERROR;
    collator.reset(icu::Collator::createInstance(locale, error));
    AUSTRAL_ASSERT(U_SUCCESS(error));
  }
  return *collator;
}

std::string key_of(const icu::Collator& collator, std::string_view text) {
  const icu::UnicodeString unicode = to_unicode(text);
  std::string key(text.size() * 2 + 16, '\0');
  const auto write = [&] {
    return collator.getSortKey(unicode, reinterpret_cast<std::uint8_t*>(key.data()),
                               std::int32_t(key.size()));
  };
  const std::int32_t length = write();
  const bool whole = std::size_t(length) <= key.size();
  key.resize(std::size_t(length));
  if (!whole) write();
  key.pop_back();  // ICU's closing zero
  return key;
}

std::size_t columns_of(UChar32 c) {
  const bool mark = (U_GET_GC_MASK(c) & (U_GC_MN_MASK | U_GC_ME_MASK | U_GC_CF_MASK)) != 0;
  const bool inside_hangul_syllable = c >= 0x1160 && c <= 0x11FF;
  if (mark || inside_hangul_syllable) return 0;
  const int width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

const std::string& separator_of(const std::string& language) {
  thread_local std::map<std::string, std::string> separators;
  const auto [place, is_new] = separators.try_emplace(language);
  if (!is_new) return place->second;
  UErrorCode error = U_ZERO_ERROR;
  const auto locale = icu::Locale::forLanguageTag(language + "-u-nu-latn", error);
  error = U_ZERO_ERROR;
  const icu::DecimalFormatSymbols symbols(locale, error);
  AUSTRAL_ASSERT(U_SUCCESS(error));
  symbols.getConstSymbol(icu::DecimalFormatSymbols::kGroupingSeparatorSymbol)
      .toUTF8String(place->second);
  return place->second;
}

}  // namespace

namespace {

bool is_ascii_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

std::string fold_with_icu(std::string_view text) {
  UErrorCode error = U_ZERO_ERROR;
  const auto* folding = icu::Normalizer2::getNFKCCasefoldInstance(error);
  const auto* decomposing = icu::Normalizer2::getNFDInstance(error);
  const auto* composing = icu::Normalizer2::getNFCInstance(error);
  const icu::UnicodeString folded = folding->normalize(to_unicode(text), error);
  const icu::UnicodeString bare = without_marks(decomposing->normalize(folded, error));
  std::string out;
  composing->normalize(bare, error).toUTF8String(out);
  AUSTRAL_ASSERT(U_SUCCESS(error));
  return collapse_spaces(out);
}

// Words beyond ASCII return again and again, and ICU is the dear part of an import.
const std::string& fold_word(std::string_view word) {
  constexpr std::size_t most_words = 8192;
  thread_local std::unordered_map<std::string, std::string> known;
  if (known.size() >= most_words) known.clear();
  const auto [place, is_new] = known.try_emplace(std::string(word));
  if (is_new) place->second = fold_with_icu(word);
  return place->second;
}

}  // namespace

std::string fold(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = i;
    bool ascii = true;
    for (; end < text.size() && !is_ascii_space(text[end]); ++end) ascii = ascii && text[end] >= 0;
    const auto word = text.substr(i, end - i);
    i = end + 1;
    if (word.empty()) continue;
    const std::size_t before = out.size();
    if (before > 0) out += ' ';
    if (ascii) {
      const std::size_t at = out.size();
      out += word;
      for (char* c = out.data() + at; c != out.data() + out.size(); ++c)
        *c = char(*c | (*c >= 'A' && *c <= 'Z') << 5);
    } else {
      out += fold_word(word);
    }
    if (before > 0 && out.size() == before + 1) out.pop_back();  // nothing was left of the word
  }
  return out;
}

void sort_for_people(std::vector<std::string>& texts, const std::string& language) {
  const icu::Collator& collator = collator_of(language);
  std::vector<std::pair<std::string, std::size_t>> keys;
  keys.reserve(texts.size());
  for (const auto& text : texts) keys.emplace_back(key_of(collator, text), keys.size());
  std::sort(keys.begin(), keys.end());  // the place in the pair keeps equal texts in order
  std::vector<std::string> sorted;
  sorted.reserve(texts.size());
  for (const auto& [key, place] : keys) sorted.push_back(std::move(texts[place]));
  texts = std::move(sorted);
}

std::string sort_key(std::string_view text, const std::string& language) {
  return key_of(collator_of(language), text);
}

std::size_t display_width(std::string_view text) {
  if (is_ascii(text)) return text.size();
  const icu::UnicodeString unicode = to_unicode(text);
  std::size_t width = 0;
  for (std::int32_t i = 0; i < unicode.length();) {
    const UChar32 c = unicode.char32At(i);
    i += U16_LENGTH(c);
    width += columns_of(c);
  }
  return width;
}

std::string group_digits(std::int64_t number, const std::string& language) {
  char digits[24];
  const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
  const std::string_view all(digits, std::size_t(end - digits));
  const std::size_t sign = number < 0 ? 1 : 0;
  if (all.size() - sign <= 3) return std::string(all);
  const std::string& separator = separator_of(language);
  std::string out(all.substr(0, sign));
  for (std::size_t i = sign; i < all.size(); ++i) {
    if (i > sign && (all.size() - i) % 3 == 0) out += separator;
    out += all[i];
  }
  return out;
}

}  // namespace austral
