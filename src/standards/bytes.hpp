// A published file as a stream of UTF-8 bytes in bounded memory, whatever wraps or encodes it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/finding.hpp"
#include "standards/raw_source.hpp"

namespace austral::standards {

/// Something worth saying about the bytes of a document, at a place counted in its UTF-8 bytes.
struct ByteNotice {
  std::uint64_t offset = 0;
  Finding finding;  ///< `place` is left to the reader, who can turn `offset` into a line
};

/// The documents of one file: a plain or gzip file is one, a zip archive has one a .xml member.
class Bytes {
 public:
  /// Throws: Error::not_found when the file cannot be opened.
  explicit Bytes(const std::string& path);
  /// Bytes that arrive instead of standing in a file. Throws: as open_stream().
  explicit Bytes(Pull pull);
  /// Of documents that say nothing of their encoding: `encoding` is ICU's name for it.
  Bytes(RawDocuments documents, std::string encoding);
  ~Bytes();
  Bytes(Bytes&&) noexcept;
  Bytes& operator=(Bytes&&) noexcept;

  /// How many there are.
  std::size_t documents() const;
  /// Moves to the first, then to the next document; false when there is none left.
  bool next_document();
  /// The member's name inside an archive; empty for a file that is one document.
  const std::string& document() const;
  /// Writes the next UTF-8 bytes to `out`; 0 at the document's end. `capacity` is at least 16.
  std::size_t read(char* out, std::size_t capacity);
  /// What has been noticed since the last call, in the order of offsets.
  std::vector<ByteNotice> take_notices();
  /// Units: bytes of the file on disk.
  std::uint64_t bytes_read() const;

  struct State;

 private:
  std::unique_ptr<State> state_;
};

/// The first `limit` decoded bytes of a file's first document. Throws: Error::not_found.
std::string first_bytes_of(const std::string& path, std::size_t limit);

}  // namespace austral::standards
