// Finished answers kept in memory for one state of the register, the least used forgotten first.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "web/http.hpp"

namespace austral::web {

/// An answer as it leaves: `bytes` is what finish() returned for `response` and lives as long.
struct FinishedAnswer {
  Response response;
  std::string_view bytes;
};
using Finished = std::shared_ptr<FinishedAnswer>;

/// How much is kept.
struct CacheBounds {
  std::size_t all = 64 * 1024 * 1024;  ///< Units: bytes
  std::size_t one = 512 * 1024;        ///< Units: bytes; a longer answer is not kept
};

/// Many threads at once. States are numbered upwards; answers of an older one are forgotten as soon
/// as a newer one is asked about.
class AnswerCache {
 public:
  explicit AnswerCache(CacheBounds bounds = {}) : bounds_(bounds) {}

  /// Nothing when it is not kept for this state.
  Finished find(const std::string& key, std::uint64_t state);
  /// Keeps an answer made at this state; one of an older state or beyond the bounds is left out.
  void keep(const std::string& key, std::uint64_t state, const Finished& answer);

  /// True: nobody makes this answer, the caller does and says end(). False: somebody does, and
  /// `when_made` is called when they are done, on their thread.
  bool begin(const std::string& key, std::function<void()> when_made);
  void end(const std::string& key);

  std::size_t size() const;   ///< Units: answers
  std::size_t bytes() const;  ///< with keys and headers

 private:
  struct Entry {
    std::string key;
    Finished answer;
    std::size_t bytes = 0;
  };
  void move_to(std::uint64_t state);
  void forget_last();

  CacheBounds bounds_;
  mutable std::mutex mutex_;
  std::uint64_t state_ = 0;
  std::size_t bytes_ = 0;
  std::list<Entry> entries_;  ///< used last first
  std::unordered_map<std::string_view, std::list<Entry>::iterator> places_;
  std::mutex makers_mutex_;
  std::unordered_map<std::string, std::vector<std::function<void()>>> makers_;
};

}  // namespace austral::web
