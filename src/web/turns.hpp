// A few turns that long answers take, so that they never hold all connections of the pool.
#pragma once

#include <atomic>
#include <cstddef>
#include <memory>

namespace austral::web {

/// So many at once, no queue: whoever gets none is told to come back.
class Turns {
 public:
  explicit Turns(std::size_t most) : free_(std::make_shared<std::atomic<std::ptrdiff_t>>(most)) {}

  /// A turn that ends with the last copy of the pointer; nullptr when all are taken.
  std::shared_ptr<void> take() {
    if (free_->fetch_sub(1) <= 0) {
      free_->fetch_add(1);
      return nullptr;
    }
    return std::shared_ptr<void>(free_.get(), [free = free_](void*) { free->fetch_add(1); });
  }

 private:
  std::shared_ptr<std::atomic<std::ptrdiff_t>> free_;
};

}  // namespace austral::web
