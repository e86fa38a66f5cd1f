// Lists the first faults of each kind on a thread and only counts the others.
#pragma once

#include <cstdint>
#include <unordered_map>

namespace austral::validation {

/// While one lives on a thread, is_told() there asks it.
class Brevity {
 public:
  /// `most` faults of each kind are listed; 0: all.
  explicit Brevity(std::size_t most);
  ~Brevity();
  Brevity(const Brevity&) = delete;
  Brevity& operator=(const Brevity&) = delete;

  bool is_told(std::uint64_t kind);
  void clear() { counts_.clear(); }
  /// Calls `tell(kind, number)` for each kind that was counted beyond the listed ones.
  template <class Tell>
  void each_counted(Tell tell) const {
    for (const auto& [kind, count] : counts_)
      if (count > most_) tell(kind, count - most_);
  }

 private:
  static constexpr std::size_t most_kinds = 20'000;  // beyond: all are listed
  std::size_t most_;
  std::unordered_map<std::uint64_t, std::uint64_t> counts_;
};

}  // namespace austral::validation
