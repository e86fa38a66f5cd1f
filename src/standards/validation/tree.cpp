// The tree's parser: one pass over a copy of the text, ending names and texts where they stand.
#include "standards/validation/tree.hpp"

#include <algorithm>
#include <array>

#include "standards/validation/words.hpp"
#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace austral::validation {
namespace {

constexpr std::size_t padding = 64;  // zero bytes behind the text: scanning needs no bounds check

/// Memory for many small things of one type, handed out in order and reused from the front.
template <class Thing>
class Arena {
 public:
  Thing* take() {
    if (at_ == size) {
      if (++chunk_ == chunks_.size()) chunks_.push_back(std::make_unique<Thing[]>(size));
      at_ = 0;
    }
    Thing* thing = &chunks_[chunk_][at_++];
    *thing = Thing();
    return thing;
  }
  void reset() {
    if (chunks_.size() > most_kept) chunks_.resize(most_kept);
    if (chunks_.empty()) chunks_.push_back(std::make_unique<Thing[]>(size));
    chunk_ = at_ = 0;
  }

 private:
  static constexpr std::size_t size = 1024, most_kept = 32;
  std::vector<std::unique_ptr<Thing[]>> chunks_;
  std::size_t chunk_ = 0, at_ = size;
};

constexpr std::array<bool, 256> make_name_bytes() {
  std::array<bool, 256> bytes{};
  for (int c = 1; c < 256; ++c)
    bytes[std::size_t(c)] = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                            (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' ||
                            c == ':' || c >= 0x80;
  return bytes;
}
constexpr auto name_bytes = make_name_bytes();

bool is_name(char c) { return name_bytes[static_cast<unsigned char>(c)]; }
bool is_gap(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

/// The first `<`, `&`, CR or zero byte.
char* skip_plain_text(char* p) {
#ifdef __SSE2__
  const __m128i less = _mm_set1_epi8('<'), ampersand = _mm_set1_epi8('&');
  const __m128i back = _mm_set1_epi8('\r'), zero = _mm_setzero_si128();
  for (;; p += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
    const int mask = _mm_movemask_epi8(
        _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(bytes, less), _mm_cmpeq_epi8(bytes, ampersand)),
                     _mm_or_si128(_mm_cmpeq_epi8(bytes, back), _mm_cmpeq_epi8(bytes, zero))));
    if (mask != 0) return p + __builtin_ctz(unsigned(mask));
  }
#else
  while (*p != '<' && *p != '&' && *p != '\r' && *p) ++p;
  return p;
#endif
}

/// The first `quote`, `&` or control character.
char* skip_plain_value(char* p, char quote) {
#ifdef __SSE2__
  const __m128i end = _mm_set1_epi8(quote), ampersand = _mm_set1_epi8('&');
  const __m128i top = _mm_set1_epi8(0x1F);
  for (;; p += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
    const __m128i low = _mm_cmpeq_epi8(_mm_min_epu8(bytes, top), bytes);
    const int mask = _mm_movemask_epi8(_mm_or_si128(
        low, _mm_or_si128(_mm_cmpeq_epi8(bytes, end), _mm_cmpeq_epi8(bytes, ampersand))));
    if (mask != 0) return p + __builtin_ctz(unsigned(mask));
  }
#else
  while (*p != quote && *p != '&' && static_cast<unsigned char>(*p) > 0x1F) ++p;
  return p;
#endif
}

char* put_code(char* out, std::uint32_t code) {
  if (code < 0x80) {
    *out++ = char(code);
  } else if (code < 0x800) {
    *out++ = char(0xC0 | (code >> 6));
    *out++ = char(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    *out++ = char(0xE0 | (code >> 12));
    *out++ = char(0x80 | ((code >> 6) & 0x3F));
    *out++ = char(0x80 | (code & 0x3F));
  } else {
    *out++ = char(0xF0 | (code >> 18));
    *out++ = char(0x80 | ((code >> 12) & 0x3F));
    *out++ = char(0x80 | ((code >> 6) & 0x3F));
    *out++ = char(0x80 | (code & 0x3F));
  }
  return out;
}

/// Puts the character that `&...;` at `p` stands for to `out`, which never overtakes `p`; what is
/// no such thing is copied as it stands.
void put_entity(const char*& p, char*& out) {
  const char* semicolon = p + 1;
  while (*semicolon && *semicolon != ';' && semicolon - p < 12) ++semicolon;
  const std::string_view name(p + 1, std::size_t(semicolon - p - 1));
  std::uint32_t code = 0;
  if (*semicolon == ';' && name.size() > 1 && name[0] == '#') {
    const bool hexadecimal = name[1] == 'x';
    for (const char c : name.substr(hexadecimal ? 2 : 1)) {
      const int digit = c >= '0' && c <= '9'                                ? c - '0'
                        : hexadecimal && (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10
                                                                            : 99;
      if (digit == 99 || code > 0x10FFFF) {
        code = 0;
        break;
      }
      code = code * (hexadecimal ? 16 : 10) + std::uint32_t(digit);
    }
    if (code > 0x10FFFF) code = 0;
  } else if (*semicolon == ';') {
    code = name == "amp"    ? '&'
           : name == "lt"   ? '<'
           : name == "gt"   ? '>'
           : name == "quot" ? '"'
           : name == "apos" ? '\''
                            : 0;
  }
  if (code == 0) {
    *out++ = *p++;
    return;
  }
  out = put_code(out, code);
  p = semicolon + 1;
}

}  // namespace

struct Tree::State {
  std::vector<char> buffer;
  Arena<NodeData> nodes;
  Arena<AttributeData> attributes;
  NodeData* document = nullptr;
  NodeData* open = nullptr;  // the element being read
  char* base = nullptr;
  char* limit = nullptr;
  bool failed = false;
  bool declares_default = false;

  bool read(std::string_view text);
  bool read_markup(char*& p);
  bool read_start(char*& p);
  bool read_attributes(char*& p, NodeData* node);
  bool read_value(char*& p, AttributeData* attribute);
  void read_text(char*& p);
  bool read_cdata(char*& p);
  NodeData* append(NodeKind kind, const char* at);
  bool pass(char*& p, std::string_view closing);
};

NodeData* Tree::State::append(NodeKind kind, const char* at) {
  NodeData* node = nodes.take();
  node->kind = kind;
  node->offset = std::uint32_t(at - base);
  node->parent = open;
  node->previous = open->last_child;
  (open->last_child ? open->last_child->next : open->first_child) = node;
  open->last_child = node;
  return node;
}

/// Moves behind the next `closing`.
bool Tree::State::pass(char*& p, std::string_view closing) {
  void* found = ::memmem(p, std::size_t(limit - p), closing.data(), closing.size());
  if (!found) return false;
  p = static_cast<char*>(found) + closing.size();
  return true;
}

bool Tree::State::read(std::string_view text) {
  if (text.size() >= UINT32_MAX) return false;
  if (buffer.size() < text.size() + padding) buffer.resize(text.size() + padding);
  std::memcpy(buffer.data(), text.data(), text.size());
  std::memset(buffer.data() + text.size(), 0, padding);
  base = buffer.data();
  limit = base + text.size();
  nodes.reset();
  attributes.reset();
  document = open = nodes.take();
  document->kind = node_document;
  failed = declares_default = false;
  for (char* p = base; p < limit && !failed;) {
    if (*p == '<') {
      if (!read_markup(p)) return false;
    } else {
      read_text(p);
    }
  }
  return !failed && open == document && document->first_child;
}

/// `p` stands at `<`, which may have been overwritten by the end of a text.
bool Tree::State::read_markup(char*& p) {
  if (p[1] == '/') {
    if (open == document) return false;
    const std::size_t size = open->name_size;
    open = open->parent;
    p += 2;
    if (std::size_t(limit - p) <= size || p[size] != '>') return pass(p, ">");
    p += size + 1;
    return true;
  }
  if (p[1] == '?') return pass(p, "?>");
  if (p[1] != '!') return read_start(p);
  if (std::memcmp(p, "<!--", 4) == 0) return p += 4, pass(p, "-->");
  if (std::memcmp(p, "<![CDATA[", 9) == 0) return read_cdata(p);
  return pass(p, ">");
}

bool Tree::State::read_start(char*& p) {
  if (open == document && document->first_child) return false;
  NodeData* node = append(node_element, p);
  char* name = ++p;
  while (is_name(*p)) ++p;
  if (p == name || p - name > UINT16_MAX) return false;
  node->name = name;
  node->name_size = std::uint16_t(p - name);
  node->word = find_word_of(name, node->name_size);
  char* end = p;
  const bool gap = is_gap(*p);
  if (gap) *p++ = 0;
  if (gap && !read_attributes(p, node)) return false;
  const bool empty = *p == '/';
  if (empty) ++p;
  if (*p != '>') return false;
  ++p;
  *end = 0;
  if (!empty) open = node;
  return true;
}

/// `p` ends at `/` or `>`.
bool Tree::State::read_attributes(char*& p, NodeData* node) {
  AttributeData** last = &node->first_attribute;
  for (;;) {
    while (is_gap(*p)) ++p;
    if (*p == '>' || *p == '/') return true;
    char* name = p;
    while (is_name(*p)) ++p;
    if (p == name || p - name > UINT16_MAX) return false;
    AttributeData* attribute = attributes.take();
    attribute->name = name;
    attribute->name_size = std::uint16_t(p - name);
    attribute->word = find_word_of(name, attribute->name_size);
    if (!attribute->word && attribute->name_size == 5 && std::memcmp(name, "xmlns", 5) == 0)
      declares_default = true;
    char* end = p;
    while (is_gap(*p)) ++p;
    if (*p != '=') return false;
    ++p;
    *end = 0;
    while (is_gap(*p)) ++p;
    if (!read_value(p, attribute)) return false;
    *last = attribute;
    last = &attribute->next;
  }
}

/// `p` stands at the opening quote. Line ends and tabs become spaces, as XML 1.0 (3.3.3) asks.
bool Tree::State::read_value(char*& p, AttributeData* attribute) {
  const char quote = *p;
  if (quote != '"' && quote != '\'') return false;
  char* start = ++p;
  p = skip_plain_value(p, quote);
  char* out = p;
  while (*p != quote) {
    if (p >= limit) return false;
    if (*p == '&') {
      const char* from = p;
      put_entity(from, out);
      p += from - p;
    } else {
      const bool pair = *p == '\r' && p[1] == '\n';
      *out++ = is_gap(*p) ? ' ' : *p;
      p += pair ? 2 : 1;
    }
  }
  attribute->value = start;
  attribute->value_size = std::uint32_t(out - start);
  ++p;
  *out = 0;
  return true;
}

/// A text up to the next `<`; white space alone counts only where it is all an element holds.
void Tree::State::read_text(char*& p) {
  char* start = p;
  while (is_gap(*p)) ++p;
  const bool blank = *p == '<' || p >= limit;
  if (blank && !(p[0] == '<' && p[1] == '/' && open != document && !open->first_child)) return;
  char* out = skip_plain_text(start);
  char* in = out;
  while (in < limit && *in != '<') {
    if (*in == '&') {
      const char* from = in;
      put_entity(from, out);
      in += from - in;
    } else if (*in == '\r') {
      *out++ = '\n';
      in += in[1] == '\n' ? 2 : 1;
    } else {
      char* next = std::max(skip_plain_text(in), in + 1);
      std::memmove(out, in, std::size_t(next - in));
      out += next - in;
      in = next;
    }
  }
  p = in;
  if (open == document) return;
  NodeData* node = append(node_pcdata, start);
  node->value = start;
  node->value_size = std::uint32_t(out - start);
  if (out < p) {
    *out = 0;
    return;
  }
  if (p >= limit) return;
  failed = !read_markup(p);
  *out = 0;
}

bool Tree::State::read_cdata(char*& p) {
  if (open == document) return false;
  char* start = p += 9;
  if (!pass(p, "]]>")) return false;
  char* end = p - 3;
  char* out = std::find(start, end, '\r');
  for (char* from = out; from < end;) {
    const bool pair = *from == '\r' && from + 1 < end && from[1] == '\n';
    *out++ = *from == '\r' ? '\n' : *from;
    from += pair ? 2 : 1;
  }
  *out = 0;
  NodeData* node = append(node_cdata, start);
  node->value = start;
  node->value_size = std::uint32_t(out - start);
  return true;
}

Tree::Tree() : state_(std::make_unique<State>()) {}
Tree::~Tree() = default;
Tree::Tree(Tree&&) noexcept = default;
Tree& Tree::operator=(Tree&&) noexcept = default;

bool Tree::parse(std::string_view text) { return state_->read(text); }
bool Tree::declares_default() const { return state_->declares_default; }
Node Tree::document() const { return Node(state_->document); }
Node Tree::document_element() const { return document().first_child(); }

}  // namespace austral::validation
