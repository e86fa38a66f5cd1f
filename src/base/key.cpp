// Making keys: one atomic number a process, which never runs backwards even when the clock does.
#include "base/key.hpp"

#include <pthread.h>
#include <unistd.h>

#include <atomic>
#include <string_view>

#include "base/date.hpp"

namespace austral {
namespace {

constexpr int counter_bits = 13, process_bits = 9;
constexpr std::int64_t start_of_2020 = 1'577'836'800'000;

std::atomic<std::uint64_t> last_tick{0};  // milliseconds and counter, without the process
std::atomic<std::uint64_t> process_name{0};

// Neighbouring processes of one machine get different names; machines differ by their host name.
void name_process() {
  char host[256] = {};
  gethostname(host, sizeof host - 1);
  std::uint64_t hash = 14695981039346656037u;  // FNV-1a
  for (const char c : std::string_view(host))
    hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
  const auto name = (hash ^ (hash >> 32)) + static_cast<std::uint64_t>(getpid());
  process_name = name & ((1u << process_bits) - 1);
}

void prepare_process() {
  static const bool named = [] {
    name_process();
    pthread_atfork(nullptr, nullptr, name_process);
    return true;
  }();
  (void)named;
}

}  // namespace

std::int64_t make_key() {
  prepare_process();
  const std::int64_t elapsed = now_milliseconds() - start_of_2020;
  const std::uint64_t now = elapsed > 0 ? static_cast<std::uint64_t>(elapsed) << counter_bits : 0;
  std::uint64_t last = last_tick.load(std::memory_order_relaxed);
  std::uint64_t next;
  do {  // a full counter borrows from the next millisecond
    next = now > last ? now : last + 1;
  } while (!last_tick.compare_exchange_weak(last, next, std::memory_order_relaxed));
  const std::uint64_t counter = next & ((1u << counter_bits) - 1);
  const std::uint64_t milliseconds = next >> counter_bits;
  return static_cast<std::int64_t>((milliseconds << (counter_bits + process_bits)) |
                                   (process_name << counter_bits) | counter);
}

}  // namespace austral
