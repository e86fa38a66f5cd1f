// The whole data pack: our verdicts against libxml2's, our counts against a plain walk of the tree.
#include <gmock/gmock.h>

#include <cstdlib>
#include <pugixml.hpp>

#include "standards/iati_files.hpp"

namespace austral::test {
namespace {

struct Row {
  std::string file;
  bool well_formed;
  std::string root;
};

/// Source: iati-validity.tsv of the data pack (verdicts of libxml2); empty when there is no pack.
std::vector<Row> pack(std::string& folder) {
  std::vector<Row> rows;
  const char* given = std::getenv("AUSTRAL_DATA");
  if (!given) return rows;
  folder = given;
  std::istringstream lines(content_of(folder + "/iati-validity.tsv"));
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines, line)) {
    std::istringstream cells(line);
    Row row;
    std::string form;
    std::getline(cells, row.file, '\t');
    std::getline(cells, form, '\t');
    std::getline(cells, row.root, '\t');
    row.well_formed = form == "wellformed";
    rows.push_back(row);
  }
  return rows;
}

bool has_iati_root(const Row& row) {
  return row.root.rfind("iati-activit", 0) == 0 || row.root.rfind("iati-organisation", 0) == 0;
}

/// Files that we read although libxml2 refuses them.
const char* reason_to_read(const std::string& file) {
  if (file.find("valid-windows-1252.") != std::string::npos)
    return "wrong bytes are read as windows-1252 with a finding";
  return nullptr;
}

TEST(IatiPack, our_verdict_is_libxml2s) {
  std::string folder;
  const auto rows = pack(folder);
  if (rows.empty()) GTEST_SKIP() << "AUSTRAL_DATA does not name the data pack";
  std::size_t agreed = 0;
  for (const auto& row : rows) {
    const auto whole = read_whole(folder + "/" + row.file);
    // An honest XML file of another kind is damage too: it holds nothing that IATI could read.
    const bool readable = row.well_formed && has_iati_root(row);
    if (reason_to_read(row.file)) {
      EXPECT_FALSE(whole.damaged) << row.file;
      EXPECT_TRUE(whole.find("encoding.bytes"));
      continue;
    }
    EXPECT_EQ(whole.damaged, !readable)
        << row.file << ": " << (whole.findings.empty() ? "" : whole.findings.back().message);
    agreed += whole.damaged == !readable;
  }
  EXPECT_GT(agreed, 1200u);
}

/// What a plain walk over the whole file's tree counts.
struct Count {
  std::size_t records = 0, money = 0, classes = 0, places = 0, parties = 0, results = 0,
              documents = 0;
};

/// A party without a value in any attribute and without text says nothing.
bool says_something(pugi::xml_node element) {
  const auto filled = [](std::string_view text) {
    return text.find_first_not_of(" \t\r\n") != std::string_view::npos;
  };
  for (const auto attribute : element.attributes())
    if (filled(attribute.value())) return true;
  for (const auto child : element.children())
    if (child.type() == pugi::node_element ? says_something(child) : filled(child.value()))
      return true;
  return false;
}

Count count_tree(const std::string& path, bool& parsed) {
  Count count;
  pugi::xml_document document;
  parsed = bool(document.load_file(path.c_str()));
  const auto root = document.document_element();
  const bool one = std::string(root.name()) == "iati-activity";
  const auto count_record = [&](pugi::xml_node record) {
    ++count.records;
    for (auto child : record.children()) {
      const std::string_view name = child.name();
      for (const std::string_view money :
           {"transaction", "budget", "planned-disbursement", "total-budget", "recipient-org-budget",
            "recipient-region-budget", "recipient-country-budget", "total-expenditure"})
        count.money += name == money;
      count.classes += name == "sector" || name == "tag" || name == "policy-marker" ||
                       name == "humanitarian-scope";
      if (name == "country-budget-items")
        for (auto item : child.children("budget-item")) count.classes += bool(item);
      count.places += name == "recipient-country" || name == "recipient-region";
      count.parties += name == "participating-org" && says_something(child);
      count.results += name == "result";
      count.documents += name == "document-link" || name == "activity-website";
    }
  };
  if (one) count_record(root);
  for (auto child : root.children()) {
    const std::string_view name = child.name();
    if (!one && (name == "iati-activity" || name == "iati-organisation")) count_record(child);
  }
  return count;
}

Count count_readings(const Whole& whole) {
  Count count;
  count.records = whole.readings.size();
  for (const auto& reading : whole.readings) {
    const auto& record = reading.record;
    count.money += record.contributions.size();
    count.classes += record.classifications.size();
    count.places += record.places.size();
    count.parties += record.participations.size();
    count.results += record.results.size();
    count.documents += record.documents.size();
  }
  return count;
}

TEST(IatiPack, counts_are_those_of_a_plain_walk) {
  std::string folder;
  const auto rows = pack(folder);
  if (rows.empty()) GTEST_SKIP() << "AUSTRAL_DATA does not name the data pack";
  std::size_t records = 0, money = 0;
  for (const auto& row : rows) {
    if (!row.well_formed || !has_iati_root(row)) continue;
    bool parsed = false;
    Count tree = count_tree(folder + "/" + row.file, parsed);
    if (!parsed) continue;
    const auto whole = read_whole(folder + "/" + row.file);
    const Count ours = count_readings(whole);
    EXPECT_EQ(ours.records, tree.records) << row.file;
    EXPECT_EQ(ours.money, tree.money) << row.file;
    EXPECT_EQ(ours.results, tree.results) << row.file;
    EXPECT_EQ(ours.documents, tree.documents) << row.file;
    const bool old = !whole.fragments.empty() && whole.fragments[0].format.rfind("iati-1.", 0) == 0;
    if (old) {  // translations of one element are joined there
      EXPECT_LE(ours.classes, tree.classes) << row.file;
      EXPECT_LE(ours.parties, tree.parties) << row.file;
    } else {
      EXPECT_EQ(ours.classes, tree.classes) << row.file;
      EXPECT_EQ(ours.parties, tree.parties) << row.file;
      EXPECT_EQ(ours.places, tree.places) << row.file;
    }
    records += ours.records;
    money += ours.money;
  }
  EXPECT_GT(records, 11402u);  // Source: README.md of the pack, iati-publishers alone
  EXPECT_GT(money, records);
}

}  // namespace
}  // namespace austral::test
