// The mapping language: every fault with its line and remedy, and texts that come back the same.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>

#include "base/error.hpp"
#include "standards/mapping/fields.hpp"
#include "standards/mapping/known.hpp"
#include "standards/mapping/mapping.hpp"

namespace austral::mapping {
namespace {

using ::testing::HasSubstr;

std::string fault_of(std::string_view yaml) {
  try {
    read_mapping(yaml);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), Kind::invalid);
    return error.what();
  }
  return "none";
}

constexpr std::string_view head = "mapping: m\nfields:\n  publisher: {value: P}\n";

std::string with(std::string_view line) { return std::string(head) + std::string(line) + "\n"; }

TEST(MappingLanguage, faults_name_line_and_remedy) {
  EXPECT_EQ(fault_of(with("  title: Name")), "none");
  EXPECT_EQ(fault_of(with("  tittle: Name")), "line 4: 'tittle' is no field; do you mean 'title'?");
  EXPECT_EQ(fault_of(with("  title: {colum: Name}")),
            "line 4: 'colum' is no word of a field; do you mean 'column'?\n"
            "line 4: 'title' names neither a column nor a `value:`\n"
            "line 1: no field comes from a column: add one, such as `title: Name`");
  EXPECT_THAT(fault_of(with("  amount: Sum")),
              HasSubstr("nothing says what the amount is: add `kind: {value: commitment}`"));
  EXPECT_THAT(fault_of(with("  start: {column: A, form: dym}")),
              HasSubstr("line 4: 'dym' is no form of 'start'; there are dmy, mdy"));
  EXPECT_THAT(fault_of(with("  status: {column: A, values: {done: shut}}")),
              HasSubstr("line 4: 'shut' cannot stand for status"));
  EXPECT_THAT(fault_of(with("  title: {column: A, when: {column: B, equals: x}}")),
              HasSubstr("line 4: 'equals' is no word of a test"));
  EXPECT_THAT(fault_of(with("  title fr 2 es: A")),
              HasSubstr("behind a field stand a number or a language"));
  EXPECT_THAT(fault_of(with("  title: A\n  title: B")),
              HasSubstr("line 5: 'title' stands here twice"));
  EXPECT_THAT(fault_of("mapping: Big\nfields:\n  title: A\n"), HasSubstr("small letters"));
  EXPECT_THAT(fault_of("mapping: m\nfields:\n  title: A\n"), HasSubstr("nothing says who reports"));
  EXPECT_THAT(fault_of("mapping: m\nfields: [a\n"), HasSubstr("line 3: this is no YAML"));
  EXPECT_THAT(fault_of("- a\n"), HasSubstr("a mapping begins with"));
  EXPECT_THAT(fault_of(""), HasSubstr("a mapping begins with"));
  EXPECT_THAT(fault_of(with("  recipient: {value: Atlantis}\n  title: A")),
              HasSubstr("'Atlantis' cannot stand for recipient"));
}

TEST(MappingLanguage, letters_of_another_encoding_are_named_by_line) {
  EXPECT_EQ(fault_of(with("  title: Situa\xE7\xE3o")),
            "line 4: these letters are not UTF-8; save the mapping as UTF-8");
  EXPECT_EQ(fault_of(with("  title: Situação")), "none");
}

TEST(MappingLanguage, aliases_repeat_no_more_than_a_mapping_can_hold) {
  // A thousand fields in each of a thousand tables, written in a few thousand words.
  std::string yaml = "mapping: m\nfields: &f\n  publisher: {value: P}\n";
  for (int i = 1; i < 1000; ++i) yaml += "  partner " + std::to_string(i) + ": A\n";
  yaml += "tables:\n";
  for (int i = 0; i < 1000; ++i) yaml += "  - {fields: *f}\n";
  EXPECT_THAT(fault_of(yaml), HasSubstr("aliases (`*name`) counted each time"));

  std::string faulty = "mapping: m\nfields:\n";
  for (int i = 0; i < 1000; ++i) faulty += "  x" + std::to_string(i) + ": A\n";
  const auto told = fault_of(faulty);
  EXPECT_EQ(std::count(told.begin(), told.end(), '\n'), 100);
  EXPECT_THAT(told, HasSubstr("there are further faults"));
}

