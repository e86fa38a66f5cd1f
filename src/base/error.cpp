// Where a broken assumption of ours ends the program.
#include "base/error.hpp"

#include <cstdio>
#include <cstdlib>

namespace austral {

void fail_assertion(const char* expression, const char* file, int line) {
  std::fprintf(stderr, "austral: internal error, please report: %s does not hold (%s:%d)\n",
               expression, file, line);
  std::abort();
}

}  // namespace austral
