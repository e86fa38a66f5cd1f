// Feeds expat, and ends where a part does what no workbook does.
#include "standards/sheet/xml_feed.hpp"

#include <utility>

#include "base/error.hpp"

namespace austral::sheet {
namespace {

constexpr int block_bytes = 64 * 1024;
constexpr int deepest = 200;
constexpr std::uint64_t longest_tag = 16 << 20;  // expat keeps a tag until it is whole

std::string_view without_prefix(std::string_view name) {
  const auto colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

}  // namespace

XmlFeed::XmlFeed(std::unique_ptr<standards::RawSource> source, std::string part)
    : source_(std::move(source)), part_(std::move(part)), parser_(XML_ParserCreate(nullptr)) {
  if (!parser_) throw Error(Kind::unavailable, "no memory to read " + part_);
  XML_SetUserData(parser_, this);
  XML_SetElementHandler(parser_, &XmlFeed::start, &XmlFeed::end);
  XML_SetCharacterDataHandler(parser_, &XmlFeed::text);
  XML_SetStartDoctypeDeclHandler(parser_, &XmlFeed::doctype);
}

XmlFeed::~XmlFeed() { XML_ParserFree(parser_); }

void XmlFeed::break_off(const std::string& why) {
  if (!broken_)
    damage_ = {Severity::damage, "workbook.damaged", part_,
               part_ + " inside the workbook " + why +
                   "; what stands before that was read. Open the workbook and save it again"};
  broken_ = ended_ = true;
}

template <class Work>
void XmlFeed::guard(Work work) {
  if (broken_ || stopped_ || thrown_) return;
  try {
    work();
  } catch (...) {
    thrown_ = std::current_exception();
  }
  if (broken_ || stopped_ || thrown_) XML_StopParser(parser_, XML_FALSE);
}

bool XmlFeed::step() {
  if (ended_) return false;
  void* const room = XML_GetBuffer(parser_, block_bytes);
  if (!room) {
    break_off("is too long to hold");
    return false;
  }
  const std::size_t got = source_->read(static_cast<char*>(room), block_bytes);
  fed_ += got;
  if (got == 0)
    for (const auto& finding : source_->trouble())
      if (finding.severity == Severity::damage && !broken_) {
        damage_ = finding;
        broken_ = ended_ = true;
        return false;
      }
  const auto status = XML_ParseBuffer(parser_, int(got), got == 0);
  if (thrown_) {
    ended_ = true;
    std::rethrow_exception(std::exchange(thrown_, nullptr));
  }
  if (broken_ || stopped_) {
    ended_ = true;
  } else if (status == XML_STATUS_ERROR) {
    break_off("is not well-formed XML (line " + std::to_string(XML_GetCurrentLineNumber(parser_)) +
              ": " + XML_ErrorString(XML_GetErrorCode(parser_)) + ")");
  } else if (got == 0) {
    ended_ = true;
  } else if (const auto at = XML_GetCurrentByteIndex(parser_);
             at >= 0 && fed_ > std::uint64_t(at) + longest_tag) {
    break_off("has a tag of more than 16 MB");
  }
  return !ended_;
}

void XmlFeed::run() {
  while (step()) {
  }
}

std::string_view XmlFeed::attribute(const char** attributes, std::string_view name) {
  for (; *attributes; attributes += 2)
    if (name == attributes[0]) return attributes[1];
  return {};
}

void XMLCALL XmlFeed::start(void* self, const XML_Char* name, const XML_Char** attributes) {
  auto& feed = *static_cast<XmlFeed*>(self);
  feed.guard([&] {
    if (++feed.depth_ > deepest)
      feed.break_off("nests elements more than 200 deep");
    else
      feed.on_start(without_prefix(name), attributes);
  });
}

void XMLCALL XmlFeed::end(void* self, const XML_Char* name) {
  auto& feed = *static_cast<XmlFeed*>(self);
  feed.guard([&] {
    --feed.depth_;
    feed.on_end(without_prefix(name));
  });
}

void XMLCALL XmlFeed::text(void* self, const XML_Char* bytes, int size) {
  auto& feed = *static_cast<XmlFeed*>(self);
  feed.guard([&] { feed.on_text({bytes, std::size_t(size)}); });
}

void XMLCALL XmlFeed::doctype(void* self, const XML_Char*, const XML_Char*, const XML_Char*, int) {
  auto& feed = *static_cast<XmlFeed*>(self);
  feed.guard([&] {
    feed.break_off(
        "declares a document type, which workbooks must not have (it could define "
        "entities that unpack without end)");
  });
}

}  // namespace austral::sheet
