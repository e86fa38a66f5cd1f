// A zip archive written part by part to wherever its bytes go: nothing is kept but the directory.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace austral::sheet {

/// One archive of deflated members, sizes behind each member, so that no byte is ever gone back to.
/// Source: PKWARE APPNOTE 6.3.4, sections 4.3.7, 4.3.9, 4.3.12 and 4.3.16.
class ZipStream {
 public:
  ZipStream();
  ~ZipStream();
  ZipStream(const ZipStream&) = delete;
  ZipStream& operator=(const ZipStream&) = delete;

  /// Begins a member; the one before it must be closed.
  void open(std::string name);
  void write(std::string_view bytes);
  /// Throws: Error::invalid beyond 4 GB, which readers of workbooks do not follow.
  void close();
  /// Units: bytes before compression of the member that is open.
  std::uint64_t written() const;
  /// Ends the archive.
  void finish();
  /// The bytes that are ready; they are not kept.
  std::string take();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace austral::sheet
