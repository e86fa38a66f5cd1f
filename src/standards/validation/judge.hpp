// Judges IATI files of any size: splits, parses and checks on several threads, tells in file order.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "standards/bytes.hpp"
#include "standards/iati/split.hpp"
#include "standards/validation/validation.hpp"

namespace austral::validation {

/// How to judge.
struct JudgeOptions {
  unsigned workers = 0;    ///< threads that judge; 0: one a core; 1: the calling thread alone
  std::string as_version;  ///< judge by this version, whatever the file says of itself
  std::string today;       ///< an ISO date-time; empty: now
  std::size_t batch = 256u << 10;  ///< handed to a thread at once. Units: bytes
  FindActivity find_activity;      ///< where linked activities are looked for besides; may be empty
  iati::Limits limits;
  std::function<void(std::uint64_t)> on_progress;  ///< Units: bytes of the file read so far
};

/// Faults of one kind: they read the same and are grouped.
struct FaultKind {
  std::string id;
  Weight weight = Weight::error;
  std::string category;
  std::string message;
  std::string remedy;
};

/// One fault at its place in the file.
struct FoundFault {
  std::uint32_t kind = 0;  ///< in the batch's kinds
  std::uint64_t times = 1;
  std::uint64_t line = 0, column = 0;  ///< from 1; columns in characters
  std::string where;
  std::string found;
};

/// A subject that has faults. `file` is the identifier of what concerns the file as a whole.
struct JudgedSubject {
  std::string identifier;
  std::string title;
  std::uint64_t line = 0, column = 0;
  std::vector<FoundFault> faults;  ///< in the order of the file
};

/// A part of a file's judgement, in file order.
struct JudgedBatch {
  std::vector<FaultKind> kinds;
  std::vector<std::uint64_t> more;  ///< of each kind: faults that are counted and not listed
  std::vector<JudgedSubject> subjects;
};

/// What is known of a file (or of one member of an archive) as a whole.
struct FileVerdict {
  std::string file;     ///< as it was named
  std::string type;     ///< `iati-activities`, `iati-organisations`, or what the root is called
  std::string version;  ///< as the file says
  std::uint64_t subjects = 0;
  std::array<std::uint64_t, 4> counts{};  ///< of faults, by weight
  bool readable = true;
  std::string reason;  ///< why it could not be read

  std::uint64_t count(Weight weight) const { return counts[std::size_t(weight)]; }
  bool valid() const { return readable && count(Weight::critical) == 0; }
};

/// Takes a judgement as it comes.
class Listener {
 public:
  virtual ~Listener() = default;
  /// How many places of each kind of fault it needs, the first ones of the file; 0: all.
  virtual std::size_t most_wanted() const { return 0; }
  virtual void begin(const FileVerdict&) {}
  virtual void take(const JudgedBatch& batch) = 0;
  virtual void end(const FileVerdict& verdict) = 0;
};

/// Judges each document of `bytes`. Memory does not grow with the file or with its faults.
/// Returns one verdict a document.
std::vector<FileVerdict> judge(standards::Bytes& bytes, const std::string& name,
                               const JudgeOptions& options, Listener& listener);

/// Throws: Error::not_found.
std::vector<FileVerdict> judge_file(const std::string& path, const JudgeOptions& options,
                                    Listener& listener);

std::string_view name_of(Weight weight);  ///< `critical`

}  // namespace austral::validation
