// Packs lists and unpacks them.
#include "search/packed_list.hpp"

namespace austral::search {
namespace {

void put(unsigned char*& to, std::uint32_t number) {
  for (; number >= 0x80; number >>= 7) *to++ = static_cast<unsigned char>(number | 0x80);
  *to++ = static_cast<unsigned char>(number);
}

std::uint32_t take(const unsigned char*& at) {
  std::uint32_t number = *at & 0x7Fu;
  for (unsigned shift = 7; *at++ >= 0x80; shift += 7) number |= (*at & 0x7Fu) << shift;
  return number;
}

}  // namespace

PackedList::PackedList(const Postings& list) : size_(list.size()) {
  bytes_.resize(size_ * 7);  // five of a document, two of a count
  auto* to = reinterpret_cast<unsigned char*>(bytes_.data());
  std::uint32_t before = 0;
  const auto add = [&](std::uint32_t document, std::uint8_t count) {
    put(to, document - before);
    put(to, count);
    before = document;
  };
  if (list.dense.empty())
    for (std::size_t i = 0; i < size_; ++i) add(list.documents[i], list.counts[i]);
  else
    each_dense(list.dense, 0, list.dense.size(), add);
  bytes_.resize(std::size_t(to - reinterpret_cast<unsigned char*>(bytes_.data())));
  bytes_.shrink_to_fit();
}

template <class Use>
void PackedList::each(Use&& use) const {
  const auto* at = reinterpret_cast<const unsigned char*>(bytes_.data());
  std::uint32_t document = 0;
  for (std::size_t i = 0; i < size_; ++i) {
    if (at[0] < 0x80 && at[1] < 0x80) {  // nearly always
      document += at[0];
      use(i, document, at[1]);
      at += 2;
    } else {
      document += take(at);
      use(i, document, std::uint8_t(take(at)));
    }
  }
}

SharedPostings PackedList::unpack(std::size_t bound) const {
  auto list = std::make_shared<Postings>();
  if (are_dense(size_, bound)) {
    list->dense = make_dense(bound);
    list->held = size_;
    each([counts = list->dense.data()](std::size_t, std::uint32_t document, std::uint8_t count) {
      counts[document] = count;
    });
    return list;
  }
  list->documents.resize(size_);
  list->counts.resize(size_);
  each([&](std::size_t i, std::uint32_t document, std::uint8_t count) {
    list->documents[i] = document;
    list->counts[i] = count;
  });
  return list;
}

}  // namespace austral::search
