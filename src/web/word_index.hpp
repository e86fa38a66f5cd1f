// Keeps the index of words at the register's newest revision while the site runs.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "search/search.hpp"
#include "store/database.hpp"

namespace austral::web {

/// Many threads at once. One thread of its own follows the register and updates the index.
class WordIndex {
 public:
  /// Begins to follow the register at once.
  WordIndex(std::shared_ptr<store::Pool> pool, std::string path);
  ~WordIndex();
  WordIndex(const WordIndex&) = delete;
  WordIndex& operator=(const WordIndex&) = delete;

  /// The newest index. A small change is waited for; during a large one it is the index of before,
  /// or nothing while the first one is being made.
  /// Throws: Error::unavailable when the index cannot be made; says why.
  std::shared_ptr<const search::Index> get(store::Database& database);

  /// Names what get() gives now: the index's revision, or that there is none.
  std::string state();

 private:
  void follow();
  void update_once();

  const std::shared_ptr<store::Pool> pool_;
  const std::string path_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::shared_ptr<search::Index> index_;
  std::string problem_;
  bool asked_ = true, ending_ = false;
  std::thread follower_;
};

}  // namespace austral::web
