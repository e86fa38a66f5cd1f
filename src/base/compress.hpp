// Smaller bytes: zstd for what we keep, gzip and brotli for what browsers fetch.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace austral {

/// One zstd frame. Thread-safe; contexts are kept a thread.
std::string compress(std::string_view bytes, int level = 1);

/// Throws: Error::invalid for what is no whole zstd frame and for more than `most_bytes` of
/// content.
std::string decompress(std::string_view bytes, std::size_t most_bytes);

std::string gzip_compress(std::string_view bytes, int level = 9);
std::string brotli_compress(std::string_view bytes, int quality = 11);

}  // namespace austral
