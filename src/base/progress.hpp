// How far a long piece of work is: a bar with speed and time left, for people at a terminal only.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>

namespace austral {

/// Draws on standard error when that is a terminal, and is silent otherwise. Thread-safe.
class Progress {
 public:
  /// Units: bytes, or `things` when they are named. `total` 0 means that the end is not known.
  Progress(std::string title, std::uint64_t total, std::string things = "");
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress();

  void add(std::uint64_t bytes);
  void set_done(std::uint64_t bytes);
  /// Draws the last state and ends the line; the destructor does it too.
  void finish();

 private:
  void draw_when_due();
  void draw();

  std::string title_, things_;
  std::uint64_t total_;
  std::atomic<std::uint64_t> done_{0};
  bool visible_;
  bool finished_ = false;
  std::chrono::steady_clock::time_point started_;
  std::atomic<std::int64_t> next_draw_milliseconds_{0};
  std::mutex drawing_;
};

/// The bar's text: `reading  [=====>    ]  52 %  1.20 / 2.31 GB  310 MB/s  4 s left`.
/// Units: bytes, milliseconds since the start, columns of the terminal.
std::string to_progress_line(std::string_view title, std::uint64_t done, std::uint64_t total,
                             std::int64_t elapsed_milliseconds, std::size_t columns);

}  // namespace austral
