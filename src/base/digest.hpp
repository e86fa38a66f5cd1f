// Content hashes: 32 bytes of BLAKE2b (libsodium), for record versions and the journal's chain.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace austral {

/// 32 bytes naming a content; equal contents have equal digests.
struct Digest {
  std::array<unsigned char, 32> bytes{};
  bool operator==(const Digest&) const = default;
  std::string_view view() const {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
  }
};

/// Throws: Error::invalid when `bytes` is not 32 long.
Digest to_digest(std::string_view bytes);
Digest digest_of(std::string_view content);

/// Digest of several parts; the parts' lengths are hashed too, so that ("ab","c") differs from
/// ("a","bc").
class Digester {
 public:
  Digester();
  Digester& add(std::string_view part);
  Digester& add(std::int64_t number);
  Digest finish();

 private:
  alignas(64) unsigned char state_[384];
};

std::string to_string(const Digest& digest);  ///< 64 hexadecimal digits

}  // namespace austral
