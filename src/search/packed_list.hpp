// A list of where a term stands, in about two bytes a document: to be kept.
#pragma once

#include <string>

#include "search/ranking.hpp"

namespace austral::search {

/// How far each document is behind the one before it, and how often it has the term, in bytes of
/// seven bits.
class PackedList {
 public:
  explicit PackedList(const Postings& list);
  SharedPostings unpack() const;
  std::size_t bytes() const { return bytes_.capacity() + sizeof *this; }

 private:
  std::size_t size_ = 0;
  std::string bytes_;
};

}  // namespace austral::search
