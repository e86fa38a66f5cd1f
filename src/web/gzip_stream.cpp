// Keeps one zlib stream open over the parts of an answer.
#include "web/gzip_stream.hpp"

#include <zlib.h>

#include "base/error.hpp"

namespace austral::web {

struct GzipStream::State {
  z_stream stream{};
  ~State() { deflateEnd(&stream); }
};

GzipStream::GzipStream() : state_(std::make_unique<State>()) {
  // 16 above the window bits asks zlib for gzip's header instead of its own.
  AUSTRAL_ASSERT(
      deflateInit2(&state_->stream, 6, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
}
GzipStream::~GzipStream() = default;
GzipStream::GzipStream(GzipStream&&) noexcept = default;

std::string GzipStream::add(std::string_view part, bool last) {
  auto& stream = state_->stream;
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(part.data()));
  stream.avail_in = static_cast<uInt>(part.size());
  std::string out;
  char buffer[32768];
  do {
    stream.next_out = reinterpret_cast<Bytef*>(buffer);
    stream.avail_out = sizeof buffer;
    AUSTRAL_ASSERT(deflate(&stream, last ? Z_FINISH : Z_NO_FLUSH) != Z_STREAM_ERROR);
    out.append(buffer, sizeof buffer - stream.avail_out);
  } while (stream.avail_out == 0);
  return out;
}

}  // namespace austral::web
