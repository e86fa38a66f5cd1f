// A mapping that changes: records whose facts stay get no new version, and every kept row is read
// again by the edition that read it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "base/error.hpp"
#include "base/json.hpp"
#include "registry/integrity_store.hpp"
#include "registry/mapping_store.hpp"
#include "registry/record_store.hpp"
#include "standards/iati_files.hpp"
#include "standards/import.hpp"
#include "standards/mapping/apply.hpp"
#include "standards/mapping/reader.hpp"
#include "store/schema.hpp"

namespace austral::mapping {
namespace {

const char* const plain_mapping =
    "mapping: office\nlanguage: en\nfields:\n  publisher: {value: XX-GOV-PLAN}\n"
    "  identifier: Number\n  title: Title\n  recipient: Country\n";
const char* const office_sheet =
    "Number,Title,Country,Remarks\nA-1,Wells,Kenya,dry season\nA-2,Roads,Chad,\n";

class ChangedMapping : public ::testing::Test {
 protected:
  void SetUp() override {
    address_ = place_.path() + ".db";
    database_ = store::open_register(address_, store::Access::create);
  }
  void TearDown() override {
    database_.reset();
    for (const char* ending : {"", "-wal", "-shm"}) std::filesystem::remove(address_ + ending);
  }
  registry::ImportCounts import(const std::string& yaml) {
    standards::ImportOptions options;
    options.who = "test";
    return import_sheet(*database_, sheet_.path(), know_mapping(read_mapping(yaml), "test"), {},
                        options)
        .counts;
  }
  std::vector<registry::KeptVersion> versions(const std::string& identifier) {
    return registry::list_versions(*database_,
                                   registry::find_records(*database_, identifier).at(0));
  }

  test::TemporaryFile place_, sheet_{office_sheet};
  std::string address_;
  std::unique_ptr<store::Database> database_;
};

TEST_F(ChangedMapping, equal_facts_are_no_new_version) {
  EXPECT_EQ(import(plain_mapping).added, 2);
  // Another edition: a title, a rule for words that no row has, another order.
  std::string other = plain_mapping;
  other.replace(other.find("recipient: Country"), 18,
                "recipient: {column: Country, values: {Atlantis: KE}}");
  other.insert(other.find("language"), "title: Projects of the office\n");
  ASSERT_NE(digest_of(read_mapping(other)), digest_of(read_mapping(plain_mapping)));
  const auto again = import(other);
  EXPECT_EQ(again.changed, 0);
  EXPECT_EQ(again.unchanged, 2);
  EXPECT_EQ(versions("A-1").size(), 1u);
  EXPECT_EQ(registry::list_mapping_versions(*database_).size(), 2u);
  // Called otherwise, it is the same sheet that says the same.
  std::string renamed = other;
  renamed.replace(renamed.find("office"), 6, "bureau");
  EXPECT_EQ(import(renamed).unchanged, 2);
}

TEST_F(ChangedMapping, only_what_changed_has_a_version) {
  import(plain_mapping);
  // The remark of A-1 becomes a note; A-2 has none, and is as it was.
  const auto counts = import(std::string(plain_mapping) + "  note: Remarks\n");
  EXPECT_EQ(counts.changed, 1);
  EXPECT_EQ(counts.unchanged, 1);
  EXPECT_EQ(versions("A-1").size(), 2u);
  EXPECT_EQ(versions("A-2").size(), 1u);
  for (const auto& result : registry::check_integrity(*database_, [](const auto&) {}))
    EXPECT_THAT(result.damage, ::testing::IsEmpty()) << result.name;
}

TEST_F(ChangedMapping, each_version_is_read_by_its_own_edition) {
  import(plain_mapping);
  import(std::string(plain_mapping) + "  note: Remarks\n");
  const auto all = versions("A-1");
  ASSERT_EQ(all.size(), 2u);
  EXPECT_NE(all[0].format, all[1].format);
  for (const auto& one : all) {
    EXPECT_THAT(one.format, ::testing::StartsWith("mapping@office/"));
    const auto source = registry::get_source(*database_, one.record, one.version);
    EXPECT_EQ(source.find("office"), std::string::npos);
    EXPECT_EQ(to_json(standards::read_source(*database_, one.format, source).record),
              to_json(registry::get_record(*database_, one.record, one.version)));
  }
}

// What a program that has just been started does: no edition is at hand but those of the register.
TEST_F(ChangedMapping, editions_are_fetched_from_the_register) {
  auto mapping = read_mapping(plain_mapping);
  mapping.title = "Known to the register alone";
  const auto digest = digest_of(mapping);
  registry::keep_mapping(*database_, "test", mapping.name, digest, write_mapping(mapping));
  const std::string format = "mapping@office/" + digest;
  const std::string source = R"({"rows":[{"columns":{"Number":"A-9","Title":"Bridges"}}]})";
  EXPECT_THROW(standards::read_source(format, source), Error);
  EXPECT_EQ(standards::read_source(*database_, format, source).record.identifier, "A-9");
  // As older registers hold it: the edition in the text.
  const auto old = standards::read_source(
      *database_, "mapping-office",
      R"({"mapping":"office","digest":")" + digest + "\"," + source.substr(1));
  EXPECT_EQ(old.record.identifier, "A-9");
}

}  // namespace
}  // namespace austral::mapping
