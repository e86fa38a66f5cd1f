// The splitter's tokens: tags, text, comments, CDATA, instructions and DOCTYPE, checked as XML 1.0.
#include <algorithm>
#include <array>
#include <cstring>

#include "base/text.hpp"
#include "standards/iati/split.hpp"
#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace austral::iati {
namespace {

enum : unsigned char {
  name_byte = 1,
  space_byte = 2,
  text_stop = 4,
  value_stop = 8,
  control = 16,
  name_start = 32
};

constexpr std::array<unsigned char, 256> make_classes() {
  std::array<unsigned char, 256> classes{};
  for (int c = 0; c < 256; ++c) {
    unsigned char kind = 0;
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (letter || c == '_' || c == ':' || c >= 0x80) kind |= name_byte | name_start;
    if ((c >= '0' && c <= '9') || c == '-' || c == '.') kind |= name_byte;
    const bool space = c == ' ' || c == '\t' || c == '\r' || c == '\n';
    if (space) kind |= space_byte;
    if (c < 0x20 && !space) kind |= control | text_stop | value_stop;
    if (c == '<' || c == '&') kind |= text_stop | value_stop;
    if (c == ']') kind |= text_stop;
    if (c == '"' || c == '\'') kind |= value_stop;
    classes[std::size_t(c)] = kind;
  }
  return classes;
}
constexpr auto classes = make_classes();

bool is(char c, unsigned char kind) { return classes[static_cast<unsigned char>(c)] & kind; }

/// The first `<`, `&`, `]` or control character; there is always one: the NUL behind the window.
const char* skip_text(const char* p) {
#ifdef __SSE2__
  const __m128i less = _mm_set1_epi8('<'), ampersand = _mm_set1_epi8('&');
  const __m128i bracket = _mm_set1_epi8(']'), top = _mm_set1_epi8(0x1F);
  const __m128i tab = _mm_set1_epi8('\t'), feed = _mm_set1_epi8('\n'), back = _mm_set1_epi8('\r');
  for (;; p += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
    const __m128i low = _mm_cmpeq_epi8(_mm_min_epu8(bytes, top), bytes);
    const __m128i white =
        _mm_or_si128(_mm_cmpeq_epi8(bytes, tab),
                     _mm_or_si128(_mm_cmpeq_epi8(bytes, feed), _mm_cmpeq_epi8(bytes, back)));
    const __m128i marks = _mm_or_si128(
        _mm_cmpeq_epi8(bytes, less),
        _mm_or_si128(_mm_cmpeq_epi8(bytes, ampersand), _mm_cmpeq_epi8(bytes, bracket)));
    const int mask = _mm_movemask_epi8(_mm_or_si128(marks, _mm_andnot_si128(white, low)));
    if (mask != 0) return p + __builtin_ctz(unsigned(mask));
  }
#else
  while (!is(*p, text_stop)) ++p;
  return p;
#endif
}

/// The first quote of either kind, `<`, `&` or control character; there is always one, as above.
const char* skip_value(const char* p) {
#ifdef __SSE2__
  const __m128i less = _mm_set1_epi8('<'), ampersand = _mm_set1_epi8('&');
  const __m128i quotes = _mm_set1_epi8('"'), apostrophe = _mm_set1_epi8('\'');
  const __m128i top = _mm_set1_epi8(0x1F);
  for (;; p += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
    const __m128i low = _mm_cmpeq_epi8(_mm_min_epu8(bytes, top), bytes);
    const __m128i marks = _mm_or_si128(
        _mm_or_si128(_mm_cmpeq_epi8(bytes, less), _mm_cmpeq_epi8(bytes, ampersand)),
        _mm_or_si128(_mm_cmpeq_epi8(bytes, quotes), _mm_cmpeq_epi8(bytes, apostrophe)));
    int mask = _mm_movemask_epi8(_mm_or_si128(marks, low));
    for (; mask != 0; mask &= mask - 1) {
      const char* at = p + __builtin_ctz(unsigned(mask));
      if (is(*at, value_stop)) return at;  // white space counts as low, but is allowed
    }
  }
#else
  while (!is(*p, value_stop)) ++p;
  return p;
#endif
}

const char* find(const char* from, const char* end, std::string_view what) {
  return static_cast<const char*>(
      ::memmem(from, std::size_t(end - from), what.data(), what.size()));
}

std::string shown(char c) {
  const auto byte = static_cast<unsigned char>(c);
  if (byte > 0x20 && byte < 0x7F) return std::string("'") + c + "'";
  static const char digits[] = "0123456789ABCDEF";
  return std::string("character 0x") + digits[byte >> 4] + digits[byte & 15];
}

/// Whether `&#...;` (without its ends) names a character of XML.
bool is_character(std::string_view digits) {
  if (digits.empty()) return false;
  const bool hexadecimal = digits[0] == 'x';
  if (hexadecimal) digits.remove_prefix(1);
  if (digits.empty()) return false;
  std::uint32_t code = 0;
  for (const char c : digits) {
    const int digit = c >= '0' && c <= '9'                  ? c - '0'
                      : hexadecimal && c >= 'a' && c <= 'f' ? c - 'a' + 10
                      : hexadecimal && c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                            : -1;
    if (digit < 0) return false;
    code = code * (hexadecimal ? 16 : 10) + std::uint32_t(digit);
    if (code > 0x10FFFF) return false;
  }
  if (code < 0x20) return code == 9 || code == 10 || code == 13;
  return !(code >= 0xD800 && code <= 0xDFFF) && code != 0xFFFE && code != 0xFFFF;
}

}  // namespace

