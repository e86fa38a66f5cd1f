// Keeps strings compactly; sheets name them nearly in order, so a small cache of blocks does.
#include "standards/sheet/string_pool.hpp"

#include <algorithm>
#include <cstring>

#include "base/error.hpp"

namespace austral::sheet {

void SpilledBytes::append(std::string_view bytes) {
  if (!file_ && tail_.empty()) {
    const std::size_t room = std::min(bytes.size(), kept_ - memory_.size());
    memory_ += bytes.substr(0, room);
    bytes.remove_prefix(room);
  }
  if (bytes.empty()) return;
  tail_ += bytes;
  // Whole blocks only, so that a block once cached never changes.
  const std::size_t whole = tail_.size() / block_size * block_size;
  if (whole < 64 * block_size) return;
  if (!file_) file_ = std::make_unique<Spool>();
  file_->write(std::string_view(tail_).substr(0, whole));
  spilled_ += whole;
  tail_.erase(0, whole);
}

const std::string& SpilledBytes::block(std::uint64_t number) const {
  if (cache_.empty()) cache_.resize(blocks);
  Block& entry = cache_[number % blocks];
  if (entry.number != number) {
    entry.bytes.resize(block_size);
    if (file_->read(number * block_size, entry.bytes.data(), block_size) != block_size)
      throw Error(Kind::unavailable, "a temporary file could not be read back");
    entry.number = number;
  }
  return entry.bytes;
}

void SpilledBytes::read(std::uint64_t at, char* out, std::size_t size) const {
  while (size > 0) {
    std::size_t part = 0;
    if (at < memory_.size()) {
      part = std::size_t(std::min<std::uint64_t>(size, memory_.size() - at));
      std::memcpy(out, memory_.data() + at, part);
    } else if (at - memory_.size() < spilled_) {
      const std::uint64_t beyond = at - memory_.size();
      const std::size_t inside = std::size_t(beyond % block_size);
      part = std::min(size, block_size - inside);
      std::memcpy(out, block(beyond / block_size).data() + inside, part);
    } else {
      part = size;
      std::memcpy(out, tail_.data() + (at - memory_.size() - spilled_), part);
    }
    out += part, at += part, size -= part;
  }
}

void StringPool::append(std::string_view text) {
  texts_.append(text);
  const std::uint64_t end = texts_.size();
  char bytes[8];
  std::memcpy(bytes, &end, 8);
  ends_.append({bytes, 8});
  ++count_;
}

void StringPool::read(std::uint64_t number, std::string& out) const {
  std::uint64_t range[2] = {0, 0};
  char* const bytes = reinterpret_cast<char*>(range);
  if (number == 0)
    ends_.read(0, bytes + 8, 8);
  else
    ends_.read((number - 1) * 8, bytes, 16);
  out.resize(std::size_t(range[1] - range[0]));
  texts_.read(range[0], out.data(), out.size());
}

}  // namespace austral::sheet
