// The part of a document that is in memory while it is split, and where that part lies in the file.
#pragma once

#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>

#include "standards/bytes.hpp"

namespace austral::iati {

/// A place in a document. Units: lines and columns from 1; columns in characters.
struct Spot {
  std::uint64_t line = 1;
  std::uint64_t column = 1;
};

/// A growing and sliding buffer over Bytes. Positions are offsets in the decoded document.
/// Behind the last byte there is always a NUL, so that scanning loops need no bounds check.
class Window {
 public:
  explicit Window(standards::Bytes& bytes);
  /// A whole document that stands in memory, with 32 NULs behind it, and outlives the window.
  explicit Window(std::string_view document);

  /// Starts a document anew.
  void reset();
  /// Puts `text`, which ended at `from`, before what stands behind `from`; it begins at `place`.
  void put_back(std::string_view text, std::uint64_t from, Spot place);
  /// Reads another block behind what is there; what lies before `keep` may go. False at the end.
  bool refill(std::uint64_t keep);

  std::uint64_t begin() const { return base_; }
  std::uint64_t end() const { return base_ + size_; }
  const char* at(std::uint64_t offset) const { return data() + (offset - base_); }
  std::uint64_t offset_of(const char* p) const { return base_ + std::uint64_t(p - data()); }
  const char* limit() const { return data() + size_; }
  std::string_view view(std::uint64_t from, std::uint64_t to) const {
    return {at(from), std::size_t(to - from)};
  }
  /// Lines are counted forward only: `offset` must lie in the window.
  Spot spot(std::uint64_t offset) const;
  std::uint64_t line(std::uint64_t offset);
  /// The place of offsets that never fall from call to call, whatever the length of the lines.
  Spot advance(std::uint64_t offset);

 private:
  const char* data() const { return buffer_ + start_; }
  void slide(std::uint64_t keep);

  standards::Bytes* bytes_;  // none: all is there
  std::unique_ptr<char[]> owned_;
  const char* buffer_ = nullptr;  // in `owned_`, or the document
  std::size_t capacity_ = 0;
  std::size_t start_ = 0;  // of the window in the buffer
  std::size_t size_ = 0;
  std::uint64_t base_ = 0;         // offset of the window's first byte in the document
  std::uint64_t line_at_ = 0;      // offset up to which lines are counted
  std::uint64_t line_ = 1;         // the line there
  std::uint64_t column_base_ = 0;  // offset where the line at `base_` began
  bool advancing_ = false;         // somebody calls advance(): keep `spot_` when sliding
  std::uint64_t spot_at_ = 0;      // offset up to which `spot_` is counted
  Spot spot_;
};

/// Moves a place over the text that stands behind it.
void move_over(Spot& place, std::string_view text);

/// How many line ends `text` holds.
std::uint64_t count_lines(std::string_view text);

}  // namespace austral::iati
