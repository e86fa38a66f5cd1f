// Answers over a router: what nobody has to make again is found, the rest is made once and kept.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "web/answer_cache.hpp"
#include "web/routes.hpp"
#include "web/server.hpp"

namespace austral::web {

/// A state of the register as answers show it, numbered in the order in which it was seen.
struct SeenState {
  std::uint64_t number = 0;
  std::string text;
};

/// Asks in which state the register is, and remembers the answer for a moment. Many threads at
/// once.
class StateWatch {
 public:
  /// `ask` gives the state as a text that is never the same for two states.
  StateWatch(std::function<std::string()> ask, std::chrono::milliseconds trusted)
      : ask_(std::move(ask)), trusted_(trusted) {}
  /// What was seen last, unless that is too long ago. Never waits for the register.
  std::optional<SeenState> recent() const;
  SeenState now();

 private:
  std::function<std::string()> ask_;
  std::chrono::milliseconds trusted_;
  mutable std::mutex mutex_;
  SeenState seen_;
  std::chrono::steady_clock::time_point asked_{};
};

/// How answers are kept.
struct AnswerOptions {
  CacheBounds bounds = {};
  /// For how long a state is believed: so much later at most does a kept answer show a write.
  std::chrono::milliseconds trusted{25};
};

/// Many threads at once.
class Answers {
 public:
  /// `state` says all that answers depend on beside the request: revisions, the day. Without it
  /// nothing is kept. `router` outlives this.
  Answers(const Router& router, std::function<std::string()> state, AnswerOptions options = {});

  /// A kept answer, or 304 for who has it already; nothing where a worker is needed. Never waits.
  Finished find(const Request& request);
  /// True: the caller makes the answer, with make(). False: somebody makes it; `when_made` is
  /// called on their thread.
  bool begin(const Request& request, std::function<void()> when_made);
  /// Finds or makes the answer. Never throws. Every begin() that gave true is followed by one.
  Finished make(const Request& request);
  /// What takes the request's body while it arrives; nothing where it is read as a whole. Its
  /// answer is never kept.
  std::unique_ptr<Transfer> begin_transfer(const Request& request);
  /// Refuses in the router's words.
  Finished refuse(const Request& request, int status);

  const AnswerCache& cache() const { return cache_; }

 private:
  Finished find_at(const Request& request, const SeenState& state);
  Finished make_at(const Request& request, const SeenState& state, const std::string& key);

  const Router& router_;
  bool keeps_;
  StateWatch watch_;
  AnswerCache cache_;
};

/// What a server asks of them; both outlive it.
Service service_of(const Router& router, Answers& answers);

/// What differs from build to build of this program.
const std::string& build_name();

}  // namespace austral::web
