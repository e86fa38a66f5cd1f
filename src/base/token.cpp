// Random names by libsodium.
#include "base/token.hpp"

#include <sodium.h>

#include <array>

#include "base/error.hpp"
#include "base/text.hpp"

namespace austral {

std::string make_token() {
  if (sodium_init() < 0) throw Error(Kind::unavailable, "the machine gives no random numbers");
  std::array<char, 16> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  return to_hex({bytes.data(), bytes.size()});
}

}  // namespace austral
