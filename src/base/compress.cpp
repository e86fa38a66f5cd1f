// Compression by libzstd, zlib and brotli.
#include "base/compress.hpp"

#include <brotli/encode.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <limits>
#include <memory>

#include "base/error.hpp"

namespace austral {
namespace {

[[noreturn]] void refuse_damage() {
  throw Error(Kind::invalid, "compressed content is damaged: it is no whole zstd frame");
}

[[noreturn]] void refuse_size(std::size_t most_bytes) {
  throw Error(Kind::invalid,
              "compressed content is larger than " + std::to_string(most_bytes) + " bytes");
}

struct FreeContext {
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

ZSTD_CCtx* compression_context() {
  thread_local const std::unique_ptr<ZSTD_CCtx, FreeContext> context(ZSTD_createCCtx());
  AUSTRAL_ASSERT(context);
  return context.get();
}

ZSTD_DCtx* decompression_context() {
  thread_local const std::unique_ptr<ZSTD_DCtx, FreeContext> context(ZSTD_createDCtx());
  AUSTRAL_ASSERT(context);
  return context.get();
}

// For frames made by others that do not say how large their content is.
std::string decompress_stream(std::string_view bytes, std::size_t most_bytes) {
  ZSTD_DCtx* const context = decompression_context();
  ZSTD_DCtx_reset(context, ZSTD_reset_session_only);
  std::string out;
  ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
  for (std::size_t left = 1; left != 0;) {
    const std::size_t before = out.size();
    const std::size_t room = std::min(ZSTD_DStreamOutSize(), most_bytes - before + 1);
    out.resize(before + room);
    ZSTD_outBuffer piece{out.data() + before, room, 0};
    left = ZSTD_decompressStream(context, &piece, &in);
    if (ZSTD_isError(left)) refuse_damage();
    out.resize(before + piece.pos);
    if (out.size() > most_bytes) refuse_size(most_bytes);
    if (left != 0 && piece.pos == 0 && in.pos == in.size) refuse_damage();
  }
  if (in.pos != in.size) refuse_damage();
  return out;
}

}  // namespace

std::string compress(std::string_view bytes, int level) {
  // Thousands of small frames are made in a row: the room for the largest possible result is kept
  // from one to the next, and each result takes only what it needs.
  constexpr std::size_t most_kept = 4 << 20;
  thread_local std::string room;
  if (const auto bound = ZSTD_compressBound(bytes.size()); room.size() < bound) room.resize(bound);
  const std::size_t size = ZSTD_compressCCtx(compression_context(), room.data(), room.size(),
                                             bytes.data(), bytes.size(), level);
  AUSTRAL_ASSERT(!ZSTD_isError(size));
  std::string out(room, 0, size);
  if (room.size() > most_kept) std::string().swap(room);
  return out;
}

std::string decompress(std::string_view bytes, std::size_t most_bytes) {
  const auto size = ZSTD_getFrameContentSize(bytes.data(), bytes.size());
  if (size == ZSTD_CONTENTSIZE_ERROR) refuse_damage();
  if (size == ZSTD_CONTENTSIZE_UNKNOWN) return decompress_stream(bytes, most_bytes);
  if (size > most_bytes) refuse_size(most_bytes);
  std::string out(static_cast<std::size_t>(size), '\0');
  const std::size_t written = ZSTD_decompressDCtx(decompression_context(), out.data(), out.size(),
                                                  bytes.data(), bytes.size());
  if (ZSTD_isError(written) || written != out.size()) refuse_damage();
  return out;
}

std::string gzip_compress(std::string_view bytes, int level) {
  AUSTRAL_ASSERT(bytes.size() <= std::numeric_limits<uInt>::max());
  constexpr int gzip_window = 15 + 16;  // 16 asks zlib for gzip's own frame
  z_stream stream{};
  const int begun = deflateInit2(&stream, level, Z_DEFLATED, gzip_window, 9, Z_DEFAULT_STRATEGY);
  AUSTRAL_ASSERT(begun == Z_OK);
  std::string out(deflateBound(&stream, uLong(bytes.size())), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = uInt(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = uInt(out.size());
  const int ended = deflate(&stream, Z_FINISH);
  AUSTRAL_ASSERT(ended == Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string brotli_compress(std::string_view bytes, int quality) {
  std::size_t size = std::max<std::size_t>(BrotliEncoderMaxCompressedSize(bytes.size()), 16);
  std::string out(size, '\0');
  const auto done =
      BrotliEncoderCompress(quality, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, bytes.size(),
                            reinterpret_cast<const std::uint8_t*>(bytes.data()), &size,
                            reinterpret_cast<std::uint8_t*>(out.data()));
  AUSTRAL_ASSERT(done == BROTLI_TRUE);
  out.resize(size);
  return out;
}

}  // namespace austral