Splitter::Step Splitter::step() {
  const char* p = window_.at(position_);
  if (*p == '<') return tag();
  return text();
}

/// Text is used up piece by piece: there is no limit to it but the activity's.
Splitter::Step Splitter::text() {
  const char* p = window_.at(position_);
  if (!started_ || ended_) {
    while (is(*p, space_byte)) ++p;
    position_ = window_.offset_of(p);
    if (p == window_.limit()) return Step::more;
    if (*p == '<') return Step::done;
    if (ended_)
      return damage(p, "xml.after_root",
                    "there is something behind the end of the root element, "
                    "beginning with " +
                        shown(*p) + ". Remove it");
    const bool json = *p == '{' || *p == '[';
    return damage(p, "iati.root",
                  json ? "this is JSON, not XML: an IATI file begins with <iati-activities>"
                       : "this is not XML: it begins with " + shown(*p) + " where '<' must stand");
  }
  const bool at_top = everything_ && !in_piece_ && open_.empty();
  for (;;) {
    p = skip_text(p);
    if (at_top) note_words(position_, window_.offset_of(p));
    if (piece_ready_) return position_ = window_.offset_of(p), Step::done;
    if (*p == '<') return position_ = window_.offset_of(p), tag();
    if (p >= window_.limit()) return position_ = window_.end(), Step::more;
    if (*p == ']') {
      if (window_.limit() - p < 3) {
        position_ = window_.offset_of(p);
        if (window_.limit() - p == 2 && p[1] != ']') position_ += 1;
        return Step::more;
      }
      if (p[1] == ']' && p[2] == '>')
        return damage(p, "xml.text", "']]>' stands in text. Write it ']]&gt;'");
      ++p;
    } else if (*p == '&') {
      position_ = window_.offset_of(p);
      const Step result = entity(p);
      if (result != Step::done) return result;
      note_words(position_, window_.offset_of(p));
    } else {
      return damage(p, "xml.character", shown(*p) + " is not allowed in XML. Remove it");
    }
  }
}

/// `p` stands at `&` and is moved behind the `;`.
Splitter::Step Splitter::entity(const char*& p) {
  const char* q = p + 1;
  while (is(*q, name_byte) || *q == '#') {
    if (q - p > 80) break;
    ++q;
  }
  if (q >= window_.limit()) return Step::more;
  const std::string_view name(p + 1, std::size_t(q - p - 1));
  if (*q != ';' || name.empty())
    return damage(p, "xml.ampersand", "a bare '&' stands in the text. Write it '&amp;'");
  const bool known = name[0] == '#' ? is_character(name.substr(1))
                                    : name == "amp" || name == "lt" || name == "gt" ||
                                          name == "quot" || name == "apos";
  if (!known)
    return damage(
        p, "xml.entity",
        "'&" + shorten(name, 40) + ";' is not an entity of XML. Write the character itself");
  p = q + 1;
  return Step::done;
}

Splitter::Step Splitter::tag() {
  const char* p = window_.at(position_);
  const auto left = window_.limit() - p;
  if (left < 2) return Step::more;
  if (p[1] == '/') return end_tag();
  if (p[1] == '?') return instruction();
  if (p[1] != '!') return start_tag();
  if (left < 9) {
    // Too short to tell apart, unless the file ends here: then refill finds out.
    return Step::more;
  }
  if (p[2] == '-' && p[3] == '-') return comment();
  if (std::memcmp(p, "<![CDATA[", 9) == 0) return cdata();
  if (std::memcmp(p, "<!DOCTYPE", 9) == 0) return doctype();
  if (strncasecmp(p, "<!DOCTYPE", 9) == 0)
    return damage(p, "iati.root",
                  "this is a web page, not an IATI file: the address answers with "
                  "a page, often because the file has moved");
  return damage(p, "xml.markup", "'<!' begins neither a comment nor CDATA here");
}

