// Words by ICU, stems by Snowball and by our own rules for Arabic.
#include "search/analyser.hpp"

#include <libstemmer.h>
#include <unicode/brkiter.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utext.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <unordered_map>

#include "base/error.hpp"
#include "base/text.hpp"
#include "search/arabic.hpp"

namespace austral::search {
namespace {

constexpr std::size_t most_word_bytes = 96;  // what is longer is no word; Xapian's terms end at 245
constexpr std::size_t most_remembered = 200'000;

enum class Script { latin, cyrillic, arabic, han, other };

struct StemmedLanguage {
  std::string_view code;
  const char* snowball;
};
// The first place is for languages that we cannot stem.
constexpr std::array<StemmedLanguage, 9> languages = {{{"", nullptr},
                                                       {"en", "english"},
                                                       {"fr", "french"},
                                                       {"es", "spanish"},
                                                       {"pt", "portuguese"},
                                                       {"de", "german"},
                                                       {"it", "italian"},
                                                       {"nl", "dutch"},
                                                       {"ru", "russian"}}};
constexpr std::size_t unstemmed = 0, english = 1, russian = 8;

std::size_t place_of(std::string_view language) {
  const auto code = language.substr(0, language.find_first_of("-_"));
  if (code.empty()) return english;
  for (std::size_t i = 1; i < languages.size(); ++i)
    if (languages[i].code == code) return i;
  return unstemmed;
}

UChar32 first_character(std::string_view text) {
  UChar32 c;
  std::int32_t at = 0;
  U8_NEXT(reinterpret_cast<const std::uint8_t*>(text.data()), at, std::int32_t(text.size()), c);
  return c;
}

Script script_of(std::string_view word) {
  if (static_cast<unsigned char>(word.front()) < 0x80) return Script::latin;
  UErrorCode status = U_ZERO_ERROR;
  switch (uscript_getScript(first_character(word), &status)) {
    case USCRIPT_LATIN: return Script::latin;
    case USCRIPT_CYRILLIC: return Script::cyrillic;
    case USCRIPT_ARABIC: return Script::arabic;
    case USCRIPT_HAN: return Script::han;
    default: return Script::other;
  }
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x80; });
}

/// NFKC with case folded; digits of any script as 0-9.
std::string fold_case(std::string_view word) {
  std::string folded;
  if (is_ascii(word)) {
    for (const char c : word) folded += c >= 'A' && c <= 'Z' ? char(c + 32) : c;
    return folded;
  }
  static const icu::Normalizer2* const normalizer = [] {
    UErrorCode status = U_ZERO_ERROR;
    const auto* found = icu::Normalizer2::getNFKCCasefoldInstance(status);
    AUSTRAL_ASSERT(U_SUCCESS(status));
    return found;
  }();
  UErrorCode status = U_ZERO_ERROR;
  icu::StringByteSink<std::string> sink(&folded);
  normalizer->normalizeUTF8(0, icu::StringPiece(word.data(), std::int32_t(word.size())), sink,
                            nullptr, status);
  std::string digits;
  for (std::int32_t at = 0; at < std::int32_t(folded.size());) {
    const std::int32_t before = at;
    UChar32 c;
    U8_NEXT(reinterpret_cast<const std::uint8_t*>(folded.data()), at, std::int32_t(folded.size()),
            c);
    const int value = c > 0x80 ? u_charDigitValue(c) : -1;
    if (value >= 0)
      digits += char('0' + value);
    else
      digits.append(folded, std::size_t(before), std::size_t(at - before));
  }
  return digits;
}

/// The word's part that carries its meaning: without the article before an apostrophe (l'eau,
/// dell'acqua) and the s behind one (country's).
void cut_at_apostrophe(std::string_view text, std::size_t& begin, std::size_t& end) {
  const auto word = text.substr(begin, end - begin);
  std::size_t length = 1;
  auto at = word.find('\'');
  if (at == std::string_view::npos) {
    at = word.find("\u2019");
    length = 3;
  }
  if (at == std::string_view::npos || at == 0 || at + length >= word.size()) return;
  const std::size_t behind = word.size() - at - length;
  if (behind <= 2)
    end = begin + at;
  else if (at <= 2 || behind >= at || word.substr(0, at).ends_with("qu"))
    begin += at + length;
}

}  // namespace

