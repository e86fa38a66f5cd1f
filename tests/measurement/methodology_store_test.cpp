// Methodologies in the register: published once, found by version, compared part by part.
#include "measurement/methodology_store.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "store/journal.hpp"
#include "support/registers.hpp"

namespace austral::measurement {
namespace {
}  // namespace
}  // namespace austral::measurement
