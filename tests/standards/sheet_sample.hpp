// A table with everything that goes wrong in spreadsheets, and commands to look at a file.
#pragma once

#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

#include "base/table.hpp"

namespace austral::sheet {

inline Table sample_table() {
  Table table;
  table.name = "flows";
  table.title = "Flows by partner";
  table.definition = "Disbursements, without loans repaid.";
  table.source = "The register";
  table.revision = "42";
  table.columns = {{"partner", "Partner", ColumnKind::text, "", "Who brought it"},
                   {"code", "Code", ColumnKind::code, "", "ISO 3166-1"},
                   {"projects", "Projects", ColumnKind::number, "", "How many"},
                   {"amount", "Amount", ColumnKind::money, "USD", "Disbursed"},
                   {"part", "Part", ColumnKind::share, "%", ""},
                   {"begun", "Begun", ColumnKind::date, "", ""},
                   {"year", "Year", ColumnKind::year, "", ""}};
  table.rows = {
      {std::string("Brasil, \"ABC\"\nsegunda linha"), std::string("BR"), std::int64_t(1234),
       Decimal{123456789, 2}, Decimal{125, 1}, std::string("2020-02-29"), std::int64_t(2020)},
      {std::string("=HYPERLINK(\"x\")"), std::string("-1+1"), std::int64_t(-5), Decimal{-550, 2},
       Decimal{0, 0}, std::string("1899-12-31"), std::int64_t(1899)},
      {std::string("合作 & التعاون"), std::string("007"), std::monostate{}, std::monostate{},
       std::monostate{}, std::monostate{}, std::monostate{}},
      {std::string("+55 61"), std::string("@x"), std::int64_t(0), Decimal{9007199254740993, 2},
       Decimal{1, 3}, std::string("=1"), std::int64_t(2021)}};
  table.notes = {"Loans are at face value.", "=not a formula"};
  table.total_rows = 1250;
  return table;
}

/// What a shell command writes.
inline std::string output_of(const std::string& command) {
  std::string out;
  FILE* const pipe = popen(command.c_str(), "r");
  if (!pipe) return out;
  std::array<char, 4096> buffer;
  for (std::size_t n; (n = fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
    out.append(buffer.data(), n);
  pclose(pipe);
  return out;
}

inline bool has_command(const std::string& name) {
  return std::system(("command -v " + name + " >/dev/null 2>&1").c_str()) == 0;
}

/// A file that lives as long as the test.
class FileOf {
 public:
  explicit FileOf(const std::string& bytes, std::string path = "/tmp/austral-test-XXXXXX")
      : path_(std::move(path)) {
    close(mkstemp(path_.data()));
    std::ofstream(path_, std::ios::binary) << bytes;
  }
  FileOf(const FileOf&) = delete;
  FileOf& operator=(const FileOf&) = delete;
  ~FileOf() { unlink(path_.c_str()); }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace austral::sheet
