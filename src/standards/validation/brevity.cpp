// Counts faults by kind.
#include "standards/validation/brevity.hpp"

#include "standards/validation/validation.hpp"

namespace austral::validation {
namespace {
thread_local Brevity* brevity = nullptr;
}

Brevity::Brevity(std::size_t most) : most_(most) { brevity = most > 0 ? this : nullptr; }
Brevity::~Brevity() {
  if (brevity == this) brevity = nullptr;
}

bool Brevity::is_told(std::uint64_t kind) {
  const auto found = counts_.find(kind);
  if (found != counts_.end()) return ++found->second > most_;
  if (counts_.size() < most_kinds) counts_.emplace(kind, 1);
  return false;
}

bool is_told(std::uint64_t kind) { return brevity && brevity->is_told(kind); }

std::uint64_t kind_of(const void* rule, std::string_view detail) {
  const std::uint64_t mixed = (std::uint64_t(reinterpret_cast<std::uintptr_t>(rule)) ^
                               std::hash<std::string_view>()(detail)) *
                              0x9E3779B97F4A7C15u;
  return (mixed ^ (mixed >> 29)) | 1;
}

}  // namespace austral::validation
