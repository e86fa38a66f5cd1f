// What the tests of validation share: judging a text or a file, and every fault of it as a line.
#pragma once

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "standards/validation/judge.hpp"
#include "standards/validation/report.hpp"

namespace austral::validation::sample {

/// Keeps every fault in file order.
class Collector : public Listener {
 public:
  struct Line {
    std::string id, message, remedy, where, found, identifier, title;
    std::uint64_t line, column, times;
    Weight weight;
    bool operator==(const Line&) const = default;
  };
  void take(const JudgedBatch& batch) override {
    for (const auto& subject : batch.subjects)
      for (const auto& fault : subject.faults) {
        const auto& kind = batch.kinds[fault.kind];
        lines.push_back({kind.id, kind.message, kind.remedy, fault.where, fault.found,
                         subject.identifier, subject.title, fault.line, fault.column, fault.times,
                         kind.weight});
      }
  }
  void end(const FileVerdict& verdict) override { verdicts.push_back(verdict); }

  std::size_t count(const std::string& id) const {
    std::size_t number = 0;
    for (const auto& line : lines) number += line.id == id;
    return number;
  }
  std::vector<Line> lines;
  std::vector<FileVerdict> verdicts;
};

inline Collector judge_path(const std::string& path, const JudgeOptions& options = {}) {
  Collector collector;
  judge_file(path, options, collector);
  return collector;
}

/// A file that is gone at the end of the test.
class TextFile {
 public:
  explicit TextFile(const std::string& text) {
    static int number = 0;
    path_ = std::filesystem::temp_directory_path() /
            ("austral_validation_" + std::to_string(getpid()) + "_" + std::to_string(++number));
    std::ofstream(path_, std::ios::binary) << text;
  }
  ~TextFile() { std::filesystem::remove(path_); }
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

inline Collector judge_text(const std::string& text, const JudgeOptions& options = {}) {
  const TextFile file(text);
  return judge_path(file.path(), options);
}

/// The folder of published data; empty without it.
inline std::string data_folder() {
  const char* folder = std::getenv("AUSTRAL_DATA");
  return folder ? folder : "";
}

/// The rows of a tab-separated file, without its header.
inline std::vector<std::vector<std::string>> read_rows(const std::string& path) {
  std::vector<std::vector<std::string>> rows;
  std::ifstream in(path);
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    std::vector<std::string> cells;
    std::istringstream cut(line);
    for (std::string cell; std::getline(cut, cell, '\t');) cells.push_back(cell);
    rows.push_back(cells);
  }
  return rows;
}

}  // namespace austral::validation::sample
