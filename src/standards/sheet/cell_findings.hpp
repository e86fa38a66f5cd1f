// What is odd about the cells of one sheet: equal remarks are one with a count, whatever their
// number.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/finding.hpp"

namespace austral::sheet {

/// Findings by cell in bounded memory.
class CellFindings {
 public:
  /// `place` is a cell (`Sheet1!B7`) or empty; equal rule and message count as the same finding.
  void add(Severity severity, std::string_view rule, std::string place, std::string_view message);
  void add(const Finding& finding);
  bool has_damage() const { return damage_; }
  /// In the order in which each was first met; a repeated one names further places and its count.
  const Findings& list() const;

 private:
  struct Group {
    Finding finding;
    std::uint64_t count = 1;
    std::vector<std::string> more;
  };
  std::vector<Group> groups_;
  std::unordered_map<std::string, std::size_t> known_;
  std::unordered_map<std::string, std::size_t> kinds_;  ///< messages of a rule
  mutable Findings list_;
  mutable bool listed_ = true;
  bool damage_ = false;
};

}  // namespace austral::sheet
