// Text in seven languages folds, sorts, shortens and survives damage.
#include "base/text.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace austral {
namespace {

// A second opinion on UTF-8, straight from the table of well-formed sequences.
// Source: The Unicode Standard 15.0, table 3-7.
std::size_t well_formed_length(std::string_view s) {
  const auto at = [&](std::size_t i) { return i < s.size() ? (unsigned char)s[i] : 0u; };
  const auto tail = [&](std::size_t i) { return at(i) >= 0x80 && at(i) <= 0xBF; };
  const unsigned a = at(0), b = at(1);
  if (a <= 0x7F) return 1;
  if (a >= 0xC2 && a <= 0xDF) return tail(1) ? 2 : 0;
  if (a >= 0xE0 && a <= 0xEF) {
    const unsigned low = a == 0xE0 ? 0xA0 : 0x80, high = a == 0xED ? 0x9F : 0xBF;
    return b >= low && b <= high && tail(2) ? 3 : 0;
  }
  if (a >= 0xF0 && a <= 0xF4) {
    const unsigned low = a == 0xF0 ? 0x90 : 0x80, high = a == 0xF4 ? 0x8F : 0xBF;
    return b >= low && b <= high && tail(2) && tail(3) ? 4 : 0;
  }
  return 0;
}

bool is_well_formed(std::string_view s) {
  while (!s.empty()) {
    const std::size_t length = well_formed_length(s);
    if (length == 0) return false;
    s.remove_prefix(length);
  }
  return true;
}

// Bytes near the edges of the table, where mistakes live, among any others.
rc::Gen<std::string> tricky_bytes() {
  return rc::gen::container<std::string>(
      rc::gen::oneOf(rc::gen::arbitrary<char>(),
                     rc::gen::element<char>('a', ' ', '\xC2', '\xE0', '\xED', '\xF0', '\xF4',
                                            '\xF5', '\x80', '\x9F', '\xA0', '\xBF', '\x90', '\x8F',
                                            '\xC0', '\xFF', '\xEF', '\xBB')));
}

TEST(Fold, MakesWhatReadersTakeForTheSameEqual) {
  EXPECT_EQ(fold("Coopération  Sul-Sul"), "cooperation sul-sul");   // French
  EXPECT_EQ(fold(" COOPERAÇÃO\tTécnica\n"), "cooperacao tecnica");  // Portuguese
  EXPECT_EQ(fold("Educación, niñez"), "educacion, ninez");          // Spanish
  EXPECT_EQ(fold("Straße"), fold("STRASSE"));                       // German
  EXPECT_EQ(fold("Ёлка и Ежевика"), "елка и ежевика");              // Russian
  EXPECT_EQ(fold("التَّعَاوُنُ"), fold("التعاون"));                      // Arabic, vowel marks
  EXPECT_EQ(fold("تعـــاون"), fold("تعاون"));                       // Arabic, tatweel
  EXPECT_EQ(fold("أفريقيا"), fold("افريقيا"));                      // Arabic, hamza above alef
  EXPECT_EQ(fold("２０２３年　ＳＤＧ"), "2023年 sdg");              // Chinese, full width
  EXPECT_EQ(fold("Ἀθῆναι"), "αθηναι");                              // Greek
  EXPECT_EQ(fold("ﬁnance"), "finance");                             // a ligature
}

TEST(Fold, KeepsLettersApartThatAreNotTheSame) {
  EXPECT_EQ(fold("ISPARTA"), "isparta");
  EXPECT_EQ(fold("İstanbul"), "istanbul");
  EXPECT_EQ(fold("Isparta"), "isparta");
  EXPECT_NE(fold("ısparta"), fold("ISPARTA"));  // the dotless i is a letter of its own
  EXPECT_NE(fold("København"), fold("Kobenhavn"));
  EXPECT_NE(fold("がいこく"), fold("かいこく"));  // the kana mark makes another sound
  EXPECT_NE(fold("दक्षिण"), fold("दकषण"));
}

RC_GTEST_PROP(FoldProperty, ChangesNothingTheSecondTime, ()) {
  const auto text = make_valid_utf8(*tricky_bytes());
  RC_ASSERT(fold(fold(text)) == fold(text));
}

TEST(Spaces, AreThoseOfXmlAndUnicode) {
  EXPECT_EQ(trim("\xEF\xBB\xBF \t\r\n a b\xC2\xA0\xE3\x80\x80"), "a b");
  EXPECT_EQ(trim(" \xE2\x80\xA9 "), "");
  EXPECT_EQ(collapse_spaces("  a \n\t b\xE2\x80\x89\xC2\xA0"
                            "c "),
            "a b c");
  EXPECT_EQ(collapse_spaces(""), "");
}

TEST(Utf8, IsMendedAsUnicodeRecommends) {
  // Source: The Unicode Standard 15.0, section 3.9, table 3-8: U+FFFD for each maximal subpart.
  std::size_t places = 0;
  EXPECT_EQ(make_valid_utf8("\xC0\xAF\xE0\x80\xBF\xF0\x81\x82\x41", &places),
            "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFDA");
  EXPECT_EQ(places, 8u);
  // Table 3-11, truncated sequences: <E1 80 E2 F0 91 92 F1 BF 41>.
  EXPECT_EQ(make_valid_utf8("\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41", &places),
            "\uFFFD\uFFFD\uFFFD\uFFFDA");
  EXPECT_EQ(places, 4u);
  EXPECT_FALSE(is_valid_utf8("\xED\xA0\x80"));  // a surrogate
  EXPECT_EQ(make_valid_utf8("good", &places), "good");
  EXPECT_EQ(places, 0u);
}

RC_GTEST_PROP(Utf8Property, AgreesWithTheTableOfUnicode, ()) {
  const auto bytes = *tricky_bytes();
  RC_ASSERT(is_valid_utf8(bytes) == is_well_formed(bytes));
  std::size_t places = 0;
  const auto mended = make_valid_utf8(bytes, &places);
  RC_ASSERT(is_well_formed(mended));
  RC_ASSERT((places == 0) == (mended == bytes));
  RC_ASSERT(make_valid_utf8(mended) == mended);
}

RC_GTEST_PROP(ShortenProperty, CutsBetweenCharacters, ()) {
  const auto text = make_valid_utf8(*tricky_bytes());
  const auto most = *rc::gen::inRange<std::size_t>(0, 40);
  const auto cut = shorten(text, most);
  RC_ASSERT(is_well_formed(cut));
  RC_ASSERT(cut.size() <= std::max(most, text.size() <= most ? text.size() : most));
  if (text.size() <= most)
    RC_ASSERT(cut == text);
  else if (most >= 3)
    RC_ASSERT(cut.ends_with("…"));
}

TEST(Shorten, KeepsMarksWithTheirLetter) {
  EXPECT_EQ(shorten("cooperation", 8), "coope…");
  EXPECT_EQ(shorten("coo peration", 7), "coo…");
  EXPECT_EQ(shorten("abe\u0301 and more", 7), "ab…");  // the accent would not fit with its e
  EXPECT_EQ(shorten("合作计划", 9), "合作…");
  EXPECT_EQ(shorten("合作", 2), "");
}

TEST(Sorting, IsThatOfTheLanguage) {
  // Source: CLDR 42 collation root and tailorings: es has n-tilde after n, sv has a-ring behind z.
  std::vector<std::string> names = {"ñandú", "Zimbabwe", "nube", "oso", "Ängelholm"};
  sort_for_people(names, "es");
  EXPECT_EQ(names, (std::vector<std::string>{"Ängelholm", "nube", "ñandú", "oso", "Zimbabwe"}));
  sort_for_people(names, "sv");
  EXPECT_EQ(names.back(), "Ängelholm");
  EXPECT_LT(sort_key("école", "fr"), sort_key("elan", "fr"));
  EXPECT_LT(sort_key("e", "zz-unknown"), sort_key("f", "zz-unknown"));
  std::vector<std::string> long_text = {std::string(5000, 'b'), std::string(5000, 'a')};
  sort_for_people(long_text, "en");
  EXPECT_EQ(long_text[0][0], 'a');
}

TEST(Sorting, KeysAgreeWithSorting) {
  std::vector<std::string> names = {"Égypte", "Eswatini", "Équateur", "Chine", "Côte d’Ivoire"};
  auto by_key = names;
  std::stable_sort(by_key.begin(), by_key.end(), [](const auto& a, const auto& b) {
    return sort_key(a, "fr") < sort_key(b, "fr");
  });
  sort_for_people(names, "fr");
  EXPECT_EQ(names, by_key);
}

TEST(Escapes, AreThoseOfHtmlAndUrls) {
  EXPECT_EQ(escape_html("<a href=\"x\">Tom & 'Jo'</a>"),
            "&lt;a href=&quot;x&quot;&gt;Tom &amp; &#39;Jo&#39;&lt;/a&gt;");
  // Source: RFC 3986, section 2.5: katakana A is %E3%82%A2.
  EXPECT_EQ(percent_encode("ア a-b_c.~/"), "%E3%82%A2%20a-b_c.~%2F");
  EXPECT_EQ(percent_decode("%E3%82%a2+%4"), "ア+%4");
  EXPECT_EQ(percent_decode("100%"), "100%");
  EXPECT_EQ(percent_decode("%zz%41"), "%zzA");
}

RC_GTEST_PROP(EscapesProperty, DecodeWhatTheyEncode, (const std::string& text)) {
  RC_ASSERT(percent_decode(percent_encode(text)) == text);
}

TEST(Split, KeepsEmptyPieces) {
  using Pieces = std::vector<std::string_view>;
  EXPECT_EQ(split("a,,b,", ','), (Pieces{"a", "", "b", ""}));
  EXPECT_EQ(split("", ','), (Pieces{""}));
}

TEST(Digits, AreGroupedAsReadersExpect) {
  EXPECT_EQ(group_digits(1234567, "en"), "1,234,567");
  EXPECT_EQ(group_digits(1234567, "fr"), "1\u202F234\u202F567");  // CLDR 42, fr: group U+202F
  EXPECT_EQ(group_digits(1234567, "ru"), "1\u00A0234\u00A0567");  // CLDR 42, ru: group U+00A0
  EXPECT_EQ(group_digits(1234567, "pt"), "1.234.567");
  EXPECT_EQ(group_digits(-1234, "ar"), "-1,234");
  EXPECT_EQ(group_digits(-999, "en"), "-999");
  EXPECT_EQ(group_digits(INT64_MIN, "en"), "-9,223,372,036,854,775,808");
}

TEST(Width, IsThatOfATerminal) {
  // Source: Unicode Standard Annex 11, East Asian Width: W and F take two columns.
  EXPECT_EQ(display_width("abc"), 3u);
  EXPECT_EQ(display_width("合作"), 4u);
  EXPECT_EQ(display_width("Ａ"), 2u);
  EXPECT_EQ(display_width("e\u0301"), 1u);
  EXPECT_EQ(display_width("تَ"), 1u);
}

TEST(Hex, IsLowerCase) { EXPECT_EQ(to_hex(std::string_view("\x00\xfa", 2)), "00fa"); }

}  // namespace
}  // namespace austral
