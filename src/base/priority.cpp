// Priority of one thread, as Linux keeps it.
#include "base/priority.hpp"

#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace austral {

void give_way() {
  constexpr int nicer = 10;
  const auto thread = id_t(syscall(SYS_gettid));
  setpriority(PRIO_PROCESS, thread, nicer);
}

}  // namespace austral
