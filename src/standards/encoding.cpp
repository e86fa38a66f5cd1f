// Weighs encodings by the words that the bytes make in each of them.
#include "standards/encoding.hpp"

#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>
#include <unicode/uscript.h>
#include <unicode/utf16.h>

#include <algorithm>
#include <cstring>
#include <string_view>
#include <vector>

#include "base/text.hpp"

namespace austral::standards {
namespace {

constexpr std::size_t looked_at = 64 << 20, sample_size = 64 << 10;
constexpr std::size_t context = 12;  // letters before and after, to see whether words come out

/// Runs of bytes beyond ASCII with the letters around them.
struct Sample {
  std::string text;
  std::uint64_t runs = 0, broken = 0;  ///< broken: not UTF-8
};

TextEncoding marked_encoding(std::string_view head) {
  using namespace std::string_view_literals;
  if (head.starts_with("\xEF\xBB\xBF"sv)) return {"UTF-8", true};
  if (head.starts_with("\xFF\xFE\0\0"sv)) return {"UTF-32LE", true};
  if (head.starts_with("\0\0\xFE\xFF"sv)) return {"UTF-32BE", true};
  if (head.starts_with("\xFF\xFE"sv)) return {"UTF-16LE", true};
  if (head.starts_with("\xFE\xFF"sv)) return {"UTF-16BE", true};
  return {};
}

bool is_usual(unsigned unit) {
  return unit == '\n' || unit == '\r' || unit == '\t' || (unit >= ' ' && unit <= 'z');
}

/// UTF-16 or UTF-32 without a mark: texts in them are full of zero bytes at fixed places.
std::string wide_encoding(std::string_view head) {
  const auto zeros = std::size_t(std::count(head.begin(), head.end(), '\0'));
  if (head.size() < 8 || zeros * 100 < head.size() * 2) return {};
  const auto at = [&](std::size_t i) { return unsigned(static_cast<unsigned char>(head[i])); };
  std::size_t little = 0, big = 0, little_wide = 0, big_wide = 0;
  for (std::size_t i = 0; i + 1 < head.size(); i += 2) {
    little += at(i + 1) == 0 && is_usual(at(i));
    big += at(i) == 0 && is_usual(at(i + 1));
  }
  for (std::size_t i = 0; i + 3 < head.size(); i += 4) {
    little_wide += at(i + 1) == 0 && at(i + 2) == 0 && at(i + 3) == 0 && is_usual(at(i));
    big_wide += at(i) == 0 && at(i + 1) == 0 && at(i + 2) == 0 && is_usual(at(i + 3));
  }
  if (little_wide * 4 * 2 > head.size()) return "UTF-32LE";
  if (big_wide * 4 * 2 > head.size()) return "UTF-32BE";
  if (little * 10 < big && big * 20 > head.size()) return "UTF-16BE";
  if (big * 10 < little && little * 20 > head.size()) return "UTF-16LE";
  return {};
}

void add_runs(Sample& sample, std::string_view block, bool last) {
  const auto beyond = [](char c) { return (c & 0x80) != 0; };
  for (std::size_t i = 0; i < block.size() && sample.text.size() < sample_size;) {
    const auto begin = std::find_if(block.begin() + long(i), block.end(), beyond);
    if (begin == block.end()) return;
    const std::size_t start = std::size_t(begin - block.begin());
    std::size_t end = start;
    while (end < block.size() && beyond(block[end])) ++end;
    if (end == block.size() && !last) return;  // it may go on
    ++sample.runs;
    if (!is_valid_utf8(block.substr(start, end - start))) ++sample.broken;
    const std::size_t from = std::max(i, start - std::min(start, context));
    const std::size_t until = std::min(block.size(), end + context);
    std::size_t close = end;
    while (close < until && !beyond(block[close])) ++close;
    if (from > i) sample.text += ' ';
    sample.text += block.substr(from, close - from);
    i = close;
  }
}

/// How well a text decoded in a guessed encoding makes words: 0 to 1.
double weigh(const std::u16string& text) {
  double good = 0, all = 0;
  UChar32 before = ' ';
  const auto size = int32_t(text.size());
  for (int32_t i = 0; i < size;) {
    UChar32 c = 0, after = ' ';
    U16_NEXT(text.data(), i, size, c);
    int32_t next = i;
    if (next < size) U16_NEXT(text.data(), next, size, after);
    if (c < 0x80) {
      before = c;
      continue;
    }
    all += 1;
    UErrorCode error = U_ZERO_ERROR;
    const auto script = uscript_getScript(c, &error);
    const auto fits = [&](UChar32 other) {
      return !u_isalpha(other) || uscript_getScript(other, &error) == script ||
             uscript_getScript(other, &error) == USCRIPT_COMMON;
    };
    if (u_isalpha(c) && c != 0xFFFD) {
      const bool shouting = u_isupper(c) && u_islower(before);
      const bool rare = c == 0xAA || c == 0xBA || (c >= 0x192 && c < 0x250);
      const bool alone = !u_isalpha(before) && !u_isalpha(after) && script == USCRIPT_LATIN;
      good += fits(before) && fits(after) && !shouting ? (alone || rare ? 0.5 : 1.0) : 0.1;
    } else if ((c >= 0x2010 && c <= 0x2026) || c == 0xA0 || c == 0xB0 || c == 0x20AC || c == 0xAB ||
               c == 0xBB || c == 0xBF || c == 0xA1 || c == 0x60C || c == 0x2116) {
      // Marks of writing stand between words; inside of one they are a sign of a wrong guess.
      good += c == 0x2019 || !(u_isalpha(before) && u_isalpha(after)) ? 0.8 : 0.2;
    } else if (c == 0xFFFD || (c >= 0x80 && c < 0xA0)) {
      good -= 1;
    } else {
      good += 0.3;
    }
    before = c;
  }
  return all > 0 ? std::max(0.0, good / all) : 0;
}

bool decode(const std::string& sample, const char* name, std::u16string& out) {
  UErrorCode error = U_ZERO_ERROR;
  UConverter* const converter = ucnv_open(name, &error);
  if (U_FAILURE(error)) return false;
  out.resize(sample.size() * 2 + 16);
  const int32_t size = ucnv_toUChars(converter, out.data(), int32_t(out.size()), sample.data(),
                                     int32_t(sample.size()), &error);
  ucnv_close(converter);
  out.resize(U_SUCCESS(error) ? std::size_t(size) : 0);
  return U_SUCCESS(error);
}

struct Guess {
  std::string name;
  double weight = 0;
};

/// What programs call Latin-1 is windows-1252 wherever the two differ, and so with its relatives.
std::string wider_name(const std::string& name) {
  if (name == "ISO-8859-1") return "windows-1252";
  if (name == "ISO-8859-9") return "windows-1254";
  return name;
}

std::vector<Guess> guess_encodings(const std::string& sample) {
  std::vector<Guess> guesses;
  for (const char* name :
       {"windows-1252", "windows-1256", "windows-1251", "GB18030", "macintosh", "windows-1250",
        "ibm-850", "windows-1254", "KOI8-R", "Big5", "Shift_JIS", "windows-1253", "windows-1255",
        "EUC-KR", "ISO-8859-5", "ISO-8859-6", "x-mac-cyrillic"}) {
    std::u16string text;
    // In doubt the commoner encoding, named earlier.
    if (decode(sample, name, text))
      guesses.push_back({name, weigh(text) - 0.012 * double(guesses.size())});
  }
  UErrorCode error = U_ZERO_ERROR;
  UCharsetDetector* const detector = ucsdet_open(&error);
  ucsdet_setText(detector, sample.data(), int32_t(sample.size()), &error);
  int32_t count = 0;
  const UCharsetMatch** const matches = ucsdet_detectAll(detector, &count, &error);
  std::vector<std::string> met;
  for (int32_t i = 0; U_SUCCESS(error) && i < count; ++i) {
    const std::string name = wider_name(ucsdet_getName(matches[i], &error));
    if (std::find(met.begin(), met.end(), name) != met.end()) continue;
    met.push_back(name);
    const double weight = 0.3 * ucsdet_getConfidence(matches[i], &error) / 100.0;
    for (auto& guess : guesses)
      if (guess.name == name) guess.weight += weight;
  }
  if (detector) ucsdet_close(detector);
  std::stable_sort(guesses.begin(), guesses.end(),
                   [](const Guess& a, const Guess& b) { return a.weight > b.weight; });
  return guesses;
}

}  // namespace

TextEncoding find_text_encoding(RawSource& source) {
  std::string block(1 << 20, '\0');
  Sample sample;
  std::size_t total = 0;
  while (total < looked_at && sample.text.size() < sample_size) {
    std::size_t filled = 0;
    while (filled < block.size()) {
      const std::size_t got = source.read(block.data() + filled, block.size() - filled);
      if (got == 0) break;
      filled += got;
    }
    const std::string_view bytes(block.data(), filled);
    if (total == 0) {
      const auto marked = marked_encoding(bytes);
      if (marked.marked) return marked;
      const std::string wide = wide_encoding(bytes.substr(0, 4096));
      if (!wide.empty()) return {wide, false, true, "zero bytes between its characters"};
    }
    total += filled;
    add_runs(sample, bytes, filled < block.size());
    if (filled < block.size()) break;
  }
  // A few broken places do not make a text another one; they are mended where they are read.
  if (sample.broken * 20 <= sample.runs) return {};
  const auto guesses = guess_encodings(sample.text);
  if (guesses.empty()) return {};
  TextEncoding out{guesses[0].name, false, false, ""};
  out.evidence = "its " + std::to_string(sample.runs) + (sample.runs == 1 ? " place" : " places") +
                 " beyond ASCII make most sense in it";
  if (guesses.size() > 1) out.evidence += "; the next likely was " + guesses[1].name;
  return out;
}

}  // namespace austral::standards
