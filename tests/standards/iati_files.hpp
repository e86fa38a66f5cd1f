// Files for the IATI tests: fixtures, files made on the fly, and whole readings of them.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "standards/format.hpp"

namespace austral::test {

inline std::string fixture(const std::string& name) {
  return std::string(AUSTRAL_SOURCE_DIR) + "/tests/data/iati/" + name;
}

inline std::string content_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream all;
  all << file.rdbuf();
  return all.str();
}

/// A file that lives as long as the test.
class TemporaryFile {
 public:
  explicit TemporaryFile(std::string_view content = {}) {
    static int count = 0;
    path_ = std::filesystem::temp_directory_path() /
            ("austral-iati-" + std::to_string(::getpid()) + "-" + std::to_string(++count));
    write(content);
  }
  ~TemporaryFile() { std::filesystem::remove(path_); }
  void write(std::string_view content) {
    std::ofstream(path_, std::ios::binary | std::ios::trunc)
        .write(content.data(), std::streamsize(content.size()));
  }
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

/// Everything a file gives.
struct Whole {
  std::vector<standards::Fragment> fragments;
  std::vector<standards::Reading> readings;
  Findings findings;
  bool damaged = false;

  const registry::Record& record(std::size_t i = 0) const { return readings.at(i).record; }
  std::vector<std::string> identifiers() const {
    std::vector<std::string> all;
    for (const auto& reading : readings) all.push_back(reading.record.identifier);
    return all;
  }
  const Finding* find(std::string_view rule) const {
    for (const auto& finding : findings)
      if (finding.rule == rule) return &finding;
    for (const auto& reading : readings)
      for (const auto& finding : reading.findings)
        if (finding.rule == rule) return &finding;
    return nullptr;
  }
};

inline Whole read_whole(const std::string& path) {
  Whole whole;
  const auto& format = standards::get_format("iati");
  const auto reader = format.open(path);
  standards::Fragment fragment;
  while (reader->next(fragment)) {
    whole.readings.push_back(format.read(fragment));
    whole.fragments.push_back(fragment);
  }
  whole.findings = reader->findings();
  whole.damaged = reader->damaged();
  return whole;
}

inline Whole read_text(std::string_view content) {
  const TemporaryFile file(content);
  return read_whole(file.path());
}

/// A file with the given activities in it.
inline std::string with_root(const std::string& inside) {
  return "<?xml version=\"1.0\"?>\n<iati-activities version=\"2.03\">" + inside +
         "</iati-activities>\n";
}

}  // namespace austral::test
