// Judges a file on a thread of its own while its bytes arrive; nothing of it is kept.
#pragma once

#include <atomic>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/queue.hpp"
#include "standards/validation/report.hpp"

namespace austral::web {

/// In what a check is answered: a page, or the report as a file.
enum class CheckForm { page, html, csv, json };

/// A file without a name, gone with its last user.
using NamelessFile = std::shared_ptr<std::FILE>;

/// What a check found.
struct Checked {
  /// For `page` and `html`: bounded reports, the first ones of an archive with many documents.
  std::vector<std::unique_ptr<validation::Report>> reports;
  std::uint64_t documents = 0, invalid = 0;  ///< of all documents, with those that have no report
  NamelessFile whole;  ///< for `csv` and `json`: the whole report, from its start
};

/// One file on its way through the judge: flat memory, and as fast as the judge takes it.
class Checking {
 public:
  Checking(std::string name, CheckForm form);
  /// Ends the judging, also half way.
  ~Checking();
  Checking(const Checking&) = delete;
  Checking& operator=(const Checking&) = delete;

  /// Waits while the judge is behind. Throws: Error::invalid for what is plainly another kind of
  /// file.
  void take(std::string_view bytes);
  /// Once, behind the last byte. Throws: Error, where the file could not be judged.
  Checked finish();
  std::uint64_t taken() const { return taken_; }  ///< Units: bytes

 private:
  void judge();
  void write_whole(standards::Bytes& bytes, const validation::JudgeOptions& options);
  void send();
  std::size_t pull(char* out, std::size_t capacity);

  const std::string name_;
  const CheckForm form_;
  std::uint64_t taken_ = 0;
  std::string waiting_;
  bool looked_ = false;
  BoundedQueue<std::string> queue_;
  std::atomic<bool> gone_ = false;
  std::string block_;  // the judge's: what it is reading
  std::size_t at_ = 0;
  Checked checked_;
  std::exception_ptr failure_;
  std::thread thread_;
};

/// A bounded report as a file's bytes; at most so many places of each kind of fault.
std::string write_bounded(const std::vector<const validation::Report*>& reports, CheckForm form,
                          std::size_t places);

}  // namespace austral::web
