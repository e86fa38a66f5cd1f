// Keeps the cube of the register's newest revision while the site runs.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "review/cube.hpp"
#include "store/database.hpp"

namespace austral::web {

/// Many threads at once. One thread of its own follows the register and builds cubes.
class Cubes {
 public:
  /// Begins to build at once.
  explicit Cubes(std::shared_ptr<store::Pool> pool);
  ~Cubes();
  Cubes(const Cubes&) = delete;
  Cubes& operator=(const Cubes&) = delete;

  /// The newest cube. The first one is waited for, and a newer one for as long as small registers
  /// take; during a longer build it is the cube of before, which says its revision.
  /// Throws: Error::unavailable when no cube can be built.
  std::shared_ptr<const review::Cube> get(store::Database& database);
  /// The revision of the newest cube; 0 while there is none.
  std::int64_t revision();

 private:
  /// What a cube is made of; links are drawn without a revision of their own.
  struct State {
    std::int64_t revision = -1;
    bool linked = false;
    bool operator==(const State&) const = default;
  };
  static State state_of(store::Database& database);
  void follow();
  void build_once();

  const std::shared_ptr<store::Pool> pool_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::shared_ptr<const review::Cube> cube_;
  State built_;
  std::chrono::milliseconds last_build_{0};
  std::string problem_;
  bool asked_ = true, ending_ = false;
  std::thread follower_;
};

}  // namespace austral::web
