// Whether a text is an address (URI reference) that RFC 3986 can take apart.
#pragma once

#include <string_view>

namespace austral::iati {

/// Characters that an address must escape, and all beyond ASCII, are let pass as XML Schema does.
bool is_address(std::string_view text);

}  // namespace austral::iati
