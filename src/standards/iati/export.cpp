// The root of an exported IATI file and what it says of itself.
#include "standards/iati/export.hpp"

#include "standards/iati/write.hpp"
#include "standards/iati/writing.hpp"
#include "standards/iati/xml_writer.hpp"

namespace austral::iati {
namespace {

constexpr std::string_view framework_codes[] = {"", "FC01", "FC02", "FC03"};

/// A comment may hold no two hyphens side by side, and none at its end.
std::string for_comment(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '-' && !out.empty() && out.back() == '-') out += ' ';
    out += c;
  }
  return out;
}

/// What the register concluded, for readers who cannot ask it.
registry::Record with_framework(registry::Record record, registry::Framework framework) {
  if (framework == registry::Framework::other) return record;
  for (const auto& one : record.classifications)
    if (one.scheme == "framework") return record;
  auto& tag = record.classifications.emplace_back();
  tag.scheme = "framework";
  tag.code = framework_codes[int(framework)];
  return record;
}

class FileWriter : public standards::Writer {
 public:
  explicit FileWriter(std::string_view root) : root_(root) {}

  void begin(const standards::ExportHead& head, std::string& out) override {
    out += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!--\n";
    const auto line = [&](std::string_view name, std::string_view value) {
      if (!value.empty()) out += "  " + std::string(name) + ": " + for_comment(value) + "\n";
    };
    line("Title", head.title);
    line("Source", head.source);
    line("Licence", head.licence);
    line("Query", head.query);
    line("Address", head.query_url);
    line("Revision", std::to_string(head.revision));
    line("Date", head.date);
    out += "-->\n<" + root_ + " version=\"2.03\" generated-datetime=\"" + head.date +
           "\" xmlns:austral=\"" + std::string(austral_namespace) + "\" austral:revision=\"" +
           std::to_string(head.revision) + "\">\n";
  }

  void write(const standards::Outgoing& one, std::string& out, Findings& findings) override {
    const bool published = one.format.substr(0, 5) == "iati-" && !one.source.empty();
    std::string text = published
                           ? write_source(one.source, one.format, one.record.updated, findings)
                           : std::string();
    if (text.empty())
      text = write_record(
          one.initiative ? with_framework(one.record, one.initiative->framework) : one.record,
          findings);
    out += published && text.front() != ' ' ? "  " + text : text;
    out += '\n';
  }

  void finish(std::string& out) override { out += "</" + root_ + ">\n"; }

 private:
  std::string root_;
};

}  // namespace

std::unique_ptr<standards::Writer> open_activities() {
  return std::make_unique<FileWriter>("iati-activities");
}

std::unique_ptr<standards::Writer> open_organisations() {
  return std::make_unique<FileWriter>("iati-organisations");
}

}  // namespace austral::iati
