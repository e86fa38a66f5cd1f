// The rules of the house fail on what they forbid: each is fed something bad, and something good
// beside it.
#include "house/checks.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace austral::house {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const std::map<std::string, int> floors = read_floors("cli\nweb\nreview standards\nbase\n");

TEST(Checks, floors_are_read_from_the_top) {
  EXPECT_EQ(floors.at("cli"), 0);
  EXPECT_EQ(floors.at("standards"), floors.at("review"));
  EXPECT_EQ(floors.at("base"), 3);
}

TEST(Checks, includes_go_down) {
  EXPECT_THAT(
      check_floors({"src/web/a.cpp", "#include \"web/b.hpp\"\n#include \"base/c.hpp\"\n"}, floors),
      IsEmpty());
  EXPECT_THAT(check_floors({"src/base/a.cpp", "\n#include \"web/b.hpp\"\n"}, floors),
              ElementsAre(HasSubstr("src/base/a.cpp:2: base may not include 'web/b.hpp'")));
  EXPECT_THAT(check_floors({"src/review/a.cpp", "#  include \"standards/b.hpp\"\n"}, floors),
              SizeIs(1));
  EXPECT_THAT(check_floors({"src/web/a.cpp", "#include \"../base/c.hpp\"\n"}, floors), SizeIs(1));
  EXPECT_THAT(check_floors({"src/web/a.cpp", "#include \"b.hpp\"\n"}, floors), SizeIs(1));
  EXPECT_THAT(check_floors({"src/attic/a.cpp", ""}, floors), SizeIs(1));
}

TEST(Checks, first_lines) {
  EXPECT_THAT(check_first_line({"a.cpp", "// Counts what is to be counted.\n"}), IsEmpty());
  EXPECT_THAT(check_first_line({"a.cpp", "#include <map>\n"}), SizeIs(1));
  EXPECT_THAT(check_first_line({"a.cpp", ""}), SizeIs(1));
  EXPECT_THAT(check_first_line({"a.cpp", "// x\n"}), SizeIs(1));
  EXPECT_THAT(check_first_line({"run", "#!/bin/sh\n# Runs what there is to run.\n"}), IsEmpty());
  EXPECT_THAT(check_first_line({"run", "#!/bin/sh\nset -eu\n"}), SizeIs(1));
  EXPECT_THAT(check_first_line({"a.html", "<p>\n"}), SizeIs(1));
  EXPECT_THAT(check_first_line({"a.json", "{\n"}), IsEmpty());
}

TEST(Checks, sizes) {
  std::string long_file;
  for (int i = 0; i < 501; ++i) long_file += "int x;\n";
  EXPECT_THAT(check_sizes({"a.cpp", long_file}), ElementsAre(HasSubstr("501 lines")));
  EXPECT_THAT(check_sizes({"a.cpp", std::string(101, 'x') + "\n"}),
              ElementsAre(HasSubstr("a.cpp:1: 101 columns")));
  std::string letters;
  for (int i = 0; i < 100; ++i) letters += "é";
  EXPECT_THAT(check_sizes({"a.cpp", letters}), IsEmpty());
  EXPECT_THAT(check_sizes({"a.tsv", std::string(500, 'x')}), IsEmpty());
}

std::string function_of(int lines) {
  std::string text = "namespace a {\nstruct B {\n  int c() const {\n";
  for (int i = 0; i < lines - 2; ++i) text += "    if (x) { y('}', \"}\"); }  // }\n";
  return text + "  }\n};\n}\n";
}

TEST(Checks, functions) {
  EXPECT_THAT(check_functions({"a.cpp", function_of(60)}), IsEmpty());
  EXPECT_THAT(check_functions({"a.cpp", function_of(61)}),
              ElementsAre(HasSubstr("a.cpp:3: a function of 61 lines")));
  std::string with_list = "A::A(int b) : b_(b), c_{b} {\n" + std::string(70, '\n') + "}\n";
  EXPECT_THAT(check_functions({"a.cpp", with_list}), SizeIs(1));
  std::string table = "const int numbers[] = {\n" + std::string(70, '\n') + "};\n";
  EXPECT_THAT(check_functions({"a.cpp", table}), IsEmpty());
}

