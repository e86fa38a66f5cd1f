// Words and stems: pairs that must meet, any bytes without harm, places on borders of characters.
#include "search/analyser.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/text.hpp"
#include "search/arabic.hpp"
#include "search/search.hpp"

namespace austral::search {
namespace {

std::vector<std::string> terms(std::string_view text, std::string_view language) {
  return analyser().terms_of(text, language);
}

bool meets(std::string_view asked, std::string_view written, std::string_view language) {
  const auto variants = analyser().variants_of(asked);
  bool found = false;
  analyser().read(written, language, [&](const Word& word) {
    for (const auto& variant : variants)
      found = found || variant == word.term || variant == word.plain;
  });
  return found;
}

TEST(Arabic, forms_of_a_word_have_one_stem) {
  // The pairs that Snowball's Arabic stemmer leaves apart.
  EXPECT_EQ(stem_arabic("التعاون"), stem_arabic("تعاون"));
  EXPECT_EQ(stem_arabic("والتنمية"), stem_arabic("التنمية"));
  EXPECT_EQ(stem_arabic("للتنمية"), stem_arabic("تنمية"));
  EXPECT_EQ(stem_arabic("بالمياه"), stem_arabic("المياه"));
  EXPECT_EQ(stem_arabic("المشروعات"), stem_arabic("مشروع"));
  EXPECT_EQ(stem_arabic("إفريقيا"), stem_arabic("افريقيا"));
  EXPECT_EQ(stem_arabic("تَعَاوُن"), stem_arabic("تعـاون"));
  EXPECT_NE(stem_arabic("ماء"), stem_arabic("مال"));
  EXPECT_EQ(stem_arabic("ال"), "ال");  // nothing left below two letters
}

TEST(Analyser, languages_have_their_own_stems) {
  EXPECT_EQ(terms("Drinking-water wells", "en"),
            (std::vector<std::string>{"drink", "water", "well"}));
  EXPECT_EQ(terms("L'eau potable d’Haïti", "fr")[0], "eau");
  EXPECT_EQ(terms("проекты", "ru"), terms("проектов", "ru"));
  EXPECT_EQ(terms("cooperación", "es"), terms("cooperaciones", "es"));
  EXPECT_EQ(terms("南南合作发展", "zh"), (std::vector<std::string>{"南", "南", "合作", "发展"}));
  EXPECT_EQ(terms("the country's 2015 ２０１６ ٢٠١٧", "en"),
            (std::vector<std::string>{"the", "countri", "2015", "2016", "2017"}));
}

TEST(Analyser, a_question_meets_what_another_language_wrote) {
  for (const char* language : {"es", "en", "fr", "", "xx"}) {
    EXPECT_TRUE(meets("educacion", "educación", language)) << language;
    EXPECT_TRUE(meets("educación", "EDUCACION", language)) << language;
    EXPECT_TRUE(meets("développement", "DÉVELOPPEMENT", language)) << language;
    EXPECT_FALSE(meets("educacion", "ecuación", language)) << language;
  }
  EXPECT_TRUE(meets("projet", "projets", "fr"));
  EXPECT_TRUE(meets("تعاون", "والتعاون", "en"));  // said to be English: read by its script
}

RC_GTEST_PROP(Analyser, any_bytes_are_read_and_places_are_borders, (const std::string& bytes)) {
  std::size_t last = 0;
  analyser().read(bytes, "en", [&](const Word& word) {
    RC_ASSERT(word.begin >= last);
    RC_ASSERT(word.begin < word.end);
    RC_ASSERT(word.end <= bytes.size());
    RC_ASSERT(!word.term.empty());
    last = word.end;
  });
}

RC_GTEST_PROP(Analyser, words_of_real_scripts_are_cut_whole, ()) {
  static const std::vector<std::string> pieces = {
      "eau",  "d’",     "l'",       " ",    "المياه", "،",      "合作", "發展",
      "вода", "é",      "\xCC\x81", "🙂", "_",      "-",      "2015", "ﬁ",
      "Å",    "\u200D", "ا",        "؛",    "ไทย",    "日本語", "\"",   "."};
  std::string text;
  for (const auto at : *rc::gen::container<std::vector<std::size_t>>(
           rc::gen::inRange<std::size_t>(0, pieces.size())))
    text += pieces[at];
  const auto language = *rc::gen::element<std::string>("en", "fr", "ar", "zh", "ru", "");
  analyser().read(text, language, [&](const Word& word) {
    RC_ASSERT(is_valid_utf8(std::string_view(text).substr(word.begin, word.end - word.begin)));
    RC_ASSERT(is_valid_utf8(word.term));
    RC_ASSERT(is_valid_utf8(word.plain));
    // What a text has can be asked for.
    const auto variants =
        analyser().variants_of(std::string_view(text).substr(word.begin, word.end - word.begin));
    RC_ASSERT(std::find(variants.begin(), variants.end(), word.term) != variants.end());
  });
  std::string again;
  for (const auto& piece : mark(text, language, {"eau", "合作"}, text.size())) again += piece.text;
  RC_ASSERT(again == text);
}

TEST(Mark, the_best_part_is_cut_out) {
  const std::string text =
      "A long beginning about roads and bridges of the north. Then come wells for drinking water "
      "in "
      "villages of the Sahel, and after that much more about roads.";
  std::vector<std::string> marked;
  std::string all;
  for (const auto& piece : mark(text, "en", {"water", "well", "villag"}, 80)) {
    if (piece.marked) marked.push_back(piece.text);
    all += piece.text;
  }
  EXPECT_EQ(marked, (std::vector<std::string>{"wells", "water", "villages"}));
  EXPECT_LE(all.size(), 80u);
  EXPECT_TRUE(all.starts_with("\u2026"));
}

RC_GTEST_PROP(Mark, never_longer_than_asked, (const std::string& bytes)) {
  const auto most = *rc::gen::inRange<std::size_t>(0, 60);
  std::size_t size = 0;
  for (const auto& piece : mark(bytes, "en", {"a"}, most)) {
    RC_ASSERT(is_valid_utf8(piece.text));
    size += piece.text.size();
  }
  RC_ASSERT(size <= most || size <= 3);
}

}  // namespace
}  // namespace austral::search
