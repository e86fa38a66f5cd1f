// Reads IATI files document by document, and single records again from their stored source.
#include "base/text.hpp"
#include "standards/bytes.hpp"
#include "standards/iati/iati.hpp"
#include "standards/iati/map.hpp"
#include "standards/iati/split.hpp"
#include "standards/iati/writing.hpp"

namespace austral::iati {
namespace {

constexpr std::string_view prefix = "iati-";

/// Whether a record has an element or attribute with this prefix. Texts that look so cost a
/// declaration too many, no more.
bool uses_prefix(std::string_view text, std::string_view prefix) {
  const std::string name = std::string(prefix) + ":";
  for (auto at = text.find(name); at != text.npos; at = text.find(name, at + 1))
    if (at > 0 && std::string_view("< \t\r\n").find(text[at - 1]) != std::string_view::npos)
      return true;
  return false;
}

/// A record with the namespaces that it uses and the root declares, so that it can be read alone.
std::string with_namespaces(std::string_view text, const Root& root) {
  std::string out(text);
  const auto end = text.find_first_of(" \t\r\n/>", text.find('<') + 1);
  if (end == text.npos) return out;
  const std::string_view head = text.substr(0, text.find('>'));
  std::string declared;
  for (const auto& [prefix, address] : root.namespaces)
    if (address != austral_namespace && uses_prefix(text, prefix) &&
        head.find("xmlns:" + prefix + "=") == head.npos)
      declared += " xmlns:" + prefix + "=\"" + address + "\"";
  return declared.empty() ? out : out.insert(end, declared);
}

class FileReader : public standards::Reader {
 public:
  explicit FileReader(const std::string& path) : bytes_(path), splitter_(bytes_) {}

  bool next(standards::Fragment& fragment) override {
    while (open_document()) {
      Piece piece;
      const bool found = splitter_.next(piece);
      collect();
      if (found) {
        fragment.text = with_namespaces(piece.text, splitter_.root());
        fragment.format = format();
        // The date of an export is not that of the records in it.
        const bool exported = splitter_.root().tag.find(" austral:revision=") != std::string::npos;
        fragment.file_updated = exported ? "" : splitter_.root().generated;
        fragment.line = piece.line;
        fragment.offset = piece.offset;
        return true;
      }
      damaged_ = damaged_ || splitter_.damaged();
      in_document_ = false;
    }
    return false;
  }
  const Findings& findings() const override { return findings_; }
  bool damaged() const override { return damaged_; }
  std::uint64_t bytes_read() const override { return bytes_.bytes_read(); }
  std::string format() const override {
    const std::string& version = splitter_.root().version;
    return std::string(prefix) + (version.empty() ? "unversioned" : shorten(version, 20));
  }

 private:
  bool open_document() {
    if (in_document_) return true;
    if (!bytes_.next_document()) {
      for (auto& notice : bytes_.take_notices()) {
        damaged_ = damaged_ || notice.finding.severity == Severity::damage;
        findings_.push_back(std::move(notice.finding));
      }
      return false;
    }
    splitter_.reset();
    return in_document_ = true;
  }
  void collect() {
    for (auto& finding : splitter_.take_findings()) findings_.push_back(std::move(finding));
    if (version_said_ || splitter_.root().name.empty()) return;
    version_said_ = true;
    check_version(splitter_.root().version);
  }
  void check_version(std::string_view version) {
    for (const std::string_view known :
         {"1.01", "1.02", "1.03", "1.04", "1.05", "2.01", "2.02", "2.03", "1.0", "1.00"})
      if (version == known) return;
    findings_.push_back(
        {Severity::warning, "iati.version", "the root element",
         version.empty() ? "the attribute 'version' is missing; the records are read as they look"
                         : "version '" + shorten(version, 40) +
                               "' is not known; the records are read as they look"});
  }

  standards::Bytes bytes_;
  Splitter splitter_;
  Findings findings_;
  bool in_document_ = false;
  bool damaged_ = false;
  bool version_said_ = false;
};

/// The next tag that is no instruction, comment or DOCTYPE; empty when there is none.
std::string_view first_element(std::string_view text) {
  for (;;) {
    const auto at = text.find('<');
    if (at == std::string_view::npos) return {};
    text.remove_prefix(at);
    std::string_view close;
    if (text.substr(0, 4) == "<!--")
      close = "-->";
    else if (text.substr(0, 2) == "<?")
      close = "?>";
    else if (text.substr(0, 2) == "<!")
      close = ">";
    else
      return text.substr(1, text.find_first_of(" \t\r\n>/", 1) - 1);
    const auto end = text.find(close);
    if (end == std::string_view::npos) return {};
    text.remove_prefix(end + close.size());
  }
}

}  // namespace

bool recognise(std::string_view first_bytes) {
  std::string_view name = first_element(first_bytes);
  if (const auto colon = name.find(':'); colon != std::string_view::npos)
    name.remove_prefix(colon + 1);
  return name == "iati-activities" || name == "iati-organisations" || name == "iati-activity" ||
         name == "iati-organisation";
}

std::string describe_beginning(std::string_view first_bytes) {
  const auto start = first_bytes.find_first_not_of(" \t\r\n");
  if (start == std::string_view::npos) return "an empty file";
  const char first = first_bytes[start];
  if (first == '{' || first == '[') return "JSON";
  const std::string_view element = first_element(first_bytes);
  if (element == "html" || element == "HTML") return "a web page";
  if (first == '<' && !element.empty())
    return "XML that begins with <" + shorten(element, 60) + ">";
  return "neither XML nor JSON";
}

std::unique_ptr<standards::Reader> open(const std::string& path) {
  return std::make_unique<FileReader>(path);
}

standards::Reading read(const standards::Fragment& fragment) {
  standards::Reading reading;
  std::string_view version = fragment.format;
  if (version.substr(0, prefix.size()) == prefix) version.remove_prefix(prefix.size());
  if (version == "unversioned" || version == "iati") version = {};
  Source source;
  if (!source.read(fragment.text, version, reading.findings)) {
    reading.usable = false;
    return reading;
  }
  reading.record = to_record(source.activity(), fragment.file_updated, reading.findings);
  reading.usable = !reading.record.identifier.empty();
  return reading;
}

}  // namespace austral::iati
