// Sheets that people sent to be read: in a private folder, under names nobody can guess, for an
// hour.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <cstdio>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "web/http.hpp"

namespace austral::web {

/// What the desk holds at most; the oldest go first.
struct DeskLimits {
  std::uint64_t file = 200'000'000, all = 1'000'000'000;  ///< Units: bytes
  std::size_t files = 20;
  std::chrono::seconds life{3600};
};

/// One sheet on the desk. Its file goes with the last who holds it.
class DeskFile {
 public:
  DeskFile(std::string token, const std::string& folder, std::string name);
  ~DeskFile();
  DeskFile(const DeskFile&) = delete;
  DeskFile& operator=(const DeskFile&) = delete;

  const std::string& token() const { return token_; }
  const std::string& name() const { return name_; }  ///< as sent, made safe for a file's name
  const std::string& path() const { return path_; }
  std::uint64_t bytes() const { return bytes_; }
  std::chrono::steady_clock::time_point since() const { return since_; }
  /// Throws: Error::unavailable when the disk is full.
  void write(std::string_view bytes);
  /// Throws: Error::unavailable when the disk is full.
  void close();

  /// What its reader chose last, as the form's fields.
  Fields choices() const;
  void set_choices(Fields choices);
  /// What was made of those choices, under a key of them: it need not be made again.
  std::shared_ptr<const void> find_made(const std::string& key) const;
  void keep_made(std::string key, std::shared_ptr<const void> made);

 private:
  std::string token_, folder_, name_, path_;
  std::FILE* file_ = nullptr;
  std::uint64_t bytes_ = 0;
  std::chrono::steady_clock::time_point since_ = std::chrono::steady_clock::now();
  mutable std::mutex mutex_;
  Fields choices_;
  std::string made_key_;
  std::shared_ptr<const void> made_;
};

/// The desk of one server; may be used by several threads at once.
class SheetDesk {
 public:
  /// Throws: Error::unavailable when no temporary folder can be made.
  explicit SheetDesk(DeskLimits limits = {});
  ~SheetDesk();
  SheetDesk(const SheetDesk&) = delete;
  SheetDesk& operator=(const SheetDesk&) = delete;

  /// A file to be written; nobody finds it before keep(). Throws: Error::unavailable.
  std::shared_ptr<DeskFile> begin(std::string_view filename) const;
  /// Throws: Error::invalid when the file grows beyond its limit; Error::unavailable.
  void write(DeskFile& file, std::string_view bytes) const;
  /// Puts a written file on the desk; the oldest go to make room.
  void keep(const std::shared_ptr<DeskFile>& file);
  /// Throws: Error::not_found for a token that is none, or whose hour is over.
  std::shared_ptr<DeskFile> find(const std::string& token);
  std::size_t size();
  const std::string& folder() const { return folder_; }

 private:
  void sweep_locked();
  void sweep_for_ever();

  DeskLimits limits_;
  std::string folder_;
  std::mutex mutex_;
  std::condition_variable ending_told_;
  bool ending_ = false;
  std::map<std::string, std::shared_ptr<DeskFile>> files_;
  std::thread sweeper_;
};

/// A name without folders, controls and signs that mean something to a path or a command.
std::string safe_file_name(std::string_view name);

}  // namespace austral::web
