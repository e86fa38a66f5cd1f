// Finds a document's encoding and turns its bytes into UTF-8, block by block.
#include "standards/bytes.hpp"

#include <unicode/ucnv.h>
#include <unicode/ucnv_err.h>
#include <unicode/ustring.h>

#include <algorithm>
#include <cctype>
#include <cstring>
#include <string_view>

#include "base/text.hpp"
#include "standards/raw_source.hpp"

namespace austral::standards {
namespace {

constexpr std::size_t raw_block = 1 << 20;
using Converter = std::unique_ptr<UConverter, decltype(&ucnv_close)>;

/// How the document is written, as found in its first bytes.
struct Encoding {
  std::string name;      ///< for ICU; empty: UTF-8
  std::size_t mark = 0;  ///< bytes of the byte order mark
  std::string doubt;     ///< what is wrong with what the file says of itself
};

bool begins(std::string_view bytes, std::string_view with) {
  return bytes.substr(0, with.size()) == with;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = char(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

/// The encoding named in `<?xml ... encoding="..."?>` of ASCII-like bytes.
std::string declared_encoding(std::string_view head) {
  const auto start = head.find_first_not_of(" \t\r\n");
  if (start == std::string_view::npos || !begins(head.substr(start), "<?xml")) return {};
  const auto declaration = head.substr(start, head.find("?>", start) - start);
  auto at = declaration.find("encoding");
  if (at == std::string_view::npos) return {};
  at = declaration.find_first_of("\"'", at);
  if (at == std::string_view::npos) return {};
  const auto end = declaration.find(declaration[at], at + 1);
  if (end == std::string_view::npos) return {};
  return lower(declaration.substr(at + 1, end - at - 1));
}

Encoding find_encoding(std::string_view head) {
  using namespace std::string_view_literals;
  if (begins(head, "\xEF\xBB\xBF"sv)) return {"", 3, ""};
  if (begins(head, "\xFF\xFE\0\0"sv)) return {"UTF-32LE", 4, ""};
  if (begins(head, "\0\0\xFE\xFF"sv)) return {"UTF-32BE", 4, ""};
  if (begins(head, "\xFF\xFE"sv)) return {"UTF-16LE", 2, ""};
  if (begins(head, "\xFE\xFF"sv)) return {"UTF-16BE", 2, ""};
  if (begins(head, "<\0\0\0"sv)) return {"UTF-32LE", 0, ""};
  if (begins(head, "\0\0\0<"sv)) return {"UTF-32BE", 0, ""};
  if (begins(head, "<\0"sv)) return {"UTF-16LE", 0, ""};
  if (begins(head, "\0<"sv)) return {"UTF-16BE", 0, ""};
  const std::string declared = declared_encoding(head);
  const std::string shown = shorten(make_valid_utf8(declared), 40);  // the name may be anything
  if (declared.empty() || declared == "utf-8" || declared == "utf8" || declared == "us-ascii" ||
      declared == "ascii")
    return {};
  if (begins(declared, "utf-16") || begins(declared, "utf-32") || begins(declared, "ucs-") ||
      begins(declared, "iso-10646"))
    return {"", 0,
            "the file calls itself " + shown +
                " but is written in single bytes; "
                "it was read as UTF-8. Write encoding=\"UTF-8\" in its first line"};
  // Files labelled Latin-1 that use 0x80-0x9F mean windows-1252, as every browser takes them.
  if (declared == "iso-8859-1" || declared == "latin1" || declared == "iso_8859-1")
    return {"windows-1252", 0, ""};
  UErrorCode error = U_ZERO_ERROR;
  Converter probe(ucnv_open(declared.c_str(), &error), &ucnv_close);
  if (U_SUCCESS(error)) return {declared, 0, ""};
  return {"", 0,
          "the file names an encoding that is not known here (" + shown +
              "); it was read as UTF-8. Save it as UTF-8"};
}

/// An encoding known beforehand, with the mark that may stand before the text.
Encoding name_encoding(std::string_view head, const std::string& name) {
  const Encoding marked = find_encoding(head);
  const std::string small = lower(name);
  if (small == "utf-8" || small == "utf8") return {"", begins(head, "\xEF\xBB\xBF") ? 3u : 0u, ""};
  if (begins(small, "utf-") && marked.name == name) return {name, marked.mark, ""};
  return {name, 0, ""};
}

/// The length of the valid UTF-8 that `bytes` begins with; `cut` is set when only the rest of a
/// character is missing behind it. U+FFFE and U+FFFF are no characters of XML.
std::size_t valid_prefix(const unsigned char* p, std::size_t size, bool& cut) {
  std::size_t i = 0;
  cut = false;
  while (i < size) {
    if (p[i] < 0x80) {
      std::uint64_t word;
      while (i + 8 <= size && (std::memcpy(&word, p + i, 8), !(word & 0x8080808080808080u))) i += 8;
      while (i < size && p[i] < 0x80) ++i;
      continue;
    }
    const unsigned lead = p[i];
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4) return i;
    for (std::size_t k = 1; k < length; ++k) {
      if (i + k == size) return cut = true, i;
      unsigned low = 0x80, high = 0xBF;
      if (k == 1) {
        if (lead == 0xE0) low = 0xA0;
        if (lead == 0xED) high = 0x9F;
        if (lead == 0xF0) low = 0x90;
        if (lead == 0xF4) high = 0x8F;
      }
      if (p[i + k] < low || p[i + k] > high) return i;
    }
    if (lead == 0xEF && p[i + 1] == 0xBF && p[i + 2] >= 0xBE) return i;
    i += length;
  }
  return i;
}

void append_code_point(std::string& out, std::uint32_t code) {
  if (code < 0x80) {
    out += char(code);
  } else if (code < 0x800) {
    out += char(0xC0 | (code >> 6));
    out += char(0x80 | (code & 0x3F));
  } else {
    out += char(0xE0 | (code >> 12));
    out += char(0x80 | ((code >> 6) & 0x3F));
    out += char(0x80 | (code & 0x3F));
  }
}

/// What a byte 0x80..0xFF means in windows-1252; U+FFFD for its five holes.
std::uint32_t windows_1252(unsigned char byte) {
  static const std::uint16_t low[32] = {
      0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
      0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
      0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};
  return byte >= 0xA0 ? byte : low[byte - 0x80];
}

extern "C" void count_and_substitute(const void* counter, UConverterToUnicodeArgs* arguments,
                                     const char* units, int32_t length,
                                     UConverterCallbackReason reason, UErrorCode* error) {
  if (reason <= UCNV_IRREGULAR)
    ++*const_cast<std::uint64_t*>(static_cast<const std::uint64_t*>(counter));
  UCNV_TO_U_CALLBACK_SUBSTITUTE(nullptr, arguments, units, length, reason, error);
}

}  // namespace

struct Bytes::State {
  State(RawDocuments files, std::string named)
      : documents(std::move(files)), told(std::move(named)) {
    for (const auto& finding : documents.notices) notices.push_back({0, finding});
  }

