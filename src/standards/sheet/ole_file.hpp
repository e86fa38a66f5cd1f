// A compound file, in which old Office programs keep their parts: a small file system of sectors.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace austral::sheet {

/// One part of a compound file, read from front to end.
class OlePart {
 public:
  virtual ~OlePart() = default;
  virtual std::size_t read(char* out, std::size_t capacity) = 0;  ///< 0 at the end
  virtual void seek(std::uint64_t at) = 0;
};

/// Source: [MS-CFB], sections 2.2 (header), 2.3 (FAT), 2.4 (mini FAT), 2.6 (directory).
class OleFile {
 public:
  /// Throws: Error::invalid when it is no sound compound file.
  explicit OleFile(const std::string& path);
  ~OleFile();
  OleFile(const OleFile&) = delete;
  OleFile& operator=(const OleFile&) = delete;

  bool has(std::string_view name) const;
  /// Null when there is no such part. The part keeps what it needs.
  std::unique_ptr<OlePart> open(std::string_view name) const;

  struct State;

 private:
  std::shared_ptr<State> state_;
};

}  // namespace austral::sheet