TEST(Checks, sql) {
  const std::string sql = "database.read(\"SELECT key FROM record\", {});\n";
  EXPECT_THAT(check_sql({"src/web/page.cpp", sql}), SizeIs(1));
  EXPECT_THAT(check_sql({"src/web/page.cpp", "run(\"UPDATE record SET a = 1\");\n"}), SizeIs(1));
  EXPECT_THAT(check_sql({"src/registry/record_store.cpp", sql}), IsEmpty());
  EXPECT_THAT(check_sql({"src/store/journal.cpp", sql}), IsEmpty());
  EXPECT_THAT(check_sql({"src/web/page.cpp", "// \"SELECT key FROM record\"\n"}), IsEmpty());
}

TEST(Checks, money) {
  EXPECT_THAT(check_money({"src/registry/contribution.cpp", "\ndouble amount;\n"}),
              ElementsAre(HasSubstr(":2: ")));
  EXPECT_THAT(check_money({"src/funds/entry.hpp", "float x;\n"}), SizeIs(1));
  EXPECT_THAT(
      check_money({"src/registry/contribution.cpp", "// double counting\nauto s = \"double\";\n"}),
      IsEmpty());
  EXPECT_THAT(check_money({"src/web/page.cpp", "double width;\n"}), IsEmpty());
}

TEST(Checks, names) {
  EXPECT_THAT(check_names({"src/a.hpp", "class RecordManager {};\n"}), SizeIs(1));
  EXPECT_THAT(check_names({"src/a.hpp", "struct Impl;\n"}), SizeIs(1));
  EXPECT_THAT(check_names({"src/a.hpp", "struct Implementer;\n"}), IsEmpty());
}

TEST(Checks, words) {
  const std::string word = std::string("Do") + "nor";
  EXPECT_THAT(check_words({"pages/lang/en.json", "\"a\": \"" + word + "s\"\n"}, {}), SizeIs(1));
  EXPECT_THAT(check_words({"data/codes/x.tsv", word}, {"data/codes/x.tsv"}), IsEmpty());
  EXPECT_THAT(check_words({"src/a.cpp", "provider\n"}, {}), IsEmpty());
}

TEST(Checks, machine) {
  EXPECT_THAT(check_machine({"a.md", std::string("see /ro") + "ot/notes\n"}), SizeIs(1));
  EXPECT_THAT(check_machine({"a.md", std::string("\"/ho") + "me/ana/x\"\n"}), SizeIs(1));
  EXPECT_THAT(check_machine({"a.md", "https://example.org/work/x and tests/work/x\n"}), IsEmpty());
}

TEST(Checks, lock) {
  EXPECT_THAT(check_lock({"package-lock.json", "{\"resolved\": \"https://x\"}"}), SizeIs(1));
  EXPECT_THAT(check_lock({"package-lock.json", "{\"integrity\": \"sha512\"}"}), IsEmpty());
}

TEST(Checks, documentation) {
  EXPECT_THAT(
      undocumented({"flows", "import", "gone"}, "the report `flows`, `austral import FILE`"),
      ElementsAre("gone"));
  EXPECT_THAT(undocumented({"flow"}, "the report `flows`"), ElementsAre("flow"));
}

TEST(Checks, keys) {
  EXPECT_THAT(missing_keys({"a.b", "c.", "d.", "e"}, {"a.b", "c.x", "e.f"}),
              ElementsAre("d.", "e"));
}

TEST(Checks, rows_of_a_list) {
  EXPECT_THAT(
      rows_of("x all = {\n {\"one\", \"t\"},\n  {\n\"two\", 2},\n}; {\"three\"}", "all = {", "};"),
      ElementsAre("one", "two"));
}

TEST(Checks, strip_keeps_lines_and_code) {
  EXPECT_EQ(strip("a // b\n/* c\n */ d \"e\" 1'000'000 'f'", true), "a \n\n d \"\" 1'000'000 \"\"");
  EXPECT_EQ(strip("R\"(x // y)\" \"// z\"", false), "R\"(x // y)\" \"// z\"");
}

}  // namespace
}  // namespace austral::house