  RawDocuments documents;
  std::string told;  // the encoding, where it is known beforehand
  std::size_t next = 0;
  std::string name;
  std::unique_ptr<RawSource> source;
  std::string head;  // raw bytes read for looking, not yet handed on
  Converter converter{nullptr, &ucnv_close};
  std::string pending;  // UTF-8, ready
  std::size_t pending_at = 0;
  std::string carry;  // an unfinished character
  std::u16string wide;
  std::string raw;
  std::uint64_t delivered = 0;
  std::uint64_t bad_bytes = 0;  // not UTF-8, or not of the named encoding
  bool bad_noticed = false;
  bool ended = false;
  std::size_t trouble_seen = 0;
  std::vector<ByteNotice> notices;

  void start();
  std::size_t read_raw(char* out, std::size_t capacity);
  std::size_t read_utf8(char* out, std::size_t capacity);
  void repair(std::string_view bytes, bool last);
  bool convert_block();
  std::size_t deliver_pending(char* out, std::size_t capacity);
  void notice_bad(std::uint64_t offset, const std::string& message);
  void finish();
};

void Bytes::State::start() {
  head.resize(4096);
  std::size_t filled = 0;
  while (filled < head.size()) {
    const std::size_t got = source->read(head.data() + filled, head.size() - filled);
    if (got == 0) break;
    filled += got;
  }
  head.resize(filled);
  const Encoding encoding = told.empty() ? find_encoding(head) : name_encoding(head, told);
  head.erase(0, encoding.mark);
  pending.clear(), carry.clear();
  pending_at = 0, delivered = 0, bad_bytes = 0, trouble_seen = 0;
  ended = false, bad_noticed = false;
  converter.reset();
  if (!encoding.name.empty()) {
    UErrorCode error = U_ZERO_ERROR;
    converter.reset(ucnv_open(encoding.name.c_str(), &error));
    if (U_SUCCESS(error))
      ucnv_setToUCallBack(converter.get(), count_and_substitute, &bad_bytes, nullptr, nullptr,
                          &error);
    if (U_FAILURE(error)) converter.reset();
  }
  if (!encoding.doubt.empty())
    notices.push_back({0, {Severity::warning, "encoding.declared", "", encoding.doubt}});
}

std::size_t Bytes::State::read_raw(char* out, std::size_t capacity) {
  if (!head.empty()) {
    const std::size_t size = std::min(capacity, head.size());
    std::memcpy(out, head.data(), size);
    head.erase(0, size);
    return size;
  }
  return source->read(out, capacity);
}

void Bytes::State::notice_bad(std::uint64_t offset, const std::string& message) {
  if (bad_noticed) return;
  bad_noticed = true;
  notices.push_back({offset, {Severity::warning, "encoding.bytes", "", message}});
}

/// Every byte that is not UTF-8 becomes what it would be in windows-1252: that is what such bytes
/// nearly always are, and the finding lets the owner check.
void Bytes::State::repair(std::string_view bytes, bool last) {
  pending.clear();
  pending_at = 0;
  while (!bytes.empty()) {
    bool cut = false;
    const auto* p = reinterpret_cast<const unsigned char*>(bytes.data());
    const std::size_t good = valid_prefix(p, bytes.size(), cut);
    pending.append(bytes.substr(0, good));
    bytes.remove_prefix(good);
    if (bytes.empty()) break;
    if (cut && !last) {
      carry.assign(bytes);
      break;
    }
    ++bad_bytes;
    notice_bad(delivered + pending.size(),
               "bytes that are not UTF-8 begin here; they were read as windows-1252. "
               "Save the file as UTF-8");
    const unsigned char byte = static_cast<unsigned char>(bytes.front());
    if (begins(bytes, "\xEF\xBF\xBE") || begins(bytes, "\xEF\xBF\xBF")) {
      append_code_point(pending, 0xFFFD);
      bytes.remove_prefix(3);
    } else {
      append_code_point(pending, windows_1252(byte));
      bytes.remove_prefix(1);
    }
  }
}

std::size_t Bytes::State::deliver_pending(char* out, std::size_t capacity) {
  const std::size_t size = std::min(capacity, pending.size() - pending_at);
  std::memcpy(out, pending.data() + pending_at, size);
  pending_at += size;
  delivered += size;
  return size;
}

std::size_t Bytes::State::read_utf8(char* out, std::size_t capacity) {
  std::size_t have = carry.size();
  std::memcpy(out, carry.data(), have);
  carry.clear();
  const std::size_t got = read_raw(out + have, capacity - have);
  have += got;
  if (have == 0) return 0;
  bool cut = false;
  const std::size_t good = valid_prefix(reinterpret_cast<unsigned char*>(out), have, cut);
  if (good == have || (cut && got > 0)) {
    carry.assign(out + good, have - good);
    delivered += good;
    return good > 0 ? good : read_utf8(out, capacity);
  }
  repair(std::string_view(out, have), got == 0);
  if (pending.empty()) return read_utf8(out, capacity);
  return deliver_pending(out, capacity);
}

/// Reads and converts one block into `pending`; false at the end.
bool Bytes::State::convert_block() {
  raw.resize(raw_block);
  const std::size_t got = read_raw(raw.data(), raw.size());
  const bool flush = got == 0;
  wide.resize(raw_block * 2 + 64);
  const char* from = raw.data();
  pending.clear();
  pending_at = 0;
  std::u16string units;
  for (;;) {
    UErrorCode error = U_ZERO_ERROR;
    UChar* target = wide.data();
    ucnv_toUnicode(converter.get(), &target, wide.data() + wide.size(), &from, raw.data() + got,
                   nullptr, flush, &error);
    units.append(wide.data(), std::size_t(target - wide.data()));
    if (error != U_BUFFER_OVERFLOW_ERROR) break;
  }
  pending.resize(units.size() * 3);
  int32_t length = 0;
  UErrorCode error = U_ZERO_ERROR;
  u_strToUTF8WithSub(pending.data(), int32_t(pending.size()), &length, units.data(),
                     int32_t(units.size()), 0xFFFD, nullptr, &error);
  pending.resize(U_SUCCESS(error) ? std::size_t(length) : 0);
  if (bad_bytes > 0)
    notice_bad(delivered,
               "bytes that do not exist in the file's encoding stand in the next "
               "megabyte; each was read as U+FFFD. Save the file as UTF-8");
  return !flush;
}

void Bytes::State::finish() {
  if (ended) return;
  ended = true;
  if (bad_bytes > 1)
    notices.push_back({delivered,
                       {Severity::remark, "encoding.bytes.count", "",
                        std::to_string(bad_bytes) + " places of the file are not in "
                                                    "its encoding"}});
}

Bytes::Bytes(const std::string& path) : Bytes(open_documents(path), "") {}
Bytes::Bytes(Pull pull) : Bytes(open_stream(std::move(pull)), "") {}
Bytes::Bytes(RawDocuments documents, std::string encoding)
    : state_(std::make_unique<State>(std::move(documents), std::move(encoding))) {}
Bytes::~Bytes() = default;
Bytes::Bytes(Bytes&&) noexcept = default;
Bytes& Bytes::operator=(Bytes&&) noexcept = default;

std::size_t Bytes::documents() const { return state_->documents.names.size(); }

bool Bytes::next_document() {
  auto& s = *state_;
  if (s.next >= s.documents.names.size()) return false;
  s.name = s.documents.names[s.next];
  s.source = s.documents.open(s.next++);
  s.start();
  return true;
}

const std::string& Bytes::document() const { return state_->name; }

std::size_t Bytes::read(char* out, std::size_t capacity) {
  auto& s = *state_;
  if (!s.source) return 0;
  std::size_t got = 0;
  if (s.pending_at < s.pending.size()) {
    got = s.deliver_pending(out, capacity);
  } else if (s.converter) {
    bool more = true;
    while (s.pending_at >= s.pending.size() && more) more = s.convert_block();
    got = s.deliver_pending(out, capacity);
  } else {
    got = s.read_utf8(out, capacity);
  }
  const auto& trouble = s.source->trouble();
  for (; s.trouble_seen < trouble.size(); ++s.trouble_seen)
    s.notices.push_back({s.delivered, trouble[s.trouble_seen]});
  if (got == 0) s.finish();
  return got;
}

std::vector<ByteNotice> Bytes::take_notices() { return std::exchange(state_->notices, {}); }

std::uint64_t Bytes::bytes_read() const {
  return state_->source ? state_->source->bytes_read() : 0;
}

std::string first_bytes_of(const std::string& path, std::size_t limit) {
  Bytes bytes(path);
  std::string head;
  if (!bytes.next_document()) return head;
  head.resize(limit);
  std::size_t filled = 0;
  while (limit - filled >= 16) {
    const std::size_t got = bytes.read(head.data() + filled, limit - filled);
    if (got == 0) break;
    filled += got;
  }
  head.resize(filled);
  return head;
}

}  // namespace austral::standards
