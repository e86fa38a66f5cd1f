// Sliding, growing and counting lines of the window.
#include "standards/iati/window.hpp"

#include <algorithm>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace austral::iati {
namespace {
constexpr std::size_t block = 2u << 20;
}

std::uint64_t count_lines(std::string_view text) {
  std::uint64_t lines = 0;
  std::size_t i = 0;
#ifdef __SSE2__
  const __m128i feed = _mm_set1_epi8('\n'), zero = _mm_setzero_si128();
  while (i + 16 <= text.size()) {
    __m128i sums = zero;  // sixteen counters of a byte each: good for 255 rounds
    for (int round = 0; round < 255 && i + 16 <= text.size(); ++round, i += 16) {
      const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + i));
      sums = _mm_sub_epi8(sums, _mm_cmpeq_epi8(bytes, feed));
    }
    const __m128i halves = _mm_sad_epu8(sums, zero);
    lines += std::uint64_t(_mm_cvtsi128_si32(halves)) +
             std::uint64_t(_mm_cvtsi128_si32(_mm_unpackhi_epi64(halves, halves)));
  }
#endif
  for (; i < text.size(); ++i) lines += text[i] == '\n';
  return lines;
}

namespace {
std::uint64_t count_characters(std::string_view text) {
  std::uint64_t characters = 0;
  for (const char c : text) characters += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return characters;
}
}  // namespace

void move_over(Spot& place, std::string_view text) {
  const auto last = text.rfind('\n');
  if (last == std::string_view::npos) {
    place.column += count_characters(text);
    return;
  }
  place.line += count_lines(text.substr(0, last + 1));
  place.column = 1 + count_characters(text.substr(last + 1));
}

Spot Window::advance(std::uint64_t offset) {
  advancing_ = true;
  if (offset > spot_at_) {
    move_over(spot_, view(spot_at_, offset));
    spot_at_ = offset;
  }
  return spot_;
}

Window::Window(standards::Bytes& bytes) : bytes_(&bytes) {
  capacity_ = 2 * block;
  owned_.reset(new char[capacity_ + 64]);
  buffer_ = owned_.get();
  std::memset(owned_.get(), 0, 64);
}

Window::Window(std::string_view document)
    : bytes_(nullptr), buffer_(document.data()), size_(document.size()) {}

void Window::put_back(std::string_view text, std::uint64_t from, Spot place) {
  const std::size_t behind = std::size_t(end() - from);
  const std::size_t whole = text.size() + behind;
  std::unique_ptr<char[]> bigger(new char[std::max(capacity_, whole) + 64]);
  std::memcpy(bigger.get(), text.data(), text.size());
  std::memcpy(bigger.get() + text.size(), at(from), behind);
  std::memset(bigger.get() + whole, 0, 32);
  owned_ = std::move(bigger);
  buffer_ = owned_.get();
  capacity_ = std::max(capacity_, whole);
  start_ = 0;
  size_ = whole;
  base_ = line_at_ = spot_at_ = from - text.size();
  spot_ = place;
  line_ = place.line;
  column_base_ = base_ - std::min(base_, place.column - 1);
}

void Window::reset() {
  start_ = size_ = 0;
  base_ = line_at_ = column_base_ = spot_at_ = 0;
  line_ = 1;
  spot_ = {};
  std::memset(owned_.get(), 0, 64);
}

void Window::slide(std::uint64_t keep) {
  const std::size_t drop = std::size_t(keep - base_);
  if (drop > 0) {
    if (advancing_ && advance(keep).line > 0 && spot_at_ >= line_at_) {
      line_at_ = spot_at_;  // counted already
      line_ = spot_.line;
    }
    line(keep);
    const auto last = std::string_view(data(), drop).rfind('\n');
    if (last != std::string_view::npos) column_base_ = base_ + last + 1;
  }
  start_ += drop;
  size_ -= drop;
  base_ = keep;
}

bool Window::refill(std::uint64_t keep) {
  if (!bytes_) return false;
  slide(keep);
  if (start_ + size_ + block > capacity_) {
    if (size_ + block > capacity_) {
      const std::size_t grown = std::max(capacity_ * 2, size_ + block);
      std::unique_ptr<char[]> bigger(new char[grown + 64]);
      std::memcpy(bigger.get(), data(), size_);
      owned_ = std::move(bigger);
      buffer_ = owned_.get();
      capacity_ = grown;
    } else {
      std::memmove(owned_.get(), data(), size_);
    }
    start_ = 0;
  }
  char* end = owned_.get() + start_ + size_;
  const std::size_t got = bytes_->read(end, block);
  size_ += got;
  std::memset(end + got, 0, 32);
  return got > 0;
}

std::uint64_t Window::line(std::uint64_t offset) {
  if (offset > line_at_) {
    line_ += count_lines(view(std::max(line_at_, base_), offset));
    line_at_ = offset;
    return line_;
  }
  return line_ - count_lines(view(offset, std::min(line_at_, end())));
}

Spot Window::spot(std::uint64_t offset) const {
  Window* self = const_cast<Window*>(this);  // counting lines changes a cache only
  Spot place;
  place.line = self->line(offset);
  const std::string_view before = view(base_, offset);
  const auto last = before.rfind('\n');
  std::uint64_t bytes_before = 0;
  std::string_view row = before;
  if (last != std::string_view::npos)
    row = before.substr(last + 1);
  else
    bytes_before = base_ - column_base_;
  place.column = bytes_before + count_characters(row) + 1;
  return place;
}

}  // namespace austral::iati
