// Keeps the cube of the newest revision for all readers, and makes the next one beside them.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "registry/import_store.hpp"
#include "review/counts.hpp"
#include "store/database.hpp"

namespace austral::web {

/// Many threads at once. Nobody waits for a cube that takes long to build: readers get the one
/// before it, whose revision their answers name, while one thread builds the next.
class Cubes {
 public:
  using Kept = std::shared_ptr<const review::Cube>;
  using Build = std::function<Kept(store::Database&)>;
  using Duration = std::chrono::steady_clock::duration;

  /// `pool` lends the connection of builds that nobody waits for; builds up to `quick` are waited
  /// for.
  explicit Cubes(std::shared_ptr<store::Pool> pool, Build build = build_whole,
                 Duration quick = std::chrono::milliseconds(300));
  ~Cubes();
  Cubes(const Cubes&) = delete;
  Cubes& operator=(const Cubes&) = delete;

  /// The cube of what the register holds now, or of what it held before if that takes long.
  Kept get(store::Database& database);
  /// What is counted over that cube, kept for all readers.
  std::shared_ptr<review::CubeCounts> count(store::Database& database);
  /// What the register held when it was last counted: once a revision, and then not for a while
  /// after a count that took long.
  registry::RegisterSize measure(store::Database& database);
  /// Which cube answers are made from now; another text for every other cube. Never waits for a
  /// build.
  std::string state();

 private:
  /// What a cube was built from. Links are drawn without a revision of their own.
  struct State {
    std::int64_t revision = -1;
    bool linked = false;
    bool operator==(const State&) const = default;
  };
  static Kept build_whole(store::Database& database);
  static State find_state(store::Database& database);
  bool should_build() const;
  /// Builds with the lock let go, and keeps what comes out.
  void build_now(std::unique_lock<std::mutex>& lock, store::Database& database);
  void start_building();

  std::shared_ptr<store::Pool> pool_;
  Build build_;
  Duration quick_;
  std::mutex mutex_;
  std::condition_variable built_;
  Kept newest_;
  State newest_state_;
  std::shared_ptr<review::CubeCounts> counts_;  ///< of `newest_`
  bool building_ = false;
  Duration took_{};
  std::chrono::steady_clock::time_point ended_;
  std::thread beside_;

  std::mutex size_mutex_;
  std::optional<registry::RegisterSize> size_;
  State size_state_;
  Duration size_took_{};
  std::chrono::steady_clock::time_point size_ended_;
};

}  // namespace austral::web
