// The valid files of the data pack, exported: the same records, the same tree, valid by libxml2.
#include <gmock/gmock.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <pugixml.hpp>

#include "base/json.hpp"
#include "standards/iati/iati.hpp"
#include "standards/iati/write.hpp"
#include "standards/iati/writing.hpp"
#include "standards/iati_files.hpp"

namespace austral::test {
namespace {

/// Source: iati-validity.tsv of the data pack (verdicts of libxml2); empty when there is no pack.
std::vector<std::string> valid_files(std::string& folder) {
  std::vector<std::string> files;
  const char* given = std::getenv("AUSTRAL_DATA");
  if (!given) return files;
  folder = given;
  std::istringstream lines(content_of(folder + "/iati-validity.tsv"));
  for (std::string line; std::getline(lines, line);)
    if (line.ends_with("\tvalid")) files.push_back(line.substr(0, line.find('\t')));
  return files;
}

using Scope = std::map<std::string, std::string>;

/// The tree in one form whatever the quotes, the order of attributes or the place of namespace
/// declarations, as Canonical XML has it: names carry their namespace.
void append_canonical(pugi::xml_node node, Scope scope, std::string& out) {
  const auto type = node.type();
  if (type == pugi::node_comment) out += "<!--" + std::string(node.value()) + "-->";
  if (type == pugi::node_pcdata || type == pugi::node_cdata) out += node.value();
  if (type != pugi::node_element) return;
  for (const auto& attribute : node.attributes())
    if (std::string_view(attribute.name()).starts_with("xmlns:"))
      scope[std::string(attribute.name()).substr(6)] = attribute.value();
  const auto expand = [&](const std::string& name) {
    const auto colon = name.find(':');
    if (colon == name.npos) return name;
    return "{" + scope[name.substr(0, colon)] + "}" + name.substr(colon + 1);
  };
  std::vector<std::string> attributes;
  for (const auto& attribute : node.attributes())
    if (!std::string_view(attribute.name()).starts_with("xmlns"))
      attributes.push_back(expand(attribute.name()) + "=" + attribute.value());
  std::sort(attributes.begin(), attributes.end());
  out += "<" + expand(node.name());
  for (const auto& attribute : attributes) out += " " + attribute;
  out += ">";
  for (const auto child : node.children()) append_canonical(child, scope, out);
  out += "</>";
}

std::string canonical(pugi::xml_node node) {
  std::string out;
  append_canonical(node, {}, out);
  return out;
}

/// The records of a file as a plain parser sees them, with the root's namespaces in force, and with
/// the root's date where they have none.
std::vector<std::string> canonical_records(const std::string& path) {
  pugi::xml_document document;
  document.load_file(path.c_str(), pugi::parse_full);
  std::vector<std::string> all;
  auto root = document.document_element();
  Scope scope;
  for (const auto& attribute : root.attributes())
    if (std::string_view(attribute.name()).starts_with("xmlns:"))
      scope[std::string(attribute.name()).substr(6)] = attribute.value();
  for (auto child : root.children()) {
    if (!std::string_view(child.name()).starts_with("iati-")) continue;
    if (!child.attribute("last-updated-datetime") && root.attribute("generated-datetime"))
      child.append_attribute("last-updated-datetime") =
          root.attribute("generated-datetime").value();
    append_canonical(child, scope, all.emplace_back());
  }
  return all;
}

std::string write_one(const standards::Fragment& fragment, const standards::Reading& reading,
                      Findings& findings) {
  return iati::write_source(fragment.text, fragment.format, reading.record.updated, findings);
}

standards::Reading read_text(const std::string& text) {
  standards::Fragment fragment;
  fragment.text = text;
  fragment.format = "iati-2.03";
  return iati::read(fragment);
}

TEST(IatiWritePack, a_record_comes_back_as_it_went_out) {
  std::string folder;
  const auto files = valid_files(folder);
  if (files.empty()) GTEST_SKIP() << "AUSTRAL_DATA does not name the data pack";
  std::size_t records = 0, kept = 0;
  std::map<std::string, std::size_t> members;  // of those that 2.03 cannot say wholly
  for (const auto& file : files) {
    const auto whole = read_whole(folder + "/" + file);
    const bool modern = !whole.fragments.empty() && whole.fragments[0].format >= "iati-2.";
    const auto published =
        modern ? canonical_records(folder + "/" + file) : std::vector<std::string>();
    for (std::size_t i = 0; i < whole.fragments.size(); ++i) {
      if (!whole.readings[i].usable) continue;
      Findings findings;
      const std::string text = write_one(whole.fragments[i], whole.readings[i], findings);
      ASSERT_EQ(to_json(iati::in_order(whole.record(i))),
                to_json(iati::in_order(read_text(text).record)))
          << file << " " << i << "\n"
          << text.substr(0, 4000);
      ++records;
      kept += text.find("<austral:member") != text.npos;
      for (const auto& finding : findings)
        if (finding.rule == "iati.write.extension") ++members[finding.place];
      if (!modern) continue;
      pugi::xml_document document;
      ASSERT_TRUE(document.load_string(text.c_str(), pugi::parse_full)) << file;
      ASSERT_EQ(canonical(document.document_element()), published.at(i)) << file << " " << i;
    }
  }
  RecordProperty("records", int(records));
  std::cout << records << " records, " << kept << " with something beside 2.03:";
  for (const auto& [name, count] : members) std::cout << " " << name << " " << count;
  std::cout << "\n";
  EXPECT_GT(records, 10000u);  // the pack's README counts 11,402 activities of publishers alone
}

bool is_dated(const registry::Record& record) {
  return std::any_of(record.dates.begin(), record.dates.end(),
                     [](const auto& one) { return one.date.has_value(); });
}

TEST(IatiWritePack, libxml2_finds_exports_valid) {
  std::string folder;
  const auto files = valid_files(folder);
  if (files.empty()) GTEST_SKIP() << "AUSTRAL_DATA does not name the data pack";
  if (std::system("xmllint --version 2>/dev/null") != 0) GTEST_SKIP() << "there is no xmllint";
  const std::string schemas = folder + "/iati-standard/IATI+IATI-Schemas/iati-";
  for (const bool organisation : {false, true})
    for (const bool anew : {false, true}) {
      const std::string name = organisation ? "organisations" : "activities";
      const TemporaryFile out;
      std::ofstream stream(out.path());
      stream << "<iati-" << name << " version=\"2.03\">\n";
      std::size_t written = 0, undated = 0;
      for (const auto& file : files) {
        const auto whole = read_whole(folder + "/" + file);
        for (std::size_t i = 0; i < whole.fragments.size(); ++i) {
          if (!whole.readings[i].usable || (whole.record(i).kind == "organisation") != organisation)
            continue;
          if (!organisation && !is_dated(whole.record(i))) {
            ++undated;
            continue;
          }
          Findings findings;
          stream << (anew ? iati::write_record(whole.record(i), findings)
                          : write_one(whole.fragments[i], whole.readings[i], findings))
                 << "\n";
          ++written;
        }
      }
      stream << "</iati-" << name << ">\n";
      stream.close();
      // 1.0x asks for no date; 2.03 does, and write_record says so (iati.write.required).
      EXPECT_LT(undated, 100u);
      EXPECT_GT(written, organisation ? 10u : 10000u);
      const std::string command = "xmllint --huge --noout --schema " + schemas + name +
                                  "-schema.xsd " + out.path() + " > " + out.path() + ".log 2>&1";
      EXPECT_EQ(std::system(command.c_str()), 0)
          << name << (anew ? " written anew" : " as published") << "\n"
          << content_of(out.path() + ".log").substr(0, 3000);
      std::filesystem::remove(out.path() + ".log");
    }
}

}  // namespace
}  // namespace austral::test
