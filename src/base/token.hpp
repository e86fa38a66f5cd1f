// Names that nobody can guess, for what belongs to whoever knows its address.
#pragma once

#include <string>

namespace austral {

/// 128 random bits as 32 hexadecimal digits.
std::string make_token();

}  // namespace austral
