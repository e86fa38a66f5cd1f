// Drawing the progress bar.
#include "base/progress.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "base/text.hpp"

namespace austral {
namespace {

constexpr std::int64_t milliseconds_between_draws = 100;

std::string size_text(std::uint64_t bytes) {
  static constexpr const char* units[] = {"kB", "MB", "GB", "TB", "PB"};
  if (bytes < 1000) return fmt::format("{} B", bytes);
  double size = double(bytes) / 1000;
  std::size_t unit = 0;
  for (; size >= 999.5 && unit + 1 < std::size(units); ++unit) size /= 1000;
  return fmt::format("{:.{}f} {}", size, size < 9.995 ? 2 : size < 99.95 ? 1 : 0, units[unit]);
}

std::string time_text(std::int64_t seconds) {
  if (seconds < 60) return fmt::format("{} s", seconds);
  if (seconds < 3600) return fmt::format("{} min {:02} s", seconds / 60, seconds % 60);
  return fmt::format("{} h {:02} min", seconds / 3600, seconds / 60 % 60);
}

std::size_t terminal_columns() {
  winsize size{};
  if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 80;
  return size.ws_col;
}

std::string bar_text(std::uint64_t done, std::uint64_t total, std::size_t width) {
  const auto filled = std::size_t(double(width) * double(std::min(done, total)) / double(total));
  std::string bar(filled, '=');
  if (filled < width) bar += '>';
  bar.resize(width, ' ');
  return "[" + bar + "]";
}

}  // namespace

std::string to_progress_line(std::string_view title, std::uint64_t done, std::uint64_t total,
                             std::int64_t elapsed_milliseconds, std::size_t columns) {
  const double seconds = double(elapsed_milliseconds) / 1000;
  const double speed = seconds > 0 ? double(done) / seconds : 0;
  const std::string rate = fmt::format("{:.0f} MB/s", speed / 1e6);
  if (total == 0) return fmt::format("{}  {}  {}", title, size_text(done), rate);
  done = std::min(done, total);
  std::string figures = fmt::format("{:3.0f} %  {} / {}  {}", 100.0 * double(done) / double(total),
                                    size_text(done), size_text(total), rate);
  if (done < total && speed > 0)
    figures += fmt::format("  {} left", time_text(std::int64_t(double(total - done) / speed) + 1));
  const std::size_t taken = display_width(title) + figures.size() + 7;
  if (columns < taken + 8) return fmt::format("{}  {}", title, figures);
  const std::size_t width = std::min<std::size_t>(30, columns - taken);
  return fmt::format("{}  {}  {}", title, bar_text(done, total, width), figures);
}

Progress::Progress(std::string title, std::uint64_t total, std::string things)
    : title_(std::move(title)),
      things_(std::move(things)),
      total_(total),
      visible_(isatty(STDERR_FILENO) == 1),
      started_(std::chrono::steady_clock::now()) {}

Progress::~Progress() { finish(); }

void Progress::add(std::uint64_t bytes) {
  done_.fetch_add(bytes, std::memory_order_relaxed);
  if (visible_) draw_when_due();
}

void Progress::set_done(std::uint64_t bytes) {
  done_.store(bytes, std::memory_order_relaxed);
  if (visible_) draw_when_due();
}

void Progress::finish() {
  if (!visible_) return;
  const std::lock_guard lock(drawing_);
  if (finished_) return;
  finished_ = true;
  draw();
  std::fputc('\n', stderr);
}

void Progress::draw_when_due() {
  const auto elapsed = std::chrono::steady_clock::now() - started_;
  const std::int64_t now = std::chrono::duration_cast<std::chrono::milliseconds>(elapsed).count();
  if (now < next_draw_milliseconds_.load(std::memory_order_relaxed)) return;
  const std::unique_lock lock(drawing_, std::try_to_lock);
  if (!lock || finished_) return;
  next_draw_milliseconds_ = now + milliseconds_between_draws;
  draw();
}

void Progress::draw() {
  const auto elapsed = std::chrono::steady_clock::now() - started_;
  const std::int64_t now = std::chrono::duration_cast<std::chrono::milliseconds>(elapsed).count();
  const std::string line =
      things_.empty()
          ? to_progress_line(title_, done_, total_, now, terminal_columns())
          : fmt::format("{}  {} {}  {:.0f} a second", title_, done_.load(), things_,
                        1000.0 * double(done_) / double(std::max<std::int64_t>(now, 1)));
  std::fprintf(stderr, "\r%s\x1b[K", line.c_str());
  std::fflush(stderr);
}

}  // namespace austral