struct Analyser::State {
  struct Terms {
    std::string term, plain, folded;
  };
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };
  using Remembered = std::unordered_map<std::string, Terms, TextHash, std::equal_to<>>;

  std::unique_ptr<icu::BreakIterator> breaks;
  std::array<sb_stemmer*, languages.size()> stemmers{};
  std::array<Remembered, languages.size()> remembered;

  State() {
    UErrorCode status = U_ZERO_ERROR;
    breaks.reset(icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
    AUSTRAL_ASSERT(U_SUCCESS(status));
    for (std::size_t i = 1; i < languages.size(); ++i) {
      stemmers[i] = sb_stemmer_new(languages[i].snowball, nullptr);
      AUSTRAL_ASSERT(stemmers[i] != nullptr);
    }
  }
  ~State() {
    for (auto* stemmer : stemmers)
      if (stemmer) sb_stemmer_delete(stemmer);
  }

  std::string stem(std::string_view word, std::size_t language) {
    if (language == unstemmed) return std::string(word);
    const auto* stemmed = sb_stemmer_stem(
        stemmers[language], reinterpret_cast<const sb_symbol*>(word.data()), int(word.size()));
    AUSTRAL_ASSERT(stemmed != nullptr);
    return {reinterpret_cast<const char*>(stemmed),
            std::size_t(sb_stemmer_length(stemmers[language]))};
  }

  Terms make_terms(std::string_view word, std::size_t language) {
    const std::string cased = fold_case(word);
    Terms terms;
    if (cased.empty()) return terms;
    terms.folded = is_ascii(cased) ? cased : fold(cased);
    switch (script_of(cased)) {
      case Script::latin: {
        if (language == russian) language = english;
        terms.term = stem(cased, language);
        if (terms.folded != cased) {
          terms.term = fold(terms.term);
          terms.plain = stem(terms.folded, language);
          if (terms.plain == terms.term) terms.plain.clear();
        }
        break;
      }
      case Script::cyrillic: terms.term = fold(stem(cased, russian)); break;
      case Script::arabic:
        terms.term = stem_arabic(cased);
        terms.folded = terms.term;
        break;
      default: terms.term = terms.folded;
    }
    if (terms.term.empty()) terms.term = terms.folded;
    return terms;
  }

  const Terms& terms_of_word(std::string_view word, std::size_t language) {
    auto& known = remembered[language];
    if (const auto found = known.find(word); found != known.end()) return found->second;
    if (known.size() > most_remembered) known.clear();
    return known.emplace(std::string(word), make_terms(word, language)).first->second;
  }
};

Analyser::Analyser() : state_(std::make_unique<State>()) {}
Analyser::~Analyser() = default;

void Analyser::read(std::string_view text, std::string_view language,
                    const std::function<void(const Word&)>& on_word) {
  if (text.empty()) return;
  const std::size_t place = place_of(language);
  UErrorCode status = U_ZERO_ERROR;
  UText view = UTEXT_INITIALIZER;
  utext_openUTF8(&view, text.data(), std::int64_t(text.size()), &status);
  state_->breaks->setText(&view, status);
  AUSTRAL_ASSERT(U_SUCCESS(status));
  for (std::int32_t from = state_->breaks->first(), to = state_->breaks->next();
       to != icu::BreakIterator::DONE; from = to, to = state_->breaks->next()) {
    if (state_->breaks->getRuleStatus() == UBRK_WORD_NONE) continue;
    Word word;
    word.begin = std::size_t(from);
    word.end = std::size_t(to);
    cut_at_apostrophe(text, word.begin, word.end);
    while (word.end - word.begin > most_word_bytes) {
      word.end = word.begin + most_word_bytes;
      while ((text[word.end] & 0xC0) == 0x80 && word.end > word.begin) --word.end;
    }
    const auto& terms =
        state_->terms_of_word(text.substr(word.begin, word.end - word.begin), place);
    if (terms.term.empty()) continue;
    word.term = terms.term;
    word.plain = terms.plain;
    word.folded = terms.folded;
    on_word(word);
  }
  utext_close(&view);
}

std::vector<std::string> Analyser::variants_of(std::string_view word) {
  std::vector<std::string> variants;
  const auto add = [&](const std::string& term) {
    if (!term.empty() && std::find(variants.begin(), variants.end(), term) == variants.end())
      variants.push_back(term);
  };
  for (std::size_t i = 0; i < russian; ++i) {
    const auto terms = state_->terms_of_word(word, i);
    add(terms.term);
    add(terms.plain);
  }
  return variants;
}

std::vector<std::string> Analyser::terms_of(std::string_view text, std::string_view language) {
  std::vector<std::string> terms;
  read(text, language, [&](const Word& word) { terms.emplace_back(word.term); });
  return terms;
}

Analyser& analyser() {
  thread_local Analyser own;
  return own;
}

std::vector<std::string_view> split_han(std::string_view word) {
  std::vector<std::string_view> characters;
  if (word.empty() || script_of(word) != Script::han) return characters;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(word.data());
  for (std::int32_t at = 0; at < std::int32_t(word.size());) {
    const std::int32_t before = at;
    U8_FWD_1(bytes, at, std::int32_t(word.size()));
    characters.push_back(word.substr(std::size_t(before), std::size_t(at - before)));
  }
  if (characters.size() < 2) characters.clear();
  return characters;
}

}  // namespace austral::search
