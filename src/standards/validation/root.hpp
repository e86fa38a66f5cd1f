// Judges what stands around the records of a file: the root element, its version, its children.
#pragma once

#include <string>

#include "standards/validation/piece.hpp"

namespace austral::validation {

/// The root element of one file, and the walk over its children in file order.
class RootWalk {
 public:
  /// Reads the root's start tag; its faults go to `faults`, all at the root's place.
  RootWalk(const iati::Root& root, const JudgeOptions& options, Faults& faults);

  void set_most_wanted(std::size_t most) { facts_.most_wanted = most; }
  const FileFacts& facts() const { return facts_; }
  /// Whether the records of this file can be judged.
  bool judges() const { return facts_.schema != nullptr; }
  /// The next child; a fault stands at the piece's place.
  void step(const PieceResult& piece, Faults& faults);
  /// The root's end.
  void finish(Faults& faults);

 private:
  void read_tag(const iati::Root& root, Faults& faults);
  Fault fault(std::string message, std::string remedy) const;

  FileFacts facts_;
  std::string name_;
  const Type* type_ = nullptr;
  bool found_ = false;  // a record
};

}  // namespace austral::validation
