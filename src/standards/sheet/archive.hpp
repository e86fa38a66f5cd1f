// The members of a zip archive, read with limits, and temporary files for what must be on disk.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "standards/raw_source.hpp"

namespace austral::sheet {

/// A file without a name that goes with its last user.
class Spool {
 public:
  /// Throws: Error::unavailable when there is no room for temporary files.
  Spool();
  ~Spool();
  Spool(const Spool&) = delete;
  Spool& operator=(const Spool&) = delete;
  /// Throws: Error::unavailable when the disk is full.
  void write(std::string_view bytes);
  /// Reads at a place; short only at the end.
  std::size_t read(std::uint64_t at, char* out, std::size_t size) const;
  std::uint64_t size() const { return size_; }
  std::string path() const;  ///< by which this process can open it again

 private:
  int handle_;
  std::uint64_t size_ = 0;
};

/// A member as the archive's directory lists it.
struct ArchiveMember {
  std::string name;
  std::uint64_t size = 0, packed = 0;
  bool locked = false;  ///< encrypted
};

/// A zip archive open for reading; one thread at a time.
class Archive {
 public:
  /// Throws: Error::invalid when it cannot be opened as a zip archive.
  explicit Archive(std::string path);
  ~Archive();
  Archive(const Archive&) = delete;
  Archive& operator=(const Archive&) = delete;

  const std::string& path() const { return path_; }
  const std::vector<ArchiveMember>& members() const { return members_; }
  /// By name without regard to case or a leading `/`; -1 when there is none.
  int find(std::string_view name) const;
  /// Stops with damage where a member unpacks beyond all proportion.
  std::unique_ptr<standards::RawSource> read(std::size_t member) const;

 private:
  std::string path_;
  std::shared_ptr<void> handle_;
  std::vector<ArchiveMember> members_;
};

/// All of a source, up to `limit` bytes. Throws: Error::invalid where it is damaged or longer.
std::string read_whole(standards::RawSource& source, std::size_t limit, std::string_view what);
/// A source on disk, up to `limit` bytes. Throws: Error::invalid where it is damaged or longer.
std::shared_ptr<Spool> spool(standards::RawSource& source, std::uint64_t limit,
                             std::string_view what);

}  // namespace austral::sheet
