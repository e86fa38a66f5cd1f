// Judges the pieces of a file, one batch after the other, each batch on one thread.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "standards/validation/judge.hpp"
#include "standards/validation/schema.hpp"

namespace austral::validation {

/// What holds for all pieces of a file.
struct FileFacts {
  std::string version;  ///< to judge by
  bool organisations = false;
  const Schema* schema = nullptr;  ///< none: the pieces are not judged
  bool supported = false;          ///< by the official validator: code lists and rules apply
  std::string today;
  std::size_t most_wanted = 0;  ///< places of each kind; 0: all
  Namespaces around;
};

/// What a piece is to the root element around it.
enum class Role { record, foreign, stray, words };

/// A piece of a file, wherever its text lies.
struct PieceEntry {
  std::uint64_t offset = 0;
  iati::Spot place;
  iati::Piece::Kind kind = iati::Piece::Kind::record;
};

/// Pieces cut out of a file, with a copy of their text.
struct PieceBatch {
  std::string text;
  std::vector<std::size_t> ends;  ///< of each piece's text
  std::vector<PieceEntry> entries;
};

/// Bytes of a file between two records, not split yet: whether records end where they seem to is
/// known when they have been.
struct Run {
  std::string text;        ///< between tags of its own root, with NULs behind
  std::size_t before = 0;  ///< bytes of that root's start tag
  std::size_t size = 0;    ///< of the run itself
  std::uint64_t offset = 0;
  iati::Spot place;

  std::string_view own() const { return std::string_view(text).substr(before, size); }
};
Run make_run(const iati::Piece& cut, std::string_view root);

/// What came out for one piece.
struct PieceResult {
  Role role = Role::record;
  std::string name;  ///< of the element
  iati::Spot place;
  Ties ties;
  bool told = false;  ///< `subject` has something to tell
  JudgedSubject subject;
};

/// What came out for a batch: `kinds` are those of all its faults.
struct BatchResult {
  std::vector<FaultKind> kinds;
  std::vector<std::uint64_t> more;  ///< of each kind: counted, not listed
  std::vector<PieceResult> pieces;
  bool whole = true;  ///< false for a run that did not end between two records
};

/// Collects the kinds of faults of a batch, each once.
class Kinds {
 public:
  explicit Kinds(std::vector<FaultKind>& kinds) : kinds_(kinds) {}
  std::uint32_t find(Fault& fault);
  void clear() {
    places_.clear();
    bound_.clear();
  }
  /// The place of the kind that a listed fault had this Fault::kind of; none when there was none.
  std::optional<std::uint32_t> find_bound(std::uint64_t kind) const;

 private:
  std::uint32_t find_alike(Fault& fault);

  std::vector<FaultKind>& kinds_;
  std::unordered_multimap<std::size_t, std::uint32_t> places_;  // by a hash of number and message
  std::unordered_map<std::uint64_t, std::uint32_t> bound_;
};

/// Judges pieces one after the other, reusing its memory; one a thread.
class PieceJudge {
 public:
  explicit PieceJudge(const FileFacts& facts);
  ~PieceJudge();
  void judge(std::string_view text, const PieceEntry& entry);
  void judge(const PieceBatch& batch);
  /// Splits and judges. What came out counts only when BatchResult::whole.
  void judge(const Run& run, const iati::Limits& limits);
  /// What came out since the last call.
  BatchResult take();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Makes a title fit for showing.
void tidy_title(JudgedSubject& subject);

/// Moves faults to a judged subject, sorted by place. `text` begins at `start`.
void place_faults(Faults& faults, std::string_view text, iati::Spot start, Kinds& kinds,
                  std::vector<FoundFault>& out);

}  // namespace austral::validation
