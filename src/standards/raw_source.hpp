// What a file's bytes come wrapped in: nothing, gzip, or a member of a zip archive.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/finding.hpp"

namespace austral::standards {

/// Unwrapped bytes, still in the encoding they were written in.
class RawSource {
 public:
  virtual ~RawSource() = default;
  /// 0 at the end, also at an end that came too early: then `trouble()` says why.
  virtual std::size_t read(char* out, std::size_t capacity) = 0;
  virtual std::uint64_t bytes_read() const = 0;  ///< of the file on disk
  const Findings& trouble() const { return trouble_; }

 protected:
  Findings trouble_;
};

/// A file's documents: `open` starts reading one; a plain file has one without a name.
struct RawDocuments {
  std::vector<std::string> names;
  std::function<std::unique_ptr<RawSource>(std::size_t)> open;
  Findings notices;
};

/// The file as it stands on disk. Throws: Error::not_found.
std::unique_ptr<RawSource> open_plain(const std::string& path);
/// What a gzip file unpacks to. Throws: Error::not_found.
std::unique_ptr<RawSource> open_gzip(const std::string& path);
/// Looks at the first bytes of the file, never at its name. Throws: Error::not_found.
RawDocuments open_documents(const std::string& path);

/// What gives the next bytes of something that arrives; 0 at its end. It may wait.
using Pull = std::function<std::size_t(char* out, std::size_t capacity)>;

/// The same for bytes that come once and in order. Only a zip archive, whose directory stands at
/// its end, waits in a file without a name that is gone with the documents. Throws:
/// Error::unavailable when there is no room for that file.
RawDocuments open_stream(Pull pull);

}  // namespace austral::standards
