// Builds cubes in the background, never two at a time and never without a pause.
#include "web/cubes.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "registry/link_store.hpp"
#include "store/journal.hpp"

namespace austral::web {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr auto quick_build = 300ms;  // a reader who just imported a file sees it

}  // namespace

Cubes::Cubes(std::shared_ptr<store::Pool> pool)
    : pool_(std::move(pool)), follower_([this] { follow(); }) {}

Cubes::~Cubes() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  changed_.notify_all();
  follower_.join();
}

Cubes::State Cubes::state_of(store::Database& database) {
  return {store::revision_of(database), registry::links_are_current(database)};
}

std::shared_ptr<const review::Cube> Cubes::get(store::Database& database) {
  const auto wanted = state_of(database);
  std::unique_lock lock(mutex_);
  const auto is_new = [&] {
    return cube_ && (built_ == wanted || built_.revision > wanted.revision);
  };
  if (is_new()) return cube_;
  asked_ = true;
  changed_.notify_all();
  const auto enough = [&] { return is_new() || !problem_.empty() || ending_; };
  if (!cube_)
    changed_.wait(lock, [&] { return cube_ || !problem_.empty() || ending_; });
  else if (last_build_ < quick_build)
    changed_.wait_for(lock, 4 * quick_build, enough);
  if (!cube_) throw Error(Kind::unavailable, problem_.empty() ? "the site is ending" : problem_);
  return cube_;
}

std::int64_t Cubes::revision() {
  const std::lock_guard lock(mutex_);
  return cube_ ? cube_->revision() : 0;
}

void Cubes::build_once() {
  const auto database = pool_->lend();
  // Asked before the register is read: a write in between leads to another build.
  const auto state = state_of(*database);
  {
    const std::lock_guard lock(mutex_);
    if (cube_ && built_ == state) return;
  }
  const auto begun = Clock::now();
  auto cube = review::Cube::build(*database);
  const std::lock_guard lock(mutex_);
  cube_ = std::move(cube);
  built_ = state;
  last_build_ = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begun);
}

void Cubes::follow() {
  std::unique_lock lock(mutex_);
  while (!ending_) {
    asked_ = false;
    lock.unlock();
    std::string problem;
    try {
      build_once();
    } catch (const std::exception& error) {
      problem = error.what();
    }
    lock.lock();
    problem_ = problem;
    changed_.notify_all();
    // While a long import writes, most of the time stays with the readers.
    const auto rest = last_build_ < quick_build && problem_.empty()
                          ? std::chrono::milliseconds(0)
                          : std::max<std::chrono::milliseconds>(1s, 2 * last_build_);
    changed_.wait_for(lock, rest, [&] { return ending_; });
    changed_.wait_for(lock, 5s, [&] { return ending_ || asked_; });
  }
}

}  // namespace austral::web
