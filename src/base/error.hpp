// The one exception class, for requests that cannot be done, and the assert for our own mistakes.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace austral {

/// Why a request cannot be done; `web/` alone turns these into HTTP numbers.
enum class Kind { invalid, forbidden, not_found, conflict, unavailable };

/// A request that cannot be done; the message names place, value and remedy.
class Error : public std::runtime_error {
 public:
  Error(Kind kind, const std::string& message) : std::runtime_error(message), kind_(kind) {}
  Kind kind() const { return kind_; }

 private:
  Kind kind_;
};

/// Stops the program when one of our own assumptions fails; never for input.
[[noreturn]] void fail_assertion(const char* expression, const char* file, int line);

}  // namespace austral

#define AUSTRAL_ASSERT(expression) \
  ((expression) ? void(0) : ::austral::fail_assertion(#expression, __FILE__, __LINE__))
