// The house as it stands: floors, walls, words, documentation.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json.hpp>
#include <functional>

#include "house/checks.hpp"

namespace austral::house {
namespace {

using ::testing::IsEmpty;
using ::testing::Not;

const std::vector<File>& tree() {
  static const auto files = read_tree(AUSTRAL_SOURCE_DIR);
  return files;
}

std::string text_of(const std::string& path) {
  for (const auto& file : tree())
    if (file.path == path) return file.text;
  return {};
}

/// Complaints about all files, one a line.
std::string complaints(const std::function<Complaints(const File&)>& check) {
  std::string all;
  for (const auto& file : tree())
    for (const auto& complaint : check(file)) all += complaint + "\n";
  return all;
}

std::string join(const Names& names) {
  std::string all;
  for (const auto& name : names) all += name + "\n";
  return all;
}

std::string documentation() {
  std::string all = text_of("README.md");
  for (const auto& file : tree())
    if (file.below("docs/") && file.ending() == ".md") all += file.text;
  return all;
}

void expect_documented(const Names& names, const char* what) {
  EXPECT_THAT(names, Not(IsEmpty())) << "the list of " << what << " was not found; mend this test";
  EXPECT_EQ(join(undocumented(names, documentation())), "")
      << what << " without a word in docs/ or README.md";
}

std::set<std::string> keys_of(const std::string& path) {
  std::set<std::string> keys;
  const auto catalogue = boost::json::parse(text_of(path));
  for (const auto& message : catalogue.as_object()) keys.insert(std::string(message.key()));
  return keys;
}

TEST(House, files_include_lower_floors_only) {
  const auto floors = read_floors(text_of("src/FLOORS"));
  ASSERT_THAT(floors, Not(IsEmpty()));
  EXPECT_EQ(complaints([&](const File& file) {
              return file.below("src/") && file.is_code() ? check_floors(file, floors)
                                                          : Complaints{};
            }),
            "");
}

TEST(House, files_say_first_what_they_are_for) { EXPECT_EQ(complaints(check_first_line), ""); }

TEST(House, files_and_lines_keep_to_the_walls) { EXPECT_EQ(complaints(check_sizes), ""); }

TEST(House, functions_keep_to_the_wall) {
  EXPECT_EQ(complaints([](const File& file) {
              return file.is_code() ? check_functions(file) : Complaints{};
            }),
            "");
}

TEST(House, sql_stands_in_stores) { EXPECT_EQ(complaints(check_sql), ""); }

TEST(House, money_is_decimal) { EXPECT_EQ(complaints(check_money), ""); }

TEST(House, names_say_something) { EXPECT_EQ(complaints(check_names), ""); }

TEST(House, words_are_ours) {
  // Code lists name organizations and channels as they are called; source files name their source.
  static const std::set<std::string> facts = {"data/codes/organizations.tsv", "data/codes/iati.tsv",
                                              "data/codes/sectors.tsv", "data/codes/tossd.tsv",
                                              "data/codes/SOURCE.md", "data/crs/columns.tsv"};
  // Mappings name columns as published sheets call them.
  EXPECT_EQ(complaints([](const File& file) {
              const bool ours = file.below("src/") || file.below("pages/") || file.below("data/");
              return ours && !file.below("data/mappings/") ? check_words(file, facts)
                                                           : Complaints{};
            }),
            "");
}

TEST(House, no_place_of_one_machine) { EXPECT_EQ(complaints(check_machine), ""); }

TEST(House, the_lock_names_no_addresses) {
  const File lock{"package-lock.json", text_of("package-lock.json")};
  ASSERT_NE(lock.text, "");
  EXPECT_THAT(check_lock(lock), IsEmpty());
}

TEST(House, tables_of_facts_have_their_source) {
  std::set<std::string> folders;
  for (const auto& file : tree())
    if (file.below("data/") && file.ending() == ".tsv")
      folders.insert(fs::path(file.path).parent_path().string());
  EXPECT_THAT(folders, Not(IsEmpty()));
  for (const auto& folder : folders) EXPECT_NE(text_of(folder + "/SOURCE.md"), "") << folder;
}

TEST(House, commands_are_documented) {
  expect_documented(rows_of(text_of("src/cli/commands.cpp"), "all = {", "};"), "commands");
}

TEST(House, reports_are_documented) {
  expect_documented(rows_of(text_of("src/review/reports.cpp"), "all = {", "};"), "reports");
}

TEST(House, formats_are_documented) {
  expect_documented(rows_of(text_of("src/standards/formats.cpp"), "table = {", "};"), "formats");
}

TEST(House, rules_are_documented) {
  expect_documented(find_all(text_of("data/rules/framework.yaml"), R"rx(- id:\s*(\S+))rx"),
                    "rules");
}

TEST(House, routes_are_documented) {
  auto routes = find_all(text_of("src/web/site.cpp"), R"rx(\{\s*"(/[^"]*)",\s*"\w+")rx");
  expect_documented(routes, "pages");
  expect_documented(find_all(text_of("src/web/routes.cpp"), R"rx(fixed_route\(\s*"(/[^"]*)")rx"),
                    "fixed routes");
}

TEST(House, message_keys_exist) {
  const auto english = keys_of("pages/lang/en.json");
  Names used;
  for (const auto& file : tree()) {
    const bool words_of_pages = file.below("src/web/") && file.is_code();
    const auto more = words_of_pages ? find_all(strip(file.text, false), R"rx(\bt\(\s*"([^"]+)")rx")
                      : file.below("pages/templates/")
                          ? find_all(file.text, R"rx(\{\{t:\s*([a-z0-9_.]+)\s*\}\})rx")
                          : Names{};
    used.insert(used.end(), more.begin(), more.end());
  }
  EXPECT_THAT(used, Not(IsEmpty()));
  EXPECT_EQ(join(missing_keys(used, english)), "") << "used, and not in pages/lang/en.json";
}

TEST(House, languages_translate_english_keys) {
  const auto english = keys_of("pages/lang/en.json");
  for (const auto& file : tree()) {
    if (!file.below("pages/lang/") || file.ending() != ".json") continue;
    const auto keys = keys_of(file.path);
    EXPECT_EQ(join(missing_keys({keys.begin(), keys.end()}, english)), "") << file.path;
  }
}

}  // namespace
}  // namespace austral::house
