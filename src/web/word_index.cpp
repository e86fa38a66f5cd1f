// Updates the index of words in the background.
#include "web/word_index.hpp"

#include <chrono>

#include "base/error.hpp"
#include "base/priority.hpp"
#include "store/journal.hpp"

namespace austral::web {
namespace {

using namespace std::chrono_literals;

constexpr auto patience = 400ms;  // a reader who just imported a file sees it
constexpr auto look_again = 5s;   // other programs import without telling us
constexpr auto after_trouble = 30s;

}  // namespace

WordIndex::WordIndex(std::shared_ptr<store::Pool> pool, std::string path)
    : pool_(std::move(pool)), path_(std::move(path)), follower_([this] { follow(); }) {}

WordIndex::~WordIndex() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  changed_.notify_all();
  follower_.join();
}

std::shared_ptr<const search::Index> WordIndex::get(store::Database& database) {
  const auto revision = store::revision_of(database);
  const auto is_new = [&] { return index_ && index_->revision() >= revision; };
  std::unique_lock lock(mutex_);
  if (!is_new()) {
    asked_ = true;
    changed_.notify_all();
    changed_.wait_for(lock, patience, [&] { return is_new() || !problem_.empty() || ending_; });
  }
  if (!index_ && !problem_.empty()) throw Error(Kind::unavailable, problem_);
  return index_;
}

std::string WordIndex::state() {
  const std::lock_guard lock(mutex_);
  return index_ ? std::to_string(index_->revision()) : problem_.empty() ? "none" : "trouble";
}

void WordIndex::update_once() {
  const auto database = pool_->lend();
  {
    const auto revision = store::revision_of(*database);
    const std::lock_guard lock(mutex_);
    if (index_ && index_->revision() >= revision) return;
  }
  search::update_index(*database, path_);
  const auto index = std::make_shared<search::Index>(path_);
  {
    const std::lock_guard lock(mutex_);
    index_ = index;
    problem_.clear();
  }
  changed_.notify_all();
  index->prepare();
}

void WordIndex::follow() {
  give_way();  // to readers: few of them wait for what changed
  std::unique_lock lock(mutex_);
  while (!ending_) {
    asked_ = false;
    lock.unlock();
    std::string problem;
    try {
      update_once();
    } catch (const std::exception& error) {
      problem = error.what();
    }
    lock.lock();
    problem_ = problem;
    changed_.notify_all();
    const auto pause = problem.empty() ? std::chrono::milliseconds(look_again)
                                       : std::chrono::milliseconds(after_trouble);
    changed_.wait_for(lock, pause, [&] { return ending_ || (asked_ && problem_.empty()); });
  }
}

}  // namespace austral::web
