// Reads, maps and saves a file: one thread splits, several map, the caller's thread writes, in file
// order.
#include "standards/import.hpp"

#include <sched.h>

#include <condition_variable>
#include <exception>
#include <filesystem>
#include <map>
#include <mutex>
#include <thread>

#include "base/date.hpp"
#include "base/queue.hpp"
#include "standards/form/compare.hpp"
#include "standards/format.hpp"

namespace austral::standards {
namespace {

constexpr std::size_t batch_bytes = 512 << 10;  // of source text that a worker takes at once
constexpr std::size_t batch_fragments = 128;
constexpr std::size_t batches_ahead = 8;  // so that workers go on while a write reaches the disk

/// Fragments with the place of their batch in the file.
struct Batch {
  std::uint64_t number = 0;
  std::vector<Fragment> fragments;
};

/// What a worker made of a batch.
struct Prepared {
  std::vector<registry::PreparedRecord> records;
  std::size_t passed_over = 0;  ///< records that cannot be registered
  Findings findings;
};

/// Of row-wise formats the first row; their findings name cells by themselves.
std::string to_place(const Fragment& fragment) {
  if (fragment.rows.empty()) return "line " + std::to_string(fragment.line);
  const auto& first = fragment.rows.front();
  return (first.sheet.empty() ? "row " : first.sheet + ", row ") + std::to_string(first.row);
}

std::string to_place(const Fragment& fragment, const std::string& place, const Finding& finding) {
  if (finding.place.empty()) return place;
  return fragment.rows.empty() ? place + ", " + finding.place : finding.place;
}

Prepared prepare_batch(const Format& format, Batch batch) {
  Prepared prepared;
  for (auto& fragment : batch.fragments) {
    Reading reading = format.read(fragment);
    const std::string place = to_place(fragment);
    for (auto& finding : reading.findings) finding.place = to_place(fragment, place, finding);
    if (!reading.usable) {
      ++prepared.passed_over;
      for (auto& finding : reading.findings) prepared.findings.push_back(std::move(finding));
      continue;
    }
    prepared.records.push_back(registry::prepare(std::move(reading.record), fragment.text,
                                                 fragment.format, place,
                                                 std::move(reading.findings)));
  }
  return prepared;
}

/// The threads of one file's import. Batches in flight are counted, so that memory stays flat.
class Pipeline {
 public:
  Pipeline(const Format& format, Reader& reader, unsigned workers,
           std::function<void(std::uint64_t)> on_progress)
      : format_(format),
        reader_(reader),
        on_progress_(std::move(on_progress)),
        most_in_flight_(workers * 3 + batches_ahead),
        batches_(most_in_flight_) {
    threads_.emplace_back([this] { guard([this] { split(); }); });
    for (unsigned i = 0; i < workers; ++i)
      threads_.emplace_back([this] { guard([this] { work(); }); });
  }

  ~Pipeline() {
    stop();
    for (auto& thread : threads_) thread.join();
  }

  /// The next batch in file order, or nothing at the end. Throws what a thread threw.
  std::optional<Prepared> next() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] {
      return failure_ || done_.contains(next_) || (split_done_ && next_ == batches_made_);
    });
    if (failure_) std::rethrow_exception(failure_);
    const auto found = done_.find(next_);
    if (found == done_.end()) return std::nullopt;
    Prepared prepared = std::move(found->second);
    done_.erase(found);
    ++next_;
    --in_flight_;
    changed_.notify_all();
    return prepared;
  }

 private:
  void split() {
    Batch batch;
    std::size_t bytes = 0;
    Fragment fragment;
    while (reader_.next(fragment)) {
      bytes += fragment.text.size();
      batch.fragments.push_back(std::move(fragment));
      if (bytes >= batch_bytes || batch.fragments.size() >= batch_fragments) {
        if (!hand_over(std::move(batch))) return;
        batch = {};
        bytes = 0;
      }
      fragment = {};
    }
    if (!batch.fragments.empty() && !hand_over(std::move(batch))) return;
    batches_.close();
    const std::lock_guard lock(mutex_);
    split_done_ = true;
    changed_.notify_all();
  }

  bool hand_over(Batch batch) {
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return stopped_ || in_flight_ < most_in_flight_; });
      if (stopped_) return false;
      ++in_flight_;
      batch.number = batches_made_++;
    }
    if (on_progress_) on_progress_(reader_.bytes_read());
    return batches_.push(std::move(batch));
  }

  void work() {
    while (auto batch = batches_.pop()) {
      const auto number = batch->number;
      Prepared prepared = prepare_batch(format_, std::move(*batch));
      const std::lock_guard lock(mutex_);
      done_.emplace(number, std::move(prepared));
      changed_.notify_all();
    }
  }

  template <class Work>
  void guard(Work work) {
    try {
      work();
    } catch (...) {
      {
        const std::lock_guard lock(mutex_);
        if (!failure_) failure_ = std::current_exception();
      }
      stop();
    }
  }

  void stop() {
    {
      const std::lock_guard lock(mutex_);
      stopped_ = true;
    }
    changed_.notify_all();
    batches_.close();
  }

  const Format& format_;
  Reader& reader_;
  std::function<void(std::uint64_t)> on_progress_;
  const std::size_t most_in_flight_;
  BoundedQueue<Batch> batches_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::uint64_t, Prepared> done_;
  std::uint64_t next_ = 0, batches_made_ = 0;
  std::size_t in_flight_ = 0;
  bool split_done_ = false, stopped_ = false;
  std::exception_ptr failure_;
  std::vector<std::thread> threads_;
};

/// The cores that this program may use, which a container or taskset makes fewer than there are.
unsigned count_cores() {
  cpu_set_t cores;
  if (sched_getaffinity(0, sizeof cores, &cores) == 0) return unsigned(CPU_COUNT(&cores));
  return std::max(1u, std::thread::hardware_concurrency());
}

std::string describe_damage(const Findings& findings) {
  for (const auto& finding : findings)
    if (finding.severity == Severity::damage) return finding.place + ": " + finding.message;
  return "the file is damaged";
}

}  // namespace

ImportedFile import_file(store::Database& database, const std::string& path,
                         const ImportOptions& options) {
  const std::int64_t started = now_milliseconds();
  const Format& format =
      options.format.empty() ? recognise_format(path) : get_format(options.format);
  if (format.name == "form" && !options.reader) return form::import_form(database, path, options);
  const std::shared_ptr<Reader> reader = options.reader ? options.reader : format.open(path);
  ImportedFile file;
  file.name = path;
  std::error_code ignored;
  file.bytes = std::filesystem::file_size(path, ignored);
  if (ignored) file.bytes = 0;  // a member of an archive
  registry::Saving saving(database, options.who, std::filesystem::path(path).filename().string(),
                          std::string(format.name), std::int64_t(file.bytes));
  {
    const unsigned workers = options.workers ? options.workers : count_cores();
    Pipeline pipeline(format, *reader, workers, options.on_progress);
    while (auto prepared = pipeline.next()) {
      for (auto& finding : prepared->findings) saving.add_finding(std::move(finding));
      for (std::size_t i = 0; i < prepared->passed_over; ++i) saving.pass_over();
      for (auto& record : prepared->records) saving.save(std::move(record));
    }
  }
  for (const auto& finding : reader->findings()) saving.add_finding(finding);
  file.damage = reader->damaged() ? describe_damage(reader->findings()) : "";
  file.format = reader->format();
  file.counts = saving.finish(file.damage);
  file.milliseconds = now_milliseconds() - started;
  return file;
}

}  // namespace austral::standards
