// Gathers lines and writes them behind the readers' backs.
#include "web/access_log.hpp"

#include <chrono>

namespace austral::web {

AccessLog::AccessLog(std::function<void(std::string_view)> write)
    : write_(std::move(write)), thread_([this] { run(); }) {}

AccessLog::~AccessLog() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

void AccessLog::add(std::string_view line) {
  bool was_empty = false;
  {
    const std::lock_guard lock(mutex_);
    was_empty = lines_.empty();
    lines_ += line;
    lines_ += '\n';
  }
  if (was_empty) changed_.notify_one();
}

void AccessLog::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [&] { return ending_ || !lines_.empty(); });
    // Others come right behind the first: they go out with it.
    changed_.wait_for(lock, std::chrono::milliseconds(100), [&] { return ending_; });
    std::string lines;
    lines.swap(lines_);
    lock.unlock();
    if (!lines.empty()) write_(lines);
    lock.lock();
    if (ending_ && lines_.empty()) return;
  }
}

}  // namespace austral::web
