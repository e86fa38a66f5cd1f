// Lists the first faults on a thread and only counts the others.
#pragma once

#include <cstdint>
#include <unordered_map>

namespace austral::validation {

/// While one lives on a thread, is_told() there asks it.
class Brevity {
 public:
  /// `most` faults of each kind are listed, and `in_all` of all kinds together, but at least one of
  /// each; 0: any number.
  Brevity(std::size_t most, std::size_t in_all);
  ~Brevity();
  Brevity(const Brevity&) = delete;
  Brevity& operator=(const Brevity&) = delete;

  bool is_told(std::uint64_t kind);
  bool is_crowded() const { return in_all_ > 0 && counts_.size() >= most_kinds; }
  void clear() {
    counts_.clear();
    listed_ = 0;
  }
  /// Calls `tell(kind, number)` for each kind that was counted beyond the listed ones.
  template <class Tell>
  void each_counted(Tell tell) const {
    for (const auto& [kind, count] : counts_)
      if (count.counted > 0) tell(kind, count.counted);
  }

 private:
  struct Count {
    std::uint64_t listed = 0, counted = 0;
  };
  static constexpr std::size_t most_kinds = 20'000;  // beyond: is_crowded(), or all are listed
  std::size_t most_, in_all_, listed_ = 0;
  std::unordered_map<std::uint64_t, Count> counts_;
};

}  // namespace austral::validation