Splitter::Step Splitter::end_tag() {
  const char* start = window_.at(position_);
  if (!open_.empty()) {  // nearly every end tag is the expected one, without a space
    const Name& name = open_.back();
    const std::size_t left = std::size_t(window_.limit() - start);
    if (left > name.size + 2u && start[name.size + 2] == '>' &&
        std::memcmp(start + 2, window_.at(name.offset), name.size) == 0)
      return close_element(start + name.size + 3), Step::done;
  }
  const char* p = start + 2;
  while (is(*p, name_byte)) ++p;
  const std::string_view name(start + 2, std::size_t(p - start - 2));
  while (is(*p, space_byte)) ++p;
  if (p >= window_.limit()) return Step::more;
  if (*p != '>')
    return damage(p, "xml.tag",
                  "the end tag </" + shorten(name, 80) + " is not closed: '>' expected, " +
                      shown(*p) + " found");
  if (!started_ || ended_)
    return damage(start, "xml.tag", "the end tag </" + shorten(name, 80) + "> closes nothing");
  const std::string_view expected =
      open_.empty() ? std::string_view(root_tag_)
                    : window_.view(open_.back().offset, open_.back().offset + open_.back().size);
  if (name != expected)
    return damage(
        start, "xml.tag",
        "</" + shorten(name, 80) + "> found where </" + shorten(expected, 80) + "> is expected");
  close_element(p + 1);
  return Step::done;
}

Splitter::Step Splitter::start_tag() {
  const char* start = window_.at(position_);
  const char* p = start + 1;
  while (is(*p, name_byte)) ++p;
  if (p >= window_.limit()) return Step::more;
  const std::string_view name(start + 1, std::size_t(p - start - 1));
  if (name.empty() || !is(name[0], name_start))
    return damage(start, "xml.tag", "'<' does not begin a tag here. In text, write it '&lt;'");
  if (ended_)
    return damage(start, "xml.after_root",
                  "<" + shorten(name, 80) + "> stands behind the end of the root element");
  if (name.size() > 1000) return damage(start, "xml.tag", "an element's name is absurdly long");
  bool empty = false;
  const Step result = attributes(p, empty);
  if (result != Step::done) return result;
  if (open_.size() + 2 > limits_.depth)
    return damage(start, "xml.too_deep",
                  "elements are nested deeper than " + std::to_string(limits_.depth) +
                      "; such a file is not read");
  open_element(name, p, empty);
  return damaged_ ? Step::damage : Step::done;
}

/// `p` stands behind the element's name and is moved behind the `>`.
Splitter::Step Splitter::attributes(const char*& p, bool& empty) {
  seen_count_ = 0;
  for (;;) {
    const char* before = p;
    while (is(*p, space_byte)) ++p;
    if (p >= window_.limit()) return Step::more;
    if (*p == '>') return ++p, Step::done;
    if (*p == '/') {
      if (p + 1 >= window_.limit()) return Step::more;
      if (p[1] != '>') return damage(p, "xml.tag", "'/>' expected, '/' found alone");
      empty = true;
      p += 2;
      return Step::done;
    }
    if (!is(*p, name_start))
      return damage(p, "xml.tag",
                    shown(*p) +
                        " found inside a tag where an attribute or '>' is "
                        "expected");
    if (before == p) return damage(p, "xml.tag", "a space is missing before this attribute");
    const Step result = attribute(p);
    if (result != Step::done) return result;
  }
}

Splitter::Step Splitter::attribute(const char*& p) {
  const char* start = p;
  while (is(*p, name_byte)) ++p;
  const std::string_view name(start, std::size_t(p - start));
  while (is(*p, space_byte)) ++p;
  if (p >= window_.limit()) return Step::more;
  if (*p != '=')
    return damage(p, "xml.attribute",
                  "the attribute '" + shorten(name, 80) + "' has no value: '=' expected");
  ++p;
  while (is(*p, space_byte)) ++p;
  if (p >= window_.limit()) return Step::more;
  if (*p != '"' && *p != '\'')
    return damage(p, "xml.attribute",
                  "the value of '" + shorten(name, 80) + "' does not stand in quotes");
  for (std::size_t i = 0; i < seen_count_; ++i)
    if (seen_[i].size() == name.size() && std::memcmp(seen_[i].data(), start, name.size()) == 0)
      return damage(start, "xml.attribute",
                    "the attribute '" + shorten(name, 80) + "' stands twice in one tag");
  if (seen_count_ >= limits_.attributes)
    return damage(start, "xml.too_large",
                  "one tag has more than " + std::to_string(limits_.attributes) +
                      " attributes; such a file is not read");
  if (seen_count_ == seen_.size()) seen_.resize(seen_.size() * 2);
  seen_[seen_count_++] = name;
  return value(p);
}

