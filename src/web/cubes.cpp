// Builds cubes: at once when that is quick, else one at a time beside the readers.
#include "web/cubes.hpp"

#include <iostream>

#include "base/priority.hpp"
#include "registry/link_store.hpp"
#include "store/journal.hpp"

namespace austral::web {

Cubes::Cubes(std::shared_ptr<store::Pool> pool, Build build, Duration quick)
    : pool_(std::move(pool)), build_(std::move(build)), quick_(quick) {}

Cubes::~Cubes() {
  if (beside_.joinable()) beside_.join();
}

Cubes::Kept Cubes::build_whole(store::Database& database) { return review::Cube::build(database); }

Cubes::State Cubes::find_state(store::Database& database) {
  return {store::revision_of(database), registry::links_are_current(database)};
}

Cubes::Kept Cubes::get(store::Database& database) {
  const State now = find_state(database);
  std::unique_lock lock(mutex_);
  for (;;) {
    if (newest_ && newest_state_ == now) return newest_;
    const bool waited_for = !newest_ || took_ <= quick_;
    if (building_ && waited_for) {
      built_.wait(lock);
      // Somebody's build of a newer state answers too; only the first one must not be missed.
      if (newest_ && newest_state_.revision >= now.revision) return newest_;
      continue;
    }
    if (waited_for) {
      build_now(lock, database);
      return newest_;
    }
    if (!building_ && should_build()) start_building();
    return newest_;
  }
}

std::shared_ptr<review::CubeCounts> Cubes::count(store::Database& database) {
  auto cube = get(database);
  const std::lock_guard lock(mutex_);
  if (counts_->cube() == cube) return counts_;
  return review::CubeCounts::make(std::move(cube));  // a newer cube came meanwhile
}

registry::RegisterSize Cubes::measure(store::Database& database) {
  const State now = find_state(database);
  const std::lock_guard lock(size_mutex_);
  const auto began = std::chrono::steady_clock::now();
  const bool rest = size_took_ > quick_ && began - size_ended_ < 10 * size_took_;
  if (size_ && (size_state_ == now || rest)) return *size_;
  size_ = registry::measure_register(database);
  size_state_ = now;
  size_ended_ = std::chrono::steady_clock::now();
  size_took_ = size_ended_ - began;
  return *size_;
}

/// A long import moves the revision all the time: two thirds of the time nothing is built.
bool Cubes::should_build() const { return std::chrono::steady_clock::now() - ended_ >= 2 * took_; }

void Cubes::build_now(std::unique_lock<std::mutex>& lock, store::Database& database) {
  building_ = true;
  lock.unlock();
  const auto began = std::chrono::steady_clock::now();
  Kept made;
  std::shared_ptr<review::CubeCounts> counts;
  State state;
  std::exception_ptr failure;
  try {
    state = find_state(database);  // before reading: a write in between makes it old at once
    made = build_(database);
    counts = review::CubeCounts::make(made);
    if (std::chrono::steady_clock::now() - began > quick_) counts->prepare(database);
  } catch (...) {
    failure = std::current_exception();
  }
  lock.lock();
  building_ = false;
  ended_ = std::chrono::steady_clock::now();
  took_ = ended_ - began;
  if (made) {
    newest_ = std::move(made);
    counts_ = std::move(counts);
    newest_state_ = state;
  }
  built_.notify_all();
  if (failure) std::rethrow_exception(failure);
}

void Cubes::start_building() {
  if (beside_.joinable()) beside_.join();  // it has ended, or `building_` would hold
  building_ = true;
  beside_ = std::thread([this] {
    give_way();  // to readers, who have the cube before
    try {
      const auto database = pool_->lend();
      std::unique_lock lock(mutex_);
      build_now(lock, *database);
    } catch (const std::exception& error) {
      std::cerr << "austral: the register's columns could not be read: " << error.what() << "\n";
      const std::lock_guard lock(mutex_);
      building_ = false;
      ended_ = std::chrono::steady_clock::now();
    }
  });
}

std::string Cubes::state() {
  const std::lock_guard lock(mutex_);
  if (!newest_) return "none";
  return std::to_string(newest_state_.revision) + (newest_state_.linked ? " linked" : " unlinked");
}

}  // namespace austral::web
