// Validation against published data: libxml2's verdicts and the schema's own test suite.
#include <gtest/gtest.h>

#include "standards/validation_sample.hpp"

namespace austral::validation {
namespace {

using sample::Collector;

std::string describe(const Collector& found) {
  std::string text;
  for (const auto& line : found.lines)
    if (line.id == "0.3.1" || line.id == "0.1.1")
      text += "\n  " + line.id + " " + std::to_string(line.line) + ":" +
              std::to_string(line.column) + " " + line.message + " [" + line.where + "] '" +
              line.found + "' " + line.remedy;
  return text.substr(0, 2000);
}

// Source: iati-validity.tsv of the data pack: libxml2's verdict with the official schema of the
// version that the file names.
TEST(ValidationPack, AgreesWithLibxml2OnEveryFile) {
  const std::string folder = sample::data_folder();
  if (folder.empty()) GTEST_SKIP() << "AUSTRAL_DATA names no folder of published data";
  std::size_t judged = 0;
  for (const auto& row : sample::read_rows(folder + "/iati-validity.tsv")) {
    const auto found = sample::judge_path(folder + "/" + row[0]);
    ASSERT_EQ(found.verdicts.size(), 1u) << row[0];
    const std::string& verdict = row.size() > 4 ? row[4] : row[1];
    if (row[1] == "malformed") {
      EXPECT_GE(found.count("0.1.1"), 1u) << row[0];
    } else {
      EXPECT_EQ(found.count("0.1.1"), 0u) << row[0] << describe(found);
    }
    if (row[1] == "malformed" || (verdict != "valid" && verdict.substr(0, 8) != "invalid:"))
      continue;
    ++judged;
    EXPECT_EQ(found.count("0.3.1") == 0, verdict == "valid")
        << row[0] << " " << verdict << describe(found);
  }
  EXPECT_GT(judged, 300u);
}

// Source: the schema repository's own tests, from several of its branches. xmllint 2.9.14 with each
// version's schema passes so many of the should-pass and fails so many of the should-fail files.
TEST(ValidationPack, JudgesTheSchemasOwnTestSuite) {
  const std::string folder = sample::data_folder();
  if (folder.empty()) GTEST_SKIP() << "AUSTRAL_DATA names no folder of published data";
  struct Expected {
    std::string version;
    std::size_t passed, failed;
  };
  for (const Expected& expected : {Expected{"1.05", 34, 477}, Expected{"2.01", 71, 477},
                                   Expected{"2.02", 92, 476}, Expected{"2.03", 243, 464}}) {
    std::size_t passed = 0, failed = 0;
    for (const auto& row : sample::read_rows(folder + "/iati-fixtures/INDEX.tsv")) {
      const std::string& origin = row[2];
      const bool pass = origin.find("should-pass") != std::string::npos;
      const bool fail = origin.find("should-fail") != std::string::npos;
      if ((!pass && !fail) || origin.find("registry") != std::string::npos) continue;
      JudgeOptions options;
      options.as_version = expected.version;
      options.workers = 1;
      const auto found = sample::judge_path(folder + "/iati-fixtures/" + row[0], options);
      const bool good = found.count("0.3.1") + found.count("0.1.1") == 0;
      passed += pass && good;
      failed += fail && !good;
    }
    EXPECT_EQ(passed, expected.passed) << expected.version;
    EXPECT_EQ(failed, expected.failed) << expected.version;
  }
}

}  // namespace
}  // namespace austral::validation
