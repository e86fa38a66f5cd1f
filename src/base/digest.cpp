// BLAKE2b-256 by libsodium.
#include "base/digest.hpp"

#include <sodium.h>

#include "base/error.hpp"
#include "base/text.hpp"

namespace austral {
namespace {

static_assert(sizeof(crypto_generichash_state) <= 384 && alignof(crypto_generichash_state) <= 64);

void prepare_sodium() {
  static const bool ready = sodium_init() >= 0;
  AUSTRAL_ASSERT(ready);
}

crypto_generichash_state* state_in(unsigned char* bytes) {
  return reinterpret_cast<crypto_generichash_state*>(bytes);
}

// One byte of kind, then eight of length or value, so that no two lists of parts hash alike.
void add_header(crypto_generichash_state* state, unsigned char kind, std::uint64_t number) {
  unsigned char header[9] = {kind};
  for (int i = 0; i < 8; ++i) header[i + 1] = static_cast<unsigned char>(number >> (8 * i));
  crypto_generichash_update(state, header, sizeof header);
}

}  // namespace

Digest to_digest(std::string_view bytes) {
  Digest digest;
  if (bytes.size() != digest.bytes.size())
    throw Error(Kind::invalid, "a digest has 32 bytes, these are " + std::to_string(bytes.size()));
  std::copy(bytes.begin(), bytes.end(), digest.bytes.begin());
  return digest;
}

Digest digest_of(std::string_view content) {
  prepare_sodium();
  Digest digest;
  crypto_generichash(digest.bytes.data(), digest.bytes.size(),
                     reinterpret_cast<const unsigned char*>(content.data()), content.size(),
                     nullptr, 0);
  return digest;
}

Digester::Digester() {
  prepare_sodium();
  crypto_generichash_init(state_in(state_), nullptr, 0, sizeof(Digest::bytes));
}

Digester& Digester::add(std::string_view part) {
  add_header(state_in(state_), 't', part.size());
  crypto_generichash_update(state_in(state_), reinterpret_cast<const unsigned char*>(part.data()),
                            part.size());
  return *this;
}

Digester& Digester::add(std::int64_t number) {
  add_header(state_in(state_), 'n', static_cast<std::uint64_t>(number));
  return *this;
}

Digest Digester::finish() {
  Digest digest;
  crypto_generichash_final(state_in(state_), digest.bytes.data(), digest.bytes.size());
  return digest;
}

std::string to_string(const Digest& digest) { return to_hex(digest.view()); }

}  // namespace austral
