// Writes a record, reads it again at once, and keeps beside the elements what they could not say.
#include "standards/iati/write.hpp"

#include <pugixml.hpp>

#include "base/json.hpp"
#include "standards/iati/iati.hpp"
#include "standards/iati/writing.hpp"
#include "standards/iati/xsd.hpp"

namespace austral::iati {
namespace {

std::string_view version_of(std::string_view format) {
  return format.substr(0, 5) == "iati-" ? format.substr(5) : std::string_view();
}

/// JSON with the two characters that XML has no way to hold written as JSON's own escapes.
std::string json_for_xml(std::string json) {
  for (std::size_t at = 0; (at = json.find("\xEF\xBF", at)) != std::string::npos; ++at)
    if (json.compare(at, 3, "\xEF\xBF\xBE") == 0)
      json.replace(at, 3, "\\ufffe");
    else if (json.compare(at, 3, "\xEF\xBF\xBF") == 0)
      json.replace(at, 3, "\\uffff");
  return json;
}

/// The members that come back otherwise than they went in go along as JSON.
void write_differing(Writing& writing, const registry::Record& meant,
                     const registry::Record& understood, Findings& findings) {
  boost::mp11::mp_for_each<MembersOf<registry::Record>>([&](auto member) {
    const std::string wanted = to_json(meant.*member.pointer);
    const std::string said = to_json(understood.*member.pointer);
    if (wanted == said) return;
    writing.write_member(member.name, json_for_xml(wanted), said);
    findings.push_back({Severity::remark, "iati.write.extension", member.name,
                        "IATI 2.03 cannot say all of this; it stands also in <austral:member>, "
                        "which this register reads and other readers pass over"});
  });
}

registry::Record read_again(const std::string& text) {
  standards::Fragment fragment;
  fragment.text = text;
  fragment.format = "iati-2.03";
  return read(fragment).record;
}

/// The comments of a source that is written anew, as they stand, each on a line of its own.
std::string comments_of(std::string_view source) {
  std::string out;
  if (source.find("<!--") == source.npos) return out;
  pugi::xml_document document;
  document.load_buffer(source.data(), source.size(), pugi::parse_minimal | pugi::parse_comments,
                       pugi::encoding_utf8);
  const pugi::xml_node top = document;
  for (pugi::xml_node node = top.first_child(); node;) {
    if (node.type() == pugi::node_comment) out += "  <!--" + std::string(node.value()) + "-->\n  ";
    pugi::xml_node next = node.first_child();
    for (; !next && node; node = node.parent()) next = node.next_sibling();
    node = next;
  }
  return out;
}

/// Where the start tag's name ends.
std::size_t end_of_name(std::string_view source) {
  return source.find_first_of(" \t\r\n/>", source.find('<') + 1);
}

/// The version's sources are valid by 2.03 as they stand: later versions only allow more.
bool stands_as_it_is(std::string_view source, std::string_view version) {
  if (version != "2.01" && version != "2.02" && version != "2.03") return false;
  const auto end = end_of_name(source);
  return end != source.npos && source.substr(0, end).find(':') == source.npos;
}

}  // namespace

std::string write_record(const registry::Record& record, Findings& findings) {
  const registry::Record meant = in_order(record);
  std::string out;
  Findings unheard;
  {
    Writing plain(meant, unheard, out);
    plain.write();
    plain.finish();
  }
  const registry::Record understood = read_again(out);
  out.clear();
  Writing writing(meant, findings, out);
  writing.write();
  write_differing(writing, meant, understood, findings);
  writing.finish();
  return out;
}

std::string write_source(std::string_view source, std::string_view format, std::string_view updated,
                         Findings& findings) {
  const auto version = version_of(format);
  if (stands_as_it_is(source, version)) {
    std::string out(source);
    const std::string_view head = source.substr(0, source.find('>'));
    if (head.find("last-updated-datetime") == head.npos &&
        is_lexical(Lexical::date_time, updated)) {
      out.insert(end_of_name(source), " last-updated-datetime=\"" + std::string(updated) + "\"");
      findings.push_back({Severity::remark, "iati.write.updated", "last-updated-datetime",
                          "the file's date became the record's, which had none of its own"});
    }
    if (version != "2.03")
      findings.push_back({Severity::remark, "iati.write.version", "version",
                          "published as " + std::string(version) +
                              "; 2.03 allows all of it, and nothing was changed"});
    return out;
  }
  standards::Fragment fragment;
  fragment.text = source;
  fragment.format = format;
  fragment.file_updated = updated;
  const auto reading = read(fragment);
  if (!reading.usable) {
    findings.insert(findings.end(), reading.findings.begin(), reading.findings.end());
    return {};
  }
  findings.push_back({Severity::remark, "iati.write.version", "version",
                      "published as " + std::string(version) +
                          "; it was written anew in the words and order of 2.03"});
  std::string out = write_record(reading.record, findings);
  if (const auto comments = comments_of(source); !comments.empty()) {
    out.insert(out.rfind("</"), comments);
    findings.push_back({Severity::remark, "iati.write.comment", "comment",
                        "comments inside the record were moved to its end"});
  }
  return out;
}

}  // namespace austral::iati
