// Counts faults by kind.
#include "standards/validation/brevity.hpp"

#include "standards/validation/validation.hpp"

namespace austral::validation {
namespace {
thread_local Brevity* brevity = nullptr;
}

Brevity::Brevity(std::size_t most, std::size_t in_all) : most_(most), in_all_(in_all) {
  brevity = this;
}
Brevity::~Brevity() {
  if (brevity == this) brevity = nullptr;
}

bool Brevity::is_told(std::uint64_t kind) {
  const auto found = counts_.find(kind);
  if (found == counts_.end()) {
    if (in_all_ > 0 || counts_.size() < most_kinds) counts_.emplace(kind, Count{1, 0});
    ++listed_;
    return false;
  }
  auto& count = found->second;
  if ((most_ > 0 && count.listed >= most_) || (in_all_ > 0 && listed_ >= in_all_)) {
    ++count.counted;
    return true;
  }
  ++count.listed;
  ++listed_;
  return false;
}

bool is_crowded() { return brevity && brevity->is_crowded(); }

bool is_told(std::uint64_t kind) { return brevity && brevity->is_told(kind); }

std::uint64_t kind_of(const void* rule, std::string_view detail) {
  const std::uint64_t mixed = (std::uint64_t(reinterpret_cast<std::uintptr_t>(rule)) ^
                               std::hash<std::string_view>()(detail)) *
                              0x9E3779B97F4A7C15u;
  return (mixed ^ (mixed >> 29)) | 1;
}

}  // namespace austral::validation