TEST(MappingLanguage, no_text_makes_it_throw_anything_else) {
  rc::check([](const std::vector<std::uint8_t>& noise, std::uint8_t at) {
    std::string yaml = with("  title: {column: A, split: \";\"}\n  amount 2: B");
    yaml.insert(at % yaml.size(), std::string(noise.begin(), noise.end()));
    try {
      read_mapping(yaml);
    } catch (const Error&) {
    }
  });
}

std::string some_text() {
  const auto points = *rc::gen::container<std::string>(rc::gen::inRange<char>(32, 127));
  return points.empty() ? "x" : points + "é中";
}

FieldRule some_rule(const std::string& field, std::size_t item) {
  FieldRule rule;
  rule.field = field;
  rule.item = item;
  rule.columns = {some_text()};
  if (*rc::gen::arbitrary<bool>()) rule.columns.push_back(some_text());
  if (*rc::gen::arbitrary<bool>()) rule.join = some_text();
  if (*rc::gen::arbitrary<bool>()) rule.split = some_text();
  if (*rc::gen::arbitrary<bool>()) rule.prefix = some_text();
  if (*rc::gen::arbitrary<bool>()) rule.values = {{some_text(), some_text()}, {"*", ""}};
  if (*rc::gen::arbitrary<bool>())
    rule.when = Condition{some_text(), mapping::Test::contains, {some_text(), some_text()}, ""};
  return rule;
}

TEST(MappingLanguage, what_is_written_is_read_back) {
  rc::check([] {
    Mapping mapping;
    mapping.name = "m-1";
    mapping.title = some_text();
    mapping.grouped = *rc::gen::arbitrary<bool>();
    FieldRule publisher;
    publisher.field = "publisher";
    publisher.value = some_text();
    const std::size_t tables = *rc::gen::inRange<std::size_t>(1, 4);
    for (std::size_t n = 0; n < tables; ++n) {
      TableRule table;
      table.sheet = some_text();
      table.header = *rc::gen::inRange<std::uint64_t>(0, 9);
      table.sections = *rc::gen::arbitrary<bool>();
      if (*rc::gen::arbitrary<bool>()) table.fill = {some_text(), some_text()};
      if (*rc::gen::arbitrary<bool>())
        table.leave_out = {{some_text(), mapping::Test::empty, {}, some_text()},
                           {some_text(), mapping::Test::is_not, {some_text()}, ""}};
      table.fields = {publisher, some_rule("title", 1), some_rule("implementer", 2)};
      mapping.tables.push_back(std::move(table));
    }
    const Mapping again = read_mapping(write_mapping(mapping));
    RC_ASSERT(again == mapping);
    RC_ASSERT(digest_of(again) == digest_of(mapping));
  });
}

TEST(MappingLanguage, shipped_mappings_can_be_used) {
  EXPECT_EQ(shipped_mappings().size(), 10u);
  for (const auto& shipped : shipped_mappings()) {
    EXPECT_TRUE(check_mapping(*shipped.mapping).empty()) << shipped.mapping->name;
    EXPECT_EQ(read_mapping(write_mapping(*shipped.mapping)), *shipped.mapping);
  }
}

TEST(MappingLanguage, headers_name_one_field_in_a_language) {
  std::set<std::pair<std::string, std::string>> met;
  for (const auto& synonym : header_synonyms())
    EXPECT_TRUE(met.insert({std::string(synonym.field),
                            std::string(synonym.header) + "|" + std::string(synonym.lang)})
                    .second)
        << synonym.header;
}

}  // namespace
}  // namespace austral::mapping
