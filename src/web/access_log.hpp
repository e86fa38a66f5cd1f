// The access log: a line a request, written by a thread of its own, many lines at once.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

namespace austral::web {

/// Many threads at once. Lines are written within a tenth of a second, the last ones at the end.
class AccessLog {
 public:
  /// `write` is given whole lines.
  explicit AccessLog(std::function<void(std::string_view)> write);
  ~AccessLog();
  void add(std::string_view line);

 private:
  void run();

  std::function<void(std::string_view)> write_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::string lines_;
  bool ending_ = false;
  std::thread thread_;
};

}  // namespace austral::web
