// The register's sums, kept for all readers of one revision.
#pragma once

#include <cstdint>
#include <future>
#include <memory>
#include <mutex>

#include "registry/summary.hpp"
#include "store/database.hpp"

namespace austral::web {

/// Many threads at once: who asks first for a revision makes its summary, the others wait for it.
class Summaries {
 public:
  /// The summary of what the register holds now.
  std::shared_ptr<const registry::Summary> get(store::Database& database);

 private:
  using Kept = std::shared_ptr<const registry::Summary>;

  std::mutex mutex_;
  std::int64_t revision_ = -1;
  bool linked_ = false;  // links are drawn without a revision of their own
  std::shared_future<Kept> kept_;
};

}  // namespace austral::web