/// `p` stands at the opening quote and is moved behind the closing one.
Splitter::Step Splitter::value(const char*& p) {
  const char quote = *p++;
  for (;;) {
    p = skip_value(p);
    if (*p == quote) return ++p, Step::done;
    if (*p == '"' || *p == '\'') {
      ++p;
      continue;
    }
    if (p >= window_.limit()) return Step::more;
    if (*p == '&') {
      const Step result = entity(p);
      if (result != Step::done) return result;
    } else if (*p == '<') {
      return damage(p, "xml.attribute",
                    "'<' stands in an attribute's value: a quote is missing, "
                    "or write it '&lt;'");
    } else {
      return damage(p, "xml.character", shown(*p) + " is not allowed in XML. Remove it");
    }
  }
}

Splitter::Step Splitter::comment() {
  const char* start = window_.at(position_);
  const char* dashes = find(start + 4, window_.limit(), "--");
  if (!dashes || dashes + 2 >= window_.limit()) return Step::more;
  if (dashes[2] != '>')
    return damage(dashes, "xml.comment", "'--' stands inside a comment, which XML does not allow");
  return pass_over(start + 4, dashes, dashes + 3);
}

Splitter::Step Splitter::cdata() {
  const char* start = window_.at(position_);
  if (!started_ || ended_)
    return damage(start, "xml.markup", "CDATA stands outside the root element");
  const char* end = find(start + 9, window_.limit(), "]]>");
  if (!end) return Step::more;
  note_words(window_.offset_of(start + 9), window_.offset_of(end));
  return pass_over(start + 9, end, end + 3);
}

Splitter::Step Splitter::instruction() {
  const char* start = window_.at(position_);
  const char* end = find(start + 2, window_.limit(), "?>");
  if (!end) return Step::more;
  const char* p = start + 2;
  while (p < end && is(*p, name_byte)) ++p;
  const std::string_view target(start + 2, std::size_t(p - start - 2));
  if (target.empty() || !is(target[0], name_start))
    return damage(start, "xml.markup", "'<?' without a name");
  if (target.size() == 3 && strncasecmp(target.data(), "xml", 3) == 0 && position_ != 0)
    return damage(start, "xml.declaration",
                  "the XML declaration must be the very first thing in the file. Remove what "
                  "stands before it");
  return pass_over(p, end, end + 2);
}

/// Checks the characters of a comment, CDATA or instruction and goes on at `next`.
Splitter::Step Splitter::pass_over(const char* from, const char* end, const char* next) {
  for (const char* p = from; p < end; ++p)
    if (is(*p, control))
      return damage(p, "xml.character", shown(*p) + " is not allowed in XML. Remove it");
  position_ = window_.offset_of(next);
  return Step::done;
}

/// A DOCTYPE may name a grammar, which is not fetched; a file with its own entities is refused.
Splitter::Step Splitter::doctype() {
  const char* start = window_.at(position_);
  if (started_) return damage(start, "xml.doctype", "DOCTYPE stands behind the root element");
  char quote = 0;
  int brackets = 0;
  for (const char* p = start + 9; p < window_.limit(); ++p) {
    if (quote) {
      if (*p == quote) quote = 0;
    } else if (*p == '<' && window_.limit() - p < 8) {
      return Step::more;
    } else if (*p == '<' && std::memcmp(p, "<!--", 4) == 0) {
      const char* end = find(p + 4, window_.limit(), "-->");
      if (!end) return Step::more;
      p = end + 2;
    } else if (*p == '<' && std::memcmp(p, "<!ENTITY", 8) == 0) {
      return damage(p, "xml.entities",
                    "the file declares its own entities (<!ENTITY ...>), which can blow up or "
                    "fetch other files; such a file is not read. Write the texts out and remove "
                    "the DOCTYPE");
    } else if (*p == '"' || *p == '\'') {
      quote = *p;
    } else if (*p == '[') {
      ++brackets;
    } else if (*p == ']') {
      --brackets;
    } else if (*p == '>' && brackets <= 0) {
      std::string_view whole(start, std::size_t(p - start));
      findings_.push_back({Severity::remark, "xml.doctype",
                           "line " + std::to_string(window_.spot(position_).line),
                           "the file names a DOCTYPE; it was not fetched: IATI has none"});
      position_ = window_.offset_of(p + 1);
      if (whole.find("html") != std::string_view::npos || whole.find("HTML") != whole.npos)
        return damage(start, "iati.root",
                      "this is a web page, not an IATI file: the address "
                      "answers with a page, often because the file has moved");
      return Step::done;
    } else if (is(*p, control)) {
      return damage(p, "xml.character", shown(*p) + " is not allowed in XML. Remove it");
    }
  }
  return Step::more;
}

}  // namespace austral::iati
