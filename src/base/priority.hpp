// Lets work that nobody waits for give way to work that somebody does.
#pragma once

namespace austral {

/// The calling thread, and those that it starts from now on, give way to others. A wish: where it
/// is not granted, all is as before.
void give_way();

}  // namespace austral
