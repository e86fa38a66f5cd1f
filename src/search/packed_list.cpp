// Packs lists and unpacks them.
#include "search/packed_list.hpp"

namespace austral::search {
namespace {

void put(std::string& bytes, std::uint32_t number) {
  for (; number >= 0x80; number >>= 7) bytes += char(number | 0x80);
  bytes += char(number);
}

std::uint32_t take(const unsigned char*& at) {
  std::uint32_t number = *at & 0x7Fu;
  for (unsigned shift = 7; *at++ >= 0x80; shift += 7) number |= (*at & 0x7Fu) << shift;
  return number;
}

}  // namespace

PackedList::PackedList(const Postings& list) : size_(list.size()) {
  bytes_.reserve(size_ * 2);
  std::uint32_t before = 0;
  for (std::size_t i = 0; i < size_; ++i) {
    put(bytes_, list.documents[i] - before);
    put(bytes_, list.counts[i]);
    before = list.documents[i];
  }
  bytes_.shrink_to_fit();
}

SharedPostings PackedList::unpack() const {
  auto list = std::make_shared<Postings>();
  list->documents.resize(size_);
  list->counts.resize(size_);
  const auto* at = reinterpret_cast<const unsigned char*>(bytes_.data());
  std::uint32_t document = 0;
  for (std::size_t i = 0; i < size_; ++i) {
    if (at[0] < 0x80 && at[1] < 0x80) {  // nearly always
      document += at[0];
      list->counts[i] = at[1];
      at += 2;
    } else {
      document += take(at);
      list->counts[i] = std::uint16_t(take(at));
    }
    list->documents[i] = document;
  }
  return list;
}

}  // namespace austral::search
