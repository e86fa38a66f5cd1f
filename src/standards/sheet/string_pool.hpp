// A workbook's shared strings: the first ones in memory, the rest on disk, looked up by number.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "standards/sheet/archive.hpp"

namespace austral::sheet {

/// Bytes that grow at the end and are read anywhere; beyond a limit they stand in a file.
class SpilledBytes {
 public:
  explicit SpilledBytes(std::size_t kept) : kept_(kept) {}
  void append(std::string_view bytes);
  /// Throws: Error::unavailable when the disk fails. `at + size` lies within.
  void read(std::uint64_t at, char* out, std::size_t size) const;
  std::uint64_t size() const { return memory_.size() + spilled_ + tail_.size(); }

 private:
  static constexpr std::size_t block_size = 16 * 1024, blocks = 512;
  struct Block {
    std::uint64_t number = ~std::uint64_t(0);
    std::string bytes;
  };
  const std::string& block(std::uint64_t number) const;

  std::size_t kept_;
  std::string memory_, tail_;
  std::uint64_t spilled_ = 0;
  std::unique_ptr<Spool> file_;
  mutable std::vector<Block> cache_;
};

/// Strings by number, in memory that stays below 64 MB whatever their number.
class StringPool {
 public:
  void append(std::string_view text);
  std::uint64_t size() const { return count_; }
  /// Writes the text with that number, which must be below size().
  void read(std::uint64_t number, std::string& out) const;

 private:
  SpilledBytes texts_{32 << 20}, ends_{8 << 20};
  std::uint64_t count_ = 0;
};

}  // namespace austral::sheet
