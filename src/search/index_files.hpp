// Where an index stands, what it says of itself, and who may write it.
#pragma once

#include <xapian.h>

#include <cstdint>
#include <string>

namespace austral::search {

/// What an index says of itself.
struct IndexFacts {
  std::string analyser;  ///< edition
  std::string identity;  ///< of the register
  std::string state;     ///< of the register when it was indexed
  std::int64_t revision = 0;
  std::string stamp;  ///< another one after each write
};
IndexFacts read_facts(const Xapian::Database& index);
void write_facts(Xapian::WritableDatabase& index, const IndexFacts& facts);

/// The right to write an index, held while it lives; a program that dies gives it back.
class WritingRight {
 public:
  /// Throws: Error::unavailable when another program has it or the folder cannot be written.
  explicit WritingRight(const std::string& path);
  ~WritingRight();
  WritingRight(const WritingRight&) = delete;
  WritingRight& operator=(const WritingRight&) = delete;

 private:
  int file_ = -1;
};

/// Puts the folder `fresh` in the place of `path` in one step.
void put_in_place(const std::string& fresh, const std::string& path);

/// Tells one state of an index from another without opening it.
std::string signature_of(const std::string& path);

}  // namespace austral::search
