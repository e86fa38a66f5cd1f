// A list of where a term stands, in about two bytes a document: to be kept.
#pragma once

#include <string>

#include "search/postings.hpp"

namespace austral::search {

/// How far each document is behind the one before it, and how often it has the term, in bytes of
/// seven bits.
class PackedList {
 public:
  explicit PackedList(const Postings& list);
  /// `bound` is above every document's number: so many are counted for each where that is better.
  SharedPostings unpack(std::size_t bound) const;
  std::size_t bytes() const { return bytes_.capacity() + sizeof *this; }

 private:
  template <class Use>
  void each(Use&& use) const;

  std::size_t size_ = 0;
  std::string bytes_;
};

}  // namespace austral::search
